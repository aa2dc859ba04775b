import dataclasses
import itertools
import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samsyn.analysis import Unusable, Verdict
from samsyn.analysis.breaks import break_at, comparable
from samsyn.analysis.changepoints import change_points
from samsyn.analysis.forecasts import forecast
from samsyn.analysis.regression import fit_counts, fit_negative_binomial
from samsyn.analysis.results import as_plain
from samsyn.analysis.tests.data import column
from samsyn.analysis.trends import change, trend


def seat_belts() -> tuple[np.ndarray, np.ndarray]:
    killed, law = column("seatbelts_uk", "killed", "law").T
    month = np.arange(192) % 12
    design = np.column_stack([np.ones(192), law, np.arange(1, 193), month[:, None] == np.arange(1, 12)])
    return killed, design


def test_the_seat_belt_law_has_the_effect_that_r_finds() -> None:
    killed, design = seat_belts()

    quasi, negative = fit_counts(killed, design), fit_negative_binomial(killed, design)

    assert quasi.coefficients[1] == pytest.approx(-0.135792, abs=1e-5)
    assert quasi.standard_error(1) == pytest.approx(0.038449, abs=1e-5)
    assert quasi.dispersion == pytest.approx(2.196387, abs=1e-5)
    assert negative.coefficients[1] == pytest.approx(-0.139559, abs=1e-5)
    assert negative.size == pytest.approx(117.461, abs=1e-2)


def test_a_break_at_the_seat_belt_law_is_seen() -> None:
    killed, _ = seat_belts()

    found = break_at(killed, 169, periods_per_year=12)

    assert found.ratio == pytest.approx(np.exp(-0.135792), abs=1e-5)
    assert found.verdict is Verdict.FEWER


def test_a_break_outside_the_series_is_refused_and_a_short_side_is_too_few() -> None:
    with pytest.raises(Unusable):
        break_at([1, 2, 3], 3)
    assert break_at([50] * 10, 8).verdict is Verdict.TOO_FEW
    assert break_at([0] * 10 + [9] * 10, 10).verdict is Verdict.TOO_FEW


def test_periods_on_both_sides_of_a_code_change_are_not_comparable() -> None:
    assert comparable(3, 3, [3])
    assert not comparable(5, 2, [3])


def brute_segments(y: np.ndarray, shortest: int, step: float) -> tuple[float, tuple[int, ...]]:
    best: tuple[float, tuple[int, ...]] = (np.inf, ())
    for number in range(y.size // shortest):
        for cuts in itertools.combinations(range(1, y.size), number):
            bounds = (0, *cuts, y.size)
            pieces = [y[a:b] for a, b in itertools.pairwise(bounds)]
            if min(piece.size for piece in pieces) < shortest:
                continue
            cost = (
                sum(2 * (p.sum() - (p.sum() * np.log(p.mean()) if p.sum() else 0)) for p in pieces)
                + number * step
            )
            if cost < best[0] - 1e-9:
                best = (cost, bounds[:-1])
    return best


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, 30), min_size=8, max_size=12))
def test_the_segments_are_the_best_of_all_segmentations(counts: list[int]) -> None:
    found = change_points(counts, shortest=2, penalty=2.0)

    if found.verdict is not Verdict.TOO_FEW:
        y = np.array(counts, dtype=float)
        cost, _ = brute_segments(y, 2, 2.0 * found.dispersion)
        pieces = [y[a:b] for a, b in itertools.pairwise((*found.starts, y.size))]
        ours = sum(2 * (p.sum() - (p.sum() * np.log(p.mean()) if p.sum() else 0)) for p in pieces)
        assert ours + len(found.shifts) * 2.0 * found.dispersion == pytest.approx(cost)


def test_a_shift_is_found_where_it_was() -> None:
    rng = np.random.default_rng(1)
    found = change_points(np.concatenate([rng.poisson(20, 36), rng.poisson(35, 24)]))

    assert len(found.shifts) == 1
    assert found.shifts[0].earliest <= 36 <= found.shifts[0].latest
    assert found.verdict is Verdict.MORE


def test_a_series_without_shift_seldom_gets_one() -> None:
    rng = np.random.default_rng(2)
    wrong = sum(bool(change_points(rng.negative_binomial(20, 0.5, 60)).shifts) for _ in range(300))

    assert wrong / 300 <= 0.05


@pytest.mark.parametrize("counts", [[], [3], [0] * 40, [1, 2, 1, 0, 1, 2, 1, 1]])
def test_few_events_have_no_shifts(counts: list[float]) -> None:
    found = change_points(counts)

    assert found.verdict is Verdict.TOO_FEW
    assert found.shifts == ()


@pytest.mark.slow
def test_a_forecast_covers_the_next_year_as_often_as_it_says() -> None:
    rng = np.random.default_rng(3)
    inside = []
    for seed in range(200):
        month = np.arange(72)
        mean = 15 * (1 + 0.3 * np.sin(2 * np.pi * month / 12))
        drawn = rng.negative_binomial(mean, 0.5)
        found = forecast(drawn[:60], 12, seed=seed, periods_per_year=12, draws=1000)
        inside.append(((found.low <= drawn[60:]) & (drawn[60:] <= found.high)).mean())

    assert np.mean(inside) == pytest.approx(0.80, abs=0.06)


def test_a_forecast_of_nearly_nothing_is_too_few_and_has_no_numbers() -> None:
    found = forecast([1, 0, 2, 1], 2, seed=1)

    assert found.verdict is Verdict.TOO_FEW
    assert found.expected.size == 0


def test_a_forecast_with_missing_months_and_the_same_seed_is_the_same() -> None:
    counts = [20.0, np.nan, 22, 19, 25, 18, 21, 20]
    one, other = forecast(counts, 3, seed=9), forecast(counts, 3, seed=9)

    assert one.low.tolist() == other.low.tolist()
    assert (one.low <= one.expected).all()
    assert (one.expected <= one.high).all()


def test_one_full_year_of_months_has_no_season_to_fit() -> None:
    assert trend([5] * 12, periods_per_year=12).season.size == 0


def test_the_numbers_of_a_shift_are_plain() -> None:
    shift = change_points(np.array([5, 6, 4, 5, 7, 5, 12, 14, 11, 13, 12, 15])).shifts[0]

    for one in (shift, change(*np.array([14, 1, 19, 1]))):
        numbers = {field.name: getattr(one, field.name) for field in dataclasses.fields(one)}
        assert {name for name, value in numbers.items() if isinstance(value, np.generic)} == set()
        assert json.loads(json.dumps(as_plain(one)))["ratio"] == one.ratio
