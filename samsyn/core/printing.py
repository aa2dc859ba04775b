"""How each kind of release is laid out as a document: the rooms say it here, `releases` has them printed.

A figure in a document has the same drawing, table and source line as on the web.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from samsyn.core.templatetags.figures import drawings_of, table_of
from samsyn.core.templatetags.words import said
from samsyn.graphics.documents import Block, FigureSvg, Paragraph, Table

# A custom property with the colour that holds where no theme sets it.
VARIABLE = re.compile(r"var\(--[\w-]+, *([^)]+)\)")


@dataclass(frozen=True)
class Layout:
    title: str
    blocks: list[Block]


Drawer = Callable[[dict[str, Any], str], Layout]  # from the frozen content, in a language
_drawers: dict[str, Drawer] = {}


def draws(kind: str, drawer: Drawer) -> None:
    """Have releases of a kind printed."""
    _drawers[kind] = drawer


def kinds() -> list[str]:
    return sorted(_drawers)


def layout(kind: str, content: dict[str, Any], language: str) -> Layout:
    return _drawers[kind](content, language)


def standing_alone(drawing: str) -> str:
    """A drawing that no page surrounds: its colours are those that hold where no theme sets them."""
    return VARIABLE.sub(r"\1", drawing)


def figure_blocks(payload: dict[str, Any], language: str) -> list[Block]:
    """A frozen figure: its sentence, its drawing, what to mind, its table and its source."""
    sentence = said(payload.get("sentence"), language)
    blocks: list[Block] = [Paragraph(sentence)]
    if drawing := drawings_of(payload, language).get("wide"):
        blocks.append(FigureSvg(standing_alone(drawing), said(payload.get("alt"), language) or sentence))
    blocks += [Paragraph(said(caveat, language)) for caveat in payload.get("caveats", [])]
    if table := table_of(payload, language):
        heads = [head.text for head in table.heads]
        rows = [[_("too few") if cell.is_too_few else cell.text for cell in row] for row in table.rows]
        blocks.append(Table(heads, rows))
    return [*blocks, Paragraph(said(payload.get("source"), language))]
