"""What is hidden of a table, seen as an attacker would who knows all the rest and every sum in it."""

import json
from calendar import monthrange
from collections.abc import Iterator
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from samsyn.analysis.disclosure.audit import audit
from samsyn.analysis.disclosure.cells import CellSystem
from samsyn.analysis.disclosure.policy import Policy
from samsyn.core import canonical
from samsyn.evidence.additive import Cell, relations
from samsyn.evidence.hiding import Hidden, cells_in, hide

YEAR = date(2024, 1, 1), date(2024, 12, 31)
PLACES = ("Berget", "Hamnen", "Staden")


def month(number: int) -> tuple[date, date]:
    return date(2024, number, 1), date(2024, number, monthrange(2024, number)[1])


def quarters() -> list[tuple[date, date]]:
    return [(month(first)[0], month(first + 2)[1]) for first in (1, 4, 7, 10)]


def table(counts: list[list[int]]) -> dict[Cell, float | None]:
    """Three districts in four quarters, with the year of each and the total of all."""
    cells: dict[Cell, float | None] = {}
    for place, row in zip(PLACES, counts, strict=True):
        for (start, end), count in zip([*quarters(), YEAR], [*row, sum(row)], strict=True):
            cells[Cell("district", place, "Rån", start, end)] = float(count)
    for start, end in [*quarters(), YEAR]:
        parts = [cells[Cell("district", place, "Rån", start, end)] or 0.0 for place in PLACES]
        cells[Cell("municipality", "9902", "Rån", start, end)] = sum(parts)
    return cells


def is_safe(cells: dict[Cell, float | None], hidden: set[Cell], threshold: int) -> bool:
    """The library's audit, over the true sums of the table: whatever is not hidden is known to everybody."""
    order = [cell for cell, value in cells.items() if value is not None]
    place = {cell: number for number, cell in enumerate(order)}
    rows = list(true_sums(order))
    matrix = np.zeros((len(rows), len(order)))
    for row, (total, parts) in enumerate(rows):
        matrix[row, place[total]] = -1
        matrix[row, [place[part] for part in parts]] = 1
    values = np.array([cells[cell] for cell in order], dtype=float)
    system = CellSystem(values, sparse.csr_matrix(matrix), np.ones(len(order), dtype=bool), (len(order),))
    policy = Policy(threshold=threshold, width=float(threshold))
    return audit(system, [cell in hidden for cell in order], policy).safe


def true_sums(cells: list[Cell]) -> Iterator[tuple[Cell, list[Cell]]]:
    for place in {(cell.level, cell.place) for cell in cells}:
        mine = [cell for cell in cells if (cell.level, cell.place) == place]
        yield Cell(*place, "Rån", *YEAR), [cell for cell in mine if (cell.start, cell.end) != YEAR]
    for period in [*quarters(), YEAR]:
        districts = [c for c in cells if c.level == "district" and (c.start, c.end) == period]
        yield Cell("municipality", "9902", "Rån", *period), districts


def everything(found: Hidden) -> set[Cell]:
    return {*found.small, *found.besides}


def test_the_sums_of_areas_and_periods_are_found_by_what_the_numbers_do() -> None:
    found = {
        (one.total, frozenset(one.parts))
        for one in relations(table([[20, 3, 9, 8], [7, 9, 12, 6], [30, 31, 28, 40]]))
    }

    assert {(total, frozenset(parts)) for total, parts in true_sums(list(table([[1] * 4] * 3)))} <= found


def test_a_small_number_takes_others_with_it_so_that_no_total_gives_it_away() -> None:
    cells = table([[20, 3, 9, 8], [7, 9, 12, 6], [30, 31, 28, 40]])

    found = hide(cells, threshold=5)

    assert found.small == {Cell("district", "Berget", "Rån", *quarters()[1])}
    assert len(found.besides) >= 3
    assert is_safe(cells, everything(found), 5)
    assert not is_safe(cells, set(found.small), 5)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.lists(st.integers(0, 25), min_size=4, max_size=4), min_size=3, max_size=3),
    st.sampled_from([3, 5, 10]),
)
def test_whatever_the_numbers_nothing_small_can_be_counted_out(
    counts: list[list[int]], threshold: int
) -> None:
    cells = table(counts)

    found = hide(cells, threshold=threshold)

    assert found.given_away == 0
    assert is_safe(cells, everything(found), threshold)


def test_what_stands_in_no_sum_takes_nothing_with_it() -> None:
    cells: dict[Cell, float | None] = {
        Cell("district", place, "Rån", *YEAR): float(count)
        for place, count in zip(PLACES, (2, 0, 70), strict=True)
    }

    found = hide(cells, threshold=5)

    assert [cell.place for cell in found.small] == ["Berget"] and not found.besides


def test_a_gap_that_the_source_left_is_not_filled_by_subtraction() -> None:
    """The source itself left out one of three districts; the total and the two others would give it away."""
    cells = table([[20, 12, 9, 8], [7, 9, 12, 6], [30, 31, 28, 40]])
    quarter = quarters()[1]
    cells[Cell("municipality", "9902", "Rån", *quarter)] = 9.0 + 31.0 + 3.0
    cells[Cell("municipality", "9902", "Rån", *YEAR)] = None
    cells[Cell("district", "Berget", "Rån", *quarter)] = None
    cells[Cell("district", "Berget", "Rån", *YEAR)] = None

    found = hide(cells, threshold=5)

    assert {cell for cell in everything(found) if (cell.start, cell.end) == quarter}


def test_what_is_public_is_not_counted_on_and_what_was_hidden_stays_hidden() -> None:
    cells = table([[20, 3, 9, 8], [7, 9, 12, 6], [30, 31, 28, 40]])
    first = hide(cells, threshold=5)
    public = sorted(set(cells) - everything(first))[:8]

    stricter = hide(cells, threshold=8, is_public=public.__contains__, kept=first.besides)

    assert not set(public) & (everything(stricter) - stricter.small)
    assert first.besides <= everything(stricter)


def test_what_is_public_can_give_a_small_number_away_and_then_all_around_it_is_hidden() -> None:
    cells = table([[20, 3, 9, 8], [7, 9, 12, 6], [30, 31, 28, 40]])
    row = [cell for cell in cells if cell.place == "Berget" and cells[cell] != 3]

    found = hide(cells, threshold=5, is_public=row.__contains__)

    assert found.given_away == 1
    assert everything(found) == set(cells)


def test_a_pattern_is_stored_by_series_and_read_again() -> None:
    found = hide(table([[20, 3, 9, 8], [7, 9, 12, 6], [30, 31, 28, 40]]), threshold=5)

    assert cells_in(json.loads(canonical.text(found.plain))) == everything(found)


def test_a_table_that_cannot_be_looked_through_is_hidden_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("samsyn.evidence.additive.MOST_PLACES", 3)

    assert hide(table([[20, 3, 9, 8]] * 3), threshold=5).everything
