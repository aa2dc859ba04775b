"""The improved Farrington rule: the whole past with its season as a factor, and a negative binomial limit."""

from __future__ import annotations

from functools import partial

import numpy as np
import numpy.typing as npt
from scipy import stats

from samsyn.analysis.batched import calm_weights, fit_many
from samsyn.analysis.errors import Unusable, checked_alpha
from samsyn.analysis.executor import Executor
from samsyn.analysis.regression import LARGEST_LOG, Array
from samsyn.analysis.surveillance import (
    QUIET,
    Unexpected,
    at_least_predictive,
    count_table,
    over_series,
    recent_events,
)
from samsyn.analysis.verdicts import FEWEST_EVENTS

CALM = 2.58  # Noufaily et al. 2013: only residuals this large are weighed down


def _season_blocks(now: int, years_back: int, period: int, half: int, seasons: int) -> npt.NDArray[np.int64]:
    """Which season each past period belongs to, by its distance from the same period of a year; -1 is not
    used."""
    block = np.full(now + 1, -1, dtype=np.int64)
    block[now - half :] = seasons
    for back in range(1, years_back + 1):
        centre = now - period * back
        block[max(centre - half, 0) : centre + half + 1] = seasons
        between = period - 2 * half - 1
        if seasons > 1 and between >= seasons - 1:
            lengths = np.full(seasons - 1, between // (seasons - 1))
            lengths[: between % (seasons - 1)] += 1
            block[centre + half + 1 : centre + half + 1 + between] = np.repeat(np.arange(1, seasons), lengths)
    return block


def farrington_flexible(
    counts: npt.ArrayLike,
    *,
    periods_per_year: int = 12,
    monitored: int = 24,
    years_back: int = 5,
    half_window: int = 1,
    seasons: int = 4,
    skipped: int = 3,
    alpha: float = 0.01,
    exact_below: float = FEWEST_EVENTS,
    quiet: float = QUIET,
    executor: Executor | None = None,
) -> Unexpected:
    """Is this month unexpected, given all of the last years and their seasons?

    Parameters
    ----------
    counts : (series, periods) or (periods,); NaN is missing. seasons : blocks the year is cut into, 1 for
    none.
    skipped : periods just before now that are left out, so that a slow rise does not become its own baseline.
    alpha : chance of a false alarm per series and period: all of it lies above the limit. executor : where
        the series are judged, a quarter of each worker's share at a time.

    Source: Noufaily et al. (2013), Stat. Med. 32: 1206-1222; limit from the negative binomial with the fitted
    dispersion. Cost: O(monitored · series · baseline · seasons²).

    >>> past = [4, 6, 5, 7, 3, 5, 6, 4, 5, 6, 4, 5] * 6
    >>> found = farrington_flexible([*past, 5, 19], monitored=2)
    >>> found.alarm.tolist(), found.upper.tolist()
    ([[False, True]], [[11.0, 11.0]])
    """
    checked_alpha(alpha)
    table = count_table(counts, monitored)
    first = table.shape[1] - monitored
    if first - periods_per_year * years_back - half_window < 0:
        raise Unusable(
            "periods_missing", "The past is shorter than the years asked for.", {"years_back": years_back}
        )
    return over_series(
        partial(
            _flexible,
            periods_per_year=periods_per_year,
            monitored=monitored,
            years_back=years_back,
            half_window=half_window,
            seasons=seasons,
            skipped=skipped,
            alpha=alpha,
            exact_below=exact_below,
            quiet=quiet,
        ),
        table,
        executor,
    )


def _flexible(
    table: Array,
    *,
    periods_per_year: int,
    monitored: int,
    years_back: int,
    half_window: int,
    seasons: int,
    skipped: int,
    alpha: float,
    exact_below: float,
    quiet: float,
) -> Unexpected:
    first = table.shape[1] - monitored
    shape = (table.shape[0], monitored)
    expected, upper = np.full(shape, np.nan), np.full(shape, np.nan)
    total, length = np.zeros(shape), np.zeros(shape)
    for step in range(monitored):
        now = first + step
        block = _season_blocks(now, years_back, periods_per_year, half_window, seasons)
        block[now - skipped :] = -1
        used = np.flatnonzero(block >= 0)
        past = table[:, used]
        same = block[used] == seasons
        total[:, step] = np.nansum(past[:, same], axis=1)
        length[:, step] = np.isfinite(past[:, same]).sum(axis=1)
        mean, dispersion = _predictions(past, used - now, block[used], seasons, years_back)
        expected[:, step] = mean
        over = dispersion > 1.0
        safe = np.maximum(dispersion, 1.0 + 1e-9)
        upper[:, step] = np.where(
            over,
            stats.nbinom.ppf(1.0 - alpha, mean / (safe - 1.0), 1.0 / safe),
            stats.poisson.ppf(1.0 - alpha, mean),
        )
    upper = at_least_predictive(upper, total, np.maximum(length, 1.0), exact_below, alpha)
    return Unexpected(
        first, expected, upper, (table[:, first:] > upper) & (recent_events(table, first) >= quiet)
    )


def _predictions(
    past: Array, when: npt.NDArray[np.int64], block: npt.NDArray[np.int64], seasons: int, years_back: int
) -> tuple[Array, Array]:
    """Expected count now and dispersion per series, with the trend where it is significant and inside the
    past."""
    levels = [level for level in range(1, seasons) if bool(np.any(block == level))]
    factors = np.column_stack([np.ones(when.size), *[(block == level).astype(float) for level in levels]])
    known = np.isfinite(past).astype(float)
    y = np.nan_to_num(past)

    def fitted(design: Array) -> tuple[Array, Array, Array]:
        fits = fit_many(y, design, known)
        fits = fit_many(y, design, calm_weights(y, design, fits, known, limit=CALM))
        error = np.sqrt(np.maximum(fits.dispersion, 1e-300) * fits.covariance[:, -1, -1])
        p_value = 2.0 * np.asarray(stats.t.sf(np.abs(fits.coefficients[:, -1]) / error, fits.residual_df))
        now = np.exp(np.clip(fits.coefficients[:, 0], -20, LARGEST_LOG))
        return now, np.maximum(fits.dispersion, 1.0), p_value

    mean, dispersion, _ = fitted(factors)
    if years_back >= 3:
        sloped, spread, p_value = fitted(np.column_stack([factors, when.astype(float)]))
        keep = (p_value < 0.05) & (sloped <= y.max(axis=1))
        mean, dispersion = np.where(keep, sloped, mean), np.where(keep, spread, dispersion)
    return mean, dispersion
