"""The long table as one Parquet file: texts exactly as read, numbers also as floats for the methods."""

from pathlib import Path

from samsyn.evidence.readers.recognise import read
from samsyn.evidence.readers.table import COLUMNS, Answers, Reading, Row, row_texts


def read_into(
    target: Path, file: Path, *, name: str, source: str | None, answers: Answers, shown: int
) -> Reading:
    """Read a file and write all its rows to `target`; the Reading holds the first `shown` only."""
    from dataclasses import replace

    reading = read(file, name=name, source=source, answers=answers)
    write_rows(target, reading.rows)
    return replace(reading, rows=reading.rows[:shown], row_count=len(reading.rows))


def write_rows(target: Path, rows: tuple[Row, ...]) -> None:
    """`value` is the exact text of the number, `number` the same as a float, null where there is none."""
    import polars as pl

    texts = [row_texts(row) for row in rows]
    columns = {name: [cells[index] for cells in texts] for index, name in enumerate(COLUMNS)}
    frame = pl.DataFrame(columns, schema=dict.fromkeys(COLUMNS, pl.String))
    numbers = [None if row.value is None else float(row.value) for row in rows]
    frame.with_columns(pl.Series("number", numbers, dtype=pl.Float64)).write_parquet(
        target, compression="zstd"
    )
