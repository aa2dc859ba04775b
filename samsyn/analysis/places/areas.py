"""Points in areas: every point in exactly one, also on a border."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from samsyn.analysis.errors import Unusable
from samsyn.analysis.kernels.areas import build_grid, build_slabs, locate

Array = npt.NDArray[np.float64]


class AreaIndex:
    """Areas ready to be asked; built once per set of areas.

    ``areas`` holds one entry per area: a ring (vertices, 2) or a sequence of rings, where holes and islands
    follow from the even-odd rule. A border shared by two areas belongs to the one above and to the right of
    it, a corner of four areas to one of them; a point on the outermost border belongs to the area inside.
    Areas that overlap are the data's fault: the first one wins.

    Cost: O(edges) to build; about 0.1 microseconds per point to ask.

    >>> west, east = [[0, 0], [1, 0], [1, 1], [0, 1]], [[1, 0], [2, 0], [2, 1], [1, 1]]
    >>> AreaIndex([west, east]).locate([[0.5, 0.5], [1.0, 0.5], [2.0, 1.0], [3.0, 0.5]]).tolist()
    [0, 1, 1, -1]
    """

    def __init__(self, areas: Sequence[npt.ArrayLike | Sequence[npt.ArrayLike]]) -> None:
        rings, owners = [], []
        for number, area in enumerate(areas):
            for ring in _rings(area):
                corners = np.asarray(ring, dtype=float)
                if corners.ndim != 2 or corners.shape[1] != 2 or corners.shape[0] < 3:
                    raise Unusable("ring_unusable", "A ring needs three corners or more.", {"area": number})
                rings.append(corners)
                owners.append(number)
        if not rings:
            raise Unusable("no_areas", "There are no areas.")
        lengths = np.array([ring.shape[0] for ring in rings])
        corners = np.concatenate(rings)
        if not bool(np.all(np.isfinite(corners))):
            raise Unusable("ring_unusable", "A corner is not a number.")
        starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
        following = np.arange(1, corners.shape[0] + 1)
        following[starts + lengths - 1] = starts
        every = np.hstack([corners, corners[following]])
        owner = np.repeat(np.asarray(owners), lengths)
        first_ring = starts[np.searchsorted(owners, np.arange(owners[-1] + 1))]
        low_ends, high_ends = (
            np.minimum.reduceat(corners, first_ring),
            np.maximum.reduceat(corners, first_ring),
        )
        self._boxes = np.hstack([low_ends, high_ends])
        level = every[:, 1] == every[:, 3]  # level edges never count: the half-open rule
        # lower end first: two areas that share an edge compute the very same crossing
        turned = every[:, 1] > every[:, 3]
        every[turned] = every[turned][:, [2, 3, 0, 1]]
        first = np.searchsorted(owner[~level], np.arange(len(self._boxes) + 1))
        self._slabs, self._edge_first, self._edges = build_slabs(every[~level], first, self._boxes)
        low, high = self._boxes[:, :2].min(axis=0), self._boxes[:, 2:].max(axis=0)
        self._across = max(1, min(2048, int(4.0 * len(self._boxes) ** 0.5)))
        self._corner = low
        self._size = np.maximum((high - low) * (1 + 1e-12) / self._across, 1e-300)
        # the same arithmetic as for a point, so that rounding puts a box and its points into the same cells
        cells = ((self._boxes - np.tile(low, 2)) / np.tile(self._size, 2)).astype(np.int64)
        self._first, self._candidates = build_grid(np.clip(cells, 0, self._across - 1), self._across)

    def locate(self, points: npt.ArrayLike) -> npt.NDArray[np.int32]:
        """The number of the area each point (x, y) lies in; -1 outside all areas and for missing
        coordinates."""
        asked = np.ascontiguousarray(points, dtype=float).reshape(-1, 2)
        return locate(
            asked,
            self._corner,
            self._size,
            self._across,
            self._first,
            self._candidates,
            self._boxes,
            self._slabs,
            self._edge_first,
            self._edges,
        )


def _rings(area: npt.ArrayLike | Sequence[npt.ArrayLike]) -> list[npt.ArrayLike]:
    if isinstance(area, np.ndarray):
        return [area]
    parts: list[npt.ArrayLike] = list(area)  # type: ignore[arg-type]
    return [np.asarray(parts)] if np.ndim(parts[0]) == 1 else parts


def points_in_areas(
    points: npt.ArrayLike, areas: Sequence[npt.ArrayLike | Sequence[npt.ArrayLike]]
) -> npt.NDArray[np.int32]:
    """Which area each point lies in; ``AreaIndex`` when the same areas are asked again.

    >>> points_in_areas([[0.2, 0.2]], [[[0, 0], [1, 0], [0, 1]]]).tolist()
    [0]
    """
    return AreaIndex(areas).locate(points)
