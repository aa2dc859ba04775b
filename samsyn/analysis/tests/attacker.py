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
    aim[list(target)] = 1
    limits = []
    for sign in (1.0, -1.0):
        found = optimize.milp(
            sign * aim,
            constraints=optimize.LinearConstraint(np.array(rows), low, high),
            integrality=np.ones(finest.size, dtype=np.int64),
            bounds=optimize.Bounds(0, float(finest.sum()) + 50),
        )
        assert found.status == 0, found.message
        limits.append(float(aim @ np.round(found.x)))
    return limits[0], limits[1]


def narrowest(
    finest: np.ndarray, tables: Sequence[PublishedTable], *, threshold: int, floor: float
) -> tuple[float, frozenset[int]] | None:
    """The published cell below the threshold that the attacker knows best, and how wide its interval is."""
    found = None
    for cell in {cell for table in tables for cell in table.cells}:
        if 0 < finest[list(cell)].sum() < threshold:
            low, high = interval(finest, tables, cell, floor=floor)
            if found is None or high - low < found[0]:
                found = (high - low, cell)
    return found
