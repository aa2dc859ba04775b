"""Period texts as days: years, quarters, months, weeks, school years, spans. Two that fit are asked about."""

import re
from calendar import monthrange
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from samsyn.evidence.readers.table import Refusal

MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "januari january jan",
            "februari february feb",
            "mars march mar",
            "april apr",
            "maj may",
            "juni june jun",
            "juli july jul",
            "augusti august aug",
            "september sep sept",
            "oktober october okt oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
MONTH: Final = r"(?P<name>[a-z]{3,9})\.?"
YEAR: Final = r"(?P<y>(?:1[6-9]|20)\d\d)"


@dataclass(frozen=True, slots=True)
class Period:
    start: date
    end: date
    kind: str  # year, half, third, quarter, month, week, day, school_year, years, months, days
    preliminary: bool = False
    estimate: bool = False
    mark: str = ""
    unsure: bool = False  # six digits that are a month or a quarter: the column decides, or the person


def month(year: int, number: int) -> Period:
    return Period(date(year, number, 1), date(year, number, monthrange(year, number)[1]), "month")


def span(year: int, first: int, last: int, kind: str) -> Period:
    return Period(date(year, first, 1), date(year, last, monthrange(year, last)[1]), kind)


def quarter(year: int, number: int) -> Period:
    return span(year, 3 * number - 2, 3 * number, "quarter")


def week(year: int, number: int, text: str, where: str) -> Period:
    """An ISO week; a year without such a week is refused, never moved into the next."""
    try:
        monday = date.fromisocalendar(year, number, 1)
    except ValueError:
        raise Refusal(
            "no_such_week", where, text=text[:40], weeks=date(year, 12, 28).isocalendar().week
        ) from None
    return Period(monday, monday + timedelta(days=6), "week")


def _named(found: re.Match[str], key: str = "name") -> int | None:
    return MONTHS.get(found[key].casefold())


def _named_month(found: re.Match[str]) -> Period | None:
    number = _named(found)
    return month(int(found["y"]), number) if number else None


def _short_named_month(found: re.Match[str]) -> Period | None:
    number = _named(found)
    return month(2000 + int(found["short"]), number) if number else None


def _months(found: re.Match[str]) -> Period | None:
    first, last = _named(found), _named(found, "last")
    return span(int(found["y"]), first, last, "months") if first and last and first <= last else None


def _number_month(found: re.Match[str]) -> Period | None:
    return month(int(found["y"]), int(found["n"])) if 1 <= int(found["n"]) <= 12 else None


def _six(found: re.Match[str]) -> Period | None:
    number = int(found["n"])
    if not 1 <= number <= 12:
        return None
    return replace(month(int(found["y"]), number), unsure=number <= 4)


def _quarter(found: re.Match[str]) -> Period:
    return quarter(int(found["y"]), int(found["n"]))


def _day(found: re.Match[str]) -> Period | None:
    try:
        day = date(int(found["y"]), int(found["n"]), int(found["d"]))
    except ValueError:
        return None
    return Period(day, day, "day")


def _days(found: re.Match[str]) -> Period | None:
    try:
        start = date(int(found["y"]), int(found["n"]), int(found["d"]))
        end = date(int(found["y2"]), int(found["n2"]), int(found["d2"]))
    except ValueError:
        return None
    return Period(start, end, "days") if start <= end else None


def _named_day(found: re.Match[str]) -> Period | None:
    number = _named(found)
    try:
        day = date(int(found["y"]), number or 0, int(found["d"]))
    except ValueError:
        return None
    return Period(day, day, "day")


def _two_years(found: re.Match[str]) -> Period | None:
    first, last = int(found["y"]), found["last"]
    second = first // 100 * 100 + int(last) if len(last) == 2 else int(last)
    if len(last) == 2 and second < first:
        second += 100
    if second == first + 1:
        return Period(date(first, 8, 1), date(second, 6, 30), "school_year")
    return None


def _years(found: re.Match[str]) -> Period | None:
    first, last = int(found["y"]), int(found["last"])
    return Period(date(first, 1, 1), date(last, 12, 31), "years") if first < last <= first + 60 else None


PATTERNS: Final[tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Period | None]], ...]] = tuple(
    (re.compile(pattern, re.I), make)
    for pattern, make in (
        (YEAR, lambda m: span(int(m["y"]), 1, 12, "year")),
        (YEAR + r"\s*[Mm]\s*(?P<n>\d\d?)", _number_month),
        (YEAR + r"-(?P<n>\d\d)", _number_month),
        (YEAR + r"(?P<n>\d\d)", _six),
        (YEAR + r"\s*[-:/]?\s*(?:kv\.?|kvartal|k|q)\s*(?P<n>[1-4])", _quarter),
        (r"(?:kv\.?|kvartal|k|q|quarter)\s*(?P<n>[1-4])[\s,:/-]*" + YEAR, _quarter),
        (r"(?P<n>[1-4])(?:[:ae]?\s*kvartalet|:a kv\.?)\s*" + YEAR, _quarter),
        (MONTH + r"[\s,-]*" + YEAR, _named_month),
        (YEAR + r"[\s,:-]*" + MONTH, _named_month),
        (MONTH + r"[\s-](?P<short>\d\d)", _short_named_month),
        (MONTH + r"\s*[-\u2013]\s*(?P<last>[a-z]{3,9})\.?\s*" + YEAR, _months),
        (YEAR + r"\s*" + MONTH + r"\s*[-\u2013]\s*(?P<last>[a-z]{3,9})\.?", _months),
        (
            YEAR + r"[\s-]*(?:h|halvår)\s*(?P<n>[12])",
            lambda m: span(int(m["y"]), 6 * int(m["n"]) - 5, 6 * int(m["n"]), "half"),
        ),
        (
            YEAR + r"[\s-]*(?:t|tertial)\s*(?P<n>[123])",
            lambda m: span(int(m["y"]), 4 * int(m["n"]) - 3, 4 * int(m["n"]), "third"),
        ),
        (
            r"(?:t|tertial)\s*(?P<n>[123])[\s,-]*" + YEAR,
            lambda m: span(int(m["y"]), 4 * int(m["n"]) - 3, 4 * int(m["n"]), "third"),
        ),
        (
            YEAR + r"[-/.](?P<n>\d\d?)[-/.](?P<d>\d\d?)"
            r"(?:[T ]\d\d?[:.]\d\d(?:[:.]\d\d(?:[.,]\d+)?)?\s*(?:Z|[+-]\d\d:?\d\d)?)?",
            _day,
        ),
        (YEAR + r"(?P<n>\d\d)(?P<d>\d\d)", _day),
        (r"(?P<d>\d\d?)\.(?P<n>\d\d?)\." + YEAR, _day),
        (r"(?P<d>\d\d?)\s+" + MONTH + r"\s+" + YEAR, _named_day),
        (YEAR + r"\s*/\s*(?P<last>\d\d(?:\d\d)?)", _two_years),
        (YEAR + r"\s*[-\u2013]\s*(?P<last>(?:19|20)\d\d)", _years),
        (
            YEAR + r"-(?P<n>\d\d)-(?P<d>\d\d)\s*(?:--?|\u2013|/|till|to)\s*"
            r"(?P<y2>(?:19|20)\d\d)-(?P<n2>\d\d)-(?P<d2>\d\d)",
            _days,
        ),
    )
)
WEEK: Final = re.compile(
    rf"{YEAR}[\s-]*(?:w|v\.?|vecka)\s*(?P<n>\d\d?)|(?:w|v\.?|vecka)\s*(?P<n2>\d\d?)[\s,-]+(?P<y2>(?:19|20)\d\d)",
    re.I,
)
SUFFIX: Final = re.compile(
    r"\s*(?P<mark>\*+|[\u00b9\u00b2\u00b3]|\(?\s*(?:prel(?:iminär[at]?)?\.?|preliminary|p)\s*\)?|\(?\s*(?:est\.?|uppskattn?ing|prognos|e)\s*\)?"
    r"|\((?:r|rev\.?|reviderad)\)|(?<=\d)r|\d\))$",
    re.I,
)
PREFIX: Final = re.compile(r"^(?:år|year|läsår(?:et)?|lå|ht|månad|period)\s*:?\s+(?=\d)", re.I)


def read_period(text: str, *, where: str = "") -> Period | None:
    """The days the text stands for, or None when it is no period. Refuses a week that does not exist."""
    raw = " ".join(text.replace("\u00a0", " ").replace("\u202f", " ").split())
    if not raw or len(raw) > 40 or not any(sign.isdecimal() for sign in raw):
        return None
    found = _plain(raw, where)
    if found:
        return found
    if ending := SUFFIX.search(raw):
        mark = ending["mark"].strip("() ").casefold()
        if found := _plain(raw[: ending.start()], where):
            return replace(
                found,
                preliminary=mark.startswith("p") and not mark.startswith("prog"),
                estimate=mark.startswith(("e", "u", "prog")),
                mark="" if mark[0].isalpha() else mark,
            )
    if PREFIX.match(raw):
        return read_period(PREFIX.sub("", raw), where=where)
    return None


def _plain(raw: str, where: str) -> Period | None:
    if found := WEEK.fullmatch(raw):
        return week(int(found["y"] or found["y2"]), int(found["n"] or found["n2"]), raw, where)
    for pattern, make in PATTERNS:
        if (found := pattern.fullmatch(raw)) and (period := make(found)):
            return period
    return None


def month_number(text: str) -> int | None:
    """A month's name alone ("Dec", "maj")."""
    return MONTHS.get(text.strip().rstrip(".").casefold())


def settle(periods: Iterable[Period | None]) -> str:
    """What six-digit periods of one column are: "month", "quarter", or "" when both fit.

    Months above four settle it; so do two whole years or more that each stop at four.
    """
    seen: dict[int, set[int]] = {}
    for period in periods:
        if period and period.unsure:
            seen.setdefault(period.start.year, set()).add(period.start.month)
        elif period and period.kind == "month" and period.start.month > 4:
            return "month"
    whole = [year for year, numbers in seen.items() if numbers == {1, 2, 3, 4}]
    return "quarter" if len(whole) >= 2 and len(whole) >= len(seen) - 1 else ""


def settled(period: Period, kind: str) -> Period:
    """The period when its six digits have been settled."""
    if not period.unsure:
        return period
    if kind == "quarter":
        plain = quarter(period.start.year, period.start.month)
        return replace(period, start=plain.start, end=plain.end, kind="quarter", unsure=False)
    return replace(period, unsure=kind != "month")
