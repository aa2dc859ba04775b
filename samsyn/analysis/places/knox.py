"""Do events come back near and soon? The near-repeat question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt
from scipy import special

from samsyn.analysis.errors import Unusable
from samsyn.analysis.executor import Executor, run, shares
from samsyn.analysis.kernels.knox import WIDTH, close_pairs, shuffled_counts
from samsyn.analysis.verdicts import FEW_EVENTS, Verdict

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class NearRepeat:
    """Pairs close in both space and time beside what shuffled times give."""

    pairs: int
    close_in_space: int
    close_in_time: int
    observed: int
    expected: float
    p_poisson: float  # P(X >= observed), Knox 1964
    p_value: float  # by permutation
    ratio: float
    verdict: Verdict


def _sorted_by_cells(points: Array, reach: float) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int32], int]:
    low = points.min(axis=0)
    cell = ((points - low) / reach).astype(np.int64) + 1
    across = int(cell[:, 1].max()) + 2
    key = cell[:, 0] * across + cell[:, 1]
    order = np.argsort(key, kind="stable")
    starts = np.searchsorted(key[order], np.arange((int(cell[:, 0].max()) + 2) * across + 1)).astype(np.int32)
    return order, starts, across


def _close(points: Array, reach: float) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int32]]:
    # cells no smaller than the reach, and not many more of them than points
    span = np.ptp(points, axis=0)
    side = max(
        reach, float(np.sqrt(max(span[0] * span[1], 1e-300) / (4.0 * len(points)))), float(span.max()) / 4e4
    )
    order, starts, across = _sorted_by_cells(points, side * (1 + 1e-12))
    x, y = np.ascontiguousarray(points[order, 0]), np.ascontiguousarray(points[order, 1])
    room = np.empty((2, max(16, 8 * len(points))), dtype=np.int32)
    found = close_pairs(x, y, starts, across, reach, room)
    if found > room.shape[1]:
        room = np.empty((2, found), dtype=np.int32)
        close_pairs(x, y, starts, across, reach, room)
    return order, room[:, :found]


def _pairs_close_in_time(times: Array, reach: float) -> int:
    ordered = np.sort(times)
    return int(
        (np.searchsorted(ordered, ordered + reach, side="right") - np.arange(1, ordered.size + 1)).sum()
    )


def knox(
    points: npt.ArrayLike,
    times: npt.ArrayLike,
    *,
    distance: float,
    days: float,
    seed: int,
    permutations: int = 999,
    executor: Executor | None = None,
) -> NearRepeat:
    """Are more pairs close in both space and time than chance gives?

    Parameters
    ----------
    points : (n, 2), metres; times : (n,), days (whole days, or finer: then thirty-thousandths of the span
        are kept).
    distance, days : a pair is close up to and including these. seed : of the shuffles,
        each of which has its own draws. executor : where they are made.

    The verdict needs a permutation p-value of at most 5 %, one-sided; ``TOO_FEW`` below 20 events or when
    fewer than five pairs are close in space. Source: Knox (1964); Mantel (1967). Cost: O(pairs close in
    space · permutations).

    >>> found = knox([[0, 0], [1, 0], [50, 0], [51, 1]], [1, 2, 9, 30], distance=5, days=3, seed=1)
    >>> found.observed, found.close_in_space, found.close_in_time, found.verdict.value
    (1, 2, 1, 'too_few')
    """
    where = np.ascontiguousarray(points, dtype=float).reshape(-1, 2)
    when = np.asarray(times, dtype=float)
    if (
        where.shape[0] != when.size
        or not bool(np.all(np.isfinite(where)))
        or not bool(np.all(np.isfinite(when)))
    ):
        raise Unusable("groups_differ", "Every event needs a known place and time.")
    if not (distance > 0 and days >= 0):
        raise Unusable("reach_unusable", "Distance must be above zero and days zero or more.")
    n = when.size
    if n < 2:
        return NearRepeat(0, 0, 0, 0, 0.0, 1.0, 1.0, np.nan, Verdict.TOO_FEW)
    order, pairs = _close(where, distance)
    labels, reach = _small_times(when[order], days)
    first, second = pairs[0], pairs[1]
    observed = int((np.abs(labels[first].astype(np.int32) - labels[second]) <= reach).sum())
    total = n * (n - 1) // 2
    in_time = _pairs_close_in_time(labels.astype(float), reach)
    expected = pairs.shape[1] * in_time / total
    work = partial(shuffled_counts, first, second, labels, reach, seed)
    drawn = np.concatenate(list(run(work, shares(permutations, executor, of=WIDTH), executor)))
    p_value = (1 + int((drawn >= observed).sum())) / (permutations + 1)
    if n < FEW_EVENTS or pairs.shape[1] < 5:
        verdict = Verdict.TOO_FEW
    else:
        verdict = Verdict.MORE if p_value <= 0.05 else Verdict.CANNOT_SAY
    return NearRepeat(
        pairs=total,
        close_in_space=pairs.shape[1],
        close_in_time=in_time,
        observed=observed,
        expected=expected,
        p_poisson=float(special.gammainc(observed, expected)) if observed > 0 and expected > 0 else 1.0,
        p_value=p_value,
        ratio=observed / expected if expected > 0 else np.nan,
        verdict=verdict,
    )


def _small_times(times: Array, days: float) -> tuple[npt.NDArray[np.int16], int]:
    """Times as 16-bit whole numbers; whole days stay exact, finer times are cut into thirty thousand
    steps."""
    since = times - times.min()
    span = float(since.max())
    if span <= 30_000 and bool(np.all(since == np.round(since))):
        return since.astype(np.int16), int(min(np.floor(days), 30_000))
    unit = span / 30_000
    return np.round(since / unit).astype(np.int16), int(min(np.floor(days / unit), 30_000))


def near_repeat_bands(
    points: npt.ArrayLike,
    times: npt.ArrayLike,
    *,
    distances: Sequence[float],
    days: Sequence[float],
    seed: int,
    permutations: int = 999,
    executor: Executor | None = None,
) -> tuple[tuple[NearRepeat, ...], ...]:
    """How far and how long does a near repeat reach? One Knox test per distance and time limit, from near
    to far.

    Limits are cumulative (up to and including), so that bands are differences; p-values are not corrected
    here: choose the limits before looking, or correct with ``false_discovery``.

    >>> bands = near_repeat_bands([[0, 0], [1, 0], [9, 0]], [1, 2, 9], distances=[2, 10], days=[1, 8], seed=1)
    >>> [[one.observed for one in row] for row in bands]
    [[1, 1], [1, 3]]
    """
    return tuple(
        tuple(
            knox(
                points,
                times,
                distance=far,
                days=long,
                seed=seed,
                permutations=permutations,
                executor=executor,
            )
            for long in days
        )
        for far in distances
    )
