"""Log-linear models of counts: the few fits that trend, interrupted series, forecasts and surveillance
share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import optimize, special

from samsyn.analysis.errors import Unusable

Array = npt.NDArray[np.float64]
STEPS = 100
LARGEST_LOG = 30.0  # counts beyond e^30 are no counts; keeps a separated fit finite


@dataclass(frozen=True, slots=True)
class CountFit:
    """Coefficients of log(mean) with their covariance (dispersion included), and what the model expected."""

    coefficients: Array
    covariance: Array
    expected: Array
    dispersion: float
    size: float  # negative binomial size; infinite for the (quasi-)Poisson model
    residual_df: int
    log_likelihood: float

    def standard_error(self, index: int) -> float:
        """Standard error of one coefficient."""
        return float(np.sqrt(self.covariance[index, index]))


def fit_counts(
    counts: npt.ArrayLike,
    design: npt.ArrayLike,
    *,
    exposure: npt.ArrayLike | None = None,
    size: float = np.inf,
) -> CountFit:
    """Quasi-Poisson (or negative binomial of known size) regression by iterated weighted least squares.

    Parameters
    ----------
    counts : (periods,) events. design : (periods, terms) with the constant among its columns.
    exposure : (periods,) inhabitants or days, enters as log offset; default 1.
    size : negative binomial size (1/overdispersion); infinite is Poisson with a dispersion factor of at
    least 1.

    Raises Unusable when the columns are not independent or there are fewer periods than terms.
    Source: McCullagh and Nelder (1989), ch. 6 and 9. Cost: O(periods · terms²) per step.

    >>> fit = fit_counts([4, 6, 8, 12], [[1, 0], [1, 1], [1, 2], [1, 3]])
    >>> fit.coefficients.round(4).tolist()
    [1.3969, 0.3592]
    """
    y = np.asarray(counts, dtype=float)
    x = np.asarray(design, dtype=float)
    offset = np.zeros_like(y) if exposure is None else np.log(np.asarray(exposure, dtype=float))
    if x.shape[0] <= x.shape[1] or np.linalg.matrix_rank(x) < x.shape[1]:
        raise Unusable(
            "too_few_periods", "There are too few periods for this model.", {"periods": int(x.shape[0])}
        )
    eta = np.log(np.maximum(y, 0.1))
    coefficients = np.zeros(x.shape[1])
    for _ in range(STEPS):
        mean = np.exp(eta)
        weight = mean / (1.0 + mean / size)
        root = np.sqrt(weight)
        working = (eta - offset) + (y - mean) / mean
        new, *_ = np.linalg.lstsq(x * root[:, None], working * root, rcond=None)
        eta = np.clip(x @ new + offset, -LARGEST_LOG, LARGEST_LOG)
        settled = bool(np.max(np.abs(new - coefficients)) < 1e-10 * (1.0 + np.max(np.abs(new))))
        coefficients = new
        if settled:
            break
    mean = np.exp(eta)
    residual_df = x.shape[0] - x.shape[1]
    pearson = float(((y - mean) ** 2 / (mean + mean**2 / size)).sum() / residual_df)
    dispersion = pearson if np.isinf(size) else 1.0
    weight = mean / (1.0 + mean / size)
    information = x.T @ (x * weight[:, None])
    covariance = np.linalg.pinv(information) * max(dispersion, 1.0)
    if np.isinf(size):
        likelihood = float((special.xlogy(y, mean) - mean - special.gammaln(y + 1)).sum())
    else:
        likelihood = float(
            (
                special.gammaln(y + size)
                - special.gammaln(size)
                - special.gammaln(y + 1)
                + size * np.log(size / (size + mean))
                + special.xlogy(y, mean / (size + mean))
            ).sum()
        )
    return CountFit(coefficients, covariance, mean, dispersion, size, residual_df, likelihood)


def fit_negative_binomial(
    counts: npt.ArrayLike, design: npt.ArrayLike, *, exposure: npt.ArrayLike | None = None
) -> CountFit:
    """Negative binomial regression with the size estimated by maximum likelihood (Venables and Ripley 2002,
    7.4).

    Falls back on Poisson (infinite size) when the counts vary no more than Poisson counts do.

    >>> fit = fit_negative_binomial([3, 9, 2, 14, 5, 21], [[1.0]] * 6)
    >>> round(float(fit.coefficients[0]), 4), 1 < fit.size < 5
    (2.1972, True)
    """
    poisson = fit_counts(counts, design, exposure=exposure)
    if poisson.dispersion <= 1.0:
        return poisson

    def lack_of_fit(log_size: float) -> float:
        return -fit_counts(counts, design, exposure=exposure, size=float(np.exp(log_size))).log_likelihood

    best = optimize.minimize_scalar(
        lack_of_fit, bounds=(-3.0, 14.0), method="bounded", options={"xatol": 1e-7}
    )
    return fit_counts(counts, design, exposure=exposure, size=float(np.exp(best.x)))


def robust_covariance(fit: CountFit, counts: npt.ArrayLike, design: npt.ArrayLike, *, lags: int) -> Array:
    """Newey-West covariance of the coefficients: right also when neighbouring periods resemble each other.

    ``lags`` periods are taken into account with Bartlett weights (Newey and West 1987), with the
    small-sample factor n/(n - terms). Cost: O(lags · periods · terms²).
    """
    y = np.asarray(counts, dtype=float)
    x = np.asarray(design, dtype=float)
    weight = fit.expected / (1.0 + fit.expected / fit.size)
    score = x * ((y - fit.expected) * weight / fit.expected)[:, None]
    return newey_west(score, np.linalg.pinv(x.T @ (x * weight[:, None])), lags=lags)


def newey_west(score: Array, bread: npt.NDArray[Any], *, lags: int) -> Array:
    """The covariance from each period's score (periods, terms) and the inverse information (terms, terms).

    Bartlett weights over ``lags`` periods (Newey and West 1987, eq. 5) and the factor n/(n - terms).
    """
    middle = score.T @ score
    for lag in range(1, lags + 1):
        step = score[lag:].T @ score[:-lag]
        middle += (1.0 - lag / (lags + 1.0)) * (step + step.T)
    periods, terms = score.shape
    return np.asarray(bread @ middle @ bread * (periods / (periods - terms)))


def usual_lags(periods: int) -> int:
    """How many neighbouring periods Newey and West (1994) take into account for a series of this length.

    >>> usual_lags(12), usual_lags(192)
    (2, 4)
    """
    return max(1, int(4 * (periods / 100) ** (2 / 9)))


def season_columns(periods: int, periods_per_year: int, *, start: int = 0) -> Array:
    """Columns for the season: an indicator per period of the year from four years on, one wave from two,
    else none.

    ``start`` is the place in the year of the first period (0 is January or the first quarter).
    """
    years = periods / periods_per_year
    if periods_per_year < 2 or years < 2:
        return np.zeros((periods, 0))
    place = (np.arange(periods) + start) % periods_per_year
    if years >= 4:
        return np.asarray(place[:, None] == np.arange(1, periods_per_year)[None, :], dtype=float)
    angle = 2.0 * np.pi * place / periods_per_year
    waves = [np.cos(angle), np.sin(angle)] if periods_per_year > 2 else [np.cos(angle)]
    return np.column_stack(waves)
