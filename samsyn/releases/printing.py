"""What was released, as a document to keep: one drawer per kind of release, made by a worker.

A room says how its kind of content is laid out; here it becomes a tagged PDF, and a figure in it the same
drawing, table and source line as on the web.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from samsyn.core import clock
from samsyn.core.templatetags.figures import TOO_FEW
from samsyn.core.templatetags.words import number, said
from samsyn.graphics.documents import Block, Document, FigureSvg, Paragraph, Table, document_pdf
from samsyn.releases.models import Language, Release

# A custom property with the colour that holds where no theme sets it.
VARIABLE = re.compile(r"var\(--[\w-]+, *([^)]+)\)")
NUMBER = re.compile(r"[-−]?\d+(\.\d+)?$")


@dataclass(frozen=True)
class Content:
    """What a drawer is given: the frozen content, in the language that is chosen."""

    content: dict[str, Any]
    proof: dict[str, Any]
    partnership: str
    language: str


@dataclass(frozen=True)
class Layout:
    """What a drawer gives back."""

    title: str
    subtitle: str
    blocks: list[Block]


Drawer = Callable[[Content], Layout]
_drawers: dict[str, Drawer] = {}


def draws(kind: str, drawer: Drawer) -> None:
    """Have releases of a kind printed."""
    _drawers[kind] = drawer


def kinds() -> list[str]:
    return sorted(_drawers)


def printed(release: Release, language: Language) -> bytes:
    """The release as PDF/UA and PDF/A. Same release, same bytes. One query; loads the compiler."""
    with translation.override(language):
        payload = release.payload
        layout = _drawers[release.kind](
            Content(payload["content"], payload["proof"], release.partnership.name, language)
        )
        proof = _("Release %(hash)s of %(day)s. The same content has the same number.") % {
            "hash": release.hash[:16],
            "day": _day(release),
        }
        return document_pdf(
            Document(
                title=layout.title,
                language=language,
                marking=_("Exercise: everything is made up") if release.partnership.is_exercise else "",
                subtitle=layout.subtitle,
                blocks=[*layout.blocks, Paragraph(proof)],
                date=release.released_at.astimezone(clock.SWEDEN).date(),
            )
        )


def _day(release: Release) -> str:
    return release.released_at.astimezone(clock.SWEDEN).date().isoformat()


def figure_blocks(payload: dict[str, Any], language: str) -> list[Block]:
    """A frozen figure: its sentence, its drawing, what to mind, its table and its source."""
    blocks: list[Block] = [Paragraph(said(payload.get("sentence"), language))]
    drawings = payload.get("svg_en" if language == "en" else "svg") or payload.get("svg") or {}
    if drawing := drawings.get("wide"):
        svg = VARIABLE.sub(r"\1", drawing)
        blocks.append(FigureSvg(svg, said(payload.get("alt") or payload.get("sentence"), language)))
    blocks += [Paragraph(said(caveat, language)) for caveat in payload.get("caveats", [])]
    table = payload.get("table") or {}
    if table.get("rows"):
        columns = [said(column, language) for column in table["columns"]]
        rows = [
            [said(row[0], language), *(_cell(value, language) for value in row[1:])] for row in table["rows"]
        ]
        blocks.append(Table(columns, rows))
    blocks.append(Paragraph(said(payload.get("source"), language)))
    return blocks


def _cell(value: Any, language: str) -> str:
    if value == TOO_FEW:
        return _("too few")
    text = said(value, language)
    return number(text) if NUMBER.match(text) else text or "–"
