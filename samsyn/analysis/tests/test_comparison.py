import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.multitest import multipletests

from samsyn.analysis import Unusable, Verdict
from samsyn.analysis.comparison import funnel, relative_rates
from samsyn.analysis.multiple import false_discovery
from samsyn.analysis.ranking import prioritise
from samsyn.analysis.ranks import rank_places
from samsyn.analysis.similar import similar_places


@given(st.lists(st.floats(0, 1), min_size=1, max_size=40), st.booleans())
def test_adjusted_p_values_agree_with_statsmodels(p_values: list[float], dependent: bool) -> None:
    theirs = multipletests(p_values, method="fdr_by" if dependent else "fdr_bh")[1]

    assert false_discovery(p_values, dependent=dependent) == pytest.approx(theirs)


@pytest.mark.parametrize("dependent", [True, False])
@pytest.mark.parametrize("digits", [2, 9])
def test_very_many_p_values_agree_with_statsmodels(digits: int, dependent: bool) -> None:
    rng = np.random.default_rng(digits)
    spread = np.round(rng.random(18_000), digits)
    tiny = 10.0 ** rng.uniform(-12, -4, 4_000)
    p_values = np.concatenate([spread, tiny, np.zeros(50), np.ones(50), np.full(500, 0.3)])
    theirs = multipletests(p_values, method="fdr_by" if dependent else "fdr_bh")[1]

    assert false_discovery(p_values, dependent=dependent) == pytest.approx(theirs, rel=1e-12)


def test_a_missing_p_value_stays_missing_and_does_not_count() -> None:
    assert false_discovery([0.01, np.nan, 0.04])[[0, 2]] == pytest.approx(false_discovery([0.01, 0.04]))


def test_funnel_limits_without_dispersion_are_poisson_quantiles() -> None:
    found = funnel([100, 101, 99, 100], [1000.0] * 4)

    expected = 100.0
    high = found.high_warning[0] / 100
    score = stats.norm.sf(1.959964)
    assert found.dispersion == 1
    for limit, direction in (
        (np.floor(high), 1),
        (np.ceil(high), -1),
    ):  # mid-P tail just above and just below 2.5 %
        tail = stats.poisson.sf(limit, expected) + 0.5 * stats.poisson.pmf(limit, expected)
        assert (tail - score) * direction >= 0


def test_a_funnel_names_the_place_that_differs_and_no_other() -> None:
    rng = np.random.default_rng(2)
    people = rng.integers(3_000, 90_000, 290)
    counts = rng.poisson(people * 0.01)
    counts[17] = people[17] * 0.02

    found = funnel(counts, people)

    assert found.verdicts[17] is Verdict.MORE
    assert sum(verdict is not Verdict.CANNOT_SAY for verdict in found.verdicts) <= 3


def test_usual_differences_between_places_make_no_place_an_outlier() -> None:
    rng = np.random.default_rng(4)
    people = rng.integers(3_000, 90_000, 290)
    counts = rng.poisson(people * 0.01 * rng.lognormal(0, 0.3, 290))

    found = funnel(counts, people)

    assert found.dispersion > 5
    assert sum(verdict in (Verdict.MORE, Verdict.FEWER) for verdict in found.verdicts) <= 15


def test_a_small_place_is_too_few_and_an_empty_one_does_not_stop_the_rest() -> None:
    found = funnel([3, 0, np.nan, 500, 480], [300, 0, 100, 50_000, 50_000])

    assert [found.verdicts[k] for k in (0, 1, 2)] == [Verdict.TOO_FEW] * 3
    assert np.isnan(found.rate[[1, 2]]).all()
    assert np.isfinite(found.low_action[[0, 3, 4]]).all()


def test_one_place_alone_does_not_differ_from_itself() -> None:
    assert funnel([40], [1000]).verdicts == (Verdict.CANNOT_SAY,)
    assert relative_rates([40], [1000]).ratio.tolist() == [1.0]


def test_places_without_any_event_are_refused() -> None:
    with pytest.raises(Unusable):
        funnel([0, 0], [10, 10])


def test_similar_places_are_near_in_every_feature_and_say_why() -> None:
    features = np.array(
        [[10.0, 1.0], [10.1, 1.1], [90.0, 1.0], [10.0, 9.0], [11.0, np.nan], [np.nan, np.nan]]
    )

    found = similar_places(features, 0, number=5)

    assert found.places[0] in (1, 4)
    assert 5 not in found.places
    assert 0 not in found.places
    assert found.parts.sum(axis=1) == pytest.approx(np.ones(len(found.places)))


@given(st.integers(0, 2**32 - 1), st.floats(0.1, 100))
def test_similarity_does_not_depend_on_the_unit(seed: int, unit: float) -> None:
    features = np.random.default_rng(seed).normal(size=(12, 3))

    one, other = similar_places(features, 3), similar_places(features * [unit, 1, 1], 3)

    assert one.distance == pytest.approx(other.distance)


def test_rank_intervals_hold_the_true_rank() -> None:
    rng = np.random.default_rng(8)
    hits = []
    for seed in range(20):
        rates = rng.gamma(20, 0.0005, 60)
        people = rng.integers(2_000, 40_000, 60)
        found = rank_places(rng.poisson(rates * people), people, seed=seed, draws=1500)
        true = stats.rankdata(-rates)
        hits.append(((found.low <= true) & (true <= found.high)).mean())

    assert np.mean(hits) == pytest.approx(0.95, abs=0.02)


def test_the_same_seed_gives_the_same_ranks() -> None:
    arguments = ([3, 30, 12, 12], [100, 900, 400, 400])

    assert rank_places(*arguments, seed=5).low.tolist() == rank_places(*arguments, seed=5).low.tolist()


def test_a_small_place_is_not_first_by_chance() -> None:
    people = np.array([150] + [20_000] * 30)
    counts = np.array([4, *range(180, 240, 2)])

    assert (
        rank_places(counts, people, seed=1).high[0] > 20
    )  # raw rate three times the others', from four events


def brute_leader(scores: np.ndarray, weights: np.ndarray) -> int:
    return int(np.argmax(scores @ weights))


@settings(max_examples=60)
@given(st.integers(0, 2**32 - 1))
def test_turning_points_are_where_the_leader_changes(seed: int) -> None:
    rng = np.random.default_rng(seed)
    scores, weights = rng.random((5, 3)), rng.dirichlet([2, 2, 2])

    found = prioritise(scores, weights, seed=1, draws=50)

    for point in found.turning_points:
        others = np.delete(weights, point.criterion)
        side = np.sign(point.weight - weights[point.criterion])
        for step, expected in ((-1e-7, found.order[0]), (1e-7, point.leader)):
            moved = np.insert(
                others / others.sum() * (1 - point.weight - side * step),
                point.criterion,
                point.weight + side * step,
            )
            if 0 <= point.weight + side * step <= 1:
                assert brute_leader(scores, moved) == expected


def test_a_dominating_option_is_always_first() -> None:
    found = prioritise([[5, 5, 5], [4, 5, 3], [1, 1, 1]], [1, 2, 3], seed=2, scale=(1, 5))

    assert found.order == (0, 1, 2)
    assert found.rank_low.tolist() == [1, 2, 3]
    assert all(point.leader == 1 for point in found.turning_points)  # level at weight 1 of the tied criterion
    assert found.value.tolist()[0] == 1


def test_tied_options_are_said_to_be_tied() -> None:
    found = prioritise([[0.5, 0.5], [0.5, 0.5]], [1, 1], seed=1)

    assert found.tied_first
    assert found.first_share.tolist() == [1, 1]


@pytest.mark.parametrize("scores", [[[0.2, 1.4]], [[np.nan, 0.2]]])
def test_scores_outside_the_scale_are_refused(scores: list[list[float]]) -> None:
    with pytest.raises(Unusable):
        prioritise(scores, [1, 1], seed=1)
