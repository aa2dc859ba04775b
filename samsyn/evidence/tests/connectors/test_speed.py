"""A whole country of indicators is read, described and compared with the last fetch within a minute."""

import json
import time
from pathlib import Path

import pytest

from samsyn.evidence import long_table
from samsyn.evidence.connectors import changes
from samsyn.evidence.sandbox import Limits, read_in_sandbox
from samsyn.parties.municipalities import municipalities

KPIS = [f"N{number:05d}" for number in range(40)]
YEARS = range(2000, 2025)


@pytest.mark.slow
def test_forty_indicators_of_all_municipalities_in_25_years(tmp_path: Path) -> None:
    values = [
        {
            "kpi": kpi,
            "municipality": one.code,
            "period": year,
            "values": [{"gender": "T", "value": year / 10}],
        }
        for kpi in KPIS
        for one in municipalities()
        for year in YEARS
    ]
    raw, table = tmp_path / "kolada.json", tmp_path / "table"
    raw.write_text(json.dumps({"count": len(values), "next_url": None, "values": values}))
    titles = {kpi: f"Indikator {kpi}, andel (%)" for kpi in KPIS}

    began = time.monotonic()
    reading = read_in_sandbox(
        raw, name=raw.name, answers={"titles": titles}, limits=Limits(shown=40), into=table
    )
    summary = long_table.summarise(table.read_bytes())
    same = changes.between(table.read_bytes(), table.read_bytes())
    took = time.monotonic() - began

    assert reading.row_count == summary.rows == 40 * 290 * 25
    assert (same["added"], same["changed"], same["removed"]) == (0, 0, 0)
    assert took < 60, f"{took:.1f} s"
