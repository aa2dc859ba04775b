"""How long evidence takes: a picture from a country's open numbers, and incidents. `make bench-evidence`.

Targets: 40 indicators × 290 municipalities × 25 years, read and drafted from, within 60 s; a million
incidents within 10 s and 1 GiB; ten million within the sandbox's own limits (60 s, 1 GiB).
"""

import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")


def main() -> int:
    import django

    django.setup()
    with tempfile.TemporaryDirectory() as folder:
        within = [
            report("40 indicators of 290 municipalities in 25 years", 60, lambda: country(Path(folder))),
            report("a first picture's findings from them", 60, lambda: findings(Path(folder))),
            report("1 000 000 incidents", 10, lambda: incidents(Path(folder), 1_000_000)),
            report("10 000 000 incidents", 60, lambda: incidents(Path(folder), 10_000_000)),
        ]
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 2**20
    print(f"The reading process took {peak:.2f} GiB at most.")
    return 0 if all(within) and peak < 1 else 1


def report(what: str, most_s: float, work: Callable[[], int]) -> bool:
    begun = time.perf_counter()
    rows = work()
    took = time.perf_counter() - begun
    print(f"{what}: {took:.1f} s for {rows:,} rows (at most {most_s} s)".replace(",", " "))
    return took <= most_s


def country(folder: Path) -> int:
    from samsyn.evidence import long_table
    from samsyn.evidence.connectors import changes
    from samsyn.evidence.sandbox import Limits, read_in_sandbox
    from samsyn.evidence.tests.connectors.test_whole_country import answer_of

    kpis = [f"N{number:05d}" for number in range(40)]
    raw, table = folder / "kolada.json", folder / "table"
    raw.write_text(json.dumps(answer_of(kpis)))
    titles = {kpi: f"Indikator {kpi}, andel (%)" for kpi in kpis}
    read_in_sandbox(raw, name=raw.name, answers={"titles": titles}, limits=Limits(shown=40), into=table)
    changes.between(table.read_bytes(), table.read_bytes())
    return long_table.summarise(table.read_bytes()).rows


def findings(folder: Path) -> int:
    import polars as pl

    from samsyn.evidence.readers.table import COLUMNS
    from samsyn.pictures import open_data

    rows = pl.read_parquet(folder / "table", columns=list(COLUMNS)).rows()
    titles = {f"N{number:05d}": f"Indikator N{number:05d}, andel (%)" for number in range(40)}
    said = open_data.statements(rows, municipality="2480", titles=titles)
    open_data.without_values(rows, municipality="2480", titles=titles)
    return len(said)


def incidents(folder: Path, many: int) -> int:
    """The file is written first and does not count."""
    from samsyn.evidence.sandbox import Limits, read_in_sandbox

    raw, table = folder / "incidents.csv", folder / "incidents.table"
    with raw.open("w") as file:
        file.write("Datum;Brottstyp;Lat;Lon\n")
        for number in range(many):
            day, month = number % 28 + 1, number % 12 + 1
            place = f"{63.80 + number % 997 / 9970:.5f};{20.20 + number % 1009 / 10090:.5f}"
            file.write(f"2024-{month:02d}-{day:02d};{('Cykelstöld', 'Klotter')[number % 2]};{place}\n")
    begun = time.perf_counter()
    read_in_sandbox(raw, name=raw.name, answers={}, limits=Limits(shown=40), into=table)
    print(f"  read in {time.perf_counter() - begun:.1f} s", end="; ")
    return many


if __name__ == "__main__":
    sys.exit(main())
