"""Periods as people count them: months, quarters, years."""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum


class Span(StrEnum):
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    OTHER = "other"

    @property
    def per_year(self) -> int:
        return {"month": 12, "quarter": 4}.get(self.value, 1)


Period = tuple[date, date]


def span_of(period: Period) -> Span:
    """What kind of period it is, by its first and last day."""
    start, end = period
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    if start.day != 1 or (end + timedelta(days=1)).day != 1:
        return Span.OTHER
    return {1: Span.MONTH, 3: Span.QUARTER, 12: Span.YEAR}.get(months, Span.OTHER)


def days_of(period: Period) -> int:
    return (period[1] - period[0]).days + 1


def alike(period: Period, others: Iterable[Period]) -> list[Period]:
    """Those of the same kind, in order: a year is never set beside a month."""
    span = span_of(period)
    length = days_of(period)
    return sorted(
        {
            other
            for other in others
            if span_of(other) is span and (span is not Span.OTHER or days_of(other) == length)
        }
    )


def year_before(period: Period, others: Iterable[Period]) -> Period | None:
    """The same part of the year before, else the period just before: what one compares with."""
    earlier = [other for other in alike(period, others) if other[1] < period[0]]
    same = [
        other
        for other in earlier
        if other[0].year == period[0].year - 1 and other[0].month == period[0].month
    ]
    return same[-1] if same else (earlier[-1] if earlier else None)


def whole_run(known: list[Period]) -> list[Period]:
    """The periods from the first to the last, those between that are missing included."""
    if len(known) < 2 or span_of(known[0]) is Span.OTHER:
        return known
    step = 12 // span_of(known[0]).per_year
    run, (start, _) = [], known[0]
    while start <= known[-1][0]:
        following = _months_on(start, step)
        run.append((start, following - timedelta(days=1)))
        start = following
    return run


def end_of(start: date, span: Span) -> date:
    """The last day of a month, quarter or year that begins on this day."""
    return _months_on(start, 12 // span.per_year) - timedelta(days=1)


def _months_on(day: date, months: int) -> date:
    number = day.year * 12 + day.month - 1 + months
    return date(number // 12, number % 12 + 1, day.day)
