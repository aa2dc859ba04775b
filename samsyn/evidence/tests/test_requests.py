"""Asking another party for evidence by a day: who sees it, what is answered, and the mails until somebody has."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from samsyn.core import clock
from samsyn.core.errors import Invalid, Missing, NotAllowed, Refused
from samsyn.core.journal import Entry
from samsyn.core.thread import Place, thread
from samsyn.evidence import services, tasks
from samsyn.evidence.models import EvidenceReply, EvidenceRequest
from samsyn.evidence.models.requests import Outcome
from samsyn.evidence.tests import build
from samsyn.parties.models import Title
from samsyn.parties.tests.build import Town, user_of
from samsyn.pictures.tests import build as pictures

WHAT = "Felanmälda lampor 2025, månad för månad"


def page(town: Town, name: str, *more: Any) -> str:
    return reverse(f"evidence:{name}", args=[town.partnership.slug, *more])


def signed_in(town: Town, who: str) -> Client:
    client = Client()
    client.force_login(user_of(getattr(town, who)))
    client.cookies["language"] = "en"
    return client


def tasks_of(town: Town, who: str) -> list[str]:
    place = Place(town.partnership.pk, town.partnership.slug)
    return [str(task.title) for task in thread.tasks(getattr(town, who), place)]


def test_it_is_asked_answered_in_part_and_then_in_full_on_the_pages(
    town: Town, mailoutbox: list[Any]
) -> None:
    officer, coordinator = signed_in(town, "officer"), signed_in(town, "coordinator")
    asked = {
        "what": WHAT,
        "text": "Per stadsdel.",
        "whom": f"{town.municipality.pk}:{Title.COORDINATOR}",
        "due": (clock.today() + timedelta(days=7)).isoformat(),
    }

    assert officer.post(page(town, "ask_for_evidence"), asked).status_code == 302
    request = EvidenceRequest.objects.get()
    address = page(town, "request", request.pk)
    assert [(mail.to, WHAT in mail.subject, address in mail.body) for mail in mailoutbox] == [
        ([user_of(town.coordinator).email], True, True)
    ]
    assert f"Answer: {WHAT}" in tasks_of(town, "coordinator")
    assert f"Answer: {WHAT}" not in tasks_of(town, "officer")
    partly = {"outcome": "partly", "text": "Januari till juni finns.", "missing": "Juli till december."}
    assert coordinator.post(page(town, "reply_to_request", request.pk), partly).status_code == 302

    shown = officer.get(address).text
    assert "Januari till juni finns." in shown and "Juli till december." in shown
    assert "Answered in part" in officer.get(page(town, "requests")).text
    whole = {"outcome": "answered", "link": "https://www.bra.se/lampor"}
    coordinator.post(page(town, "reply_to_request", request.pk), whole)
    assert "https://www.bra.se/lampor" in officer.get(address).text
    assert EvidenceRequest.objects.get().state == "answered" and EvidenceReply.objects.count() == 2
    assert [mail.to for mail in mailoutbox[1:]] == [[user_of(town.officer).email]] * 2
    assert f"Answer: {WHAT}" not in tasks_of(town, "coordinator")
    entry = Entry.objects.get(command="evidence.ask_for_evidence")
    assert entry.chain == town.partnership.pk  # both parties' journal


def test_what_it_is_for_and_what_is_shown_are_what_both_may_see(town: Town) -> None:
    picture = pictures.agreed_picture(town)
    point = picture.points.get()

    request = build.request(town, about=point.pk)
    reply = services.reply_to_request(request, outcome=Outcome.ANSWERED, shown=point.pk, by=town.coordinator)

    assert (request.about_kind, request.about_title) == ("finding", point.title)
    assert reply.shown_title == point.title
    with pytest.raises(Invalid):
        build.request(town, about=town.partnership.pk)


def test_reminders_climb_once_each_and_stop_at_an_answer(town: Town, mailoutbox: list[Any]) -> None:
    request = build.request(town, days=10)
    sent = []
    for days in (0, 6, 7, 7, 8, 11, 18, 18, 30):
        with clock.at(clock.now() + timedelta(days=days)):
            tasks.remind.enqueue()
            sent.append(len(mailoutbox))

    assert sent == [0, 0, 1, 1, 1, 2, 4, 4, 4]
    coordinator, officer = user_of(town.coordinator).email, user_of(town.officer).email
    assert [mail.to for mail in mailoutbox] == [[coordinator]] * 3 + [[officer]]
    other = build.request(town, days=10, what="Något annat")
    services.reply_to_request(other, outcome=Outcome.CANNOT, text="Räknas inte här.", by=town.coordinator)
    with clock.at(clock.now() + timedelta(days=18)):
        tasks.remind.enqueue()
    assert len(mailoutbox) == 4 and EvidenceRequest.objects.get(pk=request.pk).reminders == 3


def test_the_day_counts_to_its_end(town: Town) -> None:
    request = build.request(town, days=3)

    with clock.at(clock.now() + timedelta(days=3)):
        assert not EvidenceRequest.objects.get(pk=request.pk).is_late
    with clock.at(clock.now() + timedelta(days=4)):
        late = EvidenceRequest.objects.get(pk=request.pk)
        assert (
            late.is_late
            and "Should have been answered" in signed_in(town, "officer").get(page(town, "requests")).text
        )


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"days": -1}, "due"),
        ({"title": Title.AREA_CHIEF}, "whom"),
        ({"title": Title.AUDITOR}, "whom"),
        ({"what": "Vad 811218-9876 gjort"}, "what"),
        ({"text": "Ring 070-123 45 67"}, "text"),
    ],
)
def test_what_cannot_be_asked_is_refused_at_its_field(town: Town, given: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        build.request(town, **given)

    assert refused.value.field == field and not EvidenceRequest.objects.exists()


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"outcome": Outcome.CANNOT}, "text"),
        ({"outcome": Outcome.ANSWERED}, "text"),
        ({"outcome": Outcome.PARTLY, "text": "Hälften."}, "missing"),
        ({"outcome": Outcome.ANSWERED, "text": "Allt.", "missing": "Inget."}, "missing"),
        ({"outcome": Outcome.ANSWERED, "text": "Fråga anna.svensson@example.se"}, "text"),
        ({"outcome": Outcome.PARTLY, "text": "Hälften.", "missing": "070-123 45 67"}, "missing"),
    ],
)
def test_an_answer_without_content_is_refused_at_its_field(
    town: Town, given: dict[str, Any], field: str
) -> None:
    request = build.request(town)

    with pytest.raises(Invalid) as refused:
        services.reply_to_request(request, by=town.coordinator, **given)

    assert refused.value.field == field and not EvidenceReply.objects.exists()


def test_it_is_withdrawn_with_a_reason_and_once(town: Town, mailoutbox: list[Any]) -> None:
    request = build.request(town)
    officer = signed_in(town, "officer")
    with pytest.raises(Invalid):
        services.withdraw_request(request, why=" ", by=town.officer)

    given = {"why": "Siffran kom i annat underlag."}
    assert officer.post(page(town, "withdraw_request", request.pk), given).status_code == 302

    assert "Siffran kom i annat underlag." in officer.get(page(town, "request", request.pk)).text
    assert [mail.to for mail in mailoutbox] == [[user_of(town.coordinator).email]]
    gone = EvidenceRequest.objects.get()
    with pytest.raises(Refused):
        services.withdraw_request(gone, why="Igen", by=town.officer)
    with pytest.raises(Refused):
        services.reply_to_request(gone, outcome=Outcome.ANSWERED, text="Sent.", by=town.coordinator)
    answered = build.request(town)
    services.reply_to_request(answered, outcome=Outcome.ANSWERED, text="Här.", by=town.coordinator)
    with pytest.raises(Refused):
        services.withdraw_request(answered, why="Behövs inte.", by=town.officer)


def test_only_who_is_asked_answers_and_only_who_asked_withdraws(town: Town) -> None:
    request = build.request(town)

    with pytest.raises(NotAllowed):
        services.reply_to_request(request, outcome=Outcome.ANSWERED, text="Vi.", by=town.officer)
    with pytest.raises(NotAllowed):
        services.withdraw_request(request, why="Nej.", by=town.coordinator)
    with pytest.raises((Missing, NotAllowed)):
        services.reply_to_request(request, outcome=Outcome.ANSWERED, text="Jag.", by=town.owner)


def test_whoever_holds_a_measure_sees_what_is_asked_of_them_and_nothing_else(town: Town) -> None:
    theirs = build.request(town, title=Title.MEASURE_OWNER, what="Hur många lampor")
    build.request(town)
    owner = signed_in(town, "owner")

    listed = owner.get(page(town, "requests")).text

    assert "Hur många lampor" in listed and WHAT not in listed
    given = {"outcome": "answered", "text": "Tolv."}
    assert owner.post(page(town, "reply_to_request", theirs.pk), given).status_code == 302


def test_no_reminder_is_sent_when_none_is_due(town: Town) -> None:
    with pytest.raises(Refused):
        services.remind_of_request(build.request(town), by=tasks.SYSTEM)
