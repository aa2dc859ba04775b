"""What every method of numbers and series answers at the edge: nothing, one, gaps, ties, unknown and huge.

A row is a method, the edge, what is asked and what must come out: the code it is refused with, the verdict, or a
condition on the result. Warnings are errors: a division by nothing does not go unseen.
"""

import math
from typing import Any

import numpy as np
import pytest

from samsyn.analysis import METHODS, Verdict
from samsyn.analysis.noise import CellNoise
from samsyn.analysis.tests.edges import Expected, Row, sound

NAN, BILLION = float("nan"), 10**9
FEW, UNSAID = Verdict.TOO_FEW, Verdict.CANNOT_SAY

MONTHS = [5.0, 6, 4, 5, 7, 5, 4, 6, 5, 5, 4, 5]
GAP = [*MONTHS[:3], NAN, *MONTHS[4:]]
EMPTY = [*MONTHS[:6], 0, 0, 0, *MONTHS[9:]]
HUGE = [BILLION * one for one in MONTHS]
YEARS = np.array(MONTHS * 8)
NOISE = CellNoise(2.0, 5)


def with_these(at: list[int], value: float) -> np.ndarray:
    series = YEARS.copy()
    series[at] = value
    return series


def quiet(found: Any) -> bool:
    """No alarm, and limits that are numbers at or above what is expected."""
    upper = getattr(found, "upper", np.full(1, np.inf))
    return not found.alarm.any() and bool((upper >= np.asarray(found.expected).reshape(-1, 1).min()).all())


ROWS: list[Row] = [
    ("rate", "zero", (0, 5200), {}, lambda r: r.rate == r.low == 0 < r.high and r.few),
    ("rate", "one", (1, 1), {}, lambda r: 0 < r.low < r.rate < r.high),
    ("rate", "empty", (0, 0), {}, "population_not_positive"),
    ("rate", "missing", (NAN, 10), {}, lambda r: math.isnan(r.rate) and math.isnan(r.low)),
    ("rate", "huge", (10**12, BILLION), {}, lambda r: r.low < r.rate < r.high < 1.001 * r.rate),
    ("rates", "zero", ([0, 0], [9, 9]), {}, lambda r: (r.low == 0).all() and (r.high > 0).all()),
    ("rates", "one", ([4], [100]), {}, lambda r: r.low[0] < r.rate[0] < r.high[0]),
    ("rates", "empty", ([4, 0], [100, 0]), {}, lambda r: np.isnan(r.rate).tolist() == [False, True]),
    ("rates", "missing", ([4, NAN], [9, 9]), {}, lambda r: np.isnan(r.high).tolist() == [False, True]),
    ("rates", "ties", ([4, 4], [9, 9]), {}, lambda r: r.low[0] == r.low[1] and r.high[0] == r.high[1]),
    ("rates", "huge", ([10**12], [BILLION]), {}, lambda r: r.low[0] < r.rate[0] < r.high[0]),
    ("share", "zero", (0, 14), {}, lambda r: r.low == 0 < r.high < 0.3),
    ("share", "one", (1, 1), {}, lambda r: r.low < 0.3 and r.high == 1),
    ("share", "empty", (0, 0), {}, "part_outside_whole"),
    ("share", "missing", (NAN, 14), {}, "part_outside_whole"),
    ("share", "ties", (14, 14), {}, lambda r: r.low > 0.7 and r.high == 1),
    ("share", "huge", (10**12, 2 * 10**12), {}, lambda r: 0.4999 < r.low < 0.5 < r.high < 0.5001),
    ("rate_ratio", "zero", (0, 9, 0, 9), {}, lambda r: (r.low, r.high, r.p_value) == (0, math.inf, 1)),
    ("rate_ratio", "one", (1, 9, 0, 9), {}, lambda r: r.low > 0 and r.high == math.inf and r.p_value == 1),
    ("rate_ratio", "empty", (4, 0, 4, 9), {}, "population_not_positive"),
    ("rate_ratio", "missing", (NAN, 9, 4, 9), {}, "count_negative"),
    ("rate_ratio", "ties", (9, 9, 9, 9), {}, lambda r: r.ratio == 1 and r.low * r.high == pytest.approx(1)),
    ("rate_ratio", "huge", (BILLION, 9, BILLION, 9), {}, lambda r: 0.9999 < r.low < 1 < r.high < 1.0001),
    ("standardised_rate", "zero", ([0, 0], [9, 9], [1, 1]), {}, lambda r: r.rate == r.low == 0 < r.high),
    ("standardised_rate", "one", ([4], [100], [7]), {}, lambda r: r.rate == pytest.approx(4000)),
    ("standardised_rate", "empty", ([4, 0], [100, 0], [1, 0]), {}, lambda r: r.rate == pytest.approx(4000)),
    ("standardised_rate", "missing", ([4, NAN], [100, 9], [1, 1]), {}, "count_negative"),
    ("standardised_rate", "ties", ([4, 4], [9, 9], [1, 2]), {}, lambda r: r.rate == pytest.approx(r.crude)),
    ("standardised_rate", "huge", ([10**12], [10**12], [1]), {}, lambda r: 99_999 < r.low < r.high < 100_001),
    ("survey_waves", "zero", ([0, 0], [400, 400]), {}, lambda r: r.first_to_last.verdict is UNSAID),
    ("survey_waves", "one", ([0.4], [400]), {}, lambda r: r.steps == () and r.first_to_last is None),
    ("survey_waves", "empty", ([0.4, 0.3], [400, 0]), {}, "part_outside_whole"),
    ("survey_waves", "missing", ([0.4, NAN], [400, 400]), {}, "part_outside_whole"),
    ("survey_waves", "ties", ([0.4, 0.4], [400, 400]), {}, lambda r: r.first_to_last.verdict is UNSAID),
    (
        "survey_waves",
        "huge",
        ([0.4, 0.5], [BILLION] * 2),
        {},
        lambda r: r.first_to_last.verdict is Verdict.MORE,
    ),
    ("noisy_rate", "zero", (0, 120, NOISE), {}, lambda r: r.low == 0 < r.high),
    ("noisy_rate", "one", (1, 6, NOISE), {}, lambda r: 0 <= r.low < r.rate < r.high),
    ("noisy_rate", "empty", (0, 0, NOISE), {}, "population_not_positive"),
    ("noisy_rate", "missing", (4, NAN, NOISE), {}, "population_not_positive"),
    ("noisy_rate", "huge", (10**12, 10**12, NOISE), {}, lambda r: 99_999 < r.low < r.high < 100_001),
    ("change", "zero", (0, 1, 0, 1), {}, FEW),
    ("change", "one", (1, 1, 0, 1), {}, FEW),
    ("change", "empty", (5, 0, 5, 1), {}, "exposure_not_positive"),
    ("change", "missing", (5, NAN, 5, 1), {}, "exposure_not_positive"),
    ("change", "ties", (50, 1, 50, 1), {}, UNSAID),
    ("change", "huge", (10**12, 1, 10**12, 1), {}, UNSAID),
    ("trend", "zero", ([0] * 12,), {}, FEW),
    ("trend", "one", ([40],), {}, FEW),
    ("trend", "empty", (EMPTY,), {}, UNSAID),
    ("trend", "missing", (GAP,), {}, UNSAID),
    ("trend", "ties", ([5] * 12,), {}, lambda r: r.yearly_ratio == pytest.approx(1) and r.low < 1 < r.high),
    ("trend", "huge", (HUGE,), {}, UNSAID),
    ("change_points", "zero", ([0] * 12,), {}, FEW),
    ("change_points", "one", ([40],), {}, FEW),
    ("change_points", "empty", (EMPTY,), {}, lambda r: r.shifts == ()),
    ("change_points", "missing", (GAP,), {}, "count_negative"),
    ("change_points", "ties", ([5] * 12,), {}, lambda r: r.shifts == () and r.rates.tolist() == [5]),
    ("change_points", "huge", (HUGE,), {}, lambda r: r.shifts == ()),
    ("break_at", "zero", ([0] * 12, 6), {}, FEW),
    ("break_at", "one", ([40], 1), {}, "break_outside_series"),
    ("break_at", "empty", (EMPTY, 6), {}, lambda r: 0 < r.low < r.ratio < r.high < 1),
    ("break_at", "missing", (GAP, 6), {}, UNSAID),
    ("break_at", "ties", ([5] * 12, 6), {}, lambda r: r.ratio == pytest.approx(1) and r.verdict is UNSAID),
    ("break_at", "huge", (HUGE, 6), {}, UNSAID),
    ("forecast", "zero", ([0] * 12, 2), {"seed": 1}, FEW),
    ("forecast", "one", ([40], 2), {"seed": 1}, FEW),
    ("forecast", "empty", (EMPTY, 2), {"seed": 1}, lambda r: 0 <= r.low[0] < r.expected[0] < r.high[0]),
    ("forecast", "missing", (GAP, 2), {"seed": 1}, lambda r: 0 <= r.low[0] < r.expected[0] < r.high[0]),
    ("forecast", "ties", ([5] * 12, 2), {"seed": 1}, lambda r: r.expected == pytest.approx([5, 5])),
    ("forecast", "huge", (HUGE, 2), {"seed": 1}, lambda r: (r.low < r.expected).all()),
    ("funnel", "zero", ([0, 0], [9, 9]), {}, "no_events"),
    ("funnel", "one", ([40], [1000]), {}, lambda r: r.verdicts == (UNSAID,)),
    ("funnel", "empty", ([40, 0, 30], [1000, 0, 900]), {}, lambda r: r.verdicts == (UNSAID, FEW, UNSAID)),
    ("funnel", "missing", ([40, NAN], [1000, 100]), {}, lambda r: r.verdicts == (UNSAID, FEW)),
    ("funnel", "ties", ([40] * 3, [1000] * 3), {}, lambda r: set(r.verdicts) == {UNSAID}),
    (
        "funnel",
        "huge",
        ([4 * 10**11, 10**11], [10**11] * 2),
        {},
        lambda r: r.verdicts == (Verdict.MORE, Verdict.FEWER),
    ),
    ("relative_rates", "zero", ([0, 0], [9, 9]), {}, "no_events"),
    ("relative_rates", "one", ([40], [1000]), {}, lambda r: r.ratio.tolist() == [1]),
    ("relative_rates", "empty", ([4, 0], [9, 0]), {}, lambda r: np.isnan(r.ratio).tolist() == [False, True]),
    (
        "relative_rates",
        "missing",
        ([4, NAN], [9, 9]),
        {},
        lambda r: np.isnan(r.low).tolist() == [False, True],
    ),
    ("relative_rates", "ties", ([4, 4], [9, 9]), {}, lambda r: r.ratio.tolist() == [1, 1]),
    ("relative_rates", "huge", ([3 * 10**11, 10**11], [9, 9]), {}, lambda r: r.low[0] < 1.5 < r.high[0]),
    ("similar_places", "zero", (np.zeros((4, 2)), 0), {}, lambda r: r.places == (1, 2, 3)),
    ("similar_places", "one", ([[1.0, 2]], 0), {}, lambda r: r.places == ()),
    ("similar_places", "empty", ([[1, 2], [NAN, NAN], [1, 3]], 0), {}, lambda r: r.places == (2,)),
    ("similar_places", "missing", ([[1, 2], [1, NAN], [4, 3]], 0), {}, lambda r: r.places == (1, 2)),
    ("similar_places", "ties", ([[1, 2], [2, 2], [2, 2]], 0), {}, lambda r: r.places == (1, 2)),
    ("similar_places", "huge", ([[BILLION, 2], [2 * BILLION, 2]], 0), {}, lambda r: r.places == (1,)),
    ("rank_places", "zero", ([0, 0], [9, 9]), {"seed": 1}, "no_events"),
    ("rank_places", "one", ([40], [1000]), {"seed": 1}, lambda r: r.low == r.high == 1),
    ("rank_places", "empty", ([40, 0], [1000, 0]), {"seed": 1}, "groups_differ"),
    ("rank_places", "missing", ([40, NAN], [1000, 9]), {"seed": 1}, "groups_differ"),
    ("rank_places", "ties", ([40] * 3, [1000] * 3), {"seed": 1}, lambda r: set(r.high) == {3.0}),
    (
        "rank_places",
        "huge",
        ([4 * 10**11, 10**11], [10**11] * 2),
        {"seed": 1},
        lambda r: r.high.tolist() == [1, 2],
    ),
    ("prioritise", "zero", (np.zeros((3, 2)), [1, 1]), {"seed": 1}, lambda r: r.tied_first),
    ("prioritise", "one", ([[0.4, 0.2]], [1, 1]), {"seed": 1}, lambda r: r.order == (0,)),
    ("prioritise", "empty", ([[0.4, 0.2]], [0, 0]), {"seed": 1}, "weights_unusable"),
    ("prioritise", "missing", ([[0.4, NAN]], [1, 1]), {"seed": 1}, "score_outside_scale"),
    ("prioritise", "ties", (np.full((2, 2), 0.5), [1, 1]), {"seed": 1}, lambda r: r.tied_first),
    (
        "prioritise",
        "huge",
        ([[10**12, 10**12], [0, 10**12]], [1, 1]),
        {"seed": 1, "scale": (0, 10**12)},
        lambda r: r.order == (0, 1),
    ),
]
for name in ("farrington", "farrington_flexible", "ears", "cusum"):
    three = {"monitored": 3}
    alone: Expected = (lambda r: not r.alarm.any()) if name == "farrington" else "periods_missing"
    ROWS += [
        (name, "zero", (np.zeros(97),), three, quiet),
        (name, "one", ([4],), {"monitored": 1}, alone),
        (name, "empty", (with_these([40, 41, 42], 0.0),), three, quiet),
        (name, "missing", (with_these([40, 41, 42], NAN),), three, quiet),
        (name, "ties", (np.full(96, 7.0),), three, quiet),
        (name, "huge", (YEARS * BILLION,), three, quiet),
    ]

# an edge that a method cannot meet, and why
NONE = {
    ("rate", "ties"): "one count",
    ("noisy_rate", "ties"): "one count",
}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0]}-{row[1]}")
def test_at_the_edge(row: Row) -> None:
    sound(row)


def test_a_limit_of_huge_counts_is_that_of_the_same_series_in_thousands() -> None:
    """The mean was cut off at e^20, so that half a milliard a month alarmed for ever."""
    for name in ("farrington", "farrington_flexible"):
        small, huge = (METHODS[name].load()(YEARS * unit, monitored=3) for unit in (10**5, 10**9))

        assert huge.expected == pytest.approx(small.expected * 10**4, rel=1e-6)
