"""The guard at every door where text comes in: personal numbers, phones, mail, number plates, names.

Pure Python. It says where and what, never repeats the text; the caller refuses the cell or asks the writer
to take it out.
"""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Final


class Kind(StrEnum):
    PERSONAL_NUMBER = "personal_number"
    COORDINATION_NUMBER = "coordination_number"
    PHONE = "phone"
    MAIL = "mail"
    PLATE = "plate"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Finding:
    """`text[start:end]` identifies a person, or comes close to it."""

    kind: Kind
    start: int
    end: int


NUMBER: Final = re.compile(
    r"(?<![\w.,:/-])((?:18|19|20)?\d{2})(\d{2})(\d{2})\s?([-+\u2013]?)\s?(\d{3})(\d)(?![\w/-]|[.,:]\d)"
)
PHONE: Final = re.compile(
    r"(?<![\w.,/+-])(?:"
    r"(?:\+|00)46[ -]?(?:\(0\)[ -]?)?[1-9]\d{0,2}(?:[ -]?\d{2,4}){2,4}"  # from abroad
    r"|\+(?!46)[1-9]\d{0,2}(?:[ -]?\(?\d{2,4}\)?){3,5}"  # other countries
    r"|07[02369]\d?(?:[ /-]{0,3}\d){6,7}"  # mobiles are written in every way
    r"|0[1-9]\d{0,2} ?[-/] ?[1-9]\d{1,2}(?: ?\d{2,3}){1,3}"  # area code, mark, number
    r"|0[1-9]\d{0,2} [1-9]\d{1,2}(?: \d{2,3}){2}"  # area code and groups parted by blanks
    r")(?![\w]|[.,:/-]\d)"
)
MAIL: Final = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,6}[A-Za-z]{2,24}(?![\w-])")
PLATE: Final = re.compile(r"(?<![\w-])([A-HJ-PR-UW-Z]{3})[ -]?\d{2}[\dA-HJ-NPR-UW-Z](?![\w-]|[.,:/]\d)")
WORDS: Final = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
STREET: Final = re.compile(
    r"\s*(?:\S*(?:gata|gatan|väg|vägen|plats|torg|allé|park|gränd|stig|led|skola|skolan|kyrka|hus|minne|stiftelse)\b)",
    re.I,
)
LOWEST, HIGHEST = 8, 13  # digits of a telephone number
COLUMN_WORDS: Final = re.compile(
    r"person(?:al)?[\s_-]*(?:nr|nummer|number|id)|pnr|samordningsnummer|civic[\s_-]*number|social[\s_-]*security.*|ssn"
    r"|för[\s_-]*namn|efter[\s_-]*namn|first[\s_-]*name|last[\s_-]*name|surname|namn[\s_-]*på[\s_-]*(?:anmälare|person).*"
    r"|anmälarens?[\s_-]*(?:namn|telefon|adress|e-?post)|(?:mobil|tele?fon|phone)(?:[\s_-]*(?:nr|nummer|number))?|mobil"
    r"|e-?post(?:adress)?|e?-?mail(?:[\s_-]*address)?|reg[\s_-]*nr|registreringsnummer",
    re.I,
)


def screen(text: str) -> list[Finding]:
    """All that identifies a person in the text, in order, without overlaps."""
    found: list[Finding] = []
    if any(sign.isdigit() for sign in text):
        found += _numbers(text)
        found += [
            Finding(Kind.PHONE, match.start(), match.end())
            for match in PHONE.finditer(text)
            if LOWEST <= sum(sign.isdigit() for sign in match[0]) <= HIGHEST
        ]
        found += [
            Finding(Kind.PLATE, match.start(), match.end())
            for match in PLATE.finditer(text)
            if match[1] not in words_of("code")
        ]
    if "@" in text:
        found += [Finding(Kind.MAIL, match.start(), match.end()) for match in MAIL.finditer(text)]
    found += _names(text)
    found.sort(key=lambda finding: (finding.start, -finding.end))
    kept: list[Finding] = []
    for finding in found:
        if not kept or finding.start >= kept[-1].end:
            kept.append(finding)
    return kept


def personal_numbers(text: str) -> list[Finding]:
    """Only the personal and co-ordination numbers, in order."""
    return list(_numbers(text))


def _numbers(text: str) -> Iterable[Finding]:
    """Personal numbers have a date and a check digit; co-ordination numbers add 60 to the day."""
    for match in NUMBER.finditer(text):
        year, month, day, mark, serial, check = match.groups()
        if mark == "" and " " in match[0]:
            continue
        if not is_checked(year[-2:] + month + day + serial, check):
            continue
        number = int(day)
        kind = Kind.COORDINATION_NUMBER if number > 60 else Kind.PERSONAL_NUMBER
        if _is_day(year, int(month), number - 60 if number > 60 else number):
            yield Finding(kind, match.start(), match.end())


def is_checked(digits: str, check: str) -> bool:
    """Whether the check digit is right: digits are doubled in turn and their digits added (Luhn)."""
    total = 0
    for index, sign in enumerate(digits):
        double = int(sign) * (2 if index % 2 == 0 else 1)
        total += double - 9 if double > 9 else double
    return (10 - total % 10) % 10 == int(check)


def _is_day(year: str, month: int, day: int) -> bool:
    years = [int(year)] if len(year) == 4 else [1900 + int(year), 2000 + int(year)]
    for candidate in years:
        try:
            date(candidate, month, day)
        except ValueError:
            continue
        return True
    return False


@cache
def words_of(kind: str) -> frozenset[str]:
    """Our own short lists: the commonest `first` and `last` names in Sweden, in small letters, and `code`,
    three capitals that begin a table, law, unit or case far more often than a number plate.
    """
    with Path(__file__).with_name("screening.csv").open(encoding="utf-8", newline="") as file:
        return frozenset(row["name"] for row in csv.DictReader(file) if row["kind"] == kind)


def _names(text: str) -> Iterable[Finding]:
    """A first name with a surname ("Anna Maria Lund", "Lund, Anna"), unless a street is named so."""
    words = list(WORDS.finditer(text))
    if len(words) < 2:
        return
    first, last = words_of("first"), words_of("last")
    low = [word[0].casefold() for word in words]
    index = 0
    while index < len(words) - 1:
        if not _is_first(low[index], first):
            if low[index] in last and words[index][0][0].isupper() and _is_first(low[index + 1], first):
                between = text[words[index].end() : words[index + 1].start()]
                if between.strip() == "," and words[index + 1][0][0].isupper():
                    yield Finding(Kind.NAME, words[index].start(), words[index + 1].end())
                    index += 1
            index += 1
            continue
        end = index + 1
        while end < len(words) and end - index < 3 and _is_first(low[end], first) and low[end] not in last:
            end += 1
        if end < len(words) and low[end] in last and _together(text, words[index : end + 1]):
            capital = all(word[0][0].isupper() for word in words[index : end + 1])
            if (capital or low[end].endswith("sson")) and not STREET.match(text, words[end].end()):
                yield Finding(Kind.NAME, words[index].start(), words[end].end())
                index = end
        index += 1


def _is_first(word: str, first: frozenset[str]) -> bool:
    return word in first or ("-" in word and all(part in first for part in word.split("-")))


def _together(text: str, words: list[re.Match[str]]) -> bool:
    return all(text[one.end() : other.start()] in (" ", "\u00a0") for one, other in pairwise(words))


def is_identifying_header(header: str) -> bool:
    """Whether a column's name says that it holds identifiers of persons."""
    return bool(COLUMN_WORDS.fullmatch(header.strip()))


def identifying_column(cells: Iterable[str]) -> Kind | None:
    """What a column identifies when most of its filled cells look like it, checksums or not."""
    filled = [cell.strip() for cell in cells if cell.strip()][:500]
    if len(filled) < 3:
        return None
    shaped = re.compile(r"(?:18|19|20)?\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01]|[67]\d|8\d|9[01])[-+]\d{4}")
    tests = (
        (Kind.PERSONAL_NUMBER, lambda cell: bool(shaped.fullmatch(cell))),
        (Kind.MAIL, lambda cell: bool(MAIL.fullmatch(cell))),
        (
            Kind.PHONE,
            lambda cell: bool(PHONE.fullmatch(cell)) and LOWEST <= sum(s.isdigit() for s in cell) <= HIGHEST,
        ),
        (Kind.NAME, lambda cell: any(f.kind is Kind.NAME for f in screen(cell))),
    )
    return next((kind for kind, test in tests if sum(map(test, filled)) > 0.6 * len(filled)), None)
