"""Dialogues with a party's own staff: written down in private, cited, and shared as a source line only."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from samsyn.core import clock
from samsyn.core.errors import Invalid, NotAllowed, Outdated, Refused
from samsyn.core.journal import Entry
from samsyn.parties.tests.build import Town, user_of
from samsyn.pictures import services
from samsyn.pictures.documents import picture_layout
from samsyn.pictures.models import (
    DraftFinding,
    Picture,
    PrivateDraft,
    StaffCitation,
    StaffDialogue,
)
from samsyn.pictures.tests import build
from samsyn.pictures.tests.build import held

SECRET = "Ingen vågar gå hem ensam"


def test_findings_rest_on_a_dialogue_that_is_written_down(town: Town, client: Client) -> None:
    draft = build.draft(town)
    finding = draft.findings.get()
    client.force_login(user_of(town.coordinator))
    address = reverse("pictures:draft", args=[town.partnership.slug, draft.pk])
    assert "Ingen medarbetardialog är inskriven" in client.get(address).text

    form = {
        "day": clock.today().isoformat(),
        "group": "hemtjänsten",
        "participants": 14,
        "guide": "dialogue",
        "summary": SECRET,
        "findings": [str(finding.pk)],
    }
    write = reverse("pictures:record_staff_dialogue", args=[town.partnership.slug, draft.pk])
    assert client.post(write, form | {"summary": "Anna Svensson, 070-123 45 67, slår"}).status_code == 422
    assert client.post(write, form).status_code == 302

    page = client.get(address).text
    assert "Medarbetardialog, hemtjänsten, " in page and "14 deltagare" in page and SECRET in page
    dialogue = StaffDialogue.objects.get()
    cite = reverse("pictures:cite_staff", args=[town.partnership.slug, finding.pk])
    assert client.post(cite, {}).status_code == 302 and not StaffCitation.objects.exists()
    assert client.post(cite, {"dialogues": [str(dialogue.pk)]}).status_code == 302
    services.drop_finding(finding, by=town.coordinator)
    services.drop_staff_dialogue(dialogue, by=town.coordinator)


def test_what_is_refused(town: Town) -> None:
    draft, other = build.draft(town), build.draft(town, period="2028")
    write = services.record_staff_dialogue
    for wrong, field in (
        (held(day=clock.today() + timedelta(days=1)), "day"),
        (held(participants=0), "participants"),
        (held(summary="Ring 070-123 45 67"), "summary"),
        (held(group="anna.svensson@granvik.example"), "group"),
        (held(led_by="19121212-1212"), "led_by"),
    ):
        with pytest.raises(Invalid) as error:
            write(draft, held=wrong, findings=[], by=town.coordinator)
        assert error.value.field == field
    with pytest.raises(Invalid, match="findings of this draft"):
        write(draft, held=held(), findings=[other.findings.get()], by=town.coordinator)
    with pytest.raises(NotAllowed):
        write(draft, held=held(), findings=[], by=town.chair)

    dialogue = write(draft, held=held(), findings=[], by=town.coordinator)
    again = services.rewrite_staff_dialogue
    again(dialogue, held=held(participants=9), findings=[], seen=1, by=town.coordinator)
    with pytest.raises(Outdated):
        again(dialogue, held=held(), findings=[], seen=1, by=town.coordinator)
    with pytest.raises(Invalid, match="dialogues of this draft"):
        services.cite_staff_dialogues(other.findings.get(), dialogues=[dialogue], by=town.coordinator)


def test_the_other_party_gets_the_source_line_and_nothing_else(town: Town, client: Client) -> None:
    release = build.shared(town)
    draft = PrivateDraft.objects.get()
    services.record_staff_dialogue(draft, held=held(), findings=[draft.findings.get()], by=town.coordinator)
    assert release.payload["content"]["findings"][0]["staff"] == []
    release = build.hand_over(town, draft)

    (said,) = release.payload["content"]["findings"][0]["staff"]
    assert set(said) == {"form", "group", "day", "participants"} and said["participants"] == 14
    assert SECRET not in release.content and "enhetschefen" not in release.content
    picture = build.picture(town)
    point = services.place_finding(picture, release=release, index=0, by=town.coordinator)
    client.force_login(user_of(town.officer))
    for name, key in (("pictures:merge", picture.pk), ("pictures:point", point.pk)):
        page = client.get(reverse(name, args=[town.partnership.slug, key])).text
        assert "Medarbetardialog, hemtjänsten, " in page and "14 deltagare" in page and SECRET not in page
    assert (
        client.get(
            reverse(
                "pictures:rewrite_staff_dialogue",
                args=[town.partnership.slug, StaffDialogue.objects.get().pk],
            )
        ).status_code
        == 404
    )
    search = reverse("overview:search", args=[town.partnership.slug])
    assert SECRET not in client.get(search, {"q": "vågar"}).text
    client.force_login(user_of(town.coordinator))
    assert "hemtjänsten" in client.get(search, {"q": "vågar"}).text
    assert not [one for one in Entry.objects.all() if SECRET in repr((one.changes, one.facts))]


def test_everybody_reads_the_line_without_a_small_number(town: Town, client: Client) -> None:
    draft = build.draft(town)
    finding = draft.findings.get()
    for few in (held(participants=3, guide=StaffDialogue.Guide.INTERVIEW, group="gymnasieskolan"), held()):
        services.record_staff_dialogue(draft, held=few, findings=[finding], by=town.coordinator)
    release = build.hand_over(town, draft)
    picture = build.picture(town)
    point = services.place_finding(picture, release=release, index=0, by=town.coordinator)
    build.agree(town, point)
    endorsed = build.decision(town, build.Decision.Kind.ENDORSE)
    services.endorse_picture(picture, decision=endorsed, by=town.chair)
    adopted = build.adopted(town, Picture.objects.get())

    page = client.get(f"/{town.partnership.slug}/lagesbild/").text

    assert "Intervju, gymnasieskolan, " in page and "få deltagare" in page and "3 deltagare" not in page
    assert "Medarbetardialog, hemtjänsten, " in page and "14 deltagare" in page
    assert adopted.release is not None
    printed = picture_layout(adopted.release.payload["content"], "sv")
    assert "hemtjänsten" in repr(printed) and SECRET not in repr(printed) + page


def test_a_settled_draft_keeps_its_dialogues_unless_they_are_weeded_out(town: Town) -> None:
    picture = build.adopted_picture(town)
    draft = PrivateDraft.objects.get()
    finding = DraftFinding.objects.get()
    kept, gone = (
        services.record_staff_dialogue(draft, held=one, findings=[finding], by=town.coordinator)
        for one in (held(), held(group="fritidsgården"))
    )
    assert picture.is_adopted

    services.weed_draft(draft, also=[], dialogues=[gone], by=town.coordinator)

    told = {str(one.group): str(one.summary) for one in StaffDialogue.objects.order_by("id")}
    assert told == {"hemtjänsten": SECRET, "": ""} and not StaffCitation.objects.exists()
    with pytest.raises(Refused, match="what becomes of this draft"):
        services.drop_staff_dialogue(kept, by=town.coordinator)


def test_the_guides_are_pages_in_both_languages(town: Town, client: Client) -> None:
    client.force_login(user_of(town.chair))
    for name, words in (("medarbetardialog", "Vad syns inte?"), ("intervju", "Ta den senaste gången.")):
        assert words in client.get(reverse("pictures:guide", args=[town.partnership.slug, name])).text
    assert client.get(reverse("pictures:guide", args=[town.partnership.slug, "annan"])).status_code == 404
