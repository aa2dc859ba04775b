"""A figure leaves as a text to quote, a drawing and a workbook, each opened again and compared."""

import io
import xml.etree.ElementTree as ET

import openpyxl
from django.test import Client
from django.urls import reverse

from samsyn.core import journal
from samsyn.core.citing import citation
from samsyn.evidence import queries
from samsyn.evidence.asking import Question
from samsyn.evidence.models import Dataset, Figure
from samsyn.evidence.tests import build
from samsyn.parties.tests.build import Town, user_of


def made(town: Town) -> Figure:
    figure = build.figure(town)
    assert isinstance(figure, Figure)
    return figure


def test_a_citation_has_number_interval_source_day_caveat_and_link(town: Town) -> None:
    payload = queries.figure_payload(made(town))

    said = citation(payload, language="sv", link="https://samsyn.example/umea/laget/#d-1")
    english = citation(payload, language="en")

    sentence, number, source, computed, caveat, link = said.split("\n")
    assert sentence.startswith("Totalt antal brott i Umeå") and sentence.endswith("invånare.")
    assert "95 procents intervall" in number and "–" in number and "Brå, anmälda brott" in source
    assert computed.startswith("Räknades fram ") and caveat.startswith("Att tänka på: ")
    assert link == "https://samsyn.example/umea/laget/#d-1"
    assert "95 per cent interval" in english and "https" not in english


def test_what_has_no_number_or_no_limits_is_cited_without_them() -> None:
    bare = {"sentence": {"sv": "Det går inte att säga."}, "source": {"sv": "Källa: Brå."}}

    assert citation(bare, language="sv") == "Det går inte att säga.\nKälla: Brå."
    known = citation(bare | {"number": "1.50", "unit": {"sv": "gånger så många"}}, language="sv")
    assert known == "Det går inte att säga.\n1,50 gånger så många.\nKälla: Brå."
    assert "∞" in citation(bare | {"number": "2", "interval": {"low": "1", "high": None}}, language="sv")


def test_the_workbook_holds_the_table_and_what_it_says(town: Town, client: Client) -> None:
    figure = made(town)
    client.force_login(user_of(town.coordinator))

    answer = client.get(reverse("evidence:figure_xlsx", args=[town.partnership.slug, figure.pk]))

    table, told = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets
    content = figure.unpacked("result")["table"]
    expected = [[cell["sv"] for cell in row] for row in (content["columns"], *content["rows"])]
    assert [[cell or "" for cell in row] for row in table.iter_rows(values_only=True)] == expected
    assert str(figure.title) in str(told.cell(1, 1).value)
    assert journal.Entry.objects.get(command="evidence.record_export").facts["form"] == "xlsx"


def test_the_drawing_stands_alone_with_its_words(town: Town, client: Client) -> None:
    figure = made(town)
    client.force_login(user_of(town.coordinator))

    answer = client.get(reverse("evidence:figure_svg", args=[town.partnership.slug, figure.pk]))

    drawing = ET.fromstring(answer.content)
    names = [child.tag.rpartition("}")[2] for child in drawing]
    assert drawing.tag.endswith("svg") and names[:2] == ["title", "desc"]
    assert b"var(" not in answer.content and answer["Content-Type"] == "image/svg+xml"
    assert journal.Entry.objects.get(command="evidence.record_export").chain == town.municipality.pk


def test_only_what_may_be_published_is_offered_to_cite(town: Town, client: Client) -> None:
    few = build.SERIES.replace("430", "3")
    own = build.dataset(town, few, name="eget.csv", origin=Dataset.Origin.OWN)
    open_figure, hidden = made(town), build.figure(town, own, question=Question.CHANGE)
    client.force_login(user_of(town.coordinator))
    slug = town.partnership.slug

    page = client.get(reverse("evidence:figure", args=[slug, open_figure.pk])).text

    assert 'id="siffra-cite-sv"' in page and 'id="siffra-cite-en"' in page
    assert "siffra-cite" not in client.get(reverse("evidence:figure", args=[slug, hidden.pk])).text
