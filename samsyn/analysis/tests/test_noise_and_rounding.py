import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samsyn.analysis import Unusable
from samsyn.analysis.disclosure.cellkey import cell_keys, noise_table, perturb
from samsyn.analysis.disclosure.cells import cube, total_axis
from samsyn.analysis.disclosure.rounding import round_randomly, round_together


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32 - 1), st.sampled_from([3, 5, 10]))
def test_a_table_rounded_together_adds_up_and_moves_less_than_a_base(seed: int, base: int) -> None:
    counts = np.random.default_rng(seed).poisson(8, (3, 4))
    system = cube(counts, [total_axis("row", 3), total_axis("column", 4)])

    rounded = round_together(system, base=base)

    assert np.abs(system.equations @ rounded).max() == 0
    assert (rounded % base == 0).all()
    assert np.abs(rounded - system.values).max() < base


def test_random_rounding_keeps_the_mean_and_multiples() -> None:
    counts = np.repeat([0, 3, 5, 7], 20_000)

    rounded = round_randomly(counts, base=5, seed=1)

    assert rounded.reshape(4, -1).mean(axis=1) == pytest.approx([0, 3, 5, 7], abs=0.06)
    assert set(rounded[counts == 5]) == {5.0}


@pytest.mark.parametrize(
    ("variance", "largest", "smallest"), [(1.0, 3, 3), (2.0, 5, 3), (4.5, 8, 1), (1.5, 4, 2)]
)
def test_noise_has_mean_zero_its_variance_and_no_forbidden_result(
    variance: float, largest: int, smallest: int
) -> None:
    table = noise_table(variance=variance, largest=largest, smallest_shown=smallest)

    mean = table.probabilities @ table.deviations
    assert mean == pytest.approx(np.zeros(mean.size), abs=1e-7)
    assert table.probabilities[-1] @ table.deviations**2 == pytest.approx(variance, abs=1e-6)
    for count, row in enumerate(table.probabilities):
        results = count + table.deviations[row > 1e-9]
        assert ((results == 0) | (results >= smallest)).all()


def test_the_same_people_get_the_same_noise_in_every_table() -> None:
    rng = np.random.default_rng(2)
    keys = rng.integers(0, 2**16, 5000)
    area, kind = rng.integers(0, 10, 5000), rng.integers(0, 4, 5000)
    table = noise_table(variance=2.0, largest=5)

    one = perturb(np.bincount(area, minlength=10), cell_keys(keys, area, 10), table)
    both = area * 4 + kind
    fine = perturb(np.bincount(both, minlength=40), cell_keys(keys, both, 40), table)
    again = perturb(np.bincount(area, minlength=10), cell_keys(keys, area, 10), table)

    assert one.tolist() == again.tolist()
    assert np.abs(fine - np.bincount(both, minlength=40)).max() <= 5


def test_noise_over_many_cells_has_the_promised_mean_and_variance() -> None:
    table = noise_table(variance=2.0, largest=5)
    keys = np.arange(2**16)

    deviations = perturb(np.full(keys.size, 40), keys, table) - 40

    assert deviations.mean() == pytest.approx(0, abs=1e-3)
    assert deviations.var() == pytest.approx(2.0, abs=2e-3)
    assert perturb([0, 0], [1, 60_000], table).tolist() == [0, 0]


def test_impossible_noise_and_keys_are_refused() -> None:
    with pytest.raises(Unusable):
        noise_table(variance=50.0, largest=3)
    with pytest.raises(Unusable):
        cell_keys([70_000], [0], 1)
    with pytest.raises(Unusable):
        perturb([-1], [0], noise_table(variance=1.0, largest=3))
