"""The next picture begins with what the adopted one says, in each party's own draft."""

from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import translation

from samsyn.core.errors import Refused
from samsyn.core.journal import Head
from samsyn.core.thread import Place, thread
from samsyn.council.models import Decision
from samsyn.parties.tests.build import Town, user_of
from samsyn.pictures import queries, services
from samsyn.pictures.models import Cause, Certainty, DraftFinding, Picture, Point, PrivateDraft
from samsyn.pictures.services.causes import Claim
from samsyn.pictures.services.drafting import Words
from samsyn.pictures.tests import build
from samsyn.plans import services as planning
from samsyn.plans.tests import build as plans
from tests import standing


@pytest.fixture
def town(db: None, home: Path) -> Town:
    return standing.once(build.adopted_town, home)


@pytest.fixture
def adopted(town: Town) -> Picture:
    return Picture.objects.get()


def begun(town: Town, adopted: Picture, *, by: str = "coordinator") -> PrivateDraft:
    actor = getattr(town, by)
    party = town.municipality if actor.party_id == town.municipality.pk else town.police
    return services.start_draft(party, period="2029", title="Vår bild", carry_over=adopted, by=actor)


def decided(finding: DraftFinding, town: Town, *, text: str, by: str = "coordinator") -> None:
    services.rewrite_finding(
        finding,
        words=Words(finding.title, text),
        certainty=Certainty.FAIRLY,
        priority_key=finding.priority_key,
        secrecy="none",
        seen=finding.version,
        by=getattr(town, by),
    )


def test_each_party_begins_with_the_adopted_findings_as_its_own(town: Town, adopted: Picture) -> None:
    point = adopted.points.get()
    mine, theirs = begun(town, adopted), begun(town, adopted, by="officer")

    found = [draft.findings.get() for draft in (mine, theirs)]

    assert {(one.title, one.text, one.continues) for one in found} == {(point.title, point.text, point.pk)}
    assert {one.secrecy for one in found} == {""} and not any(one.citations.exists() for one in found)
    with pytest.raises(Refused, match="secrecy"):
        build.hand_over(town, mine)


def test_to_carry_over_is_not_told_in_the_joint_journal(town: Town, adopted: Picture) -> None:
    before = Head.objects.get(chain=town.partnership.pk).sequence

    begun(town, adopted)

    assert Head.objects.get(chain=town.partnership.pk).sequence == before


def test_only_an_adopted_picture_is_carried_over(town: Town, adopted: Picture) -> None:
    newer = services.open_picture(town.partnership, period="2029", scope="hela", by=town.coordinator)

    with pytest.raises(Refused, match="adopted"):
        begun(town, newer)


def test_what_both_carry_on_meets_in_one_finding_and_keeps_its_measures(town: Town, adopted: Picture) -> None:
    earlier = adopted.points.get()
    measure = plans.measure(town, earlier)
    for by, text in (("coordinator", "Det har minskat."), ("officer", "Vi ser ingen skillnad alls.")):
        draft = begun(town, adopted, by=by)
        decided(draft.findings.get(), town, text=text, by=by)
        build.hand_over(town, draft, by=by)
    picture = services.open_picture(town.partnership, period="2029", scope="hela", by=town.coordinator)
    first, second = queries.merge_of(town.coordinator, picture).unplaced

    point = services.place_finding(picture, release=first.release, index=0, by=town.coordinator)
    resembled = queries.merge_of(town.coordinator, picture).unplaced[0].resembles
    assert resembled == point
    services.place_finding(picture, release=second.release, index=0, point=point, by=town.coordinator)

    point = Point.objects.get(pk=point.pk)
    assert point.continues == earlier
    nodes = thread.nodes(town.coordinator, Place(town.partnership.pk, "granvik"))
    assert next(node for node in nodes if node.id == measure.pk).parents == (point.pk, earlier.pk)


def test_a_finding_leads_to_the_one_before_it(town: Town, adopted: Picture, client: Client) -> None:
    draft = begun(town, adopted)
    decided(draft.findings.get(), town, text="Det har minskat.")
    build.hand_over(town, draft)
    picture = services.open_picture(town.partnership, period="2029", scope="hela", by=town.coordinator)
    release = queries.merge_of(town.coordinator, picture).unplaced[0].release
    point = services.place_finding(picture, release=release, index=0, by=town.coordinator)
    client.force_login(user_of(town.coordinator))

    page = client.get(reverse("pictures:point", args=["granvik", point.pk])).text

    assert reverse("pictures:point", args=["granvik", adopted.points.get().pk]) in page


def test_a_finding_is_followed_through_several_pictures(town: Town, adopted: Picture) -> None:
    first = adopted.points.get()

    def draw(period: str, number: int, of: Point) -> Point:
        draft = services.start_draft(
            town.municipality,
            period=period,
            title="Vår bild",
            carry_over=of.picture,
            by=town.coordinator,
        )
        decided(draft.findings.get(), town, text=f"Text {number}.")
        build.hand_over(town, draft)
        picture = services.open_picture(town.partnership, period=period, scope="hela", by=town.coordinator)
        release = queries.merge_of(town.coordinator, picture).unplaced[0].release
        point = services.place_finding(picture, release=release, index=0, by=town.coordinator)
        build.agree(town, point)
        services.endorse_picture(picture, decision=build.decision(town, Decision.Kind.ENDORSE), by=town.chair)
        services.adopt_picture(picture, decision=build.decision(town, Decision.Kind.DECIDE), by=town.chair)
        return Point.objects.get(pk=point.pk)

    second = draw("2029", 2, first)
    third = draw("2031", 3, second)

    assert queries.carried_on(Point.objects.all()) == {first.pk: third.pk, second.pk: third.pk}


def test_the_page_offers_it_and_marks_what_is_carried_over(
    town: Town, adopted: Picture, client: Client
) -> None:
    client.force_login(user_of(town.coordinator))
    address = reverse("pictures:start_draft", args=["granvik"])
    assert "Börja med iakttagelserna i den antagna lägesbilden" in client.get(address).text

    page = client.post(address, {"title": "Vår bild", "period": "2029", "carry_over": "on"}, follow=True)
    assert "Följer med från lägesbilden 2027." in page.text
    client.cookies["language"] = "en"
    assert "Carried over from the picture 2027." in client.get(page.request["PATH_INFO"]).text

    empty = client.post(address, {"title": "Tom bild", "period": "2030"}, follow=True)
    assert "Carried over" not in empty.text
    assert not PrivateDraft.objects.get(period="2030").findings.exists()


def merged(town: Town, adopted: Picture) -> Point:
    """The coordinator's finding of the next picture, which carries the adopted one on."""
    draft = begun(town, adopted)
    decided(draft.findings.get(), town, text="Det har minskat.")
    build.hand_over(town, draft)
    picture = services.open_picture(town.partnership, period="2029", scope="hela", by=town.coordinator)
    release = queries.merge_of(town.coordinator, picture).unplaced[0].release
    return services.place_finding(picture, release=release, index=0, by=town.coordinator)


def test_its_causes_come_along_and_ask_whether_they_still_hold(
    town: Town, adopted: Picture, client: Client
) -> None:
    earlier = adopted.points.get()
    first = build.cause(town, earlier, claim="Lamporna är trasiga", evidence="Felanmälan.")
    second = build.cause(town, earlier, claim="Ingen byter dem", parent=first)
    measure = plans.measure(town, earlier)
    planning.choose_causes(measure, causes=[first], by=town.coordinator)

    point = merged(town, adopted)

    copy, behind = point.causes.order_by("id")
    assert (copy.claim, copy.evidence, copy.continues) == (first.claim, "Felanmälan.", first)
    assert (behind.parent, behind.continues) == (copy, second)
    assert copy.is_unconfirmed and not first.is_unconfirmed
    place = Place(town.partnership.pk, "granvik")
    nodes = {node.id: node for node in thread.nodes(town.coordinator, place)}
    assert nodes[first.pk].parents == (earlier.pk,) and nodes[copy.pk].parents == (point.pk,)
    assert {first.pk, copy.pk} <= set(nodes[measure.pk].parents)  # what was to change it, still is
    tasks = [task.title for task in thread.tasks(town.coordinator, place)]
    assert "Say whether earlier causes still hold" in tasks
    client.force_login(user_of(town.coordinator))
    page = reverse("pictures:causes", args=["granvik", point.pk])
    assert client.get(page).text.count("Den gäller fortfarande") == 2

    client.post(reverse("pictures:confirm_cause", args=["granvik", copy.pk]))
    services.drop_cause(Cause.objects.get(pk=behind.pk), by=town.coordinator)

    assert "Den gäller fortfarande" not in client.get(page).text
    nodes = {node.id: node for node in thread.nodes(town.coordinator, place)}
    assert nodes[second.pk].parents == (earlier.pk,)  # what no longer holds stays with the earlier picture
    with pytest.raises(Refused, match="already"):
        services.confirm_cause(Cause.objects.get(pk=copy.pk), by=town.coordinator)


def test_a_certain_cause_needs_something_that_speaks_for_it_now(town: Town, adopted: Picture) -> None:
    earlier = adopted.points.get()
    build.cause(town, earlier, confidence=Certainty.CERTAIN, evidence="Felanmälan.")
    with connection.cursor() as cursor:  # as one that rested on a figure alone
        cursor.execute("UPDATE pictures_cause SET evidence = ''")
    copy = merged(town, adopted).causes.get()

    with pytest.raises(Refused, match="speaks for"):
        services.confirm_cause(copy, by=town.coordinator)
    said = Claim(copy.claim, Cause.Kind.PLACE, Certainty.CERTAIN, evidence="Felanmälan i maj.")
    changed = services.rewrite_cause(copy, claim=said, seen=copy.version, by=town.officer)
    assert not changed.is_unconfirmed


def test_a_measure_chooses_among_the_causes_of_today(town: Town, adopted: Picture, client: Client) -> None:
    earlier = adopted.points.get()
    first, other = build.cause(town, earlier), build.cause(town, earlier, claim="Annat")
    measure = plans.measure(town, earlier)
    planning.choose_causes(measure, causes=[first], by=town.coordinator)
    copy, copied = merged(town, adopted).causes.order_by("id")
    client.force_login(user_of(town.coordinator))
    page = client.get(reverse("plans:choose_causes", args=["granvik", measure.pk]))
    form = page.context["form"]

    assert {one.pk for one in form.fields["causes"].queryset} == {copy.pk, copied.pk}
    assert form.initial["causes"] == [copy.pk]
    planning.choose_causes(measure, causes=[copy, copied], by=town.coordinator)
    assert {one.cause for one in measure.causes.all()} == {first, copied}
    planning.choose_causes(measure, causes=[copied], by=town.coordinator)
    assert {one.cause for one in measure.causes.all()} == {copied} and other.pk


def test_a_title_that_stands_in_two_pictures_is_told_apart(
    town: Town, adopted: Picture, client: Client
) -> None:
    earlier = adopted.points.get()
    newer = merged(town, adopted)
    single = services.write_point(
        newer.picture,
        words=Words("Klotter", "Det sitter kvar."),
        certainty=Certainty.FAIRLY,
        priority=None,
        by=town.coordinator,
    )
    client.force_login(user_of(town.coordinator))

    form = client.get(reverse("plans:propose", args=["granvik"])).context["form"]

    with translation.override("sv"):
        named = {choice[0].value: str(choice[1]) for choice in form.fields["points"].choices}
    assert named[newer.pk] == f"{newer.title} (lägesbild 2029, inte antagen)"
    assert named[earlier.pk].startswith(f"{earlier.title} (lägesbild 2027, antagen ")
    assert named[single.pk] == "Klotter"
