"""A file as sheets of cells, before anybody has decided what they mean."""

from dataclasses import dataclass, field

from samsyn.evidence.readers.table import Note, Refusal

MOST_COLUMNS = 16_384  # a worksheet's own limit
MOST_CELLS = 40_000_000
LONGEST_CELL = 200_000  # characters


@dataclass(slots=True)
class Sheet:
    """Rows of text cells. `numbers` are the file's own row numbers, for pointing a cell out."""

    name: str
    rows: list[list[str]]
    numbers: list[int] = field(default_factory=list)
    letters: bool = False  # columns are named A, B, C as in a spreadsheet
    gaps: set[tuple[int, int]] = field(default_factory=set)  # cells that a merged area fills

    def where(self, row: int, column: int) -> str:
        number = self.numbers[row] if row < len(self.numbers) else row + 1
        if self.letters:
            return f"{self.name}!{letters(column)}{number}"
        return f"row {number}, column {column + 1}"


@dataclass(frozen=True, slots=True)
class Book:
    """All sheets of a file with what was seen when it was opened."""

    sheets: list[Sheet]
    notes: tuple[Note, ...] = ()
    delimiter: str = ""


def letters(column: int) -> str:
    """0 is A, 26 is AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def check_width(width: int) -> None:
    if width > MOST_COLUMNS:
        raise Refusal("too_many_columns", columns=width, most=MOST_COLUMNS)
