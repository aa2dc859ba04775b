"""The police's press feed: news with a place and a time. Never crime counts; the texts are not kept."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any, Final

from samsyn.evidence.readers import places
from samsyn.evidence.readers.periods import month_number
from samsyn.evidence.readers.table import Kind, Note, Reading, Refusal, Row, Status

FIELDS: Final = {"id", "datetime", "name", "type", "location"}
MOMENT: Final = re.compile(
    r"(\d{4})-(\d\d?)-(\d\d?)[T ](\d\d?):(\d\d)(?::(\d\d))?\s*(?:([+-])(\d\d):?(\d\d)|Z)?"
)
NAMED: Final = re.compile(r"(\d\d?) ([a-zå]+) (\d\d?)[.:](\d\d), ")


def is_event_feed(data: Any) -> bool:
    first = data[0] if isinstance(data, list) and data else None
    return isinstance(first, dict) and set(first) >= FIELDS


def read_event_feed(data: list[Any]) -> Reading:
    """One row an event: kind, place, publishing time.

    Since January 2026 every event is placed on its county's centre, so the municipality is read from the end
    of its name.
    """
    rows, on_county, summaries = [], 0, 0
    seen: set[str] = set()
    for index, event in enumerate(data):
        if not isinstance(event, dict) or set(event) < FIELDS or not isinstance(event["location"], Mapping):
            raise Refusal("broken_json", where=f"event {index + 1}")
        number = str(event["id"])
        if number in seen:
            continue
        seen.add(number)
        kind = " ".join(str(event["type"]).split())
        area = _area(str(event["name"]), kind, str(event["location"].get("name", "")))
        published = _published(str(event["datetime"]), index)
        x, y = _point(str(event["location"].get("gps", "")))
        on_county += area.level == "county"
        summaries += kind.casefold().startswith("sammanfattning")
        rows.append(
            Row(
                area.level,
                area.code,
                area.name,
                f"event {kind}",
                published,
                None,
                "event",
                Decimal(1),
                Status.OK,
                f"id {number}{_happened(str(event['name']))}",
                x,
                y,
            )
        )
    notes = [Note("news_not_counts"), Note("texts_not_kept")]
    notes += [Note("placed_on_county", {"rows": on_county})] if on_county else []
    notes += [Note("summaries", {"rows": summaries})] if summaries else []
    return Reading(tuple(rows), tuple(notes), source="polisen", kind=Kind.NEWS)


def _area(name: str, kind: str, location: str) -> places.Area:
    """The place at the end of the name; a type may hold commas itself."""
    plain = " ".join(name.replace("\u00a0", " ").split())
    place = plain.rpartition(f", {kind}, ")[2] if f", {kind}, " in plain else plain.rpartition(", ")[2]
    return (
        places.of_name(place)
        or places.of_name(plain.rpartition(", ")[2])
        or places.of_name(location)
        or places.Area("place", "", place[:80])
    )


def _published(text: str, index: int) -> datetime:
    found = MOMENT.fullmatch(text.strip())
    try:
        if not found:
            raise ValueError(text)
        year, month, day, hour, minute, second, sign, hours, minutes = found.groups()
        shift = timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
        zone = timezone(-shift if sign == "-" else shift)
        return datetime(
            int(year), int(month), int(day), int(hour), int(minute), int(second or 0), tzinfo=zone
        ).astimezone(UTC)
    except (ValueError, OverflowError):
        raise Refusal("no_period", where=f"event {index + 1}", text=text[:40]) from None


def _happened(name: str) -> str:
    """The time in the name: when it happened, local time, as the feed tells it."""
    found = NAMED.match(" ".join(name.replace("\u00a0", " ").split()))
    if not found or not month_number(found[2]):
        return ""
    return f", {found[1]} {found[2]} {int(found[3]):02d}:{found[4]}"


def _point(gps: str) -> tuple[float | None, float | None]:
    """Longitude and latitude; the feed writes latitude first."""
    latitude, _, longitude = gps.partition(",")
    try:
        y, x = float(latitude), float(longitude)
    except ValueError:
        return None, None
    return (x, y) if -180 <= x <= 180 and -90 <= y <= 90 else (None, None)
