"""What to expect if things go on as they have, as an interval and never as one number alone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

from samsyn.analysis.errors import Unusable, checked_level
from samsyn.analysis.regression import Array, fit_counts, season_columns
from samsyn.analysis.trends import FEWEST_PERIODS
from samsyn.analysis.verdicts import FEW_EVENTS, Verdict


@dataclass(frozen=True, slots=True)
class Forecast:
    """Expected counts of the periods to come with prediction limits for each; empty when too few to say."""

    expected: Array
    low: Array
    high: Array
    level: float
    with_trend: bool
    verdict: Verdict  # TOO_FEW, or CANNOT_SAY: a forecast is never a finding


def forecast(
    counts: npt.ArrayLike,
    ahead: int,
    exposure: npt.ArrayLike | None = None,
    *,
    seed: int,
    exposure_ahead: npt.ArrayLike | None = None,
    periods_per_year: int = 1,
    start: int = 0,
    level: float = 0.80,
    draws: int = 4_000,
) -> Forecast:
    """What counts to expect in the next periods.

    A log-linear model with season; the trend goes on only when it is significant at 5 %, and at half its
    slope after the first year, since no crime series grows for ever. Limits come from draws of the
    coefficients (Student's t) and of negative binomial counts with the fitted dispersion.

    Parameters
    ----------
    counts : (periods,); ahead : periods to come; exposure, exposure_ahead : inhabitants, or one number.

    ``TOO_FEW`` under 4 periods, 3 beyond the terms, or 20 events. Cost: O(draws · ahead).

    >>> found = forecast([52, 47, 55, 50, 49, 53], 1, seed=1)
    >>> round(float(found.expected[0])), bool(found.low[0] < 51 < found.high[0])
    (51, True)
    """
    checked_level(level)
    y = np.asarray(counts, dtype=float)
    if ahead < 1:
        raise Unusable("periods_missing", "A forecast needs at least one period ahead.", {"ahead": ahead})
    past = np.broadcast_to(np.asarray(1.0 if exposure is None else exposure, dtype=float), y.shape)
    after = past[-1] if exposure_ahead is None else exposure_ahead
    future = np.broadcast_to(np.asarray(after, dtype=float), (ahead,))
    total = y.size + ahead
    season = season_columns(total, periods_per_year, start=start)
    if season_columns(y.size, periods_per_year, start=start).shape[1] != season.shape[1]:
        season = season[:, :0]  # the past alone is too short for this many columns
    years = np.arange(total) / periods_per_year
    now = years[y.size - 1]
    years = np.where(years > now + 1.0, now + 1.0 + (years - now - 1.0) / 2.0, years) - years[: y.size].mean()
    known = np.isfinite(y)
    sloped = np.column_stack([np.ones(total), season, years])
    if known.sum() < max(FEWEST_PERIODS, sloped.shape[1] + 3) or y[known].sum() < FEW_EVENTS:
        return Forecast(np.zeros(0), np.zeros(0), np.zeros(0), level, False, Verdict.TOO_FEW)
    rows = np.flatnonzero(known)
    fit = fit_counts(y[rows], sloped[rows], exposure=past[rows])
    t_value = abs(float(fit.coefficients[-1])) / fit.standard_error(sloped.shape[1] - 1)
    with_trend = t_value > float(special.stdtrit(fit.residual_df, 0.975))
    design = sloped if with_trend else sloped[:, :-1]
    if not with_trend:
        fit = fit_counts(y[rows], design[rows], exposure=past[rows])
    rng = np.random.default_rng(seed)
    wide = np.sqrt(fit.residual_df / rng.chisquare(fit.residual_df, size=(draws, 1)))
    shaken = fit.coefficients + wide * rng.multivariate_normal(
        np.zeros(design.shape[1]), fit.covariance, size=draws, method="svd"
    )
    ahead_rows = design[y.size :]
    mean = np.exp(np.clip(shaken @ ahead_rows.T, -30, 30)) * future
    spread = max(fit.dispersion, 1.0)
    if spread < 1.0001:
        drawn = rng.poisson(mean)
    else:
        drawn = rng.negative_binomial(mean / (spread - 1.0), 1.0 / spread)
    tail = (1.0 - level) / 2.0
    low, high = np.quantile(drawn, [tail, 1.0 - tail], axis=0)
    expected = np.exp(ahead_rows @ fit.coefficients) * future
    return Forecast(expected, low, high, level, with_trend, Verdict.CANNOT_SAY)
