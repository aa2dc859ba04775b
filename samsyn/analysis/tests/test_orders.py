from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samsyn.analysis import Unusable
from samsyn.analysis.orders import places

LEVELS = (0.0, 0.5, 1.0)
TABLES = st.lists(st.lists(st.sampled_from((*LEVELS, None)), min_size=2, max_size=2), min_size=2, max_size=3)


def position(values: list[float], one: int) -> int:
    return 1 + sum(value > values[one] + 1e-9 for value in values)


@settings(max_examples=15, deadline=None)
@given(TABLES, st.tuples(st.integers(1, 3), st.integers(0, 3)), st.sampled_from([0.0, 0.25]))
def test_whatever_is_unknown_or_weighed_otherwise_the_position_lies_in_the_range(
    table: list[list[float | None]], weights: tuple[int, int], slack: float
) -> None:
    """Against every way to fill in the unknown scores, and the corners of the weights."""
    found = places(table, weights, slack=slack)

    cells = [LEVELS if one is None else (one,) for row in table for one in row]
    corners = list(product(*[(w * (1 - slack), w, w * (1 + slack)) for w in weights]))
    for filled in product(*cells):
        rows = [filled[2 * n : 2 * n + 2] for n in range(len(table))]
        for corner in corners:
            values = [sum(w * s for w, s in zip(corner, row, strict=True)) for row in rows]
            for one, place in enumerate(found):
                assert place.best <= position(values, one) <= place.worst


def test_the_unknown_is_no_zero_and_no_middle() -> None:
    known, unknown = places([[0.5], [None]], [1])

    assert (unknown.low, unknown.high) == (0, 1)
    assert (known.best, known.worst) == (unknown.best, unknown.worst) == (1, 2)


def test_what_is_alike_shares_a_position() -> None:
    assert [(one.best, one.worst) for one in places([[1, 0], [0, 1], [0, 0]], [1, 1])] == [
        (1, 1),
        (1, 1),
        (3, 3),
    ]


def test_a_position_that_hangs_on_the_weights_does_not_hold() -> None:
    table = [[1, 0.5], [0.5, 1]]

    assert [one.is_one for one in places(table, [2, 1.5])] == [True, True]
    assert [(one.best, one.worst) for one in places(table, [2, 1.5], slack=0.25)] == [(1, 2), (1, 2)]


@pytest.mark.parametrize(
    ("scores", "weights", "slack", "code"),
    [
        ([[1, 0]], [1], 0, "groups_differ"),
        ([[2]], [1], 0, "score_outside_scale"),
        ([[1]], [0], 0, "weights_unusable"),
        ([[1, 1]], [2, -1], 0, "weights_unusable"),
        ([[1]], [1], 1, "slack_outside_0_1"),
    ],
)
def test_what_cannot_be_ordered_is_refused(
    scores: list[list[float]], weights: list[float], slack: float, code: str
) -> None:
    with pytest.raises(Unusable) as refused:
        places(scores, weights, slack=slack)

    assert refused.value.code == code
