"""What the commands about measures and the questions by mail refuse."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from samsyn.core import clock
from samsyn.core.actors import SYSTEM, Actor, Kind
from samsyn.core.errors import Invalid, Missing, Refused
from samsyn.parties.tests.build import Town
from samsyn.pictures.models import Point
from samsyn.pictures.tests import build as pictures
from samsyn.plans import services
from samsyn.plans.models import Measure, StatusReport, StatusRequest
from samsyn.plans.tests import build
from tests import standing

WHO = "anna@exempel.example"


@pytest.fixture
def town(db: None, home: Path) -> Town:
    return standing.once(pictures.adopted_town, home)


@pytest.fixture
def point(town: Town) -> Point:
    found: Point = Point.objects.get()
    return found


@pytest.fixture
def measure(town: Town, point: Point) -> Measure:
    return build.measure(town, point)


def test_a_measure_serves_a_priority_and_is_followed_up_after_it_starts(town: Town, point: Point) -> None:
    today = clock.today()
    given: dict[str, Any] = {
        "title": "Fler lampor",
        "text": "Längs vägen.",
        "kind": Measure.Kind.SITUATIONAL,
        "owner": town.municipality,
        "owner_title": "gatuchef",
        "starts": today,
        "ends": today,
        "follow_up": today,
        "points": [point],
        "priorities": [point.priority],
        "by": town.coordinator,
    }

    with pytest.raises(Invalid, match="priority that this measure serves"):
        services.propose_measure(town.partnership, **given | {"priorities": []})
    with pytest.raises(Invalid, match="day of follow-up"):
        services.propose_measure(town.partnership, **given | {"follow_up": today - timedelta(days=1)})

    assert not Measure.objects.exists()


def test_a_measure_that_is_over_is_not_changed(town: Town, measure: Measure) -> None:
    services.report_status(measure, state=Measure.State.DONE, text="Klart.", by=town.coordinator)
    over = Measure.objects.get()
    names = ("title", "kind", "owner_title", "starts", "ends", "follow_up")
    same = {name: getattr(over, name) for name in names}

    with pytest.raises(Refused, match="This measure is over"):
        services.rewrite_measure(over, **same, text="Nytt.", seen=over.version, by=town.coordinator)


def test_a_question_is_answered_once_and_not_taken_back_after_it(town: Town, measure: Measure) -> None:
    asked = services.ask_for_status(measure, email=WHO, by=town.coordinator)
    link = Actor(Kind.LINK, object_id=asked.pk)
    services.answer_request(asked, state=Measure.State.ONGOING, text="Går bra.", by=link)

    with pytest.raises(Missing):
        services.answer_request(asked, state=Measure.State.ONGOING, text="Igen.", by=link)
    with pytest.raises(Refused, match="answered already"):
        services.withdraw_request(asked, by=town.coordinator)

    assert StatusReport.objects.count() == 1


def test_the_address_of_a_question_that_waits_is_kept(town: Town, measure: Measure) -> None:
    asked = services.ask_for_status(measure, email=WHO, by=town.coordinator)

    with pytest.raises(Refused, match="no address to forget"):
        services.forget_addresses(asked, by=SYSTEM)

    assert StatusRequest.objects.get().email == WHO
