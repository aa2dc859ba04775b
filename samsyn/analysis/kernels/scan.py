"""The most unusual cluster in space and time, for the data and for many tables in which there is none."""

from __future__ import annotations

import math

import numba
import numpy as np
import numpy.typing as npt

from samsyn.analysis.kernels.compile import compiled, compiled_parallel
from samsyn.analysis.kernels.draws import advanced, alias_table, below, mixed, stream

Array = npt.NDArray[np.float64]
LANES = 16
LOW = np.uint64(0xFFFFFFFF)


@compiled
def _likelihood(count: float, expected: float, total: float) -> float:
    """Kulldorff's Poisson log likelihood ratio."""
    value = count * math.log(count / expected)
    if count < total:
        value += (total - count) * math.log((total - count) / (total - expected))
    return value


@compiled
def _fullest(zone: npt.NDArray[np.int16], length: int, starts: int) -> np.int16:
    """The most that a window of this length holds; ``starts`` is a multiple of the vector's width."""
    late, early = zone[length : length + starts], zone[:starts]
    top = np.int16(0)
    for s in range(early.size):
        held = np.int16(late[s] - early[s])
        top = held if held > top else top
    return top


@compiled
def _largest(
    sums: npt.NDArray[np.int16],
    near: npt.NDArray[np.int32],
    sizes: npt.NDArray[np.int32],
    mass: Array,
    total: float,
    periods: int,
    longest: int,
    ending_now: bool,
) -> float:
    """The largest likelihood ratio over all zones and windows of one table of running sums.

    Expected counts do not change over time, so of all windows of one length the fullest is the most
    unlikely. A logarithm is taken only when (count - expected)² (1/expected + 1/(total - count)) / 2, which
    no likelihood ratio exceeds, is above the best so far. The sums go on flat beyond the last period:
    windows that reach out there hold no more than the last whole one, and every loop runs a whole number of
    vectors.
    """
    starts = (periods + LANES - 1) // LANES * LANES
    zone = np.empty(sums.shape[1], np.int16)
    count, score = np.zeros(longest), np.zeros(longest)
    half = 0.5 / np.arange(1, longest + 1)
    rest = (
        2.0 / total
    )  # half of 1 / (total - count) while a window holds at most three quarters of everything
    best = 0.0
    for area in range(near.shape[0]):
        zone[:] = 0
        for k in range(sizes[area]):
            row = sums[near[area, k]]
            for t in range(row.size):
                zone[t] += row[t]
            share = mass[area, k] * total / periods
            inverse = 1.0 / share
            for length in range(1, longest + 1):
                if ending_now:
                    count[length - 1] = zone[periods] - zone[periods - length]
                else:
                    count[length - 1] = _fullest(zone, length, starts)
            most = 0.0
            for at in range(longest):
                above = max(count[at] - share * (at + 1), 0.0)
                score[at] = above * above * (inverse * half[at] + rest)
                most = max(most, score[at])
            if most > best or count[longest - 1] > 0.75 * total:
                for at in range(longest):
                    if count[at] > share * (at + 1):
                        best = max(best, _likelihood(count[at], share * (at + 1), total))
    return best


@compiled
def _replication(
    state: np.uint64,
    keep: Array,
    other: npt.NDArray[np.int32],
    cases: int,
    periods: int,
    sums: npt.NDArray[np.int16],
) -> None:
    """Fill the running sums with cases that fall by population alone, each with two draws."""
    areas = np.uint64(keep.size)
    sums[:, :] = 0
    for _ in range(cases):
        state = advanced(state)
        first = mixed(state)
        area = below(first, areas)
        part = np.float64(first & LOW) * (1.0 / 4294967296.0)
        if part >= keep[area]:
            area = np.int64(other[area])
        state = advanced(state)
        sums[area, 1 + below(mixed(state), np.uint64(periods))] += np.int16(1)
    for a in range(keep.size):
        for t in range(1, sums.shape[1]):
            sums[a, t] += sums[a, t - 1]


@compiled_parallel
def scan_replications(
    seed: int,
    first: int,
    replications: int,
    near: npt.NDArray[np.int32],
    sizes: npt.NDArray[np.int32],
    mass: Array,
    share: Array,
    cases: int,
    periods: int,
    longest: int,
    ending_now: bool,
) -> Array:
    """Largest likelihood ratio of each table in which the cases fell by population alone.

    The replications are numbered from ``first`` on; what one gives depends on its number alone.
    Cost per replication: O(cases + zones · periods · longest), in 16-bit sums; one stream of draws each.
    """
    keep, other = alias_table(share)
    width = (periods + LANES - 1) // LANES * LANES + longest + 1
    out = np.zeros(replications)
    for r in numba.prange(replications):
        sums = np.empty((share.size, width), np.int16)
        _replication(stream(seed, first + r), keep, other, cases, periods, sums)
        out[r] = _largest(sums, near, sizes, mass, float(cases), periods, longest, ending_now)
    return out


@compiled_parallel
def scan_zones(
    sums: Array,
    near: npt.NDArray[np.int32],
    sizes: npt.NDArray[np.int32],
    mass: Array,
    total: float,
    longest: int,
    ending_now: bool,
) -> Array:
    """The best window of every zone of the data: (areas, zones, 3) likelihood ratio, first period, length."""
    periods = sums.shape[1] - 1
    out = np.zeros((near.shape[0], near.shape[1], 3))
    for area in numba.prange(near.shape[0]):
        zone = np.zeros(periods + 1)
        for k in range(sizes[area]):
            zone += sums[near[area, k]]
            share = mass[area, k] * total / periods
            for length in range(1, longest + 1):
                expected = share * length
                first = periods - length if ending_now else 0
                for s in range(first, periods - length + 1):
                    count = zone[s + length] - zone[s]
                    if count > expected:
                        value = _likelihood(count, expected, total)
                        if value > out[area, k, 0] + 1e-12:
                            out[area, k, 0] = value
                            out[area, k, 1] = s
                            out[area, k, 2] = length
    return out
