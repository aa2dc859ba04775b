"""The regressions under an interrupted series: of counts, on the log scale, and of values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from samsyn.analysis.errors import Unusable
from samsyn.analysis.regression import (
    Array,
    CountFit,
    fit_counts,
    fit_negative_binomial,
    newey_west,
    robust_covariance,
    usual_lags,
)

LARGEST_ECHO = 0.9
NEGLIGIBLE = 1e-9  # of the size of the values: rounding, not variation


@dataclass(frozen=True, slots=True)
class Fit:
    """Coefficients with three covariances: the model's, Newey and West's, and the model's for first-order
    autocorrelation."""

    coefficients: Array
    covariances: tuple[Array, ...]
    residuals: Array  # Pearson
    degrees: int
    dispersion: float
    model: str

    def error(self, contrast: Array) -> float:
        """The largest of the standard errors of a combination of coefficients."""
        return max(float(np.sqrt(max(float(contrast @ one @ contrast), 0.0))) for one in self.covariances)


Fitting = Callable[[Array, Array, Array], Fit]


def echo_inflation(residuals: Array, terms: int) -> float:
    """How much larger a variance is when each period echoes the one before: (1 + r) / (1 - r).

    Newey and West's error is too small in short series with a trend; this one is right for a first-order
    autoregression (Bence 1995). The estimate of r is raised by (1 + 3r) / n and the share of the terms, its
    bias (Kendall 1954); negative r is taken as none.

    >>> echo_inflation(np.array([1.0, -1.0] * 10), 2)
    1.0
    """
    power = float((residuals**2).sum())
    if power <= 0 or residuals.size < 3:
        return 1.0
    echo = float(residuals[1:] @ residuals[:-1]) / power
    raised = echo + (1.0 + 3.0 * echo) / residuals.size + 0.5 * terms / residuals.size
    bounded = min(max(raised, 0.0), LARGEST_ECHO) if echo > 0 else 0.0
    return (1.0 + bounded) / (1.0 - bounded)


def count_fitting(*, negative_binomial: bool) -> Fitting:
    """Regression of counts; negative binomial falls back on Poisson where counts vary no more than that."""

    def fitting(y: Array, design: Array, exposure: Array) -> Fit:
        fitted = fit_negative_binomial if negative_binomial else fit_counts
        fit: CountFit = fitted(y, design, exposure=exposure)
        robust = robust_covariance(fit, y, design, lags=usual_lags(y.size))
        residuals = (y - fit.expected) / np.sqrt(fit.expected + fit.expected**2 / fit.size)
        echoed = fit.covariance * echo_inflation(residuals, design.shape[1])
        model = "quasi_poisson" if np.isinf(fit.size) else "negative_binomial"
        return Fit(
            fit.coefficients,
            (fit.covariance, robust, echoed),
            residuals,
            fit.residual_df,
            fit.dispersion,
            model,
        )

    return fitting


def linear_fitting(y: Array, design: Array, exposure: Array) -> Fit:
    """Least squares; what is as small as rounding counts as nothing."""
    if y.size <= design.shape[1] or np.linalg.matrix_rank(design) < design.shape[1]:
        raise Unusable("too_few_periods", "There are too few periods for this model.", {"periods": y.size})
    coefficients, *_ = np.linalg.lstsq(design, y, rcond=None)
    size = float(np.abs(y).max())
    residuals = y - design @ coefficients
    coefficients = np.where(np.abs(coefficients) <= NEGLIGIBLE * size, 0.0, coefficients)
    residuals = np.where(np.abs(residuals) <= NEGLIGIBLE * size, 0.0, residuals)
    degrees = y.size - design.shape[1]
    bread = np.linalg.pinv(design.T @ design)
    variance = float(residuals @ residuals) / degrees
    robust = newey_west(design * residuals[:, None], bread, lags=usual_lags(y.size))
    own = np.asarray(bread * variance)
    scaled = np.asarray(residuals / np.sqrt(variance) if variance > 0 else residuals, dtype=np.float64)
    echoed = own * echo_inflation(scaled, design.shape[1])
    return Fit(
        np.asarray(coefficients, dtype=np.float64), (own, robust, echoed), scaled, degrees, variance, "linear"
    )
