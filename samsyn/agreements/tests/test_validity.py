"""An agreement on any day, as known on any day. The cases are those of `DOMAIN` and of lag (1930:173)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samsyn.agreements.reading import read
from samsyn.agreements.tests.build import FILE, day
from samsyn.agreements.validity import Ended, Facts, Prolongation, Signed, State, state_on

UMEA = read(FILE.encode()).facts
ENDS = replace(UMEA, prolongation=Prolongation.NONE)


@pytest.mark.parametrize(
    ("on", "known", "state", "valid_to"),
    [
        ("2024-12-31", None, State.NOT_STARTED, "2027-12-31"),
        ("2025-01-01", None, State.IN_FORCE, "2027-12-31"),
        ("2025-03-10", None, State.IN_FORCE, "2027-12-31"),
        ("2025-02-01", "2025-02-01", State.UNSIGNED, "2027-12-31"),
        ("2025-02-01", "2025-03-11", State.IN_FORCE, "2027-12-31"),
        ("2027-12-31", None, State.IN_FORCE, "2027-12-31"),
        ("2028-01-01", None, State.PROLONGED, "None"),
        ("2040-02-29", None, State.PROLONGED, "None"),
    ],
)
def test_signed_after_its_own_start_and_prolonged(
    on: str, known: str | None, state: State, valid_to: str
) -> None:
    found = state_on(UMEA, day(on), as_known=day(known) if known else None)

    assert (found.state, str(found.valid_to)) == (state, valid_to)


@pytest.mark.parametrize(
    ("facts", "on", "state", "valid_to"),
    [
        (ENDS, "2028-01-01", State.EXPIRED, "2027-12-31"),
        (replace(ENDS, valid_to=None), "2090-01-01", State.IN_FORCE, "None"),
        (
            replace(UMEA, prolongation=Prolongation.MONTHS, months=12),
            "2028-01-01",
            State.PROLONGED,
            "2028-12-31",
        ),
        (
            replace(UMEA, prolongation=Prolongation.MONTHS, months=12),
            "2029-01-01",
            State.PROLONGED,
            "2029-12-31",
        ),
        (
            replace(UMEA, prolongation=Prolongation.MONTHS, months=6, valid_to=date(2027, 8, 31)),
            "2027-09-01",
            State.PROLONGED,
            "2028-02-29",
        ),
        (
            replace(UMEA, prolongation=Prolongation.MONTHS, months=12, valid_to=date(2028, 2, 29)),
            "2029-02-28",
            State.PROLONGED,
            "2029-02-28",
        ),
        (replace(UMEA, parties=("kommun", "lpo", "region")), "2026-01-01", State.UNSIGNED, "2027-12-31"),
        (
            replace(UMEA, ended=(Ended(date(2026, 6, 30), date(2026, 1, 1)),)),
            "2026-07-01",
            State.TERMINATED,
            "2026-06-30",
        ),
        (
            replace(UMEA, ended=(Ended(date(2026, 6, 30), date(2026, 1, 1)),)),
            "2026-06-30",
            State.IN_FORCE,
            "2026-06-30",
        ),
    ],
)
def test_terms(facts: Facts, on: str, state: State, valid_to: str) -> None:
    found = state_on(facts, day(on))

    assert (found.state, str(found.valid_to)) == (state, valid_to)


def successor(first: str, *, signed: str) -> Facts:
    signatures = tuple(Signed(party, day(signed), day(signed)) for party in ("kommun", "lpo"))
    return Facts(("kommun", "lpo"), day(first), None, signed=signatures)


def test_a_successor_ends_it_when_in_force_not_when_signed() -> None:
    after = successor("2028-03-01", signed="2027-11-01")

    assert state_on(UMEA, date(2028, 2, 29), successors=[after]).state is State.PROLONGED
    assert state_on(UMEA, date(2028, 3, 1), successors=[after]).state is State.REPLACED


def test_a_successor_signed_late_reaches_back_once_it_is_known() -> None:
    after = successor("2028-01-01", signed="2028-02-15")

    early = state_on(UMEA, date(2028, 1, 10), as_known=date(2028, 1, 10), successors=[after])
    later = state_on(UMEA, date(2028, 1, 10), successors=[after])

    assert (early.state, later.state) == (State.PROLONGED, State.REPLACED)


days = st.dates(date(2020, 1, 1), date(2040, 12, 31))


@st.composite
def some_facts(draw: st.DrawFn) -> Facts:
    first = draw(days)
    last = draw(st.none() | st.integers(0, 3000).map(lambda n: first + timedelta(days=n)))
    signed = tuple(
        Signed(party, draw(days), draw(days)) for party in ("a", "b") if draw(st.integers(0, 4)) > 0
    )
    ended = tuple(Ended(draw(days), draw(days)) for _ in range(draw(st.integers(0, 2))))
    months = draw(st.integers(1, 24))
    return Facts(("a", "b"), first, last, draw(st.sampled_from(Prolongation)), months, signed, ended)


@given(some_facts(), some_facts(), days)
def test_at_most_one_of_a_line_is_in_force_on_any_day(one: Facts, other: Facts, on: date) -> None:
    in_force = (State.IN_FORCE, State.PROLONGED)
    first, second = sorted((one, other), key=lambda facts: facts.valid_from)

    states = [state_on(first, on, successors=[second]).state, state_on(second, on).state]

    assert sum(state in in_force for state in states) <= 1


@given(some_facts(), days, days)
def test_every_day_has_one_state_and_its_days_hold_together(facts: Facts, on: date, known: date) -> None:
    found = state_on(facts, on, as_known=known)

    if found.state in (State.IN_FORCE, State.PROLONGED):
        assert found.valid_from <= on
        assert found.valid_to is None or on <= found.valid_to
