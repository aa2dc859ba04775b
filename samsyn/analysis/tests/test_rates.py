import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from samsyn.analysis import Unusable, Verdict
from samsyn.analysis.noise import CellNoise, noisy_rate
from samsyn.analysis.rates import Limits, binomial_limits, poisson_limits, rate, rate_ratio, rates, share
from samsyn.analysis.standardised import standardised_rate
from samsyn.analysis.surveys import design_effect, share_change, survey_share, waves


def test_exact_limits_are_those_of_garwood() -> None:
    low, high = poisson_limits([0, 1, 3, 10, 50])  # Ulm 1990; R and SciPy agree

    assert low == pytest.approx([0, 0.025318, 0.618672, 4.795389, 37.110964], abs=1e-5)
    assert high == pytest.approx([3.68888, 5.571643, 8.767273, 18.390356, 65.918766], abs=1e-5)


def test_byar_limits_are_those_of_breslow_and_day_without_the_added_half() -> None:
    low, high = poisson_limits([1, 10], limits=Limits.BYAR)

    assert low == pytest.approx([0.013072, 4.787450], abs=1e-5)
    assert high == pytest.approx([5.563756, 18.391459], abs=1e-5)


@pytest.mark.parametrize("count", [0, 1, 2, 7, 40, 900])
def test_mid_p_limits_leave_half_of_the_observed_count_in_the_tail(count: int) -> None:
    low, high = poisson_limits(count, limits=Limits.MID_P)

    assert stats.poisson.cdf(count - 1, high) + 0.5 * stats.poisson.pmf(count, high) == pytest.approx(
        0.025, abs=1e-9
    )
    if count:
        assert stats.poisson.sf(count, low) + 0.5 * stats.poisson.pmf(count, low) == pytest.approx(
            0.025, abs=1e-9
        )
    else:
        assert low == 0


@given(st.integers(0, 10**9), st.floats(0.5, 0.999))
def test_exact_limits_enclose_the_mid_p_limits_and_the_count(count: int, level: float) -> None:
    low, high = poisson_limits(count, level=level)
    inner_low, inner_high = poisson_limits(count, level=level, limits=Limits.MID_P)

    assert low <= inner_low + 1e-6 * (1 + count)
    assert inner_high <= high + 1e-6 * (1 + count)
    assert inner_low <= count <= inner_high


@pytest.mark.parametrize("limits", list(Limits))
@pytest.mark.parametrize("mean", [0.3, 2.0, 8.0, 30.0])
def test_the_limits_cover_the_true_mean_as_often_as_they_say(limits: Limits, mean: float) -> None:
    counts = np.arange(0, 200)
    low, high = poisson_limits(counts, limits=limits)

    covered = stats.poisson.pmf(counts, mean)[
        (low <= mean) & (mean <= high)
    ].sum()  # exact coverage, no simulation

    assert covered >= (0.95 if limits is Limits.EXACT else 0.925)


def test_a_rate_of_no_events_has_an_upper_limit_and_is_marked_as_few() -> None:
    found = rate(0, 5_200)

    assert (found.rate, found.low, found.few) == (0, 0, True)
    assert found.high == pytest.approx(3.688879 / 5_200 * 100_000, rel=1e-6)


def test_an_empty_area_gives_a_missing_rate_and_does_not_stop_the_table() -> None:
    found = rates([3, 4, math.nan], [100, 0, 100])

    assert np.isnan(found.rate).tolist() == [False, True, True]
    assert np.isnan(found.low).tolist() == [False, True, True]


def test_a_rate_of_a_huge_count_is_finite() -> None:
    found = rate(10**12, 10**9)

    assert found.low < found.rate < found.high < math.inf


@pytest.mark.parametrize(("count", "population"), [(-1, 10), (1, 0), (1, -5), (1, math.nan), (math.inf, 3)])
def test_a_rate_without_meaning_is_refused(count: float, population: float) -> None:
    with pytest.raises(Unusable):
        rate(count, population)


@given(st.integers(1, 5000), st.data())
def test_a_share_agrees_with_statsmodels(whole: int, data: st.DataObject) -> None:
    part = data.draw(st.integers(0, whole))

    found = share(part, whole)

    assert (found.low, found.high) == pytest.approx(
        proportion_confint(part, whole, method="wilson"), abs=1e-9
    )
    assert binomial_limits(part, whole) == pytest.approx(
        proportion_confint(part, whole, method="beta"), abs=1e-9
    )


@given(st.integers(0, 400), st.integers(0, 400), st.floats(0.1, 10))
def test_a_ratio_of_rates_agrees_with_the_binomial_test(
    count: int, reference: int, population: float
) -> None:
    if count + reference == 0:
        return
    found = rate_ratio(count, population, reference, 1.0)

    exact = stats.binomtest(count, count + reference, population / (population + 1)).proportion_ci(
        0.95, "exact"
    )
    with np.errstate(divide="ignore"):
        expected = np.array([exact.low, exact.high]) / (1 - np.array([exact.low, exact.high])) / population
    assert [found.low, found.high] == pytest.approx(expected.tolist(), rel=1e-6)
    tails = [
        stats.binom.cdf(count, count + reference, population / (population + 1)),
        stats.binom.sf(count - 1, count + reference, population / (population + 1)),
    ]
    assert found.p_value == pytest.approx(min(1, 2 * min(tails)), rel=1e-6)


def test_a_ratio_without_any_event_says_nothing() -> None:
    found = rate_ratio(0, 10, 0, 10)

    assert (found.low, found.high, found.p_value) == (0, math.inf, 1)
    assert math.isnan(found.ratio)


FAY_FEUER = (
    [107, 141, 60, 40, 39, 25],
    [230061, 329449, 114920, 39487, 14208, 3052],
    [63986.6, 186263.6, 157302.2, 97647, 47572.6, 12262.6],
)


def test_a_standardised_rate_agrees_with_epitools() -> None:
    found = standardised_rate(*FAY_FEUER)  # ageadjust.direct on the same numbers

    assert [found.crude, found.rate, found.low, found.high] == pytest.approx(
        [56.347505, 92.304526, 80.441750, 105.763346], abs=1e-5
    )


def test_standardising_to_the_own_population_gives_the_crude_rate_and_nearly_its_exact_interval() -> None:
    found = standardised_rate([2, 0, 5], [300, 100, 600], [300, 100, 600])

    plain = rate(7, 1000)
    assert found.rate == pytest.approx(plain.rate)
    assert (found.low, found.high) == pytest.approx((plain.low, plain.high), rel=1e-9)


def test_a_group_without_people_but_with_weight_is_refused() -> None:
    with pytest.raises(Unusable, match="standard"):
        standardised_rate([1, 2], [0, 10], [1, 1])


def test_noise_in_the_population_widens_the_rate_and_no_noise_leaves_it_exact() -> None:
    plain, exact = noisy_rate(7, 6_900, CellNoise(0.0, 0)), rate(7, 6_900)
    noisy = noisy_rate(7, 6_900, CellNoise(400.0, 200, cells=6))

    assert (plain.low, plain.high) == pytest.approx((exact.low, exact.high))
    assert noisy.low < plain.low
    assert noisy.high > plain.high


def test_a_noisy_rate_covers_the_true_rate_as_often_as_it_says() -> None:
    rng = np.random.default_rng(5)
    true_population, true_rate = 60.0, 0.2
    hits = 0
    for _ in range(2000):
        published = true_population + rng.normal(0, 3, 4).clip(-8, 8).sum()
        found = noisy_rate(
            rng.poisson(true_population * true_rate), published, CellNoise(9.0, 8, cells=4), per=1
        )
        hits += found.low <= true_rate <= found.high

    assert hits / 2000 >= 0.945


def test_weights_make_answers_count_for_less() -> None:
    assert design_effect([1, 1, 1, 1]) == 1
    assert design_effect([1, 1, 1, 3]) == pytest.approx(4 * 12 / 36)
    assert survey_share(0.4, 100, design=2).high > survey_share(0.4, 100).high


def test_the_difference_between_waves_is_that_of_newcombe() -> None:
    found = share_change(share(48, 80), share(56, 70))  # Newcombe 1998, table II, method 10: 0.0524 to 0.3339

    assert (found.low, found.high) == pytest.approx((0.0524, 0.3339), abs=5e-5)


def test_a_small_wave_is_too_few_to_say() -> None:
    found = waves([0.1, 0.9], [30, 400])

    assert found.first_to_last is not None
    assert found.first_to_last.verdict is Verdict.TOO_FEW
