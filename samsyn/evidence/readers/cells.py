"""A table that people write in, as its cells: no figure is read into it, and nothing in it is run."""

from pathlib import PurePath

from samsyn.evidence.readers import formats
from samsyn.evidence.readers.grid import Sheet
from samsyn.evidence.readers.table import Refusal


def read_cells(data: bytes, *, name: str) -> list[Sheet]:
    """The sheets that hold something. Text files, XLSX and OpenDocument sheets only.

    A text that looks like a formula stays the text it is; a formula in a workbook is refused, because what it
    shows depends on the program that opens it. Raises Refusal.
    """
    if not data.strip():
        raise Refusal("empty_file")
    form = formats.format_of(data, PurePath(name.replace("\\", "/")).name)
    if form == "text":
        from samsyn.evidence.readers.text import read_text

        sheets = read_text(data, as_words=True).sheets
    elif form == "xlsx":
        from samsyn.evidence.readers.workbook import read_workbook

        sheets = read_workbook(data, as_words=True).sheets
    elif form == "ods":
        from samsyn.evidence.readers.legacy import read_old_workbook

        sheets = read_old_workbook(data, form, as_words=True).sheets
    else:
        raise Refusal("unreadable_format", format=form)
    filled = [sheet for sheet in sheets if sheet.rows]
    if not filled:
        raise Refusal("no_table")
    return filled
