"""A smooth surface of how many events per area, and of risk where the people are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from samsyn.analysis.errors import Unusable
from samsyn.analysis.kernels.hotspots import bin_points

Array = npt.NDArray[np.float64]
FAR = 5.0  # bandwidths beyond the outermost point that a grid reaches when none is given


@dataclass(frozen=True, slots=True)
class Density:
    """Events per square unit at the nodes (x, y); sums to the number of events over the plane."""

    x: Array
    y: Array
    density: Array
    bandwidth: float
    events: float  # those on the grid


def _axes(points: Array, bandwidth: float, nodes: int) -> tuple[Array, Array]:
    low, high = points.min(axis=0) - FAR * bandwidth, points.max(axis=0) + FAR * bandwidth
    return np.linspace(low[0], high[0], nodes), np.linspace(low[1], high[1], nodes)


def _smoother(axis: Array, bandwidth: float) -> Array:
    apart = (axis[:, None] - axis[None, :]) / bandwidth
    return np.asarray(np.exp(-0.5 * apart * apart) / (bandwidth * np.sqrt(2 * np.pi)))


def density(
    points: npt.ArrayLike,
    bandwidth: float,
    *,
    x: npt.ArrayLike | None = None,
    y: npt.ArrayLike | None = None,
    nodes: int = 256,
    weights: npt.ArrayLike | None = None,
    inside: npt.ArrayLike | None = None,
) -> Density:
    """Gaussian kernel density on a grid.

    Points are spread linearly over the four nodes around them; the Gaussian is separable and not cut off,
    so mass is kept at any bandwidth and unit. With ``inside`` (flags per node) every point's mass is kept
    inside the study area: the surface is divided by the share of the kernel that falls inside (Diggle 1985).

    Parameters
    ----------
    points : (n, 2) in the unit of ``bandwidth``; weights : (n,). x, y : evenly spaced nodes; else ``nodes``
        each way, five bandwidths beyond the points.

    Raises Unusable when the bandwidth is below one step of the grid. Cost: O(n + nodes³).

    >>> found = density([[0.0, 0.0]], 1_000.0)
    >>> round(float(found.density.sum() * (found.x[1] - found.x[0]) * (found.y[1] - found.y[0])), 4)
    1.0
    """
    where = np.ascontiguousarray(points, dtype=float).reshape(-1, 2)
    if where.shape[0] == 0 or not bandwidth > 0:
        raise Unusable("no_events", "A density needs points and a bandwidth above zero.")
    if not bool(np.all(np.isfinite(where))):
        raise Unusable("groups_differ", "Every point needs two known coordinates.")
    if x is None or y is None:
        across, along = _axes(where, bandwidth, nodes)
    else:
        across, along = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    step = np.array([across[1] - across[0], along[1] - along[0]])
    if not (step > 0).all() or bandwidth < step.max():
        raise Unusable(
            "grid_too_coarse", "The bandwidth is smaller than the grid's step.", {"bandwidth": bandwidth}
        )
    weight = np.ones(1) if weights is None else np.ascontiguousarray(weights, dtype=float)
    corner = np.array([across[0], along[0]])
    mass = bin_points(where, weight, corner, step, across.size, along.size)
    one, other = _smoother(across, bandwidth), _smoother(along, bandwidth)
    events = float(mass.sum())
    if inside is not None:
        flags = np.asarray(inside, dtype=float)
        kept = one @ flags @ other.T * step[0] * step[1]
        mass = np.where(flags > 0, mass / np.maximum(kept, 1e-12), 0.0)
        return Density(across, along, (one @ mass @ other.T) * flags, bandwidth, events)
    return Density(across, along, one @ mass @ other.T, bandwidth, events)


def relative_risk(
    events: npt.ArrayLike,
    people: npt.ArrayLike,
    bandwidth: float,
    *,
    people_weights: npt.ArrayLike | None = None,
    nodes: int = 256,
    least: float = 0.05,
) -> Density:
    """How many times the average risk, where people (or other targets) are: density of events over that of
    people.

    Missing where the people's density is below ``least`` of its peak: too few people for a ratio (Bithell
    1990).

    >>> same = relative_risk([[0, 0], [4, 4]], [[0, 0], [4, 4]], 1.0)
    >>> round(float(np.nanmax(same.density)), 6), round(float(np.nanmin(same.density)), 6)
    (1.0, 1.0)
    """
    both = np.vstack([np.asarray(events, dtype=float), np.asarray(people, dtype=float)])
    if not bool(np.all(np.isfinite(both))):
        raise Unusable("groups_differ", "Every point needs two known coordinates.")
    x, y = _axes(both, bandwidth, nodes)
    top = density(events, bandwidth, x=x, y=y)
    bottom = density(people, bandwidth, x=x, y=y, weights=people_weights)
    enough = bottom.density > least * bottom.density.max()
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = (top.density / top.events) / (bottom.density / bottom.events)
    return Density(x, y, np.where(enough, ratio, np.nan), bandwidth, top.events)
