"""The stored table of a dataset: what is in it, its hash, and one series out of it. For workers only.

Polars is imported inside, because the web process must never load it.
"""

import gzip
import hashlib
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from samsyn.evidence.readers.table import COLUMNS

if TYPE_CHECKING:
    import polars as pl

CHOICES: Final = 10_000  # of areas or periods: more cannot be chosen from on a page
PAGE_ROWS: Final = 50_000  # of a table that pages can show and give as CSV; the Parquet file has all
BETWEEN: Final = "\x1f"


@dataclass(frozen=True)
class Summary:
    """What stands in a table, to describe it and to choose from."""

    rows: int
    content_hash: str
    measures: list[list[str]]  # measure, unit
    areas: list[list[str]]  # level, code, name
    periods: list[list[str]]  # first and last day
    statuses: dict[str, int]

    @property
    def level(self) -> str:
        levels = sorted({level for level, _, _ in self.areas})
        return levels[0] if len(levels) == 1 else ("mixed" if levels else "")

    @property
    def unit(self) -> str:
        units = sorted({unit for _, unit in self.measures})
        return units[0] if len(units) == 1 else ("mixed" if units else "")

    def plain(self) -> dict[str, Any]:
        return {
            "measures": self.measures,
            "areas": self.areas[:CHOICES],
            "periods": self.periods[:CHOICES],
            "statuses": self.statuses,
        }


def summarise(table: bytes) -> Summary:
    """Describe a table. One pass, memory of the table."""
    import polars as pl

    frame = pl.read_parquet(io.BytesIO(table), columns=list(COLUMNS))
    periods = frame.select("period_start", "period_end").unique().sort("period_start", "period_end")
    return Summary(
        rows=frame.height,
        content_hash=content_hash(frame),
        measures=_distinct(frame, "measure", "unit"),
        areas=_distinct(frame, "area_level", "area_code", "area_name"),
        periods=[list(row) for row in periods.rows() if all(row)],
        statuses={str(word): count for word, count in frame["status"].value_counts().sort("status").rows()},
    )


def _distinct(frame: "pl.DataFrame", *columns: str) -> list[list[str]]:
    return [list(row) for row in frame.select(columns).unique(maintain_order=True).rows()]


def content_hash(frame: "pl.DataFrame") -> str:
    """SHA-256 of the rows as text, in the file's order: the same for every way of writing Parquet."""
    import polars as pl

    digest = hashlib.sha256(BETWEEN.join(COLUMNS).encode())
    for part in frame.iter_slices(100_000):
        lines = part.select(pl.concat_str(COLUMNS, separator=BETWEEN, ignore_nulls=False)).to_series()
        digest.update(("\n" + "\n".join(lines.fill_null("").to_list())).encode())
    return digest.hexdigest()


def first_rows(table: bytes) -> bytes:
    """The rows that pages can show, as packed JSON lines that the web process reads without Polars."""
    import polars as pl

    frame = pl.read_parquet(io.BytesIO(table), columns=list(COLUMNS), n_rows=PAGE_ROWS)
    lines = "\n".join(json.dumps(row, ensure_ascii=False) for row in frame.iter_rows())
    return gzip.compress(lines.encode(), mtime=0)


def unpacked_rows(packed: bytes) -> list[list[str]]:
    """The rows again, under `COLUMNS`."""
    text = gzip.decompress(packed).decode()
    return [json.loads(line) for line in text.split("\n")] if text else []


@dataclass(frozen=True)
class Count:
    """How many in one period, as the source says it."""

    start: date
    end: date
    value: Decimal | None
    status: str


class TwoValues(Exception):
    """The table gives two different numbers for one thing."""

    def __init__(self, start: date, first: str, second: str) -> None:
        super().__init__(start, first, second)
        self.start, self.first, self.second = start, first, second


def series(
    tables: Sequence[bytes], *, measure: str, unit: str, level: str, code: str, name: str
) -> list[Count]:
    """All periods of one measure in one area, in order of time.

    Where two datasets speak of the same period the later one counts: final numbers replace preliminary.
    Raises TwoValues when one dataset contradicts itself.
    """
    import polars as pl

    found: dict[tuple[str, str], Count] = {}
    for table in tables:
        frame = pl.read_parquet(io.BytesIO(table), columns=list(COLUMNS)).filter(
            pl.col("measure") == measure,
            pl.col("unit") == unit,
            pl.col("area_level") == level,
            pl.col("area_code") == code,
            pl.col("area_name") == name if not code else pl.lit(value=True),
        )
        own: dict[tuple[str, str], Count] = {}
        for row in frame.iter_rows(named=True):
            key = row["period_start"][:10], row["period_end"][:10]
            if not all(key):
                continue
            value = Decimal(row["value"]) if row["value"] else None
            start, end = date.fromisoformat(key[0]), date.fromisoformat(key[1])
            if key in own and own[key].value != value:
                raise TwoValues(start, str(own[key].value), str(value))
            own[key] = Count(start, end, value, row["status"])
        found |= own
    return sorted(found.values(), key=lambda count: (count.start, count.end))
