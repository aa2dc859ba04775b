"""What the newer questions say of one series: shifts, what comes, and what is unexpected. For workers."""

import math
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from samsyn.analysis.catalogue import METHODS
from samsyn.analysis.results import as_plain
from samsyn.analysis.verdicts import Verdict
from samsyn.evidence import spans
from samsyn.evidence.asking import LEVEL, Asked, Question, nearest
from samsyn.evidence.problems import CannotCompute
from samsyn.evidence.spans import Span

SEED = 1  # any will do; the same one makes the same figure again
AHEAD = 1
YEARS_BACK = 3
JUST_BEFORE = 7
Counts = Sequence[tuple[tuple[date, date], float]]  # a whole run of periods; NaN where nothing is known


def exposure(asked: Asked, period: tuple[date, date]) -> float:
    """Inhabitants times days; days alone when no population is entered."""
    living = nearest(asked.population, period[1])
    return float(living.number if living else 1) * spans.days_of(period)


def shifts(asked: Asked, counts: Counts) -> dict[str, Any]:
    """The last lasting shift of level. Years only: the method knows no season."""
    if spans.span_of((asked.start, asked.end)) is not Span.YEAR:
        raise CannotCompute("years_needed")
    if any(math.isnan(count) for _, count in counts):
        raise CannotCompute("gap_in_series")
    found = METHODS["change_points"].load()(
        [count for _, count in counts], [exposure(asked, period) for period, _ in counts]
    )
    last = found.shifts[-1] if found.shifts else None
    plain: dict[str, Any] = {"verdict": found.verdict, "shifts": len(found.shifts)}
    if last:
        plain |= {"ratio": last.ratio, "low": last.low, "high": last.high}
        plain |= {
            name: counts[place][0][0].isoformat()
            for name, place in (("since", last.at), ("earliest", last.earliest), ("latest", last.latest))
        }
    return dict(as_plain(plain))


def expected(asked: Asked, counts: Counts) -> dict[str, Any]:
    """The next period if things go on as they have."""
    span = spans.span_of((asked.start, asked.end))
    if span is Span.OTHER:
        raise CannotCompute("years_needed")
    start = asked.end + timedelta(days=1)
    end = spans.end_of(start, span)
    found = METHODS["forecast"].load()(
        [count for _, count in counts],
        AHEAD,
        [exposure(asked, period) for period, _ in counts],
        seed=SEED,
        exposure_ahead=exposure(asked, (start, end)),
        periods_per_year=span.per_year,
        start=(counts[0][0][0].month - 1) * span.per_year // 12,
        level=float(LEVEL),
    )
    plain = as_plain(found)
    one = {name: (plain[name] or [None])[0] for name in ("expected", "low", "high")}
    return {**one, "verdict": plain["verdict"], "next": [start.isoformat(), end.isoformat()]}


def unexpected_in_season(asked: Asked, counts: Counts) -> dict[str, Any]:
    """The last month beside the same season of earlier years."""
    if spans.span_of((asked.start, asked.end)) is not Span.MONTH:
        raise CannotCompute("months_needed")
    if len(counts) <= 12 * YEARS_BACK + JUST_BEFORE:
        raise CannotCompute("past_too_short")
    values = [count for _, count in counts]
    return _judged(METHODS["farrington"].load()(values, monitored=1, years_back=YEARS_BACK), counts)


def unexpected_now(asked: Asked, counts: Counts) -> dict[str, Any]:
    """The last period beside the few just before it."""
    if len(counts) <= JUST_BEFORE:
        raise CannotCompute("past_too_short")
    values = [count for _, count in counts]
    return _judged(METHODS["ears"].load()(values, monitored=1, baseline=JUST_BEFORE), counts)


def _judged(found: Any, counts: Counts) -> dict[str, Any]:
    mean, upper, alarm = (as_plain(part)[0][0] for part in (found.expected, found.upper, found.alarm))
    verdict = Verdict.TOO_FEW if upper is None else Verdict.MORE if alarm else Verdict.CANNOT_SAY
    return {"observed": counts[-1][1], "expected": mean, "upper": upper, "verdict": verdict.value}


ANSWERS: dict[Question, Callable[[Asked, Counts], dict[str, Any]]] = {
    Question.SHIFT: shifts,
    Question.FORECAST: expected,
    Question.SEASON: unexpected_in_season,
    Question.JUST_NOW: unexpected_now,
}
