"""Rates as they would be if a place had the standard population's ages."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

from samsyn.analysis.errors import Unusable, checked_level
from samsyn.analysis.verdicts import FEW_EVENTS


@dataclass(frozen=True, slots=True)
class StandardisedRate:
    """A directly standardised rate with the gamma interval, beside the crude rate; both per ``per``."""

    crude: float
    rate: float
    low: float
    high: float
    per: float
    level: float
    events: float
    few: bool


def standardised_rate(
    counts: npt.ArrayLike,
    populations: npt.ArrayLike,
    standard: npt.ArrayLike,
    *,
    per: float = 100_000.0,
    level: float = 0.95,
) -> StandardisedRate:
    """Compare places of different ages: each age group's rate weighted by the standard population.

    The interval is that of Fay and Feuer (1997, eq. 1-4): gamma quantiles whose upper limit allows for the
    largest weight, so that it holds its level also when some groups have no event.

    Parameters
    ----------
    counts, populations, standard : arrays of shape (groups,): events, inhabitants, standard inhabitants.

    Raises Unusable when lengths differ or a group has people in the standard but none here. Cost: O(groups).

    >>> found = standardised_rate([0, 4, 3], [900, 2_100, 1_400], [200, 500, 300], per=1_000)
    >>> round(found.rate, 3), round(found.low, 3), round(found.high, 3)
    (1.595, 0.64, 3.307)
    """
    checked_level(level)
    events = np.asarray(counts, dtype=float)
    people = np.asarray(populations, dtype=float)
    weights = np.asarray(standard, dtype=float)
    if not (events.ndim == 1 and events.shape == people.shape == weights.shape):
        raise Unusable("groups_differ", "Counts, populations and standard need one number per group.")
    if bool(np.any(events < 0)) or bool(np.any(~np.isfinite(events))):
        raise Unusable("count_negative", "A count must be zero or more, and finite.")
    weighted = weights > 0
    if not bool(np.any(weighted)) or bool(np.any(~(people[weighted] > 0))):
        raise Unusable(
            "population_not_positive", "Every group of the standard needs a population above zero."
        )
    part = np.zeros_like(weights)
    part[weighted] = weights[weighted] / weights.sum() / people[weighted]
    rate = float(part @ events)
    variance = float(part**2 @ events)
    largest = float(part.max())
    tail = (1.0 - level) / 2.0
    low = 0.0 if rate == 0 else variance / rate * float(special.gammaincinv(rate**2 / variance, tail))
    more, wider = rate + largest, variance + largest**2
    high = wider / more * float(special.gammainccinv(more**2 / wider, tail))
    total = float(events.sum())
    crude = total / float(people[people > 0].sum())
    return StandardisedRate(
        crude * per, rate * per, low * per, high * per, per, level, total, few=total < FEW_EVENTS
    )
