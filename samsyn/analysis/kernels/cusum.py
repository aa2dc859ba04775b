"""The running sum of Rossi's standardised counts, series by series."""

from __future__ import annotations

import math

import numba
import numpy as np
import numpy.typing as npt

from samsyn.analysis.kernels.compile import compiled_parallel

Array = npt.NDArray[np.float64]


@compiled_parallel
def past_sums(table: Array, first: int) -> tuple[Array, npt.NDArray[np.int64]]:
    """Events and known periods of every series before ``first``; (series,) each."""
    total, known = np.zeros(table.shape[0]), np.zeros(table.shape[0], np.int64)
    for s in numba.prange(table.shape[0]):
        for t in range(first):
            if not math.isnan(table[s, t]):
                total[s] += table[s, t]
                known[s] += 1
    return total, known


@compiled_parallel
def running_sums(
    table: Array,
    first: int,
    mean: Array,
    limit: Array,
    reference: float,
    threshold: float,
    reset: bool,
    alarm: npt.NDArray[np.bool_],
) -> Array:
    """The statistic of every series and monitored period; ``alarm`` (series, monitored) is filled.

    A missing period counts as its mean. With ``reset`` an alarm needs more than the mean and the limit, and
    the sum starts again after it. Cost: O(series · monitored).
    """
    out = np.empty(alarm.shape)
    for s in numba.prange(table.shape[0]):
        expected, total = mean[s], 0.0
        scale = 0.5 / math.sqrt(max(expected, 1e-12))
        for t in range(alarm.shape[1]):
            y = table[s, first + t]
            if math.isnan(y):
                y = expected
            total = max(0.0, total + (y - 3.0 * expected + 2.0 * math.sqrt(y * expected)) * scale - reference)
            out[s, t] = total
            over = total >= threshold
            if reset:
                over = over and y > expected and y > limit[s]
                if over:
                    total = 0.0
            alarm[s, t] = over
    return out
