"""Newer numbers have come: the next picture begins with what they say of the adopted one."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from samsyn.agreements.tests import build as agreements
from samsyn.core.errors import NotAllowed, Refused
from samsyn.core.journal import Head
from samsyn.council.models import Decision
from samsyn.evidence import tasks
from samsyn.evidence.asking import Question
from samsyn.evidence.models import Dataset, Figure, Revision
from samsyn.evidence.tests import build as evidence
from samsyn.parties.tests.build import Town, user_of
from samsyn.pictures import queries, services
from samsyn.pictures.models import Picture, PrivateDraft
from samsyn.pictures.tests import build

BEFORE = "Kommun;År;Antal stölder\nUmeå;2018;300\nUmeå;2019;450\n"
NOW = f"{BEFORE}Umeå;2020;200\n"


@pytest.fixture
def data(town: Town) -> Dataset:
    agreements.agreement(town)
    return evidence.dataset(town, BEFORE, name="stolder.csv")


@pytest.fixture
def adopted(town: Town, data: Dataset) -> Picture:
    figure = evidence.figure(town, data, question=Question.CHANGE)
    assert isinstance(figure, Figure)
    made = build.agreed_picture(town, figure=figure)
    services.adopt_picture(made, decision=build.decision(town, Decision.Kind.DECIDE), by=town.chair)
    return Picture.objects.get(pk=made.pk)


def come(town: Town, data: Dataset) -> None:
    evidence.dataset(town, NOW, name="nyare.csv", supersedes=data)
    tasks.revise_figures.enqueue(*tasks.ids_of(town.coordinator, town.partnership))


def test_the_draft_says_what_was_said_and_what_the_newer_numbers_say(
    town: Town, data: Dataset, adopted: Picture, client: Client
) -> None:
    come(town, data)
    revision = Revision.objects.get()
    client.force_login(user_of(town.coordinator))
    client.cookies["language"] = "en"
    slug, joint = town.partnership.slug, Head.objects.get(chain=town.partnership.pk).sequence

    assert "Draft the next picture" in client.get(reverse("evidence:revisions", args=[slug])).text
    client.post(reverse("pictures:start_from_new_numbers", args=[slug]))

    finding = PrivateDraft.objects.latest("id").findings.get()
    assert finding.continues == adopted.points.get().pk and finding.secrecy == ""
    assert adopted.points.get().text in finding.text and "Newer numbers: turned round." in finding.text
    assert revision.figure.title in finding.text and revision.successor.title in finding.text  # type: ignore[union-attr]
    assert finding.citations.get().figure == revision.successor
    assert Head.objects.get(chain=town.partnership.pk).sequence == joint


@pytest.mark.parametrize(
    ("adopted", "following"),
    [("2024", "2026"), ("2026", "2027"), ("2025-2026", "2027"), ("2027", "2028"), ("x", "2026")],
)
def test_the_next_picture_is_of_a_later_period(adopted: str, following: str) -> None:
    """The party has a draft of the adopted period already: that is where the picture came from."""
    assert queries.period_after(Picture(period=adopted), date(2026, 5, 4)) == following


def test_what_cannot_be_computed_anew_is_said_and_not_cited(
    town: Town, data: Dataset, adopted: Picture
) -> None:
    come(town, data)
    revision = Revision.objects.get()
    evidence.services.record_revision(
        revision.figure, successor=None, how=Revision.How.CANNOT_SAY, by=town.coordinator
    )

    draft = services.draft_next_picture(
        town.municipality, picture=adopted, period="2029", by=town.coordinator
    )

    assert "cannot say any more" in draft.findings.get().text
    assert "cannot be computed anew" in draft.findings.get().text
    assert not draft.findings.get().citations.exists()


def test_without_newer_numbers_there_is_nothing_to_carry_on(town: Town, adopted: Picture) -> None:
    with pytest.raises(Refused, match="newer numbers"):
        services.draft_next_picture(town.municipality, picture=adopted, period="2029", by=town.coordinator)


def test_the_numbers_of_one_party_say_nothing_to_the_other(
    town: Town, data: Dataset, adopted: Picture, client: Client
) -> None:
    come(town, data)

    with pytest.raises(Refused):
        services.draft_next_picture(town.police, picture=adopted, period="2029", by=town.officer)
    with pytest.raises(NotAllowed):
        services.draft_next_picture(town.municipality, picture=adopted, period="2029", by=town.chair)


def test_whoever_presses_twice_is_led_to_the_draft_that_stands_there(
    town: Town, data: Dataset, adopted: Picture, client: Client
) -> None:
    come(town, data)
    client.force_login(user_of(town.coordinator))
    address = reverse("pictures:start_from_new_numbers", args=[town.partnership.slug])

    first, second = client.post(address), client.post(address)

    assert first.status_code == second.status_code == 302
    assert first["Location"] == second["Location"]


def test_before_a_picture_is_adopted_there_is_no_button(town: Town, data: Dataset, client: Client) -> None:
    evidence.figure(town, data, question=Question.CHANGE)
    come(town, data)
    client.force_login(user_of(town.coordinator))
    client.cookies["language"] = "en"
    slug = town.partnership.slug

    assert "Draft the next picture" not in client.get(reverse("evidence:revisions", args=[slug])).text
    answer = client.post(reverse("pictures:start_from_new_numbers", args=[slug]))
    assert answer.status_code == 409 and "No picture is adopted yet" in answer.text
