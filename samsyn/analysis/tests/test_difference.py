"""Difference-in-differences, against R's fisher.test, SciPy, statsmodels and simulated places."""

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from samsyn.analysis import Unusable, Verdict
from samsyn.analysis.effects.assumptions import Assumption
from samsyn.analysis.effects.conditional import odds_ratio_limits
from samsyn.analysis.effects.did import (
    DifferenceInDifferences,
    LevelsDifference,
    difference_in_differences,
    difference_in_levels,
)
from samsyn.analysis.effects.did_errors import collapse, errors_of
from samsyn.analysis.effects.panels import fit_levels, panel

HERE = [30, 28, 31, 29, 30, 32, 12, 11, 14, 10]
THERE = [41, 40, 38, 42, 39, 41, 40, 42, 39, 41]


def holds(found: DifferenceInDifferences | LevelsDifference, assumption: Assumption) -> bool | None:
    return next(check.holds for check in found.checks if check.assumption is assumption)


def test_exact_limits_are_those_of_r_for_fishers_twins() -> None:
    # R help of fisher.test: Convictions, conf.level 0.95 and 0.99; R's root search stops at about 1e-4
    assert odds_ratio_limits(2, 15, 10, 3) == pytest.approx((0.003325764, 0.363182271), abs=2e-5)
    assert odds_ratio_limits(2, 15, 10, 3, level=0.99) == pytest.approx((0.001386333, 0.578851645), abs=2e-5)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(1, 60), min_size=4, max_size=4))
def test_exact_limits_are_those_of_scipy(sums: list[int]) -> None:
    a, b, c, d = sums
    reference = stats.contingency.odds_ratio([[a, b], [c, d]], kind="conditional").confidence_interval(0.95)

    low, high = odds_ratio_limits(a, b, c, d)

    assert low == pytest.approx(reference.low, rel=1e-5)
    assert high == pytest.approx(reference.high, rel=1e-5)


def test_the_fit_is_that_of_statsmodels_with_exposures_and_a_missing_month() -> None:
    rng = np.random.default_rng(0)
    exposure = rng.uniform(1, 3, (8, 14))
    y = rng.poisson(5 * exposure).astype(float)
    y[2, 3] = np.nan
    treated = np.arange(8) < 3
    known = np.isfinite(y)
    place, month = np.nonzero(known)
    design = np.column_stack(
        [
            (treated[:, None] & (np.arange(14) >= 9)[None, :])[known],
            place[:, None] == np.arange(8),
            month[:, None] == np.arange(1, 14),
        ]
    ).astype(float)
    model = sm.GLM(y[known], design, family=sm.families.Poisson(), offset=np.log(exposure[known])).fit()

    levels = fit_levels(panel(y, treated, 9, exposure))

    assert np.log(levels.effect) == pytest.approx(model.params[0], abs=1e-9)
    assert levels.information**-0.5 == pytest.approx(model.bse[0], rel=1e-6)


def test_with_complete_counts_the_effect_is_the_ratio_of_ratios() -> None:
    # Farrington et al. 2007, appendix: (a d) / (b c), variance of its logarithm 1/a + 1/b + 1/c + 1/d
    a, b, c, d = 180, 47, 241, 162
    levels = fit_levels(panel([HERE, THERE], [True, False], 6, None))

    assert (sum(HERE[:6]), sum(HERE[6:]), sum(THERE[:6]), sum(THERE[6:])) == (a, b, c, d)
    assert levels.effect == pytest.approx(b * c / (a * d), rel=1e-9)
    assert 1 / levels.information == pytest.approx(1 / a + 1 / b + 1 / c + 1 / d, rel=1e-9)


def test_a_clear_decrease_is_called_fewer() -> None:
    found = difference_in_differences([HERE, THERE, THERE[::-1]], [True, False, False], 6)

    assert found.verdict is Verdict.FEWER
    assert found.effect.low < found.effect.value < found.effect.high < 1
    assert found.avoided == pytest.approx(180 * (162 + 161) / (241 + 242) - 47, abs=0.5)


def test_nothing_is_said_without_a_comparison() -> None:
    for treated in ([True, True], [False, False]):
        with pytest.raises(Unusable) as refused:
            difference_in_differences([HERE, THERE], treated, 6)
        assert refused.value.code == "no_comparison"


def test_a_comparison_that_fell_as_well_takes_the_credit() -> None:
    found = difference_in_differences([HERE, HERE[:6][::-1] + HERE[6:]], [True, False], 6)

    assert found.effect.value == pytest.approx(1.0)
    assert found.verdict is Verdict.CANNOT_SAY


def test_places_that_drifted_apart_before_are_not_compared() -> None:
    falling = np.round(90 * np.exp(-0.08 * np.arange(20)))
    flat = np.full(20, 60)

    found = difference_in_differences([falling, flat, flat], [True, False, False], 12)

    assert found.effect.high < 1  # the interval alone would have praised the measure
    assert holds(found, Assumption.PARALLEL_BEFORE) is False
    assert found.drift is not None
    assert found.drift.ratio == pytest.approx(np.exp(-0.08), abs=0.01)
    assert found.verdict is Verdict.CANNOT_SAY


def test_a_drift_that_cannot_be_checked_is_no_reason_to_believe() -> None:
    found = difference_in_differences([[180, 47], [240, 162]], [True, False], 1)

    assert found.effect.high < 1
    assert found.verdict is Verdict.CANNOT_SAY


def test_a_shock_before_keeps_the_measure_from_being_praised() -> None:
    rng = np.random.default_rng(4)
    there = rng.poisson(60, (3, 36))
    here = rng.poisson(np.where((np.arange(36) // 6) % 2 == 0, 70, 30))  # swings by half every half-year

    found = difference_in_differences([here, *there], [True, False, False, False], 30)

    assert holds(found, Assumption.QUIET_BEFORE) is False or found.verdict is Verdict.CANNOT_SAY


def test_other_places_called_treated_show_as_much() -> None:
    rng = np.random.default_rng(11)
    change = rng.normal(0, 0.5, 24)  # every place goes its own way
    rate = 20 * np.exp(np.where(np.arange(16)[None, :] >= 8, change[:, None], 0.0))
    counts = rng.poisson(rate)
    chosen = np.argsort(np.abs(change))[12]

    found = difference_in_differences(counts, np.arange(24) == chosen, 8)

    assert found.choices == 24
    assert holds(found, Assumption.RARE_ELSEWHERE) is False
    assert found.verdict is Verdict.CANNOT_SAY


@pytest.mark.parametrize(
    "counts",
    [
        [[0] * 10, THERE],
        [[1, 0, 1, 0, 1, 1, 0, 0, 1, 0], THERE],
        [HERE, [0] * 10],
        [HERE, [0] * 6 + [9, 9, 9, 9]],
        [[np.nan] * 10, THERE],
        [[np.nan] * 6 + HERE[6:], THERE],
    ],
)
def test_too_few_is_said_and_nothing_else(counts: list[list[float]]) -> None:
    found = difference_in_differences(counts, [True, False], 6)

    assert found.verdict is Verdict.TOO_FEW
    assert np.isnan(found.effect.value)


def test_few_events_need_the_stricter_level() -> None:
    found = difference_in_differences([[3, 2, 3, 2, 3, 2, 0, 0, 1, 0], THERE], [True, False], 6)

    assert found.treated_before + found.treated_after < 20
    assert found.verdict is Verdict.TOO_FEW


def test_no_event_left_has_a_finite_upper_limit() -> None:
    found = difference_in_differences([[30] * 6 + [0] * 4, THERE, THERE], [True, False, False], 6)

    assert (found.effect.value, found.effect.low) == (0.0, 0.0)
    assert 0 < found.effect.high < 0.5
    assert found.verdict is Verdict.FEWER


def test_huge_counts_and_constant_counts_give_finite_numbers() -> None:
    found = difference_in_differences(np.array([HERE, THERE]) * 1e7, [True, False], 6)
    still = difference_in_differences(np.full((4, 10), 7), [True, False, False, False], 6)

    assert found.effect.value == pytest.approx(47 * 241 / (180 * 162), rel=1e-6)
    assert still.effect.value == pytest.approx(1.0)
    assert still.verdict is Verdict.CANNOT_SAY


def test_missing_months_and_the_introduction_are_left_out() -> None:
    gaps = np.array(
        [[*HERE[:6], 500, *HERE[6:]], [*THERE[:6], 3, *THERE[6:]], [*THERE[:6], 3, *THERE[6:]]], float
    )
    gaps[1, 2] = np.nan

    found = difference_in_differences(gaps, [True, False, False], 6, transition=1)

    assert found.verdict is Verdict.FEWER
    assert np.isfinite(found.by_period.value).sum() == 10
    assert np.isnan(found.by_period.value[6])


@pytest.mark.parametrize(
    ("counts", "treated", "at", "exposure", "code"),
    [
        ([[1, -2], [1, 2]], [1, 0], 1, None, "count_negative"),
        ([[1, np.inf], [1, 2]], [1, 0], 1, None, "count_negative"),
        ([[1, 2], [1, 2]], [1, 0], 2, None, "break_outside_series"),
        ([[1, 2], [1, 2]], [1, 0, 0], 1, None, "groups_differ"),
        ([[1, 2], [1, 2]], [1, 0], 1, [1, 2, 3], "groups_differ"),
        ([[1, 2], [1, 2]], [1, 0], 1, [1, 0], "exposure_not_positive"),
    ],
)
def test_what_cannot_be_used_is_refused(
    counts: list, treated: list, at: int, exposure: object, code: str
) -> None:
    with pytest.raises(Unusable) as refused:
        difference_in_differences(counts, treated, at, exposure)

    assert refused.value.code == code


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32 - 1), st.floats(0.001, 1000))
def test_the_unit_of_the_exposure_and_the_order_of_places_change_nothing(seed: int, unit: float) -> None:
    rng = np.random.default_rng(seed)
    counts, treated = rng.poisson(9, (5, 10)), np.array([True, True, False, False, False])
    order = rng.permutation(5)

    plain = difference_in_differences(counts, treated, 5)
    other = difference_in_differences(counts[order], treated[order], 5, unit)

    assert other.effect.value == pytest.approx(plain.effect.value, rel=1e-6)
    assert other.verdict is plain.verdict


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_the_interval_is_never_narrower_than_the_exact_one(seed: int) -> None:
    rng = np.random.default_rng(seed)
    given_counts = panel(rng.poisson(6, (4, 8)), [True, False, False, False], 4, None)
    levels = fit_levels(given_counts)
    errors = errors_of(given_counts, levels, collapse(given_counts, levels), given_counts)

    low, high = errors.limits(float(np.log(levels.effect)), 0.95)
    exact_low, exact_high = errors.exact(0.95)

    assert low <= exact_low
    assert high >= exact_high


def test_places_without_an_effect_are_seldom_called_one() -> None:
    # months echo each other (r = 0.6) and every place goes its own way: plain ratios are wrong one time in four
    rng = np.random.default_rng(8)
    said = 0
    for _ in range(120):
        sway = np.zeros((9, 24))
        for t in range(1, 24):
            sway[:, t] = 0.6 * sway[:, t - 1] + rng.normal(0, 0.3, 9)
        found = difference_in_differences(rng.poisson(5 * np.exp(sway)), np.arange(9) < 2, 12)
        said += found.verdict in (Verdict.MORE, Verdict.FEWER)

    assert said / 120 <= 0.09  # 5 % and two standard errors of 120 draws


def test_the_minimum_wage_of_new_jersey() -> None:
    # Card and Krueger 1994, table 3: 20.44 to 21.03 beside 23.33 to 21.17; 2.76 before rounding
    found = difference_in_levels([[20.44, 21.03], [23.33, 21.17]], [True, False], 1)

    assert found.effect.value == pytest.approx(2.76, abs=0.011)
    assert found.verdict is Verdict.TOO_FEW


def test_levels_have_welchs_interval() -> None:
    rng = np.random.default_rng(2)
    values = rng.normal(40, 2, (12, 8)) + 3 * (np.arange(12) < 4)[:, None] * (np.arange(8) >= 5)
    treated = np.arange(12) < 4
    change = values[:, 5:].mean(axis=1) - values[:, :5].mean(axis=1)
    reference = stats.ttest_ind(change[treated], change[~treated], equal_var=False).confidence_interval(0.95)

    found = difference_in_levels(values, treated, 5)

    assert (found.effect.low, found.effect.high) == pytest.approx((reference.low, reference.high), rel=1e-9)


def test_one_treated_place_is_judged_by_the_spread_of_the_others() -> None:
    values = np.array(
        [[10, 10, 10, 4], [10, 9, 10, 10], [11, 10, 11, 12], [9, 10, 9, 8.5], [10, 11, 10, 10.2]]
    )

    found = difference_in_levels(values, [True] + [False] * 4, 3)

    assert found.degrees == 3
    assert found.verdict is Verdict.FEWER


def test_levels_that_parted_before_say_nothing() -> None:
    values = np.outer([1.0, 0.1, 0.0, -0.1], np.arange(8)) + 5

    found = difference_in_levels(values, [True, False, False, False], 5)

    assert holds(found, Assumption.PARALLEL_BEFORE) is False
    assert found.verdict is Verdict.CANNOT_SAY
