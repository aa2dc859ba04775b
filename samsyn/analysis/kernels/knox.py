"""Pairs close in space, and how many of them are close in time when the times are shuffled."""

from __future__ import annotations

import numba
import numpy as np
import numpy.typing as npt

from samsyn.analysis.kernels.compile import compiled, compiled_parallel
from samsyn.analysis.kernels.draws import advanced, below, mixed, stream

Array = npt.NDArray[np.float64]
Places = npt.NDArray[np.int32]
PARTS = 16
WIDTH = 64  # shuffles side by side
FLUSH = 32_000  # pairs between two emptyings of the 16-bit counters


@compiled
def close_pairs(x: Array, y: Array, starts: Places, across: int, reach: float, out: Places) -> int:
    """Pairs within ``reach`` among points sorted by square cells of that side; returns their number.

    ``starts`` holds the first point of every cell (rows of ``across`` cells with an empty frame around).
    ``out`` is (2, room); when it is too small only the number is right.
    """
    found = 0
    square = reach * reach
    for cell in range(starts.size - 1):
        for i in range(starts[cell], starts[cell + 1]):
            for step in range(5):
                # the rest of the own cell, the next one, and the three below
                other = cell if step == 0 else (cell + 1 if step == 1 else cell + across + step - 3)
                if other >= starts.size - 1:
                    continue
                first = i + 1 if step == 0 else starts[other]
                for j in range(first, starts[other + 1]):
                    if (x[i] - x[j]) ** 2 + (y[i] - y[j]) ** 2 <= square:
                        if found < out.shape[1]:
                            out[0, found] = i
                            out[1, found] = j
                        found += 1
    return found


@compiled
def _count(
    first: Places, second: Places, labels: npt.NDArray[np.int16], reach: np.int16
) -> npt.NDArray[np.int64]:
    """Pairs close in time under each of the labellings, which stand side by side for every point."""
    width = labels.shape[1]
    total = np.zeros(width, np.int64)
    counter = np.zeros(width, np.int16)
    for k in range(first.size):
        one, other = labels[first[k]], labels[second[k]]
        for r in range(width):
            apart = np.int16(one[r] - other[r])
            counter[r] += np.int16((apart <= reach) & (apart >= -reach))
        if k % FLUSH == FLUSH - 1:
            total += counter
            counter[:] = 0
    total += counter
    return total


@compiled_parallel
def _shuffled(
    times: npt.NDArray[np.int16], seed: int, start: int, labels: npt.NDArray[np.int16]
) -> npt.NDArray[np.int16]:
    """Fill the columns of ``labels`` with permutations of the times, each from its own stream of draws."""
    n, width = labels.shape
    rows = np.empty((width, n), np.int16)
    for r in numba.prange(width):
        row = rows[r]
        row[:] = times
        state = stream(seed, start + r)
        for i in range(n - 1, 0, -1):
            state = advanced(state)
            j = below(mixed(state), np.uint64(i + 1))
            row[i], row[j] = row[j], row[i]
    block = 256
    for b in numba.prange((n + block - 1) // block):
        for i in range(b * block, min(n, (b + 1) * block)):
            for r in range(width):
                labels[i, r] = rows[r, i]
    return labels


@compiled_parallel
def _counted(
    first: Places, second: Places, labels: npt.NDArray[np.int16], reach: np.int16
) -> npt.NDArray[np.int64]:
    out = np.zeros((PARTS, labels.shape[1]), np.int64)
    step = (first.size + PARTS - 1) // PARTS
    for part in numba.prange(PARTS):
        low, high = part * step, min(first.size, (part + 1) * step)
        if low < high:
            out[part] = _count(first[low:high], second[low:high], labels, reach)
    total: npt.NDArray[np.int64] = out.sum(axis=0)
    return total


def shuffled_counts(
    first: Places, second: Places, times: npt.NDArray[np.int16], reach: int, seed: int, units: range
) -> npt.NDArray[np.int64]:
    """Close pairs under these shuffles of the times, each drawn from its own number. ``WIDTH`` of them stand
    side by side per point, so that one pass over the pairs compares all of these at once.

    Cost: O(shuffles · (points + pairs)), memory O(WIDTH · points)."""
    out = np.zeros(len(units), dtype=np.int64)
    labels = np.empty((times.size, WIDTH), dtype=np.int16)
    for start in range(0, len(units), WIDTH):
        _shuffled(times, seed, units.start + start, labels)
        counts = _counted(first, second, labels, np.int16(reach))
        some = min(WIDTH, len(units) - start)
        out[start : start + some] = counts[:some]
    return out
