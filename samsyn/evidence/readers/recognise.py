"""The one door to the readers: what kind of file this is, told by its content."""

from pathlib import Path, PurePath

from samsyn.evidence.readers import bra, tables
from samsyn.evidence.readers.grid import Book
from samsyn.evidence.readers.table import Answers, Question, Reading, Refusal, Row
from samsyn.evidence.readers.text import read_text
from samsyn.evidence.readers.titles import stem

BIGGEST = 512 * 1024 * 1024


def read(
    file: Path | str | bytes, *, name: str = "", source: str | None = None, answers: Answers | None = None
) -> Reading:
    """The long table that the file holds, with notes on how it was read and questions where two readings fit.

    Raises Refusal, and nothing else, for a file that cannot be read as evidence. Files from outside go
    through `samsyn.evidence.sandbox`.
    """
    if isinstance(file, bytes):
        data = file
    else:
        path = Path(file)
        name = name or path.name
        if path.stat().st_size > BIGGEST:
            raise Refusal("too_large", bytes=path.stat().st_size)
        data = path.read_bytes()
    name = PurePath(name.replace("\\", "/")).name
    given = answers or {}
    if not data.strip():
        raise Refusal("empty_file")
    return _read_book(read_text(data, given), name, source, given)


def _read_book(book: Book, name: str, source: str | None, answers: Answers) -> Reading:
    """Sheets of cells: a known layout first, then any table."""
    if bra.is_database_file(book.sheets[0]):
        return bra.read_database_file(book.sheets[0]).with_notes(*book.notes)
    readings = [
        reading
        for sheet in book.sheets
        if (reading := tables.read_table(sheet, name=stem(name), answers=answers)) is not None
    ]
    if not readings:
        raise Refusal("no_table")
    rows: list[Row] = []
    notes, questions = list(book.notes), list[Question]()
    for reading in readings:
        rows += reading.rows
        notes += reading.notes
        questions += [question for question in reading.questions if question not in questions]
    return Reading(tuple(rows), tuple(notes), tuple(questions), source=source or "table")
