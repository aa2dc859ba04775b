"""Every real file comes in through the page and a worker's sandbox, and through the command line, cell by cell.

`readers/test_real_files.py` asks the readers themselves; here is the way of those who use them.
"""

import csv
import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from samsyn.evidence import quarantine, reading_cli
from samsyn.evidence.models import Upload
from samsyn.evidence.readers.table import COLUMNS
from samsyn.evidence.tests.readers.test_real_files import EXPECTED, REAL, cases, words
from samsyn.parties.tests.build import Town, user_of

pytestmark = pytest.mark.skipif(
    not EXPECTED.exists(), reason="the real files (../shared/real) are not beside this repository"
)
NO_FIGURES = {  # what is right for a file that holds none, or that is broken
    "px/ine_14001.px": "cells_missing",
    "polisen_events/events_2023-05-11.json": "kind_news",
    "polisen_events/events_2026-08-22.json": "kind_news",
    "geo/kommun_geoparquet.parquet": "kind_areas",
    "geo/lan_crs84.geojson": "kind_areas",
    "geo/sweref99tm_esri.prj": "kind_description",
}
COUNTED = "police_uk/2018-07-west-yorkshire-street_first1500.csv"
FILES = sorted({case["file"] for case in cases()})
Rows = list[dict[str, str]]


def missing(name: str, rows: Rows) -> list[str]:
    """The expected cells of the file that no row says."""
    return [
        f"{case['locator']} {case['unit']}"
        for case in cases()
        if case["file"] == name
        and case["locator"] != "whole file"
        and not any(_says(row, case) for row in rows)
    ]


def _says(row: dict[str, str], case: dict[str, str]) -> bool:
    same = ("area_level", "area_code", "area_name", "period_start", "period_end", "unit", "status")
    value = (float(row["value"]) if row["value"] else None) == (
        float(case["value"]) if case["value"] else None
    )
    named = case["file"].startswith("tillvaxt") or words(case["measure"]) <= words(row["measure"])
    return value and named and all(row[name] == case[name] for name in same)


@pytest.mark.parametrize("name", FILES)
def test_a_real_file_comes_in_through_the_page(town: Town, name: str) -> None:
    import polars as pl

    client = Client()
    client.force_login(user_of(town.coordinator))
    file = SimpleUploadedFile(name.rpartition("/")[2], (REAL / name).read_bytes())

    answer = client.post(reverse("evidence:new_file", args=[town.partnership.slug]), {"file": file})

    assert answer.status_code == 302
    upload = Upload.objects.get()
    preview = client.get(answer["Location"])
    if name in NO_FIGURES:
        assert upload.unpacked("outcome")["refusal"]["code"] == NO_FIGURES[name]
        assert not quarantine.holds(upload.pk)
        return
    assert preview.status_code == 200 and upload.state == Upload.State.READ, upload.outcome
    packed = quarantine.get(upload=upload.pk, owner=upload.party_id, part=quarantine.TABLE)
    table = pl.read_parquet(io.BytesIO(packed), columns=list(COLUMNS))
    if name == COUNTED:  # no single event is stored
        assert table["value"].cast(pl.Int64).sum() == 1500
    else:
        assert missing(name, table.rows(named=True)) == []


@pytest.mark.parametrize("name", [name for name in FILES if not name.startswith("geo/")])
def test_a_real_file_is_printed_by_the_command(name: str, capsys: Any) -> None:
    status = reading_cli.main([str(REAL / name), "--csv"])

    printed = capsys.readouterr()
    if NO_FIGURES.get(name) == "cells_missing":
        assert status == 1 and "8064 cells but holds 8" in printed.err
    else:
        assert status == 0
        assert missing(name, list(csv.DictReader(io.StringIO(printed.out)))) == []
