"""A mixture of places for every place of a panel, by a general programme and by least squares by hand."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

Inputs = dict[str, np.ndarray]
Results = dict[str, np.ndarray | float]
Run = Callable[[], Results]


def _ranked(inputs: Inputs, weights_of: Callable[[np.ndarray, np.ndarray], np.ndarray]) -> Results:
    """The treated place's differences (row 0), and its rank among all by the error after over that before."""
    y, at = inputs["y"], int(inputs["at"])
    gaps = np.empty_like(y)
    for place in range(len(y)):
        pool = np.delete(y, sorted({0, place}), axis=0)
        gaps[place] = y[place] - weights_of(y[place, :at], pool[:, :at]) @ pool
    before, after = (np.sqrt((part**2).mean(axis=1)) for part in (gaps[:, :at], gaps[:, at:]))
    ratio = after / before
    return {"gap": gaps[0], "p": float((ratio >= ratio[0] * (1 - 1e-12)).mean())}


def cvxpy(inputs: Inputs) -> Run:
    import cvxpy as cp

    def weights_of(target: np.ndarray, others: np.ndarray) -> np.ndarray:
        weights = cp.Variable(len(others), nonneg=True)
        aim = cp.Minimize(cp.sum_squares(others.T @ weights - target))
        cp.Problem(aim, [cp.sum(weights) == 1]).solve(solver=cp.CLARABEL)
        return np.asarray(weights.value)

    return lambda: _ranked(inputs, weights_of)


def plain_mixtures(inputs: Inputs) -> Run:
    from scipy.optimize import nnls

    def weights_of(target: np.ndarray, others: np.ndarray) -> np.ndarray:
        heavy = 1e4 * float(np.abs(others).max())  # the sum of one as a row that weighs more than the rest
        rows = np.vstack([others.T, np.full(len(others), heavy)])
        return nnls(rows, np.append(target, heavy))[0]

    return lambda: _ranked(inputs, weights_of)
