"""What a title, a sheet's name or a file's name tells about the figures below it."""

import re
from pathlib import PurePath
from typing import Final

from samsyn.evidence.readers import places
from samsyn.evidence.readers.periods import MONTHS, Period, read_period

NAMES: Final = "|".join(sorted(MONTHS, key=len, reverse=True))
YEAR: Final = r"(?:19|20)\d\d"
PERIOD: Final = re.compile(
    rf"(?<![a-zåäö\d])(?:(?:{NAMES})\s*[-\u2013]\s*(?:{NAMES})\s+{YEAR}|(?:{NAMES})[\s_-]*{YEAR}|{YEAR}[MKQV]\d\d?"
    rf"|{YEAR}\s*(?:kv\.?|kvartal)\s*[1-4]|(?:kv\.?|kvartal)\s*[1-4][\s,]+{YEAR}|{YEAR}/(?:{YEAR}|\d\d)"
    rf"|{YEAR}\s*[-\u2013]\s*{YEAR}|{YEAR}-\d\d-\d\d|{YEAR}-\d\d|{YEAR})(?!\d)(?:\s+prel\.?)?",
    re.I,
)
BRA_AREA: Final = re.compile(r"Rn0[1-7]|(?<=^P\d)La|(?<=^P\dM)La|(?<=^1\d0)La")
FOOTNOTE_DIGIT: Final = re.compile(r"(?<=[A-ZÅÄÖa-zåäö])\d$")


def period_in(titles: tuple[str, ...], name: str, sheet: str = "") -> tuple[Period | None, str]:
    """The one period in the titles, else in the sheet's or file's name. Several are no answer, nor a day."""
    for where, texts in (("title", titles), ("sheet name", (sheet,)), ("file name", (stem(name),))):
        found = {}
        for text in texts:
            for match in PERIOD.finditer(text):
                period = read_period(match[0].replace("_", " "))
                if period and period.kind != "day" and not period.unsure:
                    found[period.start, period.end] = period
        if len(found) == 1:
            return next(iter(found.values())), where
        if found:
            return None, ""
    return None, ""


def area_in(titles: tuple[str, ...], name: str) -> tuple[places.Area | None, str]:
    """The one area that the titles name in full ("Umeå kommun"), else Brå's code in the file's name."""
    if found := BRA_AREA.search(name):
        return places.of_code("00" if found[0] == "La" else found[0]), "file name"
    known = {}
    for text in titles:
        for match in re.finditer(
            r"(?:[A-ZÅÄÖ][\wåäö-]+\s){1,2}(?:kommun|län|stad)\b"
            r"|(?:Polisr|R)egion [A-ZÅÄÖ][a-zåäö]+|[Hh]ela landet|Riket",
            text,
        ):
            words = match[0].split()
            for start in range(len(words) - 1 or 1):
                if area := places.of_name(" ".join(words[start:])):
                    known[area.level, area.code] = area
                    break
    return (next(iter(known.values())), "title") if len(known) == 1 else (None, "")


def stem(name: str) -> str:
    """A file's name as words."""
    return PurePath(name).stem.replace("_", " ")


# File names are written without å, ä and ö; these words of theirs are never anything else.
SPELLED: Final = {
    "foretag": "företag",
    "alder": "ålder",
    "kon": "kön",
    "lan": "län",
    "manad": "månad",
    "skadegorelse": "skadegörelse",
    "anmalda": "anmälda",
    "fodda": "födda",
    "doda": "döda",
    "hushall": "hushåll",
    "valdsbrott": "våldsbrott",
    "stold": "stöld",
    "stolder": "stölder",
    "arenden": "ärenden",
    "halsa": "hälsa",
}
PACE: Final = frozenset(
    {"kvartal", "månad", "år", "ar", "vecka", "export", "data", "uttag", "tabell", "per", "cut", "prel"}
)


def from_name(name: str) -> str:
    """A measure's name from the file's, when nothing in the file names it: without dates and the like."""
    words = [SPELLED.get(word.casefold(), word) for word in re.split(r"[\s_]+", PERIOD.sub(" ", stem(name)))]
    return " ".join(word for word in words if word.strip("-") and word.casefold() not in PACE) or stem(name)


REMARK: Final = re.compile(
    r"(?:källa|source|not|note|anm|fotnot|uppdaterad|senast|updated|publicerad|hämtad|kontakt|copyright|©)\b",
    re.I,
)
NUMBERED: Final = re.compile(
    r"(?:tabell|tabellbilaga|diagram|figur|tablå|table|figure)\s+[\w.]+[.:]?\s+", re.I
)
MEASURED: Final = re.compile(
    r"\b(?:andel|antal|procent|index|medel\w*|median\w*|per 1\d* ?000|kronor)\b|%", re.I
)
UNIT_WORDS: Final = re.compile(r"(?:[\s,(]+(?:i\s+)?(?:andel|antal|procent|%|kronor|tkr|st)[\s)]*)+$", re.I)


def topic_of(titles: tuple[str, ...]) -> str:
    """What the titles say that the figures measure, without number, period and unit; "" when none does.

    A report's name often stands first: a title that names a measure goes before it.
    """
    said = [title for title in titles if not REMARK.match(title) and any(map(str.isalpha, title))]
    title = next((title for title in said if MEASURED.search(title)), next(iter(said), ""))
    first = re.split(r"\.\s+(?=[A-ZÅÄÖ])", NUMBERED.sub("", title))[0]
    first = first.partition(" efter ")[0].partition(" by ")[0]
    first = UNIT_WORDS.sub("", tidy(PERIOD.sub("", first)).strip(" .,:;-\u2013("))
    return first.strip(" .,:;-\u2013(") if len(first) <= 160 else ""


def tidy(label: str) -> str:
    """A label without needless blanks."""
    return " ".join(label.split())


def without_footnote(label: str) -> str:
    """Brå writes a footnote's digit right after the last letter: "SAMTLIGA BROTT2"."""
    return FOOTNOTE_DIGIT.sub("", tidy(label))
