"""Sums over neighbours, on a grid and on any neighbour list, and linear binning of points."""

from __future__ import annotations

import math

import numba
import numpy as np
import numpy.typing as npt

from samsyn.analysis.kernels.compile import compiled, compiled_parallel

Array = npt.NDArray[np.float64]
ROOT_HALF = math.sqrt(0.5)
BLOCKS = 64  # of places, however many cores


@compiled_parallel
def neighbour_sums(first: npt.NDArray[np.int64], near: npt.NDArray[np.int32], values: Array) -> Array:
    """Sum of the neighbours' values for every place."""
    out = np.zeros(first.size - 1)
    for i in numba.prange(first.size - 1):
        total = 0.0
        for k in range(first[i], first[i + 1]):
            total += values[near[k]]
        out[i] = total
    return out


@compiled_parallel
def star_scores(
    first: npt.NDArray[np.int64], near: npt.NDArray[np.int32], values: Array, mean: float, deviation: float
) -> tuple[Array, Array, Array]:
    """Sums over the neighbours, Gi* scores and their two-sided normal p-values, in one pass over the lists.

    ``deviation`` is above zero. A place that everything is near has score 0.
    """
    n = first.size - 1
    sums, score, p_value = np.empty(n), np.empty(n), np.empty(n)
    for block in numba.prange(BLOCKS):
        known, scale = -1, 0.0  # neighbours have as many neighbours: the root is seldom taken anew
        for i in range(n * block // BLOCKS, n * (block + 1) // BLOCKS):
            total = 0.0
            for k in range(first[i], first[i + 1]):
                total += values[np.uint32(near[k])]  # unsigned: an index below zero need not be looked for
            number = first[i + 1] - first[i]
            size = number + 1.0
            if number != known:
                known, spread = number, (n * size - size * size) / (n - 1.0)
                scale = 1.0 / (deviation * math.sqrt(spread)) if spread > 0.0 else 0.0
            sums[i] = total
            score[i] = (total + values[i] - mean * size) * scale
            p_value[i] = math.erfc(abs(score[i]) * ROOT_HALF)
    return sums, score, p_value


@compiled_parallel
def box_scores(table: Array, mean: float, deviation: float) -> Array:
    """Gi* scores of a grid whose neighbours are the eight cells around and the cell itself."""
    rows, columns = table.shape
    n = rows * columns
    out = np.empty((rows, columns))
    for r in numba.prange(rows):
        low, high = max(r - 1, 0), min(r + 1, rows - 1)
        column = np.zeros(columns + 2)
        for q in range(low, high + 1):
            for c in range(columns):
                column[c + 1] += table[q, c]
        tall = high - low + 1
        inner = 3.0 * tall
        scale = 1.0 / (deviation * np.sqrt((n * inner - inner * inner) / (n - 1.0)))
        for c in range(columns):
            out[r, c] = (column[c] + column[c + 1] + column[c + 2] - mean * inner) * scale
        for c in (0, columns - 1):
            edge = (2.0 if columns > 1 else 1.0) * tall
            wide = deviation * np.sqrt((n * edge - edge * edge) / (n - 1.0))
            out[r, c] = (column[c] + column[c + 1] + column[c + 2] - mean * edge) / wide
    return out


@compiled
def bin_points(points: Array, weights: Array, corner: Array, step: Array, rows: int, columns: int) -> Array:
    """Spread every point over the four grid nodes around it; points outside the grid are left out."""
    out = np.zeros((rows, columns))
    across, along = 1.0 / step[0], 1.0 / step[1]
    each = weights.size > 1
    w = weights[0]
    for p in range(points.shape[0]):
        u = (points[p, 0] - corner[0]) * across
        v = (points[p, 1] - corner[1]) * along
        if not (0.0 <= u <= rows - 1 and 0.0 <= v <= columns - 1):
            continue
        i, j = min(int(u), rows - 2), min(int(v), columns - 2)
        u, v = u - i, v - j
        if each:
            w = weights[p]
        out[i, j] += w * (1 - u) * (1 - v)
        out[i, j + 1] += w * (1 - u) * v
        out[i + 1, j] += w * u * (1 - v)
        out[i + 1, j + 1] += w * u * v
    return out
