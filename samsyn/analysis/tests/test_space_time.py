import numpy as np
import pytest
from scipy import stats
from scipy.spatial import cKDTree

from samsyn.analysis import Unusable, Verdict
from samsyn.analysis.places.knox import knox, near_repeat_bands
from samsyn.analysis.places.scan import scan, zones
from samsyn.analysis.tests.data import column

SIDS = column("sids_north_carolina", "x", "y", "births_74", "cases_74", "births_79", "cases_79")
NEW_YORK = column("leukaemia_new_york", "x", "y", "population", "cases")


def test_the_most_likely_cluster_of_sudden_infant_deaths_is_the_published_one() -> None:
    found = scan(SIDS[:, 3] + SIDS[:, 5], SIDS[:, 2] + SIDS[:, 4], SIDS[:, :2], seed=1, most_areas=100)

    first = found.clusters[0]
    assert (len(first.areas), first.observed) == (5, 139)
    assert first.expected == pytest.approx(72.6694, abs=1e-4)
    assert first.likelihood_ratio == pytest.approx(25.380685, abs=1e-5)
    assert first.p_value == 0.001
    assert found.verdict is Verdict.MORE


def test_the_later_period_has_the_same_cluster() -> None:
    first = scan(SIDS[:, 5], SIDS[:, 4], SIDS[:, :2], seed=2, most_areas=100).clusters[0]

    assert first.likelihood_ratio == pytest.approx(10.720305, abs=1e-5)
    assert first.expected == pytest.approx(38.8043, abs=1e-4)
    assert first.p_value <= 0.006


@pytest.mark.parametrize(
    ("whole", "ratio", "observed", "expected"),
    [(False, 13.057440, 95.33, 55.7525), (True, 14.807678, 93, 51.9855)],
)
def test_the_leukaemia_cluster_of_new_york_is_the_one_found_in_numpy(
    whole: bool, ratio: float, observed: float, expected: float
) -> None:
    cases = np.floor(NEW_YORK[:, 3]) if whole else NEW_YORK[:, 3]

    first = scan(
        cases, NEW_YORK[:, 2], NEW_YORK[:, :2], seed=1, most_areas=281, largest_share=0.1, replications=99
    ).clusters[0]

    assert len(first.areas) == 24
    assert first.likelihood_ratio == pytest.approx(ratio, abs=1e-5)
    assert (first.observed, first.expected) == pytest.approx((observed, expected), abs=1e-3)


def plain_scan(
    table: np.ndarray, near: np.ndarray, mass: np.ndarray, longest: int, ending_now: bool
) -> np.ndarray:
    """The likelihood ratio of every zone and window, in plain NumPy: the kernel's twin."""
    periods, total = table.shape[1], table.sum()
    sums = np.pad(np.cumsum(np.cumsum(table[near], axis=1), axis=2), ((0, 0), (0, 0), (1, 0)))
    best = np.zeros(near.shape)
    for length in range(1, longest + 1):
        count = (
            sums[:, :, -1:] - sums[:, :, -1 - length : -length]
            if ending_now
            else sums[:, :, length:] - sums[:, :, :-length]
        )
        expected = (total * length / periods * mass)[:, :, None]
        with np.errstate(divide="ignore", invalid="ignore"):
            ratio = count * np.log(count / expected) + np.where(
                count < total, (total - count) * np.log((total - count) / (total - expected)), 0
            )
        best = np.maximum(best, np.where(count > expected, ratio, 0).max(axis=2))
    return best


@pytest.mark.parametrize("ending_now", [False, True])
def test_the_scan_agrees_with_its_plain_twin(ending_now: bool) -> None:
    rng = np.random.default_rng(3)
    where, people = rng.uniform(0, 9, (40, 2)), rng.integers(50, 900, 40).astype(float)
    table = rng.poisson(people[:, None] * 0.01 * np.ones((1, 24)))
    near, _, mass = zones(where, people / people.sum(), most_areas=12, largest_share=1.0)

    found = scan(
        table,
        people,
        where,
        seed=1,
        most_areas=12,
        largest_share=1.0,
        longest=7,
        prospective=ending_now,
        replications=19,
    )

    assert found.clusters[0].likelihood_ratio == pytest.approx(
        plain_scan(table, near, mass, 7, ending_now).max()
    )


@pytest.mark.parametrize("ending_now", [False, True])
def test_replications_have_the_distribution_of_plain_ones(ending_now: bool) -> None:
    from samsyn.analysis.kernels.scan import scan_replications

    rng = np.random.default_rng(4)
    where, share = rng.uniform(0, 9, (30, 2)), rng.dirichlet(np.full(30, 3.0))
    near, sizes, mass = zones(where, share, most_areas=8, largest_share=1.0)

    ours = scan_replications(1, 0, 400, near, sizes, mass, share, 600, 20, 5, ending_now)

    chances = np.repeat(share / 20, 20)
    plain = [
        plain_scan(rng.multinomial(600, chances).reshape(30, 20), near, mass, 5, ending_now).max()
        for _ in range(400)
    ]
    assert stats.ks_2samp(ours, plain).pvalue > 0.01


def test_a_cluster_in_space_and_time_is_found_where_it_was() -> None:
    rng = np.random.default_rng(5)
    where, people = rng.uniform(0, 10, (120, 2)), rng.integers(500, 900, 120).astype(float)
    table = rng.poisson(np.outer(people, np.full(36, 0.002)))
    near = np.argsort(((where - where[7]) ** 2).sum(axis=1))[:8]
    table[near, 30:] += rng.poisson(3, (8, 6))

    found = scan(table, people, where, seed=2, replications=199, longest=12)

    assert found.verdict is Verdict.MORE
    assert len(set(found.clusters[0].areas) & set(near.tolist())) >= 7
    assert found.clusters[0].first in range(28, 32)
    assert not set(found.clusters[0].areas) & set(found.clusters[1].areas)


@pytest.mark.slow
def test_chance_is_called_a_cluster_as_often_as_the_level_says() -> None:
    rng = np.random.default_rng(6)
    where, people = rng.uniform(0, 10, (40, 2)), np.full(40, 100.0)
    wrong = [
        scan(rng.poisson(2, (40, 12)), people, where, seed=seed, replications=99).verdict is Verdict.MORE
        for seed in range(200)
    ]

    assert np.mean(wrong) == pytest.approx(0.05, abs=0.035)


def test_few_events_and_empty_areas_are_handled() -> None:
    assert scan([1, 2, 3], [5, 5, 5], [[0, 0], [1, 1], [2, 2]], seed=1).verdict is Verdict.TOO_FEW
    assert (
        scan([9, 9, 9, 0], [5, 5, 5, 0], [[0, 0], [1, 1], [2, 2], [3, 3]], seed=1, replications=19).verdict
        is Verdict.CANNOT_SAY
    )
    with pytest.raises(Unusable):
        scan([1, np.nan], [5, 5], [[0, 0], [1, 1]], seed=1)


def burglaries(number: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    where, when = rng.uniform(0, 5_000, (number, 2)), rng.integers(0, 365, number).astype(float)
    again, source = rng.choice(number, number // 20, replace=False), rng.integers(0, number, number // 20)
    where[again] = where[source] + rng.normal(0, 50, (number // 20, 2))
    when[again] = np.clip(when[source] + rng.integers(0, 10, number // 20), 0, 364)
    return where, when


def test_near_repeats_are_counted_as_by_a_plain_search() -> None:
    where, when = burglaries(1500, 1)
    pairs = cKDTree(where).query_pairs(200.0, output_type="ndarray")
    rng = np.random.default_rng(2)

    found = knox(where, when, distance=200, days=14, seed=3)

    close = np.abs(when[:, None] - when[None, :])[np.triu_indices(1500, 1)] <= 14
    shuffled = []
    for _ in range(999):
        other = rng.permutation(when)
        shuffled.append((np.abs(other[pairs[:, 0]] - other[pairs[:, 1]]) <= 14).sum())
    assert found.close_in_space == len(pairs)
    assert found.close_in_time == close.sum()
    assert found.observed == (np.abs(when[pairs[:, 0]] - when[pairs[:, 1]]) <= 14).sum()
    assert found.expected == pytest.approx(np.mean(shuffled), rel=0.02)
    assert found.p_value == pytest.approx((1 + (np.array(shuffled) >= found.observed).sum()) / 1000, abs=0.03)
    assert found.verdict is Verdict.MORE


def test_knox_leukaemia_table_has_its_known_poisson_tail() -> None:
    expected = 25 * 152 / 4560  # Knox 1964: 96 cases, 25 pairs close in space, 152 in time, 5 in both

    assert expected == pytest.approx(0.83333, abs=1e-5)
    assert stats.poisson.sf(4, expected) == pytest.approx(0.0016844, abs=1e-6)


def test_the_poisson_tail_includes_what_was_observed() -> None:
    where, when = burglaries(300, 4)
    found = knox(where, when, distance=300, days=20, seed=1, permutations=19)

    assert found.p_poisson == pytest.approx(
        stats.poisson.sf(found.observed - 1, found.expected)
    )  # pointpats leaves it out


def test_chance_gives_near_repeats_as_often_as_the_level_says() -> None:
    rng = np.random.default_rng(7)
    p_values = [
        knox(
            rng.uniform(0, 9, (80, 2)),
            rng.integers(0, 60, 80),
            distance=1,
            days=5,
            seed=seed,
            permutations=99,
        ).p_value
        for seed in range(200)
    ]

    assert np.mean(np.array(p_values) <= 0.05) == pytest.approx(0.05, abs=0.035)


def test_the_same_seed_gives_the_same_shuffles_and_order_of_events_does_not_matter_for_the_pairs() -> None:
    where, when = burglaries(200, 5)
    turned = np.random.default_rng(1).permutation(200)

    one, same = (knox(where, when, distance=150, days=7, seed=9, permutations=199) for _ in range(2))
    other = knox(where[turned], when[turned], distance=150, days=7, seed=9, permutations=199)

    assert one == same
    assert (one.observed, one.close_in_space, one.close_in_time) == (
        other.observed,
        other.close_in_space,
        other.close_in_time,
    )


def test_hours_ties_and_single_events_are_handled() -> None:
    where, when = burglaries(400, 6)
    fine = knox(
        where, when + np.random.default_rng(1).random(400), distance=200, days=14.5, seed=1, permutations=19
    )

    assert fine.observed > 0
    assert knox([[0, 0]], [1], distance=1, days=1, seed=1).verdict is Verdict.TOO_FEW
    same_place = knox(np.zeros((30, 2)), np.zeros(30), distance=1, days=0, seed=1, permutations=19)
    assert same_place.observed == 435
    assert same_place.p_value == 1
    with pytest.raises(Unusable):
        knox([[0, 0], [1, np.nan]], [1, 2], distance=1, days=1, seed=1)


def test_bands_grow_with_their_limits() -> None:
    where, when = burglaries(200, 8)
    bands = near_repeat_bands(where, when, distances=[100, 300], days=[7, 30], seed=1, permutations=19)

    assert bands[0][0].observed <= bands[0][1].observed <= bands[1][1].observed
