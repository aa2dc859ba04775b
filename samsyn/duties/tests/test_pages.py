"""The board as people meet it: who may, what it says, other days, and what it leads to."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samsyn.agreements.tests import build as agreements
from samsyn.config.cli import Failure
from samsyn.config.cli import duties as on_the_command_line
from samsyn.core import clock
from samsyn.core.thread import Place, thread
from samsyn.council import services as council
from samsyn.council.models import Body, Decision
from samsyn.duties import services
from samsyn.duties.models import Event, EventKind
from samsyn.duties.queries import recorded
from samsyn.duties.services import Told
from samsyn.duties.tests.test_telling import DAY, NOW, POLICY, record
from samsyn.duties.thread import tasks
from samsyn.parties.tests import build as parties_build
from samsyn.parties.tests.build import Town, user_of
from samsyn.pictures.services import adopt_picture
from samsyn.pictures.tests import build as pictures

K = EventKind


@pytest.fixture(autouse=True)
def today() -> Any:
    with clock.at(NOW):
        yield


def board(client: Client, town: Town, query: str = "", status: int = 200) -> str:
    answer = client.get(reverse("duties:index", args=[town.partnership.slug]) + query)
    assert answer.status_code == status
    return str(answer.text)


def test_the_board_says_state_rule_evidence_and_both_readings(town: Town, client: Client) -> None:
    client.force_login(user_of(town.coordinator))
    record(town, K.PICTURE, day=date(2024, 2, 29), body="ks", reference="§ 41", ticks=("extent",))
    event = Event.objects.get()

    page = board(client, town)

    assert "Lägesbilden är uppdaterad" in page and "Okänt" in page
    assert "Med 24 månader, den stränga läsningen, är sista dagen den 28 februari 2026" in page
    assert "Med kalenderår är sista dagen den 31 december 2026" in page
    assert "1 § lagen (1930:173)" in page and "2 § lagen (1930:173) kan flytta" in page
    assert reverse("duties:event", args=[town.partnership.slug, event.pk]) in page
    assert "Börja här" in page
    assert "känt sedan 20 november 2026" in page
    assert "Överenskommelsen gäller" not in page  # there is no agreement, so nothing that it asks


def test_the_day_and_what_was_known_are_in_the_address(town: Town, client: Client) -> None:
    client.force_login(user_of(town.coordinator))
    record(town, K.PICTURE, day=date(2024, 2, 29), body="ks", reference="§ 41")
    services.declare_complete(town.partnership, since=date(2023, 7, 1), note="", by=town.coordinator)

    now = board(client, town, "?pa=2026-03-10")
    then = board(client, town, "?pa=2026-03-10&kant=2026-11-19")

    assert "Försenad" in now and "Försenad" not in then
    assert "som det var känt den 19 november 2026" in then and "Okänt" in then
    assert 'value="2026-03-10"' in now
    assert "datum" in board(client, town, "?pa=i+morgon", status=422)


def test_what_an_agreement_asks_is_shown_where_it_says_it(town: Town, client: Client) -> None:
    client.force_login(user_of(town.auditor))
    agreement = agreements.agreement(town)

    page = board(client, town)

    assert "Alla parter har undertecknat" in page and "Överenskommelsen anger syften" in page
    shown = agreement.clauses.filter(kind="cooperation_model").exists()
    assert ("Invånare får vara delaktiga" in page) is shown
    assert "Notera det som gjorts på annat håll" not in page  # an auditor reads


def test_the_products_own_acts_count(town: Town, client: Client) -> None:
    agreements.agreement(town)
    picture = pictures.adopted_picture(town)
    body = Body.objects.get(kind=Body.Kind.COUNCIL)
    meeting = council.call_meeting(
        town.partnership, body=body, day=DAY, place="Stadshuset", by=town.coordinator
    )
    council.record_notes(meeting, present="", notes="Möte.", seen=meeting.version, by=town.coordinator)
    client.force_login(user_of(town.coordinator))

    page = board(client, town)

    for address in (
        reverse("pictures:picture", args=[town.partnership.slug, picture.pk]),
        reverse("agreements:agreement", args=[town.partnership.slug, picture.partnership_id])[:30],
    ):
        assert address in page
    assert "Det finns en lägesbild för hela kommunen" in page


def test_recording_ending_and_taking_back_by_form(town: Town, client: Client) -> None:
    client.force_login(user_of(town.secretary))
    slug = town.partnership.slug
    form = reverse("duties:record", args=[slug, "function"])

    assert client.get(form).status_code == 200
    assert client.post(form, {"day": "2026-12-01", "share": "80"}).status_code == 422
    assert client.post(form, {"day": "2026-03-31", "share": "80"}).status_code == 302
    event = Event.objects.get()
    here = reverse("duties:event", args=[slug, event.pk])
    assert "80" in client.get(here).text
    ending = reverse("duties:end", args=[slug, event.pk])
    assert client.post(ending, {"last_day": "2026-01-01"}).status_code == 422
    assert client.post(ending, {"last_day": ""}).status_code == 422
    assert client.post(ending, {"last_day": "2026-07-31"}).status_code == 302
    assert "31 juli 2026" in client.get(here).text
    taking = reverse("duties:retract", args=[slug, event.pk])
    assert client.post(taking, {"why": "Fel dag."}).status_code == 302
    assert "Tillbakataget" in client.get(here).text
    for kind in ("complete", "nothing"):
        assert client.get(reverse("duties:record", args=[slug, kind])).status_code == 404


def test_a_duty_of_ones_own_is_decided_done_and_late(town: Town, client: Client) -> None:
    client.force_login(user_of(town.coordinator))
    slug = town.partnership.slug
    given = {"title": "Våldsplanen följs upp", "day": "2025-01-10", "months": "12", "first_due": "2025-06-30"}
    client.post(reverse("duties:record", args=[slug, "local_duty"]), given)
    own = Event.objects.get()
    client.post(reverse("duties:record", args=[slug, "local_done"]), {"day": "2025-06-10", "duty": own.pk})
    services.declare_complete(town.partnership, since=date(2025, 1, 1), note="", by=town.coordinator)

    page = board(client, town)

    assert "Våldsplanen följs upp" in page and "Försenad" in page and "10 juni 2026" in page
    reasons = [str(one.reason) for one in thread.tasks(town.coordinator, Place(town.partnership.pk, slug))]
    assert any("Våldsplanen följs upp" in reason for reason in reasons)


def test_what_needs_the_coordinator_today(town: Town) -> None:
    """Late and soon due by themselves, what is merely owed as one line, and nothing for the others."""
    place = Place(town.partnership.pk, town.partnership.slug)
    titles = [str(one.title) for one in tasks(town.coordinator, place)]
    assert titles == ["Go through what the law asks, and say from when the record is complete"]

    record(town, K.REPORT, day=date(2026, 1, 10))
    services.declare_complete(town.partnership, since=date(2025, 1, 1), note="", by=town.coordinator)
    waiting = list(tasks(town.coordinator, place))

    late = next(one for one in waiting if one.due == date(2027, 1, 10))
    assert str(late.title) == "Record: a report to kommunfullmäktige"
    assert any("duties are not met" in str(one.title) for one in waiting)
    assert [*tasks(town.officer, place), *tasks(town.auditor, place)] == []


def test_the_laws_duties_are_found_by_their_words(town: Town) -> None:
    place = Place(town.partnership.pk, town.partnership.slug)

    found = thread.search("every second year picture", town.auditor, place)

    assert [node.title for node in found] == ["6 §: The picture is updated"]
    assert thread.search("every second year picture", town.owner, place) == []


def test_the_policy_page_begins_with_what_holds(town: Town, client: Client) -> None:
    services.set_policy(town.partnership, by=town.chair, **POLICY)
    client.force_login(user_of(town.chair))
    address = reverse("duties:policy", args=[town.partnership.slug])

    page = client.get(address).text

    assert 'value="calendar_years"' in page and "KF § 12" in page
    given = {"since": "2026-11-20", "reading": "months_24", "picture_body": "kf", "plan_body": "kf"}
    assert client.post(address, given | {"report_months": "6"}).status_code == 302
    assert "efter ert eget beslut" not in board(client, town)
    assert "kalenderår, efter ert eget beslut" in board(client, town, "?pa=2026-11-19")


@pytest.mark.django_db
def test_nothing_depends_on_when_the_real_commands_were_typed(home: Path, client: Client) -> None:
    """U2 through the commands: adopted 29 February, typed 15 April; reviewed 20 November, typed 1 December."""
    with clock.at(datetime(2024, 2, 29, 9, tzinfo=UTC)):
        town = parties_build.town()
        services.declare_complete(town.partnership, since=date(2024, 1, 1), note="", by=town.coordinator)
        picture = pictures.agreed_picture(town)
        decided = pictures.decision(town, Decision.Kind.DECIDE)
    with clock.at(datetime(2024, 4, 15, 9, tzinfo=UTC)):
        adopt_picture(picture, decision=decided, by=town.chair)
    with clock.at(datetime(2025, 12, 1, 9, tzinfo=UTC)):
        record(town, K.REVIEW, day=date(2025, 11, 20), ticks=("changed",))

    client.force_login(user_of(town.coordinator))
    then = board(client, town, "?pa=2025-11-30&kant=2025-11-30")
    now = board(client, town, "?pa=2025-11-30")

    assert "är sista dagen den 28 februari 2026" in then and "1 § lagen (1930:173)" in then
    assert "är sista dagen den 20 november 2027" in now
    updated = then.split('id="D07"')[1].split("</article>")[0]
    assert "april" not in updated.replace("känt sedan 15 april 2024", "") and "december 2025" not in updated
    earlier = board(client, town, "?pa=2024-03-31&kant=2024-04-14")
    assert "Inte uppfylld" in earlier.split('id="D01"')[1].split("</article>")[0]


def test_the_board_asks_as_much_of_a_long_journal_as_of_a_short_one(town: Town, client: Client) -> None:
    client.force_login(user_of(town.coordinator))
    agreements.agreement(town)
    record(town, K.REPORT)
    counts = []
    for days in (range(1, 2), range(2, 21)):
        for day in days:
            record(town, K.INFORMATION, day=date(2026, 5, day))
        with CaptureQueriesContext(connection) as asked:
            board(client, town)
        counts.append(len(asked))

    assert counts[0] == counts[1] <= 15


def test_the_command_line_says_the_same(town: Town, capsys: pytest.CaptureFixture[str]) -> None:
    record(town, K.PICTURE, day=date(2024, 2, 29), body="ks", reference="§ 41")
    slug = town.partnership.slug

    on_the_command_line.main([slug, "--on", "2025-11-30", "--json"])
    said = json.loads(capsys.readouterr().out)

    updated = next(one for one in said["duties"] if one["id"] == "D07")
    assert (updated["state"], updated["last_day"]) == ("due_soon", "2026-02-28")
    assert len(updated["evidence"]) == 1 and said["reading"] == "months_24"
    on_the_command_line.main([slug, "--on", "2025-11-30", "--as-known", "2025-11-30"])
    assert "D07   unknown" in capsys.readouterr().out
    with pytest.raises(Failure, match="no partnership"):
        on_the_command_line.main(["ingenstans"])
    with pytest.raises(SystemExit):
        on_the_command_line.main([slug, "--on", "i går"])


def test_a_day_of_typing_is_the_swedish_one(town: Town) -> None:
    """Half past midnight in Sweden is the day after in the record."""
    with clock.at(datetime(2026, 11, 21, 23, 30, tzinfo=UTC)):
        services.record_event(town.partnership, kind=K.CONTACT, told=Told(DAY), by=town.coordinator)

    assert [one.known for one in recorded(town.coordinator, town.partnership.pk)] == [date(2026, 11, 22)]
