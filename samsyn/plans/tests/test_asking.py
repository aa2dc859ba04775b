"""Status by a link in a mail: for one measure, by a button, revocable; reminders climb and stop on answer."""

import re
from contextlib import AbstractContextManager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from samsyn.core import clock
from samsyn.core.actors import SYSTEM, Actor, Kind
from samsyn.core.errors import Invalid, Missing, NotAllowed, Refused
from samsyn.core.journal import Entry
from samsyn.parties.models import User
from samsyn.parties.tests.build import Town, user_of
from samsyn.pictures.models import Point
from samsyn.pictures.tests import build as pictures
from samsyn.plans import services, tasks
from samsyn.plans.models import Measure, StatusReport, StatusRequest
from samsyn.plans.tests import build
from tests import standing

WHO, BOSS = "gatuchef@granvik.example", "forvaltningschef@granvik.example"


@pytest.fixture
def town(db: None, home: Path) -> Town:
    return standing.once(pictures.adopted_town, home)


@pytest.fixture
def measure(town: Town) -> Measure:
    return build.measure(town, Point.objects.get())


@pytest.fixture
def asked(town: Town, measure: Measure) -> StatusRequest:
    return services.ask_for_status(measure, email=WHO, manager_email=BOSS, by=town.coordinator)


def link_in(message: Any) -> str:
    found = re.search(r"https?://[^/]+(/\S+)", str(message.body))
    assert found
    return found[1]


def days_later(days: int) -> AbstractContextManager[None]:
    return clock.at(clock.now() + timedelta(days=days))


def test_from_the_question_to_the_report_without_an_account(
    town: Town, measure: Measure, client: Client
) -> None:
    client.force_login(user_of(town.coordinator))
    page = reverse("plans:ask", args=[town.partnership.slug, measure.pk])
    assert client.post(page, {"email": WHO, "manager_email": "", "language": "sv"}).status_code == 302
    (sent,) = mail.outbox
    assert sent.to == [WHO] and measure.title in sent.subject

    phone = Client()
    before = Entry.objects.count()
    shown = phone.get(link_in(sent))
    assert shown.status_code == 200 and measure.title in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    assert Entry.objects.count() == before  # reading changes nothing

    answer = phone.post(link_in(sent), {"state": "ongoing", "text": "Halva vägen har ljus."}, follow=True)

    assert "Halva vägen har ljus." in answer.content.decode()
    report = StatusReport.objects.get(measure=measure)
    assert (report.state, report.text) == ("ongoing", "Halva vägen har ljus.")
    assert Measure.objects.get(pk=measure.pk).state == Measure.State.ONGOING
    assert (
        "Halva vägen"
        in client.get(reverse("plans:measure", args=[town.partnership.slug, measure.pk])).content.decode()
    )


def test_the_link_answers_once(asked: StatusRequest) -> None:
    phone, path = Client(), reverse("plans-link:answer", args=[asked.token])
    phone.post(path, {"state": "ongoing", "text": "Ett."})
    phone.post(path, {"state": "done", "text": "Två."})

    assert [one.text for one in StatusReport.objects.all()] == ["Ett."]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"state": "cancelled", "text": ""}, "Skriv varför"),
        ({"state": "ongoing", "text": "Ring Anna Andersson 070-174 06 05"}, "pekar ut en person"),
        ({"state": "finished", "text": "Klart."}, "finished"),
    ],
)
def test_a_bad_answer_is_kept_and_says_why(asked: StatusRequest, given: dict[str, str], said: str) -> None:
    page = Client().post(reverse("plans-link:answer", args=[asked.token]), given)

    assert page.status_code == 422
    assert said in page.content.decode() and given["text"] in page.content.decode()
    assert not StatusReport.objects.exists()


def test_unknown_withdrawn_and_old_links_answer_alike(town: Town, asked: StatusRequest) -> None:
    def at(token: str) -> bytes:
        page = Client().get(reverse("plans-link:answer", args=[token]))
        assert page.status_code == 404
        return re.sub(rb'value="[^"]*"|/svar/[^"]*', b"", page.content)

    unknown = at("a" * 43)
    services.withdraw_request(asked, by=town.coordinator)
    assert at(asked.token) == unknown
    other = services.ask_for_status(asked.measure, email="annan@granvik.example", by=town.coordinator)
    with days_later(61):
        assert at(other.token) == unknown


def test_a_link_is_for_its_own_measure_and_for_nothing_else(town: Town, asked: StatusRequest) -> None:
    holder = Actor(Kind.LINK, object_id=asked.pk)
    other = services.ask_for_status(asked.measure, email="annan@granvik.example", by=town.coordinator)

    with pytest.raises(Missing):
        services.answer_request(other, state=Measure.State.DONE, text="Klart.", by=holder)
    with pytest.raises((Missing, NotAllowed)):
        services.report_status(asked.measure, state=Measure.State.DONE, text="Klart.", by=holder)
    with pytest.raises((Missing, NotAllowed)):
        services.withdraw_request(asked, by=holder)


def test_only_editors_ask_and_see_whom(town: Town, asked: StatusRequest) -> None:
    for actor in (town.owner, town.auditor, town.administrator, town.outsider):
        assert not StatusRequest.objects.visible_to(actor).exists()
        with pytest.raises((Missing, NotAllowed)):
            services.ask_for_status(asked.measure, email="x@granvik.example", by=actor)


def test_what_cannot_be_asked(town: Town, asked: StatusRequest) -> None:
    with pytest.raises(Invalid, match="already"):
        services.ask_for_status(asked.measure, email=WHO.upper(), by=town.coordinator)
    with pytest.raises(Invalid, match="another address"):
        services.ask_for_status(asked.measure, email=BOSS, manager_email=BOSS, by=town.coordinator)
    services.report_status(asked.measure, state=Measure.State.DONE, text="", by=town.coordinator)
    with pytest.raises(Refused, match="over"):
        services.ask_for_status(asked.measure, email="x@granvik.example", by=town.coordinator)


def test_reminders_climb_and_end(asked: StatusRequest, town: Town) -> None:
    coordinator, told = user_of(town.coordinator).email, {}
    for day in range(40):
        mail.outbox.clear()
        with days_later(day):
            tasks.remind.enqueue()
            tasks.remind.enqueue()  # twice a day is once
        if mail.outbox:
            told[day] = sorted(to for one in mail.outbox for to in one.to)

    assert told == {7: [WHO], 14: sorted([WHO, BOSS]), 21: sorted([WHO, BOSS, coordinator])}


def test_a_missed_fortnight_is_one_reminder(asked: StatusRequest) -> None:
    with days_later(15):
        tasks.remind.enqueue()

    assert sorted(to for one in mail.outbox for to in one.to) == sorted([WHO, BOSS])


def test_an_answer_a_withdrawal_and_the_end_of_the_measure_stop_them(
    town: Town, asked: StatusRequest
) -> None:
    measure = asked.measure
    withdrawn = services.ask_for_status(measure, email="b@granvik.example", by=town.coordinator)
    services.withdraw_request(withdrawn, by=town.coordinator)
    services.ask_for_status(measure, email="c@granvik.example", by=town.coordinator)
    services.answer_request(asked, state=Measure.State.DONE, text="", by=Actor(Kind.LINK, object_id=asked.pk))
    with days_later(30):
        tasks.remind.enqueue()

    assert mail.outbox == []
    with pytest.raises(Refused):
        services.remind_of_request(asked, by=SYSTEM)


def test_no_address_is_kept_longer_than_its_link(asked: StatusRequest) -> None:
    tasks.forget.enqueue()
    assert StatusRequest.objects.get().email == WHO
    with days_later(61):
        tasks.forget.enqueue()
        tasks.forget.enqueue()

    kept = StatusRequest.objects.get()
    assert (kept.email, kept.manager_email) == ("", "")


def test_the_mail_speaks_the_language_that_was_chosen(town: Town, measure: Measure) -> None:
    for language, word in (("sv", "Hur går det med"), ("en", "How does it stand")):
        request = services.ask_for_status(
            measure, email=f"{language}@granvik.example", language=language, by=town.coordinator
        )
        tasks.send_question.enqueue(str(request.pk))
        assert mail.outbox[-1].subject.startswith(word)
        assert word in Client().get(link_in(mail.outbox[-1])).content.decode()


def test_the_manager_reads_why_and_whoever_asked_reads_their_own_language(
    asked: StatusRequest, town: Town
) -> None:
    User.objects.filter(pk=town.coordinator.user_id).update(language="en")
    with days_later(21):
        tasks.remind.enqueue()

    letters = {one.to[0]: one for one in mail.outbox}
    assert "står som chef" in letters[BOSS].body and WHO in letters[BOSS].body
    assert "står som chef" not in letters[WHO].body
    assert letters[user_of(town.coordinator).email].subject.startswith("No answer yet")
