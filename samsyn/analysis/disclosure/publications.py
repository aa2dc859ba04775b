"""Everything ever published about the same people, seen together: linked tables, other borders, earlier
versions."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from samsyn.analysis.disclosure.audit import Audit, audit
from samsyn.analysis.disclosure.cells import CellSystem
from samsyn.analysis.disclosure.policy import Flags, Policy
from samsyn.analysis.disclosure.suppression import Pattern, suppress
from samsyn.analysis.errors import Unusable


@dataclass(frozen=True, slots=True)
class PublishedTable:
    """A table as the public sees it: which finest cells each of its cells is the sum of, and which are
    hidden."""

    name: str
    cells: tuple[frozenset[int], ...]
    hidden: tuple[bool, ...]

    def __post_init__(self) -> None:
        if len(self.cells) != len(self.hidden) or any(not cell for cell in self.cells):
            raise Unusable("groups_differ", "Every cell needs its finest cells and whether it is hidden.")


@dataclass(frozen=True, slots=True)
class Together:
    """All tables as one cell system; ``places[table][cell]`` is where a table's cell stands in it."""

    system: CellSystem
    shown: Flags
    places: tuple[tuple[int, ...], ...]


def together(finest: npt.ArrayLike, tables: Sequence[PublishedTable]) -> Together:
    """Tie tables over the same people into one system.

    Finest cells that every table treats alike become one class, so that the system grows with the number of
    different cuts and not with the number of finest cells. Classes that no table lists are in the system as
    well: what can be computed by subtracting two tables is found there. A cell shown in one table is shown,
    whatever another hides.

    Parameters
    ----------
    finest : (finest cells,) true counts. Cost: O(finest cells · published cells) bits.
    """
    counts = np.asarray(finest, dtype=float)
    if bool(np.any(~np.isfinite(counts))) or bool(np.any(counts < 0)):
        raise Unusable("count_negative", "Cells must be known and zero or more.")
    distinct: dict[frozenset[int], int] = {}
    for table in tables:
        for cell in table.cells:
            if max(cell) >= counts.size or min(cell) < 0:
                raise Unusable(
                    "cell_unknown", "A table names a finest cell that does not exist.", {"table": table.name}
                )
            distinct.setdefault(cell, len(distinct))
    member = np.zeros((counts.size, len(distinct)), dtype=bool)
    for cell, column in distinct.items():
        member[list(cell), column] = True
    touched = np.flatnonzero(member.any(axis=1))
    classes, which = np.unique(member[touched], axis=0, return_inverse=True)
    sums = np.bincount(which.ravel(), weights=counts[touched], minlength=classes.shape[0])
    of_class: dict[int, int] = {}  # a published cell that is exactly one class needs no equation
    wide = []
    for column in range(len(distinct)):
        inside = np.flatnonzero(classes[:, column])
        if inside.size == 1:
            of_class[column] = int(inside[0])
        else:
            wide.append((column, inside))
    place = dict(of_class)
    rows, columns, signs = [], [], []
    values = list(sums)
    for row, (column, inside) in enumerate(wide):
        place[column] = len(values)
        rows += [row] * (inside.size + 1)
        columns += [*inside.tolist(), len(values)]
        signs += [1.0] * inside.size + [-1.0]
        values.append(float(sums[inside].sum()))
    size = len(values)
    equations = sparse.csr_matrix((signs, (rows, columns)), shape=(len(wide), size))
    listed, shown = np.zeros(size, dtype=bool), np.zeros(size, dtype=bool)
    for table in tables:
        for cell, hidden in zip(table.cells, table.hidden, strict=True):
            at = place[distinct[cell]]
            listed[at] = True
            shown[at] |= not hidden
    places = tuple(tuple(place[distinct[cell]] for cell in table.cells) for table in tables)
    return Together(CellSystem(np.asarray(values), equations, listed, (size,)), shown, places)


def audit_publications(finest: npt.ArrayLike, tables: Sequence[PublishedTable], policy: Policy) -> Audit:
    """What an attacker with all tables side by side can infer; cells are numbered as in ``together``.

    >>> old = PublishedTable("old borders", (frozenset({0, 1, 2}), frozenset({3})), (False, False))
    >>> new = PublishedTable("new borders", (frozenset({0, 1}), frozenset({2, 3})), (False, False))
    >>> audit_publications([6, 7, 2, 9], [old, new], Policy(threshold=5)).open_cells
    (OpenCell(cell=..., low=2.0, high=2.0),)
    """
    all_of_them = together(finest, tables)
    system = all_of_them.system
    hidden = system.listed & ~all_of_them.shown
    listed_zero = hidden & (system.values == 0)
    if policy.zeros_shown and bool(np.any(listed_zero)):
        raise Unusable("zero_hidden", "The policy shows zeros, but a zero is hidden.")
    return audit(system, hidden, policy)


def publish_next(
    finest: npt.ArrayLike,
    earlier: Sequence[PublishedTable],
    name: str,
    cells: Sequence[Collection[int]],
    policy: Policy,
) -> tuple[PublishedTable, Pattern]:
    """Hide in a new table what it would give away together with everything published before.

    What is out stays out: shown cells cannot be hidden again, so a table that cannot be protected is
    refused with Unusable ``cannot_protect``.

    >>> first, _ = publish_next([6, 7, 2, 9], [], "areas", [{0}, {1}, {2}, {3}, {0, 1, 2, 3}], Policy())
    >>> first.hidden
    (True, False, True, False, False)
    >>> second, _ = publish_next([6, 7, 2, 9], [first], "halves", [{0, 1}, {2, 3}], Policy())
    >>> second.hidden
    (True, True)
    """
    plain = PublishedTable(name, tuple(frozenset(cell) for cell in cells), tuple(False for _ in cells))
    all_of_them = together(finest, [*earlier, plain])
    system = all_of_them.system
    before, kept_hidden = np.zeros(system.values.size, dtype=bool), np.zeros(system.values.size, dtype=bool)
    for table, places in zip(earlier, all_of_them.places[:-1], strict=True):
        for at, hidden in zip(places, table.hidden, strict=True):
            before[at] |= not hidden
            kept_hidden[at] |= hidden
    pattern = suppress(system, policy, already_shown=before, already_hidden=kept_hidden & ~before)
    hidden_now = tuple(bool(pattern.hidden[at]) for at in all_of_them.places[-1])
    return PublishedTable(name, plain.cells, hidden_now), pattern
