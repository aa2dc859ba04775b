"""Old Excel (XLS), binary Excel (XLSB) and OpenDocument sheets, through calamine."""

import re
import tempfile
from pathlib import Path
from typing import Final

from samsyn.evidence.readers.archive import opened
from samsyn.evidence.readers.grid import MOST_CELLS, Book, Sheet, check_width
from samsyn.evidence.readers.table import Note, Refusal
from samsyn.evidence.readers.text import clean
from samsyn.evidence.readers.values import Number

NUMBER: Final = re.compile(r"-?\d+(?:\.\d+)?")
REPEATED: Final = re.compile(rb'number-(?:columns|rows)-repeated="(\d{5,})"')
MACROS: Final = (b"_\0V\0B\0A\0_\0P\0R\0O\0J\0E\0C\0T", b"V\0B\0A\0")


def read_old_workbook(data: bytes, ending: str, *, as_words: bool = False) -> Book:
    """All sheets of the file; see `clean` for `as_words`.

    Formulas of an OpenDocument sheet are refused; those of XLS cannot be seen.
    """
    if ending == "xls":
        if any(sign in data for sign in MACROS):
            raise Refusal("macros")
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise Refusal("encrypted")
    else:
        _look_inside(data, ending)
    import fastexcel

    with tempfile.NamedTemporaryFile(suffix=f".{ending}") as file:
        Path(file.name).write_bytes(data)
        try:
            book = fastexcel.read_excel(file.name)
            sheets = [_sheet(book, name, as_words=as_words) for name in book.sheet_names]
        except fastexcel.FastExcelError as error:
            raise Refusal("broken_workbook", fault=type(error).__name__) from None
    return Book(sheets, (Note("sheets", {"sheets": ", ".join(sheet.name for sheet in sheets)[:300]}),))


def _look_inside(data: bytes, ending: str) -> None:
    with opened(data) as archive:
        names = archive.namelist()
        if any(name.endswith("vbaProject.bin") or name.startswith("Basic/") for name in names):
            raise Refusal("macros")
        if ending == "ods":
            content = archive.read("content.xml")
            if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
                raise Refusal("external_entities")
            if b"table:formula=" in content:
                raise Refusal("formula")
            for repeat in REPEATED.finditer(content):
                # A sheet ends in one empty cell repeated to the edge; only a filled one is a bomb.
                cell = content[repeat.end() : repeat.end() + 400].partition(b">")
                if not cell[0].endswith(b"/") and b"<text:p" in cell[2][:200]:
                    raise Refusal("too_large", cells=int(repeat[1]))


def _sheet(book: "object", name: str, *, as_words: bool) -> Sheet:
    import fastexcel

    assert isinstance(book, fastexcel.ExcelReader)
    loaded = book.load_sheet(name, header_row=None, dtypes="string", skip_whitespace_tail_rows=True)
    check_width(loaded.width)
    if loaded.width * loaded.total_height > MOST_CELLS:
        raise Refusal("too_large", cells=loaded.width * loaded.total_height)
    rows, numbers = [], []
    for number, row in enumerate(loaded.to_polars().iter_rows(), start=1):
        cells = [Number(cell) if cell and NUMBER.fullmatch(cell) else cell or "" for cell in row]
        if any(cells):
            rows.append(cells)
            numbers.append(number)
    sheet = Sheet(name, rows, numbers, letters=True)
    clean(sheet, as_words=as_words)
    return sheet
