"""Small noise that is the same wherever the same people are counted: the cell key method."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import optimize

from samsyn.analysis.disclosure.policy import Array
from samsyn.analysis.errors import Unusable

BITS = 16


@dataclass(frozen=True, slots=True)
class NoiseTable:
    """Probability of each deviation (columns, -largest to largest) by count (rows, the last holds for all
    above)."""

    deviations: npt.NDArray[np.int64]
    probabilities: Array


def noise_table(*, variance: float, largest: int, smallest_shown: int = 3) -> NoiseTable:
    """Deviations of mean zero and given variance that are otherwise as unpredictable as possible.

    Greatest entropy subject to the mean, the variance and no result from 1 to ``smallest_shown - 1``
    (Giessing 2016); zeros stay zeros. Raises Unusable when no such table exists.

    >>> table = noise_table(variance=1.0, largest=3)
    >>> round(float(table.probabilities[-1] @ table.deviations**2), 6)
    1.0
    """
    if not (0 < variance <= largest**2 and largest >= 1 and smallest_shown >= 1):
        raise Unusable("noise_unusable", "Noise needs a variance and a largest deviation that fit together.")
    deviations = np.arange(-largest, largest + 1)
    rows = [np.where(deviations == 0, 1.0, 0.0)]
    for count in range(1, largest + smallest_shown + 1):
        result = count + deviations
        allowed = (result == 0) | (result >= smallest_shown)
        rows.append(_flattest(deviations, allowed, variance))
    return NoiseTable(deviations, np.asarray(rows))


def _flattest(deviations: npt.NDArray[np.int64], allowed: npt.NDArray[np.bool_], variance: float) -> Array:
    """The distribution exp(a d + b d²) on the allowed deviations with mean zero and the variance, or the
    least variance that the allowed deviations permit."""
    places = deviations[allowed].astype(float)
    # small counts may only become 0 or smallest_shown: then mean zero fixes the variance
    least = optimize.linprog(places**2, A_eq=[np.ones(places.size), places], b_eq=[1.0, 0.0], bounds=(0, 1))
    most = optimize.linprog(-(places**2), A_eq=[np.ones(places.size), places], b_eq=[1.0, 0.0], bounds=(0, 1))
    if least.status != 0:
        raise Unusable("noise_unusable", "No noise of mean zero exists for a small count.")
    narrow, wide = float(least.x @ places**2), float(most.x @ places**2)
    probabilities = np.zeros(deviations.size)
    if not narrow + 1e-9 < variance < wide - 1e-9:
        probabilities[allowed] = least.x if variance <= narrow + 1e-9 else most.x
        return probabilities

    def weights(multipliers: npt.NDArray[np.float64]) -> Array:
        exponent = multipliers[0] * places + multipliers[1] * (places**2 - variance)
        raw = np.exp(exponent - exponent.max())
        return np.asarray(raw / raw.sum())

    def dual(multipliers: npt.NDArray[np.float64]) -> float:
        exponent = multipliers[0] * places + multipliers[1] * (places**2 - variance)
        return float(exponent.max() + np.log(np.exp(exponent - exponent.max()).sum()))

    def slope(multipliers: npt.NDArray[np.float64]) -> Array:
        chance = weights(multipliers)
        return np.array([chance @ places, chance @ (places**2 - variance)])

    found = optimize.minimize(
        dual, np.zeros(2), jac=slope, method="BFGS", options={"gtol": 1e-12, "maxiter": 1000}
    )
    probabilities[allowed] = weights(found.x)
    return probabilities


def cell_keys(record_keys: npt.ArrayLike, cells: npt.ArrayLike, number: int) -> npt.NDArray[np.int64]:
    """The key of every cell: the sum of its people's fixed keys, modulo 2¹⁶.

    Parameters
    ----------
    record_keys : (people,) fixed whole numbers from 0 to 65 535. cells : (people,) which cell each belongs
        to.
    number : how many cells there are.

    >>> cell_keys([65_000, 600, 7], [0, 0, 2], 3).tolist()
    [64, 0, 7]
    """
    keys = np.asarray(record_keys, dtype=np.int64)
    if bool(np.any((keys < 0) | (keys >= 1 << BITS))):
        raise Unusable("key_outside_range", "Record keys are whole numbers from 0 to 65 535.")
    sums = np.zeros(number, dtype=np.int64)
    np.add.at(sums, np.asarray(cells, dtype=np.int64), keys)
    return np.asarray(sums % (1 << BITS))


def perturb(counts: npt.ArrayLike, keys: npt.ArrayLike, table: NoiseTable) -> npt.NDArray[np.int64]:
    """Counts with the noise that their keys select; the same people get the same noise in every table.

    Totals are perturbed by their own keys, so parts need not add up. Cost: O(cells · deviations).

    >>> perturb([0, 40, 40], [5, 9_000, 9_000], noise_table(variance=1.0, largest=3)).tolist()
    [0, 39, 39]
    """
    given = np.asarray(counts, dtype=float)
    if bool(np.any(~(given >= 0))) or bool(np.any(np.isinf(given))):
        raise Unusable("count_negative", "A count must be known, finite and zero or more.")
    values = np.asarray(counts).astype(np.int64)
    rows = np.minimum(values, table.probabilities.shape[0] - 1)
    edges = np.cumsum(table.probabilities, axis=1)
    drawn = (np.asarray(keys, dtype=np.int64) + 0.5) / (1 << BITS)
    column = np.minimum((drawn[..., None] > edges[rows]).sum(axis=-1), table.deviations.size - 1)
    return np.asarray(values + table.deviations[column])
