"""The long table as one Parquet file: texts exactly as read, numbers also as floats for the methods."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from samsyn.evidence.readers import formats, incident_batches, incidents
from samsyn.evidence.readers.recognise import read
from samsyn.evidence.readers.table import COLUMNS, Answers, Reading, Row, row_texts

if TYPE_CHECKING:
    import polars as pl


def read_into(
    target: Path, file: Path, *, name: str, source: str | None, answers: Answers, shown: int
) -> Reading:
    """Read a file and write all its rows to `target`; the Reading holds the first `shown` only."""
    if incident_batches.is_large(file, answers):
        counted, said, events = incident_batches.count_large(file, answers)
        return _counts_into(target, counted, said, events, shown)
    data = file.read_bytes()
    if formats.format_of(data, name) == "text" and incidents.is_incident_list(data, answers):
        found = incidents.load_text(data, answers)
        return _counts_into(target, incidents.count(found), found, len(found), shown)
    reading = read(data, name=name, source=source, answers=answers)
    write_rows(target, reading.rows)
    return replace(reading, rows=reading.rows[:shown], row_count=len(reading.rows))


def _counts_into(
    target: Path, counted: "pl.DataFrame", said: incidents.Incidents, events: int, shown: int
) -> Reading:
    """Counts go to the file, column by column: a million events never become a million objects."""
    import polars as pl

    text = pl.col("events").cast(pl.String)
    table = counted.select(
        pl.lit("square").alias("area_level"),
        pl.col("code").alias("area_code"),
        pl.col("name").alias("area_name"),
        pl.col("kind").alias("measure"),
        pl.col("start").cast(pl.String).fill_null("").alias("period_start"),
        pl.col("end").cast(pl.String).fill_null("").alias("period_end"),
        pl.lit("count").alias("unit"),
        text.alias("value"),
        pl.lit("ok").alias("status"),
        text.alias("original"),
        pl.col("events").cast(pl.Float64).alias("number"),
        "x",
        "y",
    )
    table.write_parquet(target, compression="zstd")
    return incidents.as_counts(counted, said, events, shown)


def write_rows(target: Path, rows: tuple[Row, ...]) -> None:
    """`value` is the exact text of the number, `number` the same as a float, null where there is none."""
    import polars as pl

    texts = [row_texts(row) for row in rows]
    columns = {name: [cells[index] for cells in texts] for index, name in enumerate(COLUMNS)}
    frame = pl.DataFrame(columns, schema=dict.fromkeys(COLUMNS, pl.String))
    numbers = [None if row.value is None else float(row.value) for row in rows]
    x = pl.Series("x", [row.x for row in rows], dtype=pl.Float64)
    y = pl.Series("y", [row.y for row in rows], dtype=pl.Float64)
    frame.with_columns(pl.Series("number", numbers, dtype=pl.Float64), x, y).write_parquet(
        target, compression="zstd"
    )
