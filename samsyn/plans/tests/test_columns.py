"""Every column of the plan, and what an outside partner may read of a measure that it owns."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from samsyn.core import clock
from samsyn.core.actors import SYSTEM, Actor
from samsyn.core.errors import Invalid, Missing, NotAllowed, Outdated, Refused
from samsyn.council.models import Decision
from samsyn.parties import services as parties
from samsyn.parties.models import Organisation, Title
from samsyn.parties.tests.build import Town, person, user_of
from samsyn.pictures import services as pictures
from samsyn.pictures.models import Point
from samsyn.pictures.tests import build as drafts
from samsyn.plans import queries, services
from samsyn.plans.models import Measure, MeasureActivity
from samsyn.plans.tests import build
from tests import standing


@pytest.fixture
def town(db: None, home: Path) -> Town:
    return standing.once(drafts.agreed_town, home)


@pytest.fixture
def point(town: Town) -> Point:
    """Of a picture that is agreed on and not adopted yet."""
    return Point.objects.get()


@pytest.fixture
def housing(town: Town) -> Organisation:
    """A housing company that works along and signs nothing."""
    company = parties.found_organisation("Granviksbostäder", kind=Organisation.Kind.HOUSING, by=SYSTEM)
    parties.add_member(town.partnership, organisation=company, is_party=False, by=SYSTEM)
    return company


@pytest.fixture
def caretaker(housing: Organisation) -> Actor:
    return person(housing, Title.MEASURE_OWNER)


def columns(measure: Measure, **changes: Any) -> dict[str, Any]:
    return {
        "cause": "Vägen är mörk efter klockan sexton.",
        "goal": "Ingen sträcka utan ljus.",
        "horizon": Measure.Horizon.SHORT,
        "rhythm": Measure.Rhythm.ONCE,
        "method": "Bättre belysning",
        "evidence": Measure.Evidence.STRONG,
        "elected_contact": "ordföranden i tekniska nämnden",
        "cost_sek": 640_000,
        "funding": "tekniska nämnden",
        "legal_note": "Väghållaren bestämmer.",
        "partners": [],
        "blocked_by": [],
        "seen": measure.version,
    } | changes


def test_every_column_is_kept_and_what_nobody_said_is_stated(
    town: Town, point: Point, housing: Organisation, client: Client
) -> None:
    measure = build.measure(town, point)
    first = build.measure(town, point, title="Fråga väghållaren")
    client.force_login(user_of(town.coordinator))
    address = reverse("plans:measure", args=[town.partnership.slug, measure.pk])
    assert "elected contact" in queries.unsaid(measure)

    services.describe_measure(
        measure, by=town.coordinator, **columns(measure, partners=[housing], blocked_by=[first])
    )

    page = client.get(address).text
    for words in (
        "Vägen är mörk",
        "Ingen sträcka",
        "Bättre belysning",
        "tekniska nämnden",
        "Granviksbostäder",
    ):
        assert words in page
    assert "Fråga väghållaren" in page and "640" in page
    assert queries.unsaid(Measure.objects.get(pk=measure.pk)) == []


def test_what_a_column_refuses(town: Town, point: Point) -> None:
    measure = build.measure(town, point)

    def describe(match: str, error: type[Exception] = Invalid, **changes: Any) -> None:
        with pytest.raises(error, match=match):
            services.describe_measure(measure, by=town.coordinator, **columns(measure, **changes))

    describe("Name the method", method="")
    describe("own partner", partners=[town.municipality])
    describe("points out a person", elected_contact="Ring 070-174 06 05")
    describe("nothing here", Missing, partners=[town.stranger])
    with pytest.raises(Invalid, match="take part in the cooperation"):  # the police know them from next door
        services.describe_measure(measure, by=town.officer, **columns(measure, partners=[town.stranger]))
    describe("wait for each other", blocked_by=[measure])
    describe("saved this", Outdated, seen=measure.version + 1)
    with pytest.raises(NotAllowed):
        services.describe_measure(measure, by=town.chair, **columns(measure))
    services.report_status(measure, state=Measure.State.DONE, text="Klart.", by=town.coordinator)
    describe("is over", Refused, seen=Measure.objects.get(pk=measure.pk).version)


def test_measures_never_wait_for_each_other_in_a_circle(town: Town, point: Point) -> None:
    one, two, three = (build.measure(town, point, title=name) for name in ("Ett", "Två", "Tre"))
    services.describe_measure(one, by=town.coordinator, **columns(one, blocked_by=[two]))
    services.describe_measure(two, by=town.coordinator, **columns(two, blocked_by=[three]))

    with pytest.raises(Invalid, match="Ett"):
        services.describe_measure(three, by=town.coordinator, **columns(three, blocked_by=[one]))

    assert queries.waits_for(one, town.coordinator).named == [two]
    services.report_status(two, state=Measure.State.DONE, text="Klart.", by=town.coordinator)
    assert not queries.waits_for(one, town.coordinator).is_blocked


def test_police_measures_ride_along_and_do_not_count_for_the_law(
    town: Town, point: Point, client: Client
) -> None:
    build.measure(town, point)
    police = build.measure(town, point, title="Fotpatrull", owner=town.police)
    client.force_login(user_of(town.officer))

    assert not police.is_the_municipalitys
    page = client.get(reverse("plans:index", args=[town.partnership.slug]), headers={"Accept-Language": "sv"})
    words = " ".join(page.text.split())
    assert "2 av 2 åtgärder" in words and "1 av de övriga är kommunens egen" in words
    assert "1 görs av andra och räknas inte dit" in words


def test_activities_are_counted_by_their_owner_and_two_counts_never_overwrite(
    town: Town, point: Point
) -> None:
    measure = build.measure(town, point)
    today = clock.today()
    given: dict[str, Any] = {"title": "Vandring", "times": 2, "starts": today, "ends": today}
    walk = services.add_activity(measure, by=town.coordinator, **given)
    later = services.add_activity(
        measure, by=town.coordinator, **given | {"starts": today + timedelta(1), "ends": today + timedelta(2)}
    )

    assert services.count_activity(walk, done=1, seen=walk.version, by=town.owner).done == 1

    with pytest.raises(Outdated):
        services.count_activity(walk, done=1, seen=walk.version, by=town.officer)
    with pytest.raises(Invalid, match="not begun"):
        services.count_activity(later, done=1, seen=later.version, by=town.owner)
    with pytest.raises(Missing):
        services.count_activity(walk, done=1, seen=2, by=town.outsider)
    with pytest.raises(NotAllowed):
        services.add_activity(measure, by=town.owner, **given)
    with pytest.raises(Invalid, match="at least one"):
        services.add_activity(measure, by=town.coordinator, **given | {"times": 0})
    with pytest.raises(Invalid, match="not before"):
        services.add_activity(measure, by=town.coordinator, **given | {"ends": today - timedelta(1)})


def test_a_counted_activity_stays_in_the_plan(town: Town, point: Point) -> None:
    measure = build.measure(town, point)
    walk = build.activity(town, measure)
    other = build.activity(town, measure)
    services.count_activity(walk, done=0, seen=walk.version, by=town.coordinator)

    services.drop_activity(other, by=town.officer)

    with pytest.raises(Refused, match="counted"):
        services.drop_activity(walk, by=town.officer)
    assert MeasureActivity.objects.get() == walk


def test_an_outside_owner_reads_no_title_of_the_joint_picture_before_it_is_published(
    town: Town, point: Point, housing: Organisation, caretaker: Actor, client: Client
) -> None:
    own = build.measure(town, point, title="Porttelefoner", owner=housing)
    other = build.measure(town, point, title="Hemligt möte")
    services.describe_measure(own, by=town.coordinator, **columns(own, blocked_by=[other]))
    client.force_login(user_of(caretaker))
    slug = town.partnership.slug
    pages = [
        reverse("plans:index", args=[slug]),
        reverse("plans:measure", args=[slug, own.pk]),
        reverse("overview:thread", args=[slug]),
        reverse("overview:search", args=[slug]) + "?q=" + point.title.split()[0],
    ]

    for address in pages:
        page = client.get(address).text
        assert point.title not in page and "Hemligt möte" not in page, address
    assert "inte är publicerad" in client.get(pages[1]).text
    assert "en åtgärd som någon annan har" in client.get(pages[1]).text

    picture = point.picture
    pictures.endorse_picture(picture, decision=drafts.decision(town, Decision.Kind.ENDORSE), by=town.chair)
    pictures.adopt_picture(picture, decision=drafts.decision(town, Decision.Kind.DECIDE), by=town.chair)
    assert point.title in client.get(pages[1]).text
    assert point.title in client.get(pages[0]).text

    pictures.retract_adoption(picture, by=town.chair)
    assert point.title not in client.get(pages[1]).text


def test_pages_keep_what_was_typed_and_show_both_when_two_save(
    town: Town, point: Point, client: Client
) -> None:
    measure = build.measure(town, point)
    client.force_login(user_of(town.coordinator))
    slug = town.partnership.slug
    address = reverse("plans:describe", args=[slug, measure.pk])
    typed = {"cause": "Mörkt.", "evidence": "strong", "seen": measure.version}

    refused = client.post(address, typed)
    assert refused.status_code == 422 and "Mörkt." in refused.text
    services.describe_measure(measure, by=town.officer, **columns(measure))
    outdated = client.post(address, typed | {"method": "Ljus"})
    assert outdated.status_code == 409
    assert "Vägen är mörk" in outdated.text and "Mörkt." in outdated.text

    activity = build.activity(town, measure)
    counting = reverse("plans:count_activity", args=[slug, activity.pk])
    assert client.post(counting, {"done": "många", "seen": activity.version}).status_code == 422
    assert client.post(counting, {"done": 1, "seen": activity.version}, follow=True).status_code == 200
    assert client.post(counting, {"done": 2, "seen": activity.version}).status_code == 409
    wrong = {"title": "Möte", "times": 0, "starts": "2026-01-01", "ends": "2026-01-02"}
    adding = reverse("plans:add_activity", args=[slug, measure.pk])
    assert "Möte" in client.post(adding, wrong).text
    assert client.post(adding, wrong | {"times": 3}, follow=True).status_code == 200
