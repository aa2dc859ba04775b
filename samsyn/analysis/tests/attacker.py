"""An attacker that shares nothing with the audit: brute force for small tables, SciPy's integer solver for larger ones.

It knows every shown cell, that cells are whole numbers, that finest cells are zero or more, and (when zeros are shown)
that what is hidden is at least one.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy import optimize

from samsyn.analysis.disclosure.publications import PublishedTable


def interval(
    finest: np.ndarray, tables: Sequence[PublishedTable], target: frozenset[int], *, floor: float
) -> tuple[float, float]:
    """The smallest and largest count of ``target`` that agrees with everything shown."""
    least, most = (_extreme(finest, tables, target, sign, floor) for sign in (1.0, -1.0))
    cells = list(target)
    return float(least[cells].sum()), float(most[cells].sum())


def _extreme(
    finest: np.ndarray, tables: Sequence[PublishedTable], target: frozenset[int], sign: float, floor: float
) -> np.ndarray:
    """Finest cells that agree with everything shown and give ``target`` its least (1) or greatest (-1) count."""
    rows, low, high = [], [], []
    shown = {
        cell for table in tables for cell, hidden in zip(table.cells, table.hidden, strict=True) if not hidden
    }
    for cell in {cell for table in tables for cell in table.cells}:
        row = np.zeros(finest.size)
        row[list(cell)] = 1
        count = float(row @ finest)
        rows.append(row)
        low.append(count if cell in shown else floor)
        high.append(count if cell in shown else np.inf)
    aim = np.zeros(finest.size)
    aim[list(target)] = sign
    found = optimize.milp(
        aim,
        constraints=optimize.LinearConstraint(np.array(rows), low, high),
        integrality=np.ones(finest.size, dtype=np.int64),
        bounds=optimize.Bounds(0, float(finest.sum()) + 50),
    )
    assert found.status == 0, found.message
    return np.round(found.x)


def best_known(
    finest: np.ndarray, tables: Sequence[PublishedTable], *, threshold: int, floor: float, width: float
) -> tuple[float, frozenset[int]] | None:
    """A published cell below the threshold whose interval is narrower than ``width``, with its width; or None.

    Every answer that agrees with what is shown widens the intervals of all cells at once, so the solver is asked
    only about cells that the answers so far do not leave wide enough.
    """
    answers = [finest.astype(float)]
    for cell in {cell for table in tables for cell in table.cells}:
        within = list(cell)
        if not 0 < finest[within].sum() < threshold:
            continue
        for sign in (1.0, -1.0):
            counts = [answer[within].sum() for answer in answers]
            if max(counts) - min(counts) >= width:
                break
            answers.append(_extreme(finest, tables, cell, sign, floor))
        counts = [answer[within].sum() for answer in answers]
        if max(counts) - min(counts) < width:
            return max(counts) - min(counts), cell
    return None
