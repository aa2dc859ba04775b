"""Methods against SciPy, statsmodels and plain searches where no other test here has their reference."""

import itertools

import numpy as np
import pytest
import statsmodels.api as sm
from scipy import optimize, stats
from scipy.spatial import cKDTree
from scipy.spatial.distance import cdist
from statsmodels.stats.multitest import multipletests

from samsyn.analysis.comparison import relative_rates
from samsyn.analysis.disclosure.cellkey import noise_table, perturb
from samsyn.analysis.disclosure.cells import cube, total_axis
from samsyn.analysis.disclosure.rounding import round_together
from samsyn.analysis.forecasts import forecast
from samsyn.analysis.noise import CellNoise, noisy_rate
from samsyn.analysis.places.density import relative_risk
from samsyn.analysis.places.hotspots import hot_spots, lisa
from samsyn.analysis.places.knox import knox, near_repeat_bands
from samsyn.analysis.places.neighbours import on_grid, within
from samsyn.analysis.places.patterns import concentration, hour_by_weekday
from samsyn.analysis.ranks import rank_places
from samsyn.analysis.rates import rates
from samsyn.analysis.similar import similar_places
from samsyn.analysis.tests.data import column
from samsyn.analysis.trends import trend

COUNTS, PEOPLE = np.array([0, 1, 3, 10, 50]), np.array([90.0, 100, 400, 900, 1100])


def garwood(counts: np.ndarray) -> np.ndarray:
    """Exact limits through SciPy's chi-squared distribution, as Ulm (1990) writes them."""
    low = np.where(counts > 0, stats.chi2.ppf(0.025, np.maximum(2 * counts, 1)) / 2, 0.0)
    return np.array([low, stats.chi2.ppf(0.975, 2 * (counts + 1)) / 2])


def test_rates_have_the_limits_of_the_chi_squared_distribution() -> None:
    found = rates(COUNTS, PEOPLE, per=1_000)

    assert np.array([found.low, found.high]) == pytest.approx(garwood(COUNTS) / PEOPLE * 1_000, rel=1e-9)


def test_relative_rates_are_exact_limits_over_what_is_expected() -> None:
    found = relative_rates(COUNTS, PEOPLE)

    expected = PEOPLE * COUNTS.sum() / PEOPLE.sum()
    assert np.array([found.low, found.high]) == pytest.approx(garwood(COUNTS) / expected, rel=1e-9)


def test_a_noisy_rate_ends_where_the_difference_to_the_population_could_be_nothing() -> None:
    """Donner and Zou 2012: a limit of x / y is where the limit of x - r y is zero; found by bisection."""
    count, people, noise = 7, 120, CellNoise(9.0, 10, cells=4)
    low, high = garwood(np.array(count))
    fewest, most = noise.limits(people, level=0.95)

    def below(ratio: float) -> float:
        return (count - ratio * people) - float(np.hypot(count - low, ratio * (most - people)))

    def above(ratio: float) -> float:
        return (count - ratio * people) + float(np.hypot(high - count, ratio * (people - fewest)))

    found = noisy_rate(count, people, noise, per=1)

    assert found.low == pytest.approx(optimize.brentq(below, 1e-6, count / people), rel=1e-8)
    assert found.high == pytest.approx(optimize.brentq(above, count / people, 1), rel=1e-8)


def test_a_trend_and_a_forecast_have_the_mean_of_statsmodels() -> None:
    y = np.random.default_rng(4).poisson(30 * 1.06 ** np.arange(16)).astype(float)
    years = np.arange(20.0)
    model = sm.GLM(y, sm.add_constant(years[:16]), family=sm.families.Poisson()).fit(scale="X2")

    slope, ahead = trend(y), forecast(y, 1, seed=1)

    assert slope.yearly_ratio == pytest.approx(np.exp(model.params[1]), rel=1e-6)
    assert slope.dispersion == pytest.approx(model.scale, rel=1e-6)
    assert ahead.with_trend
    assert ahead.expected == pytest.approx(np.exp(model.params @ [1, 16]), rel=1e-6)


def test_similar_places_are_scipys_nearest_on_one_scale() -> None:
    table = np.random.default_rng(2).gamma(2, 10, (40, 3))
    scaled = table / stats.iqr(table, axis=0)

    found = similar_places(table, 5, number=6)

    apart = cdist(scaled[5:6], scaled)[0] / np.sqrt(3)
    assert list(found.places) == np.argsort(apart)[1:7].tolist()
    assert found.distance == pytest.approx(np.sort(apart)[1:7], rel=1e-9)


def test_of_two_places_the_first_is_first_as_often_as_scipys_beta_says() -> None:
    # two posterior gammas of shapes 30.5 and 22.5 over 100 and 90 people: their share is beta distributed
    found = rank_places([30, 22], [100, 90], seed=3, top=1, draws=20_000)

    first = stats.beta.sf(100 / 190, 30.5, 22.5)
    assert found.among_top[0] == pytest.approx(first, abs=0.015)  # four standard errors of the draws


def test_hot_spots_have_the_mid_p_values_of_scipy() -> None:
    counts = np.random.default_rng(3).poisson(3, 36)
    counts[14:16] += 9
    near = on_grid(6, 6).with_self()
    sums = np.array([counts[near.near[a:b]].sum() for a, b in itertools.pairwise(near.first)])
    expected = near.counts * counts.sum() / 36
    point = stats.poisson.pmf(sums, expected) / 2
    upper, lower = stats.poisson.sf(sums, expected) + point, stats.poisson.cdf(sums - 1, expected) + point

    found = hot_spots(counts, np.full(36, 100.0), on_grid(6, 6))

    two_sided = 2 * np.where(sums > expected, upper, lower)
    assert found.p_adjusted == pytest.approx(
        multipletests(np.minimum(two_sided, 1), method="fdr_bh")[1], abs=1e-9
    )


def test_lisa_is_that_of_a_table_of_weights_and_of_shuffling_each_place() -> None:
    rng = np.random.default_rng(6)
    values, where = rng.gamma(2.0, 1.0, 50), rng.uniform(0, 10, (50, 2))
    near = within(where, 2.5)
    weights = (cdist(where, where) <= 2.5) & ~np.eye(50, dtype=bool)
    size = weights.sum(axis=1)
    z = (values - values.mean()) / values.std()

    found = lisa(values, near, permutations=9999, seed=5)

    scored = size > 0
    assert found.score[scored] == pytest.approx(z[scored] * (weights @ z)[scored] / size[scored], abs=1e-9)
    for place in np.flatnonzero(scored)[::9]:
        others = np.delete(values, place)
        sums = np.array([rng.choice(others, size[place], replace=False).sum() for _ in range(2000)])
        own = values[weights[place]].sum()
        tail = min((sums >= own).mean(), (sums <= own).mean())
        assert found.p_value[place] == pytest.approx(min(1, 2 * tail), abs=0.05)


def test_a_relative_risk_is_the_ratio_of_scipys_densities() -> None:
    rng = np.random.default_rng(7)
    events, people = rng.normal(0, 1, (60, 2)), rng.normal(0.2, 1.2, (300, 2))

    found = relative_risk(events, people, 0.8, nodes=120)

    def surface(points: np.ndarray, at: np.ndarray) -> np.ndarray:
        return np.exp(-cdist(at, points, "sqeuclidean") / (2 * 0.8**2)).mean(axis=1)

    known = np.argwhere(np.isfinite(found.density))[::97]
    at = np.column_stack([found.x[known[:, 0]], found.y[known[:, 1]]])
    assert found.density[tuple(known.T)] == pytest.approx(surface(events, at) / surface(people, at), rel=0.01)


def test_near_repeats_of_burkitts_lymphoma_are_those_of_pointpats() -> None:
    x, y, day = column("burkitt_uganda", "x", "y", "day").T
    where = np.column_stack([x, y])

    found = knox(where, day, distance=20, days=5, seed=1)

    assert (found.observed, found.pairs) == (13, 188 * 187 // 2)
    assert found.expected == pytest.approx(10.14381, abs=1e-5)
    assert found.p_poisson == pytest.approx(0.222267, abs=1e-6)  # 13 included; pointpats gives .146246
    assert found.p_value == pytest.approx(0.1985, abs=0.04)  # .197 and .200 there, by the seed


def test_bands_are_counted_as_by_a_plain_search() -> None:
    rng = np.random.default_rng(9)
    where, when = rng.uniform(0, 900, (150, 2)), rng.integers(0, 90, 150).astype(float)
    distances, days = [60.0, 140.0], [3.0, 14.0]

    found = near_repeat_bands(where, when, distances=distances, days=days, seed=1, permutations=9)

    for row, distance in enumerate(distances):
        one, other = cKDTree(where).query_pairs(distance, output_type="ndarray").T
        for place, reach in enumerate(days):
            assert found[row][place].observed == (np.abs(when[one] - when[other]) <= reach).sum()


def test_the_hours_of_a_week_have_the_poisson_tails_of_scipy() -> None:
    starts = np.concatenate([np.random.default_rng(1).uniform(0, 168, 300), np.full(14, 119.5)])

    found = hour_by_weekday(starts)

    counts = np.bincount(starts.astype(int), minlength=168)
    tails = stats.poisson.sf(counts - 1, 314 / 168)
    assert found.p_adjusted.ravel() == pytest.approx(multipletests(tails, method="fdr_bh")[1], abs=1e-9)


def test_concentration_has_the_adjusted_gini_of_bernasco_and_steenbeek() -> None:
    counts = np.sort(np.random.default_rng(5).poisson(0.6, 80))
    events, places = counts.sum(), counts.size

    found = concentration(counts, seed=1, draws=9)

    plain = 2 * (np.arange(1, places + 1) * counts / events).sum() - places - 1
    formula = max(1 / events, 1 / places) * plain - max(places / events, 1) + 1  # their equation 5
    assert found.gini == pytest.approx(formula, abs=1e-12)
    assert found.places == 1 + int((np.cumsum(counts[::-1]) < events / 2).sum())


@pytest.mark.parametrize("seed", range(6))
def test_no_rounding_that_adds_up_moves_less(seed: int) -> None:
    counts = np.random.default_rng(seed).poisson(8, (2, 3))
    system = cube(counts, [total_axis("row", 2), total_axis("column", 3)])
    least = np.inf
    for ups in itertools.product((0, 1), repeat=6):
        below = counts // 5 + np.array(ups).reshape(2, 3) * (counts % 5 > 0)
        rounded = cube(below * 5, [total_axis("row", 2), total_axis("column", 3)]).values
        moved = np.abs(rounded - system.values)
        if moved.max() < 5:
            least = min(least, moved.sum())

    assert np.abs(round_together(system) - system.values).sum() == pytest.approx(least)


def test_the_noise_is_the_most_unpredictable_that_scipy_finds_and_keys_draw_it_evenly() -> None:
    table = noise_table(variance=1.0, largest=3)
    places = table.deviations.astype(float)
    limits = [
        {"type": "eq", "fun": lambda p: p.sum() - 1},
        {"type": "eq", "fun": lambda p: p @ places},
        {"type": "eq", "fun": lambda p: p @ places**2 - 1.0},
    ]
    best = optimize.minimize(
        lambda p: float((p * np.log(p)).sum()), np.full(7, 1 / 7), bounds=[(1e-9, 1)] * 7, constraints=limits
    )

    noise = perturb(np.full(2**16, 40), np.arange(2**16), table) - 40

    assert table.probabilities[-1] == pytest.approx(best.x, abs=1e-4)
    shares = np.array([(noise == place).mean() for place in table.deviations])
    assert shares == pytest.approx(table.probabilities[-1], abs=2**-15)
