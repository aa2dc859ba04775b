"""What an attacker who knows everything published can infer about every hidden cell."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from samsyn.analysis.disclosure.cells import CellSystem
from samsyn.analysis.disclosure.policy import Array, Flags, Policy
from samsyn.analysis.disclosure.solver import Programme, is_integral
from samsyn.analysis.errors import Unusable

SLACK = 1e-6
PATIENCE = 10.0  # seconds for one cell's integer search; beyond it the cell counts as open


@dataclass(frozen=True, slots=True)
class OpenCell:
    """A cell too small to show whose value an attacker can place between ``low`` and ``high``."""

    cell: int
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class OpenGroup:
    """Hidden cells whose sum is known from one equation and is itself too small to show."""

    cells: tuple[int, ...]
    total: float


@dataclass(frozen=True, slots=True)
class Audit:
    """The proof that goes with a publication: no open cell and no open group, over ``protected`` cells."""

    protected: int
    open_cells: tuple[OpenCell, ...]
    open_groups: tuple[OpenGroup, ...]
    programmes: int  # linear programmes solved

    @property
    def safe(self) -> bool:
        """Whether everything may be published as it stands."""
        return not self.open_cells and not self.open_groups


def needed_widths(system: CellSystem, policy: Policy) -> Array:
    """How wide an interval each cell must keep; 0 for cells that may be known.

    Cells that are listed nowhere need protection as well: a small group that can be computed is as open as
    one that is printed.
    """
    return np.where(policy.unsafe(system.values), policy.width, 0.0)


def audit(
    system: CellSystem,
    hidden: npt.ArrayLike,
    policy: Policy,
    *,
    widths: npt.ArrayLike | None = None,
    whole_numbers: bool = True,
) -> Audit:
    """What can be inferred about every cell that is too small to show.

    For each such cell the smallest and largest value over all tables of whole numbers that agree with
    everything shown. The linear relaxation comes first; where it says "wide" the claim is proved by two
    whole-number tables, which often serve many cells at once. A cell that cannot be proved safe in time
    counts as open.

    Parameters
    ----------
    hidden : (cells,) flags; cells that are not listed count as hidden. widths : (cells,) instead of the
        policy's.
    whole_numbers : False for amounts.

    Cost: two linear programmes per unsafe cell at most, each from the last basis.

    >>> from samsyn.analysis.disclosure.cells import cube, total_axis
    >>> system = cube([[1, 1, 7, 1, 0], [1, 0, 0, 2, 8]], [total_axis("a", 2), total_axis("b", 5)])
    >>> shown = audit(system, Policy(threshold=3).unsafe(system.values), Policy(threshold=3, width=2))
    >>> len(shown.open_cells), shown.safe
    (7, False)
    """
    unknown = np.asarray(hidden, dtype=bool) | ~system.listed
    need = needed_widths(system, policy) if widths is None else np.asarray(widths, dtype=float)
    if policy.zeros_shown and bool(np.any(unknown & system.listed & (system.values == 0))):
        raise Unusable("zero_hidden", "The policy shows zeros, but a zero is hidden.")
    targets = np.flatnonzero(need > 0)
    bare = [
        OpenCell(int(one), float(system.values[one]), float(system.values[one]))
        for one in targets
        if not unknown[one]
    ]
    groups = _open_groups(system, unknown, policy) if whole_numbers else ()
    inside = np.flatnonzero(unknown)
    place = {int(cell): column for column, cell in enumerate(inside)}
    attacker = _Attacker(system, inside, policy, float(need.max(initial=0.0)), whole_numbers)
    opened = []
    for cell in (one for one in targets if unknown[one]):
        low, high = attacker.interval(place[int(cell)], need[cell])
        if high - low < need[cell] - SLACK:
            opened.append(OpenCell(int(cell), low, high))
    return Audit(targets.size, (*bare, *opened), groups, attacker.programmes)


def _open_groups(system: CellSystem, unknown: Flags, policy: Policy) -> tuple[OpenGroup, ...]:
    """The hidden part of every equation whose total is shown: everybody can compute its sum."""
    found = []
    matrix = system.equations
    for row in range(matrix.shape[0]):
        columns = matrix.indices[matrix.indptr[row] : matrix.indptr[row + 1]]
        signs = matrix.data[matrix.indptr[row] : matrix.indptr[row + 1]]
        parts = columns[(signs > 0) & unknown[columns]]
        if parts.size > 1 and not bool(np.any(unknown[columns[signs < 0]])):
            total = float(system.values[parts].sum())
            if bool(policy.unsafe(total)):
                found.append(OpenGroup(tuple(int(one) for one in parts), total))
    return tuple(found)


class _Attacker:
    """Solves for one cell after the other and remembers how far every cell has been seen to reach."""

    def __init__(
        self,
        system: CellSystem,
        inside: npt.NDArray[np.int64],
        policy: Policy,
        widest: float,
        whole_numbers: bool,
    ) -> None:
        truth = system.values[inside]
        matrix = sparse.csr_matrix(system.equations[:, inside])
        rows = np.flatnonzero(np.diff(matrix.indptr))
        self._matrix = sparse.csr_matrix(matrix[rows])
        self._known = self._matrix @ truth
        floor = np.where(system.listed[inside], policy.known_floor(), 0.0)
        self._low = np.minimum(floor, truth)
        # an upper limit far beyond what is needed: narrower than the attacker's, so "safe" stays safe
        self._high = truth + 4.0 * widest + 20.0
        self._programme = Programme(self._matrix, self._known, self._known, self._low, self._high)
        self._search: Programme | None = None
        self._whole = whole_numbers
        self.least, self.most = truth.copy(), truth.copy()
        self.programmes = 0

    def interval(self, column: int, need: float) -> tuple[float, float]:
        """How far the cell reaches at least; narrower than ``need`` only when no wider one could be
        proved."""
        if self.most[column] - self.least[column] >= need - SLACK:
            return float(self.least[column]), float(self.most[column])
        relaxed = [self._relaxed(column, maximise=up) for up in (False, True)]
        if relaxed[1] - relaxed[0] < need - SLACK or not self._whole:
            return relaxed[0], relaxed[1]
        for up in (False, True):
            if self.most[column] - self.least[column] < need - SLACK:
                self._whole_number(column, maximise=up)
        return float(self.least[column]), float(self.most[column])

    def _relaxed(self, column: int, *, maximise: bool) -> float:
        self._programme.set_cost([column], [1.0])
        found = self._programme.solve(maximise=maximise)
        self._programme.set_cost([column], [0.0])
        self.programmes += 1
        if not found.solved:
            return float(self.most[column] if maximise else self.least[column])
        if not self._whole or is_integral(found.at):
            self._seen(found.at)
        return found.value

    def _whole_number(self, column: int, *, maximise: bool) -> None:
        if self._search is None:
            arguments = (self._matrix, self._known, self._known, self._low, self._high)
            self._search = Programme(*arguments, integer=True, time_limit=PATIENCE)
        self._search.set_cost([column], [1.0])
        found = self._search.solve(maximise=maximise)
        self._search.set_cost([column], [0.0])
        self.programmes += 1
        if found.at.size:
            self._seen(np.round(found.at))

    def _seen(self, at: Array) -> None:
        if float(np.abs(self._matrix @ at - self._known).max(initial=0.0)) < SLACK:
            np.minimum(self.least, at, out=self.least)
            np.maximum(self.most, at, out=self.most)
