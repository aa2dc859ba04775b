"""PX files, the statistics offices' own format: quoted texts, languages, symbols for missing cells."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from samsyn.evidence.readers import units
from samsyn.evidence.readers.cube import Category, Cube, Dimension, cell_count, guess_role, read_cube
from samsyn.evidence.readers.periods import Period, read_period
from samsyn.evidence.readers.table import Answers, Note, Reading, Refusal, Status
from samsyn.evidence.readers.values import Cell, read_value

NAME: Final = re.compile(r"[A-Z][A-Z0-9-]*", re.I)
STRING: Final = re.compile(r'"([^"]*)"')
BARE: Final = re.compile(r'[^",;=\s()]+(?:\([^)"]*\))?')
SPAN: Final = re.compile(r'TLIST\(\s*([AHQMW]1)\s*,\s*"(\d{4,6})"\s*-\s*"(\d{4,6})"\s*\)', re.I)
PARTS: Final = {"A": 1, "H": 2, "Q": 4, "M": 12}
DATUM: Final = re.compile(r'"([^"]*)"|([^\s";,]+)|(;)')
MISSING_WORDS: Final = re.compile(
    r"saknas|hemlig|sekretess|not avail|secret|confiden|suppress|osäker|uncertain|för få|too few|\.\.", re.I
)
DEFAULTS: Final = {
    ".": Status.NOT_APPLICABLE,
    "..": Status.MISSING,
    "...": Status.MISSING,
    "....": Status.MISSING,
    ".....": Status.MISSING,
    "......": Status.MISSING,
    "-": Status.ZERO,
}


@dataclass(slots=True)
class Keywords:
    """Keyword, language and what it is about → its values."""

    found: dict[tuple[str, str, tuple[str, ...]], list[str]] = field(default_factory=dict)
    data: int = 0  # where the cells begin

    def get(self, name: str, *about: str) -> list[str]:
        return self.found.get((name, "", about), [])

    def one(self, name: str, *about: str) -> str:
        return next(iter(self.get(name, *about)), "")


def decode_px(data: bytes) -> tuple[str, str]:
    """The text and its encoding. CODEPAGE may lie: bytes that are UTF-8 are read as UTF-8."""
    if data.startswith(b"\xef\xbb\xbf"):
        data = data[3:]
    try:
        return data.decode("utf-8"), "ascii" if data.isascii() else "utf-8"
    except UnicodeDecodeError:
        pass
    found = re.search(rb'CODEPAGE="([\w-]{2,20})"', data[:20_000], re.I)
    encoding = found[1].decode().casefold() if found else "windows-1252"
    if encoding in ("utf-8", "utf8", "iso-8859-1", "latin1"):
        encoding = "windows-1252"
    try:
        return data.decode(encoding), encoding
    except (UnicodeDecodeError, LookupError):
        return data.decode("windows-1252", errors="replace"), "windows-1252"


def read_keywords(text: str) -> Keywords:
    """All keywords up to DATA. Signs inside quotes are text; strings that follow each other are one."""
    keywords, place = Keywords(), 0
    while True:
        place = _skip(text, place)
        found = NAME.match(text, place)
        if not found:
            raise Refusal("broken_px", where=f"row {text.count(chr(10), 0, place) + 1}")
        name, place = found[0].upper(), found.end()
        language, about = "", tuple[str, ...]()
        if text[place : place + 1] == "[":
            end = text.find("]", place)
            language, place = text[place + 1 : end].strip('"'), end + 1
        place = _skip(text, place)
        if text[place : place + 1] == "(":
            about, place = _subjects(text, place)
        place = _skip(text, place)
        if text[place : place + 1] != "=" or place <= 0:
            raise Refusal("broken_px", where=f"row {text.count(chr(10), 0, max(place, 0)) + 1}")
        place += 1
        if name == "DATA":
            keywords.data = place
            return keywords
        values, place = _values(text, place)
        keywords.found[name, language, about] = values


def _skip(text: str, place: int) -> int:
    while place < len(text) and text[place].isspace():
        place += 1
    return place


def _subjects(text: str, place: int) -> tuple[tuple[str, ...], int]:
    subjects = []
    place += 1
    while True:
        place = _skip(text, place)
        if found := STRING.match(text, place):
            subjects.append(found[1])
        elif found := BARE.match(text, place):
            subjects.append(found[0])
        elif text[place : place + 1] == ")":
            return tuple(subjects), place + 1
        elif text[place : place + 1] == ",":
            place += 1
            continue
        else:
            raise Refusal("broken_px", where=f"row {text.count(chr(10), 0, place) + 1}")
        place = found.end()


def _values(text: str, place: int) -> tuple[list[str], int]:
    values: list[str] = []
    joined = False
    while True:
        place = _skip(text, place)
        sign = text[place : place + 1]
        if sign == ";":
            return values, place + 1
        if sign == ",":
            joined, place = False, place + 1
            continue
        if found := SPAN.match(text, place):
            values += [f"TLIST({found[1]})", *_span(*found.groups())]
        elif found := STRING.match(text, place):
            value = " ".join(found[1].split("\n")) if "\n" in found[1] else found[1]
            if joined:
                values[-1] += value
            else:
                values.append(value)
            joined = True
        elif found := BARE.match(text, place):
            values.append(found[0])
            joined = False
        else:
            raise Refusal("broken_px", where=f"row {text.count(chr(10), 0, place) + 1}")
        place = found.end()


def _span(scale: str, first: str, last: str) -> list[str]:
    """TLIST(A1,"2019"-"2023") names the first and the last period only. Weeks are left to their labels."""
    parts = PARTS.get(scale[0].upper(), 0)
    if not parts or len(first) != len(last):
        return []

    def number(text: str) -> int:
        return int(text[:4]) * parts + (int(text[4:]) - 1 if text[4:] else 0)

    return [
        f"{count // parts}{count % parts + 1:0{len(first) - 4}d}" if len(first) > 4 else str(count // parts)
        for count in range(number(first), min(number(last), number(first) + 10_000) + 1)
    ]


def read_px(data: bytes, answers: Answers) -> Reading:
    """The cube of the file in its main language. Fewer or more cells than promised is a broken file."""
    text, encoding = decode_px(data)
    keywords = read_keywords(text)
    names = keywords.get("STUB") + keywords.get("HEADING")
    if not names:
        raise Refusal("broken_px", where="STUB")
    dimensions = tuple(_dimension(name, keywords) for name in names)
    count = cell_count(dimensions)
    symbols = _symbols(keywords)
    cells = [
        _cell(token, keywords, symbols, index) for index, token in enumerate(_tokens(text, keywords.data))
    ]
    if len(cells) != count:
        raise Refusal("cells_missing", promised=count, given=len(cells))
    cube = Cube(
        dimensions,
        contents=keywords.one("CONTENTS") or keywords.one("TITLE"),
        unit=units.unit_name(keywords.one("UNITS")),
        source="pxweb",
        keeps_foreign_codes=False,  # PX codes are the office's own unless they are Swedish
    )
    notes = [Note("format", {"format": "px"}), Note("encoding", {"encoding": encoding})]
    for name, code in (
        ("TITLE", "title"),
        ("SOURCE", "source"),
        ("LAST-UPDATED", "updated"),
        ("NOTE", "footnote"),
    ):
        if value := keywords.one(name).strip():
            notes.append(Note(code, {"text": " ".join(value.replace("#", " ").split())[:2000]}))
    return read_cube(cube, iter(cells), answers, notes=tuple(notes))


def _dimension(name: str, keywords: Keywords) -> Dimension:
    labels, codes = keywords.get("VALUES", name), keywords.get("CODES", name)
    labels = labels or codes
    codes = codes if len(codes) == len(labels) else labels
    if not labels:
        raise Refusal("broken_px", where=name[:40])
    code = keywords.one("VARIABLECODE", name)
    kind = {"T": "time", "G": "area"}.get(keywords.one("VARIABLE-TYPE", name).upper(), "")
    times = [value for value in keywords.get("TIMEVAL", name) if not value.startswith("TLIST")]
    role = (
        "contents"
        if name in keywords.get("CONTVARIABLE")
        else "time"
        if keywords.get("TIMEVAL", name)
        else kind
    )
    role = role or guess_role(name, code)
    if not role and keywords.get("MAP", name):
        role = "area"
    categories = tuple(
        Category(code, label, units.unit_name(keywords.one("UNITS", label) if role == "contents" else ""))
        for code, label in zip(codes, labels, strict=True)
    )
    periods: tuple[Period | None, ...] = ()
    if role == "time" and len(times) == len(labels):
        found = tuple(_time(time, keywords.one("TIMEVAL", name)) for time in times)
        periods = found if all(found) else ()
    return Dimension(name, name.strip(), categories, role, periods)


def _time(text: str, scale: str) -> Period | None:
    """TIMEVAL says its scale, so that six digits are no riddle: A1 years, H1 halves, Q1, M1, W1."""
    kind = scale.removeprefix("TLIST(")[:1].upper()
    if kind in "HQMW" and text.isdecimal() and 5 <= len(text) <= 6:
        sign = {"Q": "K"}.get(kind, kind)
        return read_period(f"{text[:4]}{sign}{int(text[4:])}" if kind != "W" else f"{text[:4]}-W{text[4:]}")
    return read_period(text)


def _symbols(keywords: Keywords) -> dict[str, tuple[Status, str]]:
    """What the dots stand for in this file; it may say so itself."""
    symbols = {sign: (status, "") for sign, status in DEFAULTS.items()}
    for number in range(1, 7):
        text, sign = keywords.one(f"DATASYMBOL{number}"), "." * number
        if text and text != sign:
            status = Status.MISSING if MISSING_WORDS.search(text) or number > 1 else symbols[sign][0]
            symbols[sign] = (status, text)
            symbols.setdefault(text, (status, ""))
    if nil := keywords.one("DATASYMBOLNIL"):
        symbols.setdefault(nil, (Status.ZERO, ""))
    return symbols


def _tokens(text: str, place: int) -> Iterator[str]:
    for found in DATUM.finditer(text, place):
        if found[3]:
            return
        yield found[1] if found[1] is not None else found[2]


def _cell(
    token: str, keywords: Keywords, symbols: dict[str, tuple[Status, str]], index: int
) -> tuple[Cell, str]:
    sign = token.strip()
    if sign in symbols:
        status, text = symbols[sign]
        value = Decimal(0) if status is Status.ZERO else None
        return Cell(value, status), f"{sign} ({text})" if text else sign
    cell = read_value(sign, decimal=".", where=f"cell {index + 1}")
    if not cell.readable:
        raise Refusal("not_a_number", f"cell {index + 1}", text=sign[:40])
    return cell, token
