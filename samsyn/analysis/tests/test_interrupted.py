"""Interrupted time series, against base R's seat-belt data, statsmodels and simulated series."""

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st

from samsyn.analysis import Unusable, Verdict
from samsyn.analysis.effects.assumptions import Assumption
from samsyn.analysis.effects.its import Interruption, interrupted_levels, interrupted_series
from samsyn.analysis.effects.power import detectable, prospect
from samsyn.analysis.tests.data import column

KILLED, LAW = column("seatbelts_uk", "killed", "law").T
BELTS = int(np.argmax(LAW))
SINCE_1975 = 72
CALM = [50, 54, 47, 52, 49, 51, 53, 48, 50, 52, 49, 51, 50, 48, 52, 51]
FEWER = [30, 33, 28, 31, 32, 29, 31, 30]


def holds(found: Interruption, assumption: Assumption) -> bool | None:
    return next(check.holds for check in found.checks if check.assumption is assumption)


def test_the_seat_belt_law_has_the_effect_that_r_gives() -> None:
    # R: glm(killed ~ law + t + month, quasipoisson) and glm.nb of base R's Seatbelts, 1969 to 1984
    quasi = interrupted_series(KILLED, BELTS, negative_binomial=False)
    negative_binomial = interrupted_series(KILLED, BELTS)

    assert np.log(quasi.effect.value) == pytest.approx(-0.135792, abs=1e-5)
    assert quasi.dispersion == pytest.approx(2.196387, abs=1e-5)
    assert np.log(negative_binomial.effect.value) == pytest.approx(-0.139559, abs=1e-5)
    assert negative_binomial.model == "negative_binomial"


def test_an_earlier_shock_in_the_series_keeps_the_law_from_being_praised() -> None:
    whole = interrupted_series(KILLED, BELTS)
    since = interrupted_series(KILLED[SINCE_1975:], BELTS - SINCE_1975)

    # petrol was short in the winter of 1973: the series moved as clearly when there was no law
    assert holds(whole, Assumption.QUIET_BEFORE) is False
    assert whole.verdict is Verdict.CANNOT_SAY
    assert holds(since, Assumption.QUIET_BEFORE) is True
    assert since.verdict is Verdict.FEWER
    assert 0.75 < since.effect.value < 0.90


def test_errors_are_never_below_those_of_statsmodels() -> None:
    # statsmodels: quasi-Poisson, and HAC with Bartlett weights and the small-sample factor
    years = np.arange(192) / 12
    months = (np.arange(192)[:, None] % 12 == np.arange(1, 12)).astype(float)
    design = np.column_stack([LAW, np.ones(192), years, months])
    model = sm.GLM(KILLED, design, family=sm.families.Poisson())
    usual = model.fit(scale="X2")
    robust = model.fit(cov_type="HAC", cov_kwds={"maxlags": 4, "use_correction": True})

    found = interrupted_series(KILLED, BELTS, negative_binomial=False)
    error = np.log(found.effect.high / found.effect.low) / 2 / 1.9734  # t, 178 degrees

    assert usual.bse[0] == pytest.approx(0.038449, abs=1e-5)  # as R
    assert error >= max(usual.bse[0], robust.bse[0])


def test_linear_levels_agree_with_statsmodels() -> None:
    rng = np.random.default_rng(4)
    values = 40 + 0.1 * np.arange(60) - 6 * (np.arange(60) >= 40) + rng.normal(0, 1, 60)
    design = np.column_stack([np.arange(60) >= 40, np.ones(60), np.arange(60)]).astype(float)
    model = sm.OLS(values, design).fit(cov_type="HAC", cov_kwds={"maxlags": 3, "use_correction": True})

    found = interrupted_levels(values, 40, periods_per_year=1)

    assert found.effect.value == pytest.approx(model.params[0], abs=1e-9)
    assert (found.effect.high - found.effect.low) / 2 / 2.0025 >= model.bse[0] - 1e-4  # t, 57 degrees
    assert found.verdict is Verdict.FEWER


def test_a_growing_effect_is_the_average_over_the_time_after() -> None:
    time = np.arange(60)
    mean = 200 * np.exp(np.where(time >= 40, -0.02 * (time - 40), 0.0))

    found = interrupted_series(np.round(mean), 40, periods_per_year=1, shape="level_and_slope")

    assert found.effect.value == pytest.approx(np.exp(-0.02 * 9.5), abs=0.005)
    assert found.immediate.value == pytest.approx(1.0, abs=0.01)
    assert found.slope_per_year is not None
    assert found.slope_per_year.value == pytest.approx(np.exp(-0.02), abs=0.002)


def test_the_avoided_events_are_what_was_expected_less_what_came() -> None:
    found = interrupted_series(CALM + FEWER, 16, periods_per_year=1)

    assert found.avoided == pytest.approx(found.expected_without[16:].sum() - sum(FEWER))
    assert 130 < found.avoided < 190


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (CALM[:7], FEWER),  # seven periods before
        (CALM, FEWER[:3]),  # three after
        ([0] * 16, [0] * 8),
        ([1, 0, 0, 1, 0, 2, 0, 1, 0, 1, 0, 1, 0, 0, 0, 1], [30] * 8),  # eight events before
        ([np.nan] * 10 + CALM[10:], FEWER),
    ],
)
def test_too_few_is_said_and_nothing_else(before: list[float], after: list[float]) -> None:
    found = interrupted_series(before + after, len(before), periods_per_year=1)

    assert found.verdict is Verdict.TOO_FEW
    assert np.isnan(found.effect.value)


def test_a_season_cannot_be_told_from_an_effect_within_two_years() -> None:
    assert interrupted_series((CALM + FEWER) * 2, 23).verdict is Verdict.TOO_FEW


def test_no_event_left_is_an_effect_with_a_finite_interval() -> None:
    found = interrupted_series(CALM + [0] * 8, 16, periods_per_year=1)

    assert found.verdict is Verdict.FEWER
    assert 0 < found.effect.low < found.effect.value < 0.02 < found.effect.high < 1


def test_missing_months_are_left_out() -> None:
    gaps = np.array(CALM + FEWER, dtype=float)
    gaps[[3, 19]] = np.nan

    found = interrupted_series(gaps, 16, periods_per_year=1)

    assert found.verdict is Verdict.FEWER
    assert np.isfinite(found.expected).all()


def test_the_introduction_is_left_out() -> None:
    counts = [*CALM, 500, 500, *FEWER]

    assert interrupted_series(counts, 16, periods_per_year=1, transition=2).verdict is Verdict.FEWER
    assert interrupted_series(counts, 16, periods_per_year=1).verdict is not Verdict.FEWER


def test_a_control_that_fell_as_well_takes_the_credit() -> None:
    found = interrupted_series(CALM + FEWER, 16, periods_per_year=1, control=CALM[::-1] + FEWER)

    assert holds(found, Assumption.CONTROL_UNCHANGED) is False
    assert found.verdict is Verdict.CANNOT_SAY


def test_a_control_that_stayed_leaves_the_answer() -> None:
    found = interrupted_series(CALM + FEWER, 16, periods_per_year=1, control=CALM + CALM[4:12])

    assert holds(found, Assumption.CONTROL_UNCHANGED) is True
    assert found.verdict is Verdict.FEWER


def test_a_bent_trend_is_not_called_an_effect() -> None:
    time = np.arange(48)
    bent = np.round(100 + 400 * np.sin(np.pi * time / 60))

    found = interrupted_series(bent, 36, periods_per_year=1)

    assert holds(found, Assumption.STRAIGHT_BEFORE) is False
    assert found.verdict is Verdict.CANNOT_SAY


def test_a_constant_series_shows_nothing() -> None:
    assert interrupted_levels([5.0] * 24, 16, periods_per_year=1).verdict is Verdict.CANNOT_SAY
    assert interrupted_levels([1e12] * 24, 16, periods_per_year=1).effect.value == 0


def test_huge_counts_give_finite_numbers() -> None:
    found = interrupted_series(np.array(CALM + FEWER) * 1e7, 16, periods_per_year=1)

    assert found.effect.value == pytest.approx(0.6, abs=0.02)


@pytest.mark.parametrize(
    ("counts", "at", "exposure", "code"),
    [
        ([1, 2, -1], 1, None, "count_negative"),
        ([1, 2, np.inf], 1, None, "count_negative"),
        ([1, 2, 3], 0, None, "break_outside_series"),
        ([1, 2, 3], 3, None, "break_outside_series"),
        ([1, 2, 3], 1, [1, 0, 1], "exposure_not_positive"),
        ([[1, 2], [3, 4]], 1, None, "groups_differ"),
    ],
)
def test_what_cannot_be_used_is_refused(counts: list, at: int, exposure: list | None, code: str) -> None:
    with pytest.raises(Unusable) as refused:
        interrupted_series(counts, at, exposure)

    assert refused.value.code == code


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(5, 200), min_size=20, max_size=40), st.floats(0.01, 1e6))
def test_the_unit_of_the_exposure_changes_nothing(counts: list[int], unit: float) -> None:
    plain = interrupted_series(counts, 12, periods_per_year=1, negative_binomial=False)
    scaled = interrupted_series(counts, 12, unit, periods_per_year=1, negative_binomial=False)

    assert scaled.effect.value == pytest.approx(plain.effect.value, rel=1e-6)
    assert scaled.verdict is plain.verdict


@settings(max_examples=25, deadline=None)
@given(st.lists(st.floats(-50, 50), min_size=20, max_size=40), st.floats(-100, 100), st.floats(0.1, 100))
def test_levels_follow_the_unit_of_the_values(values: list[float], shift: float, scale: float) -> None:
    plain = interrupted_levels(values, 12, periods_per_year=1)
    moved = interrupted_levels(np.array(values) * scale + shift, 12, periods_per_year=1)

    assert moved.effect.value == pytest.approx(plain.effect.value * scale, rel=1e-6, abs=1e-5)


def test_series_without_an_effect_are_seldom_called_one() -> None:
    # neighbouring months resemble each other (r = 0.5), which is where plain regression is wrong one time in five
    rng = np.random.default_rng(8)
    said = 0
    for _ in range(200):
        sway = np.zeros(40)
        for t in range(1, 40):
            sway[t] = 0.5 * sway[t - 1] + rng.normal(0, 0.15)
        counts = rng.poisson(40 * np.exp(sway))
        found = interrupted_series(counts, 28, periods_per_year=1, negative_binomial=False)
        said += found.verdict is not Verdict.CANNOT_SAY

    assert said / 200 <= 0.09  # 5 % ± two standard errors of 200 draws


def test_what_could_have_been_seen_is_seen_so_often() -> None:
    # 36 months of Poisson(40), 12 after; a t test finds the detectable decrease with probability 0.8
    rng = np.random.default_rng(5)
    planned = prospect(rng.poisson(40, 36), 12, periods_per_year=1)
    series = [
        np.concatenate([rng.poisson(40, 36), rng.poisson(40 * (1 - planned.decrease), 12)])
        for _ in range(150)
    ]
    design = np.column_stack([np.arange(48) >= 36, np.ones(48), np.arange(48)]).astype(float)

    seen = [
        sm.GLM(one, design, family=sm.families.Poisson()).fit(scale="X2").pvalues[0] < 0.05 for one in series
    ]

    assert 0.68 < np.mean(seen) < 0.92
    assert planned.increase > planned.decrease


def test_a_longer_follow_up_shows_smaller_effects() -> None:
    sizes = [prospect(CALM, ahead, periods_per_year=1).decrease for ahead in (4, 8, 16)]

    assert sizes == sorted(sizes, reverse=True)
    assert prospect([0, 1, 0, 0, 1, 0, 0, 1, 0, 1], 2, periods_per_year=1).decrease == 1.0


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ([40] * 7, 12),  # too few periods before
        ([40] * 20, 3),  # too few after
        ([0, 1, 0, 0, 1, 0, 1, 0, 0, 1], 40),  # fewer than ten events before
    ],
)
def test_nothing_is_promised_where_the_verdict_would_be_too_few(before: list[int], after: int) -> None:
    planned = prospect(before, after, periods_per_year=1)

    assert (planned.decrease, planned.increase) == (1.0, float("inf"))
    for factor in (0.0, 1.0, 3.0):
        come = [round(factor * float(np.mean(before)))] * after
        assert (
            interrupted_series([*before, *come], len(before), periods_per_year=1).verdict is Verdict.TOO_FEW
        )


def test_a_series_that_died_out_by_itself_shows_no_decrease() -> None:
    """The inverse of an information of nearly nothing promised that the smallest decrease would be seen."""
    planned = prospect([20, *[0] * 15], 6, periods_per_year=1)

    assert planned.decrease == 1.0
    assert planned.increase > 1e6


def test_an_increase_is_seen_only_from_as_many_events_as_the_verdict_asks_for() -> None:
    before = [2, 1, 1, 2, 1, 2, 1, 2, 2, 1]  # 15 events; with 4 periods of less than 1.25 each, under 20
    planned = prospect(before, 4, periods_per_year=1)

    assert planned.decrease == 1.0
    assert sum(before) + 4 * np.mean(before) * (1 + planned.increase) > 20


def test_detectable_is_the_textbook_multiple() -> None:
    # Bloom 1995: 2.8 standard errors at 5 % two-sided and 80 % power with many degrees of freedom
    assert detectable(1.0, 1e9, level=0.95) == pytest.approx(1.959964 + 0.841621, abs=1e-5)
    assert detectable(float("nan"), 5, level=0.95) == float("inf")
