"""The cheapest safe pattern there is, and how far a quick one is from it."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
import numpy.typing as npt
from scipy import sparse

from samsyn.analysis.disclosure.audit import audit, needed_widths
from samsyn.analysis.disclosure.cells import CellSystem
from samsyn.analysis.disclosure.policy import Array, Policy
from samsyn.analysis.disclosure.solver import Programme
from samsyn.analysis.disclosure.suppression import Pattern, suppress

CLEAR = 1e-6


def best_pattern(
    system: CellSystem,
    policy: Policy,
    *,
    widths: npt.ArrayLike | None = None,
    weights: npt.ArrayLike | None = None,
    seconds: float = 20.0,
) -> Pattern:
    """The cheapest safe pattern, or the quick one with a lower bound that says how much could be gained at
    most.

    Fischetti and Salazar-González (2000): a master programme chooses cells, every attacker's programme that
    still succeeds returns a condition on the choice, until none succeeds. When the time is up, the pattern
    of ``suppress`` comes back with the best bound so far and ``proven_optimal`` False: never silently.

    >>> from samsyn.analysis.disclosure.cells import cube, total_axis
    >>> system = cube([[20, 50, 10], [8, 19, 22], [17, 32, 12]], [total_axis("a", 3), total_axis("b", 3)])
    >>> width = np.where(system.values == 19, 2.0, 0.0)
    >>> found = best_pattern(system, Policy(threshold=1), widths=width)
    >>> found.cost, found.lower_bound, found.proven_optimal
    (57.0, 57.0, True)
    """
    need = needed_widths(system, policy) if widths is None else np.asarray(widths, dtype=float)
    cost = np.maximum(system.values, 1.0) if weights is None else np.asarray(weights, dtype=float)
    quick = suppress(system, policy, widths=need, weights=cost)
    until = time.monotonic() + seconds
    master = _Master(system, policy, need, cost)
    attack = _Attack(system, policy, need)
    bound = 0.0
    for whole in (False, True):
        master.whole(whole)
        while time.monotonic() < until:
            found = master.solve()
            if found is None:
                break
            choice, bound = found[0], max(bound, found[1])
            if bound >= quick.cost - CLEAR:
                return replace(quick, lower_bound=quick.cost, proven_optimal=True)
            cuts = attack.cuts(choice, until)
            if cuts is None:
                break
            for columns, coefficients, least in cuts:
                master.add(columns, coefficients, least)
            if cuts:
                continue
            if not whole:
                break
            hidden = (choice > 0.5) & system.listed
            proof = audit(system, hidden, policy, widths=need)
            if proof.safe:
                primary = (need > 0) & system.listed
                total = float(cost[hidden & ~primary].sum())
                return Pattern(hidden, primary, total, total, proven_optimal=True, audit=proof)
            if not proof.open_groups:
                break  # safe for fractions, open for whole numbers: the quick pattern stands, with its bound
            for group in proof.open_groups:
                master.widen(group.cells)
    return replace(quick, lower_bound=bound, proven_optimal=bound >= quick.cost - CLEAR)


class _Master:
    """Which cells to hide: 0 or 1 each, the small ones and those never listed always 1."""

    def __init__(self, system: CellSystem, policy: Policy, need: Array, cost: Array) -> None:
        self._system = system
        size = system.values.size
        always = (need > 0) | ~system.listed
        never = system.listed & (system.values == 0) if policy.zeros_shown else np.zeros(size, dtype=bool)
        self._low, self._high = always.astype(float), np.where(never & ~always, 0.0, 1.0)
        self._cost = np.where(always, 0.0, cost)
        self._rows: list[tuple[npt.NDArray[np.int64], Array, float]] = []
        self._whole = False

    def whole(self, whole: bool) -> None:
        self._whole = whole

    def add(self, columns: npt.NDArray[np.int64], coefficients: Array, least: float) -> None:
        self._rows.append((columns, coefficients, least))

    def widen(self, group: tuple[int, ...]) -> None:
        """At least one further cell of every equation that gives the group's sum away."""
        matrix = self._system.equations
        for row in range(matrix.shape[0]):
            columns = matrix.indices[matrix.indptr[row] : matrix.indptr[row + 1]]
            if set(group) <= set(columns.tolist()):
                others = np.setdiff1d(columns, np.asarray(group))
                self.add(others.astype(np.int64), np.ones(others.size), 1.0)

    def solve(self) -> tuple[Array, float] | None:
        """The cheapest choice that meets every condition so far, and the bound it proves."""
        counts = [columns.size for columns, _, _ in self._rows]
        pointer = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
        matrix = sparse.csr_matrix(
            (
                np.concatenate([coefficients for _, coefficients, _ in self._rows])
                if counts
                else np.zeros(0),
                np.concatenate([columns for columns, _, _ in self._rows])
                if counts
                else np.zeros(0, dtype=np.int64),
                pointer,
            ),
            shape=(len(counts), self._cost.size),
        )
        least = np.array([row[2] for row in self._rows])
        programme = Programme(
            matrix,
            least,
            np.full(least.size, np.inf),
            self._low,
            self._high,
            integer=self._whole,
            time_limit=30.0,
        )
        programme.set_cost(np.arange(self._cost.size), self._cost)
        found = programme.solve()
        return (found.at, found.bound) if found.solved else None


class _Attack:
    """How far each small cell can move under a choice, and the condition that a successful attack returns."""

    def __init__(self, system: CellSystem, policy: Policy, need: Array) -> None:
        self._need = need
        self._cells = np.flatnonzero((need > 0) & system.listed)
        floor = np.where(system.listed, policy.known_floor(), 0.0)
        self._fall = np.maximum(system.values - floor, 0.0)
        self._rise = np.full(system.values.size, 4.0 * float(need.max(initial=1.0)))
        zero = np.zeros(system.equations.shape[0])
        self._programme = Programme(system.equations, zero, zero, -self._fall, self._rise)

    def cuts(self, choice: Array, until: float) -> list[tuple[npt.NDArray[np.int64], Array, float]] | None:
        """Conditions that the choice breaks; empty when no attack succeeds, None when time is up."""
        everything = np.arange(choice.size)
        self._programme.set_many_bounds(everything, -self._fall * choice, self._rise * choice)
        found = []
        for cell in self._cells:
            if time.monotonic() > until:
                return None
            room, coefficients = 0.0, np.zeros(choice.size)
            for sign in (-1.0, 1.0):
                self._programme.set_cost([cell], [sign])
                best = self._programme.solve()
                room -= best.value
                reduced = best.reduced_costs
                coefficients += np.where(reduced < 0, -reduced * self._rise, reduced * self._fall)
            self._programme.set_cost([cell], [0.0])
            if room < self._need[cell] - CLEAR:
                capped = np.minimum(coefficients, self._need[cell])
                columns = np.flatnonzero(capped > 1e-9)
                found.append((columns, capped[columns], float(self._need[cell])))
        return found
