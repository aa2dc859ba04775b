"""Which places stand out together with their neighbours, and are not just large or lucky?"""

from __future__ import annotations

import enum
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

from samsyn.analysis.comparison import mid_p_scores
from samsyn.analysis.errors import Unusable
from samsyn.analysis.kernels.hotspots import box_scores, neighbour_sums, star_scores
from samsyn.analysis.multiple import false_discovery
from samsyn.analysis.places.neighbours import Neighbours
from samsyn.analysis.verdicts import FEWEST_EVENTS, Verdict

Array = npt.NDArray[np.float64]


class Standing(enum.IntEnum):
    """Why a place has no score, or that it has one."""

    SCORED = 0
    NO_NEIGHBOURS = 1
    NO_VARIATION = 2


class Quadrant(enum.IntEnum):
    """A place and its surroundings, each above or below the average."""

    HIGH_HIGH = 1
    LOW_HIGH = 2
    LOW_LOW = 3
    HIGH_LOW = 4


@dataclass(frozen=True, slots=True)
class LocalScores:
    """Score and two-sided p-values per place; ``p_value`` is by permutation when asked for, else normal."""

    score: Array
    p_value: Array
    p_adjusted: Array  # false discovery rate
    standing: npt.NDArray[np.int8]
    quadrant: npt.NDArray[np.int8]  # of LISA; 0 for Gi*


def _states(values: Array, sizes: npt.NDArray[np.int64], least: int) -> npt.NDArray[np.int8]:
    standing = np.full(sizes.size, int(Standing.SCORED), dtype=np.int8)
    standing[sizes < least] = Standing.NO_NEIGHBOURS
    if np.ptp(values) == 0:
        standing[:] = Standing.NO_VARIATION
    return standing


def _checked(values: npt.ArrayLike, places: int) -> Array:
    y = np.asarray(values, dtype=float).ravel()
    if y.size != places or not bool(np.all(np.isfinite(y))):
        raise Unusable("groups_differ", "Every place needs a known value and a neighbour list.")
    return y


def gi_star(
    values: npt.ArrayLike, neighbours: Neighbours, *, star: bool = True, permutations: int = 0, seed: int = 0
) -> LocalScores:
    """Where do high (or low) values gather? Gi*, or Gi without the place itself.

    Parameters
    ----------
    values : (places,). neighbours : without self. permutations : 0 for normal p-values, else conditional
        permutation, two-sided. seed : of the permutations.

    A constant variable has score 0 and p 1 (``NO_VARIATION``); a place without neighbours gets no number
    (``NO_NEIGHBOURS``). Source: Ord and Getis (1995). Cost: O(neighbour pairs), with permutations
    O(places · log permutations) more: all places share the draws.

    >>> from samsyn.analysis.places.neighbours import on_grid
    >>> found = gi_star([9, 8, 1, 7, 1, 0, 1, 2, 1], on_grid(3, 3))
    >>> found.score.round(2).tolist()[0], int(found.standing[0])
    (2.19, 0)
    """
    y = _checked(values, neighbours.first.size - 1)
    sizes = neighbours.counts
    standing = _states(y, sizes, 1)
    n = y.size
    if np.ptp(y) == 0:  # nothing gathers anywhere: score 0, p-value 1
        sums, score, p_value = neighbour_sums(neighbours.first, neighbours.near, y), np.zeros(n), np.ones(n)
    elif star:
        sums, score, p_value = star_scores(
            neighbours.first, neighbours.near, y, float(y.mean()), float(y.std())
        )
    else:
        sums = neighbour_sums(neighbours.first, neighbours.near, y)
        mean = np.asarray((y.sum() - y) / (n - 1), dtype=float)
        spread = np.asarray(np.sqrt(np.maximum(((y**2).sum() - y**2) / (n - 1) - mean**2, 0.0)))
        score = _scores(sums, sizes.astype(float), n - 1, mean, spread)
        p_value = 2.0 * special.ndtr(-np.abs(score))
    if permutations:
        p_value = _shared_permutations(y, sums, sizes, permutations, seed)
        p_value = np.where(standing == Standing.NO_VARIATION, 1.0, p_value)
    alone = standing == Standing.NO_NEIGHBOURS
    if bool(alone.any()):
        score, p_value = np.where(alone, np.nan, score), np.where(alone, np.nan, p_value)
    return LocalScores(score, p_value, false_discovery(p_value), standing, np.zeros(n, dtype=np.int8))


def _scores(sums: Array, sizes: Array, n: int, mean: Array, spread: Array) -> Array:
    with np.errstate(divide="ignore", invalid="ignore"):
        scale = spread * np.sqrt((n * sizes - sizes * sizes) / (n - 1.0))
        return np.asarray(np.where(scale > 0, (sums - mean * sizes) / scale, 0.0))


def gi_star_grid(table: npt.ArrayLike) -> Array:
    """Gi* scores of a grid of values, with the eight cells around and the cell itself; no neighbour list is
    built.

    Cost: O(cells), about three passes over the table. A constant table has score 0 everywhere.

    >>> gi_star_grid([[9, 8, 1], [7, 1, 0], [1, 2, 1]]).round(2).tolist()[0]
    [2.19, 1.19, -0.63]
    """
    grid = np.ascontiguousarray(table, dtype=float)
    if grid.ndim != 2 or (grid.size < 10 and grid.size < 2):
        raise Unusable("groups_differ", "A grid has rows and columns.")
    deviation = float(grid.std())
    if deviation == 0:
        return np.zeros(grid.shape)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.nan_to_num(box_scores(grid, float(grid.mean()), deviation)))


def _shared_permutations(
    y: Array, sums: Array, sizes: npt.NDArray[np.int64], permutations: int, seed: int
) -> Array:
    """Two-sided p-values of neighbour sums when the other places' values are shuffled.

    The neighbours of a place are then a sample of all other values without replacement. One sample per
    permutation serves all places: sorted once per number of neighbours, it is looked up for each. Where a
    sample would hold the place's own value, which must stay where it is, the next value of the sample
    stands in.
    """
    rng = np.random.default_rng(seed)
    widest = int(sizes.max(initial=0))
    room = min(widest + 1, y.size)
    drawn = np.stack([rng.choice(y.size, room, replace=False, shuffle=False) if room * 4 < y.size else
                      rng.permutation(y.size)[:room] for _ in range(permutations)])  # fmt: skip
    drawn = rng.permuted(drawn, axis=1)
    running = np.cumsum(y[drawn], axis=1)
    below, above = np.zeros(y.size), np.zeros(y.size)
    for size in np.unique(sizes[sizes > 0]):
        places = np.flatnonzero(sizes == size)
        reference = np.sort(running[:, size - 1])
        slack = 1e-9 * max(1.0, float(np.abs(reference).max()))
        above[places] = permutations - np.searchsorted(reference, sums[places] - slack, side="left")
        below[places] = np.searchsorted(reference, sums[places] + slack, side="right")
        if size < room:
            _leave_out_own(y, sums, drawn, running, int(size), sizes, above, below, slack)
    return np.asarray(np.minimum(1.0, 2.0 * (np.minimum(below, above) + 1.0) / (permutations + 1.0)))


def _leave_out_own(
    y: Array,
    sums: Array,
    drawn: npt.NDArray[np.int64],
    running: Array,
    size: int,
    sizes: npt.NDArray[np.int64],
    above: Array,
    below: Array,
    slack: float,
) -> None:
    sample, place = np.nonzero(sizes[drawn[:, :size]] == size)
    own = drawn[sample, place]
    with_own = running[sample, size - 1]
    without = with_own - y[own] + y[drawn[sample, size]]
    for counts, sign in ((above, 1.0), (below, -1.0)):
        had = sign * with_own >= sign * sums[own] - slack
        has = sign * without >= sign * sums[own] - slack
        np.add.at(counts, own, has.astype(float) - had.astype(float))


def lisa(
    values: npt.ArrayLike, neighbours: Neighbours, *, permutations: int = 999, seed: int = 0
) -> LocalScores:
    """Which places are like their surroundings, high among high or low among low, and which are unlike them?

    Local Moran's I with the mean of the neighbours (Anselin 1995); two-sided conditional permutation.

    >>> from samsyn.analysis.places.neighbours import on_grid
    >>> found = lisa(np.repeat([9, 9, 1, 1], 4), on_grid(4, 4), seed=1)
    >>> int(found.quadrant[0]), int(found.quadrant[15]), round(float(found.score[0]), 3)
    (1, 3, 1.0)
    """
    y = _checked(values, neighbours.first.size - 1)
    sizes = neighbours.counts
    standing = _states(y, sizes, 1)
    sums = neighbour_sums(neighbours.first, neighbours.near, y)
    with np.errstate(divide="ignore", invalid="ignore"):
        own = (y - y.mean()) / y.std()
        around = (sums / sizes - y.mean()) / y.std()
    score = np.where(
        standing == Standing.SCORED, own * around, np.where(standing == Standing.NO_VARIATION, 0, np.nan)
    )
    p_value = _shared_permutations(y, sums, sizes, permutations, seed)
    p_value = np.where(standing == Standing.NO_VARIATION, 1.0, np.where(np.isnan(score), np.nan, p_value))
    quadrant = np.where(
        own > 0,
        np.where(around > 0, Quadrant.HIGH_HIGH, Quadrant.HIGH_LOW),
        np.where(around > 0, Quadrant.LOW_HIGH, Quadrant.LOW_LOW),
    )
    quadrant = np.where(standing == Standing.SCORED, quadrant, 0).astype(np.int8)
    return LocalScores(score, p_value, false_discovery(p_value), standing, quadrant)


@dataclass(frozen=True, slots=True)
class HotSpots:
    """Places whose surroundings have more (or fewer) events than their people explain."""

    observed: Array  # in the place and its neighbours
    expected: Array
    score: Array
    p_adjusted: Array
    verdicts: tuple[Verdict, ...]


def hot_spots(
    counts: npt.ArrayLike,
    exposure: npt.ArrayLike,
    neighbours: Neighbours,
    *,
    dispersion: float = 1.0,
    false_discoveries: float = 0.05,
) -> HotSpots:
    """Where is there more than people (or other targets) at risk explain, corrected for how many places are
    looked at?

    Each place with its neighbours: exact mid-P score of its events against those expected from the overall
    rate.

    Parameters
    ----------
    counts, exposure : (places,), events and people at risk; an empty place counts as nothing. dispersion :
        how much more than Poisson the counts vary, at least 1.

    ``TOO_FEW`` where observed and expected together are below 10. Cost: O(neighbour pairs).

    >>> from samsyn.analysis.places.neighbours import on_grid
    >>> found = hot_spots([30, 28, 3, 2, 3, 2, 3, 2, 4], [100] * 9, on_grid(3, 3))
    >>> [verdict.value for verdict in found.verdicts][:3]
    ['more', 'more', 'cannot_say']
    """
    places = neighbours.first.size - 1
    y, people = _checked(counts, places), _checked(exposure, places)
    if bool(np.any(y < 0)) or bool(np.any(people < 0)) or people.sum() == 0:
        raise Unusable("count_negative", "Counts and exposures must be zero or more.")
    observed = neighbour_sums(neighbours.first, neighbours.near, y) + y
    at_risk = neighbour_sums(neighbours.first, neighbours.near, people) + people
    expected = at_risk * (y.sum() / people.sum())
    known = expected > 0
    raw = mid_p_scores(np.where(known, observed, 0.0), np.where(known, expected, 1.0))
    score = np.where(known, raw / np.sqrt(max(dispersion, 1.0)), np.nan)
    p_adjusted = false_discovery(2.0 * special.ndtr(-np.abs(score)))
    verdicts = []
    for place in range(places):
        if not known[place] or observed[place] + expected[place] < FEWEST_EVENTS:
            verdicts.append(Verdict.TOO_FEW)
        elif p_adjusted[place] > false_discoveries:
            verdicts.append(Verdict.CANNOT_SAY)
        else:
            verdicts.append(Verdict.MORE if score[place] > 0 else Verdict.FEWER)
    return HotSpots(observed, expected, score, p_adjusted, tuple(verdicts))
