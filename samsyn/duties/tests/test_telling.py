"""What is told by hand, what is refused, and what the journal then holds."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from samsyn.core import clock
from samsyn.core.actors import SYSTEM
from samsyn.core.errors import Invalid, NotAllowed, Refused
from samsyn.core.journal import Entry
from samsyn.council import services as council
from samsyn.council.models import Body, Decision
from samsyn.duties import queries, services
from samsyn.duties.board import BY_ID
from samsyn.duties.counting import TABLE, noted
from samsyn.duties.judging import State, judge
from samsyn.duties.kinds import ASKS
from samsyn.duties.models import Event, EventKind, LocalPolicy
from samsyn.duties.record import View
from samsyn.duties.services import Told
from samsyn.parties.tests.build import Town

K = EventKind
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
DAY = date(2026, 3, 31)
POLICY: dict[str, Any] = {
    "since": date(2026, 1, 1),
    "reading": LocalPolicy.Reading.CALENDAR_YEARS,
    "unchanged_counts": False,
    "picture_body": Body.Kind.EXECUTIVE_BOARD,
    "plan_body": Body.Kind.MUNICIPAL_COUNCIL,
    "report_months": 6,
    "reference": "KF § 12",
}


@pytest.fixture(autouse=True)
def today() -> Any:
    with clock.at(NOW):
        yield


def record(town: Town, kind: EventKind, day: date = DAY, **told: Any) -> Event:
    named = {name: told.pop(name) for name in ("decision", "duty") if name in told}
    return services.record_event(
        town.partnership, kind=kind, told=Told(day, **told), by=town.coordinator, **named
    )


def state(town: Town, duty: str, on: date = date(2026, 11, 20), known: date | None = None) -> State:
    return judge(BY_ID[duty], View(queries.recorded(SYSTEM, town.partnership.pk), known), on).state


def decision(town: Town, kind: Decision.Kind = Decision.Kind.DECIDE, body: str = "kf") -> Decision:
    made = council.found_body(town.partnership, name=body, kind=Body.Kind(body), by=town.coordinator)
    return council.record_decision(
        town.partnership,
        body=made,
        kind=kind,
        day=DAY,
        section="88",
        registration_number="",
        text="Planen antas.",
        by=town.secretary,
    )


def test_a_plan_that_was_decided_in_a_document_last_year_counts(town: Town) -> None:
    """Typed in today for the day it was decided: known since today, and met since then."""
    ticks = ("own_measures", "each_finding", "extent")
    event = record(town, K.PLAN, body="kf", reference="§ 88, KS-2024/00008", ticks=ticks)

    assert event.ticks == ["own_measures", "each_finding"]  # what is not asked of a plan is not kept
    assert state(town, "D05", DAY) is State.MET
    assert state(town, "D05", DAY, known=date(2026, 11, 19)) is State.UNKNOWN
    facts = Entry.objects.get(command="duties.record_event").facts
    assert facts["without_finding"] == "0" and "without_priority" not in facts
    assert "88" not in str(facts.values()).replace(str(event.pk), "")  # words stay in the row


def test_a_decision_that_is_recorded_says_which_body(town: Town) -> None:
    record(town, K.PLAN, decision=decision(town), ticks=("own_measures",))

    assert state(town, "D05") is State.MET


@pytest.mark.parametrize(
    ("kind", "told", "message"),
    [
        (K.REPORT, {"day": date(2026, 11, 21)}, "a day that has been"),
        (K.SEAT, {"until": date(2026, 3, 30)}, "not before the first"),
        (K.PLAN, {}, "Choose the decision, or say which body"),
        (K.PLAN, {"body": "kf"}, "Choose the decision, or say which body"),
        (K.PLAN, {"body": "council", "reference": "§ 1"}, "The council advises"),
        (K.LOCAL_DUTY, {"title": "Våldsplanen"}, "Say what you have decided"),
        (K.LOCAL_DONE, {}, "which of your own duties"),
        (K.REPORT, {"note": "Ring 070-123 45 67"}, "points out a person"),
    ],
)
def test_what_cannot_be_is_refused(town: Town, kind: EventKind, told: dict[str, Any], message: str) -> None:
    with pytest.raises(Invalid, match=message):
        record(town, kind, **told)
    assert not Event.objects.exists()


def test_a_council_that_stood_behind_is_no_decision(town: Town) -> None:
    with pytest.raises(Invalid, match="a decision by which a body decided"):
        record(town, K.PICTURE, decision=decision(town, Decision.Kind.ENDORSE, "council"))


def test_the_same_thing_on_the_same_day_is_recorded_once(town: Town) -> None:
    record(town, K.SEAT, actor="region", ticks=("leading",))
    record(town, K.SEAT, actor="local_police_area", ticks=("leading",))

    with pytest.raises(Refused, match="recorded on that day already"):
        record(town, K.SEAT, actor="region")
    assert state(town, "D13") is State.MET


def test_a_seat_that_ended_and_one_that_was_wrong(town: Town) -> None:
    chair = record(town, K.CHAIR, ticks=("municipality",))
    assert state(town, "D12b") is State.MET
    with pytest.raises(Invalid, match="not before the first"):
        services.end_event(chair, last_day=date(2026, 1, 1), by=town.coordinator)
    services.end_event(chair, last_day=date(2026, 9, 1), by=town.coordinator)
    assert state(town, "D12b") is State.UNKNOWN
    assert state(town, "D12b", date(2026, 9, 1)) is State.DUE_SOON
    with pytest.raises(Refused, match="no end that can be set"):
        services.end_event(chair, last_day=date(2026, 9, 2), by=town.coordinator)
    with pytest.raises(Refused, match="no end that can be set"):
        services.end_event(record(town, K.REPORT), last_day=DAY, by=town.coordinator)

    with pytest.raises(Invalid, match="Write why"):
        services.retract_event(chair, why=" ", by=town.coordinator)
    with pytest.raises(Invalid, match="points out a person"):
        services.retract_event(chair, why="Ring 070-123 45 67", by=town.coordinator)
    services.retract_event(chair, why="Fel dag.", by=town.coordinator)

    assert state(town, "D12b", date(2026, 8, 1)) is State.UNKNOWN
    with pytest.raises(Refused, match="taken back already"):
        services.retract_event(chair, why="Igen.", by=town.coordinator)
    with pytest.raises(Refused, match="taken back already"):
        services.end_event(chair, last_day=date(2026, 9, 2), by=town.coordinator)


def test_nothing_recorded_is_unknown_until_somebody_vouches(town: Town) -> None:
    assert state(town, "D14") is State.UNKNOWN
    with pytest.raises(Invalid, match="a day that has been"):
        services.declare_complete(town.partnership, since=date(2026, 11, 21), note="", by=town.coordinator)
    with pytest.raises(Invalid, match="points out a person"):
        services.declare_complete(town.partnership, since=DAY, note="Ring 070-123 45 67", by=town.chair)
    said = services.declare_complete(town.partnership, since=DAY, note="", by=town.coordinator)

    assert state(town, "D14") is State.NOT_MET
    assert state(town, "D14", date(2026, 3, 30)) is State.UNKNOWN
    with pytest.raises(Refused, match="from an earlier day already"):
        services.declare_complete(town.partnership, since=DAY, note="", by=town.coordinator)
    services.retract_event(said, why="Inte genomgånget.", by=town.chair)
    assert state(town, "D14") is State.UNKNOWN


def test_how_the_law_is_read_is_decided_and_corrected(town: Town) -> None:
    services.set_policy(town.partnership, by=town.chair, **POLICY)
    services.set_policy(
        town.partnership, by=town.chair, **POLICY | {"reading": LocalPolicy.Reading.MONTHS_24}
    )

    record(town, K.PICTURE, day=date(2024, 2, 29), body="ks", reference="§ 41")
    view = View(queries.recorded(SYSTEM, town.partnership.pk))
    assert len(view.of("policy")) == 1
    assert judge(BY_ID["D07"], view, date(2026, 2, 1)).due == date(2026, 2, 28)
    assert judge(BY_ID["D18"], view, date(2024, 1, 1)).due == date(2024, 7, 1)  # it does not reach back
    for wrong in ({"plan_body": Body.Kind.COUNCIL}, {"picture_body": Body.Kind.POLICE}):
        with pytest.raises(Invalid, match="choose one of its bodies"):
            services.set_policy(town.partnership, by=town.chair, **POLICY | wrong)
    with pytest.raises(Invalid, match="a day that has been"):
        services.set_policy(town.partnership, by=town.chair, **POLICY | {"since": date(2026, 11, 21)})
    with pytest.raises(Invalid, match="points out a person"):
        services.set_policy(town.partnership, by=town.chair, **POLICY | {"reference": "Ring 070-123 45 67"})


def test_the_police_and_readers_tell_nothing_of_the_municipalitys_duties(town: Town) -> None:
    for by in (town.officer, town.chief, town.auditor, town.owner):
        with pytest.raises(NotAllowed):
            services.declare_complete(town.partnership, since=DAY, note="", by=by)


def test_what_counts_is_one_table(town: Town) -> None:
    """Every kind that can be told by hand is the rules' own word for evidence, and asks for something."""
    known = {kind for duty in BY_ID.values() for kind in duty.counts}

    assert set(ASKS) == set(EventKind) - {K.COMPLETE}
    assert {one.value for one in ASKS} - known == {"local_duty", "local_done"}
    assert len({(one.command, one.kind) for one in TABLE}) == len(TABLE)
    assert noted(Entry.objects.all()) == []
