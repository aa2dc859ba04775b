"""What the commands about promises refuse."""

from pathlib import Path
from typing import Any

import pytest

from samsyn.core import clock
from samsyn.core.errors import Invalid, Refused
from samsyn.council.models import Decision
from samsyn.parties.models import Area
from samsyn.parties.tests.build import Town
from samsyn.pictures.models import Point
from samsyn.pictures.tests import build as pictures
from samsyn.plans.models import Measure
from samsyn.plans.tests import build as plans
from samsyn.promises import services
from samsyn.promises.models import NoPromise, Outcome, Promise, Report
from samsyn.promises.tests import build
from tests import standing


@pytest.fixture
def town(db: None, home: Path) -> Town:
    return standing.once(pictures.adopted_town, home)


@pytest.fixture
def measure(town: Town) -> Measure:
    return plans.measure(town, Point.objects.get())


def words(town: Town, measure: Measure, **other: Any) -> dict[str, Any]:
    today = clock.today()
    area = Area.objects.filter(partnership=town.partnership).earliest("code")
    given = {"text": "Ljus väg", "how_often": "38 lampor", "how_seen": "Räkna.", "contact": "Kontaktcenter"}
    days = {"starts": today, "ends": today}
    return given | days | {"area": area, "measures": [measure], "themes": [], "by": town.coordinator} | other


def test_a_promise_rests_on_a_measure_and_ends_after_it_starts(town: Town, measure: Measure) -> None:
    with pytest.raises(Invalid, match="measure that this promise rests on"):
        services.write_promise(town.partnership, **words(town, measure, measures=[]))
    with pytest.raises(Invalid, match="not before the first"):
        services.write_promise(
            town.partnership, **words(town, measure, ends=clock.today().replace(year=2020, day=1))
        )

    assert not Promise.objects.exists()


def test_a_party_approves_once(town: Town, measure: Measure) -> None:
    promise = build.promise(town, measure, themes=[])
    services.approve_promise(promise, by=town.chair)

    with pytest.raises(Refused, match="Your party has approved"):
        services.approve_promise(promise, by=town.secretary)

    assert promise.approvals.count() == 1


def test_what_is_not_published_is_neither_reported_nor_taken_back(town: Town, measure: Measure) -> None:
    promise = build.promise(town, measure, themes=[])
    report = {"outcome": Outcome.KEPT, "done": "Allt.", "why": "", "next_step": ""}

    with pytest.raises(Refused, match="Publish the promise before"):
        services.report_promise(promise, **report, by=town.coordinator)
    with pytest.raises(Refused, match="nothing to take back"):
        services.withdraw_promise(promise, why="Ingen tid.", by=town.chair)

    assert not Report.objects.exists()


def test_to_take_a_promise_back_needs_a_why(town: Town, measure: Measure) -> None:
    promise = build.published(town, measure, themes=[])

    with pytest.raises(Invalid, match="Write why"):
        services.withdraw_promise(promise, why="  ", by=town.chair)

    assert not Report.objects.exists()


def test_where_something_is_promised_nobody_decides_that_nothing_is(town: Town, measure: Measure) -> None:
    build.promise(town, measure, themes=[])
    decision = pictures.decision(town, Decision.Kind.ENDORSE)

    with pytest.raises(Refused, match="There is a promise"):
        services.decide_no_promise(measure, decision=decision, why="Tidigt.", by=town.chair)

    assert not NoPromise.objects.exists()
