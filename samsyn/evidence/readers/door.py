"""The identifier guard on a file's cells: refused with the cell pointed out, nothing kept."""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from samsyn.core.screening import identifying_column, is_identifying_header, screen
from samsyn.evidence.readers.grid import Sheet
from samsyn.evidence.readers.table import Answers, Note, Reading, Refusal
from samsyn.evidence.readers.values import Number

SUSPECT: Final = re.compile(r"\d[\d +()/-]{5,}\d|@|[A-Z]{3}[ -]?\d\d|[^\W\d_]{2,},? [^\W\d_]{2,}")
HEADER_ROWS: Final = 80


def dropped_headers(answers: Answers) -> set[str]:
    """Columns that the person chose to leave out."""
    dropped = answers.get("drop", ())
    headers = {
        str(header).strip() for header in (dropped if isinstance(dropped, (list, tuple)) else (dropped,))
    }
    roles = answers.get("columns", {})
    skipped = (
        {str(key) for key, role in roles.items() if role == "skip"} if isinstance(roles, dict) else set()
    )
    return headers | skipped


def screen_sheets(sheets: Iterable[Sheet], answers: Answers) -> None:
    """Refuse identifiers of persons in the table's cells. A lone contact line beside it is blanked."""
    dropped = dropped_headers(answers)
    for sheet in sheets:
        skipped = _blank_dropped(sheet, dropped)
        harmless: set[str] = set()
        _screen_headers(sheet, skipped)
        for index, row in enumerate(sheet.rows):
            filled = sum(1 for cell in row if cell)
            for column, text in enumerate(row):
                if not text or column in skipped or text in harmless or isinstance(text, Number):
                    continue
                if not SUSPECT.search(text) or not (found := screen(text)):
                    harmless.add(text)
                elif filled == 1 and len(row) != 1:
                    row[column] = ""  # "Kontakt: Anna Lund, 010-…" below a table: not data, not kept
                else:
                    header = next(
                        (other[column] for other in sheet.rows if column < len(other) and other[column]), ""
                    )
                    raise Refusal(
                        "personal_data",
                        sheet.where(index, column),
                        kind=found[0].kind.value,
                        header=header[:80],
                    )


def _blank_dropped(sheet: Sheet, dropped: set[str]) -> set[int]:
    """Empty the columns that were dropped, so that nothing of them reaches any later step."""
    skipped = set()
    for row in sheet.rows[:HEADER_ROWS]:
        skipped |= {column for column, text in enumerate(row) if text.strip() in dropped and text.strip()}
    if skipped:
        for row in sheet.rows:
            for column in skipped & set(range(len(row))):
                row[column] = row[column] if row[column].strip() in dropped else ""
    return skipped


def _screen_headers(sheet: Sheet, skipped: set[int]) -> None:
    """A column that calls itself a personal number is refused before its checksums are counted."""
    for index, row in enumerate(sheet.rows[:HEADER_ROWS]):
        if sum(1 for cell in row if cell.strip()) < 2:
            continue
        for column, text in enumerate(row):
            if column in skipped or not is_identifying_header(text):
                continue
            below = [other[column] for other in sheet.rows[index + 1 :] if column < len(other)]
            if any(below):
                raise Refusal("identifier_column", sheet.where(index, column), header=text.strip()[:80])
    width = max((len(row) for row in sheet.rows), default=0)
    for column in range(width):
        cells = [row[column] for row in sheet.rows[1:600] if column < len(row)]
        if column not in skipped and (kind := identifying_column(cells)):
            header = next((row[column] for row in sheet.rows if column < len(row) and row[column]), "")
            raise Refusal("identifier_column", sheet.where(0, column), header=header[:80], kind=kind.value)


def screen_reading(reading: Reading) -> Reading:
    """The same guard for files without sheets: names of areas and measures are refused, notes are cleaned."""
    for texts in ({row.measure for row in reading.rows}, {row.area_name for row in reading.rows}):
        for text in texts:
            if SUSPECT.search(text) and (found := screen(text)):
                raise Refusal("personal_data", kind=found[0].kind.value, header="")
    return replace(reading, notes=tuple(_cleaned(note) for note in reading.notes))


def _cleaned(note: Note) -> Note:
    """A note without the contact person whom an office names in it."""
    text = note.params.get("text")
    if not isinstance(text, str) or not (found := screen(text)):
        return note
    for finding in reversed(found):
        text = text[: finding.start] + "…" + text[finding.end :]
    return replace(note, params={**note.params, "text": text})
