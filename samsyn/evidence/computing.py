"""From stored tables to a result: the numbers of a figure, with nothing of how they are said. For workers."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from samsyn.analysis.catalogue import METHODS
from samsyn.analysis.errors import Unusable
from samsyn.analysis.results import as_plain
from samsyn.core.canonical import Plain
from samsyn.evidence import long_table, spans
from samsyn.evidence.asking import LEVEL, PER, Asked, Question, nearest
from samsyn.evidence.long_table import Count, TwoValues
from samsyn.evidence.outlines import Outline
from samsyn.evidence.place_answers import Spot, spots_of
from samsyn.evidence.problems import CannotCompute as CannotCompute
from samsyn.evidence.readers.table import Status
from samsyn.evidence.series_answers import ANSWERS as OF_SERIES
from samsyn.evidence.series_answers import exposure


@dataclass(frozen=True)
class Point:
    """One period of the series: what was counted, and the rate with its limits when there is a population."""

    start: date
    end: date
    count: int | None
    status: str
    rate: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Computed:
    """The estimate as the method gives it, the series it stands on, and what to keep in mind."""

    estimate: dict[str, Any]
    points: tuple[Point, ...]
    caveats: tuple[str, ...]  # message ids
    spots: tuple[Spot, ...] = ()  # of a question about many places, which has no points

    def point(self, start: date, end: date) -> Point:
        return next(point for point in self.points if (point.start, point.end) == (start, end))


def compute(asked: Asked, tables: Sequence[bytes], outlines: Sequence[Outline] = ()) -> Computed:
    """Answer the question from the tables alone, and from who lies beside whom where that is asked.

    Raises CannotCompute when the series or its period is missing, contradicts itself, or breaks a rule of
    the method.
    """
    if asked.question.is_of_places:
        return _compute_places(asked, tables, outlines)
    try:
        counts = long_table.series(
            tables,
            measure=asked.measure,
            unit=asked.unit,
            level=asked.level,
            code=asked.code,
            name=asked.name,
        )
    except TwoValues as twice:
        raise CannotCompute(
            "two_values", period=twice.start.isoformat(), first=twice.first, second=twice.second
        ) from None
    by_period = {(count.start, count.end): count for count in counts}
    chosen = by_period.get((asked.start, asked.end))
    if chosen is None or chosen.value is None:
        raise CannotCompute("no_number", start=asked.start.isoformat(), end=asked.end.isoformat())
    known = spans.alike((asked.start, asked.end), by_period)
    run = [by_period[period] for period in known if period[1] <= asked.end]
    try:
        points = tuple(_point(count, asked) for count in run)
        answer = OF_SERIES.get(asked.question)
        estimate = answer(asked, _whole(points)) if answer else _ESTIMATES[asked.question](asked, points)
    except Unusable as unusable:
        raise CannotCompute(unusable.code) from None
    return Computed(as_plain(estimate), points, _caveats(asked, points))


def _compute_places(asked: Asked, tables: Sequence[bytes], outlines: Sequence[Outline]) -> Computed:
    try:
        estimate, spots = spots_of(asked, tables, outlines)
    except Unusable as unusable:
        raise CannotCompute(unusable.code) from None
    found = ["reports_only"] if asked.events == "reported" else []
    if any(one.status == Status.PRELIMINARY for one in spots):
        found.append("preliminary")
    if asked.question is Question.FUNNEL:
        found.append("size_allowed_for")
    if asked.question is Question.BESIDE:
        found.append("each_by_itself")
    if asked.question is Question.AROUND:
        found.append("judged_with_those_around")
    if all(one.place.number for one in spots):
        found.append("who_lives_there")
    return Computed(estimate, (), tuple(found), spots)


def _point(count: Count, asked: Asked) -> Point:
    if count.value is not None and count.value != int(count.value):
        raise CannotCompute("not_a_count", value=str(count.value))
    number = None if count.value is None else int(count.value)
    if number is None or not (living := nearest(asked.population, count.end)):
        return Point(count.start, count.end, number, count.status)
    found = METHODS["rate"].load()(number, living.number, per=PER, level=float(LEVEL))
    return Point(count.start, count.end, number, count.status, found.rate, found.low, found.high)


def _rate(asked: Asked, points: Sequence[Point]) -> object:
    living = nearest(asked.population, asked.end)
    if living is None:
        raise CannotCompute("no_population", area=asked.name)
    number = next(point.count for point in points if (point.start, point.end) == (asked.start, asked.end))
    return METHODS["rate"].load()(number, living.number, per=PER, level=float(LEVEL))


def _change(asked: Asked, points: Sequence[Point]) -> object:
    if asked.before is None:
        raise CannotCompute("nothing_before")
    by_period = {(point.start, point.end): point for point in points}
    before = by_period.get(asked.before)
    if before is None or before.count is None:
        raise CannotCompute("no_number", start=asked.before[0].isoformat(), end=asked.before[1].isoformat())
    history = _history(asked, points)
    return METHODS["change"].load()(
        before.count,
        exposure(asked, asked.before),
        by_period[asked.start, asked.end].count,
        exposure(asked, (asked.start, asked.end)),
        level=float(LEVEL),
        history=[point.count for point in history],
        history_exposure=[exposure(asked, (point.start, point.end)) for point in history] or None,
    )


def _history(asked: Asked, points: Sequence[Point]) -> list[Point]:
    """The same part of earlier years, which tells how much a year's level sways by itself."""
    return [
        point
        for point in points
        if point.count is not None and point.end < asked.start and point.start.month == asked.start.month
    ]


def _trend(asked: Asked, points: Sequence[Point]) -> object:
    counts = _whole(points)
    span = spans.span_of((asked.start, asked.end))
    return METHODS["trend"].load()(
        [count for _, count in counts],
        [exposure(asked, period) for period, _ in counts],
        periods_per_year=span.per_year,
        start=(counts[0][0][0].month - 1) * span.per_year // 12,
        level=float(LEVEL),
    )


def _whole(points: Sequence[Point]) -> list[tuple[tuple[date, date], float]]:
    """Every period from the first to the last; NaN where the source gives no number."""
    known = {(point.start, point.end): point.count for point in points}
    run = spans.whole_run(list(known))
    return [(period, math.nan if (count := known.get(period)) is None else float(count)) for period in run]


_ESTIMATES = {Question.RATE: _rate, Question.CHANGE: _change, Question.TREND: _trend}


def _caveats(asked: Asked, points: Sequence[Point]) -> tuple[str, ...]:
    used = {(asked.start, asked.end)} | ({asked.before} if asked.before else set())
    if asked.question not in (Question.RATE, Question.CHANGE):
        used |= {(point.start, point.end) for point in points}
    mine = [point for point in points if (point.start, point.end) in used]
    found = []
    if asked.events == "reported":
        found.append("reports_only")
    if any(point.status == Status.PRELIMINARY for point in mine):
        found.append("preliminary")
    if any(point.status == Status.ESTIMATE for point in mine):
        found.append("estimated")
    if asked.question in (Question.SEASON, Question.JUST_NOW):
        found.append("alarm_is_a_question")
    elif not asked.population:
        found.append("population_left_out")
    elif any(
        abs((near.day - point.end).days) > 366
        for point in mine
        if (near := nearest(asked.population, point.end))
    ):
        found.append("population_of_another_year")
    if asked.question is Question.CHANGE:
        found.append("spread_allowed_for")
    if asked.question is Question.FORECAST:
        found.append("forecast_is_no_goal")
    return tuple(found)


def plain_estimate(estimate: Any) -> Plain:
    """An estimate as canonical JSON can hold it: numbers as text with all their digits."""
    if isinstance(estimate, dict):
        return {name: plain_estimate(value) for name, value in estimate.items()}
    if isinstance(estimate, list):
        return [plain_estimate(value) for value in estimate]
    return repr(estimate) if isinstance(estimate, float) else estimate


def agrees(first: Any, second: Any, *, tolerance: float) -> bool:
    """Whether two estimates say the same, numbers within the method's relative tolerance."""
    if isinstance(first, dict) and isinstance(second, dict):
        return first.keys() == second.keys() and all(
            agrees(first[name], second[name], tolerance=tolerance) for name in first
        )
    if isinstance(first, list) and isinstance(second, list):
        return len(first) == len(second) and all(
            agrees(one, other, tolerance=tolerance) for one, other in zip(first, second, strict=True)
        )
    if isinstance(first, str) and isinstance(second, str) and first != second:
        try:
            return math.isclose(float(first), float(second), rel_tol=tolerance, abs_tol=1e-12)
        except ValueError:
            return False
    return bool(first == second)
