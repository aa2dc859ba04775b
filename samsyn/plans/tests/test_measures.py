from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from samsyn.core import clock
from samsyn.core.errors import Invalid, Missing, NotAllowed, Outdated, Refused
from samsyn.parties.tests.build import Town, user_of
from samsyn.pictures.models import Point
from samsyn.pictures.tests import build as pictures
from samsyn.plans import queries, services
from samsyn.plans.models import Measure
from samsyn.plans.tests import build
from tests import standing


@pytest.fixture
def town(db: None, home: Path) -> Town:
    return standing.once(pictures.adopted_town, home)


@pytest.fixture
def point(town: Town) -> Point:
    return Point.objects.get()


def test_a_measure_answers_a_finding_and_serves_a_priority(town: Town, point: Point) -> None:
    measure = build.measure(town, point)

    assert measure.points.get().point == point
    assert measure.priorities.get().priority == point.priority


def test_a_measure_without_finding_or_with_its_days_reversed_is_refused(town: Town, point: Point) -> None:
    today = clock.today()
    given: dict[str, Any] = {
        "title": "x",
        "text": "x",
        "kind": Measure.Kind.SOCIAL,
        "owner": town.municipality,
        "owner_title": "x",
        "follow_up": today,
        "priorities": [point.priority],
        "by": town.coordinator,
    }

    with pytest.raises(Invalid, match="finding"):
        services.propose_measure(town.partnership, starts=today, ends=today, points=[], **given)
    with pytest.raises(Invalid, match="not before"):
        services.propose_measure(
            town.partnership, starts=today, ends=today - timedelta(days=1), points=[point], **given
        )
    with pytest.raises(Missing):  # of another partnership, and not known here
        services.propose_measure(
            town.partnership,
            starts=today,
            ends=today,
            points=[point],
            **given | {"owner": town.stranger},
        )
    with pytest.raises(Invalid, match="takes part"):  # known to the police, who work there too
        services.propose_measure(
            town.partnership,
            starts=today,
            ends=today,
            points=[point],
            **given | {"owner": town.stranger, "by": town.officer},
        )


def test_its_owner_reports_and_others_do_not(town: Town, point: Point) -> None:
    measure = build.measure(town, point)

    services.report_status(measure, state=Measure.State.ONGOING, text="Tio lampor.", by=town.owner)

    assert Measure.objects.get(pk=measure.pk).state == "ongoing"
    with pytest.raises(NotAllowed):
        services.report_status(measure, state=Measure.State.DONE, text="", by=town.chair)
    with pytest.raises(Missing):
        services.report_status(measure, state=Measure.State.DONE, text="", by=town.outsider)
    with pytest.raises(Invalid, match="why"):
        services.report_status(measure, state=Measure.State.CANCELLED, text=" ", by=town.owner)


def test_what_is_over_is_not_rewritten_and_a_stale_form_shows_both_texts(town: Town, point: Point) -> None:
    measure = build.measure(town, point)
    given: dict[str, Any] = {
        name: getattr(measure, name)
        for name in ("title", "kind", "owner_title", "starts", "ends", "follow_up")
    }
    services.rewrite_measure(measure, text="Nytt.", seen=measure.version, by=town.officer, **given)

    with pytest.raises(Outdated) as error:
        services.rewrite_measure(measure, text="Mitt.", seen=measure.version, by=town.coordinator, **given)
    assert error.value.stored == "Nytt."
    services.report_status(measure, state=Measure.State.DONE, text="Klart.", by=town.coordinator)
    with pytest.raises(Refused, match="over"):
        services.report_status(measure, state=Measure.State.ONGOING, text="x", by=town.coordinator)


def test_a_measure_is_late_when_its_last_day_has_passed(town: Town, point: Point) -> None:
    measure = build.measure(town, point)

    assert not queries.is_late(measure, measure.ends)
    assert queries.is_late(measure, measure.ends + timedelta(days=1))


def test_pages_keep_what_was_typed(town: Town, point: Point, client: Client) -> None:
    client.force_login(user_of(town.coordinator))
    slug = town.partnership.slug
    today = clock.today().isoformat()
    typed = {
        "title": "Trygga cykelställ",
        "text": "Låsbara ställ.",
        "kind": "situational",
        "owner": town.municipality.pk,
        "owner_title": "gatuchef",
        "starts": today,
        "ends": today,
        "follow_up": today,
        "priorities": [point.priority_id],
    }

    answer = client.post(reverse("plans:propose", args=[slug]), typed)
    assert answer.status_code == 422 and "Trygga cykelställ" in answer.text

    page = client.post(reverse("plans:propose", args=[slug]), typed | {"points": [point.pk]}, follow=True)
    assert page.status_code == 200 and "Låsbara ställ." in page.text
    person = typed | {"points": [point.pk], "text": "Ring 070-174 06 05."}
    assert client.post(reverse("plans:propose", args=[slug]), person).status_code == 422
