"""What the parties look through before their second picture: many figures, all of which can be made again."""

from collections import Counter
from pathlib import Path

import pytest

from samsyn.core.actors import Actor
from samsyn.demo.tests.test_exercise import COUNTED, ROOT, person
from samsyn.evidence.making import agrees_when_made_again
from samsyn.evidence.models import Figure, Revision
from samsyn.evidence.queries import figure_payload

pytestmark = pytest.mark.django_db


def coordinator() -> Actor:
    return person("samordnare@alvhamra.example", "Älvhamra kommun")


def test_the_tables_that_look_back_end_at_the_same_numbers() -> None:
    """Year by year, month by month and area by area they give what the table says of 2025."""
    said = {measure: years[2025] for (file, measure), years in COUNTED.items() if file == "anmalda_brott.csv"}
    for file in (ROOT / "demo" / "data" / "history").glob("*.csv"):
        found = Counter[str]()
        for line in file.read_text().splitlines()[1:]:
            _name, period, measure, count = line.split(";")
            found[measure] += int(count) * period.startswith("2025")
        assert found == {measure: said[measure] for measure in found}, file.name


def test_the_reports_of_the_small_areas_add_up_and_gather_where_the_picture_says(exercise: Path) -> None:
    folder = ROOT / "demo" / "data" / "felanmalningar"
    damage = "Skadegörelse på kommunens egendom"
    lines = (folder / "till_2025.csv").read_text().splitlines()
    yearly = dict(line.split(";")[1::2] for line in lines if damage in line)
    spread = [int(line.split(";")[3]) for line in (folder / "per_omrade.csv").read_text().splitlines()[1:]]
    assert len(spread) == 36 and sum(spread) == int(yearly["2025"])

    figure = Figure.objects.visible_to(coordinator()).get(method="hot_spots")
    result = figure.unpacked("result")
    told = {row[0]["sv"] for row in result["table"]["rows"] if row[-1]["en"].startswith("more here")}
    assert told == {"Resecentrum", "Stora torget", "Kyrkbacken", "Sporthallen"}
    drawing = figure_payload(figure)["svg"]["wide"]
    assert drawing.count("<path") == 36 + 2 and "Övningens påhittade områden" in result["source"]["sv"]


def test_newer_numbers_say_four_things_of_what_was_said(exercise: Path) -> None:
    found = {one.how for one in Revision.objects.visible_to(coordinator())}

    assert found == {"holds", "stronger", "turned", "cannot_say"}


def test_at_least_25_figures_of_ten_methods_come_out_the_same_when_made_again(
    exercise: Path,
) -> None:
    people = [
        coordinator(),
        person("kommunpolis@alvhamra.example", "Lokalpolisområde Älvhamra"),
    ]

    figures = [one for actor in people for one in Figure.objects.visible_to(actor)]

    assert len(figures) >= 25 and len({one.method for one in figures}) >= 10
    assert [str(one) for one in figures if not agrees_when_made_again(one)] == []
