from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from samsyn.core import clock
from samsyn.core.actors import VISITOR
from samsyn.core.errors import Invalid, Missing, NotAllowed, Refused
from samsyn.dialogue import queries, services
from samsyn.dialogue.models import Dialogue, Voice
from samsyn.dialogue.tests import build
from samsyn.parties.tests.build import Town, user_of
from samsyn.releases.models import Release
from samsyn.releases.services import withdraw


def test_a_citizen_answers_once_and_gets_a_receipt(town: Town) -> None:
    dialogue = build.dialogue(town)
    submission = uuid4()

    code = services.answer(dialogue, text="Mörkt i tunneln.", submission=submission, by=VISITOR)

    with pytest.raises(Refused, match="already"):
        services.answer(dialogue, text="Mörkt i tunneln.", submission=submission, by=VISITOR)
    found = queries.voice_behind(dialogue, code.lower())
    assert found and found.text == "Mörkt i tunneln."
    assert Voice.objects.count() == 1
    assert code.replace("-", "") not in str(list(Voice.objects.values()))


def test_an_answer_that_points_out_a_person_is_refused_before_it_is_stored(town: Town) -> None:
    dialogue = build.dialogue(town)

    with pytest.raises(Invalid, match="19121212-1212"):
        services.answer(dialogue, text="Det var 19121212-1212.", submission=uuid4(), by=VISITOR)

    assert not Voice.objects.exists()


def test_a_closed_dialogue_takes_no_answers(town: Town) -> None:
    dialogue = build.dialogue(town)

    with clock.at(clock.now() + timedelta(days=60)), pytest.raises(Refused, match="closed"):
        services.answer(dialogue, text="För sent.", submission=uuid4(), by=VISITOR)


def test_an_unpublished_dialogue_is_not_there_for_citizens(town: Town) -> None:
    published = build.dialogue(town)
    hidden = services.open_dialogue(
        town.partnership,
        question="Ännu inte ställd?",
        introduction="",
        about=Dialogue.About.MEASURES,
        area=published.area,
        opens=clock.today(),
        closes=clock.today(),
        by=town.officer,
    )

    with pytest.raises(Missing):
        services.answer(hidden, text="Hej hej.", submission=uuid4(), by=VISITOR)


def test_voices_are_counted_and_quoted_in_their_theme(town: Town) -> None:
    dialogue = build.dialogue(town)
    voices = [build.voice(town, dialogue, text=f"Mörkt vid port {number}.") for number in (1, 2, 3)]

    theme = build.theme(town, dialogue, voices=voices[:2])
    services.refuse_voice(voices[2], reason=Voice.Reason.OTHER_QUESTION, by=town.officer)

    count = queries.theme_count(theme)
    assert count.heard == 2
    assert count.quotes == ["Mörkt vid port 1.", "Mörkt vid port 2."]
    content = queries.dialogue_content(dialogue)
    assert (content["heard"], content["refused"]) == (2, 1)


def test_a_withdrawn_answer_is_no_longer_used(town: Town) -> None:
    dialogue = build.dialogue(town)
    code = services.answer(dialogue, text="Jag ångrar mig.", submission=uuid4(), by=VISITOR)

    services.withdraw_voice(dialogue, code=code, by=VISITOR)

    voice = Voice.objects.get()
    with pytest.raises(Refused, match="withdrawn"):
        services.accept_voice(voice, by=town.coordinator)
    with pytest.raises(Missing):
        services.withdraw_voice(dialogue, code="AAAA-AAAA-AAAA-AAAA", by=VISITOR)


def test_only_editors_moderate(town: Town) -> None:
    voice = build.voice(town, build.dialogue(town))

    for actor in (town.chair, town.chief):
        with pytest.raises(NotAllowed):
            services.accept_voice(voice, by=actor)
    for actor in (town.auditor, town.administrator, town.outsider, VISITOR):
        with pytest.raises(Missing):
            services.accept_voice(voice, by=actor)


def test_the_coordinator_asks_reads_and_summarises_in_the_browser(town: Town, client: Client) -> None:
    client.force_login(user_of(town.coordinator))
    slug = town.partnership.slug
    wrong = {"question": "Hur är det?", "about": "picture", "opens": "2027-02-01", "closes": "2027-01-01"}
    area = build.dialogue(town).area
    answer = client.post(reverse("dialogue:new", args=[slug]), wrong | {"area": area.pk})
    assert answer.status_code == 422 and "Hur är det?" in answer.text

    today = clock.today().isoformat()
    right = wrong | {"area": area.pk, "opens": today, "closes": today}
    page = client.post(reverse("dialogue:new", args=[slug]), right, follow=True)
    assert page.status_code == 200 and "Hur är det?" in page.text

    dialogue = Dialogue.objects.get(question="Hur är det?")
    client.post(reverse("dialogue:publish", args=[slug, dialogue.pk]))
    voice = build.voice(town, dialogue)
    client.post(reverse("dialogue:accept", args=[slug, voice.pk]))
    client.post(reverse("dialogue:add_theme", args=[slug, dialogue.pk]), {"title": "Ljus"})
    theme = dialogue.themes.get()
    client.post(reverse("dialogue:sort", args=[slug, voice.pk]), {"theme": theme.pk, "is_quoted": "on"})
    client.post(reverse("dialogue:summarise", args=[slug, dialogue.pk]), {"not_heard": "De yngsta."})

    release = Dialogue.objects.get(pk=dialogue.pk).release
    assert release and release.payload["content"]["themes"][0]["quotes"] == [voice.text]
    assert client.get(reverse("dialogue:index", args=[slug])).status_code == 200


def test_either_party_may_show_it_again_after_the_other_withdrew_it(town: Town) -> None:
    dialogue = build.dialogue(town)
    assert dialogue.release
    withdraw(dialogue.release, by=town.coordinator)
    assert dialogue.release in Release.objects.visible_to(town.officer)
    assert dialogue.release not in Release.objects.visible_to(VISITOR)

    shown = services.summarise(dialogue, not_heard="De yngsta.", by=town.officer)

    assert shown in Release.objects.visible_to(VISITOR)


@pytest.mark.parametrize("page", ["", "kvitto/"])
def test_a_form_sent_with_nothing_in_it_says_so(town: Town, client: Client, page: str) -> None:
    answer = client.post(f"/granvik/dialog/{build.dialogue(town).pk}/{page}")

    assert answer.status_code == 422 and "error" in answer.text
