"""The page on coverage says what the code gives, and the intervals hold what they promise."""

import re

import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.rates import confint_poisson

from bench import coverage
from samsyn.analysis.rates import Limits
from samsyn.analysis.standardised import standardised_rate
from tests import charts

FEW = (0.5, 5)


def test_the_tables_of_the_page_are_those_of_the_code() -> None:
    page = coverage.PAGE.read_text()

    made = {
        "counts": coverage.count_rows(),
        "shares": coverage.share_rows(),
        "ratios": coverage.ratio_rows(FEW),
        "standardised": coverage.standard_rows(FEW),
        "changes": coverage.change_rows((2,)),
    }
    for name, rows in made.items():
        table = page.partition(f"<!-- {name} -->")[2].partition("\n\n|")[2].partition("\n\n")[0]
        assert set(rows) <= set(table.splitlines()), name


@pytest.mark.slow
def test_the_simulated_tables_are_those_of_the_code() -> None:
    page = coverage.PAGE.read_text()

    assert set(coverage.trend_rows((5,))) <= set(page.splitlines())


def test_the_figure_is_the_one_that_the_code_draws() -> None:
    said = coverage.alternative(coverage.PAGE.read_text())
    kept = coverage.FIGURE.read_text()

    drawn = charts.svg(coverage.figure(), title=re.findall("<title>(.+?)</title>", kept)[0], description=said)

    assert charts.alike(kept, drawn), "Run `make bench-coverage`."
    assert len(kept) < charts.MOST_BYTES


@pytest.mark.parametrize("band", coverage.BANDS, ids=str)
def test_the_intervals_of_a_count_hold_what_they_promise(band: tuple[float, float]) -> None:
    found = {kind: coverage.count_band(*band, kind) for kind in Limits}

    assert found[Limits.EXACT][0] >= 0.95  # Garwood 1936: never below
    assert found[Limits.BYAR][0] >= 0.9495
    least, mean = found[Limits.MID_P]
    assert least > 0.915
    assert mean == pytest.approx(0.95, abs=0.005) or band[1] <= 5  # no count is small enough to miss, below


def test_the_exact_intervals_of_ratios_and_standardised_rates_never_fall_short() -> None:
    for expected in FEW:
        assert min(coverage.ratio_coverage(expected, ratio) for ratio in coverage.RATIOS) >= 0.95
        assert coverage.standard_coverage(expected) >= 0.95


def test_a_change_told_of_its_history_is_wrong_no_oftener_than_promised() -> None:
    _, unaware = coverage.change_coverage(5, 1.5)
    _, aware = coverage.history_coverage(20, 3.0, draws=600)

    assert unaware <= 0.05
    assert aware <= 0.05 + 2 * np.sqrt(0.05 * 0.95 / 600)


@pytest.mark.parametrize(("kind", "name"), [(Limits.EXACT, "exact-c"), (Limits.MID_P, "midp-c")])
def test_the_coverage_of_a_count_is_that_of_statsmodels_intervals(kind: Limits, name: str) -> None:
    means, counts = np.array([0.7, 3.3, 6.0]), np.arange(1, 30)
    limits = [confint_poisson(int(one), 1.0, method=name) for one in counts]
    held = [[low <= mean <= high for low, high in limits] for mean in means]
    nobody = -np.log(0.025) if kind is Limits.EXACT else -np.log(0.05)  # the upper limit of no event at all

    other = (stats.poisson.pmf(counts, means[:, None]) * held).sum(axis=1)
    other += np.exp(-means) * (means <= nobody)

    assert coverage.count_coverage(means, kind) == pytest.approx(other, abs=1e-9)


def test_the_coverage_of_a_share_is_that_of_statsmodels_intervals() -> None:
    shares, parts = np.array([0.009, 0.2, 0.55]), np.arange(21)
    low, high = proportion_confint(parts, 20, method="wilson")
    held = (low[:, None] <= shares) & (shares <= high[:, None])

    other = (stats.binom.pmf(parts[:, None], 20, shares) * held).sum(axis=0)

    assert coverage.share_coverage(shares, 20) == pytest.approx(other, abs=1e-12)


def test_what_is_added_up_is_what_would_be_drawn() -> None:
    rng, draws = np.random.default_rng(1997), 4_000
    means = 5 * coverage.PEOPLE * coverage.RISKS / (coverage.PEOPLE @ coverage.RISKS)
    truth = float(coverage.STANDARD / coverage.STANDARD.sum() @ (means / coverage.PEOPLE))
    found = [
        standardised_rate(one, coverage.PEOPLE, coverage.STANDARD, per=1.0)
        for one in rng.poisson(means, (draws, 3))
    ]

    held = np.mean([one.low <= truth <= one.high for one in found])

    assert coverage.standard_coverage(5) == pytest.approx(held, abs=4 * np.sqrt(0.01 * 0.99 / draws))
