"""The period of one figure: from its row, its column's name or the title, put together from parts."""

from dataclasses import replace
from datetime import date

from samsyn.evidence.readers.grid import Sheet
from samsyn.evidence.readers.layout import Layout, body_of, cell_of
from samsyn.evidence.readers.periods import Period, month, quarter, read_period, settled, week
from samsyn.evidence.readers.periods import month_number as month_of
from samsyn.evidence.readers.roles import Column, Role
from samsyn.evidence.readers.table import Question


def row_period(layout: Layout, cells: list[str], sheet: Sheet, index: int) -> Period | None:
    """The period that the row names, put together when year and month stand in two columns."""
    columns = layout.having(Role.PERIOD)
    if not columns:
        return narrowed(layout.fallback, layout, cells, sheet.where(index, 0))
    found: Period | None = None
    for column in columns:
        text = cell_of(cells, column)
        if not text.strip():
            continue
        period = read_period(text, where=sheet.where(index, column.index))
        if period and (found is None or period.end - period.start < found.end - found.start):
            found = period
        elif period is None and not any(
            question.key == "unreadable_periods" for question in layout.questions
        ):
            layout.questions.append(
                Question(
                    "unreadable_periods", where=sheet.where(index, column.index), params={"text": text[:40]}
                )
            )
    if found is None:
        return None
    return narrowed(_whole(settled(found, layout.kind), layout), layout, cells, sheet.where(index, 0))


def _whole(period: Period, layout: Layout) -> Period:
    if not layout.whole_months or period.kind != "day":
        return period
    found = month(period.start.year, period.start.month)
    return replace(period, start=found.start, end=found.end, kind="month")


def narrowed(year: Period | None, layout: Layout, cells: list[str], where: str) -> Period | None:
    """The month, quarter or week that the row names, in the year that a column, a header or a title names."""
    if year is None or year.kind != "year":
        return year
    for column in layout.having(Role.MONTH, Role.QUARTER, Role.WEEK):
        if part := _part(year, column, cell_of(cells, column).strip(), where):
            return replace(part, preliminary=year.preliminary, estimate=year.estimate, mark=year.mark)
    return year


def _part(year: Period, column: Column, text: str, where: str) -> Period | None:
    digits = text.strip("KkQqVvWw. ")
    number = int(digits) if digits.isdecimal() and len(digits) < 3 else month_of(text) or 0
    if column.role is Role.MONTH and 1 <= number <= 12:
        return month(year.start.year, number)
    if column.role is Role.QUARTER and 1 <= number <= 4:
        return quarter(year.start.year, number)
    if column.role is Role.WEEK and number:
        return week(year.start.year, number, text, where)
    return None


def period_of(
    column: Column, row: Period | None, layout: Layout, cells: list[str], where: str
) -> Period | None:
    """The period of one figure: its header's, or the row's, narrowed to the month that the other names."""
    if column.period:
        return narrowed(_whole(settled(column.period, layout.kind), layout), layout, cells, where)
    if row is None:
        return None
    if column.month:
        return replace(month(row.start.year, column.month), preliminary=row.preliminary)
    if column.quarter:
        return replace(quarter(row.start.year, column.quarter), preliminary=row.preliminary)
    if column.whole:
        return _so_far(row, layout)
    return row


def _so_far(row: Period, layout: Layout) -> Period:
    """The total beside the months reaches as far as they do."""
    filled = [
        column.month
        for column in layout.having(Role.VALUE)
        if column.month and any(cell_of(cells, column).strip() for cells in body_of(layout))
    ]
    end = month(row.start.year, max(filled)).end if filled else row.end
    return Period(date(row.start.year, 1, 1), end, "year" if end.month == 12 else "months", row.preliminary)
