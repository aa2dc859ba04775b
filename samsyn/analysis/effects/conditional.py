"""Exact limits for a ratio of ratios of counts: what is left when all totals are taken as they came."""

from __future__ import annotations

import numpy as np
from scipy import optimize, special

from samsyn.analysis.regression import Array

LARGEST_SUPPORT = 200_000  # beyond it the normal limits are the same to three digits
FARTHEST = 60.0  # on the log scale; an odds ratio beyond e^60 is "endless"


def _tails(log_weights: Array, places: Array, at: float, log_odds: float) -> tuple[float, float]:
    """The probability of at most and of at least ``at`` under an odds ratio."""
    raw = log_weights + places * log_odds
    chance = np.exp(raw - raw.max())
    chance /= chance.sum()
    return float(chance[places <= at].sum()), float(chance[places >= at].sum())


def odds_ratio_limits(
    here_after: int, here_before: int, there_after: int, there_before: int, *, level: float = 0.95
) -> tuple[float, float]:
    """Exact limits for (here_after / here_before) / (there_after / there_before), given all four sums.

    Poisson counts given the sums of both places and of both times leave one free count, which has Fisher's
    noncentral hypergeometric distribution; each limit is where a tail is (1 - level) / 2 (Cornfield 1956;
    Fisher 1962; what R's ``fisher.test`` gives). Whole numbers of zero or more. With nothing free (a whole
    place or time without events) the limits are 0 and infinity. Cost: O(smallest sum), memory the same.

    >>> low, high = odds_ratio_limits(2, 15, 10, 3)
    >>> round(low, 5), round(high, 5)
    (0.00332, 0.36319)
    """
    here, after = here_after + here_before, here_after + there_after
    there = there_after + there_before
    least, most = max(0, after - there), min(here, after)
    if least == most or most - least > LARGEST_SUPPORT:
        return 0.0, float("inf")
    places = np.arange(least, most + 1, dtype=float)
    log_weights = np.asarray(
        -special.gammaln(places + 1)
        - special.gammaln(here - places + 1)
        - special.gammaln(after - places + 1)
        - special.gammaln(there - after + places + 1)
    )
    tail = (1.0 - level) / 2.0

    def limit(*, upper: bool) -> float:
        def distance(log_odds: float) -> float:
            return _tails(log_weights, places, here_after, log_odds)[0 if upper else 1] - tail

        if distance(-FARTHEST) * distance(FARTHEST) > 0:
            return float("inf") if upper else 0.0
        return float(np.exp(optimize.brentq(distance, -FARTHEST, FARTHEST, xtol=1e-9)))

    return (
        0.0 if here_after == least else limit(upper=False),
        float("inf") if here_after == most else limit(upper=True),
    )
