"""A figure from its frozen content, always with source, table and the way to how it was computed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import template
from django.conf import settings
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from samsyn.core.citing import citation
from samsyn.core.errors import Sentence
from samsyn.core.templatetags.words import number, said

register = template.Library()

# Drawings are our own; this catches one that is not, before it reaches a page.
UNSAFE = re.compile(r"<\s*(script|foreignobject|iframe)|\son\w+\s*=|javascript:|\sstyle\s*=", re.IGNORECASE)
NUMBER = re.compile(r"[-−]?\d+(\.\d+)?$")
TOO_FEW = "too_few"


@dataclass(frozen=True)
class Cell:
    text: str
    is_number: bool = False
    is_too_few: bool = False


@dataclass(frozen=True)
class Table:
    heads: list[Cell]
    rows: list[list[Cell]]

    @property
    def hides_something(self) -> bool:
        return any(cell.is_too_few for row in self.rows for cell in row)


@register.filter
def beside(first: object, second: object) -> str:
    """Two parts of a name: `figure-2`."""
    return f"{first}-{second}"


@register.inclusion_tag("components/figure.html")
def figure(
    payload: dict[str, Any],
    *,
    ident: str,
    language: str = "",
    url: str = "",
    file_url: str = "",
    level: int = 2,
    page: str = "",
    files: str = "",
    methods: Mapping[str, Sentence] | None = None,
) -> dict[str, Any]:
    """A figure as `evidence.queries.figure_payload` freezes it.

    {% figure payload ident="f1" url=method_url file_url=csv_url %}
    """
    drawings = drawings_of(payload, language)
    return {
        "ident": ident,
        "payload": payload,
        "page": page,  # of a figure that everybody may quote
        "files": files,  # where it can be taken along; the form is the ending
        "method": (methods or {}).get(payload.get("method", ""), ""),  # as readers know it
        "level": level,
        "heading": said(payload.get("sentence"), language),
        "alt": said(payload.get("alt"), language),
        "legend": [
            (mark.get("sign", ""), said(mark.get("text"), language)) for mark in payload.get("legend", [])
        ],
        "wide": _drawing(said(drawings.get("wide"), language)),
        "narrow": _drawing(said(drawings.get("narrow") or drawings.get("wide"), language)),
        "source": said(payload.get("source"), language),
        "caveats": [said(caveat, language) for caveat in payload.get("caveats", [])],
        "table": table_of(payload, language),
        "url": url,
        "file_url": file_url,
    }


@register.inclusion_tag("components/cite.html")
def cite(payload: dict[str, Any], *, ident: str, page: str = "", advice: str = "") -> dict[str, Any]:
    """The figure as a text to copy, in both languages; with a link where it stands on an open page."""
    link = f"{settings.ORIGIN}{page}#{ident}" if page else ""
    names = dict(settings.LANGUAGES)
    texts = [(code, name, citation(payload, language=code, link=link)) for code, name in names.items()]
    return {"ident": ident, "advice": advice, "texts": texts}


def drawings_of(payload: dict[str, Any], language: str) -> dict[str, Any]:
    """Wide and narrow, in the language; in Swedish where there is no English one."""
    english = (language or get_language()) == "en"
    return (english and payload.get("svg_en")) or payload.get("svg") or {}


def _drawing(svg: str) -> SafeString:
    if not svg.lstrip().startswith("<svg") or UNSAFE.search(svg):
        return SafeString("")
    return SafeString(svg)


def table_of(payload: dict[str, Any], language: str) -> Table | None:
    """The cells as they are read; nothing where there are no rows."""
    table = payload.get("table") or {}
    rows = [
        [Cell(said(row[0], language)), *(_cell(value, language) for value in row[1:])]
        for row in table.get("rows", [])
        if row
    ]
    if not rows:
        return None
    heads = [said(column, language) for column in table.get("columns", [])]
    return Table(
        [
            Cell(head, is_number=any(row[i].is_number for row in rows if i < len(row)))
            for i, head in enumerate(heads)
        ],
        rows,
    )


def _cell(value: Any, language: str) -> Cell:
    if value == TOO_FEW:
        return Cell("", is_too_few=True)
    if value is None or value == "":
        return Cell("–")
    text = said(value, language) if isinstance(value, dict) else str(value)
    return Cell(number(text), is_number=True) if NUMBER.match(text) else Cell(text)
