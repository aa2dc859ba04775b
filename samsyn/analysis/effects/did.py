"""Difference-in-differences: what happened where the measure was, beside what happened where it was not."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

from samsyn.analysis.effects.assumptions import Assumption, Check, verdict_of_effect
from samsyn.analysis.effects.conditional import odds_ratio_limits
from samsyn.analysis.effects.did_checks import (
    Drift,
    assignments,
    drift_before,
    parallel_check,
    quiet_check,
    rare_check,
)
from samsyn.analysis.effects.did_errors import Collapsed, Errors, collapse, errors_of, smoothed
from samsyn.analysis.effects.its import Estimate
from samsyn.analysis.effects.panels import Levels, Panel, fit_levels, panel
from samsyn.analysis.effects.power import detectable
from samsyn.analysis.errors import Unusable, checked_level
from samsyn.analysis.regression import Array
from samsyn.analysis.verdicts import FEW_EVENTS, FEWEST_EVENTS, STRICT_LEVEL, Verdict


@dataclass(frozen=True, slots=True)
class PeriodRatios:
    """How many times as many events the treated places had in each period, beside the comparison and the
    time before: 1 on average before. With exact limits for counts that vary no more than Poisson counts."""

    value: Array  # (periods,), NaN where a group has no known count
    low: Array
    high: Array


@dataclass(frozen=True, slots=True)
class DifferenceInDifferences:
    """The ratio of ratios: 0.8 is a fifth fewer than the comparison leads one to expect, 1 is nothing."""

    at: int
    effect: Estimate
    level: float
    treated_before: float
    treated_after: float
    comparison_before: float
    comparison_after: float
    avoided: float  # expected from the comparison less what came, over the periods after
    dispersion: float
    detectable_low: float  # effects between these two would probably not have been seen
    detectable_high: float
    by_period: PeriodRatios
    drift: Drift | None  # per period before
    p_randomisation: float
    choices: int  # ways to choose the treated places that it rests on
    checks: tuple[Check, ...]
    verdict: Verdict


def difference_in_differences(
    counts: npt.ArrayLike,
    treated: npt.ArrayLike,
    at: int,
    exposure: npt.ArrayLike | None = None,
    *,
    transition: int = 0,
    level: float = 0.95,
    seed: int = 0,
    draws: int = 999,
) -> DifferenceInDifferences:
    """Did the number of events change more where the measure was than where it was not?

    Poisson regression with a level per place and per period; the effect is the ratio of ratios. Its interval
    is the widest, at either end, of the exact one given all totals, the one with the spread between months
    and their echo, the one with the spread between places' changes, and the one from leaving out a place at a
    time (from 3 places of each kind on). With too few places to see how far their changes usually part (under
    4 degrees of freedom) that spread is assumed: a dispersion of 1.5, and 15 % per place on top.

    Parameters
    ----------
    counts : (places, periods) events; NaN is missing and left out, as are places without a known period
        before or after. treated : (places,) whether the measure was there. at : first period with it.
    exposure : inhabitants: one number, (places,) or (places, periods); default 1.
    transition : periods of introduction left out everywhere. level : of the interval, 0-1.
    seed, draws : of the randomisation when there are more than 5000 ways to choose the treated places.

    The verdict is ``CANNOT_SAY`` unless the interval is clear of 1 and no check fails: no drift apart before
    (and four periods to see it in: a drift that cannot be checked is no reason to believe), no such parting
    at false dates before, and no such difference when other places are called treated (when there are 20
    ways to choose them). ``TOO_FEW`` when the treated places or the comparison have fewer than 10 events;
    when the treated ones have fewer than 20 the difference must stand at the 99 % level.
    Raises Unusable ``no_comparison`` when all or no places were treated, ``count_negative``,
    ``exposure_not_positive``, ``break_outside_series``, ``groups_differ``.

    Source: Card and Krueger (1994) for the design; Farrington et al. (2007, appendix) for the ratio of ratios
    of crimes; Bertrand, Duflo and Mullainathan (2004) for the errors; Fisher (1935) for the randomisation.
    Cost: O(places · periods) per step of the fit, O(choices · places).

    >>> here, there = [30, 28, 31, 29, 30, 32, 12, 11, 14, 10], [41, 40, 38, 42, 39, 41, 40, 42, 39, 41]
    >>> found = difference_in_differences([here, there, there[::-1]], [True, False, False], 6)
    >>> round(found.effect.value, 2), found.verdict.value
    (0.39, 'fewer')
    """
    checked_level(level)
    raw = panel(counts, treated, at, exposure, transition=transition)
    sums = _sums(raw)
    if min(sums[0] + sums[1], sums[2] + sums[3]) < FEWEST_EVENTS or sums[3] == 0:
        return _nothing(raw, sums, level)
    given = smoothed(raw)
    levels = fit_levels(given)
    collapsed = collapse(given, levels)
    errors = errors_of(given, levels, collapsed, raw)
    center = float(np.log(levels.effect))
    value = levels.effect if sums[0] > 0 else 0.0
    value = float("inf") if sums[1] == 0 else value
    low, high = errors.limits(center, level)
    checks, drift, randomised = _checks(given, levels, collapsed, errors, center, level, seed, draws)
    size = detectable(errors.widest.error, errors.widest.degrees, level=level)
    expected = float(levels.without[raw.block(treated=True, after=True)].sum())
    return DifferenceInDifferences(
        at=at,
        effect=Estimate(value, low, high),
        level=level,
        treated_before=sums[1],
        treated_after=sums[0],
        comparison_before=sums[3],
        comparison_after=sums[2],
        avoided=expected - sums[0],
        dispersion=errors.dispersion,
        detectable_low=float(np.exp(-size)),
        detectable_high=float(np.exp(min(size, 700.0))),
        by_period=_by_period(raw, level),
        drift=drift,
        p_randomisation=randomised[0],
        choices=randomised[1],
        checks=checks,
        verdict=_verdict(errors, center, sums, level, checks),
    )


def _sums(given: Panel) -> tuple[float, float, float, float]:
    found = [
        float(given.y[given.block(treated=treated, after=after)].sum())
        for treated in (True, False)
        for after in (True, False)
    ]
    return found[0], found[1], found[2], found[3]


def _checks(
    given: Panel,
    levels: Levels,
    collapsed: Collapsed,
    errors: Errors,
    center: float,
    level: float,
    seed: int,
    draws: int,
) -> tuple[tuple[Check, ...], Drift | None, tuple[float, int]]:
    drift = drift_before(given, levels, level=level)
    randomised = assignments(collapsed, seed=seed, draws=draws)
    widest = errors.widest
    score = abs(center) / widest.error if widest.error > 0 else np.inf
    checks = (
        parallel_check(drift),
        quiet_check(given, score, errors.dispersion, widest.degrees),
        rare_check(*randomised),
        Check(Assumption.COMPARISON_UNTOUCHED, None),
        Check(Assumption.NOTHING_ELSE, None),
    )
    return checks, drift, randomised


def _verdict(
    errors: Errors, center: float, sums: tuple[float, ...], level: float, checks: tuple[Check, ...]
) -> Verdict:
    if checks[0].holds is None:  # whether the places went the same way before is not to be seen
        return Verdict.CANNOT_SAY
    few = sums[0] + sums[1] < FEW_EVENTS
    low, high = errors.limits(center, max(level, STRICT_LEVEL) if few else level)
    verdict = verdict_of_effect(low, high, neutral=1.0, checks=checks)
    return Verdict.TOO_FEW if few and verdict is Verdict.CANNOT_SAY else verdict


def _by_period(given: Panel, level: float) -> PeriodRatios:
    known = given.known
    y, shape = np.where(known, given.y, 0.0), np.where(known, given.exposure, 0.0)
    here, there = y[given.treated].sum(axis=0), y[~given.treated].sum(axis=0)
    pace = [shape[rows].sum(axis=0) for rows in (given.treated, ~given.treated)]
    early = ~given.after
    value, low, high = (np.full(here.size, np.nan) for _ in range(3))
    for period in range(here.size):
        rest = early & (np.arange(here.size) != period)
        sums = [here[period], here[rest].sum(), there[period], there[rest].sum()]
        exposed = [pace[0][period], pace[0][rest].sum(), pace[1][period], pace[1][rest].sum()]
        if min(exposed) <= 0:
            continue
        offset = exposed[0] * exposed[3] / (exposed[1] * exposed[2])
        if sums[1] * sums[2] > 0:
            value[period] = sums[0] * sums[3] / (sums[1] * sums[2]) / offset
        if all(one == round(one) for one in sums):
            limits = odds_ratio_limits(*(round(one) for one in sums), level=level)
            low[period], high[period] = limits[0] / offset, limits[1] / offset
    return PeriodRatios(value, low, high)


def _nothing(given: Panel, sums: tuple[float, float, float, float], level: float) -> DifferenceInDifferences:
    blank = np.full(given.after.size, np.nan)
    return DifferenceInDifferences(
        at=given.at,
        effect=Estimate(np.nan, 0.0, np.inf),
        level=level,
        treated_before=sums[1],
        treated_after=sums[0],
        comparison_before=sums[3],
        comparison_after=sums[2],
        avoided=np.nan,
        dispersion=np.nan,
        detectable_low=0.0,
        detectable_high=np.inf,
        by_period=PeriodRatios(blank, blank, blank),
        drift=None,
        p_randomisation=np.nan,
        choices=0,
        checks=(),
        verdict=Verdict.TOO_FEW,
    )


@dataclass(frozen=True, slots=True)
class LevelsDifference:
    """The difference of differences of shares or indices: 0 is nothing."""

    effect: Estimate
    level: float
    treated_change: float
    comparison_change: float
    degrees: float
    drift: Estimate  # difference in slope per period before
    checks: tuple[Check, ...]
    verdict: Verdict


def difference_in_levels(
    values: npt.ArrayLike, treated: npt.ArrayLike, at: int, *, transition: int = 0, level: float = 0.95
) -> LevelsDifference:
    """Did a share or an index change more where the measure was than where it was not?

    Every place's mean after less its mean before; Welch's interval for the difference between the two kinds
    of places. With a single treated place its spread is taken from the others (Donald and Lang 2007; Conley
    and Taber 2011): the interval is that of one further place.

    Parameters
    ----------
    values : (places, periods) any unit; NaN is missing. treated, at, transition, level : as in
        ``difference_in_differences``.

    ``TOO_FEW`` with fewer than 3 places without the measure; ``CANNOT_SAY`` without two known periods before
    in every place, or when the places drifted apart before. Raises Unusable as
    ``difference_in_differences``. Source: Card and Krueger (1994, table 3); Welch (1947).
    Cost: O(places · periods).

    >>> found = difference_in_levels([[20.44, 21.03], [23.33, 21.17]], [True, False], 1)
    >>> round(found.effect.value, 2), found.verdict.value
    (2.75, 'too_few')
    """
    checked_level(level)
    given = panel(values, treated, at, None, transition=transition, counts=False)
    if bool(np.any(np.isinf(given.y))):
        raise Unusable("groups_differ", "Values must be finite or missing.")
    known = given.known.any(axis=1)
    here, there = known & given.treated, known & ~given.treated
    blank = Estimate(np.nan, -np.inf, np.inf)
    if not here.any() or not there.any():
        return LevelsDifference(blank, level, np.nan, np.nan, np.nan, blank, (), Verdict.TOO_FEW)
    change = np.full(known.size, np.nan)
    change[known] = np.nanmean(given.y[known][:, given.after], axis=1) - np.nanmean(
        given.y[known][:, ~given.after], axis=1
    )
    effect, degrees = _welch(change[here], change[there], level)
    slopes = _slopes(given)
    steady = np.isfinite(slopes)
    drift = blank
    if bool(np.all(steady[known])) and (there & steady).sum() > 2:
        drift, _ = _welch(slopes[here], slopes[there], level)
        parted = not drift.low <= 0.0 <= drift.high
        parallel = Check(Assumption.PARALLEL_BEFORE, not parted, drift.value)
    else:
        parallel = Check(Assumption.PARALLEL_BEFORE, None)
    checks = (parallel, Check(Assumption.COMPARISON_UNTOUCHED, None), Check(Assumption.NOTHING_ELSE, None))
    if there.sum() < 3:
        verdict = Verdict.TOO_FEW
    elif parallel.holds is None:
        verdict = Verdict.CANNOT_SAY
    else:
        verdict = verdict_of_effect(effect.low, effect.high, neutral=0.0, checks=checks)
    return LevelsDifference(
        effect,
        level,
        float(change[here].mean()),
        float(change[there].mean()),
        degrees,
        drift,
        checks,
        verdict,
    )


def _welch(here: Array, there: Array, level: float) -> tuple[Estimate, float]:
    """Difference of two means with Welch's interval; a lone first value has the others' spread."""
    value = float(here.mean() - there.mean())
    if there.size < 2:
        return Estimate(value, -np.inf, np.inf), np.nan
    other = float(there.var(ddof=1)) / there.size
    if here.size < 2:
        error, degrees = float(np.sqrt(there.var(ddof=1) + other)), float(there.size - 1)
    else:
        own = float(here.var(ddof=1)) / here.size
        error = float(np.sqrt(own + other))
        parts = own**2 / (here.size - 1) + other**2 / (there.size - 1)
        degrees = (own + other) ** 2 / parts if parts > 0 else float(here.size + there.size - 2)
    reach = float(special.stdtrit(degrees, 0.5 + level / 2.0)) * error
    return Estimate(value, value - reach, value + reach), degrees


def _slopes(given: Panel) -> Array:
    """Each place's straight line through the periods before; NaN with fewer than two."""
    out = np.full(given.y.shape[0], np.nan)
    time = np.arange(given.after.size, dtype=float)
    for place in range(out.size):
        used = given.known[place] & ~given.after
        if used.sum() >= 2:
            centred = time[used] - time[used].mean()
            out[place] = float(centred @ given.y[place, used]) / float(centred @ centred)
    return out
