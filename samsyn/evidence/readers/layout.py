"""A table whose columns have got their roles: what the readers of its cells pass around."""

from dataclasses import dataclass, field
from typing import Final

from samsyn.evidence.readers import places
from samsyn.evidence.readers.blocks import Block
from samsyn.evidence.readers.grid import Sheet
from samsyn.evidence.readers.periods import Period
from samsyn.evidence.readers.roles import Column, Role
from samsyn.evidence.readers.table import Answers, Note, Question

TOTALS: Final = frozenset({"samtliga", "totalt", "total", "summa", "alla", "hela"})
NOBODY: Final = places.Area("", "", "")


@dataclass(slots=True)
class Layout:
    """A table whose columns have got their roles."""

    sheet: Sheet
    block: Block
    columns: list[Column]
    answers: Answers
    name: str
    notes: list[Note] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    decimals: dict[int, str] = field(default_factory=dict)
    kind: str = ""  # what six-digit periods are
    whole_months: bool = False  # dates that are all the first of a month stand for the month
    fallback: Period | None = None  # the period of a file that has no period column
    place: places.Area = NOBODY  # the area of a file that has no area column
    bra: bool = False  # laid out by Brå: a digit after a label's last letter is a footnote
    topic: str = ""  # what the titles say that the figures measure
    suffix: str = ""  # what the sheet adds to every measure

    def having(self, *roles: Role) -> list[Column]:
        return [column for column in self.columns if column.role in roles]


def body_of(layout: Layout) -> list[list[str]]:
    return [layout.sheet.rows[index] for index in layout.block.body]


def cell_of(row: list[str], column: Column) -> str:
    return row[column.index] if column.index < len(row) else ""
