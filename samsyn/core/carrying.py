"""A frozen figure on its way out of the platform: everything that must go along with its numbers.

Whatever the file is, whoever opens it meets the sentence, the interval, the source, the period, the method,
the day, what to keep in mind, and where it stands.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from samsyn.core.citing import number_said
from samsyn.core.downloads import Cell
from samsyn.core.printing import standing_alone
from samsyn.core.templatetags.figures import NUMBER, TOO_FEW, drawings_of
from samsyn.core.templatetags.words import day, number, said


@dataclass(frozen=True)
class Carried:
    """A figure in one language, ready for any form."""

    language: str
    sentence: str
    alt: str
    facts: list[tuple[str, str]]  # name and text, in the order they are read
    columns: list[str]
    rows: list[list[Cell]]
    drawing: str  # SVG with fixed colours; empty when there is none

    @property
    def lines(self) -> list[str]:
        return [f"{name}: {text}" for name, text in self.facts]


def carried(
    payload: dict[str, Any], *, language: str, method: str, link: str, warnings: Sequence[str] = ()
) -> Carried:
    """`method` is its name in that language; `warnings` are said before the figure's own caveats."""
    with translation.override(language):
        sentence = said(payload.get("sentence"), language)
        table = payload.get("table") or {}
        columns = [said(column, language) for column in table.get("columns", [])]
        return Carried(
            language=language,
            sentence=sentence,
            alt=said(payload.get("alt"), language) or sentence,
            facts=_facts(payload, language, method, link, warnings),
            columns=columns,
            rows=[
                [said(row[0], language), *(_cell(cell, language) for cell in row[1:])]
                for row in table.get("rows", [])
                if row
            ],
            drawing=standing_alone(drawings_of(payload, language).get("wide", "")),
        )


def _facts(
    payload: dict[str, Any], language: str, method: str, link: str, warnings: Sequence[str]
) -> list[tuple[str, str]]:
    named = _("%(method)s, version %(version)s") % {"method": method, "version": payload.get("version", 1)}
    source = said(payload.get("source"), language)
    caveats = [*warnings, *(said(caveat, language) for caveat in payload.get("caveats", []))]
    facts = [
        (_("Result"), number_said(payload, language)),
        (_("Period"), said((payload.get("period") or {}).get("text"), language)),
        (_("Area"), str((payload.get("area") or {}).get("name", ""))),
        (_("Source"), source.partition(": ")[2] or source),
        (_("Method"), named if method else ""),
        (_("Computed"), day(payload.get("computed_at"))),
        (_("To keep in mind"), " ".join(one for one in caveats if one)),
        (_("Link"), link),
    ]
    return [(name, text) for name, text in facts if text]


def _cell(cell: Any, language: str) -> Cell:
    """A number as one, so that a program can count with it."""
    if cell == TOO_FEW:
        return _("too few")
    plain = said(cell, "en").replace(",", "") if isinstance(cell, dict) else str(cell or "")
    return Decimal(plain) if NUMBER.match(plain) else said(cell, language)


def texts(rows: list[list[Cell]]) -> list[list[str]]:
    """As text for a page: numbers as the language writes them."""
    return [[number(cell) if isinstance(cell, Decimal) else str(cell) for cell in row] for row in rows]
