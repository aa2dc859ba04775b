"""Rates and shares of small numbers, with intervals that hold their level down to zero events."""

from __future__ import annotations

import enum
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import optimize, special

from samsyn.analysis.errors import Unusable, checked_level, chosen
from samsyn.analysis.verdicts import FEW_ANSWERS, FEW_EVENTS

Array = npt.NDArray[np.float64]


class Limits(enum.StrEnum):
    """Which interval for a count: exact never covers less than its level, mid-P and Byar are shorter and
    near it."""

    EXACT = "exact"
    MID_P = "mid_p"
    BYAR = "byar"


@dataclass(frozen=True, slots=True)
class Rate:
    """Events per ``per`` inhabitants (or other exposure); ``few`` marks a rate that rests on too few
    events."""

    count: float
    population: float
    rate: float
    low: float
    high: float
    per: float
    level: float
    limits: Limits
    few: bool


@dataclass(frozen=True, slots=True)
class Rates:
    """The same for many areas or periods at once: equally long arrays."""

    count: Array
    population: Array
    rate: Array
    low: Array
    high: Array
    per: float
    level: float
    limits: Limits
    few: npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole (0-1) with its Wilson interval; ``few`` when the base is smaller than
    ``FEW_ANSWERS``."""

    part: float
    whole: float
    share: float
    low: float
    high: float
    level: float
    few: bool


@dataclass(frozen=True, slots=True)
class Ratio:
    """One rate divided by another, with the interval of the conditional test and its two-sided p-value."""

    ratio: float
    low: float
    high: float
    level: float
    p_value: float
    events: float


def _checked_counts(count: npt.ArrayLike) -> Array:
    counts = np.asarray(count, dtype=float)
    if bool(np.any(counts < 0)) or bool(np.any(np.isinf(counts))):
        raise Unusable("count_negative", "A count must be zero or more, and finite.")
    return counts


def _mid_p_limit(count: float, tail: float, *, upper: bool) -> float:
    """The mean at which the mid-P tail probability is ``tail``; half the probability of the observed
    count is left out."""

    def distance(mean: float) -> float:
        point = float(np.exp(special.xlogy(count, mean) - mean - special.gammaln(count + 1)))
        beyond = (
            float(special.pdtr(count, mean)) if upper else float(special.gammainc(max(count, 1e-300), mean))
        )
        return beyond - 0.5 * point - tail

    if not upper and count == 0:
        return 0.0
    reach = 12.0 * np.sqrt(count + 1.0) + 10.0
    first = max(count if upper else count - reach, 1e-12)
    last = count + reach if upper else max(count, 1e-9)
    return float(optimize.brentq(distance, first, last, xtol=1e-12, rtol=1e-14))


def poisson_limits(
    count: npt.ArrayLike, *, level: float = 0.95, limits: Limits = Limits.EXACT
) -> tuple[Array, Array]:
    """Lower and upper limit for the mean of Poisson counts.

    Parameters
    ----------
    count : array of any shape, events; missing values give missing limits.
    level : confidence level, 0-1.
    limits : exact (Garwood 1936, through the gamma distribution), mid-P (Lancaster 1961) or Byar (Breslow
        and Day 1987, eq. 2.13; the form without the half added by some software).

    Cost: O(n), for mid-P a root search per count.

    >>> low, high = poisson_limits([0, 10])
    >>> low.round(4).tolist(), high.round(4).tolist()
    ([0.0, 4.7954], [3.6889, 18.3904])
    """
    counts = _checked_counts(count)
    tail = (1.0 - checked_level(level)) / 2.0
    kind = chosen(Limits, limits)
    if kind is Limits.EXACT:
        low = np.where(counts > 0, special.gammaincinv(np.maximum(counts, 1e-300), tail), 0.0)
        return np.where(np.isnan(counts), np.nan, low), np.asarray(special.gammainccinv(counts + 1.0, tail))
    if kind is Limits.BYAR:
        z = float(special.ndtri(1.0 - tail))
        some = np.maximum(counts, 1e-300)
        below = np.where(
            counts > 0, counts * np.maximum(1 - 1 / (9 * some) - z / (3 * np.sqrt(some)), 0.0) ** 3, 0.0
        )
        more = counts + 1.0
        return np.where(np.isnan(counts), np.nan, below), more * (
            1 - 1 / (9 * more) + z / (3 * np.sqrt(more))
        ) ** 3
    distinct, where = np.unique(counts, return_inverse=True)
    lows = [np.nan if np.isnan(one) else _mid_p_limit(float(one), tail, upper=False) for one in distinct]
    highs = [np.nan if np.isnan(one) else _mid_p_limit(float(one), tail, upper=True) for one in distinct]
    shape = counts.shape
    return np.asarray(lows)[where].reshape(shape), np.asarray(highs)[where].reshape(shape)


def rates(
    count: npt.ArrayLike,
    population: npt.ArrayLike,
    *,
    per: float = 100_000.0,
    level: float = 0.95,
    limits: Limits = Limits.EXACT,
) -> Rates:
    """Rates of many areas or periods at once.

    Parameters
    ----------
    count, population : arrays that broadcast; events and inhabitants (or other exposure). Where the
        population is missing or not positive the rate is missing (NaN): one empty area does not stop a table.

    Raises Unusable for negative counts. Cost: O(n).

    >>> rates([7, 0], [6_900, 5_200]).high.round(1).tolist()
    [209.0, 70.9]
    """
    checked_level(level)
    limits = chosen(Limits, limits)
    counts, populations = np.broadcast_arrays(_checked_counts(count), np.asarray(population, dtype=float))
    low, high = poisson_limits(counts, level=level, limits=limits)
    exposed = np.where(populations > 0, populations, np.nan) / per
    return Rates(
        counts,
        populations,
        counts / exposed,
        low / exposed,
        high / exposed,
        per,
        level,
        limits,
        counts < FEW_EVENTS,
    )


def rate(
    count: float,
    population: float,
    *,
    per: float = 100_000.0,
    level: float = 0.95,
    limits: Limits = Limits.EXACT,
) -> Rate:
    """How common something is, with the interval that a count this small allows.

    Raises Unusable for a negative count or a population that is not positive; a missing count gives a
    missing rate.

    >>> found = rate(7, 6_900)
    >>> round(found.rate, 1), round(found.low, 1), round(found.high, 1), found.few
    (101.4, 40.8, 209.0, True)
    """
    checked_level(level)
    if not population > 0:
        raise Unusable(
            "population_not_positive", "A rate needs a population above zero.", {"population": population}
        )
    many = rates(count, population, per=per, level=level, limits=limits)
    return Rate(
        count=float(count),
        population=float(population),
        rate=float(many.rate),
        low=float(many.low),
        high=float(many.high),
        per=per,
        level=level,
        limits=many.limits,
        few=bool(many.few),
    )


def share(part: float, whole: float, *, level: float = 0.95) -> Share:
    """What part of those asked (or counted) answered so, with Wilson's interval (Wilson 1927).

    ``part`` and ``whole`` may be fractional, as effective numbers of a weighted survey are. Raises Unusable
    unless 0 <= part <= whole and whole > 0.

    >>> found = share(57, 140)
    >>> round(found.share, 3), round(found.low, 3), round(found.high, 3)
    (0.407, 0.329, 0.49)
    """
    checked_level(level)
    if not (whole > 0 and 0 <= part <= whole):
        raise Unusable(
            "part_outside_whole",
            "The part must lie between zero and the whole.",
            {"part": part, "whole": whole},
        )
    z = float(special.ndtri(0.5 + level / 2.0))
    found = part / whole
    middle = (found + z * z / (2 * whole)) / (1 + z * z / whole)
    half = z / (1 + z * z / whole) * float(np.sqrt(found * (1 - found) / whole + z * z / (4 * whole * whole)))
    low = 0.0 if part == 0 else max(0.0, middle - half)
    high = 1.0 if part == whole else min(1.0, middle + half)
    return Share(float(part), float(whole), found, low, high, level, few=whole < FEW_ANSWERS)


def binomial_limits(part: float, whole: float, *, level: float = 0.95) -> tuple[float, float]:
    """Exact limits for a share (Clopper and Pearson 1934); fractional numbers are allowed.

    >>> low, high = binomial_limits(11, 18)
    >>> round(low, 4), round(high, 4)
    (0.3575, 0.827)
    """
    tail = (1.0 - checked_level(level)) / 2.0
    low = float(special.betaincinv(part, whole - part + 1.0, tail)) if part > 0 else 0.0
    high = float(special.betainccinv(part + 1.0, whole - part, tail)) if part < whole else 1.0
    return low, high


def rate_ratio(
    count: float,
    population: float,
    reference_count: float,
    reference_population: float,
    *,
    level: float = 0.95,
) -> Ratio:
    """How many times as common here as there: the exact interval given the sum of both counts.

    Given ``n = count + reference_count`` the count is binomial; its exact limits become limits of the ratio
    (Breslow and Day 1987, sec. 3.4). With no events at all the interval is 0 to infinity. The p-value
    doubles the smaller tail. Raises Unusable for negative counts or populations that are not positive.

    >>> found = rate_ratio(11, 1.0, 7, 1.0)
    >>> round(found.ratio, 3), round(found.low, 3), round(found.high, 3), round(found.p_value, 3)
    (1.571, 0.556, 4.781, 0.481)
    """
    checked_level(level)
    if bool(np.isnan(_checked_counts([count, reference_count])).any()):
        raise Unusable("count_negative", "A ratio of rates needs two known counts.")
    if not (population > 0 and reference_population > 0):
        raise Unusable("population_not_positive", "A ratio of rates needs two populations above zero.")
    events = float(count + reference_count)
    scale = reference_population / population
    if events == 0:
        return Ratio(float("nan"), 0.0, float("inf"), level, 1.0, 0.0)
    low, high = binomial_limits(count, events, level=level)
    ratio = float("inf") if reference_count == 0 else count / reference_count * scale
    expected = population / (population + reference_population)
    at_most = 1.0 if count == events else float(special.betainc(events - count, count + 1.0, 1.0 - expected))
    at_least = 1.0 if count == 0 else float(special.betainc(count, events - count + 1.0, expected))
    return Ratio(
        ratio=ratio,
        low=low / (1.0 - low) * scale,
        high=float("inf") if high == 1.0 else high / (1.0 - high) * scale,
        level=level,
        p_value=min(1.0, 2.0 * min(at_most, at_least)),
        events=events,
    )
