"""Many comparisons at once: how to keep chance from being called a finding."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

MANY = 20_000  # from here on sorting is what costs


def false_discovery(p_values: npt.ArrayLike, *, dependent: bool = False) -> npt.NDArray[np.float64]:
    """P-values adjusted so that of all places called different, an expected share at most that large is
    chance.

    Benjamini and Hochberg (1995), or Benjamini and Yekutieli (2001) when ``dependent``: always safe,
    stricter. Missing p-values stay missing and do not count. Shape is kept. Cost: O(n log n).

    >>> false_discovery([0.01, 0.02, 0.03, 0.5]).round(3).tolist()
    [0.04, 0.04, 0.04, 0.5]
    """
    given = np.asarray(p_values, dtype=float)
    flat = given.ravel()
    known = np.flatnonzero(np.isfinite(flat))
    adjusted = np.full(flat.shape, np.nan)
    if known.size >= MANY:
        from samsyn.analysis.kernels.multiple import step_up  # a notebook with few places needs no compiler

        factor = float((1.0 / np.arange(1, known.size + 1)).sum()) if dependent else 1.0
        if known.size == flat.size:
            return step_up(flat, factor).reshape(given.shape)
        adjusted[known] = step_up(flat[known], factor)
    elif known.size:
        order = known[np.argsort(flat[known], kind="stable")]
        number = known.size
        factor = float((1.0 / np.arange(1, number + 1)).sum()) if dependent else 1.0
        raised = flat[order] * factor * number / np.arange(1, number + 1)
        adjusted[order] = np.minimum(np.minimum.accumulate(raised[::-1])[::-1], 1.0)
    return adjusted.reshape(given.shape)
