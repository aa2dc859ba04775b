"""When did the level shift? Exact segmentation of a count series."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

from samsyn.analysis.errors import Unusable
from samsyn.analysis.regression import Array
from samsyn.analysis.trends import change
from samsyn.analysis.verdicts import FEW_EVENTS, Verdict


@dataclass(frozen=True, slots=True)
class Shift:
    """A new level from period ``at`` on; it may have begun anywhere from ``earliest`` to ``latest``."""

    at: int
    earliest: int
    latest: int
    ratio: float
    low: float
    high: float
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Levels:
    """The level of every segment and the shifts between them; no shift is the usual answer."""

    shifts: tuple[Shift, ...]
    starts: tuple[int, ...]
    rates: Array
    dispersion: float
    verdict: Verdict  # of the last shift; CANNOT_SAY without one


def _cost(events: Array, exposure: Array) -> Array:
    """Twice the negative Poisson log likelihood of segments with these sums, apart from what all share."""
    return np.asarray(2.0 * (events - special.xlogy(events, events / exposure)))


def change_points(
    counts: npt.ArrayLike,
    exposure: npt.ArrayLike | None = None,
    *,
    shortest: int = 4,
    penalty: float | None = None,
) -> Levels:
    """Has the level shifted, and when?

    The best segmentation is found exactly by dynamic programming over Poisson likelihoods (Jackson et al.
    2005; the penalty per shift is 3 log n times the dispersion, stricter than BIC, since reports come in
    bunches and months resemble their neighbours). Season is not modelled: give whole years, or
    season-adjusted exposure.

    Parameters
    ----------
    counts, exposure : (periods,), all known; shortest : fewest periods of a segment.

    ``TOO_FEW`` below 20 events or two segments' length. Cost: O(periods²), memory O(periods).

    >>> found = change_points([5, 6, 4, 5, 7, 5, 12, 14, 11, 13, 12, 15])
    >>> [(shift.at, shift.verdict.value) for shift in found.shifts]
    [(6, 'more')]
    """
    y = np.asarray(counts, dtype=float)
    e = np.broadcast_to(np.asarray(1.0 if exposure is None else exposure, dtype=float), y.shape)
    if y.ndim != 1 or bool(np.any(~(y >= 0))) or bool(np.any(~(e > 0))):
        raise Unusable("count_negative", "Counts must be known and zero or more, exposures above zero.")
    n = y.size
    if n < 2 * shortest or y.sum() < FEW_EVENTS:
        level = y.sum() / e.sum() if n else np.nan
        return Levels((), (0,), np.array([level]), np.nan, Verdict.TOO_FEW)
    dispersion = _local_dispersion(y, e)
    step = (3.0 * float(np.log(n)) if penalty is None else penalty) * dispersion
    sums = np.concatenate([[0.0], np.cumsum(y)])
    exposed = np.concatenate([[0.0], np.cumsum(e)])
    best = np.full(n + 1, np.inf)
    best[0] = -step
    before = np.zeros(n + 1, dtype=np.int64)
    for end in range(shortest, n + 1):
        starts = np.arange(0, end - shortest + 1)
        cost = best[starts] + step + _cost(sums[end] - sums[starts], exposed[end] - exposed[starts])
        before[end] = int(np.argmin(cost))
        best[end] = cost[before[end]]
    starts_back = [int(before[n])]
    while starts_back[-1] > 0:
        starts_back.append(int(before[starts_back[-1]]))
    starts_found = starts_back[::-1]
    bounds = [*starts_found, n]
    shifts = []
    for left, at, right in zip(bounds, bounds[1:], bounds[2:], strict=False):
        events, exposures = np.diff(sums[[left, at, right]]), np.diff(exposed[[left, at, right]])
        found = change(events[0], exposures[0], events[1], exposures[1], dispersion=dispersion)
        earliest, latest = _location(sums, exposed, left, at, right, dispersion, shortest)
        shifts.append(Shift(at, earliest, latest, found.ratio, found.low, found.high, found.verdict))
    pieces = list(itertools.pairwise(bounds))
    rates = np.array([(sums[b] - sums[a]) / (exposed[b] - exposed[a]) for a, b in pieces])
    verdict = shifts[-1].verdict if shifts else Verdict.CANNOT_SAY
    return Levels(tuple(shifts), tuple(starts_found), rates, dispersion, verdict)


def _local_dispersion(y: Array, e: Array) -> float:
    """Dispersion from differences between neighbours, which a shift of level hardly touches."""
    pooled = (y[1:] + y[:-1]) / (e[1:] + e[:-1])
    variance = pooled * (1.0 / e[1:] + 1.0 / e[:-1])
    some = variance > 0
    if not bool(np.any(some)):
        return 1.0
    return max(1.0, float(((y[1:] / e[1:] - y[:-1] / e[:-1])[some] ** 2 / variance[some]).mean()))


def _location(
    sums: Array, exposed: Array, left: int, at: int, right: int, dispersion: float, shortest: int
) -> tuple[int, int]:
    """Where the shift may have begun: likelihood within the 95 % drop of its best place."""
    places = np.arange(left + shortest, right - shortest + 1)
    cost = _cost(sums[places] - sums[left], exposed[places] - exposed[left]) + _cost(
        sums[right] - sums[places], exposed[right] - exposed[places]
    )
    near = places[cost <= cost[places == at][0] + 3.8415 * dispersion]
    return int(near.min()), int(near.max())
