"""Brå's reported crime: the "Databasfil" of the statistics database SOL."""

from typing import Final

from samsyn.evidence.readers import places
from samsyn.evidence.readers.grid import Sheet
from samsyn.evidence.readers.periods import Period, month, month_number, read_period
from samsyn.evidence.readers.table import Note, Reading, Refusal, Row, Status
from samsyn.evidence.readers.units import RATE
from samsyn.evidence.readers.values import Cell, read_value

HEADER: Final = ("region", "brott", "år", "period", "antal")


def header_row(sheet: Sheet) -> int | None:
    """Where `Region;Brott;År;Period;Antal;/100 000 inv` stands: SOL's Excel has a title above it."""
    return next(
        (
            index
            for index, row in enumerate(sheet.rows[:10])
            if tuple(cell.strip().casefold() for cell in row[:5]) == HEADER
        ),
        None,
    )


def is_database_file(sheet: Sheet) -> bool:
    return header_row(sheet) is not None


def read_database_file(sheet: Sheet) -> Reading:
    """Counts and rates as two measures of unit.

    SOL repeats a parent offence once for every chosen child: exact repeats are one figure. Two different
    figures for one key are kept both, and it is said.
    """
    top = header_row(sheet) or 0
    head = [cell.strip().casefold() for cell in sheet.rows[top]]
    columns = [(4, "count")] + [
        (index, RATE) for index, name in enumerate(head) if "100 000" in name or "100000" in name
    ]
    rows: list[Row] = []
    seen: dict[tuple[str, ...], set[tuple[str, ...]]] = {}
    keys: set[tuple[str, str, str, str]] = set()
    repeats = clashes = parts = preliminary = 0
    unknown: set[str] = set()
    for index, cells in enumerate(sheet.rows[top + 1 :], start=top + 1):
        if top and sum(1 for cell in cells if cell.strip()) == 1:
            continue  # a footnote below the table
        if len(cells) < 5:
            raise Refusal("row_too_short", sheet.where(index, 0), cells=len(cells))
        region, offence, year, part = (" ".join(cell.split()) for cell in cells[:4])
        key = (region, offence, year, part)
        figures = tuple(cells[column].strip() if column < len(cells) else "" for column, _ in columns)
        earlier = seen.setdefault(key, set())
        if figures in earlier:
            repeats += 1
            continue
        again = bool(earlier)
        clashes += again
        earlier.add(figures)
        keys.add(key)
        parts += offence.casefold().startswith("därav")
        period = _period(year, part, sheet.where(index, 2))
        preliminary += period.preliminary
        area = places.of_name(
            region, level="police_region" if region.casefold().startswith("region ") else ""
        )
        if area is None:
            unknown.add(region)
        elif again and (namesake := places.ended_namesake(area)):
            area = namesake  # SOL lists Heby twice: in its county of today and in the one before 2007
        for (column, unit), text in zip(columns, figures, strict=True):
            cell = read_value(text, where=sheet.where(index, column))
            if not cell.readable:
                raise Refusal("not_a_number", sheet.where(index, column), text=text[:40])
            rows.append(
                Row(
                    area.level if area else "district",
                    area.code if area else "",
                    area.name if area else region,
                    offence,
                    period.start,
                    period.end,
                    unit,
                    cell.value,
                    _status(cell, period),
                    text,
                )
            )
    notes = [
        Note("distinct_keys", {"keys": len(keys)}),
        Note("period_kind", {"kind": _kind(rows)}),
        Note("place_of_crime"),
    ]
    for code, number in (
        ("repeats", repeats),
        ("clashes", clashes),
        ("parts", parts),
        ("preliminary", preliminary),
    ):
        if number:
            notes.append(Note(code, {"rows": number}))
    if unknown:
        notes.append(Note("unknown_areas", {"areas": ", ".join(sorted(unknown)[:10]), "count": len(unknown)}))
    return Reading(tuple(rows), tuple(notes), source="bra")


def _kind(rows: list[Row]) -> str:
    """In words for the preview."""
    lengths = {
        (row.period_end - row.period_start).days for row in rows if row.period_start and row.period_end
    }
    return (
        "year" if lengths and min(lengths) > 300 else "quarter" if lengths and min(lengths) > 31 else "month"
    )


def _period(year: str, part: str, where: str) -> Period:
    """`2016 prel.` with `Dec`; in the yearly export the column År holds the word År and Period the year."""
    if year.casefold() in ("år", "helår") or not any(sign.isdecimal() for sign in year):
        found = read_period(part, where=where)
    else:
        whole = read_period(year, where=where)
        if whole is None or whole.kind != "year":
            raise Refusal("no_period", where, text=f"{year} {part}"[:40])
        number = month_number(part)
        if number:
            found = month(whole.start.year, number)
        elif part.casefold() in ("", "år", "helår", year.casefold()):
            found = whole
        else:
            found = read_period(f"{part} {whole.start.year}", where=where)
        if found and whole.preliminary:
            found = Period(found.start, found.end, found.kind, preliminary=True)
    if found is None:
        raise Refusal("no_period", where, text=f"{year} {part}"[:40])
    return found


def _status(cell: Cell, period: Period) -> Status:
    if cell.status is Status.OK and period.preliminary:
        return Status.PRELIMINARY
    return cell.status
