"""The one door to the readers: what kind of file this is, told by its content."""

from dataclasses import replace
from pathlib import Path, PurePath
from typing import Any, Final

from samsyn.evidence.readers import bra, formats, incident_batches, incidents, kolada, tables
from samsyn.evidence.readers.blocks import parts_of
from samsyn.evidence.readers.door import screen_reading, screen_sheets
from samsyn.evidence.readers.grid import Book, Sheet
from samsyn.evidence.readers.periods import read_period
from samsyn.evidence.readers.table import Answers, Kind, Note, Question, Reading, Refusal, Row
from samsyn.evidence.readers.telling import with_what_was_read
from samsyn.evidence.readers.titles import stem

BIGGEST: Final = 512 * 1024 * 1024


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
        if incident_batches.is_large(path, answers or {}):
            counted, said, events = incident_batches.count_large(path, answers or {})
            return screen_reading(incidents.as_counts(counted, said, events, incidents.EVENTS))
        data = path.read_bytes()
    name = PurePath(name.replace("\\", "/")).name
    given = answers or {}
    if not data.strip():
        raise Refusal("empty_file")
    reading = _read(data, formats.format_of(data, name), name, source or "", given)
    return screen_reading(with_what_was_read(reading))


def _read(data: bytes, form: str, name: str, source: str, answers: Answers) -> Reading:
    match form:
        case "text":
            from samsyn.evidence.readers.text import read_text

            if incidents.is_incident_list(data, answers):
                return incidents.read_incidents(data, answers)
            return _read_book(read_text(data, answers), name, source, answers)
        case "json":
            from samsyn.evidence.readers.json_text import read_json

            return _read_json(read_json(data), name, answers)
        case "xlsx":
            from samsyn.evidence.readers.workbook import read_workbook

            return _read_book(read_workbook(data), name, source, answers)
        case "xls" | "xlsb" | "ods":
            from samsyn.evidence.readers.legacy import read_old_workbook

            return _read_book(read_old_workbook(data, form), name, source, answers)
        case "web page":
            from samsyn.evidence.readers.webpage import read_web_page

            return _read_book(read_web_page(data, answers), name, source, answers)
        case "px":
            from samsyn.evidence.readers.px import read_px

            return read_px(data, answers)
    return _read_geographic(data, form, answers)


def _read_geographic(data: bytes, form: str, answers: Answers) -> Reading:
    from samsyn.evidence.readers import geofiles, geography

    match form:
        case "parquet":
            return geofiles.load_geoparquet(data).read(answers)
        case "geopackage":
            return geofiles.read_geopackage(data, answers)
        case "zipped shapefile":
            return geofiles.read_zipped_shapefile(data, answers)
        case "shapefile":
            return geofiles.load_shapefile({"shp": data}).read(answers)
        case "prj":
            return geography.read_system(data)
    raise Refusal("unreadable_format", format=form)


def _read_json(data: Any, name: str, answers: Answers) -> Reading:
    from samsyn.evidence.readers import geography, jsonstat, polisen, pxweb_json

    if jsonstat.is_json_stat(data):
        return jsonstat.read_json_stat(data, answers)
    if geography.is_geojson(data):
        return geography.read_geojson(data, answers)
    if kolada.is_kolada(data):
        return kolada.read_kolada(data, answers)
    if polisen.is_event_feed(data):
        return polisen.read_event_feed(data)
    if pxweb_json.is_columns_and_keys(data):
        return pxweb_json.read_columns_and_keys(data, name=stem(name), answers=answers)
    if pxweb_json.is_description(data):
        return pxweb_json.read_description(data)
    records = data if isinstance(data, list) else next((v for v in data.values() if isinstance(v, list)), [])
    if records and all(isinstance(record, dict) for record in records):
        return _read_book(Book([_records(records)]), name, "", answers)
    raise Refusal("unknown_json")


def _records(records: list[dict[str, Any]]) -> Sheet:
    """A list of flat objects as a table."""
    from samsyn.evidence.readers.grid import check_width
    from samsyn.evidence.readers.text import clean

    heads = list(dict.fromkeys(str(key) for record in records for key in record))
    check_width(len(heads))
    rows = [["" if record.get(head) is None else str(record[head]) for head in heads] for record in records]
    sheet = Sheet("", [heads, *rows], list(range(1, len(rows) + 2)))
    clean(sheet)
    return sheet


def _read_book(book: Book, name: str, source: str, answers: Answers) -> Reading:
    """Sheets of cells: a known layout first, then any table."""
    if bra.is_database_file(book.sheets[0]):
        return bra.read_database_file(book.sheets[0]).with_notes(*book.notes)
    if found := _kolada_table(book, name, answers):
        return found
    asked = answers.get("sheet")
    sheets = [sheet for sheet in book.sheets if asked is None or sheet.name == asked]
    if not sheets:
        raise Refusal("unknown_answer", key="sheet", answer=str(asked)[:40])
    screen_sheets(sheets, answers)
    if len(sheets) == 1 and incidents.is_incident_sheet(sheets[0]):
        return incidents.as_reading(incidents.load_sheet(sheets[0], answers, list(book.notes)))
    readings = _tables(sheets, name, source, answers, named=False)
    if not readings:
        raise Refusal("no_table")
    if len(readings) > 1 and _overlap(readings):
        readings = _tables(sheets, name, source, answers, named=True)
    rows: list[Row] = []
    earlier: set[Row] = set()
    notes, questions = list(book.notes), list[Question]()
    for reading in readings:
        rows += [row for row in reading.rows if row not in earlier]
        earlier |= set(reading.rows) if len(readings) > 1 else set()
        notes += [note for note in reading.notes if note not in notes]
        questions += [question for question in reading.questions if question not in questions]
    if repeats := sum(len(reading.rows) for reading in readings) - len(rows):
        notes.append(Note("repeats", {"rows": repeats}))  # the same figure on two sheets
    if twice := len(rows) - len({_key(row) for row in rows}):
        notes.append(Note("repeated_keys", {"rows": twice}))
    kind = Kind.AREAS if all(reading.kind is Kind.AREAS for reading in readings) else Kind.FIGURES
    return Reading(tuple(rows), tuple(notes), tuple(questions), source or "table", kind)


def _kolada_table(book: Book, name: str, answers: Answers) -> Reading | None:
    found = kolada.as_table(book.sheets[0], answers)
    if found is None:
        return None
    sheet, notes, asked = found
    screen_sheets([sheet], answers)
    reading = tables.read_table(sheet, name=stem(name), answers=answers)
    if reading is None:
        return None
    if asked:
        reading = kolada.without_guesses(reading)
    whole = replace(reading, source="kolada", questions=(*reading.questions, *asked))
    return whole.with_notes(*book.notes, *notes)


def _tables(sheets: list[Sheet], name: str, source: str, answers: Answers, *, named: bool) -> list[Reading]:
    found = (
        tables.read_table(
            part,
            name=stem(name),
            answers=answers,
            source=source,
            suffix=sheet.name if named and read_period(sheet.name) is None else "",
        )
        for sheet in sheets
        for part in parts_of(sheet)
    )
    return [reading for reading in found if reading is not None]


def _overlap(readings: list[Reading]) -> bool:
    """Whether two sheets say different things of one figure: then the sheet's name must tell them apart."""
    earlier: dict[tuple[object, ...], object] = {}
    for reading in readings:
        mine = {_key(row): row.value for row in reading.rows}
        if any(key in earlier and earlier[key] != value for key, value in mine.items()):
            return True
        earlier |= mine
    return False


def _key(row: Row) -> tuple[object, ...]:
    return (
        row.area_level,
        row.area_code,
        row.area_name,
        row.measure,
        row.period_start,
        row.period_end,
        row.unit,
    )
