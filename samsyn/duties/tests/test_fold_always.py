"""For every journal: the order of typing says nothing, the past as known then stands, more never harms."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from samsyn.duties.board import FIXED, board
from samsyn.duties.judging import Finding, spans_of
from samsyn.duties.record import View
from samsyn.duties.sources.local import policy_on
from samsyn.duties.spans import Level, on
from samsyn.duties.tests.fold import LAW, PAPERS, PICTURE, PLAN, Journal, day

FULFILS: dict[str, dict[str, Any]] = {  # only adds; what starts a duty or replaces a version is not here
    "picture": PICTURE,
    "content": {"analysis": True, "both": True},
    "follow_up": {"without_verdict": 0},
    "review": {"changed": 2, "event": "told"},
    "attempt_agreement": {},
    "meeting": {},
    "seat": {"actor": "region", "leading": True},
    "report": {},
    "information": {},
    "contact": {},
    "function": {"share": 20},
    "camera_review": PAPERS,
    "dialogue": {"about": "picture"},
    "promise": {"themes": 1},
    "involved": {},
}
days = st.dates(day(LAW), date(2028, 12, 31))
one_act = st.tuples(st.sampled_from(sorted(FULFILS)), days, days)
acts = st.lists(one_act, max_size=8)
Act = tuple[str, date, date]


def journal(given_acts: list[Act]) -> Journal:
    j = Journal()
    j.add("picture", "picture-0", LAW, **PICTURE)
    j.add("plan", "plan-0", LAW, **PLAN, picture="picture-0")
    j.add("camera", "camera-0", "2025-04-01", **PAPERS)
    j.add("chair", "chair", "2023-09-01", municipality=True)
    j.agreed("a", "2025-01-01", "2025-02-01", "2025-02-10")
    for number, act in enumerate(given_acts):
        add(j, act, f"{act[0]}-{number}")
    return j


def add(j: Journal, act: Act, name: str) -> None:
    kind, on_day, recorded = act
    j.add(kind, name, str(on_day), recorded=str(recorded), **FULFILS[kind])
    if kind == "picture":  # a new version is weighed against other planning again
        j.add("integration", name, str(on_day), recorded=str(recorded))


def said(findings: list[Finding]) -> list[tuple[Any, ...]]:
    return [(one.duty.id, one.state, one.rule, one.due) for one in findings]


def levels(j: Journal, on_day: date) -> Iterator[tuple[str, Level]]:
    view = View(j)
    for duty in FIXED:
        span = on(spans_of(duty, view, policy_on(view, on_day)), on_day)
        yield duty.id, span.level if span else Level.NOT_MET


@settings(max_examples=40, deadline=None)
@given(acts, one_act, days)
def test_more_evidence_never_makes_a_state_worse(given_acts: list[Act], more: Act, on_day: date) -> None:
    before, after = (
        dict(levels(journal(given_acts), on_day)),
        dict(levels(journal([*given_acts, more]), on_day)),
    )

    assert [name for name in before if after[name] < before[name]] == []


@settings(max_examples=40, deadline=None)
@given(acts, one_act, days)
def test_a_retraction_restores(given_acts: list[Act], wrong: Act, on_day: date) -> None:
    j = journal(given_acts)
    before = board(j, on_day)
    made = len(j)
    add(j, wrong, "wrong")
    for entry in list(j)[made:]:
        j.add("", "", "2028-12-31", retracts=entry.id)

    assert board(j, on_day) == before


@settings(max_examples=40, deadline=None)
@given(acts, st.integers(0, 10_000), days)
def test_the_order_of_typing_does_not_change_a_state_as_known_now(
    given_acts: list[Act], seed: int, on_day: date
) -> None:
    j = journal(given_acts)
    moments = [one.recorded_at for one in j]
    Random(seed).shuffle(moments)
    shuffled = [replace(one, recorded_at=moment) for one, moment in zip(j, moments, strict=True)]
    Random(seed + 1).shuffle(shuffled)

    assert said(board(shuffled, on_day)) == said(board(j, on_day))


@settings(max_examples=40, deadline=None)
@given(acts, acts, days, days)
def test_what_was_known_then_is_never_changed_by_what_is_typed_later(
    given_acts: list[Act], later: list[Act], on_day: date, known: date
) -> None:
    j = journal([act for act in given_acts if act[2] <= known])
    before = board(j, on_day, as_known=known)
    for number, (kind, about_day, recorded) in enumerate(later):
        add(j, (kind, about_day, max(recorded, known + timedelta(days=1))), f"later-{number}")
    j.add("", "", str(known + timedelta(days=2)), retracts=j[1].id)

    assert board(j, on_day, as_known=known) == before
