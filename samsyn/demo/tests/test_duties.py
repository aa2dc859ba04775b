"""What the law asks, as the exercise's story has it, and Umeå, of which little is known."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from samsyn.core.actors import SYSTEM
from samsyn.duties.queries import board_for
from samsyn.parties.models import Partnership

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("duty", "day", "expected", "last_day"),
    [
        ("D07", date(2026, 2, 27), "due_soon", date(2026, 2, 27)),
        ("D07", date(2026, 3, 30), "overdue", date(2026, 2, 27)),
        ("D07", date(2026, 11, 16), "met", date(2028, 3, 31)),
        ("D07", date(2026, 11, 25), "met", date(2028, 11, 17)),
        ("D08", date(2026, 11, 25), "overdue", date(2026, 6, 18)),
        ("D14", date(2026, 8, 15), "not_met", date(2026, 7, 31)),
        ("D14", date(2026, 11, 25), "met", None),
        ("D18", date(2026, 11, 25), "met", date(2027, 6, 16)),
        ("A8", date(2026, 12, 31), "due_soon", date(2027, 12, 31)),
        ("own", date(2026, 11, 25), "overdue", date(2026, 6, 10)),
    ],
)
def test_the_duties_stand_as_the_story_says(
    exercise: Path, duty: str, day: date, expected: str, last_day: date | None
) -> None:
    """The second picture was late, the coordinator was missing, the follow-up of violence is overdue."""
    board = board_for(SYSTEM, Partnership.objects.get(slug="alvhamra"), day)
    found = next(one for one in board.every if one.id == duty or (duty == "own" and one.id.startswith("L-")))

    assert (found.finding.state.value, found.finding.due) == (expected, last_day)
    if last_day == date(2028, 3, 31):
        assert "By 24 months it came 32 days late." in found.notes
        assert "By calendar years it came in time." in found.notes


def test_a_follow_up_that_left_measures_out_says_why_it_does_not_count(exercise: Path) -> None:
    board = board_for(SYSTEM, Partnership.objects.get(slug="alvhamra"), date(2026, 11, 25))
    found = next(one for one in board.every if one.id == "D08")

    assert [(note.code, note.day, note.number) for note in found.finding.notes][-1] == (
        "without_verdict",
        date(2026, 6, 16),
        6,
    )


def test_of_umea_nothing_is_said_that_is_not_known(exercise: Path) -> None:
    board = board_for(SYSTEM, Partnership.objects.get(slug="umea"), date(2026, 11, 25))
    states = Counter(one.finding.state.value for one in board.every)

    assert {*states} == {"met", "unknown"} and not board.is_vouched_for
    assert [one.id for one in board.every if one.finding.state.value == "met"] == [
        "D11", "D11b", "D17", "A1", "A8",
    ]  # fmt: skip
    assert {"A2", "A3", "A4", "A5", "A6", "A7"} <= {one.id for one in board.every}  # its own words
