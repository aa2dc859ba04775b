"""What the rows themselves say of how a file was read: unit, kind of period, kind of area."""

from collections import Counter
from collections.abc import Iterator
from typing import Final

from samsyn.evidence.readers.layout import TOTALS
from samsyn.evidence.readers.table import Kind, Moment, Note, Reading, Row

LENGTHS: Final = (
    (1, "day"),
    (8, "week"),
    (32, "month"),
    (93, "quarter"),
    (124, "third"),
    (186, "half"),
    (367, "year"),
)


def with_what_was_read(reading: Reading) -> Reading:
    """The reading with notes on unit, period and area, where its reader has not said so already."""
    if reading.kind is not Kind.FIGURES or not reading.rows:
        return reading
    said = {note.code for note in reading.notes}
    units = Counter(row.unit for row in reading.rows if row.unit)
    levels = Counter(row.area_level for row in reading.rows if row.area_level)
    kinds = Counter[str]()
    for (start, end), rows in Counter((row.period_start, row.period_end) for row in reading.rows).items():
        kinds[kind_of(start, end)] += rows
    del kinds[""]
    notes = [
        Note(code, {"list": ", ".join(word for word, _ in found.most_common(8))[:300]})
        for code, found in (("units", units), ("area_levels", levels), ("period_kinds", kinds))
        if found and not (code == "period_kinds" and "period_kind" in said)
    ]
    notes += sums(reading.rows)
    return Reading(
        reading.rows,
        (*reading.notes, *notes),
        reading.questions,
        reading.source,
        reading.kind,
        reading.shapes,
        reading.row_count,
    )


def kind_of(start: Moment | None, end: Moment | None) -> str:
    """The kind of a period by its length; a school year lies across two years."""
    if start is None or end is None:
        return ""
    days = (end - start).days + 1
    if start.year + 1 == end.year and 270 < days < 400:
        return "school_year"
    return next((kind for most, kind in LENGTHS if days <= most), "years")


def sums(rows: tuple[Row, ...]) -> Iterator[Note]:
    """A row "Summa" among places is a total: kept as it stands, and told when its parts say otherwise."""
    parts: dict[tuple[object, ...], list[Row]] = {}
    wholes: dict[tuple[object, ...], Row] = {}
    for row in rows:
        if row.unit != "count":
            continue
        key = (row.measure, row.period_start, row.period_end)
        if row.area_name.casefold().strip(" .:*") in TOTALS:
            wholes[key] = row
        elif wholes or row.area_level not in ("country", "county", "region"):
            parts.setdefault(key, []).append(row)
    for group, whole in wholes.items():
        mine = parts.get(group, [])
        known = [row.value for row in mine if row.value is not None]
        if whole.value is None or len(known) < 2 or len(known) < len(mine) or sum(known) == whole.value:
            continue
        yield Note(
            "parts_differ", {"total": f"{whole.value:f}", "sum": f"{sum(known):f}", "text": whole.area_name}
        )
