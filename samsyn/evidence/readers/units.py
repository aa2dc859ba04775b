"""The unit of a figure from the words around it."""

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Final

COUNT: Final = "count"
PERCENT: Final = "percent"
RATE: Final = "per 100 000 inhabitants"
MEAN_RATE: Final = "per 100 000 of mean population"
WORDS: Final = tuple(
    (re.compile(pattern, re.I), unit)
    for pattern, unit in (
        (
            r"(?:/|per)\s*100[\s\u00a0]?000\s*(?:av\s+)?(?:medelfolkmängd|medelbefolkning|of mean pop)",
            MEAN_RATE,
        ),
        (r"(?:/|per)\s*100[\s\u00a0._]?000|per_?100k|100k", RATE),
        (r"(?:/|per)\s*10[\s\u00a0._]?000(?!\d)", "per 10 000 inhabitants"),
        (r"(?:/|per)\s*1[\s\u00a0._]?000(?!\d)|promille|‰", "per 1 000 inhabitants"),
        (
            r"%|(?:^|_|\b)andel(?:en|ar)?(?:$|_|\b)|\bprocent\b|\bpercent(?:age)?\b|(?:^|_)pct(?:$|_)|\bshare\b|(?:^|_)proc(?:$|_)",
            PERCENT,
        ),
        (
            r"(?:^|_|\b)(?:tkr|tsek|ksek)(?:$|_|\b)|\btusen(?:tal)? (?:kr|kronor)|\b1000[- ]tal kr",
            "thousand SEK",
        ),
        (r"(?:^|_|\b)(?:mkr|mnkr|msek)(?:$|_|\b)|\bmiljon(?:er)? (?:kr|kronor)", "million SEK"),
        (r"(?:^|_|\b)(?:kr|kronor|sek)(?:$|_|\b)", "SEK"),
        (r"\bkm2\b|km²|kvadratkilometer|\bkvkm\b|square km", "square km"),
        (
            r"(?:^|_|\b)(?:antal|antalet|count|number|pop|folkmängd\w*|befolkning\w*|population|invånare|personer|ärenden|cases)(?:$|_|\b)",
            COUNT,
        ),
        (r"\bindex\b", "index"),
    )
)
# The limits of an interval are measured in what they stand around.
LIMITS: Final = re.compile(
    r"konfidensintervall|osäkerhet|felmarginal|(?:^|\b)(?:nedre|undre|övre)\b"
    r"|\b(?:lower|upper|margin of error)\b|^[ck]i\b",
    re.I,
)
NAMES: Final = {
    "antal": COUNT,
    "amount": COUNT,
    "number": COUNT,
    "st": COUNT,
    "count": COUNT,
    "procent": PERCENT,
    "percent": PERCENT,
    "percentage": PERCENT,
    "%": PERCENT,
    "per cent": PERCENT,
    "tkr": "thousand SEK",
    "tusental kronor": "thousand SEK",
    "kronor": "SEK",
    "kr": "SEK",
    "mkr": "million SEK",
    "km2": "square km",
    "km²": "square km",
}


def unit_of(*texts: str) -> str:
    """The first unit that the texts name, in their order; "" when none does."""
    for text in texts:
        for pattern, unit in WORDS:
            if pattern.search(text):
                return unit
    return ""


def beside(measure: str, spoken: Iterable[tuple[str, str]]) -> str:
    """The unit of an interval's limit: that of the figures beside it, when they have one and no other."""
    if not LIMITS.search(measure):
        return ""
    near = {unit for other, unit in spoken if unit and unit != COUNT and not LIMITS.search(other)}
    return next(iter(near)) if len(near) == 1 else ""


def unit_name(text: str) -> str:
    """A unit that the file states, in our words where we have one."""
    plain = " ".join(text.split())
    return NAMES.get(plain.casefold(), plain)


def is_whole(values: Iterable[Decimal]) -> bool:
    return all(value == value.to_integral_value() for value in values)
