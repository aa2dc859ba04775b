"""What cannot be called, noted or decided, and that nothing is saved then."""

from datetime import date, timedelta
from typing import Any

import pytest

from samsyn.core import clock
from samsyn.core.errors import Invalid, Refused
from samsyn.council import services
from samsyn.council.models import AgendaItem, Body, Decision, Meeting
from samsyn.parties.tests.build import Town


def body(town: Town, kind: Body.Kind = Body.Kind.COUNCIL) -> Body:
    return services.found_body(town.partnership, name=str(kind.label), kind=kind, by=town.coordinator)


def called(town: Town, body: Body, day: date) -> Meeting:
    return services.call_meeting(town.partnership, body=body, day=day, place="", by=town.coordinator)


def decided(town: Town, body: Body, **given: Any) -> Decision:
    said = {"kind": Decision.Kind.DECIDE, "day": clock.today(), "section": "62", "text": "Enligt förslag."}
    return services.record_decision(
        town.partnership, body=body, registration_number="", by=town.secretary, **(said | given)
    )


def test_a_body_meets_once_a_day(town: Town) -> None:
    council, today = body(town), clock.today()
    called(town, council, today)

    with pytest.raises(Invalid, match="a meeting on that day already") as refused:
        called(town, council, today)

    assert refused.value.field == "day" and Meeting.objects.count() == 1


def test_what_is_held_takes_no_more_items_and_what_is_to_come_no_notes(town: Town) -> None:
    council, today = body(town), clock.today()
    held, coming = called(town, council, today), called(town, council, today + timedelta(days=1))
    with pytest.raises(Refused, match="not been held yet"):
        services.record_notes(
            coming, present="", notes="Allt gick bra.", seen=coming.version, by=town.coordinator
        )
    assert not Meeting.objects.filter(is_held=True).exists()
    services.record_notes(held, present="", notes="Vi talades vid.", seen=held.version, by=town.coordinator)

    with pytest.raises(Refused, match="This meeting is held"):
        services.add_agenda_item(held, title="Belysning", by=town.coordinator)

    assert not AgendaItem.objects.exists()


def test_a_decision_is_recorded_when_it_is_made(town: Town) -> None:
    board = body(town, Body.Kind.EXECUTIVE_BOARD)

    with pytest.raises(Invalid, match="a day that has been") as refused:
        decided(town, board, day=clock.today() + timedelta(days=1))

    assert refused.value.field == "day" and not Decision.objects.exists()


def test_the_council_stands_behind_and_decides_nothing(town: Town) -> None:
    council = body(town)

    with pytest.raises(Invalid, match="The council advises") as refused:
        decided(town, council)

    assert refused.value.field == "kind" and not Decision.objects.exists()
    assert decided(town, council, kind=Decision.Kind.ENDORSE).body == council


def test_a_board_decides_with_a_section_and_the_police_without(town: Town) -> None:
    with pytest.raises(Invalid, match="section of the minutes") as refused:
        decided(town, body(town, Body.Kind.BOARD), section="")

    assert refused.value.field == "section" and not Decision.objects.exists()
    assert decided(town, body(town, Body.Kind.POLICE), section="").section == ""
