"""Which places are like ours? Compared on what they are, never on the crime that is to be compared."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from samsyn.analysis.errors import Unusable


@dataclass(frozen=True, slots=True)
class SimilarPlaces:
    """The nearest places in order, how far away, and which differences make up the distance."""

    places: tuple[int, ...]
    distance: npt.NDArray[np.float64]
    parts: npt.NDArray[np.float64]  # (places, features): each feature's share of the squared distance


def similar_places(
    features: npt.ArrayLike, place: int, *, number: int = 7, weights: npt.ArrayLike | None = None
) -> SimilarPlaces:
    """The ``number`` places most like ``place``.

    Features are put on one scale by median and interquartile range, so that three big cities do not set it;
    the distance is the weighted root mean square over the features both places have. A place with fewer than
    half of the features is never chosen. Ties keep the order of the table.

    Parameters
    ----------
    features : (places, features), NaN where unknown; take logarithms of sizes first. weights : (features,).

    Cost: O(places · features).

    >>> similar_places([[1.0, 5], [9.0, 1], [1.1, 5.2], [2.0, 4]], 0, number=2).places
    (2, 3)
    """
    table = np.asarray(features, dtype=float)
    if table.ndim != 2 or not 0 <= place < table.shape[0]:
        raise Unusable("groups_differ", "Features need one row per place.", {"place": place})
    weight = np.ones(table.shape[1]) if weights is None else np.asarray(weights, dtype=float)
    if weight.shape != (table.shape[1],) or bool(np.any(weight < 0)) or weight.sum() == 0:
        raise Unusable("weights_unusable", "Weights must be zero or more, one per feature.")
    quarter, three_quarters = np.nanquantile(table, [0.25, 0.75], axis=0)
    wide = np.where(three_quarters > quarter, three_quarters - quarter, np.nanstd(table, axis=0))
    scale = np.where(wide > 0, wide, 1.0)
    apart = weight * ((table - table[place]) / scale) ** 2
    shared = np.isfinite(apart)
    apart = np.where(shared, apart, 0.0)
    known = (shared * weight).sum(axis=1)
    distance = np.sqrt(apart.sum(axis=1) / np.where(known > 0, known, np.nan))
    distance[known < weight.sum() / 2.0] = np.inf
    distance[place] = np.inf
    order = np.argsort(distance, kind="stable")[:number]
    order = order[np.isfinite(distance[order])]
    sums = apart[order].sum(axis=1, keepdims=True)
    return SimilarPlaces(
        tuple(int(one) for one in order), distance[order], apart[order] / np.where(sums > 0, sums, 1.0)
    )
