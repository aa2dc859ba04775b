"""What every method of places, effects and disclosure answers at the edge; rows as in the tests beside these."""

from typing import Any

import numpy as np
import pytest

from samsyn.analysis import Verdict
from samsyn.analysis.disclosure.cellkey import noise_table
from samsyn.analysis.disclosure.cells import CellSystem, cube, total_axis
from samsyn.analysis.disclosure.policy import Policy
from samsyn.analysis.disclosure.publications import PublishedTable
from samsyn.analysis.places.hotspots import Standing
from samsyn.analysis.places.neighbours import on_grid
from samsyn.analysis.tests.edges import Row, sound

NAN, BILLION = float("nan"), 10**9
FEW, UNSAID = Verdict.TOO_FEW, Verdict.CANNOT_SAY
FIVE = Policy()
RNG = np.random.default_rng(1)
SQUARE = [[[0, 0], [4, 0], [4, 4], [0, 4]]]
NINE, ALONE = on_grid(3, 3), on_grid(1, 1)
PEOPLE = np.full(9, 100.0)
NOBODY = np.zeros((0, 2))
SPOTS, WHERE, WHEN = RNG.normal(0, 1, (50, 2)), RNG.uniform(0, 900, (40, 2)), RNG.integers(0, 90, 40)
BEFORE = [50, 54, 47, 52, 49, 51, 53, 48, 50, 52, 49, 51, 50, 48, 52, 51]
SERIES = np.array([*BEFORE, 30, 33, 28, 31, 32, 29, 31, 30], dtype=float)
HERE = [30.0, 28, 31, 29, 30, 32, 12, 11, 14, 10]
THERE = [41.0, 40, 38, 42, 39, 41, 40, 42, 39, 41]
MIXED = 30 + RNG.dirichlet(np.ones(3), 22) * 4 @ np.cumsum(RNG.normal(0, 1, (3, 14)), axis=1)


def but(values: Any, at: Any, value: float) -> np.ndarray:
    """A copy with some values replaced."""
    changed = np.array(values, dtype=float)
    changed[at] = value
    return changed


def square(counts: Any) -> CellSystem:
    table = np.asarray(counts)
    return cube(table, [total_axis("row", table.shape[0]), total_axis("column", table.shape[1])])


def published(cells: list[set[int]], hidden: list[bool]) -> list[PublishedTable]:
    return [PublishedTable("table", tuple(map(frozenset, cells)), tuple(hidden))]


def adds_up(system: CellSystem) -> Any:
    return lambda r: (
        np.abs(system.equations @ r).max() == 0 and (r % 5 == 0).all() and not np.signbit(r).any()
    )


BOTH = [{0}, {1}, {0, 1}]
NEAR: dict[str, Any] = {"distance": 100, "days": 7, "seed": 1, "permutations": 19}
BANDS: dict[str, Any] = {"distances": [100], "days": [7], "seed": 1, "permutations": 19}
SEED: dict[str, Any] = {"seed": 1}
LATTICE: dict[str, Any] = {"permutations": 99, "seed": 1}
REPLICATED: dict[str, Any] = {"seed": 1, "replications": 19}
YEARLY: dict[str, Any] = {"periods_per_year": 1}
ONE_OF_THREE = [True, False, False]
PLACES = [HERE, THERE, THERE[::-1]]
THREES, LARGE, ROUND_LARGE = (
    square(np.full((3, 3), 3)),
    square([[3, BILLION, BILLION]] * 3),
    square([[BILLION + 1, 3], [2, BILLION]]),
)
EMPTY_LINES = square([[3, 0, 9], [0, 0, 0], [7, 0, 6]])

ROWS: list[Row] = [
    ("points_in_areas", "zero", (NOBODY, SQUARE), {}, lambda r: r.size == 0),
    ("points_in_areas", "one", ([[1, 1]], SQUARE), {}, lambda r: r.tolist() == [0]),
    ("points_in_areas", "empty", ([[1, 1]], []), {}, "no_areas"),
    ("points_in_areas", "missing", ([[NAN, 1]], SQUARE), {}, lambda r: r.tolist() == [-1]),
    ("points_in_areas", "ties", ([[1, 1], [1, 1]], SQUARE), {}, lambda r: r.tolist() == [0, 0]),
    ("points_in_areas", "huge", ([[1e9, 1e9], [1, 1]], SQUARE), {}, lambda r: r.tolist() == [-1, 0]),
    ("hot_spots", "zero", (np.zeros(9), PEOPLE, NINE), {}, lambda r: set(r.verdicts) == {FEW}),
    ("hot_spots", "one", ([40], [100], ALONE), {}, lambda r: r.verdicts == (UNSAID,)),
    ("hot_spots", "empty", ([30, *[4] * 8], but(PEOPLE, 8, 0), NINE), {}, lambda r: r.expected[8] > 0),
    ("hot_spots", "missing", (but([4] * 9, 0, NAN), PEOPLE, NINE), {}, "groups_differ"),
    ("hot_spots", "ties", ([4] * 9, PEOPLE, NINE), {}, lambda r: set(r.verdicts) == {UNSAID}),
    (
        "hot_spots",
        "huge",
        (but([4] * 9, 0, 30) * BILLION, PEOPLE, NINE),
        {},
        lambda r: r.verdicts[0] is Verdict.MORE,
    ),
    ("density", "zero", (NOBODY, 1.0), {}, "no_events"),
    ("density", "one", ([[3, 4]], 1.0), {"nodes": 16}, lambda r: r.events == 1 and (r.density > 0).all()),
    ("density", "missing", ([[NAN, 4], [1, 1]], 1.0), {"nodes": 16}, "groups_differ"),
    ("density", "ties", (np.zeros((5, 2)), 1.0), {"nodes": 16}, lambda r: r.events == pytest.approx(5)),
    ("density", "huge", ([[1e9, 1e9]], 1.0), {"nodes": 16}, lambda r: r.events == pytest.approx(1)),
    ("relative_risk", "zero", (NOBODY, SPOTS, 1.0), {"nodes": 24}, "no_events"),
    ("relative_risk", "one", ([[0, 0]], SPOTS, 1.0), {"nodes": 24}, lambda r: np.nanmax(r.density) > 1),
    ("relative_risk", "empty", (SPOTS, NOBODY, 1.0), {"nodes": 24}, "no_events"),
    ("relative_risk", "missing", ([[NAN, 0], [0, 0]], SPOTS, 1.0), {"nodes": 24}, "groups_differ"),
    (
        "relative_risk",
        "ties",
        (np.zeros((5, 2)), np.zeros((5, 2)), 1.0),
        {"nodes": 24},
        lambda r: np.nanmax(np.abs(r.density - 1)) < 1e-9,
    ),
    (
        "relative_risk",
        "huge",
        (SPOTS + 1e7, SPOTS + 1e7, 1.0),
        {"nodes": 24},
        lambda r: np.nanmax(np.abs(r.density - 1)) < 1e-9,
    ),
    ("knox", "zero", (NOBODY, []), NEAR, FEW),
    ("knox", "one", ([[1, 1]], [1]), NEAR, FEW),
    ("knox", "empty", (WHERE, np.where(WHEN < 30, WHEN, WHEN + 900)), NEAR, UNSAID),
    ("knox", "missing", ([[1, NAN], [2, 2]], [1, 2]), NEAR, "groups_differ"),
    ("knox", "ties", (np.zeros((30, 2)), np.zeros(30)), NEAR, lambda r: r.observed == 435 and r.p_value == 1),
    ("knox", "huge", (WHERE + 1e9, WHEN + 10**6), NEAR, lambda r: r.close_in_space == 30),
    ("near_repeat_bands", "zero", (NOBODY, []), BANDS, lambda r: r[0][0].verdict is FEW),
    ("near_repeat_bands", "one", ([[1, 1]], [1]), BANDS, lambda r: r[0][0].verdict is FEW),
    ("near_repeat_bands", "empty", (WHERE, WHEN * 99), BANDS, lambda r: r[0][0].observed <= 30),
    ("near_repeat_bands", "missing", ([[1, NAN], [2, 2]], [1, 2]), BANDS, "groups_differ"),
    (
        "near_repeat_bands",
        "ties",
        (np.zeros((30, 2)), np.zeros(30)),
        BANDS,
        lambda r: r[0][0].observed == 435,
    ),
    ("near_repeat_bands", "huge", (WHERE + 1e9, WHEN), BANDS, lambda r: r[0][0].close_in_space == 30),
    ("scan", "zero", (np.zeros(8), np.ones(8), WHERE[:8]), REPLICATED, FEW),
    ("scan", "one", ([40], [100], [[0, 0]]), REPLICATED, FEW),
    ("scan", "empty", ([[5, 0, 5]] * 8, np.full(8, 99.0), WHERE[:8]), REPLICATED, UNSAID),
    ("scan", "missing", (but([9] * 8, 0, NAN), np.ones(8), WHERE[:8]), REPLICATED, "count_negative"),
    ("scan", "ties", ([9] * 8, np.ones(8), np.zeros((8, 2))), REPLICATED, UNSAID),
    (
        "scan",
        "huge",
        (but([BILLION] * 8, 0, 3 * BILLION), np.ones(8), WHERE[:8]),
        REPLICATED,
        "too_many_events",
    ),
    ("hour_by_weekday", "zero", ([],), {}, FEW),
    ("hour_by_weekday", "one", ([3.5],), {}, FEW),
    ("hour_by_weekday", "empty", ([3.5] * 30, [203.5] * 30), {}, FEW),  # a stretch of a week says nothing
    ("hour_by_weekday", "missing", ([3.5] * 30 + [NAN],), {}, lambda r: r.counts.sum() == 30),
    ("hour_by_weekday", "ties", ([3.5] * 30,), {}, lambda r: r.stands_out.sum() == r.stands_out[0, 3] == 1),
    ("hour_by_weekday", "huge", (np.arange(16_800) % 168 + 0.5,), {}, UNSAID),
    ("concentration", "zero", (np.zeros(9),), SEED, FEW),
    ("concentration", "one", ([40],), SEED, UNSAID),
    ("concentration", "empty", ([],), SEED, "count_negative"),
    ("concentration", "missing", ([NAN, 40],), SEED, "count_negative"),
    ("concentration", "ties", ([4] * 9,), SEED, lambda r: r.gini == pytest.approx(0) and r.verdict is UNSAID),
    ("concentration", "huge", (np.array([9, 1, 1, 1]) * BILLION,), SEED, Verdict.MORE),
    ("interrupted_series", "zero", (np.zeros(24), 16), YEARLY, FEW),
    ("interrupted_series", "one", ([40], 1), YEARLY, "break_outside_series"),
    ("interrupted_series", "empty", (but(SERIES, [3, 4], 0), 16), YEARLY, UNSAID),
    ("interrupted_series", "missing", (but(SERIES, [3, 19], NAN), 16), YEARLY, Verdict.FEWER),
    ("interrupted_series", "ties", ([5] * 24, 16), YEARLY, UNSAID),
    ("interrupted_series", "huge", (SERIES * BILLION, 16), YEARLY, lambda r: 0.6 < r.effect.value < 0.62),
    ("interrupted_levels", "zero", (np.zeros(24), 16), YEARLY, UNSAID),
    ("interrupted_levels", "one", ([40], 1), YEARLY, "break_outside_series"),
    ("interrupted_levels", "empty", (but(SERIES, [3, 4], 0), 16), YEARLY, UNSAID),
    ("interrupted_levels", "missing", (but(SERIES, [3, 19], NAN), 16), YEARLY, Verdict.FEWER),
    ("interrupted_levels", "ties", ([5] * 24, 16), YEARLY, UNSAID),
    ("interrupted_levels", "huge", (SERIES * BILLION, 16), YEARLY, Verdict.FEWER),
    ("difference_in_differences", "zero", (np.zeros((3, 10)), ONE_OF_THREE, 6), {}, FEW),
    ("difference_in_differences", "one", ([HERE], [True], 6), {}, "no_comparison"),
    ("difference_in_differences", "empty", (but(PLACES, (0, 2), 0), ONE_OF_THREE, 6), {}, Verdict.FEWER),
    ("difference_in_differences", "missing", (but(PLACES, (0, 2), NAN), ONE_OF_THREE, 6), {}, Verdict.FEWER),
    ("difference_in_differences", "ties", (np.full((3, 10), 7), ONE_OF_THREE, 6), {}, UNSAID),
    (
        "difference_in_differences",
        "huge",
        (np.array(PLACES) * BILLION, ONE_OF_THREE, 6),
        {},
        lambda r: r.effect.low < r.effect.value < r.effect.high < 1,
    ),
    ("difference_in_levels", "zero", (np.zeros((3, 10)), ONE_OF_THREE, 6), {}, FEW),
    ("difference_in_levels", "one", ([HERE], [True], 6), {}, "no_comparison"),
    ("difference_in_levels", "empty", (but(PLACES, (0, 2), 0), ONE_OF_THREE, 6), {}, FEW),
    ("difference_in_levels", "missing", (but(PLACES, (0, 2), NAN), ONE_OF_THREE, 6), {}, FEW),
    (
        "difference_in_levels",
        "ties",
        (np.full((3, 10), 7), ONE_OF_THREE, 6),
        {},
        lambda r: r.effect.value == 0,
    ),
    (
        "difference_in_levels",
        "huge",
        (np.array(PLACES) * BILLION, ONE_OF_THREE, 6),
        {},
        lambda r: r.effect.value == pytest.approx(-18.375e9),
    ),
    ("synthetic_control", "zero", (np.zeros((22, 14)), 0, 10), {}, UNSAID),
    ("synthetic_control", "one", (MIXED[:1], 0, 10), {}, FEW),
    ("synthetic_control", "empty", (but(MIXED, (0, 4), 0), 0, 10), {}, UNSAID),
    ("synthetic_control", "missing", (but(MIXED, (3, 4), NAN), 0, 10), {}, lambda r: r.left_out == (3,)),
    ("synthetic_control", "ties", (np.full((22, 14), 4.0), 0, 10), {}, UNSAID),
    ("synthetic_control", "huge", (MIXED * 1e12, 0, 10), {}, lambda r: np.isfinite(r.effect.value)),
    ("prospect", "zero", ([0] * 16, 8), YEARLY, lambda r: (r.decrease, r.increase) == (1, np.inf)),
    ("prospect", "one", ([40], 8), YEARLY, lambda r: (r.decrease, r.increase) == (1, np.inf)),
    ("prospect", "empty", (but(BEFORE, [3, 4], 0), 8), YEARLY, lambda r: 0.3 < r.decrease < 1),
    ("prospect", "missing", (but(BEFORE, 3, NAN), 8), YEARLY, lambda r: 0 < r.decrease < r.increase < 1),
    ("prospect", "ties", ([5] * 16, 8), YEARLY, lambda r: r.dispersion == 1),
    ("prospect", "huge", (np.array(BEFORE) * BILLION, 8), YEARLY, lambda r: 0 < r.decrease < 0.2),
    ("audit", "zero", (square(np.zeros((3, 3))), np.zeros(16, bool), FIVE), {}, lambda r: r.protected == 0),
    ("audit", "one", (square([[3]]), np.ones(4, bool), FIVE), {}, lambda r: r.safe),
    ("audit", "empty", (EMPTY_LINES, EMPTY_LINES.values == 3, FIVE), {}, lambda r: len(r.open_cells) == 1),
    ("audit", "ties", (THREES, THREES.values == 3, FIVE), {}, lambda r: r.safe),
    ("audit", "huge", (LARGE, LARGE.values == 3, FIVE), {}, lambda r: len(r.open_cells) == 3),
    ("audit_publications", "zero", ([0, 0], published(BOTH, [False] * 3), FIVE), {}, lambda r: r.safe),
    ("audit_publications", "one", ([3], published([{0}], [False]), FIVE), {}, lambda r: not r.safe),
    ("audit_publications", "empty", ([3, 4], [], FIVE), {}, lambda r: r.safe),
    ("audit_publications", "missing", ([NAN, 4], published(BOTH, [False] * 3), FIVE), {}, "count_negative"),
    (
        "audit_publications",
        "ties",
        ([3, 3], published(BOTH, [True, True, False]), FIVE),
        {},
        lambda r: [(one.low, one.high) for one in r.open_cells] == [(1, 5), (1, 5)],
    ),
    (
        "audit_publications",
        "huge",
        ([3, BILLION], published(BOTH, [True, True, False]), FIVE),
        {},
        lambda r: r.safe,
    ),
    ("publish_next", "zero", ([0, 0], [], "t", BOTH, FIVE), {}, lambda r: not any(r[0].hidden)),
    ("publish_next", "one", ([3], [], "t", [{0}], FIVE), {}, lambda r: r[0].hidden == (True,)),
    ("publish_next", "empty", ([3, 4], [], "t", [], FIVE), {}, lambda r: r[0].hidden == ()),
    ("publish_next", "missing", ([NAN, 4], [], "t", BOTH, FIVE), {}, "count_negative"),
    ("publish_next", "ties", ([3, 3], [], "t", BOTH, FIVE), {}, lambda r: r[0].hidden == (True,) * 3),
    (
        "publish_next",
        "huge",
        ([3, BILLION], [], "t", BOTH, FIVE),
        {},
        lambda r: r[0].hidden == (True, True, False),
    ),
    ("round_together", "zero", (square(np.zeros((2, 2))),), {}, lambda r: not r.any()),
    ("round_together", "one", (square([[3]]),), {}, lambda r: r.tolist() == [5] * 4),
    ("round_together", "empty", (EMPTY_LINES,), {}, adds_up(EMPTY_LINES)),
    ("round_together", "ties", (THREES,), {}, adds_up(THREES)),
    ("round_together", "huge", (ROUND_LARGE,), {}, adds_up(ROUND_LARGE)),
    ("round_randomly", "zero", ([0, 0],), SEED, lambda r: r.tolist() == [0, 0]),
    ("round_randomly", "one", ([3],), SEED, lambda r: r[0] in (0, 5)),
    ("round_randomly", "empty", ([],), SEED, lambda r: r.size == 0),
    ("round_randomly", "missing", ([NAN],), SEED, "count_negative"),
    ("round_randomly", "ties", ([5, 5],), SEED, lambda r: r.tolist() == [5, 5]),
    ("round_randomly", "huge", ([10**12 + 1],), SEED, lambda r: r[0] - 10**12 in (0, 5)),
]
for name in ("gi_star", "lisa"):
    ROWS += [
        (name, "zero", (np.zeros(9), NINE), LATTICE, lambda r: (r.p_value == 1).all()),
        (name, "one", ([4], ALONE), LATTICE, lambda r: r.standing[0] == Standing.NO_VARIATION),
        (name, "empty", (but(np.zeros(9), 0, 30), NINE), LATTICE, lambda r: (r.p_adjusted > 0.05).all()),
        (name, "missing", (but(np.zeros(9), 0, NAN), NINE), LATTICE, "groups_differ"),
        (name, "ties", ([4.0] * 3 + [9.0] * 6, NINE), LATTICE, lambda r: np.isfinite(r.score).all()),
        (name, "huge", (np.arange(9) * 1e12, NINE), LATTICE, lambda r: np.isfinite(r.score).all()),
    ]
for name in ("suppress", "best_pattern"):
    ROWS += [
        (name, "zero", (square(np.zeros((3, 3))), FIVE), {}, lambda r: not r.hidden.any()),
        (name, "one", (square([[3]]), FIVE), {}, lambda r: r.hidden.all() and r.audit.safe),
        (name, "empty", (EMPTY_LINES, FIVE), {}, lambda r: r.cost == 22 and r.audit.safe),
        (name, "ties", (THREES, FIVE), {}, lambda r: r.cost == 0 and r.audit.safe),
        (name, "huge", (LARGE, FIVE), {}, lambda r: 3e9 <= r.cost <= 4e9 and r.audit.safe),
    ]
TABLE = noise_table(variance=1.0, largest=3)
ROWS += [
    ("perturb", "zero", ([0, 0], [1, 2], TABLE), {}, lambda r: r.tolist() == [0, 0]),
    ("perturb", "one", ([3], [1], TABLE), {}, lambda r: r[0] in (0, 3, 4, 5, 6)),
    ("perturb", "empty", ([], [], TABLE), {}, lambda r: r.size == 0),
    ("perturb", "missing", ([NAN], [1], TABLE), {}, "count_negative"),
    ("perturb", "ties", ([40, 40], [9, 9], TABLE), {}, lambda r: r[0] == r[1]),
    ("perturb", "huge", ([10**12], [1], TABLE), {}, lambda r: abs(r[0] - 10**12) <= 3),
]

# an edge that a method cannot meet, and why
NONE = {("density", "empty"): "there are no periods and no areas"} | {
    (name, "missing"): "a cell system holds known counts: `cube` refuses others"
    for name in ("suppress", "best_pattern", "audit", "round_together")
}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0]}-{row[1]}")
def test_at_the_edge(row: Row) -> None:
    sound(row)


def test_a_table_with_an_unknown_cell_is_no_table() -> None:
    with pytest.raises(ValueError, match="known"):
        square([[NAN, 3.0]])
