"""A year of a measure: asked by mail, reminded, answered on a phone by somebody without an account, looked
back at, and followed up with a decision. Then the next picture begins."""

import re
from pathlib import Path

import pytest
from django.core import mail
from playwright.sync_api import Page, expect

from samsyn.core import clock
from samsyn.core.journal import Entry
from samsyn.council.models import Decision
from samsyn.parties.tests import build as parties
from samsyn.parties.tests.build import Town
from samsyn.pictures.models import Picture, Point
from samsyn.pictures.tests import build as pictures
from samsyn.plans import tasks
from samsyn.plans.models import FollowUp, Measure, StatusReport, StatusRequest
from samsyn.plans.tests import build
from tests import journey, standing, walked
from tests.browser import OpenPage, browser, faults_of, open_page, unscripted_faults_of
from tests.journey import Desk, days_later

__all__ = ["browser", "open_page"]

pytestmark = [pytest.mark.browser, pytest.mark.slow]
WHO, BOSS = "gatuchef@granvik.example", "forvaltningschef@granvik.example"
LEARNED = "Det som räknas blir gjort."
LIGHT, FROST, LIT = "Halva vägen har ljus.", "Tjälen hindrar grävningen.", "Alla lampor lyser."


def test_a_year_of_status_from_the_question_to_the_next_picture(
    live_server: object, open_page: OpenPage, home: Path
) -> None:
    town, server = standing.once(pictures.adopted_town, home), str(live_server)
    measure, first_day = build.measure(town, Point.objects.get(), days=330), clock.today()
    faults: list[str] = []
    with journey.desks(open_page, server, "granvik", ["coordinator", "chair", "citizen"]) as at:
        for name, actor in (("coordinator", town.coordinator), ("chair", town.chair)):
            at[name].sign_in(parties.user_of(actor).email, parties.PASSWORD)
        desk = at["coordinator"]

        ask(desk, measure)
        assert set(letters()) == {WHO}
        link = climbs(desk, town, measure)
        with days_later(23), open_page(f"{server}{link}", width=390, script=False) as phone:
            reads(phone)
            faults += unscripted_faults_of(phone)
            answer(phone, "ongoing", LIGHT)
            faults += unscripted_faults_of(phone)
        rests(measure, [30, 44, 59])
        with days_later(61):
            tasks.forget.enqueue()
            desk.go(f"atgarder/{measure.pk}/")
            desk.sees("Pågår", LIGHT, "någon", "svarade")
            expect(desk.page.locator("main")).not_to_contain_text(WHO)

        for day, state, text in ((115, "paused", FROST), (320, "done", LIT)):
            with days_later(day):
                ask(desk, measure)
                link = link_in(letters()[WHO])
                with open_page(f"{server}{link}", width=390, scheme="dark") as phone:
                    faults += faults_of(phone)
                    answer(phone, state, text)
                    faults += faults_of(phone)
            rests(measure, [day + 7, day + 21])
        said = StatusReport.objects.order_by("id").values_list("state", "text")
        assert list(said) == [("ongoing", LIGHT), ("paused", FROST), ("done", LIT)]

        with days_later(335):
            looks_back(desk, at["chair"], measure)
        with days_later(365):
            follows_up(desk, at["chair"], town, (first_day, clock.today()))
            reads_the_report(at["citizen"], measure)
            begins_anew(desk)
            about = r"/fraga/|/utvarder|/uppfoljning/|/follow-up/"
            found = walked.faults_on([desk, at["citizen"]], open_page, ways=walked.FEWER_WAYS, about=about)

    assert faults == []
    assert found == {}, "\n".join(f"{page}: {wrong}" for page, wrong in found.items())


def letters() -> dict[str, str]:
    """What was sent since the last time, by receiver."""
    found = {one.to[0]: str(one.body) for one in mail.outbox}
    mail.outbox.clear()
    return found


def link_in(letter: str) -> str:
    found = re.search(r"https?://[^/\s]+(/\S+)", letter)
    assert found
    return found[1]


def ask(desk: Desk, measure: Measure) -> None:
    """In English: that is what the one who is asked reads."""
    desk.go(f"atgarder/{measure.pk}/")
    desk.page.get_by_role("link", name="Fråga någon hur det går").click()
    desk.fill(email=WHO, manager_email=BOSS)
    desk.page.locator('select[name="language"]').select_option("en")
    desk.press("Skicka frågan")
    desk.sees("Frågan är på väg.", WHO, "väntar, 0 påminnelser skickade")


def reminded(day: int) -> dict[str, str]:
    """As the scheduler does each morning; twice a day is once."""
    with days_later(day):
        tasks.remind.enqueue()
        tasks.remind.enqueue()
    return letters()


def climbs(desk: Desk, town: Town, measure: Measure) -> str:
    """To the person, then the manager too, then whoever asked, who is told where it stands."""
    asker = parties.user_of(town.coordinator).email
    told = {day: reminded(day) for day in (6, 7, 8, 14, 20, 21, 22)}
    assert {day: set(sent) for day, sent in told.items() if sent} == {
        7: {WHO},
        14: {WHO, BOSS},
        21: {WHO, BOSS, asker},
    }
    with days_later(22):
        desk.go(link_in(told[21][asker]))
        desk.sees(measure.title, WHO, "väntar, 3 påminnelser skickade", "Ingen har rapporterat än.")
    return link_in(told[21][WHO])


def reads(phone: Page) -> None:
    """Following the link, again and as programs in a mailbox do, changes nothing."""
    before = Entry.objects.count()
    phone.reload()
    assert phone.request.get(phone.url).ok and phone.request.head(phone.url).ok
    expect(phone.get_by_role("heading", level=1)).to_contain_text("How does it stand")
    assert Entry.objects.count() == before and not StatusReport.objects.exists()
    assert StatusRequest.objects.get().is_waiting


def answer(phone: Page, state: str, text: str) -> None:
    phone.locator('[name="state"]').select_option(state)
    phone.locator('[name="text"]').fill(text)
    phone.get_by_role("button", name="Send the answer").click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Thank you, the answer is saved")
    expect(phone.locator("main")).to_contain_text(text)
    phone.reload()  # the link says what was said, and takes no more
    expect(phone.get_by_role("button", name="Send the answer")).to_have_count(0)


def rests(measure: Measure, days: list[int]) -> None:
    for day in days:
        assert reminded(day) == {}, day


def looks_back(desk: Desk, chair: Desk, measure: Measure) -> None:
    """Over and done: nobody is asked any more, and the owner's approver stands behind what is said."""
    desk.go(f"atgarder/{measure.pk}/")
    desk.sees(LIGHT, FROST, LIT, "Klar")
    expect(desk.page.get_by_role("link", name="Fråga någon hur det går")).to_have_count(0)
    desk.page.get_by_role("link", name="Utvärdera åtgärden").click()
    desk.fill(done="as_planned", choice="stop", learning="Tjälen avgör när man gräver.", reason="Det lyser.")
    desk.press("Spara utvärderingen")
    desk.sees("En godkännare hos ägaren gör den slutlig.", "Tjälen avgör när man gräver.")
    expect(desk.page.get_by_role("button", name="Godkänn utvärderingen")).to_have_count(0)
    chair.go(desk.path)
    chair.press("Godkänn utvärderingen")
    chair.sees("Utvärderingen är godkänd och står fast.")


def follows_up(desk: Desk, chair: Desk, town: Town, period: tuple[object, object]) -> None:
    desk.go("uppfoljning/")
    desk.page.get_by_role("link", name="Börja en uppföljning").click()
    desk.fill(starts=str(period[0]), ends=str(period[1]))
    desk.press("Börja")
    desk.sees("1 åtgärd låg i perioden", "Tjälen avgör när man gräver.", "Skrivs")
    desk.page.get_by_role("link", name="Skriv vad ni lärde er").click()
    desk.fill(learned=LEARNED)
    desk.press("Spara")
    desk.sees(LEARNED, "En godkännare för in beslutet.")
    pictures.decision(town, Decision.Kind.DECIDE)
    chair.go(desk.path)
    before, after = (f"*{one}" for one in period)
    for day, answer in ((before, "Det beslutet fattades innan perioden var slut."), (after, "är låst")):
        chair.fill(decision=day, is_open="on")
        chair.press("Lås och publicera")
        chair.sees(answer)
    chair.sees("Beslutad och offentlig")
    desk.page.reload()
    desk.sees("Beslutad och offentlig")
    expect(desk.page.get_by_role("link", name="Skriv vad ni lärde er")).to_have_count(0)
    assert FollowUp.objects.get().is_decided


def reads_the_report(citizen: Desk, measure: Measure) -> None:
    citizen.go(f"/en/{citizen.slug}/follow-up/")
    citizen.sees("1 measure lay in the period", LEARNED, measure.title, "done as planned".capitalize())


def begins_anew(desk: Desk) -> None:
    """The next version begins with what was adopted."""
    adopted = Picture.objects.get()
    following = str(int(adopted.period) + 1)
    desk.go("utkast/nytt/")
    desk.fill(title="Nästa bild", period=following)
    desk.press("Börja")
    desk.sees(f"Följer med från lägesbilden {adopted.period}.", Point.objects.get().title)
    desk.go("lagesbild/ny/")
    desk.fill(period=following, scope="Hela kommunen")
    desk.press("Börja")
    assert Picture.objects.latest("number").period == following
