"""From a file to a figure that can be trusted."""

import ast
import os
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from samsyn.core.errors import Refused
from samsyn.evidence import quarantine, queries, reading, services, tasks
from samsyn.evidence.asking import Question
from samsyn.evidence.forms import AnswersForm
from samsyn.evidence.models import Dataset, Figure, FigureOrder, Upload
from samsyn.evidence.readers import messages
from samsyn.evidence.services.files import Description
from samsyn.evidence.tests import build
from samsyn.parties.models import Organisation
from samsyn.parties.tests.build import Town

REAL = Path(__file__).resolve().parents[4] / "shared/real/bra_sol/databasfil_2016-12_alla_kommuner_prel.txt"


def made(found: Figure | FigureOrder) -> Figure:
    assert isinstance(found, Figure), found.refusal
    return found


def test_the_rate_has_the_exact_interval_of_its_count(town: Town) -> None:
    figure = made(build.figure(town))

    # 931 among 122 892. Exact limits after Garwood (1936); R: poisson.test(931, 1.22892).
    payload = queries.figure_payload(figure)
    estimate = payload["estimate"]
    assert isinstance(estimate, dict)
    assert Decimal(str(estimate["rate"])) == pytest.approx(Decimal("757.576"), abs=Decimal("0.001"))
    assert Decimal(str(estimate["low"])) == pytest.approx(Decimal("709.688"), abs=Decimal("0.001"))
    assert Decimal(str(estimate["high"])) == pytest.approx(Decimal("807.845"), abs=Decimal("0.001"))
    assert payload["number"] == "758"
    assert payload["interval"] == {"low": "710", "high": "808", "level": "0.95"}


def test_one_number_changed_in_the_file_changes_sentence_table_and_chart(town: Town) -> None:
    first = queries.figure_payload(made(build.figure(town)))
    changed = build.dataset(town, build.BRA.replace(";931;", ";1931;"), title="Rättad")

    second = queries.figure_payload(made(build.figure(town, changed)))

    for part in ("sentence", "lead", "table", "svg", "alt", "number"):
        assert first[part] != second[part]
    assert "1931" in str(second["table"]).replace("\xa0", "").replace(",", "")


def test_the_same_question_gives_the_stored_figure(town: Town) -> None:
    data = build.dataset(town)
    figure = made(build.figure(town, data))

    assert build.figure(town, data) == figure
    assert Figure.objects.count() == 1 and not FigureOrder.objects.exists()


@pytest.mark.parametrize(
    ("numbers", "verdict"),
    [((310, 430), "more"), ((430, 310), "fewer"), ((310, 325), "cannot_say"), ((2, 5), "too_few")],
)
def test_a_change_is_said_no_stronger_than_the_numbers_allow(
    town: Town, numbers: tuple[int, int], verdict: str
) -> None:
    text = f"Kommun;År;Antal stölder\nUmeå;2023;{numbers[0]}\nUmeå;2024;{numbers[1]}\n"

    figure = made(build.figure(town, build.dataset(town, text, name="stolder.csv"), question=Question.CHANGE))

    assert queries.figure_payload(figure)["verdict"] == verdict


def test_a_trend_over_years_is_drawn_and_told(town: Town) -> None:
    counts = [100, 120, 150, 170, 210, 250, 290]
    lines = "".join(f"Umeå;{2018 + place};{count}\n" for place, count in enumerate(counts))
    data = build.dataset(town, f"Kommun;År;Antal stölder\n{lines}", name="stolder.csv")

    payload = queries.figure_payload(made(build.figure(town, data, question=Question.TREND)))

    assert payload["verdict"] == "more"
    table, drawings = payload["table"], payload["svg"]
    assert isinstance(table, dict) and isinstance(drawings, dict)
    assert len(table["rows"]) == 7
    assert str(drawings["wide"]).startswith("<svg") and "<title" in str(drawings["narrow"])
    assert re.findall(r">(20\d\d)<", str(drawings["wide"]))[0] == "2018"  # the first year is named too


def test_a_rate_without_population_says_what_to_do(town: Town) -> None:
    data = build.dataset(town)
    build.population(town, code="9902", name="Granvik")

    with pytest.raises(Refused, match="population of Umeå"):
        build.figure(town, data)


def test_a_table_that_contradicts_itself_gives_no_figure(town: Town) -> None:
    text = build.BRA + "Umeå kommun;Totalt antal brott;2016 prel.;Dec;932;772;\n"

    order = build.figure(town, build.dataset(town, text))

    assert isinstance(order, FigureOrder)
    assert order.unpacked("refusal")["code"] == "two_values"


def test_a_figure_is_made_again_and_agrees(town: Town) -> None:
    figure = made(build.figure(town))

    tasks.make_again.enqueue(str(figure.pk), *tasks.ids_of(town.coordinator, town.partnership))

    check = queries.last_check_of(town.coordinator, figure)
    assert check and check.agrees


def test_a_newer_dataset_replaces_an_older_one_once(town: Town) -> None:
    old = build.dataset(town)
    new = build.dataset(town, build.BRA.replace(";931;", ";940;"), supersedes=old)

    assert list(queries.datasets_of(town.coordinator)) == [new]
    with pytest.raises(Refused, match="replaced already"):
        build.dataset(town, build.BRA.replace(";931;", ";941;"), supersedes=old)


def test_the_same_numbers_are_not_taken_in_twice(town: Town) -> None:
    build.dataset(town)

    with pytest.raises(Refused, match="already"):
        build.dataset(town, title="Samma igen")

    assert Dataset.objects.count() == 1


def test_columns_are_put_right_one_by_one_and_the_next_file_of_the_source_is_read_so(town: Town) -> None:
    text = "Kommun;År;Kod;Typ;Antal\nUmeå;2024;A1;Stöld;12\nUmeå;2024;A2;Klotter;7\n"
    one = build.upload(town, text, name="lista.csv")

    for column, role in (("Kod", "skip"), ("Typ", "measure")):
        services.answer_questions(one, answers={"columns": {column: role}}, by=town.coordinator)
        with build.no_sandbox():
            tasks.read_file.enqueue(str(one.pk), *tasks.ids_of(town.coordinator, town.partnership))
        one = Upload.objects.get(pk=one.pk)

    read = {"Kommun": "area_name", "År": "period", "Kod": "skip", "Typ": "measure"}
    assert dict(AnswersForm(upload=one).columns) == read
    described = Description("Lista", "Källan", "CC0", "Någon", origin=Dataset.Origin.PUBLISHED)
    services.accept_dataset(one, described=described, by=town.coordinator)
    text = text.replace("2024", "2025")
    following = build.upload(town, text, name="ny.csv", source_name="källan")
    elsewhere = build.upload(town, text, name="ny.csv", source_name="En annan")
    measures = [
        [measure for measure, _unit in upload.unpacked("outcome")["summary"]["measures"]]
        for upload in (following, elsewhere)
    ]
    assert measures == [["Stöld", "Klotter"], ["A1, Stöld", "A2, Klotter"]]


def test_population_comes_from_a_file(town: Town) -> None:
    text = "Kommun;År;Folkmängd\nUmeå;2016;122892\nVännäs;2016;8701\n"
    upload = build.upload(town, text, name="folk.csv", purpose=Upload.Purpose.POPULATION)
    measure = upload.unpacked("outcome")["summary"]["measures"][0][0]

    taken = services.import_population(
        town.partnership,
        upload=upload,
        measure=measure,
        source="SCB",
        areas={"2480": "Umeå"},
        by=town.coordinator,
    )

    living = queries.inhabitants_of(town.officer, town.partnership, "2480")
    assert taken == 1 and (living[0].number, living[0].day) == (122_892, date(2016, 12, 31))
    assert not Upload.objects.exists()


@pytest.mark.skipif(
    not REAL.exists(), reason="the real files (../shared/real) are not beside this repository"
)
def test_bras_own_file_gives_umeas_reported_crime(town: Town) -> None:
    upload = build.upload(town, REAL.read_bytes(), name=REAL.name)
    described = Description(
        "Anmälda brott", build.SOURCE, "Fri återanvändning", "Brå", origin=Dataset.Origin.PUBLISHED
    )
    data = services.accept_dataset(upload, described=described, by=town.coordinator)

    rows = [row for row in queries.rows_of(data) if row[2] == "Umeå" and row[3] == "Totalt antal brott"]

    assert ("931", "prel") in [(row[7], row[8]) for row in rows]
    assert data.period_end == date(2016, 12, 31)
    assert Organisation.objects.get(pk=data.party_id) == town.municipality


def test_a_file_that_nobody_keeps_is_destroyed_after_an_hour(town: Town, home: Path) -> None:
    kept, old = build.upload(town), build.upload(town)
    for path in (home / "quarantine").glob(f"{old.pk.hex}.*"):
        os.utime(path, (0, 0))

    tasks.sweep_quarantine.enqueue()

    assert quarantine.holds(kept.pk) and not quarantine.holds(old.pk)
    described = Description("Sent", build.SOURCE, "CC0", "Brå", origin=Dataset.Origin.PUBLISHED)
    with pytest.raises(Refused, match="more than an hour"):
        services.accept_dataset(old, described=described, by=town.coordinator)


def test_every_refusal_note_and_question_of_the_readers_has_a_sentence() -> None:
    readers = Path(reading.__file__).parent / "readers"
    said = {**messages.REFUSALS, **messages.NOTES, **messages.QUESTIONS}

    codes = {
        node.args[0].value
        for path in readers.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in ("Refusal", "Note", "Question")
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }

    assert codes - said.keys() == set()
