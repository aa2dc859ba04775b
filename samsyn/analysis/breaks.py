"""Breaks of a series that are known: a new offence code, a new system, a new law."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

from samsyn.analysis.errors import Unusable, checked_level
from samsyn.analysis.regression import fit_counts, robust_covariance, season_columns, usual_lags
from samsyn.analysis.verdicts import FEW_EVENTS, Verdict, verdict_from_interval


@dataclass(frozen=True, slots=True)
class Break:
    """How much the level jumped at a known break, apart from trend and season."""

    at: int
    ratio: float
    low: float
    high: float
    level: float
    verdict: Verdict


def break_at(
    counts: npt.ArrayLike,
    at: int,
    exposure: npt.ArrayLike | None = None,
    *,
    periods_per_year: int = 1,
    start: int = 0,
    level: float = 0.95,
) -> Break:
    """Did the series jump when the offence code (or the way of counting) changed?

    A log-linear model with trend, season and one step; the larger of the quasi-Poisson and the Newey-West
    error.

    Parameters
    ----------
    counts : (periods,); at : index of the first period counted the new way; exposure : (periods,) or one
    number.

    ``TOO_FEW`` with fewer than 4 periods or 10 events on either side. Cost: O(periods · terms²).

    >>> found = break_at([20, 22, 19, 21, 20, 41, 39, 43, 40, 42], 5)
    >>> round(found.ratio, 2), found.verdict.value
    (1.98, 'more')
    """
    checked_level(level)
    y = np.asarray(counts, dtype=float)
    if not 0 < at < y.size:
        raise Unusable("break_outside_series", "The break must lie inside the series.", {"at": at})
    exposed = np.broadcast_to(np.asarray(1.0 if exposure is None else exposure, dtype=float), y.shape)
    years = np.arange(y.size) / periods_per_year
    step = (np.arange(y.size) >= at).astype(float)
    full = np.column_stack(
        [np.ones(y.size), step, years - years.mean(), season_columns(y.size, periods_per_year, start=start)]
    )
    known = np.isfinite(y)
    sides = [known & (step == side) for side in (0.0, 1.0)]
    few = any(side.sum() < 4 or y[side].sum() < FEW_EVENTS / 2 for side in sides)
    if few or known.sum() < full.shape[1] + 3:
        return Break(at, np.nan, 0.0, np.inf, level, Verdict.TOO_FEW)
    fit = fit_counts(y[known], full[known], exposure=exposed[known])
    robust = robust_covariance(fit, y[known], full[known], lags=usual_lags(int(known.sum())))
    error = max(fit.standard_error(1), float(np.sqrt(max(robust[1, 1], 0.0))))
    reach = float(special.stdtrit(fit.residual_df, 0.5 + level / 2.0)) * error
    jump = float(fit.coefficients[1])
    low, high = (float(np.exp(np.clip(jump + side * reach, -700, 700))) for side in (-1.0, 1.0))
    return Break(at, float(np.exp(jump)), low, high, level, verdict_from_interval(low, high, neutral=1.0))


def unbroken(periods: int, breaks: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """The stretches (first, end) within which periods may be compared with each other.

    >>> unbroken(10, [4, 7])
    ((0, 4), (4, 7), (7, 10))
    """
    bounds = [0, *sorted({one for one in breaks if 0 < one < periods}), periods]
    return tuple(itertools.pairwise(bounds))


def comparable(before: int, after: int, breaks: Sequence[int]) -> bool:
    """Whether two periods were counted the same way.

    >>> comparable(2, 5, breaks=[4]), comparable(4, 5, breaks=[4])
    (False, True)
    """
    first, last = sorted((before, after))
    return not any(first < one <= last for one in breaks)
