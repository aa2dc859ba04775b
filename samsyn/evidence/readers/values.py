"""One cell as a number, a zero, or a reason why there is none. Exact decimals, never through a float."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from samsyn.evidence.readers.table import Refusal, Status


class Number(str):
    """Text of a cell that the file holds as a number: a point is its decimal sign, nothing groups it."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Cell:
    value: Decimal | None
    status: Status
    mark: str = ""  # a footnote mark that stood at the number
    percent: bool = False
    readable: bool = True


SPACES: Final = re.compile("[ \t\u00a0\u2000-\u200a\u202f\u205f\u3000'\u2019]")
MINUS: Final = str.maketrans(
    {"\u2212": "-", "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\ufe63": "-"}
)
HIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")

MISSING: Final = frozenset(
    {
        "",
        "..",
        "...",
        "\u2026",
        "na",
        "n/a",
        "#n/a",
        "#saknas!",
        "null",
        "none",
        "x",
        "xx",
        ":",
        "*",
        "saknas",
        "uppgift saknas",
    }
    | {
        "sekretess",
        "-9999",
        "#value!",
        "#värdefel!",
        "#div/0!",
        "#division/0!",
        "#ref!",
        "#referens!",
        "#name?",
        "#num!",
    }
    | {"ej tillgängligt", "hidden", "suppressed", "?"}
)
NOT_APPLICABLE: Final = frozenset(
    {".", "ej tillämpligt", "ej tillämplig", "inte tillämpligt", "not applicable"}
)
FEWER: Final = re.compile(r"[<≤>≥]|(?:färre|mindre|under|fewer|less)\s(?:än\s|than\s)?\d")
NIL: Final = frozenset({"-", "--", "\u2014"})
UNREAL: Final = re.compile(r"[+-]?(nan|inf|infinity|-0)|-0", re.I)
HUGE: Final = re.compile(r"[+-]?\d+([.,]\d+)?e[+-]?\d+", re.I)
TRAILING: Final = re.compile(
    r"(?P<body>.*?\d)\s*(?P<mark>\*+|[\u2020\u2021]+|[\u00b9\u00b2\u00b3\u2070-\u2079]+|\d\)|\([a-zA-Z\d]\)|[pPeErR]|\(?[Pp]rel\.?\)?|\(?est\.?\)?)"
)
PLAIN: Final = re.compile(r"[+-]?\d+(?:[.,]\d+)?|[+-]?[.,]\d+")
GROUPED: Final = {
    ",": re.compile(r"[+-]?\d{1,3}(?:\.\d{3})+(?:,\d+)?"),
    ".": re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?"),
}
SPACED: Final = re.compile(
    r"[+-]?\d{1,3}(?:[ \t\u00a0\u2000-\u200a\u202f\u205f'\u2019]\d{3})*(?:[.,]\d+)?|[+-]?\d+(?:[.,]\d+)?"
)
LONGEST: Final = 40  # digits; nothing that a statistics office publishes is longer


def refuse_hidden(text: str, where: str) -> None:
    """NUL, control and direction-changing characters make a cell look like something else than it is."""
    if HIDDEN.search(text):
        raise Refusal("hidden_characters", where)


SYMBOL_NOTE: Final = re.compile(
    r"(?P<sign>-|\u2013|\.{1,3}|\*|:|x)\)?\s*(?:=|:|betyder|avser|anger)?\s*(?P<text>[^\W\d].{2,})", re.I
)
MEANINGS: Final = (
    (
        re.compile(
            r"färre än|för få|underlag|(?:ej|inte) redovis|saknas|sekretess|skydd|osäker|redovisas",
            re.I,
        ),
        Status.MISSING,
    ),
    (re.compile(r"(?:ej|inte) (?:tillämplig|aktuell|relevant)|not applicable", re.I), Status.NOT_APPLICABLE),
    (re.compile(r"\b(?:noll|ingen|inga|inget)\b|\bnil\b", re.I), Status.ZERO),
)


def symbols_in(footnotes: Iterable[str]) -> dict[str, Status]:
    """What the file itself says that its signs mean: "- Färre än 50 svarande" is no zero."""
    found = {}
    for text in footnotes:
        if said := SYMBOL_NOTE.fullmatch(text.strip()):
            status = next((status for words, status in MEANINGS if words.search(said["text"])), None)
            if status is not None:
                found[said["sign"].translate(MINUS)] = status
    return found


def read_value(
    text: str, *, decimal: str = ",", where: str = "", symbols: dict[str, Status] | None = None
) -> Cell:
    """What the cell says. A `decimal` sign decides only where both readings are possible ("1,234")."""
    raw = text.translate(MINUS).strip().strip("\u00a0\u202f\u2009")
    if symbols and raw in symbols:
        return Cell(Decimal(0) if symbols[raw] is Status.ZERO else None, symbols[raw])
    low = raw.casefold()
    if low in MISSING:
        return Cell(None, Status.MISSING)
    if low in NIL:
        return Cell(Decimal(0), Status.ZERO)
    if low in NOT_APPLICABLE:
        return Cell(None, Status.NOT_APPLICABLE)
    if FEWER.match(low):  # "<5", "färre än 5": a small count that the source hides
        return Cell(None, Status.MISSING, mark=raw)
    if UNREAL.fullmatch(low):
        raise Refusal("not_a_number", where, text=text[:40])
    if HUGE.fullmatch(low):
        return _scientific(low, text, where)
    mark, percent = "", False
    if raw.endswith("%"):
        raw, percent = raw[:-1].rstrip(" \u00a0\u202f"), True
    number = _decimal(raw, "." if isinstance(text, Number) else decimal)
    if number is None and (found := TRAILING.fullmatch(raw)):
        mark = found["mark"]
        number = _decimal(found["body"], decimal)
    if number is None:
        return Cell(None, Status.MISSING, readable=False)
    if len(number.as_tuple().digits) > LONGEST:
        raise Refusal("number_too_long", where)
    status = Status.OK if number else Status.ZERO
    if number and mark.strip("()").casefold().startswith("p"):
        status = Status.PRELIMINARY
    elif number and mark.strip("()").casefold().startswith("e"):
        status = Status.ESTIMATE
    return Cell(number, status, mark=mark, percent=percent)


def _scientific(low: str, text: str, where: str) -> Cell:
    """1.5e+05 as a statistics program writes it; beyond sixty powers of ten it is no statistic."""
    mantissa, _, exponent = low.replace(",", ".").partition("e")
    if len(exponent) > 3 or abs(int(exponent)) > 60:
        raise Refusal("not_a_number", where, text=text[:40])
    number = Decimal(f"{mantissa}e{exponent}")
    number = Decimal(f"{number:f}")
    return Cell(number, Status.OK if number else Status.ZERO)


def _decimal(raw: str, decimal: str) -> Decimal | None:
    if not raw.isascii() and re.search(r"[^\x00-\x7f\u00a0\u2000-\u200a\u202f\u205f\u3000\u2019]", raw):
        return None
    if SPACED.fullmatch(raw):
        raw = SPACES.sub("", raw)
    if PLAIN.fullmatch(raw):
        other = "." if decimal == "," else ","
        if other in raw and GROUPED[decimal].fullmatch(raw):
            return Decimal(raw.replace(other, ""))
        return Decimal(raw.replace(",", "."))
    if GROUPED[decimal].fullmatch(raw):
        other = "." if decimal == "," else ","
        return Decimal(raw.replace(other, "").replace(decimal, "."))
    return None


def decimal_sign(texts: Iterable[str]) -> tuple[str, bool]:
    """The decimal sign of a column, and whether it is certain.

    Uncertain when every mark stands before exactly three digits: "1,234" is a thousand or one point two.
    """
    unsure = ""
    for text in texts:
        if isinstance(text, Number):
            continue
        raw = SPACES.sub("", text).lstrip("+-\u2212\u2013").rstrip("*% ")
        if not raw or not raw[0].isdecimal() or not (("," in raw) or ("." in raw)):
            continue
        if "," in raw and "." in raw:
            return (",", True) if raw.rindex(",") > raw.rindex(".") else (".", True)
        sign = "," if "," in raw else "."
        if not re.fullmatch(r"\d+(?:[.,]\d+)+", raw):
            continue
        if raw.count(sign) > 1:
            if re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", raw):
                return ("." if sign == "," else ","), True
            continue
        whole, _, part = raw.partition(sign)
        if len(part) != 3 or len(whole) > 3 or whole == "0":
            return sign, True
        unsure = sign
    return (unsure, False) if unsure else (",", True)
