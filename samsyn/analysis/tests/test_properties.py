"""What must hold for any input: units, order, time and place change nothing that they should not."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samsyn.analysis import Unusable
from samsyn.analysis.breaks import break_at
from samsyn.analysis.comparison import funnel, relative_rates
from samsyn.analysis.disclosure.audit import audit
from samsyn.analysis.disclosure.cellkey import noise_table, perturb
from samsyn.analysis.disclosure.cells import cube, total_axis
from samsyn.analysis.disclosure.optimum import best_pattern
from samsyn.analysis.disclosure.policy import Policy
from samsyn.analysis.disclosure.publications import PublishedTable
from samsyn.analysis.disclosure.rounding import round_randomly
from samsyn.analysis.disclosure.suppression import suppress
from samsyn.analysis.effects.did import difference_in_levels
from samsyn.analysis.effects.power import prospect
from samsyn.analysis.flexible import farrington_flexible
from samsyn.analysis.forecasts import forecast
from samsyn.analysis.noise import CellNoise, noisy_rate
from samsyn.analysis.places.density import density, relative_risk
from samsyn.analysis.places.hotspots import gi_star, hot_spots, lisa
from samsyn.analysis.places.knox import knox, near_repeat_bands
from samsyn.analysis.places.neighbours import within
from samsyn.analysis.places.patterns import concentration, hour_by_weekday
from samsyn.analysis.places.scan import scan
from samsyn.analysis.ranks import rank_places
from samsyn.analysis.rates import rate, rates
from samsyn.analysis.standardised import standardised_rate
from samsyn.analysis.surveillance import cusum, farrington
from samsyn.analysis.surveys import waves
from samsyn.analysis.tests.attacker import interval

few = settings(max_examples=10, deadline=None)
SEEDS = st.integers(0, 2**32 - 1)
UNITS = st.floats(1e-3, 1e3)


@few
@given(st.integers(0, 10**9), st.floats(1, 1e9), UNITS)
def test_a_rate_lies_in_its_interval_and_follows_its_unit(count: int, people: float, per: float) -> None:
    one, many = rate(count, people, per=per), rates([count, 0], [people, 1.0], per=per)

    assert one.low <= one.rate <= one.high
    assert one.rate == pytest.approx(rate(count, people * 2, per=per * 2).rate)
    assert (many.rate[0], many.low[0], many.high[0]) == pytest.approx((one.rate, one.low, one.high))


@few
@given(SEEDS, UNITS)
def test_a_standard_is_a_share_and_groups_have_no_order(seed: int, unit: float) -> None:
    rng = np.random.default_rng(seed)
    counts, people, standard = rng.poisson(4, 5), rng.integers(50, 900, 5), rng.uniform(1, 9, 5)
    turned = rng.permutation(5)

    one = standardised_rate(counts, people, standard)
    other = standardised_rate(counts[turned], people[turned], standard[turned] * unit)

    assert (other.rate, other.low, other.high) == pytest.approx((one.rate, one.low, one.high), rel=1e-9)
    assert one.low <= one.rate <= one.high


@few
@given(st.floats(0, 1), st.floats(0, 1), st.integers(5, 3000), st.integers(5, 3000))
def test_waves_backwards_have_the_opposite_change(before: float, after: float, asked: int, then: int) -> None:
    there = waves([before, after], [asked, then]).first_to_last
    back = waves([after, before], [then, asked]).first_to_last

    assert there is not None
    assert back is not None
    assert (back.difference, back.low, back.high) == pytest.approx(
        (-there.difference, -there.high, -there.low)
    )


@few
@given(st.integers(0, 300), st.integers(60, 9000), st.floats(0, 9), st.integers(1, 9))
def test_noise_never_makes_a_rate_surer(count: int, people: int, variance: float, cells: int) -> None:
    noisy, plain = noisy_rate(count, people, CellNoise(variance, 5, cells=cells)), rate(count, people)

    assert noisy.low <= plain.low + 1e-6
    assert noisy.high >= plain.high - 1e-6 * plain.high


@few
@given(st.lists(st.integers(0, 400), min_size=16, max_size=30), UNITS)
def test_breaks_forecasts_and_prospects_follow_the_unit_of_exposure(counts: list[int], unit: float) -> None:
    one, other = break_at(counts, 8), break_at(counts, 8, unit)
    ahead, later = forecast(counts, 2, seed=1), forecast(counts, 2, unit, seed=1)
    seen, also = prospect(counts, 6, periods_per_year=1), prospect(counts, 6, unit, periods_per_year=1)

    assert other.ratio == pytest.approx(one.ratio, rel=1e-5, nan_ok=True)
    assert later.expected == pytest.approx(ahead.expected, rel=1e-5)
    assert (ahead.low <= ahead.high).all()
    assert also.decrease == pytest.approx(seen.decrease, rel=1e-4)


@few
@given(SEEDS)
def test_series_are_judged_each_by_itself_and_this_month_does_not_move_its_own_limit(seed: int) -> None:
    rng = np.random.default_rng(seed)
    counts = rng.poisson(rng.gamma(1, 6, (4, 1)), (4, 84)).astype(float)
    turned, more = rng.permutation(4), counts.copy()
    more[:, -1] += rng.integers(0, 40, 4)

    for method in (farrington, farrington_flexible):
        found, other, higher = (method(one, monitored=1) for one in (counts, counts[turned], more))
        assert other.upper == pytest.approx(found.upper[turned], rel=1e-6)
        assert higher.upper == pytest.approx(found.upper, rel=1e-9)
        assert (higher.alarm | ~found.alarm).all()
    drift, other, higher = (cusum(one, monitored=1) for one in (counts, counts[turned], more))
    assert (other.alarm == drift.alarm[turned]).all()
    assert (higher.alarm | ~drift.alarm).all()


@few
@given(SEEDS, UNITS)
def test_places_have_no_order_and_their_exposure_no_unit(seed: int, unit: float) -> None:
    rng = np.random.default_rng(seed)
    people = rng.integers(300, 9_000, 12).astype(float)
    counts, turned = rng.poisson(people * 0.02) + 1, rng.permutation(12)

    one, other = funnel(counts, people), funnel(counts[turned], people[turned] * unit)
    beside, also = relative_rates(counts, people), relative_rates(counts[turned], people[turned] * unit)
    ranks, there = (rank_places(counts, people * by, seed=1, draws=2000) for by in (1.0, unit))
    gathered, spread = (concentration(values, seed=1, draws=19) for values in (counts, counts[turned]))

    assert other.z == pytest.approx(one.z[turned], abs=1e-6)
    assert also.low == pytest.approx(beside.low[turned])
    assert np.abs(there.rank - ranks.rank).max() <= 1
    assert (ranks.low <= ranks.rank).all()
    assert (ranks.rank <= ranks.high).all()
    assert (spread.places, spread.by_chance) == (gathered.places, gathered.by_chance)
    assert spread.gini == pytest.approx(gathered.gini)


@few
@given(SEEDS, UNITS, st.floats(-1e3, 1e3))
def test_local_scores_follow_places_and_not_units(seed: int, unit: float, shift: float) -> None:
    rng = np.random.default_rng(seed)
    where, values, turned = rng.uniform(0, 9, (30, 2)), rng.poisson(4, 30) + 0.0, rng.permutation(30)
    near, other = within(where, 2.5), within(where[turned] * unit, 2.5 * unit)

    for method in (gi_star, lisa):
        one = method(values, near)
        moved = method(values[turned] * unit + shift, other)
        assert moved.score == pytest.approx(one.score[turned], rel=1e-5, abs=1e-5, nan_ok=True)
    spots = hot_spots(values, np.full(30, 90.0), near)
    same = hot_spots(values[turned], np.full(30, 90.0 * unit), other)
    assert same.score == pytest.approx(spots.score[turned], abs=1e-6, nan_ok=True)


@few
@given(SEEDS, UNITS)
def test_surfaces_keep_their_mass_in_any_unit(seed: int, unit: float) -> None:
    rng = np.random.default_rng(seed)
    events, people = rng.normal(0, 1, (20, 2)), rng.normal(0, 1, (40, 2))

    found, scaled = (density(events * by, 0.7 * by, nodes=64) for by in (1.0, unit))
    risk = relative_risk(events, people, 0.7, nodes=64)
    heavier = relative_risk(
        events * unit, people * unit, 0.7 * unit, nodes=64, people_weights=np.full(40, 3.0)
    )

    assert found.density.sum() * np.diff(found.x)[0] * np.diff(found.y)[0] == pytest.approx(20, rel=1e-3)
    assert scaled.density * unit**2 == pytest.approx(found.density, rel=1e-6, abs=1e-9)
    assert heavier.density == pytest.approx(risk.density, rel=1e-6, nan_ok=True)


@few
@given(SEEDS, st.integers(-500, 500))
def test_near_repeats_are_the_same_elsewhere_later_and_backwards(seed: int, shift: int) -> None:
    rng = np.random.default_rng(seed)
    where, when = rng.integers(0, 60, (40, 2)).astype(float), rng.integers(0, 90, 40).astype(float)

    found = knox(where, when, distance=9, days=5, seed=1, permutations=9)
    other = knox(where + shift, shift - when, distance=9, days=5, seed=1, permutations=9)
    band = near_repeat_bands(where, when, distances=[9], days=[5], seed=1, permutations=9)[0][0]

    for one in (other, band):
        assert (one.observed, one.close_in_space, one.close_in_time) == (
            found.observed,
            found.close_in_space,
            found.close_in_time,
        )


@few
@given(SEEDS, UNITS)
def test_a_cluster_does_not_hang_on_the_unit_of_population_or_distance(seed: int, unit: float) -> None:
    rng = np.random.default_rng(seed)
    counts, people, where = (
        rng.poisson(3, (20, 4)),
        rng.integers(50, 900, 20) + 0.0,
        rng.uniform(0, 9, (20, 2)),
    )
    asked = {"seed": 1, "replications": 9, "most_areas": 8}

    one, other = scan(counts, people, where, **asked), scan(counts, people * unit, where * unit, **asked)

    ratios = [[found.likelihood_ratio for found in side.clusters] for side in (one, other)]
    assert ratios[1] == pytest.approx(ratios[0], rel=1e-6)


@few
@given(SEEDS, st.integers(0, 167))
def test_a_week_that_begins_elsewhere_is_the_same_week_turned(seed: int, hours: int) -> None:
    starts = np.floor(np.random.default_rng(seed).uniform(0, 168, 60)) + 0.5

    one, other = hour_by_weekday(starts), hour_by_weekday((starts + hours) % 168)

    assert np.roll(one.counts.ravel(), hours).tolist() == other.counts.ravel().tolist()
    assert np.roll(one.p_adjusted.ravel(), hours) == pytest.approx(other.p_adjusted.ravel())


@few
@given(SEEDS, st.floats(-100, 100), UNITS)
def test_a_difference_in_levels_follows_the_unit(seed: int, shift: float, unit: float) -> None:
    values = np.random.default_rng(seed).normal(20, 3, (6, 8))
    treated = np.arange(6) < 2

    one, other = (difference_in_levels(one, treated, 5) for one in (values, (values + shift) * unit))

    assert other.effect.value == pytest.approx(one.effect.value * unit, rel=1e-6, abs=1e-9)
    assert other.effect.low == pytest.approx(one.effect.low * unit, rel=1e-6, abs=1e-9)
    assert other.verdict is one.verdict


@few
@given(SEEDS)
def test_the_best_pattern_is_safe_and_never_dearer_than_the_quick_one(seed: int) -> None:
    rng = np.random.default_rng(seed)
    system = cube(rng.poisson(rng.gamma(1, 9, (3, 4))), [total_axis("row", 3), total_axis("column", 4)])
    policy = Policy(threshold=5, width=4)
    try:
        quick = suppress(system, policy)
        best = best_pattern(system, policy, seconds=2)
    except Unusable as refused:
        if refused.code != "cannot_protect":
            raise
        return

    assert best.audit.safe
    assert best.lower_bound - 1e-6 <= best.cost <= quick.cost + 1e-6


@few
@given(SEEDS)
def test_the_audit_opens_what_the_attacker_opens_and_nothing_else(seed: int) -> None:
    rng = np.random.default_rng(seed)
    counts = rng.poisson(5, (3, 3))
    system = cube(counts, [total_axis("row", 3), total_axis("column", 3)])
    hidden = (rng.random(16) < 0.5) & (system.values > 0)
    hidden |= (system.values > 0) & (system.values < 5)
    index = np.arange(9).reshape(3, 3)
    sides = [[0], [1], [2], [0, 1, 2]]
    cells = tuple(frozenset(index[np.ix_(r, c)].ravel().tolist()) for r in sides for c in sides)
    table = PublishedTable("table", cells, tuple(bool(one) for one in hidden))
    policy = Policy(threshold=5, width=3)

    opened = {one.cell for one in audit(system, hidden, policy).open_cells}

    for cell in np.flatnonzero((system.values > 0) & (system.values < 5)):
        low, high = interval(counts.ravel(), [table], cells[cell], floor=1.0)
        assert (int(cell) in opened) == (high - low < 3)


@few
@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=30), st.integers(2, 20), SEEDS)
def test_rounding_and_noise_move_a_count_by_less_than_they_may(
    counts: list[int], base: int, seed: int
) -> None:
    values = np.array(counts)
    keys = np.random.default_rng(seed).integers(0, 2**16, values.size)

    rounded = round_randomly(values, base=base, seed=seed)
    noisy = perturb(values, keys, noise_table(variance=2.0, largest=5))

    assert (rounded % base == 0).all()
    assert (np.abs(rounded - values) < base).all()
    assert (np.abs(noisy - values) <= 5).all()
    assert (noisy[values == 0] == 0).all()
    assert ((noisy == 0) | (noisy >= 3)).all()
