"""The order of a few problems under coarse scores, also unknown ones. Plain Python, so pages may call it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from samsyn.analysis.errors import Unusable

SAME = 1e-9  # closer than this is a tie, not an order


@dataclass(frozen=True, slots=True)
class Place:
    """Where one option stands: its value (0-1) and its position, each as a range when scores are unknown."""

    low: float
    high: float
    best: int
    worst: int

    @property
    def is_one(self) -> bool:
        return self.best == self.worst


def places(
    scores: Sequence[Sequence[float | None]], weights: Sequence[float], *, slack: float = 0.0
) -> list[Place]:
    """Between which positions each option stands, whatever the unknown scores are.

    Parameters
    ----------
    scores : (options, criteria) between 0 and 1, higher is more urgent; ``None`` is unknown and may be
        anything on the scale. It is never counted as zero, nor as the middle.
    weights : (criteria,), zero or more; only proportions matter.
    slack : each weight may be this share lower or higher than given, independently of the others.

    Two options are compared at the weights and unknown scores that favour one of them, which is exact. The
    positions are made of these pairs: a range may be wider than the true one, never narrower, so an option
    with a single position keeps it. Raises ``Unusable`` for a score outside 0-1, for rows of another length
    than the weights, and for weights that are below zero or all zero. Ties share a position.

    Source: dominance under incomplete weights (Park and Kim 1997). Cost: O(options² · criteria).

    >>> [(one.best, one.worst) for one in places([[1, 0.5], [0.5, 0.5], [None, 0]], [1, 1])]
    [(1, 1), (2, 2), (2, 3)]
    """
    _check(scores, weights, slack)
    total = sum(weights)
    low = [[0.0 if one is None else float(one) for one in row] for row in scores]
    high = [[1.0 if one is None else float(one) for one in row] for row in scores]
    lightest = [weight * (1 - slack) for weight in weights]
    heaviest = [weight * (1 + slack) for weight in weights]

    def lead(one: int, other: int) -> float:
        """The most that one can be ahead of the other."""
        gaps = (top - bottom for top, bottom in zip(high[one], low[other], strict=True))
        return sum(
            gap * (up if gap > 0 else down) for gap, up, down in zip(gaps, heaviest, lightest, strict=True)
        )

    found = []
    for one in range(len(scores)):
        others = [other for other in range(len(scores)) if other != one]
        found.append(
            Place(
                low=sum(map(_times, weights, low[one])) / total,
                high=sum(map(_times, weights, high[one])) / total,
                best=1 + sum(lead(one, other) < -SAME for other in others),
                worst=1 + sum(lead(other, one) > SAME for other in others),
            )
        )
    return found


def _times(weight: float, score: float) -> float:
    return weight * score


def _check(scores: Sequence[Sequence[float | None]], weights: Sequence[float], slack: float) -> None:
    if any(len(row) != len(weights) for row in scores):
        raise Unusable("groups_differ", "Scores need one row per option and one column per weight.")
    if any(one is not None and not 0 <= one <= 1 for row in scores for one in row):
        raise Unusable("score_outside_scale", "Every score must lie on the scale.", {"scale": (0.0, 1.0)})
    if not all(weight >= 0 for weight in weights) or not sum(weights) > 0:
        raise Unusable("weights_unusable", "Weights must be zero or more, and not all zero.")
    if not 0 <= slack < 1:
        raise Unusable("slack_outside_0_1", "The slack is a share from 0 to below 1.", {"slack": slack})
