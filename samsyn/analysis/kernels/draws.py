"""Random numbers inside kernels: one stream per unit of work, so that the number of cores changes nothing.

SplitMix64 (Steele, Lea and Flood 2014): 64 bits of state, passes BigCrush, one multiply-xor chain per number.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from samsyn.analysis.kernels.compile import compiled

_STEP = np.uint64(0x9E3779B97F4A7C15)
_MIX_1 = np.uint64(0xBF58476D1CE4E5B9)
_MIX_2 = np.uint64(0x94D049BB133111EB)
_30, _27, _31, _32 = np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(32)


@compiled
def mixed(state: np.uint64) -> np.uint64:
    """The number that a state stands for."""
    z = (state ^ (state >> _30)) * _MIX_1
    z = (z ^ (z >> _27)) * _MIX_2
    return np.uint64(z ^ (z >> _31))


@compiled
def stream(seed: int, unit: int) -> np.uint64:
    """The first state of a unit's stream."""
    return mixed(np.uint64(seed) * _STEP + mixed(np.uint64(unit) + _STEP))


@compiled
def advanced(state: np.uint64) -> np.uint64:
    """The next state."""
    return np.uint64(state + _STEP)


@compiled
def below(number: np.uint64, limit: np.uint64) -> np.int64:
    """A whole number from 0 to limit - 1 out of a random number (limit below 2³²; bias below 2⁻³²·limit)."""
    return np.int64(((number >> _32) * limit) >> _32)


@compiled
def alias_table(chances: npt.NDArray[np.float64]) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.int32]]:
    """Walker's alias table: a draw from any distribution with one comparison (Vose 1991)."""
    n = chances.size
    keep = chances / chances.sum() * n
    other = np.arange(n).astype(np.int32)
    small, large = np.empty(n, np.int64), np.empty(n, np.int64)
    s, g = 0, 0
    for i in range(n):
        if keep[i] < 1.0:
            small[s] = i
            s += 1
        else:
            large[g] = i
            g += 1
    while s > 0 and g > 0:
        s -= 1
        low, high = small[s], large[g - 1]
        other[low] = high
        keep[high] -= 1.0 - keep[low]
        if keep[high] < 1.0:
            g -= 1
            small[s] = high
            s += 1
    for i in range(g):
        keep[large[i]] = 1.0
    for i in range(s):
        keep[small[i]] = 1.0
    return keep, other
