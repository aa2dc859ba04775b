"""A figure on the public site: quoted at an address that stays, and taken along as it stands there."""

import csv
import io
import re
from datetime import timedelta

import docx
import pytest
from django.test import Client

from samsyn.core import clock, limits
from samsyn.evidence.models import Figure
from samsyn.evidence.tests import build as figures
from samsyn.parties.tests.build import Town
from samsyn.pictures.models import Picture
from samsyn.pictures.services import retract_adoption
from samsyn.pictures.tests import build
from samsyn.releases.models import Release

FORMS = ("docx", "pptx", "png", "svg", "xlsx", "csv", "parquet", "json")


@pytest.fixture
def shown(town: Town) -> Picture:
    figure = figures.figure(town)
    assert isinstance(figure, Figure)
    return build.adopted_picture(town, figure=figure)


def quoted(page: str) -> str:
    """The address in the text to cite."""
    found = re.search(r"https?://[^/\s]+(/[^\s<]+)</textarea>", page)
    assert found
    return found[1]


def test_a_citation_leads_to_the_picture_that_was_quoted(town: Town, shown: Picture, client: Client) -> None:
    address = quoted(client.get("/granvik/lagesbild/").text)
    english = quoted(client.get("/en/granvik/picture/").text)
    assert shown.release and address == f"/granvik/lagesbild/{shown.release.pk}/#d-1-1"
    assert english == f"/en/granvik/picture/{shown.release.pk}/#d-1-1"

    with clock.at(clock.now() + timedelta(days=1)):
        build.adopted_picture(town, period="2028")

        first = client.get(address.partition("#")[0])
        newest = client.get("/granvik/lagesbild/").text
        assert first.status_code == 200 and 'id="d-1-1"' in first.text
        assert "Det finns en nyare lägesbild" in first.text and "nyare lägesbild" not in newest
        assert quoted(first.text) == address and 'id="d-1-1"' not in newest


def test_how_it_was_computed_names_the_method_as_readers_know_it(shown: Picture, client: Client) -> None:
    swedish, english = client.get("/granvik/lagesbild/").text, client.get("/en/granvik/picture/").text

    assert "<dd>Antal per invånare med exakt intervall, version 1<br>" in swedish
    assert "<dd>Rate with exact interval, version 1<br>" in english
    assert swedish.count("<code>rate</code>") == 1  # in small print, for who looks the method up


def test_a_figure_is_taken_along_with_the_address_where_it_was_read(
    town: Town, shown: Picture, client: Client
) -> None:
    page = client.get("/granvik/lagesbild/").text
    links = re.findall(r'href="(/granvik/lagesbild/[^"]+/1-1\.(\w+))"', page)
    assert [form for _link, form in links] == list(FORMS)

    files = {form: client.get(link) for link, form in links}

    assert {answer.status_code for answer in files.values()} == {200}
    assert all(answer.content for answer in files.values())
    heads, row = csv.reader(io.StringIO(files["csv"].content.decode("utf-8-sig")), delimiter=";")
    said = dict(zip(heads, row, strict=True))
    assert said["Länk"].endswith(quoted(page))
    assert said["Antal"] == "931" and "95 procents intervall" in said["Resultat"]
    assert said["Metod"] == "Antal per invånare med exakt intervall, version 1"
    assert docx.Document(io.BytesIO(files["docx"].content)).paragraphs[0].text == said["Utsaga"]
    in_english = client.get(f"/en{links[5][0].replace('lagesbild', 'picture')}").content.decode()
    assert "Rate with exact interval, version 1" in in_english


def test_who_fetches_without_end_is_stopped(shown: Picture, client: Client) -> None:
    assert shown.release
    page = f"/granvik/lagesbild/{shown.release.pk}/1-1.csv"

    answers = [client.get(page).status_code for _ in range(limits.PUBLIC_FILE.tries + 1)]

    assert answers[0] == answers[-2] == 200 and answers[-1] == 429


def test_what_is_withdrawn_or_was_never_there_is_missing(town: Town, shown: Picture, client: Client) -> None:
    assert shown.release
    page = f"/granvik/lagesbild/{shown.release.pk}/"
    other = Release.objects.exclude(pk=shown.release.pk).values_list("pk", flat=True).first()
    for wrong in ("0-1.csv", "1-0.csv", "1-2.csv", "9-1.csv", "1-1.exe", "1-1.indicator"):
        assert client.get(page + wrong).status_code == 404
    assert client.get(f"/granvik/lagesbild/{other}/").status_code == 404
    assert client.get(page.replace("granvik", "tallnas")).status_code == 404

    retract_adoption(shown, by=town.chair)

    assert [client.get(page + name).status_code for name in ("", "1-1.csv", "1-1.png")] == [404, 404, 404]
