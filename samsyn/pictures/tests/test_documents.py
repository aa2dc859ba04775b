"""The adopted picture as a PDF: for those who work with it, and for everybody."""

import io

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse

from samsyn.core.actors import SYSTEM
from samsyn.parties.tests.build import Town, user_of
from samsyn.pictures.tests import build
from samsyn.releases import printing, queries, services, tasks
from samsyn.releases.models import Language, Printout


def words_of(pdf: bytes) -> str:
    """The document's text as a screen reader meets it: the texts of its structure, in order."""
    found: list[str] = []

    with pikepdf.open(io.BytesIO(pdf)) as document:
        maps = {}
        for page in document.pages:
            for name, font in page.Resources.Font.items():
                maps[name] = _letters(font.ToUnicode.read_bytes().decode("latin-1"))
            font = {}
            for operands, operator in pikepdf.parse_content_stream(page):
                if str(operator) == "Tf":
                    font = maps[str(operands[0])]
                elif str(operator) == "TJ":
                    for piece in operands[0]:
                        if isinstance(piece, pikepdf.String):
                            raw = bytes(piece)
                            codes = [int.from_bytes(raw[i : i + 2], "big") for i in range(0, len(raw), 2)]
                            found.append("".join(font.get(code, "") for code in codes))
                elif str(operator) == "Tj":
                    raw = bytes(operands[0])
                    codes = [int.from_bytes(raw[i : i + 2], "big") for i in range(0, len(raw), 2)]
                    found.append("".join(font.get(code, "") for code in codes))
    return "".join(found)


def _letters(cmap: str) -> dict[int, str]:
    letters = {}
    inside = False
    for line in cmap.splitlines():
        if line.endswith("beginbfchar"):
            inside = True
        elif line == "endbfchar":
            inside = False
        elif inside:
            code, _, letter = line.partition("> <")
            letters[int(code.strip("<>"), 16)] = bytes.fromhex(letter.strip("<> ")).decode("utf-16-be")
    return letters


@pytest.fixture
def client_of(town: Town) -> Client:
    client = Client()
    client.force_login(user_of(town.coordinator))
    return client


def test_the_adopted_picture_is_a_document_with_decision_and_disagreement(town: Town) -> None:
    picture = build.adopted_picture(town)
    assert picture.release

    text = words_of(printing.printed(picture.release, Language.SWEDISH))

    assert "Lägesbild 2027" in text
    assert "Kommunstyrelsen" in text
    assert "§ 12" in text
    assert "Bara i juni." in text
    assert picture.release.hash[:16] in text


def test_the_same_release_gives_the_same_bytes(town: Town) -> None:
    release = build.adopted_picture(town).release
    assert release

    assert printing.printed(release, Language.ENGLISH) == printing.printed(release, Language.ENGLISH)


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
    assert made.content == Client().get(public).content
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
