"""A figure leaves as a text to quote, a drawing and a workbook, each opened again and compared."""

import csv
import io
import json
import xml.etree.ElementTree as ET
from typing import Any

import docx
import openpyxl
import pptx
from django.test import Client
from django.urls import reverse
from PIL import Image

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


def file_of(figure: Figure, town: Town, client: Client, form: str) -> bytes:
    client.force_login(user_of(town.coordinator))
    answer = client.get(reverse(f"evidence:figure_{form}", args=[town.partnership.slug, figure.pk]))
    assert answer.status_code == 200 and f'.{form}"' in answer["Content-Disposition"]
    return bytes(answer.content)


def carried_in(text: str) -> bool:
    """All that must go along with the numbers, wherever they go."""
    wanted = (
        "Totalt antal brott i Umeå",
        "95 procents intervall 710–808",
        "december 2016",
        "Brå, anmälda brott",
        "Antal per invånare med exakt intervall",
        "Räknades fram: ",
        "Långt ifrån alla brott anmäls",
        "/underlag/diagram/",
    )
    missing = [words for words in wanted if words not in " ".join(text.split())]
    assert not missing, (missing, text)
    return True


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
    heads, *rows = table.iter_rows(values_only=True)
    content = figure.unpacked("result")["table"]
    assert list(heads) == [cell["sv"] for cell in content["columns"]]
    # as numbers: 931 among 122 892, and its exact limits rounded as they are shown
    assert rows == [("december 2016", 931, 758, 710, 808)]
    assert [one.value for one in told[1]] == ["Utsaga", figure.title]
    assert carried_in("\n".join(f"{name}: {text}" for name, text in told.values))
    assert journal.Entry.objects.get(command="evidence.record_export").facts["form"] == "xlsx"


def test_the_drawing_stands_alone_with_its_words(town: Town, client: Client) -> None:
    figure = made(town)
    client.force_login(user_of(town.coordinator))

    answer = client.get(reverse("evidence:figure_svg", args=[town.partnership.slug, figure.pk]))

    assert carried_in(answer.content.decode())
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


def test_the_table_for_programs_has_numbers_and_all_that_limits_them(town: Town, client: Client) -> None:
    import polars as pl

    figure = made(town)

    heads, row = csv.reader(
        io.StringIO(file_of(figure, town, client, "csv").decode("utf-8-sig")), delimiter=";"
    )
    parquet = file_of(figure, town, client, "parquet")

    assert row[:5] == ["december 2016", "931", "758", "710", "808"]
    assert carried_in("\n".join(map(": ".join, zip(heads, row, strict=True))))
    assert pl.read_parquet(io.BytesIO(parquet)).row(0) == ("december 2016", 931.0, 758.0, 710.0, 808.0)
    assert carried_in("\n".join(map(": ".join, pl.read_parquet_metadata(io.BytesIO(parquet)).items())))
    whole = json.loads(file_of(figure, town, client, "json"))
    assert whole["estimate"]["count"] == "931.0"
    assert carried_in(whole["carried"]["sentence"] + "\n".join(map(": ".join, whole["carried"]["facts"])))


def test_the_picture_in_dots_has_its_words_inside(town: Town, client: Client) -> None:
    picture = Image.open(io.BytesIO(file_of(made(town), town, client, "png")))

    assert picture.width == 1600 and picture.height > 800
    assert carried_in(picture.info["Description"])


def test_the_document_holds_sentence_drawing_facts_and_table(town: Town, client: Client) -> None:
    found = docx.Document(io.BytesIO(file_of(made(town), town, client, "docx")))

    first, *others = found.paragraphs
    assert first.style.name == "Heading 1"
    assert carried_in("\n".join([first.text, *(one.text for one in others)]) + str(links_of(found.part)))
    assert found.inline_shapes[0]._inline.docPr.get("descr").startswith("Totalt antal brott i Umeå per")
    assert [cell.text for cell in found.tables[0].rows[1].cells] == [
        "december 2016",
        "931",
        "758",
        "710",
        "808",
    ]


def test_the_slide_holds_sentence_drawing_and_facts(town: Town, client: Client) -> None:
    shown = pptx.Presentation(io.BytesIO(file_of(made(town), town, client, "pptx")))

    (slide,) = shown.slides
    assert carried_in("\n".join(one.text_frame.text for one in slide.shapes if one.has_text_frame))
    (picture,) = [one for one in slide.shapes if not one.has_text_frame]
    assert picture.left + picture.width <= shown.slide_width
    assert picture.top + picture.height <= shown.slide_height


def links_of(part: Any) -> list[str]:
    return [one.target_ref for one in part.rels.values() if one.is_external]


def test_a_file_says_that_it_is_not_for_everybody(town: Town, client: Client) -> None:
    few = build.SERIES.replace("430", "3")
    own = build.dataset(town, few, name="eget.csv", origin=Dataset.Origin.OWN)
    hidden = build.figure(town, own, question=Question.CHANGE)
    assert isinstance(hidden, Figure)

    assert "Att tänka på: Får inte publiceras." in file_of(hidden, town, client, "svg").decode()
    assert "Får inte publiceras" not in file_of(made(town), town, client, "svg").decode()
