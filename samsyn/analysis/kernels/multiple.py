"""Adjusting very many p-values: sorted by buckets, since they are spread over nought to one."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from samsyn.analysis.kernels.compile import compiled

Array = npt.NDArray[np.float64]
BUCKETS = 1 << 16
SHORT = 24  # so few are sorted by insertion


@compiled
def _sort_bucket(values: Array, order: npt.NDArray[np.int32], first: int, last: int) -> None:
    if last - first <= SHORT:
        for i in range(first + 1, last):
            value, place = values[i], order[i]
            j = i - 1
            while j >= first and values[j] > value:
                values[j + 1], order[j + 1] = values[j], order[j]
                j -= 1
            values[j + 1], order[j + 1] = value, place
        return
    alike = True
    for i in range(first + 1, last):
        if values[i] != values[first]:
            alike = False
            break
    if not alike:  # counts give few different p-values: most full buckets hold one value
        by = np.argsort(values[first:last])
        values[first:last] = values[first:last][by]
        order[first:last] = order[first:last][by]


@compiled
def step_up(p_values: Array, factor: float) -> Array:
    """Benjamini and Hochberg's adjusted p-values times ``factor``, at most 1.

    p_values : (n,) known numbers. The order of equal ones changes nothing: all get the value of the last.
    Cost: O(n) for p-values that are spread out, O(n log n) at worst.
    """
    n = p_values.size
    buckets = min(n, BUCKETS)
    starts = np.zeros(buckets + 1, np.int64)
    for i in range(n):
        starts[min(max(int(p_values[i] * buckets), 0), buckets - 1) + 1] += 1
    for b in range(buckets):
        starts[b + 1] += starts[b]
    values, order = np.empty(n), np.empty(n, np.int32)
    place = starts.copy()
    for i in range(n):
        b = min(max(int(p_values[i] * buckets), 0), buckets - 1)
        values[place[b]] = p_values[i]
        order[place[b]] = i
        place[b] += 1
    for b in range(buckets):
        if starts[b + 1] - starts[b] > 1:
            _sort_bucket(values, order, starts[b], starts[b + 1])
    out = np.empty(n)
    least = 1.0
    for rank in range(n, 0, -1):
        least = min(least, values[rank - 1] * factor * n / rank)
        out[order[rank - 1]] = least
    return out
