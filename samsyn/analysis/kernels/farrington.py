"""Thousands of small quasi-Poisson fits: one per series and monitored period."""

from __future__ import annotations

import numba
import numpy as np
import numpy.typing as npt

from samsyn.analysis.kernels.compile import compiled, compiled_parallel

Array = npt.NDArray[np.float64]
MOST_STEPS = 25
LARGEST_LOG = 30.0  # as in the single fits: at e^20, 485 million, huge counts were cut off


@compiled
def _fit(
    y: Array, x: Array, weight: Array, trend: bool
) -> tuple[float, float, float, float, float, float, float]:
    """Weighted log-linear fit by least squares; returns intercept, slope, the information's three sums,
    Pearson sum, and whether it converged (1.0)."""
    n = y.size
    first, slope = 0.0, 0.0
    s0, s1, s2 = 0.0, 0.0, 0.0
    converged = 0.0
    if not trend:
        top, bottom = 0.0, 0.0
        for i in range(n):
            top += weight[i] * y[i]
            bottom += weight[i]
        mean = max(top / bottom, 1e-12)
        first = np.log(mean)
        s0 = bottom * mean
        converged = 1.0
    else:
        for step in range(MOST_STEPS):
            s0, s1, s2, r0, r1 = 0.0, 0.0, 0.0, 0.0, 0.0
            for i in range(n):
                if step == 0:
                    mean = y[i] + 0.1
                    eta = np.log(mean)
                else:
                    eta = min(max(first + slope * x[i], -20.0), LARGEST_LOG)
                    mean = np.exp(eta)
                q = weight[i] * mean
                z = eta + (y[i] - mean) / mean
                s0 += q
                s1 += q * x[i]
                s2 += q * x[i] * x[i]
                r0 += q * z
                r1 += q * z * x[i]
            det = s0 * s2 - s1 * s1
            if not det > 1e-300:
                break
            new_first = (s2 * r0 - s1 * r1) / det
            new_slope = (s0 * r1 - s1 * r0) / det
            near = abs(new_first - first) < 1e-9 and abs(new_slope - slope) < 1e-11
            first, slope = new_first, new_slope
            if step > 0 and near:
                converged = 1.0
                break
        s0, s1, s2 = 0.0, 0.0, 0.0
        for i in range(n):
            q = weight[i] * np.exp(min(max(first + slope * x[i], -20.0), LARGEST_LOG))
            s0 += q
            s1 += q * x[i]
            s2 += q * x[i] * x[i]
    pearson = 0.0
    for i in range(n):
        mean = np.exp(min(max(first + slope * x[i], -20.0), LARGEST_LOG))
        pearson += weight[i] * (y[i] - mean) ** 2 / mean
    return first, slope, s0, s1, s2, pearson, converged


@compiled
def _reweight(
    y: Array,
    x: Array,
    first: float,
    slope: float,
    s0: float,
    s1: float,
    s2: float,
    phi: float,
    trend: bool,
    w: Array,
) -> None:
    """Give past outbreaks less weight: Anscombe residuals above 1 count by their inverse square."""
    total = 0.0
    det = s0 * s2 - s1 * s1
    for i in range(y.size):
        mean = np.exp(min(max(first + slope * x[i], -20.0), LARGEST_LOG))
        leverage = mean * (s2 - 2.0 * s1 * x[i] + s0 * x[i] * x[i]) / det if trend else mean / s0
        spread = np.sqrt(phi * max(1.0 - leverage, 1e-9))
        residual = 1.5 * (y[i] ** (2.0 / 3.0) * mean ** (-1.0 / 6.0) - np.sqrt(mean)) / spread
        w[i] = residual**-2.0 if residual > 1.0 else 1.0
        total += w[i]
    for i in range(y.size):
        w[i] *= y.size / total


@compiled
def _predict(
    y: Array, x: Array, w: Array, trend: bool, reweight: bool, critical: float
) -> tuple[float, float, float, bool]:
    """Mean now (x = 0), its variance, dispersion, and whether the slope is significant and the fit
    converged."""
    terms = 2 if trend else 1
    w[:] = 1.0
    first, slope, s0, s1, s2, pearson, converged = _fit(y, x, w, trend)
    free = y.size - terms
    raw = pearson / free
    if reweight and (converged > 0.0 or not trend):
        _reweight(y, x, first, slope, s0, s1, s2, max(raw, 1.0), trend, w)
        first, slope, s0, s1, s2, pearson, converged = _fit(y, x, w, trend)
        raw = pearson / free
    phi = max(raw, 1.0)
    mean = np.exp(min(first, LARGEST_LOG))
    if not trend:
        return mean, phi / s0 * mean * mean, phi, True
    det = s0 * s2 - s1 * s1
    if converged == 0.0 or not det > 0.0:
        return mean, 0.0, phi, False
    significant = abs(slope) / np.sqrt(max(raw, 1e-300) * s0 / det) > critical
    return mean, phi * s2 / det * mean * mean, phi, significant


@compiled
def _one_period(
    counts: Array,
    now: int,
    years_back: int,
    period: int,
    half: int,
    trend: bool,
    reweight: bool,
    critical: Array,
    out: Array,
) -> None:
    """Fill one row of the result from one series and one period."""
    size = years_back * (2 * half + 1)
    y, x, w = np.empty(size), np.empty(size), np.empty(size)
    n = 0
    total, most = 0.0, 0.0
    for back in range(years_back, 0, -1):
        for t in range(now - period * back - half, now - period * back + half + 1):
            if 0 <= t < now and not np.isnan(counts[t]):
                y[n] = counts[t]
                x[n] = t - now
                total += y[n]
                most = max(most, y[n])
                n += 1
    if n < 4:
        return
    used = False
    mean, variance, phi = 0.0, 0.0, 0.0
    if trend and years_back >= 3:
        mean, variance, phi, kept = _predict(y[:n], x[:n], w[:n], True, reweight, critical[n - 2])
        used = kept and mean <= most
    if not used:
        mean, variance, phi, kept = _predict(y[:n], x[:n], w[:n], False, reweight, 0.0)
    out[0], out[1], out[2], out[3], out[4] = mean, variance, phi, total, n
    out[5] = 1.0 if used else 0.0


@compiled_parallel
def farrington_fits(
    counts: Array,
    first: int,
    years_back: int,
    period: int,
    half: int,
    trend: bool,
    reweight: bool,
    critical: Array,
) -> Array:
    """Expected mean, its variance, dispersion, baseline total, baseline length and trend flag per series and
    period, shape (series, monitored, 6).

    ``critical`` holds the two-sided Student limit by residual degrees of freedom.
    Cost: O(series · monitored · baseline).
    """
    series, periods = counts.shape
    out = np.full((series, periods - first, 6), np.nan)
    for s in numba.prange(series):
        for m in range(periods - first):
            _one_period(counts[s], first + m, years_back, period, half, trend, reweight, critical, out[s, m])
    return out
