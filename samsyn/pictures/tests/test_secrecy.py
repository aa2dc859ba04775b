"""Secrecy is decided by the party a finding is from, before it is shared and again before it is published."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from samsyn.core import printing
from samsyn.core.errors import Invalid, Refused
from samsyn.core.journal import Entry
from samsyn.core.law import cited
from samsyn.council.models import Decision
from samsyn.parties.tests.build import Town, user_of
from samsyn.pictures import clearing, services
from samsyn.pictures.comparison import Kind
from samsyn.pictures.models import Certainty, Picture, Point, PrivateDraft, Secrecy, Stance
from samsyn.pictures.queries import compared_releases
from samsyn.pictures.services.drafting import Words
from samsyn.pictures.tests import build
from samsyn.releases.models import Release

GROUND = "Pågående ärende."
INVESTIGATION = Secrecy.INVESTIGATION


@pytest.fixture
def two(town: Town) -> Picture:
    """Two findings, one from each party, agreed and endorsed; nothing decided on secrecy."""
    made = build.picture(town)
    for by, word in (("coordinator", "parken"), ("officer", "nätverket")):
        release = build.shared(town, by=by, word=word)
        point = services.place_finding(made, release=release, index=0, by=town.coordinator)
        build.agree(town, point)
        for decided in point.secrecy.all():
            assert decided.section == Secrecy.NONE
    services.endorse_picture(made, decision=build.decision(town, Decision.Kind.ENDORSE), by=town.chair)
    return Picture.objects.get(pk=made.pk)


def police_point(picture: Picture) -> Point:
    return picture.points.get(title="Stölder i nätverket")


def adopt(town: Town, picture: Picture) -> Release:
    fresh = Picture.objects.get(pk=picture.pk)
    return services.adopt_picture(fresh, decision=build.decision(town, Decision.Kind.DECIDE), by=town.chair)


def held(town: Town, picture: Picture) -> Release:
    point = police_point(picture)
    services.decide_on_secrecy(picture, points=[point], section=INVESTIGATION, ground=GROUND, by=town.officer)
    return adopt(town, picture)


def texts(blocks: Any) -> str:
    return repr(blocks)


def test_a_picture_is_not_adopted_while_a_finding_lacks_its_partys_decision(town: Town, two: Picture) -> None:
    point = police_point(two)
    words = Words(point.title, "Ny text.")
    services.rewrite_point(
        point, words=words, certainty=Certainty.FAIRLY, priority=None, seen=None, by=town.coordinator
    )
    assert not point.secrecy.exists()  # another text is decided on anew
    for actor in (town.coordinator, town.officer):
        services.take_stance(point, position=Stance.Position.AGREES, by=actor)

    assert [one.point for one in clearing.undecided(two)] == [point]
    with pytest.raises(Refused, match="has not decided on secrecy for “Stölder i nätverket”"):
        adopt(town, two)

    assert not Release.objects.filter(kind="pictures.picture").exists()


def test_what_is_held_back_leaves_a_gap_and_nothing_of_its_content(town: Town, two: Picture) -> None:
    release = held(town, two)

    assert "nätverket" not in release.content and GROUND not in release.content
    shown, gap = release.payload["content"]["points"]
    assert shown["title"] == "Stölder i parken"
    point = police_point(two)
    assert gap == {"point": str(point.pk), "held_back": True, "section": "OSL 18:1"}
    with translation.override("sv"):
        layout = printing.layout("pictures.picture", release.payload["content"], "sv")
        assert "2. Hålls tillbaka enligt 18 kap. 1 § OSL" in texts(layout.blocks)
    page = Client().get(reverse("publishing:picture", args=[town.partnership.slug])).text
    assert "Hålls tillbaka enligt 18 kap. 1 § OSL" in page
    assert "Stölder i parken" in page and "nätverket" not in page and GROUND not in page
    with pytest.raises(Invalid, match="held back"):
        services.write_erratum(
            Picture.objects.get(pk=two.pk), wrong="x", right="y", point=point, by=town.coordinator
        )


def test_each_decision_stands_in_the_journal_as_a_section_and_no_word(town: Town, two: Picture) -> None:
    held(town, two)

    entries = Entry.objects.filter(chain=town.partnership.pk, command="pictures.decide_for_point")
    assert [one.facts["secrecy"] for one in entries.order_by("sequence")] == ["none", "none", "OSL 18:1"]
    adopted = Entry.objects.get(command="pictures.adopt_picture")
    assert adopted.facts["held_back"] == "1"
    assert GROUND not in repr(list(Entry.objects.values_list("facts", "changes")))


def test_a_party_decides_for_what_is_from_it_and_says_why(town: Town, two: Picture) -> None:
    point = police_point(two)

    with pytest.raises(Invalid, match="are from your party"):
        services.decide_on_secrecy(two, points=[point], section=Secrecy.NONE, ground="", by=town.coordinator)
    for points, ground, reason in (
        ([point], " ", "Write why"),
        ([point], "Ring 070-174 06 05", "points out a person"),
        ([], GROUND, "Choose the findings"),
    ):
        with pytest.raises(Invalid, match=reason):
            services.decide_on_secrecy(
                two, points=points, section=INVESTIGATION, ground=ground, by=town.officer
            )
    held(town, two)
    with pytest.raises(Refused, match="is adopted"):
        services.decide_on_secrecy(
            Picture.objects.get(pk=two.pk), points=[point], section=Secrecy.NONE, ground="", by=town.officer
        )


def test_a_picture_with_nothing_to_show_is_not_published(town: Town) -> None:
    picture = build.agreed_picture(town)
    services.decide_on_secrecy(
        picture, points=[picture.points.get()], section=INVESTIGATION, ground=GROUND, by=town.coordinator
    )

    with pytest.raises(Refused, match="nothing to publish"):
        adopt(town, picture)

    assert picture.points.get().held_under == ""


def test_what_was_held_back_is_published_when_it_is_decided_anew(town: Town, two: Picture) -> None:
    held(town, two)
    services.retract_adoption(Picture.objects.get(pk=two.pk), by=town.chair)
    again = Picture.objects.get(pk=two.pk)
    services.decide_on_secrecy(
        again, points=[police_point(two)], section=Secrecy.NONE, ground="", by=town.officer
    )

    assert "nätverket" in adopt(town, again).content


def test_a_gap_is_compared_with_nothing() -> None:
    told = {"point": "1", "title": "a", "text": "b", "extent": "", "consequence": "", "certainty": "fairly"}
    told |= {"continues": None, "figures": []}
    gap = {"point": "2", "held_back": True, "section": "OSL 18:1"}
    later: Any = told | {"point": "3", "continues": "1"}

    forward = compared_releases({"points": [told]}, {"points": [gap]})
    back = compared_releases({"points": [gap, told]}, {"points": [later | {"continues": "2"}, later]})

    assert forward.has_gaps and [one.kind for one in forward.changes] == [Kind.GONE]
    assert not back.has_gaps and [one.kind for one in back.changes] == [Kind.NEW, Kind.SAME]


def test_a_section_in_a_draft_needs_a_word_on_why_that_never_leaves_the_party(town: Town) -> None:
    draft = build.draft(town, word="hamnen")
    given = {"certainty": Certainty.FAIRLY, "priority_key": "", "secrecy": "OSL 18:8", "by": town.coordinator}

    with pytest.raises(Invalid, match="Write why"):
        services.write_finding(draft, words=Words("Larm", "Text."), **given)
    services.write_finding(draft, words=Words("Larm", "Text."), secrecy_ground="Larmens plats.", **given)
    release = build.hand_over(town, PrivateDraft.objects.get(pk=draft.pk))

    assert "Larm" not in release.content
    entry = Entry.objects.filter(command="pictures.share_draft", chain=draft.party_id).latest("sequence")
    assert entry.facts["held_back"] == "1"
    picture = build.picture(town)
    client = Client()
    client.force_login(user_of(town.officer))
    page = client.get(reverse("pictures:merge", args=[town.partnership.slug, picture.pk])).text
    assert "hålls tillbaka enligt 18 kap. 8 § OSL" in page and "Larm" not in page


def test_the_page_offers_ones_own_findings_and_keeps_what_was_typed(town: Town, two: Picture) -> None:
    client = Client()
    client.force_login(user_of(town.officer))
    path = reverse("pictures:clearing", args=[town.partnership.slug, two.pk])
    point = police_point(two)

    page = client.get(path).text
    assert page.count('name="points"') == 1 and str(point.pk) in page
    given = {"points": [str(point.pk)], "section": "OSL 18:2", "ground": ""}
    refused = client.post(path, given)
    assert refused.status_code == 422 and "Skriv varför" in refused.text
    assert client.post(path, given | {"ground": GROUND}).status_code == 302
    assert "hålls tillbaka enligt 18 kap. 2 § OSL" in client.get(path).text


@pytest.mark.parametrize(
    ("section", "words"), [("OSL 18:1", "18 kap. 1 § OSL"), ("none", "none"), ("", ""), ("OSL", "OSL")]
)
def test_the_law_is_cited_as_it_is_written(section: str, words: str) -> None:
    assert cited(section) == words


def test_what_waits_is_counted_in_one_query_as_the_findings_say(
    town: Town, two: Picture, django_assert_num_queries: Any
) -> None:
    assert clearing.count_undecided(two) == len(clearing.undecided(two)) == 0
    together = services.write_point(
        two,
        words=Words("Vid bordet", "Vi ser det."),
        certainty=Certainty.FAIRLY,
        priority=None,
        by=town.coordinator,
    )
    services.decide_on_secrecy(
        two, points=[together], section=Secrecy.NONE, ground="", by=town.coordinator
    )  # and the police's decision on it is lacking still
    with django_assert_num_queries(1):
        counted = clearing.count_undecided(two)
    assert [one.point for one in clearing.undecided(two)] == [together] and counted == 1
