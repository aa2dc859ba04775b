"""Tables as files to take along. No cell of them runs as a formula, in whatever program they are opened."""

import csv
import io
import itertools
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from xml.sax.saxutils import escape, quoteattr

from django.http import HttpResponse

FORMULA = tuple("=+-@＝＋－＠")  # full-width too: some spreadsheets read them alike
NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?%?")
CSV = "text/csv; charset=utf-8"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Cell = str | int | Decimal
Table = Sequence[Sequence[Cell]]  # the first row is its heads


def attachment(name: str, content: bytes | str, kind: str) -> HttpResponse:
    return HttpResponse(
        content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def csv_file(name: str, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> HttpResponse:
    return attachment(name, csv_text(columns, rows), CSV)


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """Semicolons and a mark for UTF-8, as Excel in Sweden opens it without being asked."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    for row in itertools.chain([columns], rows):
        writer.writerow([_harmless(cell) for cell in row])
    return "\ufeff" + text.getvalue()


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
    return attachment(name, xlsx_bytes(sheets), XLSX)


def xlsx_bytes(sheets: Mapping[str, Table]) -> bytes:
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
    return content.getvalue()


SPACES = ("office", "table", "text")
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # what XML cannot hold
OASIS = "urn:oasis:names:tc:opendocument:xmlns"
MANIFEST = (
    f'<?xml version="1.0" encoding="UTF-8"?><m:manifest xmlns:m="{OASIS}:manifest:1.0" m:version="1.3">'
    f'<m:file-entry m:full-path="/" m:media-type="{ODS}"/>'
    '<m:file-entry m:full-path="content.xml" m:media-type="text/xml"/></m:manifest>'
)


def ods_file(name: str, sheets: Mapping[str, Table]) -> HttpResponse:
    """An OpenDocument sheet, for LibreOffice. Text is text and numbers are numbers, as in `xlsx_file`."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("mimetype", ODS, zipfile.ZIP_STORED)  # first and bare: by this a program knows the file
        file.writestr("content.xml", _ods_content(sheets))
        file.writestr("META-INF/manifest.xml", MANIFEST)
    return attachment(name, content.getvalue(), ODS)


def _ods_content(sheets: Mapping[str, Table]) -> str:
    names = " ".join(f'xmlns:{space}="{OASIS}:{space}:1.0"' for space in SPACES)
    tables = (
        f"<table:table table:name={quoteattr(title)}>"
        + "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in table)
        + "</table:table>"
        for title, table in sheets.items()
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {names} office:version="1.3">'
        f"<office:body><office:spreadsheet>{''.join(tables)}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )


def _ods_cell(cell: Cell) -> str:
    if not isinstance(cell, str):
        number = f"{cell:f}" if isinstance(cell, Decimal) else str(cell)
        return f'<table:table-cell office:value-type="float" office:value="{number}"/>'
    lines = (f"<text:p>{_ods_text(line)}</text:p>" for line in UNPRINTABLE.sub("\ufffd", cell).split("\n"))
    return f'<table:table-cell office:value-type="string">{"".join(lines)}</table:table-cell>'


def _ods_text(line: str) -> str:
    """Spaces in a row and tabs are elements there, or they would be lost."""
    found = escape(line.rstrip("\r")).replace("\t", "<text:tab/>")
    return re.sub(r"^ | (?= )| $", "<text:s/>", found)
