"""Synthetic control, against the published Proposition 99 data, SciPy's SLSQP and NNLS and simulated places."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize

from samsyn.analysis import Unusable, Verdict
from samsyn.analysis.effects.assumptions import Assumption
from samsyn.analysis.effects.synthetic import SyntheticControl, nearest_mixtures, synthetic_control

FILE = Path(__file__).parent / "data" / "cigarettes_united_states.csv"
STATES = [line.split(",")[0] for line in FILE.read_text(encoding="utf-8").splitlines()[1:]]
PACKS = np.loadtxt(FILE, delimiter=",", skiprows=1, usecols=range(1, 32))  # (39 states, 1970-2000), per head
CALIFORNIA, LAW = STATES.index("California"), 1989 - 1970


def holds(found: SyntheticControl, assumption: Assumption) -> bool | None:
    return next(check.holds for check in found.checks if check.assumption is assumption)


def places(seed: int, number: int = 30, periods: int = 24, noise: float = 0.4) -> np.ndarray:
    rng = np.random.default_rng(seed)
    factors = np.cumsum(rng.normal(0, 1, (3, periods)), axis=1)
    return 30 + rng.dirichlet(np.ones(3), number) * 4 @ factors + rng.normal(0, noise, (number, periods))


def weights_of(target: np.ndarray, others: np.ndarray) -> np.ndarray:
    """The mixture of the others for one target."""
    last = len(others)
    return nearest_mixtures(np.vstack([others, target]), target.size, [last], [last])[0][0, :last]


def plain_weights(target: np.ndarray, others: np.ndarray) -> np.ndarray:
    """The twin: SciPy's active-set run, one place at a time."""
    apart = (others - target).T
    system = np.vstack([apart / (np.sqrt((apart**2).mean()) or 1.0), np.ones(len(others))])
    found, _ = optimize.nnls(system, np.append(np.zeros(target.size), 1.0), maxiter=50 * len(others))
    return found / found.sum()


def off_the_optimum(target: np.ndarray, others: np.ndarray, weights: np.ndarray) -> float:
    """How far the slopes of the used places differ, or one of the others lies below, as a share."""
    middle = others.mean(axis=0)
    slope = (others - middle) @ (weights @ others - target)
    apart = slope - weights @ slope
    return float(max(np.abs(apart[weights > 1e-9]).max(), -apart.min()) / ((others - middle) ** 2).sum())


def test_california_has_the_weights_that_two_other_solvers_give() -> None:
    # Abadie, Diamond and Hainmueller's data, outcomes only; NNLS with a penalty row and Clarabel agree on these
    found = synthetic_control(PACKS, CALIFORNIA, LAW)
    weights = {STATES[donor.place]: donor.weight for donor in found.donors}

    expected = {
        "Utah": 0.3939,
        "Montana": 0.2318,
        "Nevada": 0.2049,
        "Connecticut": 0.1091,
        "New Hampshire": 0.0454,
        "Colorado": 0.0148,
    }
    assert weights == pytest.approx(expected, abs=5e-4)
    assert found.error_before == pytest.approx(1.65639, abs=5e-4)
    assert found.gap[2000 - 1970] == pytest.approx(-26.5967, abs=5e-3)
    assert found.effect.value == pytest.approx(-19.5136, abs=5e-3)
    assert found.p_ratio == pytest.approx(3 / 39)  # third of 39 without covariates


def test_a_rank_of_three_in_39_is_not_called_an_effect() -> None:
    found = synthetic_control(PACKS, CALIFORNIA, LAW)

    assert (found.p_value > 0.05) == (found.effect.high >= 0)
    assert found.verdict is (Verdict.CANNOT_SAY if found.p_value > 0.05 else Verdict.FEWER)


def test_the_weights_meet_the_conditions_of_the_optimum() -> None:
    y = places(3, number=60, noise=1.0)
    target, others = y[0, :16], y[1:, :16]

    weights = weights_of(target, others)

    slope = others @ (weights @ others - target)  # half the gradient
    assert weights.min() >= 0
    assert weights.sum() == pytest.approx(1.0, abs=1e-12)
    common = slope[weights > 1e-9].mean()
    scale = float((others**2).mean()) * others.shape[1]
    assert np.abs(slope[weights > 1e-9] - common).max() / scale < 1e-8
    assert (slope - common).min() / scale > -1e-8


@pytest.mark.parametrize("noise", [1.0, 1e-2, 1e-4, 0.0])
@pytest.mark.parametrize(
    ("number", "periods"), [(30, 24), (60, 8)]
)  # the second: many are followed to the last digit
def test_every_mixture_is_as_near_as_the_plain_one(number: int, periods: int, noise: float) -> None:
    y = places(11, number=number, periods=periods, noise=noise)
    y[20] = y[21]
    treated, spread = 2, np.sqrt(((y - y.mean(axis=0)) ** 2).mean())

    weights, left = nearest_mixtures(y, periods, range(number), np.full(number, treated))

    assert np.abs(weights.sum(axis=1) - 1.0).max() < 1e-9
    assert weights.min() >= 0
    assert not weights[:, treated].any()
    assert not weights.diagonal().any()
    assert left == pytest.approx(y - weights @ y, abs=1e-12 * np.abs(y).max())
    for place in range(number):
        pool = np.delete(np.arange(number), sorted({place, treated}))
        plain = y[place] - plain_weights(y[place], y[pool]) @ y[pool]
        assert off_the_optimum(y[place], y[pool], weights[place, pool]) < 1e-8
        assert np.sqrt((left[place] ** 2).mean()) - np.sqrt((plain**2).mean()) < 1e-9 * spread
        assert left[place] == pytest.approx(
            plain, abs=1e-5 * spread
        )  # the nearest point is one, its weights not


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**32 - 1), st.floats(0.1, 5.0))
def test_small_counts_with_ties_are_mixed_to_the_optimum(seed: int, mean: float) -> None:
    y = np.random.default_rng(seed).poisson(mean, (24, 10)).astype(float)

    weights, left = nearest_mixtures(y, 10, range(24), np.zeros(24, dtype=int))

    for place in range(24):
        pool = np.delete(np.arange(24), sorted({place, 0}))
        assert weights[place].sum() == pytest.approx(1.0, abs=1e-9)
        plain = plain_weights(y[place], y[pool])
        assert (left[place] ** 2).sum() <= ((y[place] - plain @ y[pool]) ** 2).sum() + 1e-9


def test_a_mixture_is_the_same_whichever_others_are_asked() -> None:
    y = places(8, number=40)

    weights, left = nearest_mixtures(y, 16, range(40), np.zeros(40, dtype=int))
    alone = [nearest_mixtures(y, 16, [place], [0]) for place in range(40)]

    assert all((weights[place] == one[0][0]).all() for place, one in enumerate(alone))
    assert all((left[place] == one[1][0]).all() for place, one in enumerate(alone))


def test_slsqp_finds_nothing_better() -> None:
    y = places(7, number=14, noise=1.0)
    target, others = y[0, :12], y[1:, :12]

    def miss(weights: np.ndarray) -> float:
        return float(((weights @ others - target) ** 2).sum())

    reference = optimize.minimize(
        miss,
        np.full(13, 1 / 13),
        jac=lambda w: 2 * others @ (w @ others - target),
        method="SLSQP",
        bounds=[(0, 1)] * 13,
        constraints={"type": "eq", "fun": lambda w: w.sum() - 1},
        options={"maxiter": 500, "ftol": 1e-14},
    )

    assert miss(weights_of(target, others)) <= reference.fun + 1e-9
    assert weights_of(target, others) == pytest.approx(reference.x, abs=1e-4)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 2**32 - 1), st.floats(1e-6, 1e6), st.floats(-1e3, 1e3))
def test_the_unit_of_the_values_changes_nothing(seed: int, unit: float, shift: float) -> None:
    y = places(seed, number=22, periods=14)

    plain = synthetic_control(y, 4, 10)
    scaled = synthetic_control((y + shift) * unit, 4, 10)

    assert [one.place for one in scaled.donors] == [one.place for one in plain.donors]
    assert [one.weight for one in scaled.donors] == pytest.approx(
        [one.weight for one in plain.donors], abs=1e-6
    )
    assert scaled.effect.value == pytest.approx(plain.effect.value * unit, rel=1e-5, abs=1e-6 * unit)
    assert scaled.verdict is plain.verdict


def test_the_treated_place_serves_no_placebo() -> None:
    y = places(5)
    much = y.copy()
    much[2, 16:] -= 1000.0  # were it a donor, the others' differences would explode

    calm, wild = synthetic_control(y, 2, 16), synthetic_control(much, 2, 16)

    assert wild.p_value == pytest.approx(1 / 30)
    assert wild.effect.high - wild.effect.low == pytest.approx(calm.effect.high - calm.effect.low)


def test_a_clear_effect_is_found_and_its_size_is_in_the_interval() -> None:
    y = places(12)
    y[3, 16:] -= 4.0

    found = synthetic_control(y, 3, 16)

    assert found.verdict is Verdict.FEWER
    assert found.effect.low < -4.0 < found.effect.high < 0
    assert found.without_one[1] < 0


def test_nothing_is_found_where_nothing_was_done() -> None:
    said = sum(
        synthetic_control(places(100 + seed, number=21, periods=15), 0, 10).verdict is not Verdict.CANNOT_SAY
        for seed in range(100)
    )

    assert said <= 9  # 1 in 21, and two standard errors of 100 draws


def test_a_place_unlike_all_others_cannot_be_mixed() -> None:
    y = places(4)
    y[0] = y[0] * 3 + np.arange(24)
    y[0, 16:] -= 60

    found = synthetic_control(y, 0, 16)

    assert holds(found, Assumption.FITS_BEFORE) is False
    assert found.verdict is Verdict.CANNOT_SAY


def test_a_difference_before_the_measure_is_no_effect() -> None:
    y = places(6, noise=0.2)
    y[0, 11:] -= 4.0  # five periods before the measure

    found = synthetic_control(y, 0, 16)

    assert found.verdict is Verdict.CANNOT_SAY


def test_too_few_places_periods_or_events_are_said() -> None:
    counts = np.random.default_rng(1).poisson(0.2, (30, 12))
    for found in (
        synthetic_control(places(1, number=19), 0, 16),
        synthetic_control(places(1), 0, 4),
        synthetic_control(counts, 0, 8, np.full(30, 1000.0)),
    ):
        assert found.verdict is Verdict.TOO_FEW
        assert np.isnan(found.effect.value)


def test_counts_become_rates_and_gaps_are_named() -> None:
    rng = np.random.default_rng(2)
    people = rng.integers(5_000, 90_000, 25).astype(float)
    counts = rng.poisson(people[:, None] * 0.002 * np.ones(12)).astype(float)
    counts[7, 3] = np.nan

    found = synthetic_control(counts, 1, 8, people, per=1000)

    assert found.left_out == (7,)
    assert found.places == 24
    assert 1 < found.synthetic.mean() < 3


def test_constant_and_identical_places_show_nothing() -> None:
    assert synthetic_control(np.full((25, 12), 4.0), 0, 8).verdict is Verdict.CANNOT_SAY


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"place": 99}, "place_unknown"),
        ({"at": 24}, "break_outside_series"),
        ({"exposure": np.zeros(30)}, "exposure_not_positive"),
        ({"exposure": np.ones(7)}, "groups_differ"),
        ({"values": np.ones(4)}, "groups_differ"),
        ({"values": -places(1), "exposure": np.ones(30)}, "count_negative"),
    ],
)
def test_what_cannot_be_used_is_refused(change: dict, code: str) -> None:
    asked = {"values": places(1), "place": 0, "at": 16} | change
    with pytest.raises(Unusable) as refused:
        synthetic_control(**asked)

    assert refused.value.code == code
