"""What all municipalities answer over many years is read whole. How fast is told by `bench/evidence.py`."""

import json
from pathlib import Path

from samsyn.evidence import long_table
from samsyn.evidence.connectors import changes
from samsyn.evidence.sandbox import Limits, read_in_sandbox
from samsyn.parties.municipalities import municipalities

KPIS = [f"N{number:05d}" for number in range(4)]
YEARS = range(2000, 2025)


def test_indicators_of_all_municipalities_in_25_years(tmp_path: Path) -> None:
    raw, table = tmp_path / "kolada.json", tmp_path / "table"
    raw.write_text(json.dumps(answer_of(KPIS)))
    titles = {kpi: f"Indikator {kpi}, andel (%)" for kpi in KPIS}

    reading = read_in_sandbox(
        raw, name=raw.name, answers={"titles": titles}, limits=Limits(shown=40), into=table
    )
    summary = long_table.summarise(table.read_bytes())
    same = changes.between(table.read_bytes(), table.read_bytes())

    assert reading.row_count == summary.rows == len(KPIS) * 290 * 25
    assert (same["added"], same["changed"], same["removed"]) == (0, 0, 0)


def answer_of(kpis: list[str]) -> dict[str, object]:
    """As Kolada answers, in one page."""
    values = [
        {
            "kpi": kpi,
            "municipality": one.code,
            "period": year,
            "values": [{"gender": "T", "value": year / 10}],
        }
        for kpi in kpis
        for one in municipalities()
        for year in YEARS
    ]
    return {"count": len(values), "next_url": None, "values": values}
