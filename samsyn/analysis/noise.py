"""Rates whose population (or count) was perturbed by the statistics office before it was published.

Statistics Sweden publishes register counts with the cell key method since 2025: small known-variance noise
is added to every cell, so parts no longer sum to totals and a rate carries the noise of its denominator.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from samsyn.analysis.errors import Unusable, checked_level
from samsyn.analysis.rates import Limits, Rate, poisson_limits
from samsyn.analysis.verdicts import FEW_EVENTS


@dataclass(frozen=True, slots=True)
class CellNoise:
    """What the publisher says about its noise: variance and largest deviation of one cell, and how many
    were added."""

    variance: float
    largest: float
    cells: int = 1

    def limits(self, value: float, *, level: float) -> tuple[float, float]:
        """Where the true value lies, given a published sum of ``cells`` independently perturbed cells.

        A normal interval for the sum, never wider than the largest possible deviation and never below zero.

        >>> CellNoise(variance=2.0, largest=5, cells=1).limits(120, level=0.95)
        (117.228..., 122.771...)
        """
        if self.variance < 0 or self.largest < 0 or self.cells < 1:
            raise Unusable(
                "noise_unusable", "Noise needs a variance and a largest deviation of zero or more."
            )
        z = float(special.ndtri(0.5 + level / 2.0))
        reach = min(z * float(np.sqrt(self.cells * self.variance)), self.cells * self.largest)
        return max(0.0, value - reach), value + reach


def noisy_rate(
    count: float,
    population: float,
    noise: CellNoise,
    *,
    count_noise: CellNoise | None = None,
    per: float = 100_000.0,
    level: float = 0.95,
) -> Rate:
    """A rate whose denominator carries the publisher's noise, with an interval that carries it too.

    The limits of count and population are joined by the method of variance estimates recovery for a ratio
    (Donner and Zou 2012, eq. 8): exact when either is known, close to nominal otherwise. ``count_noise``
    widens the count's own limits when the numerator was perturbed as well. Raises Unusable when the
    population may be zero.

    >>> plain = noisy_rate(7, 120, CellNoise(0.0, 0))
    >>> noisy = noisy_rate(7, 120, CellNoise(9.0, 10, cells=4))
    >>> round(plain.low), round(noisy.low), round(plain.high), round(noisy.high)
    (2345, 2338, 12019, 12132)
    """
    checked_level(level)
    below, above = noise.limits(population, level=level)
    if not below > 0:
        raise Unusable(
            "population_not_positive", "The population cannot be told from zero.", {"population": population}
        )
    low_count, high_count = (float(limit) for limit in poisson_limits(count, level=level))
    if count_noise is not None:
        published_low, published_high = count_noise.limits(count, level=level)
        low_count = max(0.0, count - float(np.hypot(count - low_count, count - published_low)))
        high_count = count + float(np.hypot(high_count - count, published_high - count))
    low = _ratio_limit(count, low_count, population, above, sign=-1.0)
    high = _ratio_limit(count, high_count, population, below, sign=1.0)
    return Rate(
        count=float(count),
        population=float(population),
        rate=count / population * per,
        low=max(0.0, low) * per,
        high=high * per,
        per=per,
        level=level,
        limits=Limits.EXACT,
        few=count < FEW_EVENTS,
    )


def _ratio_limit(top: float, top_limit: float, bottom: float, bottom_limit: float, *, sign: float) -> float:
    """One limit of top/bottom from the limit of each that pulls the same way."""
    product = top * bottom
    under = top_limit * bottom_limit * (2 * top - top_limit) * (2 * bottom - bottom_limit)
    root = float(np.sqrt(max(product * product - under, 0.0)))
    return (product + sign * root) / (bottom_limit * (2 * bottom - bottom_limit))
