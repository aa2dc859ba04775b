"""The evidence room in the browser, with the worker doing its part."""

import json
from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from samsyn.core.actors import Actor
from samsyn.evidence import services
from samsyn.evidence.models import Dataset, Figure, FigureOrder, Population, Upload
from samsyn.evidence.tests import build
from samsyn.parties.models import Organisation
from samsyn.parties.tests.build import Town, user_of

REAL = Path(__file__).resolve().parents[4] / "shared/real/bra_sol/databasfil_2016-12_alla_kommuner_prel.txt"
DESCRIBED = {
    "title": "Anmälda brott december 2016",
    "source_name": "Brå, anmälda brott",
    "licence": "Fri återanvändning",
    "collected_by": "Brå",
    "origin": "published",
}


def url(town: Town, name: str, *args: object) -> str:
    return reverse(f"evidence:{name}", args=[town.partnership.slug, *args])


def sign_in(client: Client, actor: Actor) -> None:
    client.force_login(user_of(actor))


def send(client: Client, town: Town, content: bytes, name: str = "databasfil.txt") -> Upload:
    client.post(url(town, "new_file"), {"file": SimpleUploadedFile(name, content)})
    return Upload.objects.latest("received_at")


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_page_of_an_empty_room_opens_and_says_what_to_do(
    town: Town, client: Client, language: str
) -> None:
    sign_in(client, town.coordinator)
    client.cookies["language"] = language

    for name in ("index", "new_file", "population", "new_figure"):
        assert client.get(url(town, name)).status_code == 200

    assert ("Brå" in client.get(url(town, "index")).text) is True


@pytest.mark.parametrize("changed", [931, 1931])
def test_from_a_file_to_a_checked_figure(town: Town, client: Client, changed: int) -> None:
    """The main job: upload, keep, population, question, figure, check. No number is in the code."""
    sign_in(client, town.coordinator)
    client.cookies["language"] = "en"
    content = REAL.read_bytes() if REAL.exists() else build.BRA.encode("cp1252")
    was = "Umeå kommun;Totalt antal brott;2016 prel.;Dec;931;".encode("cp1252")
    assert content.count(was) == 1
    upload = send(client, town, content.replace(was, was.replace(b"931", str(changed).encode())))

    page = client.get(url(town, "file", upload.pk))
    assert "preliminary" in page.text and "Keep the figures" in page.text
    client.post(url(town, "accept", upload.pk), DESCRIBED)
    data = Dataset.objects.get()
    assert str(changed) in client.get(url(town, "dataset", data.pk), {"q": "umeå totalt"}).text

    address = url(town, "new_figure") + f"?datasets={data.pk}"
    asked = {
        "question": "rate",
        "measure": "Totalt antal brott\x1fcount",
        "area": "municipality\x1f2480\x1fUmeå",
        "period": "2016-12-01\x1f2016-12-31",
    }
    refused = client.post(address, asked)
    assert refused.status_code == 422 and "population of Umeå" in refused.text
    build.population(town)
    page = client.post(address, asked, follow=True)

    figure = Figure.objects.get()
    shown = f"{changed / 122_892 * 100_000:,.0f}"
    assert f"{shown} reported per 100,000 inhabitants" in page.text
    assert f'<td class="num">{changed:,}</td>' in page.text
    assert page.text.count("<svg") >= 2
    client.cookies["language"] = "sv"
    assert "anmälda per 100" in client.get(url(town, "figure", figure.pk)).text
    client.cookies["language"] = "en"
    client.post(url(town, "check_figure", figure.pk))
    assert "It came out the same" in client.get(url(town, "figure", figure.pk)).text
    assert f";{changed};" in client.get(url(town, "figure_csv", figure.pk)).text
    whole = json.loads(client.get(url(town, "figure_json", figure.pk)).text)
    assert whole["estimate"]["count"] == f"{changed}.0" and whole["svg"]["wide"].startswith("<svg")
    assert client.get(url(town, "dataset_csv", data.pk)).status_code == 200
    assert client.get(url(town, "dataset_parquet", data.pk)).status_code == 200
    assert client.get(url(town, "index")).status_code == 200


def test_a_file_with_a_personal_number_is_refused_and_nothing_is_kept(
    town: Town, client: Client, home: Path
) -> None:
    sign_in(client, town.coordinator)
    client.cookies["language"] = "en"
    text = "Kommun;År;Antal;Anmärkning\nUmeå;2016;5;19121212-1212 ringde\nUmeå;2017;6;\n"

    upload = send(client, town, text.encode(), "lista.csv")

    page = client.get(url(town, "file", upload.pk))
    assert "nothing was kept" in page.text and "1212" not in page.text.replace(str(upload.pk), "")
    assert not list((home / "quarantine").iterdir()) and not list((home / "objects").iterdir())


def test_an_empty_file_and_no_file_are_answered_with_a_sentence(town: Town, client: Client) -> None:
    sign_in(client, town.coordinator)
    client.cookies["language"] = "en"

    empty = client.post(
        url(town, "new_file"), {"file": SimpleUploadedFile("tom.csv", b""), "source_name": "Tomkällan"}
    )
    none = client.post(url(town, "new_file"), {"source_name": "Tomkällan"})

    assert empty.status_code == none.status_code == 422
    assert "The file is empty" in empty.text and "Tomkällan" in empty.text and "Tomkällan" in none.text


def test_questions_are_answered_and_remembered_for_the_source(town: Town, client: Client) -> None:
    sign_in(client, town.coordinator)
    client.cookies["language"] = "en"
    text = "Kommun;Antal stölder\nUmeå;12\nVännäs;3\n"
    upload = send(client, town, text.encode(), "lista.csv")
    assert "Which period" in client.get(url(town, "file", upload.pk)).text
    assert client.post(url(town, "accept", upload.pk), DESCRIBED).status_code == 422

    form = client.get(url(town, "file", upload.pk)).context["answers_form"]
    fields = {name: field.initial or "2016" for name, field in form.fields.items()}
    client.post(url(town, "interpret", upload.pk), fields)
    page = client.post(url(town, "accept", upload.pk), DESCRIBED, follow=True)

    assert page.status_code == 200
    assert Dataset.objects.get().period_end == date(2016, 12, 31)


def test_population_is_entered_with_its_source_and_what_was_wrong_is_kept(town: Town, client: Client) -> None:
    sign_in(client, town.coordinator)
    right = {"area": "9902", "day": "2016-12-31", "number": "4211", "source": "SCB"}

    wrong = client.post(url(town, "population"), right | {"day": "2999-12-31"})
    client.post(url(town, "population"), right)

    assert wrong.status_code == 422 and "4211" in wrong.text
    assert Population.objects.get().number == 4211


def test_a_figure_that_cannot_be_made_says_why_and_offers_to_try_again(town: Town, client: Client) -> None:
    sign_in(client, town.coordinator)
    client.cookies["language"] = "en"
    text = build.BRA + "Umeå kommun;Totalt antal brott;2016 prel.;Dec;932;772;\n"
    order = build.figure(town, build.dataset(town, text))
    assert isinstance(order, FigureOrder)

    page = client.get(url(town, "ordered", order.identity))

    assert "931 and 932" in page.text and "Try again" in page.text
    assert client.post(url(town, "retry_figure", order.pk)).status_code == 302
    client.post(url(town, "discard_order", order.pk))
    assert not FigureOrder.objects.exists()


def test_a_file_whose_worker_died_can_be_read_again(town: Town, client: Client) -> None:
    sign_in(client, town.coordinator)
    client.cookies["language"] = "en"
    stuck = services.receive_file(
        Organisation.objects.get(pk=town.municipality.pk),
        name="fil.txt",
        content=build.BRA.encode("cp1252"),
        purpose=Upload.Purpose.DATASET,
        source_name="",
        by=town.coordinator,
    )

    assert "Try again" in client.get(url(town, "file", stuck.pk)).text
    client.post(url(town, "retry_file", stuck.pk))

    assert "This is what was understood" in client.get(url(town, "file", stuck.pk)).text
