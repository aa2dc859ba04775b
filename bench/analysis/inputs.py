"""The tables and points that both sides get: made once per row from a seed, kept in a file."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy.spatial import cKDTree

Inputs = dict[str, np.ndarray]


def grid(n: int, seed: int, *, permutations: int = 0, whole: bool = True) -> Inputs:
    """Counts on a square grid with one warm corner; with decimals when ``whole`` is off."""
    rng = np.random.default_rng(seed)
    side = round(n**0.5)
    level = np.full((side, side), 2.0)
    warm = slice(side // 4, side // 4 + max(3, side // 20))
    level[warm, warm] = 8.0
    table = rng.poisson(level).astype(float)
    return {"y": table if whole else table + rng.random(table.shape), "permutations": np.array(permutations)}


def events(n: int, seed: int) -> Inputs:
    """Points around forty centres in a square of 25 km, and the 500 nodes each way of the surface."""
    rng = np.random.default_rng(seed)
    centres = rng.uniform(3_000, 22_000, (40, 2))
    where = np.clip(centres[rng.integers(0, 40, n)] + rng.normal(0, 900, (n, 2)), 0, 25_000)
    axis = np.linspace(-1_500, 26_500, 500)
    return {
        "points": where,
        "axis": axis,
        "bandwidth": np.array(300.0),
        "probe": rng.integers(0, 500, (200, 2)),
    }


def areas_over_time(n: int, seed: int, *, replications: int, prospective: bool) -> Inputs:
    """Monthly counts of n areas over five years; twelve areas have twice as many in the last months."""
    rng = np.random.default_rng(seed)
    where, people = rng.uniform(0, 100, (n, 2)), rng.integers(700, 2_700, n).astype(float)
    level = people[:, None] / people.sum() * n * 0.4 * np.ones((1, 60))
    level[np.argsort(((where - where[0]) ** 2).sum(axis=1))[:12], 55:] *= 2.2
    near = cKDTree(where).query(where, 50)[1].astype(np.int32)
    return {
        "counts": rng.poisson(level).astype(np.int32),
        "people": people,
        "points": where,
        "near": near,
        "replications": np.array(replications),
        "prospective": np.array(prospective),
    }


def burglaries(n: int, seed: int) -> Inputs:
    """Events of three years, most of them in sixty towns; one in twenty is near and soon after another."""
    rng = np.random.default_rng(seed)
    where = rng.uniform(0, 20_000, (n, 2))
    towns, inside = rng.uniform(1_000, 19_000, (60, 2)), rng.random(n) < 0.7
    where[inside] = towns[rng.integers(0, 60, inside.sum())] + rng.normal(0, 600, (inside.sum(), 2))
    when = rng.integers(0, 1_095, n).astype(float)
    source, again = rng.integers(0, n, n // 20), rng.choice(n, n // 20, replace=False)
    where[again] = where[source] + rng.normal(0, 60, (n // 20, 2))
    when[again] = np.clip(when[source] + rng.integers(0, 10, n // 20), 0, 1_094)
    return {"points": np.round(where, 1), "times": when, "permutations": np.array(999)}


def tessellation(n: int, seed: int, *, side: int = 77, vertices: int = 25) -> Inputs:
    """Points in a square of 100 km that is cut into side x side areas with crooked shared borders."""
    rng = np.random.default_rng(seed)
    x, y = np.meshgrid(np.arange(side + 1.0), np.arange(side + 1.0), indexing="ij")
    x[1:-1] += rng.uniform(-0.25, 0.25, (side - 1, side + 1))
    y[:, 1:-1] += rng.uniform(-0.25, 0.25, (side + 1, side - 1))

    def border(one: tuple[float, float], other: tuple[float, float]) -> np.ndarray:
        along = np.linspace(0, 1, vertices + 1)[:, None]
        step = np.subtract(other, one)
        aside = np.zeros((vertices + 1, 1))
        aside[1:-1, 0] = rng.uniform(-0.02, 0.02, vertices - 1)
        return one + along * step + aside * np.array([-step[1], step[0]])

    level = {
        (i, j): border((x[i, j], y[i, j]), (x[i + 1, j], y[i + 1, j]))
        for i in range(side)
        for j in range(side + 1)
    }
    upright = {
        (i, j): border((x[i, j], y[i, j]), (x[i, j + 1], y[i, j + 1]))
        for i in range(side + 1)
        for j in range(side)
    }
    rings = [
        np.vstack([level[i, j][:-1], upright[i + 1, j][:-1], level[i, j + 1][::-1][:-1], upright[i, j][::-1]])
        for i in range(side)
        for j in range(side)
    ]
    scale = 100_000 / side
    return {"points": rng.uniform(1_000, 99_000, (n, 2)), "rings": np.stack(rings) * scale}


def table(_: int, seed: int, *, shape: tuple[int, ...], mean: float) -> Inputs:
    """Counts whose rows and columns differ a lot in size; counts from 1 to 4 are too small to show."""
    rng = np.random.default_rng(seed)
    scale = np.ones((1,) * len(shape))
    for place, size in enumerate(shape):
        turned = [-1 if place == other else 1 for other in range(len(shape))]
        scale = scale * rng.gamma(0.8 if place == 0 else 1.5, 1, size).reshape(turned)
    return {"y": rng.poisson(scale / scale.mean() * mean).astype(float), "width": np.array(5.0)}


def series(n: int, seed: int, *, months: int = 120) -> Inputs:
    """Monthly counts with season, trend and, in the first fiftieth of the series, an outbreak at the end."""
    rng = np.random.default_rng(seed)
    base = rng.gamma(1.2, 4, n)[:, None]
    season = 1 + 0.3 * np.sin(2 * np.pi * (np.arange(months)[None] / 12 + rng.random((n, 1))))
    level = base * season * np.exp(rng.normal(0, 0.002, (n, 1)) * np.arange(months))
    level[: n // 50, -6:] *= 2.5
    counts = rng.negative_binomial(8, 8 / (8 + level)).astype(float)
    counts[counts[:, :-24].sum(axis=1) == 0, 0] = 1  # a past without any event has no mean for the peers
    return {"y": counts}


def panel(n: int, seed: int, *, periods: int = 30) -> Inputs:
    """Rates of n places that follow three common paths, each in its own measure; the first falls."""
    rng = np.random.default_rng(seed)
    paths = np.cumsum(rng.normal(0, 1, (3, periods)), axis=1)
    values = 30 + rng.dirichlet(np.ones(3), n) * 4 @ paths + rng.normal(0, 0.4, (n, periods))
    values[0, 20:] -= 2.0
    return {"y": values, "at": np.array(20)}


Maker = Callable[..., Inputs]
