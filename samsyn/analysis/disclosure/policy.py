"""The partnership's own rule for what is too small to show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from samsyn.analysis.errors import Unusable

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Policy:
    """Threshold, protection and what an attacker is taken to know.

    A count from 1 to ``threshold - 1`` is hidden, and so well that nobody can place it inside an interval
    narrower than ``width``. ``zeros_shown`` says that zeros are published; then everybody knows that a
    hidden cell is at least 1. For amounts instead of counts: ``dominance`` (n, k) hides a sum of which the
    n largest contributors make up more than the share k, and ``prior_posterior`` p hides a sum from which
    the second largest could estimate the largest to within the share p.
    """

    threshold: int = 5
    width: float = 5.0
    zeros_shown: bool = True
    dominance: tuple[int, float] | None = None
    prior_posterior: float | None = None

    def __post_init__(self) -> None:
        if self.threshold < 1 or self.width <= 0:
            raise Unusable(
                "policy_unusable", "A policy needs a threshold of 1 or more and a width above zero."
            )

    def unsafe(self, counts: npt.ArrayLike) -> Flags:
        """Which counts are too small to show.

        >>> Policy(threshold=5).unsafe([0, 1, 4, 5]).tolist()
        [False, True, True, False]
        """
        values = np.asarray(counts, dtype=float)
        return np.asarray((values > 0) & (values < self.threshold))

    def known_floor(self) -> float:
        """What an attacker knows a hidden cell to be at least."""
        return 1.0 if self.zeros_shown else 0.0

    def unsafe_sums(self, contributions: Sequence[npt.ArrayLike]) -> tuple[Flags, Array]:
        """Which sums are dominated by few contributors, and how wide an interval must be left for each.

        ``contributions`` holds each cell's amounts, one per contributor. Missing rules are not applied; the
        threshold looks at the number of contributors.

        >>> unsafe, width = Policy(threshold=3, dominance=(1, 0.85)).unsafe_sums([[90, 5, 5], [4, 3, 3], [7]])
        >>> unsafe.tolist(), width.round(1).tolist()
        ([True, False, True], [5.9, 0.0, 2.3])
        """
        unsafe = np.zeros(len(contributions), dtype=bool)
        width = np.zeros(len(contributions))
        for cell, amounts in enumerate(contributions):
            ordered = np.sort(np.asarray(amounts, dtype=float))[::-1]
            total = float(ordered.sum())
            if total <= 0:
                continue
            if ordered.size < self.threshold:
                unsafe[cell] = True
                width[cell] = max(width[cell], total / self.threshold)
            if self.dominance is not None:
                largest = float(ordered[: self.dominance[0]].sum())
                if largest > self.dominance[1] * total:
                    unsafe[cell] = True
                    width[cell] = max(width[cell], largest / self.dominance[1] - total)
            if self.prior_posterior is not None:
                rest = total - float(ordered[:2].sum())
                if rest < self.prior_posterior * float(ordered[0]):
                    unsafe[cell] = True
                    width[cell] = max(width[cell], self.prior_posterior * float(ordered[0]) - rest)
        return unsafe, np.where(unsafe, np.maximum(width, 1e-6), 0.0)
