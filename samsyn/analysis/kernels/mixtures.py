"""Many small least squares problems over weights of zero or more with sum 1, on one table of outcomes.

Loops without array expressions: with those it took twice as long to compile.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from samsyn.analysis.kernels.compile import compiled

Array = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]
ROUNDING = 1e-16  # of a place's length and the sum's: no smaller slope can be told from 0
TO_THE_DIGIT = 1e-13  # of the donors' root mean square difference: the target is followed exactly
DEPENDENT = 1e-13  # of a place's length: what is left of it beside the others is their rounding


@compiled
def _squares(values: Array) -> float:
    total = 0.0
    for t in range(values.size):
        total += values[t] * values[t]
    return total


@compiled
def _lengths(wide: Array, target: int, left_out: int, length: Array) -> float:
    """Fill ``length`` with the root of every place's squared difference from the target and of the sum's row;
    returns the weight of that row: the root mean square difference of the donors."""
    periods, places = wide.shape
    for j in range(places):
        length[j] = 0.0
    for t in range(periods):
        for j in range(places):
            length[j] += (wide[t, j] - wide[t, target]) ** 2
    total, donors = 0.0, 0
    for j in range(places):
        if j != target and j != left_out:
            total += length[j]
            donors += 1
    square = total / (donors * periods) if total > 0.0 else 1.0
    for j in range(places):
        length[j] = np.sqrt(length[j] + square)
    return float(np.sqrt(square))


@compiled
def _slopes(wide: Array, target: int, left: Array, heavy: float, slope: Array) -> None:
    """Fill ``slope`` with how fast the squares of what is ``left`` fall with more of each place."""
    periods, places = wide.shape
    own = left[periods] * heavy
    for t in range(periods):
        own -= left[t] * wide[t, target]
    for j in range(places):
        slope[j] = own
    for t in range(periods):
        much = left[t]
        for j in range(places):
            slope[j] += much * wide[t, j]


@compiled
def _steepest(slope: Array, length: Array, heavy: float, inside: Places) -> int:
    """The place outside the mixture that would lower the miss fastest; -1 when none would."""
    best = -1
    for j in range(slope.size):
        if inside[j] == 0 and (best < 0 or slope[j] > slope[best]):
            best = j
    return best if best >= 0 and slope[best] > ROUNDING * heavy * length[best] else -1


@compiled
def _joined(wide: Array, target: int, place: int, heavy: float, q: Array, r: Array, k: int) -> bool:
    """Take the place up as column ``k`` of q (in rows) and r; False when it is a mixture of those before."""
    periods = wide.shape[0]
    column = q[k]
    for t in range(periods):
        column[t] = wide[t, place] - wide[t, target]
    column[periods] = heavy
    length = np.sqrt(_squares(column))
    for i in range(k):
        r[i, k] = 0.0
    for _ in range(2):  # once more removes what rounding left of the first
        for i in range(k):
            along = 0.0
            for t in range(column.size):
                along += q[i, t] * column[t]
            r[i, k] += along
            for t in range(column.size):
                column[t] -= along * q[i, t]
    rest = np.sqrt(_squares(column))
    if rest <= DEPENDENT * length:
        return False
    r[k, k] = rest
    for t in range(column.size):
        column[t] /= rest
    return True


@compiled
def _parted(q: Array, r: Array, k: int, gone: int) -> None:
    """Take column ``gone`` of ``k`` away: what then stands below the diagonal is turned to zero."""
    for j in range(gone, k - 1):
        for i in range(j + 2):
            r[i, j] = r[i, j + 1]
    for j in range(gone, k - 1):
        length = np.sqrt(r[j, j] * r[j, j] + r[j + 1, j] * r[j + 1, j])
        c, s = r[j, j] / length, r[j + 1, j] / length
        for i in range(j, k - 1):
            upper, lower = r[j, i], r[j + 1, i]
            r[j, i], r[j + 1, i] = c * upper + s * lower, c * lower - s * upper
        for t in range(q.shape[1]):
            upper, lower = q[j, t], q[j + 1, t]
            q[j, t], q[j + 1, t] = c * upper + s * lower, c * lower - s * upper


@compiled
def _solved(q: Array, r: Array, k: int, heavy: float, z: Array) -> bool:
    """Least squares on the ``k`` columns taken up; whether all of ``z`` is above 0."""
    for i in range(k):
        z[i] = q[i, q.shape[1] - 1] * heavy
    good = True
    for j in range(k - 1, -1, -1):
        z[j] /= r[j, j]
        good = good and z[j] > 0.0
        for i in range(j):
            z[i] -= r[i, j] * z[j]
    return good


@compiled
def _stepped(q: Array, r: Array, k: int, z: Array, x: Array, used: Places, inside: Places) -> int:
    """Go from ``x`` towards ``z`` until a weight is 0, and take its place away; returns how many remain."""
    share = 1.0
    for i in range(k):
        if z[i] <= 0.0:
            share = min(share, x[i] / (x[i] - z[i]))
    for i in range(k - 1, -1, -1):
        at_zero = z[i] <= 0.0 and x[i] / (x[i] - z[i]) <= share
        x[i] += share * (z[i] - x[i])
        if at_zero or x[i] <= 0.0:
            _parted(q, r, k, i)
            inside[used[i]] = 0
            for j in range(i, k - 1):
                used[j], x[j], z[j] = used[j + 1], x[j + 1], z[j + 1]
            k -= 1
    return k


@compiled
def _mixture(wide: Array, target: int, left_out: int, used: Places, x: Array) -> int:
    """Fill ``used`` with the places of the mixture and ``x`` with their weights; returns how many.

    Lawson and Hanson's steps (1974, ch. 23) on |D u|² + s² (1 - sum u)², where D are the differences from the
    target and s their root mean square. Every step makes the sum less, so that no set of places comes twice;
    where rounding hides that, and where nothing is left, the steps end.
    """
    periods, places = wide.shape
    size = periods + 1
    q, r = np.empty((size + 1, size)), np.empty((size + 1, size + 1))
    z, left = np.empty(size + 1), np.empty(size)
    length, slope, inside = np.empty(places), np.empty(places), np.empty(places, np.int64)
    heavy = _lengths(wide, target, left_out, length)
    for j in range(places):
        inside[j] = j in (target, left_out)
    k, last = 0, np.inf
    while True:
        for t in range(size):
            left[t] = 0.0 if t < periods else heavy
        for i in range(k):
            along = q[i, periods] * heavy
            for t in range(size):
                left[t] -= along * q[i, t]
        miss = _squares(left)
        if not miss < last or miss <= (TO_THE_DIGIT * heavy) ** 2:
            break
        last = miss
        _slopes(wide, target, left, heavy, slope)
        best = _steepest(slope, length, heavy, inside)
        while best >= 0 and not _joined(wide, target, best, heavy, q, r, k):
            slope[best] = 0.0
            best = _steepest(slope, length, heavy, inside)
        if best < 0:
            break
        used[k], x[k], inside[best] = best, 0.0, 1
        k += 1
        while not _solved(q, r, k, heavy, z):
            k = _stepped(q, r, k, z, x, used, inside)
        for i in range(k):
            x[i] = z[i]
    total = 0.0
    for i in range(k):
        total += x[i]
    for i in range(k):
        x[i] /= total
    return k


@compiled
def mixtures(
    wide: Array, values: Array, targets: Places, left_out: Places, weights: Array, gaps: Array
) -> None:
    """Fill in the weights (questions, places) and the differences from the mixtures (questions, all periods).

    Parameters
    ----------
    wide : (periods before, places), outcomes to fit, centred by period and scaled. values : (places, all
        periods). targets, left_out : (questions,) rows; a place is never in its own mixture, nor is the one
        left out. weights : zeros. gaps : copies of the targets' values.

    Cost: O(periods before · places) per step, about as many steps as the mixture has places.
    """
    used, x = np.empty(wide.shape[0] + 2, np.int64), np.empty(wide.shape[0] + 2)
    for n in range(targets.size):
        k = _mixture(wide, targets[n], left_out[n], used, x)
        for i in range(k):
            weights[n, used[i]] = x[i]
            for t in range(values.shape[1]):
                gaps[n, t] -= x[i] * values[used[i], t]
