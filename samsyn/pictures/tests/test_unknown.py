"""Gaps in knowledge are stated with each finding and follow it; a party's own notes follow nothing."""

import json

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from samsyn.agreements.tests import build as agreements
from samsyn.core.errors import Invalid, Missing, Outdated, Refused
from samsyn.council.models import Decision
from samsyn.graphics.tests.reading import words_of
from samsyn.parties.tests.build import Town, user_of
from samsyn.pictures import arriving, blank, services
from samsyn.pictures.comparison import compare
from samsyn.pictures.models import Certainty, DraftFinding, Picture, Point, PrivateDraft, Secrecy, Stance
from samsyn.pictures.services import drafting
from samsyn.pictures.services.drafting import Words
from samsyn.pictures.tests import build
from samsyn.releases.models import Language, Release
from samsyn.releases.printing import printed

GAP = "Ingen har frågat dem som inte går ut"
NOTE = "Fråga nattvandrarna innan rådet"


def told(draft: PrivateDraft, town: Town, *, unknown: str = GAP, secrecy: str = "none") -> DraftFinding:
    return services.write_finding(
        draft,
        words=Words("Färre går ut", "Färre går ut på kvällen.", unknown=unknown),
        certainty=Certainty.FAIRLY,
        priority_key="P1",
        secrecy=secrecy,
        secrecy_ground="" if secrecy == "none" else "Pågående ärende.",
        by=town.coordinator,
    )


@pytest.fixture
def draft(town: Town) -> PrivateDraft:
    agreements.agreement(town)
    made = services.start_draft(town.municipality, period="2027", title="Läget", by=town.coordinator)
    told(made, town)
    return made


def adopted(town: Town, release: Release) -> Picture:
    made = build.picture(town)
    point = services.place_finding(made, release=release, index=0, by=town.coordinator)
    build.agree(town, point)
    services.endorse_picture(made, decision=build.decision(town, Decision.Kind.ENDORSE), by=town.chair)
    return build.adopted(town, Picture.objects.get(pk=made.pk))


def test_a_gap_goes_from_the_draft_to_the_public_page_and_into_the_next_draft(
    town: Town, draft: PrivateDraft, client: Client
) -> None:
    picture = adopted(town, build.hand_over(town, draft))

    assert picture.release and picture.points.get().unknown == GAP
    assert picture.release.payload["content"]["points"][0]["unknown"] == GAP
    assert f"Det vi inte vet: {GAP}" in words_of(printed(picture.release, Language.SWEDISH))
    public = client.get(reverse("publishing:picture", args=[town.partnership.slug])).text
    assert "Det vi inte vet" in public and GAP in public
    following = services.start_draft(
        town.municipality, period="2028", title="Nästa", carry_over=picture, by=town.coordinator
    )
    assert str(following.findings.get().unknown) == GAP


def test_the_joint_text_may_say_more_is_known_and_stances_fall(town: Town, draft: PrivateDraft) -> None:
    point = services.place_finding(
        build.picture(town), release=build.hand_over(town, draft), index=0, by=town.coordinator
    )
    services.take_stance(point, position=Stance.Position.AGREES, by=town.officer)

    services.rewrite_point(
        point,
        words=Words(point.title, point.text),
        certainty=Certainty.FAIRLY,
        priority=point.priority,
        seen=point.version,
        by=town.coordinator,
    )

    assert Point.objects.get().unknown == "" and not point.stances.exists()


def test_what_is_held_back_holds_its_gap_back(town: Town) -> None:
    agreements.agreement(town)
    made = services.start_draft(town.municipality, period="2027", title="Läget", by=town.coordinator)
    told(made, town, secrecy=Secrecy.INVESTIGATION)

    assert GAP not in json.dumps(build.hand_over(town, made).payload, ensure_ascii=False)


def test_a_gap_that_points_out_a_person_is_refused(town: Town, draft: PrivateDraft) -> None:
    with pytest.raises(Invalid):
        told(draft, town, unknown="Vad Anna Svensson, 070-123 45 67, vet")


def test_a_number_in_a_gap_claims_nothing_and_needs_no_source(town: Town, draft: PrivateDraft) -> None:
    told(draft, town, unknown="Varför 340 inte svarade")

    shared = build.hand_over(town, draft).payload["content"]["findings"]

    assert shared[1]["without_source"] == []


def test_a_file_from_elsewhere_states_its_gap_and_an_older_one_none() -> None:
    form = json.loads(blank.form_json())
    form |= {"title": "Vår bild", "period": "2027"}
    form["findings"] = [
        {**form["findings"][0], "title": "Rån ökar", "text": "Fler rån.", "unknown": GAP, "secrecy": "none"},
        {"title": "Stölder", "text": "Fler stölder.", "secrecy": "none"},
    ]

    first, second = arriving.arrival_of(arriving_prose(form)).findings

    assert (first.unknown, second.unknown) == (GAP, "")


def arriving_prose(form: dict[str, object]) -> dict[str, object]:
    from samsyn.evidence.readers.prose import read_prose

    return read_prose(json.dumps(form).encode(), name="bild.json")


def test_pictures_from_before_gaps_were_stated_are_compared_all_the_same() -> None:
    old = {"point": "1", "title": "a", "text": "b", "extent": "", "consequence": "", "certainty": "fairly"}
    old |= {"figures": [], "continues": None}
    new = {**old, "point": "2", "continues": "1", "unknown": GAP}

    (change,) = compare([old], [new], {}).changes
    (same,) = compare([old], [{**new, "unknown": ""}], {}).changes

    assert (list(change.parts), same.kind) == (["unknown"], "same")


def test_drafts_from_before_gaps_and_notes_are_read_written_and_weeded(
    town: Town, draft: PrivateDraft, client: Client
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE pictures_draftfinding SET unknown = NULL")
        cursor.execute("UPDATE pictures_privatedraft SET notes = NULL")
    client.force_login(user_of(town.coordinator))
    slug, finding = town.partnership.slug, draft.findings.get()
    address = reverse("pictures:rewrite_finding", args=[slug, finding.pk])
    shown = client.get(reverse("pictures:draft", args=[slug, draft.pk])).text + client.get(address).text
    assert ">None<" not in shown and 'value="None"' not in shown

    picture = adopted(town, build.hand_over(town, draft))

    assert picture.points.get().unknown == ""
    assert services.weed_draft(PrivateDraft.objects.get(pk=draft.pk), also=[], by=town.coordinator) == 1


def test_a_copy_from_before_gaps_is_merged_all_the_same(
    town: Town, draft: PrivateDraft, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = drafting._shared
    monkeypatch.setattr(
        drafting, "_shared", lambda *given: {k: v for k, v in whole(*given).items() if k != "unknown"}
    )

    assert adopted(town, build.hand_over(town, draft)).points.get().unknown == ""


def test_a_gap_that_was_written_after_the_share_is_not_weeded_unseen(town: Town, draft: PrivateDraft) -> None:
    adopted(town, build.hand_over(town, draft))
    finding = draft.findings.get()
    services.rewrite_finding(
        finding,
        words=Words(str(finding.title), str(finding.text), unknown="En ny lucka"),
        certainty=Certainty.FAIRLY,
        priority_key="P1",
        secrecy="none",
        seen=finding.version,
        by=town.coordinator,
    )

    assert services.weed_draft(PrivateDraft.objects.get(pk=draft.pk), also=[], by=town.coordinator) == 0


def test_a_finding_held_back_at_publication_holds_its_gap_back(
    town: Town, draft: PrivateDraft, client: Client
) -> None:
    made = build.picture(town)
    releases = (build.hand_over(town, draft), build.shared(town, by="officer", word="hamnen"))
    points = [services.place_finding(made, release=one, index=0, by=town.coordinator) for one in releases]
    for point in points:
        build.agree(town, point)
    services.endorse_picture(made, decision=build.decision(town, Decision.Kind.ENDORSE), by=town.chair)
    build.cleared(
        town, Point.objects.get(pk=points[0].pk), section=Secrecy.INVESTIGATION, ground="Pågående ärende."
    )

    release = build.adopted(town, Picture.objects.get(pk=made.pk)).release

    assert release and GAP not in json.dumps(release.payload, ensure_ascii=False)
    assert GAP not in words_of(printed(release, Language.SWEDISH))
    assert GAP not in client.get(reverse("publishing:picture", args=[town.partnership.slug])).text


def test_the_merge_page_shows_the_gap_beside_what_is_seen(
    town: Town, draft: PrivateDraft, client: Client
) -> None:
    release, made = build.hand_over(town, draft), build.picture(town)
    client.force_login(user_of(town.coordinator))
    address = reverse("pictures:merge", args=[town.partnership.slug, made.pk])
    assert client.get(address).text.count(GAP) == 1

    services.place_finding(made, release=release, index=0, by=town.coordinator)

    assert client.get(address).text.count(GAP) == 2


def test_notes_stay_with_the_party_and_go_with_the_draft(
    town: Town, draft: PrivateDraft, client: Client
) -> None:
    address = reverse("pictures:write_notes", args=[town.partnership.slug, draft.pk])
    page = reverse("pictures:draft", args=[town.partnership.slug, draft.pk])
    client.force_login(user_of(town.coordinator))

    assert client.post(address, {"text": NOTE, "seen": draft.version}).status_code == 302
    assert NOTE in client.get(page).text
    kept = PrivateDraft.objects.get(pk=draft.pk)
    release = build.hand_over(town, kept)
    picture = adopted(town, release)

    assert picture.release
    for frozen in (release, picture.release):
        assert NOTE not in json.dumps(frozen.payload, ensure_ascii=False)
    other = Client()
    other.force_login(user_of(town.officer))
    assert other.post(address, {"text": "Nej", "seen": kept.version}).status_code == 404
    services.weed_draft(PrivateDraft.objects.get(pk=draft.pk), also=[], by=town.coordinator)
    assert not str(PrivateDraft.objects.get(pk=draft.pk).notes or "")
    assert NOTE not in client.get(page).text


def test_two_who_write_notes_both_keep_their_words(town: Town, draft: PrivateDraft, client: Client) -> None:
    seen = draft.version
    services.write_notes(draft, text=NOTE, seen=seen, by=town.coordinator)
    with pytest.raises(Outdated):
        services.write_notes(PrivateDraft.objects.get(pk=draft.pk), text="x", seen=seen, by=town.coordinator)
    client.force_login(user_of(town.coordinator))
    address = reverse("pictures:write_notes", args=[town.partnership.slug, draft.pk])

    answer = client.post(address, {"text": "Mina ord", "seen": seen})

    assert answer.status_code == 409 and NOTE in answer.text and "Mina ord" in answer.text
    again = {"text": "Mina ord", "seen": PrivateDraft.objects.get(pk=draft.pk).version}
    assert client.post(address, again).status_code == 302


def test_notes_on_persons_by_the_other_party_or_after_the_end_are_refused(
    town: Town, draft: PrivateDraft
) -> None:
    with pytest.raises(Invalid):
        services.write_notes(draft, text="Ring 070-123 45 67", seen=draft.version, by=town.coordinator)
    with pytest.raises(Missing):
        services.write_notes(draft, text=NOTE, seen=draft.version, by=town.officer)
    adopted(town, build.hand_over(town, draft))
    services.archive_draft(PrivateDraft.objects.get(pk=draft.pk), by=town.coordinator)
    over = PrivateDraft.objects.get(pk=draft.pk)
    with pytest.raises(Refused):
        services.write_notes(over, text=NOTE, seen=over.version, by=town.coordinator)
