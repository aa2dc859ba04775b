"""What the parties look through before their second picture: many figures, all of which can be made again."""

from collections import Counter
from pathlib import Path

import pytest

from samsyn.demo.tests.test_exercise import COUNTED, ROOT, person
from samsyn.evidence.making import agrees_when_made_again
from samsyn.evidence.models import Figure

pytestmark = pytest.mark.django_db


def test_the_tables_that_look_back_end_at_the_same_numbers() -> None:
    """Year by year, month by month and area by area they give what the table says of 2025."""
    said = {measure: years[2025] for (file, measure), years in COUNTED.items() if file == "anmalda_brott.csv"}
    for file in (ROOT / "demo" / "data" / "history").glob("*.csv"):
        found = Counter[str]()
        for line in file.read_text().splitlines()[1:]:
            _name, period, measure, count = line.split(";")
            found[measure] += int(count) * period.startswith("2025")
        assert found == {measure: said[measure] for measure in found}, file.name


def test_at_least_25_figures_of_ten_methods_come_out_the_same_when_made_again(
    exercise: Path,
) -> None:
    people = [
        person("samordnare@alvhamra.example", "Älvhamra kommun"),
        person("kommunpolis@alvhamra.example", "Lokalpolisområde Älvhamra"),
    ]

    figures = [one for actor in people for one in Figure.objects.visible_to(actor)]

    assert len(figures) >= 25 and len({one.method for one in figures}) >= 10
    assert [str(one) for one in figures if not agrees_when_made_again(one)] == []
