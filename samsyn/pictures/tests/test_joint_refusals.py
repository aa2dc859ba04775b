"""What the commands about the joint picture refuse."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from samsyn.core.errors import Invalid, Missing, Refused
from samsyn.council.models import Decision
from samsyn.dialogue.tests import build as dialogues
from samsyn.parties.tests.build import Town, user_of
from samsyn.pictures import services
from samsyn.pictures.models import Picture, Point, PointVoice, Stance
from samsyn.pictures.tests import build
from samsyn.releases import services as releases


def test_an_adopted_picture_is_not_endorsed_again(town: Town) -> None:
    adopted = build.adopted_picture(town)
    decision = build.decision(town, Decision.Kind.ENDORSE)

    with pytest.raises(Refused, match="already adopted"):
        services.endorse_picture(adopted, decision=decision, by=town.chair)


def test_a_picture_is_adopted_by_a_decision_and_not_by_the_council_alone(town: Town) -> None:
    picture = build.agreed_picture(town)

    with pytest.raises(Invalid, match="decision by which the body adopted"):
        services.adopt_picture(picture, decision=build.decision(town, Decision.Kind.ENDORSE), by=town.chair)

    assert not Picture.objects.get(pk=picture.pk).is_adopted


def test_what_was_taken_back_is_not_taken_in(town: Town) -> None:
    shared, picture = build.shared(town), build.picture(town)
    releases.withdraw(shared, by=town.coordinator)

    with pytest.raises(Refused, match="has been withdrawn"):
        services.place_finding(picture, release=shared, index=0, by=town.officer)

    assert not Point.objects.exists()


def test_a_finding_is_joined_only_with_one_of_the_same_picture(town: Town) -> None:
    point = build.adopted_picture(town).points.get()
    theirs = build.shared(town, by="officer")
    second = services.open_picture(town.partnership, period="2031", scope="allt", by=town.coordinator)

    with pytest.raises(Missing):
        services.place_finding(second, release=theirs, index=0, point=point, by=town.officer)

    assert point.sources.count() == 1


def test_a_difference_has_words(town: Town) -> None:
    point = services.place_finding(
        build.picture(town), release=build.shared(town), index=0, by=town.coordinator
    )

    with pytest.raises(Invalid, match="how your party sees it"):
        services.take_stance(point, position=Stance.Position.DIFFERS, note=" ", by=town.officer)

    assert not Stance.objects.exists()


def test_a_finding_rests_on_a_theme_once(town: Town) -> None:
    dialogue = dialogues.dialogue(town)
    theme = dialogues.theme(town, dialogue, voices=[dialogues.voice(town, dialogue)])
    point = services.place_finding(
        build.picture(town), release=build.shared(town), index=0, by=town.coordinator
    )
    services.add_voice(point, theme=theme, by=town.coordinator)

    with pytest.raises(Refused, match="rests on that theme"):
        services.add_voice(point, theme=theme, by=town.coordinator)

    assert PointVoice.objects.count() == 1


def test_a_share_that_nobody_made_is_missing(town: Town, client: Client) -> None:
    picture = build.picture(town)
    client.force_login(user_of(town.coordinator))

    address = reverse("pictures:place", args=[town.partnership.slug, picture.pk, uuid4(), 0])

    assert client.post(address).status_code == 404
