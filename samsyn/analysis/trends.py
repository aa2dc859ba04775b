"""Has it become more or fewer? Two periods, or a whole series, with "cannot say" as the default answer."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

from samsyn.analysis.errors import Unusable, checked_level
from samsyn.analysis.rates import binomial_limits
from samsyn.analysis.regression import (
    Array,
    CountFit,
    fit_counts,
    fit_negative_binomial,
    robust_covariance,
    season_columns,
    usual_lags,
)
from samsyn.analysis.verdicts import FEW_EVENTS, FEWEST_EVENTS, STRICT_LEVEL, Verdict, verdict_from_interval

ASSUMED_DISPERSION = 1.5  # reports come in bunches: one incident often gives several
ASSUMED_SWAY = 0.03  # a year's level moves by some 3 % for reasons nobody would call a change
FEWEST_PERIODS = 4


class Spread(enum.StrEnum):
    """Where the spread beyond Poisson was taken from."""

    ASSUMED = "assumed"
    HISTORY = "history"
    GIVEN = "given"


@dataclass(frozen=True, slots=True)
class Change:
    """How many times as common after as before, the interval, and what may be said."""

    before_count: float
    after_count: float
    ratio: float
    low: float
    high: float
    level: float
    dispersion: float
    spread: Spread
    detectable: float  # the smallest increase (as a ratio) that would probably have been seen
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Trend:
    """Change per year over a series (1.05 is five per cent more each year), season and overdispersion
    allowed for."""

    yearly_ratio: float
    low: float
    high: float
    level: float
    dispersion: float
    season: Array  # factor per place in the year, mean 1; empty when no season was fitted
    expected: Array  # per period
    model: str
    verdict: Verdict


def _spread(
    before: float,
    after: float,
    dispersion: float | None,
    history: Sequence[float],
    exposure: Sequence[float] | None,
) -> tuple[float, Spread]:
    if dispersion is not None:
        if not dispersion >= 1.0:
            raise Unusable(
                "dispersion_below_one", "A dispersion factor is one or more.", {"dispersion": dispersion}
            )
        return dispersion, Spread.GIVEN
    shared = 2.0 * before * after / (before + after) if before + after > 0 else 0.0
    assumed = ASSUMED_DISPERSION + ASSUMED_SWAY**2 * shared
    counts = np.asarray(history, dtype=float)
    if counts.size < FEWEST_PERIODS + 1 or counts.sum() == 0:
        return assumed, Spread.ASSUMED
    time = np.arange(counts.size, dtype=float)
    fit = fit_counts(counts, np.column_stack([np.ones_like(time), time - time.mean()]), exposure=exposure)
    # a short history gives an uncertain dispersion: it is widened as a t interval is beside a normal one
    widen = (float(special.stdtrit(fit.residual_df, 0.975)) / 1.959964) ** 2
    return max(1.0, fit.dispersion * min(widen, 3.0)), Spread.HISTORY


def _detectable(before: float, share: float, dispersion: float, z: float) -> float:
    if before <= 0:
        return float("inf")
    odds = share / (1.0 - share)
    ratio = 1.0
    for _ in range(60):
        error = np.sqrt(dispersion * (1.0 / before + 1.0 / (before * odds * ratio)))
        ratio = float(np.exp(min((z + 0.8416) * error, 50.0)))
    return ratio


def change(
    before_count: float,
    before_exposure: float,
    after_count: float,
    after_exposure: float,
    *,
    level: float = 0.95,
    dispersion: float | None = None,
    history: Sequence[float] = (),
    history_exposure: Sequence[float] | None = None,
) -> Change:
    """Did it become more or fewer from one period to the next?

    The exact interval for a ratio of two rates given their sum, on counts divided by the dispersion:
    reported crime varies more than Poisson counts do. The dispersion comes from ``history`` (earlier periods
    of the same length, with a straight trend removed) when it has five periods or more; otherwise 1.5 is
    assumed, and a sway of 3 % between periods on top, which makes small changes of large counts "cannot say"
    as well.

    Parameters
    ----------
    before_count, after_count : events; before_exposure, after_exposure : inhabitants times time, any unit.
    dispersion : known dispersion factor (at least 1), instead of history and assumption.

    ``TOO_FEW`` below 10 events in all; from 10 to 19 a difference must stand at the 99 % level, else it
    is ``TOO_FEW`` too. Raises Unusable for negative counts or exposures not above zero.

    >>> [change(a, 1, b, 1).verdict.value for a, b in ((7, 11), (14, 19), (310, 430))]
    ['too_few', 'cannot_say', 'more']
    """
    checked_level(level)
    if not (before_exposure > 0 and after_exposure > 0):
        raise Unusable("exposure_not_positive", "Both periods need an exposure above zero.")
    if not (0 <= before_count < float("inf") and 0 <= after_count < float("inf")):
        raise Unusable("count_negative", "A count must be zero or more, and finite.")
    before_count, after_count = float(before_count), float(after_count)  # also of NumPy: answers are plain
    factor, spread = _spread(before_count, after_count, dispersion, history, history_exposure)
    events = before_count + after_count
    scale = float(before_exposure) / float(after_exposure)

    def limits(at: float) -> tuple[float, float]:
        low, high = binomial_limits(after_count / factor, events / factor, level=at)
        return low / (1 - low) * scale, float("inf") if high == 1.0 else high / (1 - high) * scale

    low, high = limits(level) if events > 0 else (0.0, float("inf"))
    if events < FEWEST_EVENTS:
        verdict = Verdict.TOO_FEW
    elif events < FEW_EVENTS:
        strict = verdict_from_interval(*limits(max(level, STRICT_LEVEL)), neutral=1.0)
        verdict = Verdict.TOO_FEW if strict is Verdict.CANNOT_SAY else strict
    else:
        verdict = verdict_from_interval(low, high, neutral=1.0)
    if before_count > 0:
        ratio = after_count / before_count * scale
    else:
        ratio = float("inf") if after_count > 0 else float("nan")
    share = after_exposure / (before_exposure + after_exposure)
    z = float(special.ndtri(0.5 + level / 2.0))
    return Change(
        before_count=before_count,
        after_count=after_count,
        ratio=ratio,
        low=low,
        high=high,
        level=level,
        dispersion=factor,
        spread=spread,
        detectable=_detectable(before_count, share, factor, z),
        verdict=verdict,
    )


def trend(
    counts: npt.ArrayLike,
    exposure: npt.ArrayLike | None = None,
    *,
    periods_per_year: int = 1,
    start: int = 0,
    level: float = 0.95,
    negative_binomial: bool = False,
) -> Trend:
    """Is there a steady change over the years, apart from season and noise?

    A log-linear model with the season (from two years on) and a straight line in time. The standard error is
    the larger of the quasi-Poisson (or negative binomial) one and Newey and West's, which allows for
    neighbouring periods that resemble each other; the interval uses Student's t.

    Parameters
    ----------
    counts : (periods,) events; missing periods (NaN) are left out. exposure : (periods,) or one number;
    default 1.
    periods_per_year : 1, 4, 12 or 52; start : the first period's place in the year, from 0.

    ``TOO_FEW`` with fewer than 4 periods, less than three periods beyond the model's terms, or fewer than 20
    events. Cost: O(periods · terms²).

    >>> found = trend([71, 80, 74, 78, 83, 79])
    >>> round(found.yearly_ratio, 3), found.verdict.value
    (1.02, 'cannot_say')
    """
    checked_level(level)
    y = np.asarray(counts, dtype=float)
    exposed = np.broadcast_to(np.asarray(1.0 if exposure is None else exposure, dtype=float), y.shape)
    if bool(np.any(y < 0)) or bool(np.any(~(exposed > 0))):
        raise Unusable("count_negative", "Counts must be zero or more, and exposures above zero.")
    years = np.arange(y.size) / periods_per_year
    full = np.column_stack(
        [np.ones(y.size), years - years.mean(), season_columns(y.size, periods_per_year, start=start)]
    )
    known = np.isfinite(y)
    design = full[known]
    if known.sum() < max(FEWEST_PERIODS, full.shape[1] + 3) or y[known].sum() < FEW_EVENTS:
        return Trend(
            np.nan, 0.0, np.inf, level, np.nan, np.zeros(0), np.full(y.size, np.nan), "none", Verdict.TOO_FEW
        )
    fitting = fit_negative_binomial if negative_binomial else fit_counts
    fit = fitting(y[known], design, exposure=exposed[known])
    robust = robust_covariance(fit, y[known], design, lags=usual_lags(int(known.sum())))
    error = max(fit.standard_error(1), float(np.sqrt(max(robust[1, 1], 0.0))))
    reach = float(special.stdtrit(fit.residual_df, 0.5 + level / 2.0)) * error
    slope = float(fit.coefficients[1])
    low, high = float(np.exp(max(slope - reach, -700.0))), float(np.exp(min(slope + reach, 700.0)))
    return Trend(
        yearly_ratio=float(np.exp(slope)),
        low=low,
        high=high,
        level=level,
        dispersion=fit.dispersion,
        season=_season_factors(fit, full, periods_per_year, start),
        expected=np.exp(full @ fit.coefficients) * exposed,
        model="quasi_poisson" if np.isinf(fit.size) else "negative_binomial",
        verdict=verdict_from_interval(low, high, neutral=1.0),
    )


def _season_factors(fit: CountFit, design: Array, periods_per_year: int, start: int) -> Array:
    if design.shape[1] == 2:
        return np.zeros(0)
    part = np.exp(design[:, 2:] @ fit.coefficients[2:])
    place = (np.arange(part.size) + start) % periods_per_year
    factors = np.array([part[place == one][0] for one in range(periods_per_year)])
    return np.asarray(factors / factors.mean())
