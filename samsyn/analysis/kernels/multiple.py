"""Adjusting very many p-values: only the few that can be a new least are ever sorted."""

from __future__ import annotations

import numba
import numpy as np
import numpy.typing as npt

from samsyn.analysis.kernels.compile import compiled, compiled_parallel

Array = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]
BUCKETS = 1 << 16  # a power of two, so that a value's bucket is exact


@compiled
def _bucket(p_value: float) -> int:
    return min(max(int(p_value * BUCKETS), 0), BUCKETS - 1)


@compiled
def _levels(p_values: Array, factor: float) -> tuple[Array, Places, Places, Array, Array]:
    """What each bucket's p-values become when none of them is a new least, and, for the buckets where one may
    be, where those stand, how many they are, and their values in order with what each becomes."""
    n = p_values.size
    upto = np.zeros(BUCKETS + 1, np.int64)
    for i in range(n):
        upto[_bucket(p_values[i]) + 1] += 1
    for b in range(BUCKETS):
        upto[b + 1] += upto[b]
    starts = np.full(BUCKETS, -1, np.int64)
    room, most = 0, 1.0  # the least of all above is at most so much
    for b in range(BUCKETS - 1, -1, -1):
        rank = upto[b + 1]
        if rank == upto[b]:
            continue
        if b / BUCKETS * factor * n / rank < most:
            starts[b] = room
            room += rank - upto[b]
        most = min(most, (b + 1) / BUCKETS * factor * n / rank)
    values, place = np.empty(room), starts.copy()
    for i in range(n):
        b = _bucket(p_values[i])
        if starts[b] >= 0:
            values[place[b]] = p_values[i]
            place[b] += 1
    levels, become = np.empty(BUCKETS), np.empty(room)
    least = 1.0
    for b in range(BUCKETS - 1, -1, -1):
        if starts[b] >= 0:
            first, last = starts[b], place[b]
            alike = True
            for k in range(first + 1, last):
                if values[k] != values[first]:
                    alike = False
                    break
            if alike:  # counts give few different p-values: most full buckets hold one
                least = min(least, values[first] * factor * n / upto[b + 1])
                starts[b] = -1
            else:
                values[first:last].sort()
                for k in range(last - 1, first - 1, -1):
                    least = min(least, values[k] * factor * n / (upto[b] + k - first + 1))
                    become[k] = least
        levels[b] = least
    return levels, starts, np.diff(upto), values, become


@compiled_parallel
def _filled(
    p_values: Array, levels: Array, starts: Places, sizes: Places, values: Array, become: Array
) -> Array:
    out = np.empty(p_values.size)
    for i in numba.prange(p_values.size):
        p = p_values[i]
        b = _bucket(p)
        at = starts[b]
        if at < 0:
            out[i] = levels[b]
        else:
            low, high = at, at + sizes[b]
            while high - low > 1:  # equal values become the same, so any of them will do
                middle = (low + high) // 2
                if values[middle] <= p:
                    low = middle
                else:
                    high = middle
            out[i] = become[low]
    return out


def step_up(p_values: Array, factor: float) -> Array:
    """Benjamini and Hochberg's adjusted p-values times ``factor``, at most 1.

    A p-value becomes the least, over it and all above, of itself times n over its rank. Counted in buckets,
    most p-values are seen to lie too high to be that least, and become what those above them became; the rest
    is sorted.

    p_values : (n,) known numbers. The order of equal ones changes nothing: all get the value of the last.
    Cost: O(n), and O(k log k) for the k that may be a new least; memory for those k besides the answer.
    """
    return _filled(p_values, *_levels(p_values, factor))
