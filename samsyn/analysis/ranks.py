"""Rank lists with the uncertainty that newspapers leave out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import optimize, special, stats

from samsyn.analysis.errors import Unusable, checked_level
from samsyn.analysis.regression import Array

AT_ONCE = 2_000_000  # numbers held in memory per round of draws


@dataclass(frozen=True, slots=True)
class Ranks:
    """Rank 1 is the highest rate: median rank, its interval, and how probable a place among the ``top``
    is."""

    rank: Array
    low: Array
    high: Array
    among_top: Array
    top: int
    level: float
    smoothed_rate: Array


def _prior(counts: Array, exposure: Array) -> tuple[float, float]:
    """Gamma prior for the rates of all places together, by maximum likelihood of the negative binomial
    counts."""
    mean = counts.sum() / exposure.sum()

    def lack_of_fit(parameters: npt.NDArray[np.float64]) -> float:
        shape, level = np.exp(parameters)
        return -float(stats.nbinom.logpmf(counts, shape, shape / (shape + level * exposure)).sum())

    found = optimize.minimize(
        lack_of_fit,
        np.log([2.0, mean]),
        method="L-BFGS-B",
        bounds=[(-4, 12), (np.log(mean) - 3, np.log(mean) + 3)],
    )
    shape, level = np.exp(found.x)
    return float(shape), float(shape / level)


def rank_places(
    counts: npt.ArrayLike,
    exposure: npt.ArrayLike,
    *,
    seed: int,
    top: int = 10,
    draws: int = 4_000,
    level: float = 0.95,
) -> Ranks:
    """Where does each place stand in a ranking, and between which ranks may it truly be?

    Rates get a gamma prior fitted to all places (Clayton and Kaldor 1987), so that a small place is not
    first or last by chance; ranks are counted over draws from the posterior (Goldstein and Spiegelhalter
    1996).

    Parameters
    ----------
    counts, exposure : (places,), events and inhabitants. seed : the draws' seed; same seed, same ranks.

    Raises Unusable when a place lacks a count or exposure. Cost: O(draws · places log places), memory
    bounded.

    >>> found = rank_places([30, 31, 90], [1_000, 1_000, 1_000], seed=1, top=1)
    >>> found.rank.tolist(), found.high.tolist(), found.among_top.round(2).tolist()
    ([3.0, 2.0, 1.0], [3.0, 3.0, 1.0], [0.0, 0.0, 1.0])
    """
    checked_level(level)
    y = np.asarray(counts, dtype=float)
    people = np.asarray(exposure, dtype=float)
    if y.ndim != 1 or y.shape != people.shape or bool(np.any(~(y >= 0))) or bool(np.any(~(people > 0))):
        raise Unusable(
            "groups_differ", "Every place needs a count of zero or more and an exposure above zero."
        )
    if y.sum() == 0:
        raise Unusable("no_events", "There are no events to compare.")
    shape, rate = _prior(y, people) if y.size > 2 else (0.5, 1e-9)
    rng = np.random.default_rng(seed)
    histogram = np.zeros((y.size, y.size))
    done = 0
    while done < draws:
        some = min(draws - done, max(1, AT_ONCE // y.size))
        drawn = rng.gamma(y + shape, 1.0 / (people + rate), size=(some, y.size))
        ranks = np.argsort(np.argsort(-drawn, axis=1), axis=1)
        np.add.at(histogram, (np.arange(y.size)[None, :], ranks), 1.0)
        done += some
    cumulative = np.cumsum(histogram, axis=1) / draws
    tail = (1.0 - level) / 2.0

    def quantile(share: float) -> Array:
        return np.asarray((cumulative < share).sum(axis=1) + 1.0)

    return Ranks(
        rank=quantile(0.5),
        low=quantile(tail),
        high=quantile(1.0 - tail),
        among_top=cumulative[:, min(top, y.size) - 1],
        top=top,
        level=level,
        smoothed_rate=(y + shape) / (people + rate),
    )


def smoothed_median(count: float, exposure: float, *, shape: float, rate: float) -> float:
    """Median of a place's rate given the prior; what a map of small places shows instead of raw rates.

    >>> round(smoothed_median(0, 100, shape=2.0, rate=100.0), 4)
    0.0084
    """
    return float(special.gammaincinv(count + shape, 0.5)) / (exposure + rate)
