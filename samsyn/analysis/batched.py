"""The same log-linear model fitted to many series at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from samsyn.analysis.regression import LARGEST_LOG, Array

STEPS = 30


@dataclass(frozen=True, slots=True)
class ManyFits:
    """Coefficients (series, terms), unscaled covariance (series, terms, terms), expected, raw dispersion,
    df."""

    coefficients: Array
    covariance: Array
    expected: Array
    dispersion: Array
    residual_df: Array


def fit_many(counts: Array, design: Array, weights: Array) -> ManyFits:
    """Weighted quasi-Poisson fits that share one design; a period of weight zero does not count.

    Parameters
    ----------
    counts, weights : (series, periods). design : (periods, terms).

    Cost: O(series · periods · terms²) per step, memory as the counts.
    """
    y = np.where(weights > 0, counts, 0.0)
    mean = y + 0.1
    eta = np.log(mean)
    coefficients: Array = np.zeros((y.shape[0], design.shape[1]))
    pairs = design[:, :, None] * design[:, None, :]
    information = np.zeros((*coefficients.shape, design.shape[1]))
    ridge = 1e-10 * np.eye(design.shape[1])  # an all-zero level of a factor has no finite estimate
    for _ in range(STEPS):
        weight = weights * mean
        information = np.tensordot(weight, pairs, axes=1) + ridge
        right = (weight * (eta + (y - mean) / mean)) @ design
        new = np.asarray(np.linalg.solve(information, right[:, :, None])[:, :, 0], dtype=float)
        eta = np.clip(new @ design.T, -LARGEST_LOG, LARGEST_LOG)
        mean = np.exp(eta)
        settled = bool(np.max(np.abs(new - coefficients)) < 1e-9)
        coefficients = new
        if settled:
            break
    information = np.tensordot(weights * mean, pairs, axes=1) + ridge
    free = np.maximum((weights > 0).sum(axis=1) - design.shape[1], 1)
    dispersion = (weights * (y - mean) ** 2 / mean).sum(axis=1) / free
    covariance: Array = np.asarray(np.linalg.inv(information), dtype=float)
    return ManyFits(coefficients, covariance, mean, dispersion, free.astype(float))


def calm_weights(counts: Array, design: Array, fits: ManyFits, weights: Array, *, limit: float) -> Array:
    """Weights that let past outbreaks count for less: Anscombe residuals above ``limit`` by their inverse
    square."""
    phi = np.maximum(fits.dispersion, 1.0)[:, None]
    leverage = fits.expected * weights * np.einsum("ti,sij,tj->st", design, fits.covariance, design)
    spread = np.sqrt(phi * np.maximum(1.0 - leverage, 1e-9))
    known = np.where(weights > 0, counts, 0.0)
    residual = 1.5 * (known ** (2 / 3) * fits.expected ** (-1 / 6) - np.sqrt(fits.expected)) / spread
    calm = np.where(residual > limit, np.maximum(residual, limit) ** -2.0, 1.0) * (weights > 0)
    return np.asarray(calm * ((weights > 0).sum(axis=1) / calm.sum(axis=1))[:, None])
