"""Is this month unexpected? Limits from a series' own past, for thousands of series at once.

All four methods share one rule that the usual software lacks: where the past holds fewer events than
``exact_below`` the limit is at least that of an exact predictive distribution, so one crime after a quiet
year is no alarm. ``alpha`` is the same everywhere: the chance of a false alarm, all of it above the limit.
"""

from __future__ import annotations

import enum
import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt
from scipy import special, stats

from samsyn.analysis.errors import Unusable, checked_alpha, chosen
from samsyn.analysis.executor import Executor, run, shares
from samsyn.analysis.kernels.cusum import past_sums, running_sums
from samsyn.analysis.kernels.farrington import farrington_fits
from samsyn.analysis.regression import Array
from samsyn.analysis.verdicts import FEWEST_EVENTS

Flags = npt.NDArray[np.bool_]
FEWEST_PERIODS = 3  # known periods in a short baseline
QUIET = 5.0  # no alarm below five events in the last four periods (Farrington et al. 1996)


class Ears(enum.StrEnum):
    """Which of the three short-baseline rules: next to now, after a pause of two periods, or three periods
    together."""

    C1 = "c1"
    C2 = "c2"
    C3 = "c3"


@dataclass(frozen=True, slots=True)
class Unexpected:
    """Expected count, upper limit and alarm per series and monitored period; NaN where the past is too
    short."""

    first: int  # index of the first monitored period
    expected: Array
    upper: Array
    alarm: Flags


@dataclass(frozen=True, slots=True)
class Cusum:
    """The running sum per series and monitored period, its alarms, and the expected count per series."""

    first: int
    expected: Array
    statistic: Array
    alarm: Flags


def count_table(counts: npt.ArrayLike, monitored: int) -> Array:
    table = np.atleast_2d(np.asarray(counts, dtype=float))
    if table.ndim != 2 or not 0 < monitored <= table.shape[1]:
        raise Unusable(
            "periods_missing", "There are fewer periods than are to be monitored.", {"monitored": monitored}
        )
    if bool(np.any(table < 0)) or bool(np.any(np.isinf(table))):
        raise Unusable("count_negative", "A count must be zero or more, and not infinite.")
    return table


def predictive_limit(total: npt.ArrayLike, periods: npt.ArrayLike, *, alpha: float, ahead: int = 1) -> Array:
    """The largest count that is not unexpected in the next ``ahead`` periods, given ``total`` events in
    ``periods`` like periods; more comes with probability ``alpha`` at most.

    Jeffreys' prior makes the next count negative binomial with size total + ½; exact for any total, also
    zero.

    >>> predictive_limit([0, 0, 20], [7, 7, 12], alpha=0.001).tolist()
    [2.0, 2.0, 7.0]
    """
    size = np.asarray(total, dtype=float) + 0.5
    length = np.asarray(periods, dtype=float)
    return np.asarray(stats.nbinom.ppf(1.0 - alpha, size, length / (length + ahead)), dtype=float)


def farrington(
    counts: npt.ArrayLike,
    *,
    periods_per_year: int = 12,
    monitored: int = 24,
    years_back: int = 3,
    half_window: int = 3,
    alpha: float = 0.005,
    with_trend: bool = True,
    reweight: bool = True,
    exact_below: float = FEWEST_EVENTS,
    quiet: float = QUIET,
    executor: Executor | None = None,
) -> Unexpected:
    """Is this month more than the same season of earlier years would lead one to expect?

    Parameters
    ----------
    counts : (series, periods) or (periods,), events; NaN is a missing period. The last ``monitored`` are
    judged.
    years_back, half_window : the baseline is the same period ± half_window of each of the years back.
    alpha : chance of a false alarm, all of it above the limit. The usual software names twice as much, the
        chance to fall outside on either side: its 0.01 is 0.005 here.
    exact_below : below this many baseline events the limit is at least the exact predictive one; 0 turns it
    off.
    quiet : no alarm when the last four periods hold fewer events than this. executor : where the series are
        judged, a quarter of each worker's share at a time.

    Source: Farrington et al. (1996), J. R. Stat. Soc. A 159: 547-563; the trend is kept when significant at
    5 % and not extrapolating. Cost: O(series · monitored · baseline), compiled and on all cores.

    >>> past = [4, 6, 5, 7, 3, 5, 6, 4, 5, 6, 4, 5] * 4
    >>> found = farrington([*past, 5, 19], monitored=2)
    >>> found.alarm.tolist(), found.upper.round(1).tolist()
    ([[False, True]], [[12.4, 11.7]])
    """
    checked_alpha(alpha)
    return over_series(
        partial(
            _farrington,
            periods_per_year=periods_per_year,
            monitored=monitored,
            years_back=years_back,
            half_window=half_window,
            alpha=alpha,
            with_trend=with_trend,
            reweight=reweight,
            exact_below=exact_below,
            quiet=quiet,
        ),
        count_table(counts, monitored),
        executor,
    )


def over_series(judged: Callable[[Array], Unexpected], table: Array, executor: Executor | None) -> Unexpected:
    """Judge each series by itself, some of them at a time, here or by an executor."""
    pieces = [table[some.start : some.stop] for some in shares(table.shape[0], executor)]
    found = list(run(judged, pieces, executor)) or [judged(table)]
    return Unexpected(
        found[0].first,
        np.concatenate([one.expected for one in found]),
        np.concatenate([one.upper for one in found]),
        np.concatenate([one.alarm for one in found]),
    )


def _farrington(
    table: Array,
    *,
    periods_per_year: int,
    monitored: int,
    years_back: int,
    half_window: int,
    alpha: float,
    with_trend: bool,
    reweight: bool,
    exact_below: float,
    quiet: float,
) -> Unexpected:
    first = table.shape[1] - monitored
    size = years_back * (2 * half_window + 1)
    critical = np.concatenate([[np.inf], stats.t.ppf(0.975, np.arange(1, size + 1))])
    fits = farrington_fits(
        np.ascontiguousarray(table),
        first,
        years_back,
        periods_per_year,
        half_window,
        with_trend,
        reweight,
        critical,
    )
    expected, variance, dispersion, total, length = (fits[:, :, k] for k in range(5))
    z = float(special.ndtri(1.0 - alpha))
    spread = np.sqrt((dispersion + variance / expected) / expected)
    upper = expected * (1.0 + 2.0 / 3.0 * z * spread) ** 1.5
    upper = at_least_predictive(upper, total, length, exact_below, alpha)
    observed = table[:, first:]
    return Unexpected(first, expected, upper, (observed > upper) & (recent_events(table, first) >= quiet))


def recent_events(table: Array, first: int) -> Array:
    sums = np.cumsum(np.pad(np.nan_to_num(table), ((0, 0), (4, 0))), axis=1)
    return np.asarray((sums[:, 4:] - sums[:, :-4])[:, first:])


def _sums_before(table: Array, start: int, pause: int, length: int) -> Array:
    """For each period from ``start`` on: the sum of the ``length`` periods that end ``pause`` periods
    before it."""
    sums = np.pad(np.cumsum(table, axis=1), ((0, 0), (1, 0)))
    end = table.shape[1] - pause
    return np.asarray(sums[:, start - pause : end] - sums[:, start - pause - length : end - length])


def at_least_predictive(
    upper: Array, total: Array, length: Array, exact_below: float, alpha: float, *, ahead: int = 1
) -> Array:
    """Raise limits that rest on few events to the exact predictive ones, looked up once per total and
    length."""
    few = np.asarray(total < exact_below) & np.isfinite(upper)
    if not bool(np.any(few)):
        return upper
    known = np.stack([np.ceil(total[few]), length[few]], axis=1)
    different, which = np.unique(known, axis=0, return_inverse=True)
    exact = predictive_limit(different[:, 0], different[:, 1], alpha=alpha, ahead=ahead)
    raised = upper.copy()
    raised[few] = np.maximum(upper[few], exact[which.ravel()])
    return raised


def ears(
    counts: npt.ArrayLike,
    *,
    rule: Ears = Ears.C1,
    monitored: int = 24,
    baseline: int = 7,
    alpha: float | None = None,
    exact_below: float = math.inf,
) -> Unexpected:
    """Is this period unexpected beside the few just before it? For new series without years of past.

    Parameters
    ----------
    counts : (series, periods) or (periods,), events; NaN is a missing period.
    rule : C1 compares with the ``baseline`` periods just before, C2 leaves two periods between, C3 adds what
        this period and the two before it exceed by more than a standard deviation.
    alpha : chance of a false alarm, 0.001 for C1 and C2 and 0.025 for C3 unless given.
    exact_below : below this many baseline events the limit is at least the exact predictive one, by default
        always: the spread of seven periods is too rough by itself, and the bare rule raises twenty times as
        many false alarms as ``alpha`` says. 0 gives the bare rule.

    No limit where fewer than three of the baseline's periods are known. A count that is not above its
    expectation is never an alarm, whatever came before. Source: Hutwagner et al. (2003); Fricker, Hegler and
    Dunfee (2008). Cost: O(series · periods).

    >>> [bool(ears(past, monitored=1).alarm[0, 0]) for past in ([2, 4, 3, 3, 2, 4, 3, 14], [0] * 7 + [1])]
    [True, False]
    """
    rule = chosen(Ears, rule)
    level = checked_alpha(alpha if alpha is not None else (0.025 if rule is Ears.C3 else 0.001))
    table = count_table(counts, monitored)
    first = table.shape[1] - monitored
    pause = 0 if rule is Ears.C1 else 2
    before = 2 if rule is Ears.C3 else 0  # C3 also looks at the two periods before each
    start = first - before
    if start - pause - baseline < 0 or baseline < FEWEST_PERIODS:
        raise Unusable("periods_missing", "The baseline is longer than the past.", {"baseline": baseline})
    skipped = start - pause - baseline  # older periods play no part
    table, start, first = table[:, skipped:], start - skipped, first - skipped
    total, known, deviation = _baselines(table, start, pause, baseline)
    mean = total / known
    z = float(special.ndtri(1.0 - level))
    if rule is Ears.C3:
        exceeded = _exceeded(table[:, start:], mean, deviation)
        total, known, mean, deviation = (one[:, 2:] for one in (total, known, mean, deviation))
        upper = mean + deviation * np.maximum(1.0 + z - exceeded[:, :-2] - exceeded[:, 1:-1], 0.0)
        # three periods are judged together, so the exact limit is that of three
        earlier = np.nan_to_num(table[:, first - 2 : -2]) + np.nan_to_num(table[:, first - 1 : -1])
        upper = at_least_predictive(upper + earlier, total, known, exact_below, level, ahead=3) - earlier
        upper = np.maximum(upper, mean)
    else:
        upper = mean + z * deviation
        upper = at_least_predictive(upper, total, known, exact_below, level)
    return Unexpected(first + skipped, mean, upper, table[:, first:] > upper)


def _baselines(table: Array, start: int, pause: int, length: int) -> tuple[Array, Array, Array]:
    """Events, known periods and standard deviation of each period's baseline; NaN where too few are known."""
    missing = np.isnan(table)
    if bool(missing.any()):
        known = _sums_before((~missing).astype(float), start, pause, length)
        known[known < FEWEST_PERIODS] = np.nan
        table = np.where(missing, 0.0, table)
    else:
        known = np.full((table.shape[0], table.shape[1] - start), float(length))
    total = _sums_before(table, start, pause, length)
    squares = _sums_before(table * table, start, pause, length) - total * total / known
    return total, known, np.sqrt(np.maximum(squares, 0.0) / (known - 1.0))


def _exceeded(observed: Array, mean: Array, deviation: Array) -> Array:
    """By how many standard deviations more than one each period lies above its expectation."""
    with np.errstate(divide="ignore", invalid="ignore"):
        above = np.maximum((observed - mean) / deviation - 1.0, 0.0)
    return np.asarray(np.nan_to_num(above, nan=0.0, posinf=0.0))


def cusum(
    counts: npt.ArrayLike,
    *,
    monitored: int = 24,
    reference: float = 1.04,
    threshold: float = 2.26,
    reset: bool = True,
    exact_below: float = FEWEST_EVENTS,
) -> Cusum:
    """Has a series drifted upwards, slowly, since monitoring began?

    Rossi's standardised counts summed above ``reference``. After an alarm the sum starts again (``reset``),
    and no period below its expectation is an alarm: without that, one bad year makes later months with no
    crime alarm. Source: Rossi, Lampugnani and Marchi (1999). Cost: O(series · periods).

    >>> year = [5, 6, 4, 5, 5, 6, 4, 5, 5, 6, 4, 5]
    >>> cusum([*year, 14, 13, 0, 0], monitored=4).alarm.tolist()
    [[True, False, False, False]]
    """
    table = count_table(counts, monitored)
    first = table.shape[1] - monitored
    table = np.ascontiguousarray(table)
    total, known = table[:, :first].sum(axis=1), np.full(table.shape[0], first)
    if first == 0 or bool(np.any(np.isnan(total))):
        total, known = past_sums(table, first)
    if bool(np.any(known == 0)):
        raise Unusable("periods_missing", "A series has no past to be compared with.")
    few = total < exact_below
    mean = np.where(few, (total + 0.5) / known, total / known)
    limit = np.zeros(mean.size)
    if reset and bool(few.any()):
        limit[few] = predictive_limit(total[few], known[few], alpha=0.01)
    alarm = np.zeros((table.shape[0], monitored), dtype=bool)
    statistic = running_sums(table, first, mean, limit, reference, threshold, reset, alarm)
    return Cusum(first, mean, statistic, alarm)
