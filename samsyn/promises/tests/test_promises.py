from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from samsyn.core.actors import VISITOR
from samsyn.core.errors import Invalid, Refused
from samsyn.council.models import Decision
from samsyn.dialogue.tests import build as dialogues
from samsyn.parties.tests.build import Town, user_of
from samsyn.pictures.models import Point
from samsyn.pictures.tests import build as pictures
from samsyn.plans.models import Measure
from samsyn.plans.tests import build as plans
from samsyn.promises import services
from samsyn.promises.models import Outcome, Promise
from samsyn.promises.tests import build
from samsyn.promises.vagueness import has_count, vague_words
from samsyn.releases.models import Release
from tests import standing


@pytest.fixture
def town(db: None, home: Path) -> Town:
    return standing.once(pictures.adopted_town, home)


@pytest.fixture
def measure(town: Town) -> Measure:
    return plans.measure(town, Point.objects.get())


def test_both_approve_before_anybody_else_sees_it(town: Town, measure: Measure) -> None:
    promise = build.promise(town, measure, themes=[])
    services.approve_promise(promise, by=town.chair)

    with pytest.raises(Refused, match="Lokalpolisområde Granvik has not approved"):
        services.publish_promise(promise, by=town.coordinator)

    services.approve_promise(promise, by=town.chief)
    release = services.publish_promise(promise, by=town.officer)
    assert Release.objects.visible_to(VISITOR).get(kind="promises.promise") == release


def test_approvals_fall_when_the_words_change_and_words_are_frozen_when_published(
    town: Town, measure: Measure
) -> None:
    promise = build.promise(town, measure, themes=[])
    services.approve_promise(promise, by=town.chair)
    names = ("how_often", "how_seen", "starts", "ends", "contact")
    given = {name: getattr(promise, name) for name in names}

    services.rewrite_promise(promise, text="Annat", seen=promise.version, by=town.coordinator, **given)

    assert not promise.approvals.exists()
    for actor in (town.chair, town.chief):
        services.approve_promise(promise, by=actor)
    services.publish_promise(promise, by=town.coordinator)
    with pytest.raises(Refused, match="published"):
        services.rewrite_promise(promise, text="x", seen=3, by=town.coordinator, **given)


def test_not_kept_needs_a_why_and_the_newest_release_is_the_only_one(town: Town, measure: Measure) -> None:
    promise = build.published(town, measure, themes=[])

    with pytest.raises(Invalid, match="why"):
        services.report_promise(
            promise, outcome=Outcome.NOT_KEPT, done="Inget.", why="", next_step="", by=town.coordinator
        )
    services.report_promise(
        promise, outcome=Outcome.NOT_KEPT, done="Inget.", why="Vakans.", next_step="", by=town.officer
    )

    shown = Release.objects.visible_to(VISITOR).get(kind="promises.promise")
    assert shown.payload["content"]["outcome"] == "not_kept"
    assert shown.payload["content"]["reports"][0]["why"] == "Vakans."


def test_what_citizens_said_is_counted_and_quoted(town: Town, measure: Measure) -> None:
    dialogue = dialogues.dialogue(town)
    voices = [dialogues.voice(town, dialogue) for _ in range(3)]
    theme = dialogues.theme(town, dialogue, voices=voices)

    promise = build.published(town, measure, themes=[theme])

    assert promise.release
    assert promise.release.payload["content"]["said"][0]["heard"] == 3


def test_a_decided_absence_closes_the_gap(town: Town, measure: Measure) -> None:
    decision = pictures.decision(town, Decision.Kind.ENDORSE)

    services.decide_no_promise(measure, decision=decision, why="Hör inte hit.", by=town.coordinator)

    with pytest.raises(Refused, match="already"):
        services.decide_no_promise(measure, decision=decision, why="x", by=town.coordinator)


def test_vague_words_are_pointed_out() -> None:
    assert vague_words("Vi ska eftersträva att vid behov finnas på plats") == ["eftersträva", "vid behov"]
    assert vague_words("Två kvällar i veckan") == []
    assert has_count("Två kvällar i veckan")
    assert not has_count("Ofta")


def test_a_citizen_reads_it_in_both_languages_without_cookies(
    town: Town, measure: Measure, client: Client
) -> None:
    build.published(town, measure, themes=[])

    for address in ("/granvik/loften/", "/en/granvik/promises/"):
        page = client.get(address)
        assert page.status_code == 200 and "Ljus gångväg" in page.text
        assert not page.cookies


def test_the_whole_way_in_the_browser(town: Town, measure: Measure, client: Client) -> None:
    promise = build.promise(town, measure, themes=[])
    slug = town.partnership.slug
    for actor, page in ((town.chair, "approve"), (town.chief, "approve"), (town.coordinator, "publish")):
        client.force_login(user_of(actor))
        assert client.post(reverse(f"promises:{page}", args=[slug, promise.pk])).status_code == 302
    wrong = {"outcome": "not_kept", "done": "Inget blev gjort.", "why": ""}
    answer = client.post(reverse("promises:report", args=[slug, promise.pk]), wrong)
    assert answer.status_code == 422 and "Inget blev gjort." in answer.text
    assert Promise.objects.get(pk=promise.pk).outcome == "running"
