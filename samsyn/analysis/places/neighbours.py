"""Which places are next to each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.spatial import cKDTree

from samsyn.analysis.errors import Unusable


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Neighbour lists as rows: those of place i are ``near[first[i]:first[i + 1]]``. A place is not its
    own."""

    first: npt.NDArray[np.int64]
    near: npt.NDArray[np.int32]

    @property
    def counts(self) -> npt.NDArray[np.int64]:
        """How many neighbours each place has."""
        return np.diff(self.first)

    def with_self(self) -> Neighbours:
        """The same lists with every place among its own neighbours, as Gi* wants it."""
        places = np.arange(self.first.size - 1)
        return _from_pairs(
            np.concatenate([np.repeat(places, self.counts), places]),
            np.concatenate([self.near.astype(np.int64), places]),
            places.size,
        )


def _from_pairs(one: npt.NDArray[np.int64], other: npt.NDArray[np.int64], places: int) -> Neighbours:
    order = np.lexsort((other, one))
    first = np.zeros(places + 1, dtype=np.int64)
    np.cumsum(np.bincount(one, minlength=places), out=first[1:])
    return Neighbours(first, other[order].astype(np.int32))


def within(points: npt.ArrayLike, distance: float) -> Neighbours:
    """Places at most ``distance`` apart. O(n log n + pairs).

    >>> within([[0, 0], [1, 0], [5, 0]], 2.0).counts.tolist()
    [1, 1, 0]
    """
    where = np.asarray(points, dtype=float)
    pairs = cKDTree(where).query_pairs(distance, output_type="ndarray")
    return _from_pairs(
        np.concatenate([pairs[:, 0], pairs[:, 1]]), np.concatenate([pairs[:, 1], pairs[:, 0]]), where.shape[0]
    )


def nearest(points: npt.ArrayLike, number: int) -> Neighbours:
    """The ``number`` nearest places of each. O(n log n).

    >>> nearest([[0, 0], [1, 0], [5, 0]], 1).near.tolist()
    [1, 0, 1]
    """
    where = np.asarray(points, dtype=float)
    if not 0 < number < where.shape[0]:
        raise Unusable(
            "too_few_places", "There are fewer places than neighbours asked for.", {"number": number}
        )
    near = np.asarray(cKDTree(where).query(where, number + 1)[1])
    places = np.arange(where.shape[0])
    own = near == places[:, None]
    own[~own.any(axis=1), -1] = True  # many places at one point: drop the farthest instead of itself
    return _from_pairs(np.repeat(places, number), near[~own].astype(np.int64), where.shape[0])


def on_grid(rows: int, columns: int) -> Neighbours:
    """The up to eight cells around each cell of a grid, row by row. O(cells).

    >>> on_grid(2, 2).counts.tolist()
    [3, 3, 3, 3]
    """
    index = np.arange(rows * columns).reshape(rows, columns)
    ones, others = [], []
    for down, right in ((0, 1), (1, -1), (1, 0), (1, 1)):
        here = index[: rows - down, max(0, -right) : columns - max(0, right)]
        there = index[down:, max(0, right) : columns + min(0, right)]
        ones += [here.ravel(), there.ravel()]
        others += [there.ravel(), here.ravel()]
    return _from_pairs(np.concatenate(ones), np.concatenate(others), rows * columns)


def touching(areas: Sequence[npt.ArrayLike]) -> Neighbours:
    """Areas that share a corner point (same coordinates). O(corners log corners).

    >>> touching([[[0, 0], [1, 0], [1, 1]], [[1, 1], [2, 1], [2, 2]]]).counts.tolist()
    [1, 1]
    """
    rings = [np.asarray(ring, dtype=float) for ring in areas]
    owner = np.repeat(np.arange(len(rings)), [len(ring) for ring in rings])
    _, corner = np.unique(np.concatenate(rings), axis=0, return_inverse=True)
    order = np.lexsort((owner, corner.ravel()))
    bounds = np.flatnonzero(np.diff(corner.ravel()[order])) + 1
    pairs = {
        (int(a), int(b))
        for group in np.split(owner[order], bounds)
        if group.size > 1
        for a in group
        for b in group
        if a != b
    }
    both = np.array(sorted(pairs), dtype=np.int64).reshape(-1, 2)
    return _from_pairs(both[:, 0], both[:, 1], len(rings))
