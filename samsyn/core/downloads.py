"""Tables as files to take along. No cell of them runs as a formula, in whatever program they are opened."""

import csv
import io
import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from django.http import HttpResponse

FORMULA = tuple("=+-@＝＋－＠")  # full-width too: some spreadsheets read them alike
NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?%?")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Cell = str | int | Decimal
Table = Sequence[Sequence[Cell]]  # the first row is its heads


def attachment(name: str, content: bytes | str, kind: str) -> HttpResponse:
    return HttpResponse(
        content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def csv_file(name: str, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> HttpResponse:
    """Semicolons and a mark for UTF-8, as Excel in Sweden opens it without being asked."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    for row in itertools.chain([columns], rows):
        writer.writerow([_harmless(cell) for cell in row])
    return attachment(name, "\ufeff" + text.getvalue(), "text/csv; charset=utf-8")


def _harmless(cell: Cell) -> str:
    """A text that a spreadsheet would run as a formula is shown as text: with a quote of ours before it.

    One that a writer already quoted gets one more, so that `as_written` can tell ours from theirs.
    """
    if not isinstance(cell, str):
        return f"{cell:f}".replace(".", ",") if isinstance(cell, Decimal) else str(cell)
    return f"'{cell}" if _would_run(cell.lstrip("'")) else cell


def as_written(cell: str) -> str:
    """What a cell of our own CSV held before it was made harmless.

    >>> as_written("'=1+1"), as_written("'citat"), as_written("-3")
    ('=1+1', "'citat", '-3')
    """
    return cell[1:] if cell[:1] == "'" and _would_run(cell.lstrip("'")) else cell


def _would_run(text: str) -> bool:
    begins = text.lstrip()[:1] in FORMULA or text[:1] in ("\t", "\r", "\n")
    return begins and not NUMBER.fullmatch(text)


def xlsx_file(name: str, sheets: Mapping[str, Table]) -> HttpResponse:
    """A workbook. Text is written as text, so nothing in it is a formula or a link; numbers are numbers."""
    import xlsxwriter

    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        head = book.add_format({"bold": True})
        for title, table in sheets.items():
            sheet = book.add_worksheet(title)
            sheet.freeze_panes(1, 0)
            for row, cells in enumerate(table):
                for column, cell in enumerate(cells):
                    if isinstance(cell, str):
                        sheet.write_string(row, column, cell, None if row else head)
                    else:
                        sheet.write_number(row, column, cell)
            sheet.autofit(300)
    return attachment(name, content.getvalue(), XLSX)
