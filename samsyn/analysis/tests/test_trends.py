import math

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st

from samsyn.analysis import Unusable, Verdict
from samsyn.analysis.rates import rate_ratio
from samsyn.analysis.regression import fit_counts, fit_negative_binomial, robust_covariance
from samsyn.analysis.trends import Spread, change, trend


def test_seven_to_eleven_is_too_few_to_say() -> None:
    assert change(7, 6_900, 11, 6_900).verdict is Verdict.TOO_FEW


@pytest.mark.parametrize(
    ("before", "after", "verdict"),
    [
        (0, 0, Verdict.TOO_FEW),
        (0, 9, Verdict.TOO_FEW),
        (0, 19, Verdict.MORE),  # few, but clear at the 99 % level
        (14, 19, Verdict.CANNOT_SAY),
        (78, 71, Verdict.CANNOT_SAY),
        (100, 200, Verdict.MORE),
        (200, 100, Verdict.FEWER),
        (8_240, 8_500, Verdict.CANNOT_SAY),  # a large count moves three per cent by itself
        (8_240, 11_000, Verdict.MORE),
    ],
)
def test_a_change_says_more_only_when_it_is_clear(before: int, after: int, verdict: Verdict) -> None:
    assert change(before, 1, after, 1).verdict is verdict


def test_a_change_without_overdispersion_has_the_exact_interval() -> None:
    found, exact = change(40, 2.0, 70, 3.0, dispersion=1.0), rate_ratio(70, 3.0, 40, 2.0)

    assert (found.ratio, found.low, found.high) == pytest.approx((exact.ratio, exact.low, exact.high))
    assert found.spread is Spread.GIVEN


def test_a_restless_history_makes_the_change_harder_to_see() -> None:
    calm = change(100, 1, 150, 1, history=[101, 98, 103, 99, 97, 102])
    restless = change(100, 1, 150, 1, history=[60, 140, 90, 160, 70, 120])

    assert calm.verdict is Verdict.MORE
    assert restless.verdict is Verdict.CANNOT_SAY
    assert restless.dispersion > calm.dispersion >= 1
    assert restless.spread is Spread.HISTORY


@given(st.integers(0, 3000), st.integers(0, 3000), st.floats(0.1, 10))
def test_turning_before_and_after_round_turns_the_interval_round(
    before: int, after: int, exposure: float
) -> None:
    one, other = change(before, exposure, after, 1.0), change(after, 1.0, before, exposure)

    if before + after:
        assert one.low == pytest.approx(1 / other.high if other.high else math.inf, rel=1e-6)
    opposite = {Verdict.MORE: Verdict.FEWER, Verdict.FEWER: Verdict.MORE}
    assert other.verdict is opposite.get(one.verdict, one.verdict)


def test_no_change_is_called_a_change_at_most_as_often_as_the_level_says() -> None:
    rng = np.random.default_rng(11)
    level = 60 * np.exp(rng.normal(0, 0.03, (4000, 2)))
    counts = rng.negative_binomial(level / 0.4, 1 / 1.4)  # dispersion 1.4 and a three per cent sway

    wrong = sum(change(a, 1, b, 1).verdict in (Verdict.MORE, Verdict.FEWER) for a, b in counts.tolist())

    assert wrong / 4000 <= 0.05


def test_the_detectable_change_is_seen_about_four_times_of_five() -> None:
    rng = np.random.default_rng(12)
    ratio = change(200, 1, 200, 1, dispersion=1.0).detectable

    pairs = rng.poisson([200, 200 * ratio], (1500, 2)).tolist()
    seen = sum(change(a, 1, b, 1, dispersion=1.0).verdict is Verdict.MORE for a, b in pairs)

    assert seen / 1500 == pytest.approx(0.8, abs=0.05)


def test_counts_that_cannot_be_compared_are_refused() -> None:
    for arguments in ((1, 0, 1, 1), (-1, 1, 1, 1), (math.inf, 1, 1, 1), (math.nan, 1, 1, 1)):
        with pytest.raises(Unusable):
            change(*arguments)


def series(seed: int, years: int, yearly: float, dispersion: float = 1.0) -> np.ndarray:
    rng = np.random.default_rng(seed)
    month = np.arange(12 * years)
    mean = 20 * yearly ** (month / 12) * (1 + 0.3 * np.sin(2 * np.pi * month / 12))
    return (
        rng.poisson(mean)
        if dispersion == 1
        else rng.negative_binomial(mean / (dispersion - 1), 1 / dispersion)
    )


def test_a_fit_agrees_with_statsmodels() -> None:
    y = series(1, 6, 1.05, 2.0).astype(float)
    x = np.column_stack([np.ones(72), np.arange(72) / 12, np.sin(2 * np.pi * np.arange(72) / 12)])
    exposure = np.linspace(900, 1100, 72)

    ours = fit_counts(y, x, exposure=exposure)
    theirs = sm.GLM(y, x, family=sm.families.Poisson(), offset=np.log(exposure)).fit(scale="X2")

    assert ours.coefficients == pytest.approx(theirs.params, abs=1e-8)
    assert np.sqrt(np.diag(ours.covariance)) == pytest.approx(theirs.bse, rel=1e-6)
    hac = sm.GLM(y, x, family=sm.families.Poisson(), offset=np.log(exposure)).fit(
        cov_type="HAC", cov_kwds={"maxlags": 3, "use_correction": True}
    )
    assert robust_covariance(ours, y, x, lags=3) == pytest.approx(hac.cov_params(), rel=1e-6)


def test_a_negative_binomial_fit_agrees_with_statsmodels() -> None:
    y = series(2, 8, 1.02, 3.0).astype(float)
    x = np.column_stack([np.ones(96), np.arange(96) / 12])

    ours = fit_negative_binomial(y, x)
    theirs = sm.NegativeBinomial(y, x).fit(disp=0)

    assert ours.coefficients == pytest.approx(theirs.params[:2], abs=1e-4)
    assert 1 / ours.size == pytest.approx(theirs.params[2], rel=1e-3)


def test_a_real_trend_is_found_and_its_interval_holds_it() -> None:
    found = trend(series(3, 10, 1.10), periods_per_year=12)

    assert found.verdict is Verdict.MORE
    assert found.low < 1.10 < found.high
    assert found.season.mean() == pytest.approx(1)
    assert found.season.argmax() in (2, 3, 4)


@pytest.mark.slow
def test_no_trend_is_called_a_trend_at_most_as_often_as_the_level_says() -> None:
    verdicts = [trend(series(seed, 6, 1.0, 2.0), periods_per_year=12).verdict for seed in range(600)]

    assert sum(verdict is not Verdict.CANNOT_SAY for verdict in verdicts) / 600 <= 0.06


@pytest.mark.parametrize("counts", [[5, 6, 7], [0] * 20, [1, 0, 2, 1, 0, 1], [3.0]])
def test_a_short_or_nearly_empty_series_is_too_few(counts: list[float]) -> None:
    assert trend(counts).verdict is Verdict.TOO_FEW


def test_empty_and_missing_months_do_not_stop_a_trend() -> None:
    y = series(4, 5, 1.0).astype(float)
    y[[3, 17, 18]] = math.nan
    y[40:46] = 0

    found = trend(y, periods_per_year=12)

    assert found.verdict in (Verdict.CANNOT_SAY, Verdict.FEWER)
    assert np.isfinite(found.expected).all()


@settings(max_examples=30)
@given(st.lists(st.integers(0, 10**7), min_size=4, max_size=40), st.floats(1, 1e6))
def test_a_trend_does_not_depend_on_the_unit_of_exposure(counts: list[int], unit: float) -> None:
    one, other = trend(counts, 1.0), trend(counts, unit)

    if one.verdict is not Verdict.TOO_FEW:
        assert one.yearly_ratio == pytest.approx(other.yearly_ratio, rel=1e-4)
