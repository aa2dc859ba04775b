"""The long table that every reader gives back: a row a figure, its text, what was done or asked."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final, TypeAlias

Moment: TypeAlias = date | datetime
Answers: TypeAlias = Mapping[str, Any]  # what a person answered or a mapping remembers, by question code

COLUMNS: Final = (
    "area_level",
    "area_code",
    "area_name",
    "measure",
    "period_start",
    "period_end",
    "unit",
    "value",
    "status",
    "original",
)


class Status(StrEnum):
    """What a cell says beside its number. Only the first four carry a value."""

    OK = "ok"
    PRELIMINARY = "prel"
    ESTIMATE = "est"
    ZERO = "zero"
    MISSING = "missing"
    NOT_APPLICABLE = "not_applicable"


class Kind(StrEnum):
    """What the file is: that decides what may be made of it."""

    FIGURES = "figures"
    EVENTS = "events"  # one row an incident: counted before it is stored
    NEWS = "news"  # a press feed: shown, never counted
    AREAS = "areas"
    DESCRIPTION = "description"  # metadata about tables, without figures


class Refusal(Exception):
    """The file, or a cell of it, cannot be read as evidence: a sentence's id, its facts and the place."""

    def __init__(self, code: str, where: str = "", **params: str | int) -> None:
        super().__init__(code, where, params)
        self.code = code
        self.where = where
        self.params = params

    def __str__(self) -> str:
        facts = ", ".join(f"{name} {value}" for name, value in self.params.items())
        return " · ".join(part for part in (self.code, self.where, facts) if part)


@dataclass(frozen=True, slots=True)
class Row:
    """One figure. `value` is the exact number of the source, or None where no number may be stored."""

    area_level: str
    area_code: str
    area_name: str
    measure: str
    period_start: Moment | None
    period_end: Moment | None
    unit: str
    value: Decimal | None
    status: Status
    original: str
    x: float | None = None  # of an event: longitude or easting, as the source gives it
    y: float | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """What the reader did or saw, to be shown in the preview and kept with the dataset."""

    code: str
    params: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Question:
    """Where two readings fit. Answer it in `answers` under its key; the rows are provisional until then."""

    key: str
    options: tuple[str, ...] = ()
    where: str = ""
    params: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Shape:
    """One area with its outline as WKB in SWEREF 99 TM (EPSG:3006), easting first."""

    area_level: str
    area_code: str
    area_name: str
    wkb: bytes


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was understood of one file."""

    rows: tuple[Row, ...] = ()
    notes: tuple[Note, ...] = ()
    questions: tuple[Question, ...] = ()
    source: str = ""  # the reader that knew the file: "bra", "pxweb", "kolada", "table" …
    kind: Kind = Kind.FIGURES
    shapes: tuple[Shape, ...] = ()
    row_count: int = -1  # of the whole file when `rows` is only its beginning

    def __post_init__(self) -> None:
        if self.row_count < 0:
            object.__setattr__(self, "row_count", len(self.rows))

    def with_notes(self, *notes: Note) -> "Reading":
        return replace(self, notes=(*notes, *self.notes))


@dataclass(frozen=True, slots=True)
class Total:
    """A sum that says how much of it is known."""

    value: Decimal | None
    known: int
    parts: int
    known_sum: Decimal


def total(rows: "tuple[Row, ...] | list[Row]") -> Total:
    """Add rows up without inventing: one unknown part makes the total unknown; the known sum is told.

    A sum of nothing is unknown too.
    """
    known = [row.value for row in rows if row.value is not None]
    whole = sum(known, Decimal(0))
    return Total(whole if known and len(known) == len(rows) else None, len(known), len(rows), whole)


def moment_text(moment: Moment | None) -> str:
    """ISO 8601; moments of the clock in UTC."""
    if isinstance(moment, datetime):
        return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return moment.isoformat() if moment else ""


def moment_of(text: str) -> Moment | None:
    if not text:
        return None
    if "T" in text:
        return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    return date.fromisoformat(text)


def number_text(value: Decimal | None) -> str:
    """The number as the source wrote it, without an exponent."""
    return "" if value is None else f"{value:f}"


def row_texts(row: Row) -> tuple[str, ...]:
    """The row's cells under `COLUMNS`, as text."""
    return (
        row.area_level,
        row.area_code,
        row.area_name,
        row.measure,
        moment_text(row.period_start),
        moment_text(row.period_end),
        row.unit,
        number_text(row.value),
        row.status.value,
        row.original,
    )
