"""Which further cells to hide so that the small ones stay hidden."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from samsyn.analysis.disclosure.audit import Audit, audit, needed_widths
from samsyn.analysis.disclosure.cells import CellSystem
from samsyn.analysis.disclosure.policy import Array, Flags, Policy
from samsyn.analysis.disclosure.solver import Programme
from samsyn.analysis.errors import Unusable

TINY = 1e-7
ROUNDS = 6


@dataclass(frozen=True, slots=True)
class Pattern:
    """What is hidden and why, what it costs, how far that may be from the best, and the audit that proves
    it safe."""

    hidden: Flags
    primary: Flags
    cost: float
    lower_bound: float  # no safe pattern costs less
    proven_optimal: bool
    audit: Audit

    @property
    def complementary(self) -> Flags:
        """Cells hidden only to protect others."""
        return self.hidden & ~self.primary


def suppress(
    system: CellSystem,
    policy: Policy,
    *,
    widths: npt.ArrayLike | None = None,
    weights: npt.ArrayLike | None = None,
    already_shown: npt.ArrayLike | None = None,
    already_hidden: npt.ArrayLike | None = None,
    whole_numbers: bool = True,
    tidy: bool = True,
) -> Pattern:
    """Hide what is too small and enough besides, at little cost.

    One small cell after the other is protected by the cheapest way to move it up and down without changing
    what is shown (Kelly, Golden and Assad 1992; Castro 2012), from the last basis; then every cell hidden
    besides that turns out not to be needed is shown again, dearest first. The result is audited as an
    attacker would, and refused rather than returned when a cell stays open. The same input gives the same
    pattern.

    Parameters
    ----------
    widths : (cells,) interval each cell must keep, instead of the policy's. weights : (cells,) cost of
        hiding; default the value itself. already_shown, already_hidden : (cells,) what earlier publications
        settled.
    whole_numbers : False for amounts. tidy : False skips the second step.

    Raises Unusable ``cannot_protect`` with the cells that what is already shown gives away.
    Cost: two linear programmes per small cell, and as many again for the second step.

    >>> from samsyn.analysis.disclosure.cells import cube, total_axis
    >>> system = cube([[20, 50, 10], [8, 19, 22], [17, 32, 12]], [total_axis("a", 3), total_axis("b", 3)])
    >>> width = np.where(system.values == 19, 2.0, 0.0)
    >>> found = suppress(system, Policy(threshold=1), widths=width)
    >>> sorted(system.values[found.complementary].tolist()), found.cost
    ([8.0, 17.0, 32.0], 57.0)
    """
    need = needed_widths(system, policy) if widths is None else np.asarray(widths, dtype=float)
    cost = np.maximum(system.values, 1.0) if weights is None else np.asarray(weights, dtype=float)
    shown = (
        np.zeros(need.size, dtype=bool) if already_shown is None else np.asarray(already_shown, dtype=bool)
    )
    hidden = (
        ~system.listed if already_hidden is None else ~system.listed | np.asarray(already_hidden, dtype=bool)
    )
    if policy.zeros_shown:
        shown = shown | (system.listed & (system.values == 0))
    primary = (need > 0) & system.listed
    given_away = np.flatnonzero(primary & shown)
    if given_away.size:
        raise _refusal(given_away)
    hidden = hidden | primary
    asked = need.copy()
    for _ in range(ROUNDS):
        flows = _Flows(system, hidden, shown, cost, policy)
        impossible = flows.protect_all(asked)
        if impossible:
            raise _refusal(np.asarray(impossible, dtype=np.int64))
        if tidy:
            flows.show_again(primary | ~system.listed | _settled(already_hidden, need.size))
        hidden = flows.hidden
        if whole_numbers:
            _close_groups(system, hidden, shown, cost, policy)
        proof = audit(system, hidden & system.listed, policy, widths=need, whole_numbers=whole_numbers)
        if proof.safe:
            out = hidden & system.listed
            total = float(cost[out & ~primary].sum())
            return Pattern(out, primary, total, 0.0, proven_optimal=total == 0.0, audit=proof)
        # fractional ways out were counted on: ask for more room where whole numbers leave too little
        for one in proof.open_cells:
            asked[one.cell] += max(1.0, policy.width / 2.0)
    raise _refusal(np.asarray([one.cell for one in proof.open_cells]))


def _settled(already_hidden: npt.ArrayLike | None, size: int) -> Flags:
    return np.zeros(size, dtype=bool) if already_hidden is None else np.asarray(already_hidden, dtype=bool)


def _refusal(cells: npt.NDArray[np.int64]) -> Unusable:
    named = sorted(int(one) for one in cells)
    return Unusable("cannot_protect", "What is shown gives small cells away.", {"cells": named})


def _close_groups(system: CellSystem, hidden: Flags, shown: Flags, cost: Array, policy: Policy) -> None:
    """Hide the cheapest further part where hidden parts add up to a known sum that is itself too small."""
    matrix = system.equations
    changed = True
    while changed:
        changed = False
        for row in range(matrix.shape[0]):
            columns = matrix.indices[matrix.indptr[row] : matrix.indptr[row + 1]]
            signs = matrix.data[matrix.indptr[row] : matrix.indptr[row + 1]]
            parts = columns[signs > 0]
            if bool(np.any(hidden[columns[signs < 0]])) or hidden[parts].sum() < 2:
                continue
            if not bool(policy.unsafe(float(system.values[parts[hidden[parts]]].sum()))):
                continue
            free = columns[~hidden[columns] & ~shown[columns] & (system.values[columns] > 0)]
            if not free.size:
                raise _refusal(parts[hidden[parts]].astype(np.int64))
            hidden[free[int(np.argmin(cost[free]))]] = True
            changed = True


@dataclass(frozen=True, slots=True)
class _Way:
    """One movement that leaves everything shown unchanged: the cells it passes through and how far each
    moves."""

    cells: npt.NDArray[np.int64]
    moves: Array


class _Flows:
    """Cheapest movements that leave everything shown unchanged: columns are rises, then falls, of every cell.

    A way found for one cell often moves others far enough too; what every cell has been seen to do is
    remembered, so that most cells need no programme of their own.
    """

    def __init__(self, system: CellSystem, hidden: Flags, shown: Flags, cost: Array, policy: Policy) -> None:
        self._values = system.values
        self._size = system.values.size
        floor = np.where(system.listed, policy.known_floor(), 0.0)
        self._fall = np.where(shown, 0.0, np.maximum(system.values - floor, 0.0))
        self._rise = np.where(shown, 0.0, np.inf)
        self._cost = cost
        self._equations = system.equations
        self.hidden = hidden.copy()
        self._over(np.arange(self._size))
        self._need = np.zeros(self._size)
        self._up: dict[int, tuple[float, _Way]] = {}
        self._down: dict[int, tuple[float, _Way]] = {}

    def _over(self, inside: npt.NDArray[np.int64]) -> None:
        """Begin a programme in which only the cells ``inside`` can move: fewer columns, and each step of it
        is as many times cheaper."""
        matrix = sparse.csr_matrix(self._equations[:, inside])
        matrix = sparse.csr_matrix(matrix[np.flatnonzero(np.diff(matrix.indptr))])
        zero = np.zeros(matrix.shape[0])
        self._inside = inside
        self._place = np.full(self._size, -1, dtype=np.int64)
        self._place[inside] = np.arange(inside.size)
        high = np.concatenate([self._rise[inside], self._fall[inside]])
        both = sparse.hstack([matrix, -matrix]).tocsr()
        self._programme = Programme(both, zero, zero, np.zeros(high.size), high)
        cost = np.where(self.hidden[inside], 1e-6, self._cost[inside])
        self._programme.set_cost(np.arange(high.size), np.tile(cost, 2))

    def protect_all(self, need: Array) -> list[int]:
        """Hide what each cell's movements pass through, widest and largest first; returns cells that cannot
        move."""
        self._need = need
        cells = np.flatnonzero((need > 0) & self.hidden)
        order = cells[np.lexsort((-self._values[cells], -need[cells]))]
        impossible = []
        for cell in (int(one) for one in order):
            ways = self._ways(cell)
            if ways is None:
                impossible.append(cell)
                continue
            for way in ways:
                new = way.cells[~self.hidden[way.cells]]
                self.hidden[new] = True
                if new.size:
                    self._programme.set_cost(self._both(new), np.full(2 * new.size, 1e-6))
                self._remember(way)
        return impossible

    def _reach(self, cell: int) -> tuple[float, float]:
        return self._down.get(cell, (0.0, None))[0], self._up.get(cell, (0.0, None))[0]

    def _ways(self, cell: int) -> list[_Way] | None:
        """Movements that give the cell its room; none needed when others' movements do, None when
        impossible."""
        down, up = self._reach(cell)
        if down + up >= self._need[cell] - TINY:
            return []
        ways = []
        fall = min(float(self._fall[cell]), self._need[cell])
        if down < fall - TINY:
            way = self._solve(cell, fall, up=False)
            if way is not None:
                ways.append(way)
                down = fall
        if down + up < self._need[cell] - TINY:
            way = self._solve(cell, self._need[cell] - down, up=True)
            if way is None:
                return None
            ways.append(way)
        return ways

    def _solve(self, cell: int, amount: float, *, up: bool) -> _Way | None:
        rise, fall = (int(one) for one in self._both(np.asarray([cell])))
        moved, other = (rise, fall) if up else (fall, rise)
        limits = (self._rise[cell], self._fall[cell]) if up else (self._fall[cell], self._rise[cell])
        self._programme.set_bounds(moved, amount, limits[0])
        self._programme.set_bounds(other, 0.0, 0.0)
        found = self._programme.solve()
        self._programme.set_bounds(moved, 0.0, limits[0])
        self._programme.set_bounds(other, 0.0, limits[1])
        if not found.solved:
            return None
        moves = found.at[: self._inside.size] - found.at[self._inside.size :]
        moving = np.flatnonzero(np.abs(moves) > TINY)
        return _Way(self._inside[moving], moves[moving])

    def _remember(self, way: _Way) -> None:
        for cell, move in zip(way.cells.tolist(), way.moves.tolist(), strict=True):
            if self._need[cell] > 0:
                kept = self._up if move > 0 else self._down
                if abs(move) > kept.get(cell, (0.0, way))[0]:
                    kept[cell] = (abs(move), way)

    def show_again(self, kept: Flags) -> None:
        """Show cells that are not needed after all, dearest first: what moves through one must find another
        way."""
        self._over(np.flatnonzero(self.hidden))
        candidates = np.flatnonzero(self.hidden & ~kept)
        for cell in candidates[np.argsort(-self._cost[candidates], kind="stable")].tolist():
            self._close(np.asarray([cell]))
            if self._finds_other_ways(cell):
                self.hidden[cell] = False
            else:
                limits = np.array([self._rise[cell], self._fall[cell]])
                self._programme.set_many_bounds(self._both(np.asarray([cell])), np.zeros(2), limits)

    def _finds_other_ways(self, closed: int) -> bool:
        before = dict(self._up), dict(self._down)
        lost = set()
        for kept in (self._up, self._down):
            for cell, (_, way) in list(kept.items()):
                place = int(np.searchsorted(way.cells, closed))
                if place < way.cells.size and way.cells[place] == closed:
                    del kept[cell]
                    lost.add(cell)
        for cell in sorted(lost, key=lambda one: -self._values[one]):
            ways = self._ways(cell)
            if ways is None:
                self._up, self._down = before
                return False
            for way in ways:
                self._remember(way)
        return True

    def _close(self, cells: npt.NDArray[np.int64]) -> None:
        both = self._both(cells)
        self._programme.set_many_bounds(both, np.zeros(both.size), np.zeros(both.size))

    def _both(self, cells: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """Columns of the rises, then of the falls, of some cells."""
        return np.concatenate([self._place[cells], self._inside.size + self._place[cells]])
