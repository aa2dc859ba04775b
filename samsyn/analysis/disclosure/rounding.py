"""Rounded counts: each by itself and at random, or together so that the table still adds up."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy import optimize, sparse

from samsyn.analysis.disclosure.cells import CellSystem
from samsyn.analysis.disclosure.policy import Array
from samsyn.analysis.errors import Unusable


def round_randomly(counts: npt.ArrayLike, *, base: int = 5, seed: int) -> Array:
    """Each count to one of its two neighbouring multiples, at random, so that its mean does not change.

    The same count in two tables may be rounded two ways and then be averaged out: round once, where the
    counts are kept. Source: Hundepool et al. (2012), sec. 5.4.3.

    >>> round_randomly([0, 5, 7], base=5, seed=2).tolist()
    [0.0, 5.0, 5.0]
    """
    values = np.asarray(counts, dtype=float)
    if base < 2 or bool(np.any(~(values >= 0))):
        raise Unusable("count_negative", "Rounding needs counts of zero or more and a base of 2 or more.")
    below = np.floor(values / base) * base
    up = np.random.default_rng(seed).random(values.shape) < (values - below) / base
    return np.asarray(below + base * up)


def round_together(system: CellSystem, *, base: int = 5) -> Array:
    """Round every cell to a neighbouring multiple so that all totals still hold, moving as little as
    possible.

    Controlled rounding (Cox 1987) as a whole-number programme. In tables of three or more dimensions it may
    not exist: then cells may move one multiple further. Raises Unusable when that does not help either.

    >>> from samsyn.analysis.disclosure.cells import cube, total_axis
    >>> system = cube([[1, 7], [3, 4]], [total_axis("row", 2), total_axis("column", 2)])
    >>> round_together(system, base=5).reshape(system.shape).tolist()
    [[0.0, 5.0, 5.0], [5.0, 5.0, 10.0], [5.0, 10.0, 15.0]]
    """
    values = system.values / base
    below, exact = np.floor(values), values == np.floor(values)
    size = values.size
    # columns: the multiple of every cell, then how far it is from the value
    for further in (0.0, 1.0):
        low = np.where(exact, below, np.maximum(below - further, 0.0))
        high = np.where(exact, below, below + 1.0 + further)
        eye = sparse.identity(size, format="csr")
        apart = sparse.vstack([sparse.hstack([eye, -eye]), sparse.hstack([-eye, -eye])])
        found = optimize.milp(
            np.concatenate([np.zeros(size), np.ones(size)]),
            constraints=[
                optimize.LinearConstraint(sparse.hstack([system.equations, 0 * system.equations]), 0, 0),
                optimize.LinearConstraint(apart, -np.inf, np.concatenate([values, -values])),
            ],
            integrality=np.concatenate([np.ones(size), np.zeros(size)]),
            bounds=optimize.Bounds(
                np.concatenate([low, np.zeros(size)]), np.concatenate([high, np.full(size, np.inf)])
            ),
        )
        if found.success:
            return np.asarray(np.abs(np.round(found.x[:size])) * base)  # never -0
    raise Unusable("cannot_round", "The table cannot be rounded so that all totals hold.")
