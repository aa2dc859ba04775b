"""Lists of incidents with coordinates: a row an event while it is looked at, counted before it is stored."""

import csv
import io
import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from samsyn.evidence.readers.door import dropped_headers
from samsyn.evidence.readers.grid import Sheet, check_width
from samsyn.evidence.readers.table import Answers, Kind, Note, Question, Reading, Refusal, Row, Status
from samsyn.evidence.readers.text import decode, delimiter_of

if TYPE_CHECKING:
    import polars as pl

EVENTS: Final = 200_000  # beyond this even the preview shows counts
SQUARE: Final = 100  # metres
X_WORDS: Final = re.compile(
    r"lon|long|longitude|lng|x|x[_ -]?koord(?:inat)?|x[_ -]?coord(?:inate)?|e|east(?:ing)?|öst|pos_?x"
    r"|sweref.*[ _](?:e|x|öst)|longitud",
    re.I,
)
Y_WORDS: Final = re.compile(
    r"lat|latitude|y|y[_ -]?koord(?:inat)?|y[_ -]?coord(?:inate)?|n|north(?:ing)?|nord|norr|pos_?y"
    r"|sweref.*[ _](?:n|y|norr|nord)|latitud",
    re.I,
)
KIND_WORDS: Final = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        r"crime[ _]?type|primary[ _]?type|brottstyp|brottskategori|händelsetyp|olyckstyp|ärendetyp"
        r"|service[ _]?name",
        r"kategori|category|rubrik|brott|händelse|service[ _]?code|svårhetsgrad.*|typ|type|offence"
        r"|incident[ _]?type",
        r"status|svårighetsgrad.*",
    )
)
TIME_WORDS: Final = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        r"inträffad?(?:[ _]?(?:tid|datum))?|händelse(?:datum|tid)|olycks(?:datum|tid)|brotts(?:datum|tid)"
        r"|occurred.*|tidpunkt",
        r"datum|date|datetime|month|månad|tid|time",
        r"skapad.*|requested[ _]?datetime|inkom.*|anmäl(?:d|nings).*|registrerad.*|created.*"
        r"|reported[ _]?date|rapporterad.*",
        r"updated.*|uppdaterad.*|avslutad.*|år|year",
    )
)
CODE_WORDS: Final = re.compile(
    r"lsoa[ _]?code|kommunkod|deso|regso|områdeskod|community[ _]?area|area[ _]?code", re.I
)
NAME_WORDS: Final = re.compile(
    r"lsoa[ _]?name|kommun|stadsdel|område|delområde|bostadsområde|district|area", re.I
)
ISO: Final = re.compile(r"(\d{4})-(\d\d?)(?:-(\d\d?))?")
COMPACT: Final = re.compile(r"(\d{4})(\d\d)(\d\d)")
SLASHED: Final = re.compile(r"(\d\d?)[/.](\d\d?)[/.](\d{4})")


@dataclass(slots=True)
class Incidents:
    """All events as columns of text and number: kind, start, end, code, name, x, y, original."""

    frame: "pl.DataFrame"
    notes: list[Note] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    metres: bool = False  # x and y are SWEREF 99 TM

    def __len__(self) -> int:
        return self.frame.height


def columns_for(headers: list[str]) -> dict[str, int]:
    """Which columns hold what; an incident list has coordinates and a time or a kind."""
    plain = [" ".join(header.split()) for header in headers]

    def first(*patterns: re.Pattern[str]) -> int | None:
        for pattern in patterns:
            for index, header in enumerate(plain):
                if pattern.fullmatch(header):
                    return index
        return None

    degrees = (
        first(re.compile(r"lon|long|longitude|lng|longitud", re.I)),
        first(re.compile(r"lat|latitude|latitud", re.I)),
    )
    x, y = degrees if None not in degrees else (first(X_WORDS), first(Y_WORDS))
    kind, time = first(*KIND_WORDS), first(*TIME_WORDS)
    if x is None or y is None or x == y or (kind is None and time is None):
        return {}
    found = {"x": x, "y": y, "kind": kind, "time": time, "code": first(CODE_WORDS), "name": first(NAME_WORDS)}
    return {role: index for role, index in found.items() if index is not None}


def is_incident_list(data: bytes, answers: Answers) -> bool:
    """Told from the first line of the file, so that a million rows need not be cut up first."""
    head = data[:20_000]
    if b"\0" in head:
        return False
    text, _ = decode(head.rpartition(b"\n")[0] or head, answers)
    delimiter = str(answers.get("delimiter") or delimiter_of(text))
    try:
        first = next(csv.reader(io.StringIO(text), delimiter=delimiter), [])
    except (csv.Error, TypeError):
        return False
    return bool(columns_for(first))


def is_incident_sheet(sheet: Sheet) -> bool:
    return len(sheet.rows) > 1 and bool(columns_for(sheet.rows[0]))


def load_text(data: bytes, answers: Answers) -> Incidents:
    """The list as a frame of texts; every column is read as text, so nothing is guessed and nothing lost."""
    import polars as pl
    from polars.exceptions import PanicException, PolarsError

    text, note = decode(data, answers)
    delimiter = str(answers.get("delimiter") or delimiter_of(text))
    first = next(csv.reader(io.StringIO(text[:100_000]), delimiter=delimiter))
    check_width(len(first))
    encoded = text.encode() if note.params["encoding"] != "utf-8" else data
    del text
    try:
        frame = pl.read_csv(encoded, separator=delimiter, infer_schema=False, truncate_ragged_lines=False)
    except (PolarsError, PanicException, ValueError) as error:
        where = re.search(r"line:? ?(\d+)", str(error))
        raise Refusal(
            "broken_rows", where=f"row {where[1]}" if where else "", fault=type(error).__name__
        ) from None
    if frame.width != len(first):  # quotes or line breaks that two readers understand in two ways
        raise Refusal("broken_quotes", where="row 1")
    name = {"\t": "tab", ";": "semicolon", ",": "comma", "|": "bar"}.get(delimiter, delimiter)
    return prepare(frame, first, answers, [note, Note("delimiter", {"delimiter": name})])


def load_sheet(sheet: Sheet, answers: Answers, notes: list[Note]) -> Incidents:
    """The same from a worksheet."""
    import polars as pl

    headers = sheet.rows[0]
    columns = {
        f"c{index}": [row[index] or None if index < len(row) else None for row in sheet.rows[1:]]
        for index in range(len(headers))
    }
    frame = pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String))
    return prepare(frame, headers, answers, notes)


def _numbers_only(frame: "pl.DataFrame", index: int) -> bool:
    import polars as pl

    texts = frame.select(pl.col(f"c{index}").drop_nulls().str.strip_chars())
    return bool(texts.height) and bool(texts.select(pl.all().str.contains(r"^\d*$").all()).item())


def prepare(frame: "pl.DataFrame", headers: list[str], answers: Answers, notes: list[Note]) -> Incidents:
    """Screen all texts, then keep only what a count needs: kind, time, area and place."""
    import polars as pl

    from samsyn.evidence.readers.coordinates import placed
    from samsyn.evidence.readers.incident_screen import screen_frame

    frame.columns = [f"c{index}" for index in range(frame.width)]
    dropped = dropped_headers(answers)
    roles = {
        role: index for role, index in columns_for(headers).items() if headers[index].strip() not in dropped
    }
    if "x" not in roles or "y" not in roles:
        raise Refusal("no_table")
    if "name" in roles and _numbers_only(frame, roles["name"]):
        del roles["name"]  # "District 009" is a number of the police's, no area's name
    kept = [index for index, header in enumerate(headers) if header.strip() not in dropped]
    screen_frame(frame, headers, kept, [roles["x"], roles["y"]])

    def text(role: str) -> "pl.Expr":
        return pl.col(f"c{roles[role]}").fill_null("").str.strip_chars() if role in roles else pl.lit("")

    events = frame.select(
        pl.when(text("kind") == "").then(pl.lit("event")).otherwise(text("kind")).alias("kind"),
        text("code").alias("code"),
        text("name").alias("name"),
        text("time").alias("time"),
        text("x").alias("x_text"),
        text("y").alias("y_text"),
    )
    incidents = Incidents(events, list(notes))
    incidents.notes += [
        Note("column", {"header": headers[index], "role": f"event {role}"})
        for role, index in sorted(roles.items())
    ]
    ignored = [header for index, header in enumerate(headers) if index not in roles.values() and header]
    if ignored:
        incidents.notes.append(Note("columns_not_kept", {"headers": ", ".join(ignored)[:300]}))
    _with_days(incidents, answers)
    placed(incidents, answers)
    return incidents


def _with_days(incidents: Incidents, answers: Answers) -> None:
    """Start and end of every event's time, each different text read once."""
    import polars as pl

    frame = incidents.frame.with_columns(
        pl.col("time").str.extract(r"^([^ T]+)", 1).fill_null("").alias("day")
    )
    texts = frame["day"].unique().to_list()
    order = str(answers.get("date_order", "")) or order_of(frame["time"], texts)
    if order not in ("day", "month"):
        incidents.questions.append(Question("date_order", ("day", "month")))
    starts: dict[str, date | None] = {}
    ends: dict[str, date | None] = {}
    unread: list[str] = []
    for text in texts:
        days = _days(text, order)
        if days is None and text:
            unread.append(text)
        starts[text], ends[text] = days or (None, None)
    if unread:
        incidents.questions.append(
            Question("unreadable_periods", params={"text": unread[0][:40], "count": len(unread)})
        )
    found = pl.DataFrame(
        {"day": list(starts), "start": list(starts.values()), "end": list(ends.values())},
        schema={"day": pl.String, "start": pl.Date, "end": pl.Date},
    )
    incidents.frame = frame.join(found, on="day", how="left", maintain_order="left").drop("day")
    kinds = {"month" if starts[t] != ends[t] else "day" for t in texts if starts[t]}
    if kinds:
        incidents.notes.append(Note("period_kind", {"kind": ", ".join(sorted(kinds))}))


def order_of(times: "pl.Series", days: list[str] | None = None) -> str:
    """Which of 05/09/2015 is the month: the part that never passes twelve, or the first beside AM and PM."""
    texts = times.str.extract(r"^([^ T]+)", 1).drop_nulls().unique().to_list() if days is None else days
    pairs = [(int(found[1]), int(found[2])) for text in texts if (found := SLASHED.fullmatch(text))]
    if not pairs or any(first > 12 for first, _ in pairs):
        return "day"
    if any(second > 12 for _, second in pairs) or times.str.contains(r"(?i)\d [ap]m$").any():
        return "month"
    return "" if any("/" in text for text in texts) else "day"


def _days(text: str, order: str) -> tuple[date, date] | None:
    from samsyn.evidence.readers.periods import read_period

    try:
        if found := ISO.fullmatch(text) or COMPACT.fullmatch(text):
            year, month, day = int(found[1]), int(found[2]), int(found[3]) if found[3] else 0
        elif found := SLASHED.fullmatch(text):
            first, second, year = int(found[1]), int(found[2]), int(found[3])
            day, month = (second, first) if order == "month" else (first, second)
            if not order:
                return None
        else:
            period = read_period(text)
            return (period.start, period.end) if period and not period.unsure else None
        if day:
            return date(year, month, day), date(year, month, day)
    except ValueError:
        return None
    period = read_period(f"{year}-{month:02d}")
    return (period.start, period.end) if period else None


def as_reading(incidents: Incidents, shown: int | None = None) -> Reading:
    """One row an event, or counts when there are too many to show."""
    notes = [Note("events_are_counted"), *incidents.notes]
    if len(incidents) > EVENTS:
        return as_counts(count(incidents), incidents, len(incidents), shown or EVENTS)
    rows = tuple(
        Row(
            "point",
            code,
            name,
            kind,
            start,
            end,
            "event",
            Decimal(1),
            Status.OK,
            f"{x_text} {y_text}".strip(),
            x,
            y,
        )
        for kind, code, name, x_text, y_text, start, end, x, y in incidents.frame.head(shown or EVENTS)
        .select("kind", "code", "name", "x_text", "y_text", "start", "end", "x", "y")
        .iter_rows()
    )
    return Reading(
        rows, tuple(notes), tuple(incidents.questions), "incidents", Kind.EVENTS, (), len(incidents)
    )


def as_counts(counted: "pl.DataFrame", said: Incidents, events: int, shown: int) -> Reading:
    """The first of the counts, with what was noted and asked of the events behind them."""
    notes = (
        Note("events_are_counted"),
        *said.notes,
        Note("counted", {"events": events, "rows": counted.height}),
    )
    rows = counted_rows(counted.head(shown))
    return Reading(rows, notes, tuple(said.questions), "incidents", Kind.EVENTS, (), counted.height)


def count(incidents: Incidents) -> "pl.DataFrame":
    """Events per kind, month, area and 100-metre square (a thousandth of a degree outside Sweden)."""
    import polars as pl

    side = float(SQUARE) if incidents.metres else 0.001
    middle = side / 2
    return (
        incidents.frame.with_columns(
            pl.col("start").dt.month_start(),
            pl.col("end").dt.month_end(),
            ((pl.col("x") / side).floor() * side + middle).round(5),
            ((pl.col("y") / side).floor() * side + middle).round(5),
        )
        .group_by("kind", "start", "end", "code", "name", "x", "y")
        .agg(pl.len().alias("events"))
        .sort("start", "kind", "code", "x", "y")
    )


def counted_rows(counted: "pl.DataFrame") -> tuple[Row, ...]:
    return tuple(
        Row("square", code, name, kind, start, end, "count", Decimal(events), Status.OK, str(events), x, y)
        for kind, start, end, code, name, x, y, events in counted.iter_rows()
    )


def read_incidents(data: bytes, answers: Answers) -> Reading:
    return as_reading(load_text(data, answers))
