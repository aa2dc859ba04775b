"""Every right reading of the real files' `expected.csv`, one cell a case.

The files are public statistics that lie beside the repository, not in it.
"""

import csv
import re
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from samsyn.evidence.readers import Reading, Refusal, Row, read
from samsyn.evidence.readers.table import moment_text

REAL = Path(__file__).resolve().parents[5] / "shared" / "real"
EXPECTED = REAL / "expected.csv"

pytestmark = pytest.mark.skipif(
    not EXPECTED.exists(), reason="the real files (../shared/real) are not beside this repository"
)


def cases() -> list[dict[str, str]]:
    if not EXPECTED.exists():
        return []
    with EXPECTED.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


@cache
def reading_of(name: str) -> Reading:
    return read(REAL / name)


def words(text: str) -> set[str]:
    return set(re.findall(r"[\w+§-]+", text.casefold()))


def matching(case: dict[str, str]) -> list[Row]:
    """Rows with exactly the area, period and unit, whose measure says at least what the case says."""
    return [
        row
        for row in reading_of(case["file"]).rows
        if (row.area_level, row.area_code) == (case["area_level"], case["area_code"])
        and row.area_name == case["area_name"]
        and moment_text(row.period_start) == case["period_start"]
        and moment_text(row.period_end) == case["period_end"]
        and row.unit == case["unit"]
        and (case["file"].startswith("tillvaxt") or words(case["measure"]) <= words(row.measure))
    ]


def assert_refused(case: dict[str, str]) -> None:
    with pytest.raises(Refusal) as caught:
        reading_of(case["file"])
    assert caught.value.params == {"promised": 8064, "given": 8}


def assert_keys(case: dict[str, str]) -> None:
    notes = {note.code: note.params for note in reading_of(case["file"]).notes}
    assert notes["distinct_keys"] == {"keys": int(case["value"])}


def assert_events(case: dict[str, str]) -> None:
    rows = [row for row in reading_of(case["file"]).rows if row.measure == case["measure"]]
    assert len(rows) == int(case["value"])


def assert_contains(case: dict[str, str]) -> None:
    from pyproj import Transformer
    from shapely import Point, from_wkb

    longitude, latitude = map(float, case["locator"].split()[1:])
    point = Point(Transformer.from_crs(4326, 3006, always_xy=True).transform(longitude, latitude))
    holding = [shape for shape in reading_of(case["file"]).shapes if from_wkb(shape.wkb).contains(point)]
    assert [(shape.area_level, shape.area_code, shape.area_name) for shape in holding] == [
        (case["area_level"], case["area_code"], case["area_name"])
    ]


def assert_row(case: dict[str, str]) -> None:
    value = Decimal(case["value"]) if case["value"] else None
    found = [(row.value, row.status.value) for row in matching(case)]
    assert (value, case["status"]) in found, f"{found[:5]} of {len(found)}"


def check_for(case: dict[str, str]) -> Callable[[dict[str, str]], None]:
    special: dict[tuple[str, str], Callable[[dict[str, str]], Any]] = {
        ("whole file", "refused"): assert_refused,
        ("whole file", "distinct (area, offence, period) keys"): assert_keys,
        ("whole file", "Violence and sexual offences"): assert_events,
    }
    if case["measure"] == "contains point":
        return assert_contains
    return special.get((case["locator"], case["measure"]), assert_row)


@pytest.mark.parametrize("case", cases(), ids=lambda case: f"{case['file']} {case['locator']} {case['unit']}")
def test_a_cell_of_a_real_file_reads_as_expected(case: dict[str, str]) -> None:
    check_for(case)(case)
