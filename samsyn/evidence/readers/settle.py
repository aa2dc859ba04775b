"""What a table must settle before its cells are read: periods, area, decimal signs, units."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Final

from samsyn.evidence.readers import places, units
from samsyn.evidence.readers.layout import Layout, body_of
from samsyn.evidence.readers.periods import Period, read_period, settle
from samsyn.evidence.readers.roles import Column, Role
from samsyn.evidence.readers.table import Note, Question, Refusal, Row
from samsyn.evidence.readers.titles import area_in, period_in
from samsyn.evidence.readers.values import Number, decimal_sign

DATED: Final = re.compile(r"\s*\d{4}(?:\d\d)?\s*$|\s*\d{4}-\d\d(?:-\d\d)?\s*$")
MONTHLY: Final = re.compile(r"månad|mån|manad|month|årmånad|yearmonth|år och månad", re.I)
MOST_PERIODS: Final = 5_000  # different texts of one column that are looked at to settle what they are
PRELIMINARY: Final = re.compile(r"\bpreliminär[at]?\b(?!\s+och\s+slutlig)|\bprel\.", re.I)
CONFIDENCE: Final = re.compile(r"\b9[059](?:[,.]\d)?\s?%")


def describe(layout: Layout) -> None:
    """Say what was done, so that the person can see whether it was right."""
    block, sheet = layout.block, layout.sheet
    first = block.header_rows[0]
    said = {
        "row": sheet.numbers[first] if first < len(sheet.numbers) else first + 1,
        "rows": len(block.header_rows),
    }
    layout.notes.append(Note("header_rows", {**said, "sheet": sheet.name} if sheet.name else said))
    for column in layout.columns:
        if column.role is not Role.VALUE:
            layout.notes.append(
                Note("column", {"header": column.header or f"#{column.index + 1}", "role": column.role.value})
            )
    for title in block.titles:
        layout.notes.append(Note("title", {"text": title[:300]}))
    for text in block.footnotes:
        layout.notes.append(Note("footnote", {"text": text[:600]}))
    for index in block.sections:
        layout.notes.append(
            Note(
                "row_skipped",
                {"where": sheet.where(index, 0), "text": " ".join(sheet.rows[index]).strip()[:120]},
            )
        )
    repeated = [header for header, times in Counter(block.headers).items() if times > 1 and header]
    if repeated:
        layout.notes.append(Note("repeated_headers", {"headers": ", ".join(repeated)[:200]}))


def note_cells_beside(layout: Layout) -> None:
    """Cells to the right of the last column name have no meaning that can be known: told, never read."""
    width = len(layout.columns)
    beside = [
        index for index in layout.block.body if any(cell.strip() for cell in layout.sheet.rows[index][width:])
    ]
    if beside:
        where = layout.sheet.where(beside[0], width)
        layout.notes.append(Note("cells_beside", {"rows": len(beside), "where": where}))


def settle_headers(layout: Layout) -> None:
    """Areas side by side with a period a row: known areas are read so, other names are asked about."""
    figures = layout.having(Role.VALUE)
    plain = [column for column in figures if not column.period and not column.month and not column.whole]
    if layout.having(Role.AREA_CODE, Role.AREA_NAME) or len(plain) < 2:
        return
    if len(plain) < len(figures) or any(units.unit_of(column.label) for column in plain):
        return
    known = [places.of_text(column.label) for column in plain]
    if not all(known) and not layout.having(Role.PERIOD):
        return
    asked = layout.answers.get("headers", "areas" if all(known) else "")
    if asked not in ("", "areas", "measures"):
        raise Refusal("unknown_answer", key="headers", answer=str(asked)[:40])
    listed = ", ".join(column.label for column in plain)[:200]
    if asked == "areas":
        for column, area in zip(plain, known, strict=True):
            column.area = area or places.Area("place", "", column.label)
        layout.notes.append(Note("headers_are_areas", {"headers": listed}))
    elif not asked and not layout.answers.get("area") and not area_in(layout.block.titles, layout.name)[0]:
        layout.questions.append(Question("headers", ("areas", "measures"), params={"headers": listed}))


def settle_periods(layout: Layout) -> None:
    """Months or quarters, and the period of a file that tells it in its title or its name only."""
    asked = layout.answers.get("period_kind", "")
    if asked not in ("", "month", "quarter"):
        raise Refusal("unknown_answer", key="period_kind", answer=str(asked)[:40])
    headed = [column for column in layout.having(Role.VALUE) if column.period]
    periods = [column.period for column in headed]
    for column in layout.having(Role.PERIOD):
        cells = {row[column.index] for row in body_of(layout) if column.index < len(row)}
        cells = {cell for cell in cells if DATED.match(cell)}
        periods += [read_period(cell) for cell in sorted(cells)[:MOST_PERIODS]]
    _settle_first_days(layout, periods)
    if any(period and period.unsure for period in periods):
        layout.kind = asked or settle(periods)
        if layout.kind:
            layout.notes.append(Note("six_digits", {"kind": layout.kind}))
        else:
            example = next(p for p in periods if p and p.unsure)
            text = f"{example.start.year}{example.start.month:02d}"
            layout.questions.append(Question("period_kind", ("month", "quarter"), params={"text": text}))
    _mark_twins(headed, layout)
    if headed and any(PRELIMINARY.search(title) for title in layout.block.titles):
        latest = max(column.period.start.year for column in headed if column.period)
        for column in headed:
            if column.period and column.period.start.year == latest:
                column.period = replace(column.period, preliminary=True)
    bare = [column for column in layout.having(Role.VALUE) if not column.period]
    if layout.having(Role.PERIOD) or not bare:
        return
    if given := layout.answers.get("period"):
        layout.fallback = read_period(str(given))
        if layout.fallback is None:
            raise Refusal("unknown_answer", key="period", answer=str(given)[:40])
        return
    found, where = period_in(layout.block.titles, layout.name, layout.sheet.name)
    if found and any(PRELIMINARY.search(title) for title in layout.block.titles):
        found = replace(found, preliminary=True)
    if found:
        layout.fallback = found
        layout.notes.append(
            Note(
                "period_from",
                {"where": where, "start": found.start.isoformat(), "end": found.end.isoformat()},
            )
        )
    else:
        named = ", ".join(column.label for column in bare)[:200] if headed else ""
        layout.questions.append(Question("period", where=named))


def _settle_first_days(layout: Layout, periods: list[Period | None]) -> None:
    """2024-01-01, 2024-02-01 … may be days, or months as a program writes them: asked, never guessed."""
    known = [period for period in periods if period]
    if any(MONTHLY.fullmatch(column.header.strip()) for column in layout.having(Role.PERIOD)):
        layout.whole_months = True
        return
    if len(known) < 2 or any(period.kind != "day" or period.start.day != 1 for period in known):
        return
    asked = layout.answers.get("first_days", "")
    if asked not in ("", "month", "day"):
        raise Refusal("unknown_answer", key="first_days", answer=str(asked)[:40])
    layout.whole_months = asked == "month"
    if not asked:
        text = known[0].start.isoformat()
        layout.questions.append(Question("first_days", ("month", "day"), params={"text": text}))


def _mark_twins(headed: list[Column], layout: Layout) -> None:
    """The same period twice is a broken series: its mark becomes part of the measure's name."""
    places_taken = Counter(
        (column.period.start, column.period.end, column.label) for column in headed if column.period
    )
    twins = [
        column
        for column in headed
        if column.period and places_taken[column.period.start, column.period.end, column.label] > 1
    ]
    for column in twins:
        column.label = f"{column.label} ({column.mark or 'utan märke'})".strip()
    if twins:
        layout.notes.append(
            Note("series_break", {"headers": ", ".join(column.header for column in twins)[:200]})
        )
    marks = sorted({column.mark for column in headed if column.mark})
    if marks:
        layout.notes.append(Note("marks", {"marks": " ".join(marks)}))


def settle_place(layout: Layout) -> None:
    """A file about one area often names it in the title or the file's name only."""
    if layout.having(Role.AREA_CODE, Role.AREA_NAME) or any(column.area for column in layout.columns):
        return
    if given := layout.answers.get("area"):
        layout.place = places.of_text(str(given)) or places.Area("place", "", str(given)[:120])
        return
    area, where = area_in(layout.block.titles, layout.name)
    if area:
        layout.place = area
        layout.notes.append(Note("area_from", {"where": where, "area": area.name}))
    elif not any(question.key == "headers" for question in layout.questions):
        layout.questions.append(Question("area"))


def settle_numbers(layout: Layout) -> None:
    """The decimal sign, a column at a time; asked about when both readings fit."""
    asked = layout.answers.get("decimal", "")
    if asked not in ("", ",", "."):
        raise Refusal("unknown_answer", key="decimal", answer=str(asked)[:40])
    signs: dict[int, tuple[str, bool]] = {}
    for column in layout.having(Role.VALUE):
        signs[column.index] = decimal_sign(
            row[column.index] for row in body_of(layout) if column.index < len(row)
        )
    sure = {
        sign
        for index, (sign, certain) in signs.items()
        if certain and any(_writes(row, index, sign) for row in body_of(layout))
    }
    if told := asked or (next(iter(sure)) if len(sure) == 1 else ""):
        layout.notes.append(Note("decimal", {"sign": told}))
    for index, (sign, certain) in signs.items():
        if asked or certain:
            layout.decimals[index] = asked or sign
            continue
        layout.decimals[index] = next(iter(sure)) if len(sure) == 1 else sign
        if len(sure) == 1:  # one file has one decimal sign: the other groups the thousands
            continue
        header = layout.block.headers[index]
        layout.questions.append(Question("decimal", (",", "."), where=header, params={"sign": sign}))


def _writes(row: list[str], index: int, sign: str) -> bool:
    return index < len(row) and sign in row[index] and not isinstance(row[index], Number)


def settle_units(layout: Layout, rows: list[tuple[int, Row]]) -> tuple[Row, ...]:
    """Rows with the unit from the column's words, the measure's or the title's; asked about when none tells.

    One column may hold measures of several units, so each measure is settled by itself.
    """
    asked = layout.answers.get("unit", "")
    given: Mapping[str, str] = asked if isinstance(asked, Mapping) else {}
    groups: dict[tuple[int, str], list[Row]] = {}
    for index, row in rows:
        if not row.unit:
            groups.setdefault((index, row.measure), []).append(row)
    headers = {
        column.index: "" if column.area else column.label or column.header
        for column in layout.having(Role.VALUE)
    }
    found: dict[tuple[int, str], str] = {}
    assumed: list[str] = []
    near = {(measure, units.unit_of(measure, headers[index])) for index, measure in groups}
    for (index, measure), mine in groups.items():
        header = headers[index]
        unit = given.get(header, given.get(measure, "")) or (asked if isinstance(asked, str) else "")
        spoken = (measure, header) if header not in measure else (header, measure)
        unit = unit or units.unit_of(*spoken) or units.beside(measure, near)
        if not unit or unit == units.RATE:
            unit = _titled(unit, layout, {units.unit_of(other) for other in headers.values()})
        values = [row.value for row in mine if row.value is not None]
        said = CONFIDENCE.sub("", " ".join((*spoken, *layout.block.titles)))
        if unit == units.PERCENT and not asked and "%" not in said and _may_be_shares(values):
            _ask(layout, Question("unit", ("percent", "share"), where=header))
        elif not unit and units.is_whole(values):
            unit = units.COUNT
            assumed.append(header or measure)
        elif not unit:
            _ask(layout, Question("unit", where=header))
        found[index, measure] = unit
    if assumed:
        listed = ", ".join(dict.fromkeys(assumed))
        layout.notes.append(Note("unit_assumed", {"header": listed[:300], "unit": units.COUNT}))
    return tuple(row if row.unit else replace(row, unit=found[index, row.measure]) for index, row in rows)


def _titled(unit: str, layout: Layout, headed: set[str]) -> str:
    """The unit that the titles name, unless a column of its own has it; they also say what a rate is of."""
    titled = units.unit_of(*layout.block.titles)
    if unit:
        return titled if titled == units.MEAN_RATE else unit
    return "" if titled in headed or (titled == units.MEAN_RATE and units.RATE in headed) else titled


def _may_be_shares(values: list[Decimal]) -> bool:
    """0.71 under the word "andel" is a share of one, or less than one percent: two readings fit."""
    return bool(values) and max(values) <= 1 and min(values) >= 0 and not units.is_whole(values)


def _ask(layout: Layout, question: Question) -> None:
    if question not in layout.questions:
        layout.questions.append(question)
