"""Duties on any day: evidence and days in; state, next day and rule out."""

from dataclasses import replace
from datetime import date

import pytest

from samsyn.duties import sentences, wording
from samsyn.duties.board import FIXED, board
from samsyn.duties.judging import Duty, Source, State, Strength, judge
from samsyn.duties.record import View
from samsyn.duties.sources.agreement import SAID_IN
from samsyn.duties.sources.evidence import attempts
from samsyn.duties.spans import Note
from samsyn.duties.tests.fold import LAW, PAPERS, PICTURE, PLAN, Journal, a_long_history, day, umea


def with_picture(on: str = "2024-02-29", recorded: str = "", **facts: object) -> Journal:
    j = Journal()
    j.add("picture", "p1", on, recorded=recorded, **{**PICTURE, **facts})
    return j


def test_a_leap_day_and_two_times() -> None:
    """U2. Adopted 29 February, typed in 15 April; reviewed 20 November 2025, typed in 1 December."""
    j = with_picture(recorded="2024-04-15")
    j.add("review", "p1", "2025-11-20", changed=1, recorded="2025-12-01")

    then, now = j.state("D07", "2025-11-30", known="2025-11-30"), j.state("D07", "2025-11-30")

    assert then.due == day("2026-02-28") and Note("leap_day", day("2026-02-28")) in then.notes
    assert Note("weekend", day("2026-02-28")) in then.notes  # a Saturday: named, not applied
    assert now.due == day("2027-11-20") and Note("calendar_years", day("2027-12-31")) in now.notes
    assert j.state("D07", "2025-11-19").due == day("2026-02-28")  # looking back, it had not happened
    assert j.says("D07", "2026-12-31") == j.says("D07", "2027-01-01")  # passing New Year changes nothing
    for typed in ("2024-02-29", "2024-12-31"):  # nothing depends on the day of typing
        moved = Journal()
        moved.add("picture", "p1", "2024-02-29", recorded=typed, **PICTURE)
        assert moved.says("D07", "2025-11-30") == ("due_soon", "2026-02-28")


@pytest.mark.parametrize(
    ("duty", "on", "expected", "due"),
    [  # the exercise municipality, as known now
        ("D01", "2023-06-30", "not_applicable", ""),
        ("D01", LAW, "not_met", LAW),
        ("D01", "2024-02-26", "not_met", LAW),
        ("D01", "2024-02-27", "met", ""),
        ("D05", "2024-06-17", "not_applicable", ""),
        ("D05", "2024-06-18", "met", "2028-12-31"),
        ("D07", "2024-02-26", "not_applicable", ""),
        ("D07", "2025-08-26", "met", "2026-02-27"),
        ("D07", "2025-08-27", "due_soon", "2026-02-27"),
        ("D07", "2026-02-27", "due_soon", "2026-02-27"),
        ("D07", "2026-02-28", "overdue", "2026-02-27"),
        ("D07", "2026-03-03", "overdue", "2026-02-27"),  # the council stood behind; the board had not decided
        ("D07", "2026-03-31", "met", "2028-03-31"),
        ("D08", "2026-06-15", "due_soon", "2026-06-18"),
        ("D08", "2026-06-16", "met", "2028-06-16"),
        ("D09", "2026-03-30", "not_met", "2024-02-27"),
        ("D09", "2026-03-31", "met", ""),
        ("D11", "2025-02-09", "not_met", LAW),
        ("D11", "2027-12-31", "met", ""),
        ("D14", "2026-08-31", "not_met", "2026-07-31"),
        ("D14", "2026-10-01", "met", ""),
        ("D16", "2023-12-31", "not_applicable", "2024-07-01"),
        ("D18", "2024-06-17", "not_applicable", "2024-07-01"),
        ("D18", "2027-06-17", "overdue", "2027-06-16"),
        ("D19", "2025-03-31", "not_applicable", ""),
        ("D19", "2025-10-01", "met", "2026-10-01"),
        ("A8", "2028-01-01", "met", ""),
        ("A5", "2027-06-13", "not_met", "2027-06-12"),
    ],
)
def test_exercise_municipality(duty: str, on: str, expected: str, due: str) -> None:
    assert a_long_history().says(duty, on) == (expected, due)


def test_the_second_picture_is_late_by_one_reading_and_in_time_by_the_other() -> None:
    notes = a_long_history().state("D07", "2026-11-25").notes

    assert Note("late_months_24", number=32) in notes
    assert Note("late_calendar_years", number=-275) in notes


def test_calendar_years_by_local_decision() -> None:
    j = a_long_history()
    terms = {"reading": "calendar_years", "picture_body": "ks", "plan_body": "kf"}
    j.add("policy", "p2", "2026-02-01", **terms)

    assert j.says("D07", "2026-03-15") == ("met", "2026-12-31")
    assert j.says("D07", "2026-03-15", known="2026-01-31") == ("overdue", "2026-02-27")
    assert j.state("D07", "2026-01-31").due == day("2026-02-27")  # the decision does not reach back


def test_umea_says_unknown_where_nothing_is_recorded() -> None:
    found = {one.duty.id: one for one in board(umea(), day("2026-11-25"))}
    by_state = {
        state.value: sorted(name for name, one in found.items() if one.state is state) for state in State
    }

    assert by_state["met"] == ["A1", "A8", "D01", "D11", "D11b", "D17"]
    assert len(by_state["unknown"]) == len(found) - 6
    assert str(found["D07"].due) == "2026-01-01"  # the earliest day that “early 2024” allows
    assert found["D14"].rule == ("nobody_vouches",)


def test_attempts_count_only_where_the_law_lets_them() -> None:
    j = Journal()
    for matter in ("agreement", "council", "leading", "picture"):
        j.add(f"attempt_{matter}", matter, "2025-01-10")

    assert j.says("D11", "2026-01-10") == ("attempted", "2026-01-10")
    assert j.says("D11", "2026-01-11") == ("overdue", "2026-01-10")
    assert j.states("2025-06-01", "D12", "D13", "D10", "D01", "D14") == [
        "attempted",
        "not_applicable",
        "met",
        "not_met",
        "not_met",
    ]
    cheat = Duty("X", "4", Source.LAW, Strength.SHALL, None, lambda v, p: attempts(v, "picture", p))
    with pytest.raises(ValueError, match="an attempt counts only"):
        judge(cheat, View(j), day("2025-02-01"))


def test_a_duty_cannot_be_met_backwards() -> None:
    j = Journal()
    j.agreed("a", "2025-01-01", "2025-03-11", "2025-03-14")

    assert j.says("D11", "2025-03-13") == ("not_met", LAW)
    assert j.says("D11", "2025-03-14") == ("met", "")


def test_an_agreement_without_areas_or_a_council_led_by_the_police_does_not_count() -> None:
    j = Journal()
    j.agreed("a", "2025-01-01", "2025-01-01", "2025-01-01", areas=0)
    j.add("meeting", "m", "2025-01-01")
    j.add("chair", "chair", "2025-01-01", municipality=False)
    j.add("seat", "s", "2025-01-01", actor="local_police_area", leading=False)

    assert j.states("2025-06-01", "D11", "D11b", "D12", "D13", "D10") == ["not_met"] * 5
    j.add("attempt_council", "try", "2025-05-01")
    assert j.states("2025-06-01", "D12", "D12b") == ["attempted", "not_met"]


def test_areas_that_were_added_to_a_blank_agreement_count() -> None:
    j = Journal()
    j.agreed("a", "2025-01-01", "2025-01-01", "2025-01-01", areas=0)
    j.add("area", "a", "2024-12-01")

    assert j.states("2025-06-01", "D11", "D11b") == ["met", "met"]


def test_another_written_agreement_and_the_one_that_ended() -> None:
    j = Journal()
    j.agreed("a", "2025-01-01", "2025-01-01", "2025-01-01", prolongation="none")
    j.add("written", "region", "2025-03-01", until="2028-06-30", purposes=True, areas=True)

    assert j.says("D11", "2027-06-01") == ("met", "2028-06-30")
    assert j.says("D11", "2028-01-01") == ("due_soon", "2028-06-30")
    assert j.says("A8", "2027-01-01") == ("due_soon", "2027-12-31")  # twelve months before it ends
    j.add("notice", "a", "2026-06-30")
    assert j.says("A8", "2026-07-01") == ("not_met", "2026-06-30")


def test_an_amendment_and_a_successor_move_the_last_day() -> None:
    j = Journal()
    j.agreed("a", "2025-01-01", "2025-01-01", "2025-01-01", prolongation="none")
    j.add("change", "a", "2026-01-01", in_effect=True, change_kind="prolongation", valid_to="2029-12-31")
    j.add("change", "a", "2026-01-02", in_effect=False, change_kind="prolongation", valid_to="2040-12-31")
    assert j.state("A8", "2027-01-01").due == day("2029-12-31")

    j.agreed("b", "2028-01-01", "2027-11-01", "2027-11-02", follows="a", valid_to="2030-12-31")

    assert j.says("A8", "2027-12-01") == ("met", "")
    j.add("change", "b", "2029-05-31", in_effect=True, change_kind="termination")
    assert j.says("A8", "2029-06-01") == ("not_met", "2029-05-31")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, "met"),
        ({"body": "council"}, "not_met"),
        ({"body": "police"}, "not_met"),
        ({"body": "board"}, "not_met"),
        ({"own_measures": 0}, "not_met"),
        ({"until": "2025-12-31"}, "not_met"),
        ({"body": "ks"}, "met"),
        ({"own_measures": None}, "unknown"),
    ],
)
def test_which_plan_is_a_plan(change: dict[str, object], expected: str) -> None:
    j = with_picture()
    j.add("plan", "plan", "2024-05-01", **{**PLAN, "picture": "p1", **change})

    assert j.states("2026-01-01", "D05") == [expected]


def test_the_deciding_body_is_configuration() -> None:
    j = with_picture(body="police")
    assert j.states("2025-01-01", "D01") == ["not_met"]
    j.add("policy", "p", "2024-01-01", reading="months_24", picture_body="ks", plan_body="board")
    j.add("plan", "plan", "2024-06-01", **{**PLAN, "body": "board"})
    assert j.states("2025-01-01", "D05") == ["met"]


def test_a_decision_that_was_only_named_says_whose_it_was() -> None:
    j = with_picture()
    j.add("decision", "of-kf", "2024-05-01", of="kf")
    j.add("decision", "of-police", "2024-05-01", of="police")
    for decision, expected in (("of-police", "not_met"), ("unknown", "not_met"), ("of-kf", "met")):
        j.add("plan", decision, "2024-05-01", **PLAN | {"body": None}, decision=decision)
        assert j.states("2025-01-01", "D05") == [expected]


def test_a_review_counts_for_its_own_picture_or_when_told_by_hand_for_the_one_that_stood() -> None:
    j = with_picture("2024-02-01")
    j.add("review", "another picture", "2025-12-01", changed=1)
    assert j.says("D07", "2026-03-01") == ("overdue", "2026-02-01")
    j.add("review", "e", "2025-12-02", changed=1, event="e")
    assert j.says("D07", "2026-03-01") == ("met", "2027-12-02")


def test_a_review_that_changed_nothing_counts_by_local_decision_only() -> None:
    j = with_picture("2024-02-01")
    j.add("review", "p1", "2025-12-01", changed=0)
    terms = {"reading": "months_24", "picture_body": "ks", "plan_body": "ks"}
    assert j.says("D07", "2026-03-01") == ("overdue", "2026-02-01")

    j.add("policy", "p", LAW, **terms, unchanged_counts=True)

    assert j.says("D07", "2026-03-01") == ("met", "2027-12-01")


def test_weighing_again_and_papers_completed_later() -> None:
    j = with_picture("2024-02-27")
    j.add("integration", "i", "2024-03-01")
    j.add("camera", "c", "2025-05-01", **{**PAPERS, "weighing": False})
    j.add("camera_review", "r", "2025-09-01", **PAPERS)

    assert j.states("2025-01-01", "D09") == ["met"]
    assert [j.says("D19", on)[0] for on in ("2025-06-01", "2025-09-01")] == ["not_met", "met"]


def test_plan_before_its_picture_and_plan_that_replaces_a_follow_up() -> None:
    j = with_picture("2024-06-01")
    j.add("plan", "plan", "2024-05-01", **PLAN, picture="p1")
    j.add("plan", "plan-2", "2026-04-01", **PLAN, picture="p1")
    j.add("follow_up", "f", "2026-04-20", about="plan", without_verdict=4)

    assert [j.states(on, "D06")[0] for on in ("2025-01-01", "2026-04-01")] == ["not_met", "met"]
    assert j.says("D08", "2026-05-02") == ("overdue", "2026-05-01")
    j.add("plan", "plan-3", "2026-05-01", **PLAN, picture="of another time")
    assert j.states("2026-05-01", "D06") == ["not_met"]


def test_content_of_the_current_version_decides() -> None:
    j = with_picture(analysis=0)
    assert j.states("2025-01-01", "D02", "D03", "D04") == ["met", "met", "not_met"]
    j.add("picture", "p2", "2026-01-01", **{**PICTURE, "consequences": None})
    assert j.states("2026-01-01", "D02", "D03", "D04") == ["unknown", "met", "met"]
    j.add("content", "c", "2026-01-15", consequences=True)
    assert j.states("2026-01-15", "D02", "D03") == ["met", "met"]
    assert j.states("2026-01-14", "D02") == ["unknown"]


def test_notice_leaves_the_municipality_its_own_plan() -> None:
    j = a_long_history()
    j.add("notice", "a", "2026-10-31")

    assert j.states("2026-11-01", "D05", "D08", "D11", "A7") == ["met", "met", "not_met", "not_applicable"]


def test_a_seat_ends_on_its_day_and_a_retraction_can_be_retracted() -> None:
    j = a_long_history()
    j.add("end", "police", "2026-04-01")
    assert j.states("2026-04-02", "A6") == ["not_met"]
    taken_back = j.add("", "", "2026-05-01", retracts=j[-1].id)
    assert j.states("2026-04-02", "A6") == ["met"]
    j.add("", "", "2026-05-02", retracts=taken_back)
    assert j.states("2026-04-02", "A6") == ["not_met"]


def test_what_the_municipality_decided_for_itself_has_its_own_clock() -> None:
    j = Journal()
    j.add("local_duty", "violence", "2024-01-10", months=12, first_due="2025-01-31")
    j.add("local_done", "one", "2025-01-20", about="violence")
    j.add("local_done", "another", "2026-01-20", about="something else")

    assert j.says("L-violence", "2024-06-01") == ("not_applicable", "2025-01-31")
    assert j.says("L-violence", "2025-11-01") == ("due_soon", "2026-01-20")
    assert j.says("L-violence", "2026-02-01") == ("overdue", "2026-01-20")
    j.add("end", "violence", "2026-02-28")
    assert j.states("2026-03-01", "L-violence") == ["not_applicable"]


def test_a_swedish_day_ends_at_swedish_midnight() -> None:
    j = Journal()
    j.add("picture", "p", "2024-11-01", **PICTURE)
    late = [replace(one, recorded_at=one.recorded_at.replace(hour=23, minute=30)) for one in j]

    assert View(late, day("2024-11-01")).of("picture") == []
    assert len(View(late, day("2024-11-02")).of("picture")) == 1


def test_every_duty_rule_and_note_has_words() -> None:
    """On the days of two long journals and of an empty one: no code reaches a page, and no page fails."""
    months = [date(year, month, 15) for year in range(2023, 2029) for month in range(1, 13)]
    found = [
        one
        for journal in (a_long_history(), umea(), Journal(), Journal(complete=None))
        for when in months
        for one in board(journal, when)
    ]

    assert {code for one in found for code in one.rule} <= set(sentences.RULES)
    assert all(sentences.note_in_words(note) for one in found for note in one.notes)
    assert {one.duty.id for one in found} == set(wording.WORDS)
    assert set(SAID_IN) == {one.id for one in FIXED if one.source is Source.AGREEMENT}


def test_the_rules_are_data_with_strength_and_source() -> None:
    assert len(FIXED) == 29 and len({one.id for one in FIXED}) == 29
    assert {one.id for one in FIXED if one.strength is Strength.WORK_FOR} == {"D11", "D12", "D13"}
    assert [one.id for one in FIXED if one.strength is Strength.MAY] == ["D19"]
    assert all(one.section for one in FIXED if one.source is Source.LAW)
