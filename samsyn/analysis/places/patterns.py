"""When in the week, and on how few places?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

from samsyn.analysis.errors import Unusable, checked_level
from samsyn.analysis.multiple import false_discovery
from samsyn.analysis.verdicts import FEW_EVENTS, Verdict

Array = npt.NDArray[np.float64]
HOURS = 168


@dataclass(frozen=True, slots=True)
class WeekPattern:
    """Events by weekday (row, Monday first) and hour, and the hours that stand out from an even week."""

    counts: Array  # (7, 24); fractional where the time is only known as a stretch
    expected: float
    p_adjusted: Array
    stands_out: npt.NDArray[np.bool_]
    verdict: Verdict


def hour_by_weekday(
    starts: npt.ArrayLike, ends: npt.ArrayLike | None = None, *, false_discoveries: float = 0.05
) -> WeekPattern:
    """Which hours of the week have more than an even share?

    Parameters
    ----------
    starts, ends : (events,) hours since Monday 00:00, local time (Tuesday 13:30 is 37.5). An event known
        only as a stretch is spread evenly over it (aoristic, Ratcliffe 2000); a stretch of a week or more
        says nothing and is left out.

    Each hour is tested against 1/168 of all events (upper tail, normal with the exact variance of the
    spread counts), corrected for 168 hours. ``TOO_FEW`` below 20 events. Cost: O(events · hours of a
    stretch).

    >>> found = hour_by_weekday([4 * 24 + 23.5] * 30 + list(range(0, 168, 6)))
    >>> bool(found.stands_out[4, 23]), int(found.stands_out.sum()), found.verdict.value
    (True, 1, 'more')
    """
    begin = np.asarray(starts, dtype=float)
    end = begin.copy() if ends is None else np.asarray(ends, dtype=float)
    if begin.shape != end.shape or begin.ndim != 1:
        raise Unusable("groups_differ", "Every event needs a start, and an end or none.")
    known = np.isfinite(begin) & np.isfinite(end) & (end >= begin) & (end - begin < HOURS)
    counts, squares = np.zeros(HOURS), np.zeros(HOURS)
    for one, other in zip(begin[known], end[known], strict=True):
        first, last = int(np.floor(one)), int(np.floor(other))
        hours = np.arange(first, last + 1)
        inside = np.minimum(hours + 1, other) - np.maximum(hours, one)
        part = inside / (other - one) if other > one else np.ones(1)
        np.add.at(counts, hours % HOURS, part)
        np.add.at(squares, hours % HOURS, part**2)
    events = float(known.sum())
    expected = events / HOURS
    if events < FEW_EVENTS:
        table = np.ones((7, 24))
        return WeekPattern(counts.reshape(7, 24), expected, table, table < 0, Verdict.TOO_FEW)
    # whole events: exact upper tail; spread ones count for less, by the mean square of their parts
    weight = np.where(counts > 0, squares / np.maximum(counts, 1e-12), 1.0)
    p_value = np.where(
        counts > 0, special.gammainc(np.maximum(counts / weight, 1e-9), expected / weight), 1.0
    )
    p_adjusted = false_discovery(p_value).reshape(7, 24)
    stands_out = p_adjusted <= false_discoveries
    verdict = Verdict.MORE if bool(stands_out.any()) else Verdict.CANNOT_SAY
    return WeekPattern(counts.reshape(7, 24), expected, p_adjusted, stands_out, verdict)


@dataclass(frozen=True, slots=True)
class Concentration:
    """How few places hold a share of the events, beside what chance alone gives with so few events."""

    places: int  # that hold at least the share
    place_share: float  # of all places
    by_chance: float  # the same share of places if events fell at random
    by_chance_low: float
    by_chance_high: float
    gini: float  # of the events, adjusted for having fewer events than places (Bernasco and Steenbeek 2017)
    verdict: Verdict  # MORE: more concentrated than chance


def _needed(counts: Array, share: float) -> int:
    ordered = np.sort(counts)[::-1]
    return int(np.searchsorted(np.cumsum(ordered), share * ordered.sum() - 1e-9) + 1)


def concentration(
    counts: npt.ArrayLike,
    *,
    seed: int,
    share: float = 0.5,
    exposure: npt.ArrayLike | None = None,
    draws: int = 999,
    level: float = 0.95,
) -> Concentration:
    """On how few places does half of it happen, and is that fewer than chance gives?

    With few events "half on five per cent of the streets" is what pure chance gives: the comparison is with
    the same number of events thrown on the places by ``exposure`` (evenly without it).

    Parameters
    ----------
    counts : (places,), all places, also those without events. share : of the events, 0-1.

    ``TOO_FEW`` below 20 events. Cost: O(draws · places log places).

    >>> even = concentration([1, 0, 0, 1, 0, 1, 0, 0] * 10, seed=1)
    >>> even.places, even.verdict.value
    (15, 'cannot_say')
    """
    checked_level(level)
    y = np.asarray(counts, dtype=float)
    if y.ndim != 1 or y.size == 0 or bool(np.any(~(y >= 0))) or not 0 < share <= 1:
        raise Unusable(
            "count_negative", "Counts must be known and zero or more, the share above 0 and at most 1."
        )
    events = round(float(y.sum()))
    if events < FEW_EVENTS:
        nothing = float("nan")
        return Concentration(0, nothing, nothing, nothing, nothing, nothing, Verdict.TOO_FEW)
    weights = np.ones(y.size) if exposure is None else np.asarray(exposure, dtype=float)
    rng = np.random.default_rng(seed)
    thrown = rng.multinomial(events, weights / weights.sum(), size=draws)
    by_chance = np.array([_needed(one.astype(float), share) for one in thrown]) / y.size
    tail = (1.0 - level) / 2.0
    low, middle, high = np.quantile(by_chance, [tail, 0.5, 1.0 - tail])
    needed = _needed(y, share)
    ordered = np.sort(y)
    place = np.arange(1, y.size + 1)
    gini = float((2 * (place * ordered).sum() / (y.size * ordered.sum())) - (y.size + 1) / y.size)
    most_even = (
        max(1.0 / events, 1.0 / y.size) * y.size
    )  # a Lorenz curve cannot be evener than one event a place
    adjusted = float(most_even * (gini - 1.0) + 1.0)
    verdict = Verdict.MORE if needed / y.size < low else Verdict.CANNOT_SAY
    return Concentration(
        needed, needed / y.size, float(middle), float(low), float(high), max(adjusted, 0.0), verdict
    )
