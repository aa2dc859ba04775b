"""Which area a point lies in: a grid of candidate areas, and the few edges of each at the point's height."""

from __future__ import annotations

import numba
import numpy as np
import numpy.typing as npt

from samsyn.analysis.kernels.compile import compiled, compiled_parallel

Array = npt.NDArray[np.float64]
Places = npt.NDArray[np.int32]
Offsets = npt.NDArray[np.int64]
EDGES_PER_SLAB = 4


@compiled
def build_slabs(edges: Array, first: Offsets, boxes: Array) -> tuple[Offsets, Offsets, Array]:
    """Per area: horizontal slabs, and in each the edges (x, y, x, y; lower end first) that pass through it.

    Returns the first slab of every area, the first edge of every slab, and the edges slab by slab.
    """
    areas = first.size - 1
    slab_first = np.zeros(areas + 1, np.int64)
    for a in range(areas):
        slab_first[a + 1] = slab_first[a] + max(1, (first[a + 1] - first[a]) // EDGES_PER_SLAB)
    counts = np.zeros(slab_first[-1] + 1, np.int64)
    for fill in range(2):
        if fill == 1:
            edge_first = np.cumsum(counts)
            place = edge_first[:-1].copy()
            out = np.empty((edge_first[-1], 4))
        for a in range(areas):
            number = slab_first[a + 1] - slab_first[a]
            height = (boxes[a, 3] - boxes[a, 1]) / number
            for e in range(first[a], first[a + 1]):
                low = int((edges[e, 1] - boxes[a, 1]) / height) if height > 0 else 0
                high = int((edges[e, 3] - boxes[a, 1]) / height) if height > 0 else 0
                low, high = min(max(low - 1, 0), number - 1), min(high + 1, number - 1)
                for s in range(low, high + 1):
                    bottom, top = boxes[a, 1] + s * height, boxes[a, 1] + (s + 1) * height
                    slack = 1e-9 * (abs(bottom) + abs(top) + height)
                    if edges[e, 1] <= top + slack and edges[e, 3] >= bottom - slack:
                        if fill == 0:
                            counts[slab_first[a] + s + 1] += 1
                        else:
                            out[place[slab_first[a] + s]] = edges[e]
                            place[slab_first[a] + s] += 1
    return slab_first, edge_first, out


@compiled
def build_grid(cells: Offsets, across: int) -> tuple[Offsets, Places]:
    """Candidate areas of every grid cell: first place per cell, and the areas. ``cells`` is (areas, 4) cell
    ranges."""
    counts = np.zeros(across * across + 1, np.int64)
    for fill in range(2):
        if fill == 1:
            first = np.cumsum(counts)
            place = first[:-1].copy()
            out = np.empty(first[-1], np.int32)
        for a in range(cells.shape[0]):
            for i in range(cells[a, 0], cells[a, 2] + 1):
                for j in range(cells[a, 1], cells[a, 3] + 1):
                    if fill == 0:
                        counts[i * across + j + 1] += 1
                    else:
                        out[place[i * across + j]] = a
                        place[i * across + j] += 1
    return first, out


@compiled
def _inside(
    x: float,
    y: float,
    area: int,
    boxes: Array,
    slab_first: Offsets,
    edge_first: Offsets,
    edges: Array,
    upper: bool,
) -> bool:
    """Half-open: a border belongs to the area above and to the right of it, or (``upper``) below and to the
    left."""
    number = slab_first[area + 1] - slab_first[area]
    height = boxes[area, 3] - boxes[area, 1]
    slab = min(int((y - boxes[area, 1]) / height * number), number - 1) if height > 0 else 0
    at = slab_first[area] + max(slab, 0)
    odd = False
    for e in range(edge_first[at], edge_first[at + 1]):
        x0, y0, x1, y1 = edges[e, 0], edges[e, 1], edges[e, 2], edges[e, 3]
        if upper:
            if y0 < y and y <= y1 and x <= (x1 - x0) * ((y - y0) / (y1 - y0)) + x0:
                odd = not odd
        elif y0 <= y and y < y1 and x < (x1 - x0) * ((y - y0) / (y1 - y0)) + x0:
            odd = not odd
    return odd


@compiled_parallel
def locate(
    points: Array,
    corner: Array,
    size: Array,
    across: int,
    cell_first: Offsets,
    candidates: Places,
    boxes: Array,
    slab_first: Offsets,
    edge_first: Offsets,
    edges: Array,
) -> Places:
    """The area of every point, or -1. O(edges at the point's height) per point."""
    out = np.full(points.shape[0], -1, np.int32)
    for p in numba.prange(points.shape[0]):
        x, y = points[p, 0], points[p, 1]
        if not (x >= corner[0] and y >= corner[1]):
            continue
        i, j = int((x - corner[0]) / size[0]), int((y - corner[1]) / size[1])
        if i >= across or j >= across:
            continue
        for rule in range(2):
            for c in range(cell_first[i * across + j], cell_first[i * across + j + 1]):
                a = candidates[c]
                boxed = boxes[a, 0] <= x <= boxes[a, 2] and boxes[a, 1] <= y <= boxes[a, 3]
                if boxed and _inside(x, y, a, boxes, slab_first, edge_first, edges, rule == 1):
                    out[p] = a
                    break
            if out[p] >= 0:
                break
    return out
