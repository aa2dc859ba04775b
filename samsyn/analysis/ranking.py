"""Which problems first? A weighted ranking that shows how much it hangs on the weights."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import stats

from samsyn.analysis.errors import Unusable, checked_level
from samsyn.analysis.regression import Array


@dataclass(frozen=True, slots=True)
class TurningPoint:
    """The weight of one criterion at which another option takes the lead, the others keeping their
    proportions."""

    criterion: int
    weight: float
    leader: int


@dataclass(frozen=True, slots=True)
class Priorities:
    """Options in order with their value (0-1), and what happens to the order when the weights are others."""

    order: tuple[int, ...]
    value: Array
    tied_first: bool
    rank_low: npt.NDArray[np.int64]  # over the weights drawn
    rank_high: npt.NDArray[np.int64]
    first_share: Array  # how often each option is first
    turning_points: tuple[TurningPoint, ...]


def prioritise(
    scores: npt.ArrayLike,
    weights: npt.ArrayLike,
    *,
    seed: int,
    scale: tuple[float, float] = (0.0, 1.0),
    draws: int = 10_000,
    firmness: float = 30.0,
    level: float = 0.90,
) -> Priorities:
    """Rank options by weighted scores, and say how sure that order is.

    Parameters
    ----------
    scores : (options, criteria) between the ends of ``scale``, higher is more urgent; all known.
    weights : (criteria,), zero or more; only proportions matter.
    firmness : weights are drawn from a Dirichlet distribution around the given ones; 30 lets a weight of 0.3
        vary between about 0.15 and 0.47. level : share of the draws that the rank interval holds.

    Source: weighted sum with stochastic acceptability (Lahdelma and Salminen 2001); turning points are exact.
    Cost: O(draws · options · criteria).

    >>> found = prioritise([[0.9, 0.2], [0.5, 0.7], [0.1, 0.1]], [0.5, 0.5], seed=3)
    >>> found.order, [(turn.criterion, round(turn.weight, 3)) for turn in found.turning_points]
    ((1, 0, 2), [(0, 0.556), (1, 0.444)])
    """
    checked_level(level)
    table = (np.asarray(scores, dtype=float) - scale[0]) / (scale[1] - scale[0])
    weight = np.asarray(weights, dtype=float)
    if table.ndim != 2 or weight.shape != (table.shape[1],) or table.shape[0] == 0:
        raise Unusable("groups_differ", "Scores need one row per option and one column per weight.")
    if bool(np.any(~((table >= 0) & (table <= 1)))):
        raise Unusable("score_outside_scale", "Every score must lie on the scale.", {"scale": scale})
    if bool(np.any(~(weight >= 0))) or weight.sum() <= 0:
        raise Unusable("weights_unusable", "Weights must be zero or more, and not all zero.")
    weight = weight / weight.sum()
    value = table @ weight
    order = np.argsort(-value, kind="stable")
    used = weight > 0
    drawn = np.zeros((draws, weight.size))
    drawn[:, used] = np.random.default_rng(seed).dirichlet(weight[used] * firmness, size=draws)
    values = drawn @ table.T
    ranks = stats.rankdata(-np.round(values, 12), method="min", axis=1)
    tail = (1.0 - level) / 2.0
    return Priorities(
        order=tuple(int(one) for one in order),
        value=value,
        tied_first=table.shape[0] > 1 and bool(value[order[0]] - value[order[1]] < 1e-12),
        rank_low=np.quantile(ranks, tail, axis=0, method="lower").astype(np.int64),
        rank_high=np.quantile(ranks, 1.0 - tail, axis=0, method="higher").astype(np.int64),
        first_share=(ranks == 1).mean(axis=0),
        turning_points=tuple(_turning_points(table, weight, int(order[0]))),
    )


def _turning_points(table: Array, weight: Array, leader: int) -> list[TurningPoint]:
    """For each criterion the nearest weight, up or down, where another option draws level with the leader."""
    points = []
    for criterion in range(weight.size):
        others = np.delete(weight, criterion)
        if others.sum() == 0:
            continue
        rest = np.delete(table, criterion, axis=1) @ (others / others.sum())
        own = table[:, criterion]
        # value(w) = w * own + (1 - w) * rest is a straight line for every option
        gap_own, gap_rest = own[leader] - own, rest[leader] - rest
        with np.errstate(divide="ignore", invalid="ignore"):
            crossing = gap_rest / (gap_rest - gap_own)
        for side in (-1.0, 1.0):
            beyond = (crossing - weight[criterion]) * side > 1e-12
            there = np.flatnonzero((crossing >= 0) & (crossing <= 1) & beyond)
            there = there[there != leader]
            if there.size:
                nearest = there[np.argmin(np.abs(crossing[there] - weight[criterion]))]
                points.append(TurningPoint(criterion, float(crossing[nearest]), int(nearest)))
    return points
