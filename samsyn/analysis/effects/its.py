"""Interrupted time series: what happened after a date beside what the series before it led one to expect."""

from __future__ import annotations

import enum
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

from samsyn.analysis.effects.assumptions import Assumption, Check, verdict_of_effect
from samsyn.analysis.effects.power import detectable
from samsyn.analysis.effects.segment_checks import checks_before, enough_periods
from samsyn.analysis.effects.segments import Fitting, count_fitting, linear_fitting
from samsyn.analysis.errors import Unusable, checked_level
from samsyn.analysis.regression import Array, season_columns
from samsyn.analysis.verdicts import FEW_EVENTS, FEWEST_EVENTS, Verdict

FARTHEST = {True: (-700.0, 700.0), False: (-np.inf, np.inf)}  # where the exponential is still a number


class Shape(enum.StrEnum):
    """How an effect may come: at once and then stay, or at once and then grow or fade."""

    LEVEL = "level"
    LEVEL_AND_SLOPE = "level_and_slope"


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number with its interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Interruption:
    """The effect on average over the periods after, and what may be said.

    On the ratio scale 0.8 is a fifth fewer and 1 is nothing; on the difference scale 0 is nothing.
    """

    at: int
    scale: str  # "ratio" for counts, "difference" for values
    effect: Estimate
    immediate: Estimate  # in the first period after
    slope_per_year: Estimate | None  # change of the trend
    level: float
    detectable_low: float  # effects between these two would probably not have been seen
    detectable_high: float
    avoided: float  # expected without the measure less what came, over the known periods after
    expected: Array  # (periods,)
    expected_without: Array  # (periods,) had the series gone on as before
    dispersion: float
    model: str
    checks: tuple[Check, ...]
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class _Asked:
    """One question put to a series."""

    y: Array
    exposure: Array
    at: int
    shape: Shape
    transition: int
    periods_per_year: int
    start: int
    level: float
    counts: bool  # on the log scale, else differences
    negative_binomial: bool = False

    @property
    def fitting(self) -> Fitting:
        return count_fitting(negative_binomial=self.negative_binomial) if self.counts else linear_fitting

    @property
    def fitting_fast(self) -> Fitting:
        """For the many fits of a check: the size of the negative binomial is not searched for."""
        return count_fitting(negative_binomial=False) if self.counts else linear_fitting


def interrupted_series(
    counts: npt.ArrayLike,
    at: int,
    exposure: npt.ArrayLike | None = None,
    *,
    periods_per_year: int = 12,
    start: int = 0,
    shape: str = "level",
    transition: int = 0,
    control: npt.ArrayLike | None = None,
    control_exposure: npt.ArrayLike | None = None,
    negative_binomial: bool = True,
    level: float = 0.95,
) -> Interruption:
    """Did a series of counts change when the measure began, beyond its trend and season?

    Segmented negative binomial (or quasi-Poisson) regression; the largest of the model's standard error,
    Newey and West's and the one for first-order autocorrelation; Student's t.

    Parameters
    ----------
    counts : (periods,) events; missing periods are NaN and left out. at : the first period with the measure.
    exposure : (periods,) inhabitants, or one number. periods_per_year : 1 (no season), 4, 12 or 52.
    start : the first period's place in the year, from 0. shape : "level", or "level_and_slope" when the
        effect may grow or fade; choose before looking.
    transition : periods from ``at`` on that are left out because the measure was only being introduced.
    control : (periods,) events that the measure cannot touch, with control_exposure.

    The verdict is ``CANNOT_SAY`` unless the interval is clear of 1 and no check fails: a straight trend
    before, residuals that do not hang together, no such effect at false dates before, and an unchanged
    control. ``TOO_FEW`` with fewer than 8 periods (or two years, with a season) before or 4 after, or fewer
    than 10 events before or 20 in all. When no event at all is left after, half an event is added.
    Raises Unusable for negative counts, exposures not above zero or ``at`` outside the series.

    Source: Wagner et al. (2002); Lopez Bernal et al. (2017, 2018). Cost: O(periods² · terms²).

    >>> before = [50, 54, 47, 52, 49, 51, 53, 48, 50, 52, 49, 51, 50, 48, 52, 51]
    >>> found = interrupted_series(before + [30, 33, 28, 31, 32, 29, 31, 30], 16, periods_per_year=1)
    >>> round(found.effect.value, 2), found.verdict.value
    (0.61, 'fewer')
    """
    checked_level(level)
    y, exposed = _series(counts, exposure, at, transition)
    known = np.isfinite(y)
    if bool(np.any(y[known] < 0)) or bool(np.any(np.isinf(y))):
        raise Unusable("count_negative", "Counts must be zero or more, and finite.")
    before = np.arange(y.size) < at
    enough = y[known & before].sum() >= FEWEST_EVENTS and y[known].sum() >= FEW_EVENTS
    after = np.arange(y.size) >= at + transition
    if enough and y[known & after].sum() == 0 and bool(np.any(known & after)):
        y = np.where(known & after, 0.5 * exposed / exposed[known & after].sum(), y)
    moved = None
    if control is not None:
        other = interrupted_series(
            control,
            at,
            control_exposure,
            periods_per_year=periods_per_year,
            start=start,
            shape=shape,
            transition=transition,
            negative_binomial=negative_binomial,
            level=level,
        )
        moved = _control_check(other)
    asked = _Asked(
        y, exposed, at, Shape(shape), transition, periods_per_year, start, level, True, negative_binomial
    )
    return _answer(asked, moved) if enough else _nothing(asked)


def interrupted_levels(
    values: npt.ArrayLike,
    at: int,
    *,
    periods_per_year: int = 12,
    start: int = 0,
    shape: str = "level",
    transition: int = 0,
    control: npt.ArrayLike | None = None,
    level: float = 0.95,
) -> Interruption:
    """Did a series of shares or indices change when the measure began, beyond its trend and season?

    Segmented least squares with the largest of the same three standard errors; for numbers that are not
    counts, such as the share who feel unsafe. Parameters and verdict as
    ``interrupted_series``; effects are differences, 0 is nothing.

    Source: Wagner et al. (2002); Newey and West (1987). Cost: O(periods² · terms²).

    >>> before = [5.0, 5.4, 4.7, 5.2, 4.9, 5.1, 5.3, 4.8, 5.0, 5.2, 4.9, 5.1, 5.0, 4.8, 5.2, 5.1]
    >>> found = interrupted_levels(before + [3.0, 3.3, 2.8, 3.1, 3.2, 2.9, 3.1, 3.0], 16, periods_per_year=1)
    >>> round(found.effect.value, 1), found.verdict.value
    (-2.0, 'fewer')
    """
    checked_level(level)
    y, exposed = _series(values, None, at, transition)
    if bool(np.any(np.isinf(y))):
        raise Unusable("value_unusable", "Values must be finite, or missing.")
    moved = None
    if control is not None:
        other = interrupted_levels(
            control,
            at,
            periods_per_year=periods_per_year,
            start=start,
            shape=shape,
            transition=transition,
            level=level,
        )
        moved = _control_check(other)
    asked = _Asked(y, exposed, at, Shape(shape), transition, periods_per_year, start, level, False)
    return _answer(asked, moved)


def _series(
    values: npt.ArrayLike, exposure: npt.ArrayLike | None, at: int, transition: int
) -> tuple[Array, Array]:
    y = np.asarray(values, dtype=float)
    exposed = np.broadcast_to(np.asarray(1.0 if exposure is None else exposure, dtype=float), y.shape)
    if y.ndim != 1:
        raise Unusable("groups_differ", "A series has one number per period.")
    if not 0 < at < y.size or transition < 0:
        raise Unusable("break_outside_series", "The measure must begin inside the series.", {"at": at})
    if bool(np.any(~(exposed > 0))) or bool(np.any(np.isinf(exposed))):
        raise Unusable("exposure_not_positive", "Every period needs an exposure above zero.")
    return y, exposed


def _control_check(other: Interruption) -> Check:
    neutral = 1.0 if other.scale == "ratio" else 0.0
    if not np.isfinite(other.effect.value):
        return Check(Assumption.CONTROL_UNCHANGED, None)
    still = other.effect.low <= neutral <= other.effect.high
    return Check(Assumption.CONTROL_UNCHANGED, still, other.effect.value)


def _answer(asked: _Asked, moved: Check | None) -> Interruption:
    y, at, n = asked.y, asked.at, asked.y.size
    place = np.arange(n)
    years = place / asked.periods_per_year
    after = (place >= at).astype(float)
    known = np.isfinite(y) & ~((place >= at) & (place < at + asked.transition))
    early, late = known & (after == 0), known & (after == 1)
    season = season_columns(n, asked.periods_per_year, start=asked.start)
    base = np.column_stack([np.ones(n), years - years[:at].mean(), season])
    # the slope turns about the middle of the periods after, so that the step is the average effect there
    middle = float(years[late].mean()) if bool(late.any()) else 0.0
    sloping = asked.shape is Shape.LEVEL_AND_SLOPE
    full = np.column_stack([after, (years - middle) * after, base] if sloping else [after, base])
    terms = full.shape[1]
    if not enough_periods(
        int(early.sum()), int(late.sum()), terms=terms, periods_per_year=asked.periods_per_year
    ):
        return _nothing(asked)
    fit = asked.fitting(y[known], full[known], asked.exposure[known])
    reach = float(special.stdtrit(fit.degrees, 0.5 + asked.level / 2.0))
    change = np.exp if asked.counts else np.asarray

    def estimate(step: float, slope: float) -> Estimate:
        contrast = np.zeros(terms)
        contrast[0] = step
        contrast[1] = slope if sloping else 0.0
        center, error = float(contrast @ fit.coefficients), fit.error(contrast)
        limits = [center, center - reach * error, center + reach * error]
        value, low, high = (float(one) for one in change(np.clip(limits, *FARTHEST[asked.counts])))
        return Estimate(value, low, high)

    effect = estimate(1.0, 0.0)
    error = fit.error(np.eye(terms)[0])
    size = detectable(error, fit.degrees, level=asked.level)
    without = np.concatenate([np.zeros(terms - base.shape[1]), fit.coefficients[-base.shape[1] :]])
    expected, carried_on = full @ fit.coefficients, full @ without
    if asked.counts:
        expected, carried_on = np.exp(expected) * asked.exposure, np.exp(carried_on) * asked.exposure
    fast = asked.fitting_fast(y[known], full[known], asked.exposure[known])
    fast_error = fast.error(np.eye(terms)[0])
    score = abs(float(fast.coefficients[0])) / fast_error if fast_error > 0 else np.inf
    checks = checks_before(
        y, asked.exposure, base, at, early, known, fit.residuals, score, asked.fitting_fast
    )
    checks += (moved,) if moved is not None else ()
    checks += (Check(Assumption.NOTHING_ELSE, None),)
    return Interruption(
        at=at,
        scale="ratio" if asked.counts else "difference",
        effect=effect,
        immediate=estimate(1.0, float(years[min(at + asked.transition, n - 1)]) - middle),
        slope_per_year=estimate(0.0, 1.0) if sloping else None,
        level=asked.level,
        detectable_low=float(change(-size)),
        detectable_high=float(change(size)),
        avoided=float((carried_on - y)[late].sum()),
        expected=expected,
        expected_without=carried_on,
        dispersion=fit.dispersion,
        model=fit.model,
        checks=checks,
        verdict=verdict_of_effect(effect.low, effect.high, neutral=float(change(0.0)), checks=checks),
    )


def _nothing(asked: _Asked) -> Interruption:
    lowest = 0.0 if asked.counts else -np.inf
    unknown = Estimate(np.nan, lowest, np.inf)
    blank = np.full(asked.y.size, np.nan)
    return Interruption(
        at=asked.at,
        scale="ratio" if asked.counts else "difference",
        effect=unknown,
        immediate=unknown,
        slope_per_year=None,
        level=asked.level,
        detectable_low=lowest,
        detectable_high=np.inf,
        avoided=np.nan,
        expected=blank,
        expected_without=blank,
        dispersion=np.nan,
        model="none",
        checks=(),
        verdict=Verdict.TOO_FEW,
    )
