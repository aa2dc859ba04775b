"""A linear programme that is solved again and again with another objective, each time from the last basis."""

from __future__ import annotations

from dataclasses import dataclass

import highspy
import numpy as np
import numpy.typing as npt
from scipy import sparse

from samsyn.analysis.disclosure.policy import Array

INTEGRAL = 1e-6


@dataclass(frozen=True, slots=True)
class Optimum:
    """The best value and where it is reached; ``solved`` is False when infeasible or out of time."""

    solved: bool
    value: float
    at: Array
    reduced_costs: Array
    bound: float


class Programme:
    """Minimise or maximise over ``low <= x <= high``, ``row_low <= Ax <= row_high``."""

    def __init__(
        self,
        matrix: sparse.csr_matrix,
        row_low: Array,
        row_high: Array,
        low: Array,
        high: Array,
        *,
        integer: bool = False,
        time_limit: float | None = None,
    ) -> None:
        by_row = sparse.csr_matrix(matrix)
        model = highspy.HighsLp()
        model.num_col_ = int(by_row.shape[1])
        model.num_row_ = int(by_row.shape[0])
        model.col_cost_ = np.zeros(model.num_col_)
        model.col_lower_, model.col_upper_ = low.astype(float), high.astype(float)
        model.row_lower_, model.row_upper_ = row_low.astype(float), row_high.astype(float)
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = by_row.indptr.astype(np.int32)
        model.a_matrix_.index_ = by_row.indices.astype(np.int32)
        model.a_matrix_.value_ = by_row.data.astype(float)
        if integer:
            model.integrality_ = [highspy.HighsVarType.kInteger] * model.num_col_
        self._solver = highspy.Highs()  # type: ignore[no-untyped-call]
        self._solver.setOptionValue("output_flag", False)
        self._solver.setOptionValue("threads", 1)
        self._solver.setOptionValue("random_seed", 0)
        if time_limit is not None:
            self._solver.setOptionValue("time_limit", time_limit)
        if integer:
            self._solver.setOptionValue("mip_rel_gap", 0.0)
        self._solver.passModel(model)
        self._columns = model.num_col_
        self._integer = integer

    def set_cost(self, columns: npt.ArrayLike, costs: npt.ArrayLike) -> None:
        """Change the objective of some columns."""
        places = np.asarray(columns, dtype=np.int32)
        self._solver.changeColsCost(places.size, places, np.asarray(costs, dtype=float))

    def set_bounds(self, column: int, low: float, high: float) -> None:
        """Change what one column may be."""
        self._solver.changeColBounds(column, low, high)

    def set_many_bounds(self, columns: npt.ArrayLike, low: npt.ArrayLike, high: npt.ArrayLike) -> None:
        """Change what some columns may be."""
        places = np.asarray(columns, dtype=np.int32)
        self._solver.changeColsBounds(places.size, places, np.asarray(low, float), np.asarray(high, float))

    def add_row(self, low: float, high: float, columns: npt.ArrayLike, coefficients: npt.ArrayLike) -> None:
        """Add one condition."""
        places = np.asarray(columns, dtype=np.int32)
        self._solver.addRow(low, high, places.size, places, np.asarray(coefficients, dtype=float))

    def solve(self, *, maximise: bool = False) -> Optimum:
        """Solve from where the last solution left off."""
        sense = highspy.ObjSense.kMaximize if maximise else highspy.ObjSense.kMinimize
        self._solver.changeObjectiveSense(sense)
        if self._integer:
            self._solver.clearSolver()  # the same search every time: same input, same pattern
        self._solver.run()
        solved = self._solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
        info, solution = self._solver.getInfo(), self._solver.getSolution()
        at = np.asarray(solution.col_value, dtype=float)
        usable = at.size == self._columns and info.primal_solution_status == 2
        bound = float(info.mip_dual_bound) if self._integer else float(info.objective_function_value)
        return Optimum(
            solved and usable,
            float(info.objective_function_value),
            at if usable else np.zeros(0),
            np.asarray(solution.col_dual, dtype=float),
            bound,
        )


def is_integral(values: Array) -> bool:
    """Whether a solution is a table of whole numbers."""
    return bool(np.all(np.abs(values - np.round(values)) < INTEGRAL))
