"""What a fetch says otherwise than the one before. For workers only: Polars is imported inside."""

import io
from collections.abc import Mapping
from typing import Any, Final

SHOWN: Final = 200
KEY: Final = ("area_level", "area_code", "area_name", "measure", "period_start", "period_end", "unit")


def between(old: bytes | None, new: bytes) -> dict[str, Any]:
    """How many values were added, changed and removed, and the first of them: kind, key, before, after."""
    before, after = _values(old) if old else {}, _values(new)
    rows = [
        ["added" if key not in before else "changed", *key, before.get(key, ""), value]
        for key, value in after.items()
        if before.get(key) != value
    ]
    rows += [["removed", *key, value, ""] for key, value in before.items() if key not in after]
    counts = {kind: sum(row[0] == kind for row in rows) for kind in ("added", "changed", "removed")}
    interesting = sorted(rows, key=lambda row: row[0] == "added")  # revisions before what is new
    return {**counts, "rows": interesting[:SHOWN]}


def _values(table: bytes) -> Mapping[tuple[str, ...], str]:
    """The value by its key; where there is none, why."""
    import polars as pl

    frame = pl.read_parquet(io.BytesIO(table), columns=[*KEY, "value", "status"])
    return {tuple(row[: len(KEY)]): row[-2] or row[-1] for row in frame.iter_rows()}
