"""Where and when was there a cluster, if anywhere? The scan over all circles and stretches of time."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt
from scipy.spatial import cKDTree

from samsyn.analysis.errors import Unusable, checked_level
from samsyn.analysis.executor import Executor, run, shares
from samsyn.analysis.kernels.scan import scan_replications, scan_zones
from samsyn.analysis.verdicts import FEW_EVENTS, Verdict

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Cluster:
    """Areas and periods with more events than their people explain; the p-value allows for all zones looked
    at."""

    areas: tuple[int, ...]
    first: int
    length: int
    observed: float
    expected: float
    relative_risk: float
    likelihood_ratio: float  # its logarithm
    p_value: float


@dataclass(frozen=True, slots=True)
class Scan:
    """The most likely cluster, further ones that do not overlap it, and what may be said."""

    clusters: tuple[Cluster, ...]
    replications: int
    verdict: Verdict


def scan(
    counts: npt.ArrayLike,
    population: npt.ArrayLike,
    points: npt.ArrayLike,
    *,
    seed: int,
    most_areas: int = 50,
    largest_share: float = 0.5,
    longest: int | None = None,
    prospective: bool = False,
    replications: int = 999,
    level: float = 0.95,
    most_clusters: int = 5,
    executor: Executor | None = None,
) -> Scan:
    """Kulldorff's scan statistic in space, or in space and time.

    Parameters
    ----------
    counts : (areas,) or (areas, periods). population : (areas,), constant over the periods. points :
        (areas, 2).
    most_areas, largest_share : a zone is an area and its nearest, up to this many and this share of the
        people.
    longest : periods of a window at most; default a half of them (all when there is one). prospective :
        only windows that last until now. executor : where the replications run, a quarter of each worker's
        share at a time.

    ``MORE`` when the first cluster's p-value is at most 1 - level; ``TOO_FEW`` below 20 events. Source:
    Kulldorff (1997, 2001). Cost: O(replications · (events + zones · periods · longest)), compiled, on all
    cores, seeded per replication.

    >>> found = scan([9, 8, 1, 1, 2], [9] * 5, [[0, 0], [1, 0], [5, 0], [6, 0], [7, 0]], seed=1)
    >>> found.clusters[0].areas, found.verdict.value
    ((0, 1), 'more')
    """
    checked_level(level)
    table = np.asarray(counts, dtype=float)
    table = table[:, None] if table.ndim == 1 else table
    people = np.asarray(population, dtype=float)
    where = np.asarray(points, dtype=float)
    if table.ndim != 2 or people.shape != (table.shape[0],) or where.shape != (table.shape[0], 2):
        raise Unusable("groups_differ", "Every area needs counts, a population and a point.")
    if bool(np.any(~(table >= 0))) or bool(np.any(~(people >= 0))) or people.sum() <= 0:
        raise Unusable("count_negative", "Counts and populations must be known and zero or more.")
    total, periods = float(table.sum()), table.shape[1]
    if total < FEW_EVENTS or table.shape[0] < 2:
        return Scan((), 0, Verdict.TOO_FEW)
    share = people / people.sum()
    window = longest if longest is not None else max(1, periods // 2)
    near, sizes, mass = zones(where, share, most_areas=most_areas, largest_share=largest_share)
    sums = np.pad(np.cumsum(table, axis=1), ((0, 0), (1, 0)))
    best = scan_zones(sums, near, sizes, mass, total, window, prospective)
    found = _separate_clusters(best, near, mass, sums, total, periods, most_clusters)
    if not found:
        return Scan((), 0, Verdict.CANNOT_SAY)
    cases = round(total)
    if cases * float(mass.max()) > 20_000:
        raise Unusable("too_many_events", "More than 20 000 events in a zone: compare rates instead.")
    work = partial(_replicated, seed, _Null(near, sizes, mass, share, cases, periods, window, prospective))
    drawn = np.sort(np.concatenate(list(run(work, shares(replications, executor), executor))))
    ranked = []
    for cluster in found:
        larger = replications - int(np.searchsorted(drawn, cluster.likelihood_ratio - 1e-9))
        ranked.append(
            Cluster(
                cluster.areas,
                cluster.first,
                cluster.length,
                cluster.observed,
                cluster.expected,
                cluster.relative_risk,
                cluster.likelihood_ratio,
                (1 + larger) / (1 + replications),
            )
        )
    clear = ranked[0].p_value <= 1.0 - level
    return Scan(tuple(ranked), replications, Verdict.MORE if clear else Verdict.CANNOT_SAY)


@dataclass(frozen=True, slots=True)
class _Null:
    """What every replication needs to know."""

    near: npt.NDArray[np.int32]
    sizes: npt.NDArray[np.int32]
    mass: Array
    share: Array
    cases: int
    periods: int
    window: int
    prospective: bool


def _replicated(seed: int, null: _Null, units: range) -> Array:
    """The largest likelihood ratio of each of these replications, in the order of their numbers."""
    return scan_replications(
        seed,
        units.start,
        len(units),
        null.near,
        null.sizes,
        null.mass,
        null.share,
        null.cases,
        null.periods,
        null.window,
        null.prospective,
    )


def zones(
    points: Array, share: Array, *, most_areas: int, largest_share: float
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32], Array]:
    """Nested circles: nearest areas of each area, how many of them a zone may hold, and the people's share
    inside."""
    k = min(most_areas, points.shape[0])
    near = cKDTree(points).query(points, k)[1].reshape(points.shape[0], k).astype(np.int32)
    mass = np.cumsum(share[near], axis=1)
    # a zone with nobody in it has no expectation: it starts with the first area that has people
    sizes = np.maximum((mass <= largest_share + 1e-12).sum(axis=1), 1).astype(np.int32)
    return near, sizes, np.maximum(mass, 1e-300)


def _separate_clusters(
    best: Array, near: npt.NDArray[np.int32], mass: Array, sums: Array, total: float, periods: int, most: int
) -> list[Cluster]:
    flat = best[:, :, 0].ravel()
    taken: set[int] = set()
    found: list[Cluster] = []
    for place in np.argsort(-flat, kind="stable")[: 200 * most]:
        if len(found) == most or flat[place] <= 0:
            break
        area, size = divmod(int(place), best.shape[1])
        inside = near[area, : size + 1]
        if taken & set(inside.tolist()):
            continue
        taken |= set(inside.tolist())
        first, length = int(best[area, size, 1]), int(best[area, size, 2])
        observed = float((sums[inside, first + length] - sums[inside, first]).sum())
        expected = float(mass[area, size] * total * length / periods)
        outside = (total - observed) / (total - expected) if total > expected else np.nan
        risk = observed / expected / outside if outside > 0 else np.inf
        areas = tuple(sorted(int(one) for one in inside))
        found.append(Cluster(areas, first, length, observed, expected, risk, float(flat[place]), np.nan))
    return found
