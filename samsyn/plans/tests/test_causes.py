"""Measures are to change causes: which ones, and what is said of those that change none."""

from collections.abc import Collection
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from samsyn.core.errors import Invalid, NotAllowed, Outdated, Refused
from samsyn.core.thread import Place, thread
from samsyn.overview.queries import whole_thread
from samsyn.parties.tests.build import Town, user_of
from samsyn.pictures import services as pictures
from samsyn.pictures.models import Cause, Certainty, Picture, Point
from samsyn.pictures.services.drafting import Words
from samsyn.pictures.tests import build as drafts
from samsyn.plans import aims, services
from samsyn.plans.models import Measure, MeasureCause
from samsyn.plans.tests import build
from tests import standing


@pytest.fixture
def town(db: None, home: Path) -> Town:
    return standing.once(drafts.agreed_town, home)


@pytest.fixture
def point(town: Town) -> Point:
    return Point.objects.get()


@pytest.fixture
def measure(town: Town, point: Point) -> Measure:
    return build.measure(town, point)


def choose(town: Town, measure: Measure, *causes: Cause, seen: Collection[str] | None = None) -> None:
    services.choose_causes(measure, causes=list(causes), seen=seen, by=town.coordinator)


def gaps(town: Town) -> list[str]:
    """Addresses that close a measure's gap of causes."""
    place = Place(town.partnership.pk, town.partnership.slug)
    found = thread.gaps(thread.nodes(town.coordinator, place), town.coordinator, place)
    return [one.url for one in found if (one.node.kind, one.child) == ("measure", "cause")]


def page(town: Town, client: Client, name: str, *rows: Measure) -> str:
    client.force_login(user_of(town.coordinator))
    return client.get(reverse(f"plans:{name}", args=[town.partnership.slug, *(one.pk for one in rows)])).text


def test_a_measure_that_changes_no_stated_cause_is_marked_until_it_does(
    town: Town, client: Client, point: Point, measure: Measure
) -> None:
    assert gaps(town) == [] and "Ingen har angett orsakerna" in page(town, client, "measure", measure)

    cause = drafts.cause(town, point)

    assert gaps(town) == [reverse("plans:choose_causes", args=[town.partnership.slug, measure.pk])]
    assert "Ändrar ingen av de angivna" in page(town, client, "measure", measure)
    assert "ändrar ingen av de angivna" in page(town, client, "index")
    client.post(gaps(town)[0], {"causes": [cause.pk], "seen": ""})
    assert gaps(town) == []
    shown = page(town, client, "measure", measure)
    assert cause.claim in shown and "Ändrar ingen av de angivna" not in shown
    assert "orsak som den ändrar" not in shown  # not among what nobody has said
    assert "ändrar ingen av de angivna" not in page(town, client, "index")


def test_causes_stand_between_finding_and_measure_in_the_thread(
    town: Town, client: Client, point: Point, measure: Measure
) -> None:
    choose(town, measure, drafts.cause(town, point))

    (strand,) = [
        strand
        for one in whole_thread(town.coordinator, town.partnership).priorities
        for strand in one.strands
        if strand.measure
    ]

    assert [one.title for one in strand.causes] == ["Lamporna är trasiga"] and not strand.cause_gap
    client.force_login(user_of(town.coordinator))
    assert "with-causes" in client.get(f"/arbete/{town.partnership.slug}/traden/").text


def test_a_cause_is_of_a_finding_that_the_measure_answers(town: Town, point: Point, measure: Measure) -> None:
    elsewhere = pictures.write_point(
        point.picture,
        words=Words("Klotter", "Det sitter kvar."),
        certainty=Certainty.FAIRLY,
        priority=None,
        by=town.coordinator,
    )

    with pytest.raises(Invalid) as refused:
        choose(town, measure, drafts.cause(town, elsewhere))

    assert refused.value.field == "causes"


def test_two_who_choose_at_once_do_not_undo_each_other(
    town: Town, client: Client, point: Point, measure: Measure
) -> None:
    first, second = drafts.cause(town, point), drafts.cause(town, point, claim="Få går där")
    choose(town, measure, first)

    with pytest.raises(Outdated):
        choose(town, measure, second, seen=[])
    client.force_login(user_of(town.coordinator))
    path = reverse("plans:choose_causes", args=[town.partnership.slug, measure.pk])
    late = client.post(path, {"causes": [second.pk], "seen": ""})
    assert late.status_code == 409 and "Vad din kollega valde" in late.text
    assert client.post(path, {"causes": [second.pk], "seen": str(first.pk)}).status_code == 302
    assert MeasureCause.objects.get().cause == second


def test_a_cause_that_a_measure_is_to_change_is_not_dropped(
    town: Town, point: Point, measure: Measure
) -> None:
    cause = drafts.cause(town, point)
    choose(town, measure, cause)

    with pytest.raises(Refused):
        pictures.drop_cause(cause, by=town.coordinator)


def test_what_is_over_is_neither_changed_nor_marked(town: Town, point: Point, measure: Measure) -> None:
    services.report_status(measure, state=Measure.State.DONE, text="", by=town.coordinator)
    cause = drafts.cause(town, point)

    with pytest.raises(Refused, match="over"):
        choose(town, measure, cause)
    assert gaps(town) == []


def test_its_owner_reads_no_cause_of_the_joint_picture(
    town: Town, client: Client, point: Point, measure: Measure
) -> None:
    cause = drafts.cause(town, point)
    client.force_login(user_of(town.owner))
    path = reverse("plans:measure", args=[town.partnership.slug, measure.pk])
    assert "ska ändra" not in client.get(path).text  # nothing is called missing that one may not see
    choose(town, measure, cause)

    shown = client.get(path).text

    assert "En orsak i den gemensamma orsaksanalysen" in shown and "Lamporna är trasiga" not in shown
    assert not MeasureCause.objects.visible_to(town.owner).exists()
    with pytest.raises(NotAllowed):
        services.choose_causes(measure, causes=[], by=town.owner)


def test_a_measure_of_the_picture_before_may_change_causes_of_the_finding_that_carries_on(town: Town) -> None:
    before = drafts.adopted(town, Picture.objects.get()).points.get()
    measure = build.measure(town, before)
    now = _carried_on(town, before)
    cause = drafts.cause(town, now)

    assert aims.aim_of(measure, town.coordinator, [before.pk]).offered == [cause]
    assert gaps(town)
    choose(town, measure, cause)
    assert gaps(town) == []


def _carried_on(town: Town, before: Point) -> Point:
    drafted = pictures.start_draft(
        town.police, period="2029", title="Nästa", carry_over=before.picture, by=town.officer
    )
    finding = drafted.findings.get()
    pictures.rewrite_finding(
        finding,
        words=Words("Stölder igen", "De sker."),
        certainty=Certainty.FAIRLY,
        priority_key="P1",
        secrecy="none",
        seen=finding.version,
        by=town.officer,
    )
    release = pictures.share_draft(
        drafted,
        partnership=town.partnership,
        receiver=town.municipality,
        purpose="handed_over",
        ground="2023:196 4 §",
        by=town.officer,
    )
    following = pictures.open_picture(town.partnership, period="2029", scope="hela", by=town.coordinator)
    return pictures.place_finding(following, release=release, index=0, by=town.coordinator)
