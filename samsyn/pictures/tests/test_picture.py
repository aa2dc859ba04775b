import pytest
from django.test import Client
from django.urls import reverse

from samsyn.agreements.tests import build as agreements
from samsyn.core import clock
from samsyn.core.actors import VISITOR
from samsyn.core.errors import Invalid, Missing, NotAllowed, Outdated, Refused
from samsyn.council.models import Decision
from samsyn.parties.tests.build import SECRET, Town, user_of
from samsyn.pictures import queries, services
from samsyn.pictures.models import Certainty, Picture, Point, Stance
from samsyn.pictures.services.drafting import Words
from samsyn.pictures.tests import build
from samsyn.releases.models import Release


def test_sharing_hands_over_a_copy_and_the_draft_stays_private(town: Town) -> None:
    draft = build.draft(town)
    release = build.hand_over(town, draft)
    build.finding(town, draft, title="Senare")

    received = Release.objects.visible_to(town.officer).get()
    assert received == release
    assert [one["title"] for one in received.payload["content"]["findings"]] == [f"Stölder i {SECRET}"]
    for actor in (town.outsider, town.administrator, VISITOR):
        assert not Release.objects.visible_to(actor).exists()


def test_what_is_secret_is_held_back_and_leaves_a_gap(town: Town) -> None:
    draft = build.draft(town)
    build.finding(town, draft, title="Nätverket", secrecy="OSL 18:1")
    build_undecided = build.finding(town, draft, title="Ovisst", secrecy="")
    given = {"receiver": town.police, "purpose": "handed_over", "ground": "x", "by": town.coordinator}

    with pytest.raises(Refused, match="Ovisst"):
        services.share_draft(draft, partnership=town.partnership, **given)
    services.drop_finding(build_undecided, by=town.coordinator)
    release = services.share_draft(draft, partnership=town.partnership, **given)

    assert release.payload["content"]["findings"][1] == {"held_back": True, "section": "OSL 18:1"}
    assert "Nätverket" not in release.content
    picture = build.picture(town)
    with pytest.raises(Missing):
        services.place_finding(picture, release=release, index=1, by=town.officer)


def test_a_finding_that_points_out_a_person_is_refused(town: Town) -> None:
    draft = build.draft(town)

    with pytest.raises(Invalid, match="19121212-1212"):
        services.write_finding(
            draft,
            words=Words("Rån", "Av 19121212-1212."),
            certainty=Certainty.CERTAIN,
            priority_key="",
            secrecy="",
            by=town.coordinator,
        )


def test_two_findings_are_joined_and_parted_again(town: Town) -> None:
    mine, theirs = build.shared(town), build.shared(town, by="officer", word="Centrum")
    picture = build.picture(town)
    point = services.place_finding(picture, release=mine, index=0, by=town.coordinator)
    services.place_finding(picture, release=theirs, index=0, point=point, by=town.officer)
    assert queries.merge_of(town.officer, picture).counts["same"] == 1

    source = point.sources.get(release=theirs)
    services.part_source(source, by=town.coordinator)

    assert queries.merge_of(town.officer, picture).counts == {
        "same": 0,
        "differs": 0,
        "municipality": 1,
        "police": 1,
    }


def test_stances_fall_when_the_text_changes_and_a_stale_save_shows_both(town: Town) -> None:
    picture = build.picture(town)
    point = services.place_finding(picture, release=build.shared(town), index=0, by=town.coordinator)
    build.agree(town, point)
    seen = Point.objects.get(pk=point.pk).version
    given = {"certainty": Certainty.CERTAIN, "priority": None}

    services.rewrite_point(point, words=Words("A", "Polisens text"), seen=seen, by=town.officer, **given)

    assert not point.stances.exists()
    with pytest.raises(Outdated) as error:
        services.rewrite_point(point, words=Words("B", "Min"), seen=seen, by=town.coordinator, **given)
    assert error.value.stored == "Polisens text"
    with pytest.raises(Outdated):
        services.take_stance(point, position=Stance.Position.AGREES, seen=seen, by=town.coordinator)


def test_adoption_waits_for_endorsement_evidence_and_every_stance(town: Town) -> None:
    picture = build.picture(town)
    decided = build.decision(town, Decision.Kind.DECIDE)
    with pytest.raises(Refused, match="stood behind"):
        services.adopt_picture(picture, decision=decided, by=town.chair)
    endorsed = build.decision(town, Decision.Kind.ENDORSE)
    with pytest.raises(Invalid, match="stands behind"):
        services.endorse_picture(picture, decision=decided, by=town.chair)
    services.endorse_picture(picture, decision=endorsed, by=town.chair)
    with pytest.raises(Refused, match="says nothing"):
        services.adopt_picture(picture, decision=decided, by=town.chair)
    bare = services.write_point(
        picture,
        words=Words("Bar", "Utan stöd."),
        certainty=Certainty.UNCERTAIN,
        priority=None,
        by=town.officer,
    )
    with pytest.raises(Refused, match="rests on nothing"):
        services.adopt_picture(picture, decision=decided, by=town.chair)
    assert bare
    with pytest.raises(NotAllowed):
        services.adopt_picture(picture, decision=decided, by=town.coordinator)


def test_the_adopted_picture_is_frozen_public_and_keeps_the_disagreement(town: Town, client: Client) -> None:
    picture = build.adopted_picture(town)

    release = Release.objects.visible_to(VISITOR).get()
    stances = release.payload["content"]["points"][0]["stances"]
    assert {one["position"] for one in stances} == {"agrees", "differs"}
    assert "Bara i juni." in client.get("/granvik/lagesbild/").text
    with pytest.raises(Refused, match="adopted"):
        build.agree(town, picture.points.get())
    standing = queries.picture_in_force(town.partnership, day=clock.today(), as_known_at=clock.now())
    assert standing.state == "adopted"

    services.retract_adoption(picture, by=town.chair)

    assert not Release.objects.visible_to(VISITOR).exists()
    assert "Bara i juni." not in client.get("/granvik/lagesbild/").text


def test_pages_from_draft_to_merge(town: Town, client: Client) -> None:
    agreements.agreement(town)
    slug = town.partnership.slug
    client.force_login(user_of(town.coordinator))
    client.post(reverse("pictures:start_draft", args=[slug]), {"title": "Vår bild", "period": "2027"})
    draft = queries.own_drafts(town.coordinator).get()
    typed = {"title": "Mörkt", "text": "Det är mörkt.", "certainty": "fairly", "secrecy": "none"}
    wrong = client.post(reverse("pictures:write_finding", args=[slug, draft.pk]), typed | {"text": ""})
    assert wrong.status_code == 422 and "Mörkt" in wrong.text
    client.post(reverse("pictures:write_finding", args=[slug, draft.pk]), typed | {"priority_key": "P1"})
    share = {"receiver": town.police.pk, "purpose": "handed_over", "ground": "2023:196"}
    unread = client.post(reverse("pictures:share", args=[slug, draft.pk]), share)
    assert unread.status_code == 422
    client.post(reverse("pictures:share", args=[slug, draft.pk]), share | {"understood": "on"})

    client.force_login(user_of(town.officer))
    client.post(reverse("pictures:open", args=[slug]), {"period": "2027", "scope": "hela"})
    picture = Picture.objects.get()
    page = client.get(reverse("pictures:merge", args=[slug, picture.pk]))
    assert "Det är mörkt." in page.text
    release = Release.objects.get(kind="pictures.draft")
    client.post(reverse("pictures:place", args=[slug, picture.pk, release.pk, 0]))
    point = Point.objects.get()
    assert point.priority is not None
    empty = client.post(
        reverse("pictures:stance", args=[slug, point.pk]), {"position": "differs", "note": ""}
    )
    assert empty.status_code == 422
    assert client.get(reverse("pictures:draft", args=[slug, draft.pk])).status_code == 404


def test_the_merge_page_asks_as_often_for_sixty_findings_as_for_two(
    town: Town, client: Client, django_assert_max_num_queries: object
) -> None:
    draft = build.draft(town)
    for number in range(59):
        build.finding(town, draft, title=f"Iakttagelse {number}")
    release = build.hand_over(town, draft)
    picture = build.picture(town)
    for index in range(60):
        services.place_finding(picture, release=release, index=index, by=town.coordinator)
    client.force_login(user_of(town.officer))
    page = reverse("pictures:merge", args=[town.partnership.slug, picture.pk])
    client.get(page)  # the first opening of the day is put in the journal, by a command of its own

    with django_assert_max_num_queries(22):  # type: ignore[operator]
        client.get(page)
