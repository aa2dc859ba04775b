"""The adopted picture as a PDF: for those who work with it, and for everybody."""

import pytest
from django.test import Client
from django.urls import reverse

from samsyn.core import printing
from samsyn.core.actors import SYSTEM
from samsyn.graphics.tests.reading import words_of
from samsyn.parties.tests.build import Town, user_of
from samsyn.pictures.tests import build
from samsyn.releases import queries, services, tasks
from samsyn.releases.models import Language, Printout
from samsyn.releases.printing import printed


@pytest.fixture
def client_of(town: Town) -> Client:
    client = Client()
    client.force_login(user_of(town.coordinator))
    return client


def test_the_adopted_picture_is_a_document_with_decision_and_disagreement(town: Town) -> None:
    picture = build.adopted_picture(town)
    assert picture.release

    text = words_of(printed(picture.release, Language.SWEDISH))

    assert "Lägesbild 2027" in text
    assert "Kommunstyrelsen" in text
    assert "§ 12" in text
    assert "Bara i juni." in text
    assert picture.release.hash[:16] in text


def test_the_same_release_gives_the_same_bytes(town: Town) -> None:
    release = build.adopted_picture(town).release
    assert release

    assert printed(release, Language.ENGLISH) == printed(release, Language.ENGLISH)


def test_it_is_being_made_until_a_worker_has_made_it_and_then_stays_the_same_file(
    town: Town, client_of: Client
) -> None:
    release = build.adopted_picture(town).release
    assert release
    address = reverse("releases:document", args=[town.partnership.slug, release.pk, "sv"])
    public = f"/{town.partnership.slug}/utgava/{release.pk}.pdf"
    assert client_of.get(address).status_code == 202
    assert Client().get(public).status_code == 404

    tasks.print_missing.enqueue()
    tasks.print_release.enqueue(str(release.pk))

    made = client_of.get(address)
    assert made["Content-Type"] == "application/pdf"
    assert b"".join(made) == b"".join(Client().get(public))
    assert Printout.objects.visible_to(SYSTEM).filter(release=release).count() == 2
    assert list(queries.unprinted(printing.kinds(), 2)) == []


def test_a_withdrawn_picture_has_no_public_document(town: Town) -> None:
    release = build.adopted_picture(town).release
    assert release
    tasks.print_release.enqueue(str(release.pk))
    services.withdraw(release, by=town.chair)

    assert Client().get(f"/{town.partnership.slug}/utgava/{release.pk}.pdf").status_code == 404


@pytest.mark.parametrize("language", ["de", "zz"])
def test_another_language_is_not_there(town: Town, client_of: Client, language: str) -> None:
    release = build.adopted_picture(town).release
    assert release

    address = reverse("releases:document", args=[town.partnership.slug, release.pk, language])

    assert client_of.get(address).status_code == 404
