"""What this machine can do at most, measured in the same run: the bounds are made of these numbers."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable

import numba
import numpy as np


@numba.njit(parallel=True)
def _copy(source, target):  # type: ignore[no-untyped-def]
    for i in numba.prange(source.size):
        target[i] = source[i]


@numba.njit
def _gather(places, values):  # type: ignore[no-untyped-def]
    total = 0.0
    for i in range(places.size):
        total += values[places[i]]
    return total


@numba.njit
def _scatter(places, values):  # type: ignore[no-untyped-def]
    for i in range(places.size):
        values[places[i]] += 1.0


@numba.njit
def _draw(number):  # type: ignore[no-untyped-def]
    state, total = np.uint64(1), np.uint64(0)
    for _ in range(number):
        state += np.uint64(0x9E3779B97F4A7C15)
        z = (state ^ (state >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        total ^= z ^ (z >> np.uint64(27))
    return total


@numba.njit
def _compare(one, other, rounds):  # type: ignore[no-untyped-def]
    count = np.zeros(one.size, np.int16)
    for _ in range(rounds):
        for i in range(one.size):
            apart = np.int16(one[i] - other[i])
            count[i] += np.int16(apart <= 14)
    return count


@numba.njit
def _exponential(values):  # type: ignore[no-untyped-def]
    total = 0.0
    for i in range(values.size):
        total += np.exp(values[i])
    return total


def _least(act: Callable[[], object], runs: int = 7) -> float:
    act()
    times = []
    for _ in range(runs):
        began = time.perf_counter()
        act()
        times.append(time.perf_counter() - began)
    return min(times)


def measure() -> dict[str, float]:
    """Seconds per unit of work: a byte through memory on all cores, everything else on one core."""
    rng = np.random.default_rng(1)
    big, target = np.ones(1 << 25), np.empty(1 << 25)
    places, small = rng.integers(0, 1 << 18, 1 << 21).astype(np.int32), np.zeros(1 << 18)
    labels = rng.integers(0, 99, (2, 512)).astype(np.int16)
    square = rng.random((500, 500))
    values = rng.random(1 << 20)
    return {
        "cores": os.cpu_count() or 1,
        "byte": _least(lambda: _copy(big, target)) / (16 * big.size),
        "gather": _least(lambda: _gather(places, small)) / places.size,
        "scatter": _least(lambda: _scatter(places, small)) / places.size,
        "draw": _least(lambda: _draw(1 << 22)) / (1 << 22),
        "compare": _least(lambda: _compare(labels[0], labels[1], 10_000)) / (512 * 10_000),
        "exponential": _least(lambda: _exponential(values)) / values.size,
        "flop": _least(lambda: square @ square) / (2 * 500**3),
    }


if __name__ == "__main__":
    print(json.dumps(measure()))
