"""Cells and the equations between them: one table, a hierarchy, or many tables linked through the same
people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import prod

import numpy as np
import numpy.typing as npt
from scipy import sparse

from samsyn.analysis.disclosure.policy import Array, Flags
from samsyn.analysis.errors import Unusable


@dataclass(frozen=True, slots=True)
class Axis:
    """One dimension of a table: its finest categories, and groups of them (or of groups), the total among
    them."""

    name: str
    leaves: tuple[str, ...]
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def labels(self) -> tuple[str, ...]:
        """Finest categories first, then the groups in their order."""
        return (*self.leaves, *self.groups)

    def membership(self) -> Array:
        """(labels, leaves): which finest categories each label is the sum of."""
        places = {label: place for place, label in enumerate(self.labels)}
        rows = np.zeros((len(places), len(self.leaves)))
        rows[: len(self.leaves)] = np.eye(len(self.leaves))
        for label, parts in self.groups.items():
            for part in parts:
                if part not in places or places[part] >= places[label]:
                    raise Unusable(
                        "group_unknown", f"{part} must stand before {label}.", {"group": label, "part": part}
                    )
                rows[places[label]] += rows[places[part]]
        if rows.max(initial=0) > 1:
            raise Unusable(
                "group_twice", f"A group of {self.name} holds a category twice.", {"axis": self.name}
            )
        return rows


def total_axis(name: str, leaves: Sequence[str] | int) -> Axis:
    """An axis with nothing but a total above its categories.

    >>> total_axis("sex", ["women", "men"]).labels
    ('women', 'men', 'total')
    """
    labels = tuple(str(one) for one in range(leaves)) if isinstance(leaves, int) else tuple(leaves)
    return Axis(name, labels, {"total": labels})


@dataclass(frozen=True, slots=True)
class CellSystem:
    """True values, equations (each row sums to zero), and which cells are ever listed in a publication.

    ``listed`` is False for cells that only tie tables together. ``shape`` folds the cells back into a table.
    """

    values: Array
    equations: sparse.csr_matrix
    listed: Flags
    shape: tuple[int, ...]

    def __post_init__(self) -> None:
        apart = np.abs(self.equations @ self.values)
        if apart.size and float(apart.max()) > 1e-6 * max(1.0, float(np.abs(self.values).max())):
            raise Unusable("not_additive", "The cells do not add up to their totals.")


def cube(values: npt.ArrayLike, axes: Sequence[Axis]) -> CellSystem:
    """Every cell of a master table, with all groups and totals of all its dimensions.

    ``values`` has one entry per combination of finest categories. A pattern for the whole cube protects
    every table that is later cut out of it. Cost and memory: O(cells · dimensions).

    >>> system = cube([[20, 50, 10], [8, 19, 22], [17, 32, 12]], [total_axis("a", 3), total_axis("b", 3)])
    >>> system.shape, system.equations.shape, float(system.values[-1])
    ((4, 4), (8, 16), 190.0)
    """
    leaves = np.asarray(values, dtype=float)
    if leaves.shape != tuple(len(axis.leaves) for axis in axes):
        raise Unusable("groups_differ", "Values need one entry per combination of categories.")
    if bool(np.any(~np.isfinite(leaves))) or bool(np.any(leaves < 0)):
        raise Unusable("count_negative", "Cells must be known and zero or more.")
    full = leaves
    for place, axis in enumerate(axes):
        full = np.moveaxis(np.tensordot(axis.membership(), full, axes=(1, place)), 0, place)
    index = np.arange(full.size).reshape(full.shape)
    rows, columns, signs = [], [], []
    row = 0
    for place, axis in enumerate(axes):
        places = {label: number for number, label in enumerate(axis.labels)}
        lined = np.moveaxis(index, place, 0).reshape(len(places), -1)
        for label, parts in axis.groups.items():
            members = [places[part] for part in parts] + [places[label]]
            block = lined[members]  # (parts + 1, lines)
            rows.append((row + np.arange(block.shape[1]))[None, :].repeat(len(members), axis=0).ravel())
            columns.append(block.ravel())
            signs.append(np.repeat([*([1.0] * len(parts)), -1.0], block.shape[1]))
            row += block.shape[1]
    equations = sparse.csr_matrix(
        (np.concatenate(signs), (np.concatenate(rows), np.concatenate(columns))), shape=(row, full.size)
    ) if rows else sparse.csr_matrix((0, full.size))  # fmt: skip
    return CellSystem(full.ravel(), equations, np.ones(full.size, dtype=bool), full.shape)


def position(axes: Sequence[Axis], labels: Sequence[str]) -> int:
    """Where a cell of the cube stands.

    >>> position([total_axis("row", 3), total_axis("column", 3)], ["0", "total"])
    3
    """
    sizes = [len(axis.labels) for axis in axes]
    places = [axis.labels.index(label) for axis, label in zip(axes, labels, strict=True)]
    return int(np.ravel_multi_index(places, sizes)) if prod(sizes) else 0
