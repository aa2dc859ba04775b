"""Two people at work at once: a joint text that both change, and a plan from its causes to the decision.

Between browsers of their own, wide and narrow, in Swedish and English, with and without script.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from samsyn.core.actors import Actor
from samsyn.parties.tests import build as parties
from samsyn.pictures.models import Point
from samsyn.pictures.tests import build as pictures
from samsyn.plans.models import Measure, Plan
from tests import journey, standing
from tests.browser import OpenPage, browser, faults_of, open_page, signed_in, unscripted_faults_of
from tests.journey import Desk

__all__ = ["browser", "open_page"]
pytestmark = [pytest.mark.browser, pytest.mark.slow]
OpenDesk = Callable[..., Desk]
SAVED_FIRST = "Stölderna har ökat vid bron, säger kommunen."
SAVED_LATER = "Stölderna har ökat vid bron, mest i juni, säger polisen."
CAUSE = "Vägen är mörk efter klockan fem"
PLAN = {"title": "Åtgärdsplan 2027–2028", "starts": "2027-01-01", "ends": "2028-12-31"}


@pytest.fixture
def desk_of(live_server: object, open_page: OpenPage) -> Iterator[OpenDesk]:
    """Opens a browser where somebody is signed in."""
    with ExitStack() as stack:

        def opened(actor: Actor, *, width: int = 1280, language: str = "sv", script: bool = True) -> Desk:
            cookies = signed_in(actor) | {"language": language}
            how = {"width": width, "script": script, "scheme": "dark" if language == "en" else "light"}
            page = stack.enter_context(open_page(f"{live_server}/health", cookies=cookies, **how))
            page.set_default_timeout(15_000)
            return Desk(page, str(live_server), "granvik")

        yield opened


def joint_town() -> parties.Town:
    """A picture that is being merged, with one finding."""
    town = parties.town()
    pictures.agreements.agreement(town)
    made = pictures.picture(town)
    release = pictures.shared(town)
    pictures.services.place_finding(made, release=release, index=0, by=town.coordinator)
    return town


def test_nobodys_text_is_lost_when_two_change_the_same_finding(
    live_server: object, desk_of: OpenDesk, home: Path
) -> None:
    town = standing.once(joint_town, home)
    point = Point.objects.get()
    ours = desk_of(town.coordinator)
    theirs = desk_of(town.officer, width=390, language="en", script=False)
    for desk in (ours, theirs):  # both have the form open before anybody saves
        desk.go(f"iakttagelse/{point.pk}/andra/")
    faults = faults_of(ours.page)

    ours.fill(text=SAVED_FIRST)
    ours.press("Spara")
    theirs.fill(text=SAVED_LATER)
    theirs.press("Save")

    name = parties.user_of(town.coordinator).name
    theirs.sees(f"{name} saved this while you were writing", SAVED_FIRST)
    assert theirs.page.locator('[name="text"]').input_value() == SAVED_LATER
    assert Point.objects.get().text == SAVED_FIRST
    faults += unscripted_faults_of(theirs.page)
    theirs.press("Save")  # having read both
    assert Point.objects.get().text == SAVED_LATER
    ours.go(f"iakttagelse/{point.pk}/")
    ours.sees(SAVED_LATER)
    assert faults == []


def test_a_plan_from_its_causes_to_the_decision(live_server: object, desk_of: OpenDesk, home: Path) -> None:
    town = standing.once(pictures.adopted_town, home)
    point = Point.objects.get()
    ours = desk_of(town.coordinator)
    chair = desk_of(town.chair, width=390, language="en")

    ours.go(f"iakttagelse/{point.pk}/orsaker/ny/")
    ours.fill(claim=CAUSE, kind="place", confidence="fairly")
    ours.press("Spara orsaken")
    ours.page.get_by_role("link", name="Föreslå en åtgärd").first.click()
    priority = point.priority.title if point.priority else ""
    ours.fill(**journey.MEASURE, kind="situational", owner=f"*{town.municipality.name}")
    ours.fill(priorities=f"*{priority}", sub_aims="*P1.1")
    faults = faults_of(ours.page)
    ours.press("Föreslå den")
    ours.sees(journey.MEASURE["title"], "ljusa vägar")
    ours.page.get_by_role("link", name="Välj orsakerna").click()
    ours.fill(causes=f"*{CAUSE}")
    ours.press("Spara")
    ours.sees(CAUSE)
    ours.page.get_by_role("link", name="Tråden genom detta").click()
    ours.sees(CAUSE, point.title, "Vad vi har kommit överens om")
    faults += faults_of(ours.page)

    ours.go("plan/ny/")
    ours.fill(**PLAN, picture="*2027")
    ours.press("Börja")
    plan = Plan.objects.get()
    ours.fill(measures=f"*{journey.MEASURE['title']}")
    ours.press("Lägg in dem i planen")
    ours.page.get_by_role("link", name="Anteckna att den skickades till någon").click()
    ours.fill(receiver="Skolnämnden", sent_on=journey.TODAY, answer_by=journey.TODAY)
    ours.press("Spara")
    ours.page.get_by_role("link", name="Anteckna svaret").click()
    ours.fill(answered_on=journey.TODAY, answer="Bra förslag.", outcome="Inget ändrades.")
    ours.press("Spara")
    faults += faults_of(ours.page)

    chair.go(f"plan/{plan.pk}/")
    faults += faults_of(chair.page)
    for button in ("The council stands behind it", "The plan is decided"):
        form = chair.page.locator("form").filter(has=chair.page.get_by_role("button", name=button))
        form.locator('select[name="decision"]').select_option(index=1)
        form.get_by_role("button", name=button).click()
        chair.page.wait_for_load_state("networkidle")
    chair.sees("Decided", journey.MEASURE["title"])
    faults += faults_of(chair.page)
    assert Measure.objects.get().state == Measure.State.DECIDED
    chair.go("/en/granvik/plan/")
    chair.sees(journey.MEASURE["title"])
    assert faults == []
