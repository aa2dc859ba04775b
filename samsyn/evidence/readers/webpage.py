"""A table that a web page holds: what some agencies hand out as ".xls"."""

from html.parser import HTMLParser

from samsyn.evidence.readers.grid import LONGEST_CELL, Book, Sheet, check_width
from samsyn.evidence.readers.table import Answers, Note, Refusal
from samsyn.evidence.readers.text import clean, decode


class Tables(HTMLParser):
    """Cells of all tables, with their spans; scripts and styles are no text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[str]]] = []
        self.cell: list[str] | None = None
        self.span = self.depth = 1
        self.held: dict[int, tuple[str, int]] = {}  # column → what reaches down into it, for how many rows
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "style"):
            self.silent += 1
        elif tag == "table":
            self.tables.append([])
            self.held = {}
        elif tag == "tr" and self.tables:
            self.close()
            self.tables[-1].append([])
            self._reach_down()
        elif tag in ("td", "th") and self.tables:
            self.close()
            if not self.tables[-1]:
                self.tables[-1].append([])
            said = dict(attrs)
            self.cell, self.span, self.depth = [], _times(said.get("colspan")), _times(said.get("rowspan"))
        elif tag == "br" and self.cell is not None:
            self.cell.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style"):
            self.silent = max(0, self.silent - 1)
        elif tag in ("td", "th", "tr", "table"):
            self.close()

    def handle_data(self, data: str) -> None:
        if self.cell is not None and not self.silent:
            self.cell.append(data)

    def close(self) -> None:
        """End the open cell, if there is one."""
        if self.cell is None or not self.tables or not self.tables[-1]:
            self.cell = None
            return
        text = " ".join("".join(self.cell).split())
        if len(text) > LONGEST_CELL:
            raise Refusal("cell_too_long")
        row = self.tables[-1][-1]
        for number in range(self.span):
            cell = text if number == 0 else ""
            if self.depth > 1:
                self.held[len(row)] = (cell, self.depth - 1)
            row.append(cell)
        self._reach_down()
        check_width(len(row))
        self.cell = None

    def _reach_down(self) -> None:
        """Cells that stand in several rows stand in this one too."""
        row = self.tables[-1][-1]
        while (at := len(row)) in self.held and self.held[at][1]:
            text, left = self.held[at]
            self.held[at] = (text, left - 1)
            row.append(text)


def _times(asked: str | None) -> int:
    """How many rows or columns a cell takes up; nonsense is one."""
    return max(1, min(int(asked), 1000)) if asked and asked.isascii() and asked.isdecimal() else 1


def read_web_page(data: bytes, answers: Answers) -> Book:
    """The tables of the page."""
    text, note = decode(data, answers)
    parser = Tables()
    parser.feed(text)
    parser.close()
    sheets = []
    for number, table in enumerate(parser.tables, start=1):
        rows = [row for row in table if any(row)]
        if rows:
            sheets.append(Sheet(f"table {number}", rows, list(range(1, len(rows) + 1))))
    if not sheets:
        raise Refusal("web_page")
    for sheet in sheets:
        clean(sheet)
    return Book(sheets, (note, Note("web_page")))
