"""A correction stands beside the adopted text, for everybody and in the document; never in the text."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from samsyn.core import printing
from samsyn.core.errors import Invalid, NotAllowed, Refused
from samsyn.core.thread import Place, thread
from samsyn.parties.tests.build import Town, user_of
from samsyn.pictures import services
from samsyn.pictures.models import Certainty, Erratum, Picture
from samsyn.pictures.services.drafting import Words
from samsyn.pictures.tests import build
from tests import standing

RIGHT = "Det var 14 fall, inte 41."


@pytest.fixture
def town(db: None, home: Path) -> Town:
    return standing.once(build.adopted_town, home)


@pytest.fixture
def picture(town: Town) -> Picture:
    return Picture.objects.get()


def erratum(town: Town, picture: Picture, **changes: Any) -> Erratum:
    given = {"wrong": "41 fall.", "right": RIGHT, "point": None}
    return services.write_erratum(picture, by=town.coordinator, **given | changes)


def tasks(town: Town, who: str) -> list[str]:
    place = Place(town.partnership.pk, town.partnership.slug)
    return [str(task.title) for task in thread.tasks(town.actors()[who], place)]


def test_both_parties_approve_and_the_one_that_adopted_publishes(
    town: Town, picture: Picture, client: Client
) -> None:
    made = erratum(town, picture, point=picture.points.get())
    public = reverse("publishing:picture", args=[town.partnership.slug])
    with pytest.raises(Refused, match="approves first"):
        services.approve_erratum(made, by=town.chair)
    with pytest.raises(NotAllowed):
        services.approve_erratum(made, by=town.officer)
    assert "Approve a correction of the picture" in tasks(town, "chief")
    services.approve_erratum(made, by=town.chief)
    assert "Approve a correction of the picture" not in tasks(town, "chief")
    with pytest.raises(Refused, match="approved this already"):
        services.approve_erratum(made, by=town.chief)
    assert RIGHT not in client.get(public).text
    before = Picture.objects.get().release
    assert before is not None

    services.approve_erratum(made, by=town.secretary)

    after = Picture.objects.get().release
    assert after is not None and after != before and after.payload["proof"] == before.payload["proof"]
    assert after.payload["content"]["points"] == before.payload["content"]["points"]
    before.refresh_from_db()
    assert before.withdrawn_at is not None
    assert RIGHT in client.get(public).text
    with translation.override("sv"):
        layout = printing.layout("pictures.picture", after.payload["content"], "sv")
    assert RIGHT in str(layout.blocks)
    for act in (services.approve_erratum, services.drop_erratum):
        with pytest.raises(Refused, match="published and stands"):
            act(Erratum.objects.get(), by=town.chief)
    another = erratum(town, Picture.objects.get(), right="Det var 15.")
    services.approve_erratum(another, by=town.chief)
    services.approve_erratum(another, by=town.chair)
    assert RIGHT in client.get(public).text and "Det var 15." in client.get(public).text


def test_what_a_correction_refuses(town: Town, picture: Picture) -> None:
    newer = services.open_picture(town.partnership, period="2029", scope="hela", by=town.coordinator)
    for changes, field in (
        ({"wrong": " "}, "wrong"),
        ({"right": ""}, "right"),
        ({"right": "Ring 070-174 06 05"}, "right"),
    ):
        with pytest.raises(Invalid) as error:
            erratum(town, picture, **changes)
        assert error.value.field == field
    with pytest.raises(Refused, match="not adopted"):
        erratum(town, newer)
    made = erratum(town, picture)
    services.retract_adoption(picture, by=town.chair)
    with pytest.raises(Refused, match="not adopted"):
        services.approve_erratum(made, by=town.chief)


def test_a_finding_of_another_picture_is_not_corrected_here(town: Town, picture: Picture) -> None:
    newer = services.open_picture(town.partnership, period="2029", scope="hela", by=town.coordinator)
    stranger = services.write_point(
        newer, words=Words("A", "B"), certainty=Certainty.FAIRLY, priority=None, by=town.coordinator
    )

    with pytest.raises(Invalid) as error:
        erratum(town, picture, point=stranger)

    assert error.value.field == "point"


def test_the_pages_of_a_correction(town: Town, picture: Picture, client: Client) -> None:
    slug = town.partnership.slug
    client.force_login(user_of(town.officer))
    write = reverse("pictures:write_erratum", args=[slug, picture.pk])
    assert write in client.get(reverse("pictures:picture", args=[slug, picture.pk])).text
    assert client.post(write, {"wrong": "41", "right": "Ring 070-174 06 05"}).status_code == 422
    answer = client.post(write, {"wrong": "41 fall.", "right": RIGHT}, follow=True)
    assert RIGHT in answer.text and "tills båda parterna" in answer.text
    drop = reverse("pictures:drop_erratum", args=[slug, Erratum.objects.get().pk])
    assert RIGHT not in client.post(drop, follow=True).text
    made = erratum(town, picture)
    client.force_login(user_of(town.chief))
    approve = reverse("pictures:approve_erratum", args=[slug, made.pk])
    answer = client.post(approve, follow=True)
    assert "Godkänd av" in answer.text and approve not in answer.text
    services.drop_erratum(made, by=town.coordinator)
    assert not Erratum.objects.exists()
