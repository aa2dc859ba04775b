"""What each column of a table is: area, period, measure, dimension, figure."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from samsyn.evidence.readers import places
from samsyn.evidence.readers.blocks import is_figure
from samsyn.evidence.readers.periods import Period, month_number, read_period
from samsyn.evidence.readers.table import Refusal


class Role(StrEnum):
    """The words a mapping uses."""

    AREA_CODE = "area_code"
    AREA_NAME = "area_name"
    PARENT = "parent"
    PERIOD = "period"
    MONTH = "month"
    QUARTER = "quarter"
    WEEK = "week"
    MEASURE = "measure"
    DIMENSION = "dimension"
    UNIT = "unit"
    STATUS = "status"
    VALUE = "value"
    SKIP = "skip"


@dataclass(slots=True)
class Column:
    index: int
    header: str
    role: Role
    level: str = ""
    period: Period | None = None  # of a figure column whose header names one
    month: int = 0  # of a figure column whose header is a month alone
    quarter: int = 0  # of a figure column whose header is a quarter alone
    whole: bool = False  # the year's total beside its months
    label: str = ""  # the header without its period
    mark: str = ""
    area: places.Area | None = None  # of a figure column whose header names one


LEVELS: Final = (
    ("deso", "deso"),
    ("regso", "regso"),
    ("kommun", "municipality"),
    ("municipal", "municipality"),
    ("län", "county"),
)
LEVEL_ORDER: Final = {"deso": 0, "regso": 1, "place": 2, "municipality": 3, "": 4, "region": 5, "county": 6}
CODE_WORDS: Final = re.compile(
    r"(?:kommun|region|läns?|area|county|municipality|deso|regso|områdes?|lsoa|omrades?)[\s_-]*(?:kod|code|id|nummer|nr|number)"
    r"|deso|regso|knkod|lkf|kommun|län|region|kommunid|scb[\s_-]?kod|l_id",
    re.I,
)
NAME_WORDS: Final = re.compile(
    r"(?:kommun|region|län|lan|area|county|municipality|område|omrade|stadsdel|distrikt|plats|ort|delområde|tätort|geografi"
    r"|lokalpolisområde|polisområde|polisregion|bostadsområde|deso|regso|kommundel|land|country)(?:[\s_-]*(?:namn|name))?|lnnamn|knnamn",
    re.I,
)
PERIOD_WORDS: Final = re.compile(
    r"år|ar|year|tid|time|period|datum|date|läsår|startår|mätår|undersökningsår|kvartal och år"
    r"|år och månad|tidpunkt|time_period|yearmonth|årmånad",
    re.I,
)
MEASURE_WORDS: Final = re.compile(
    r"kpi|mått|indikator|indicator|measure|nyckeltal|kpi[_ ]?(?:title|name|namn)|variabel|fråga"
    r"|tabellinnehåll|contents?",
    re.I,
)
DIMENSION_WORDS: Final = re.compile(
    r"ålder\w*|age\w*|årskurs|grade|kön|sex|gender|grupp\w*|klass|kategori|category|typ|type|kod|code|födelse\w*|brottskod|offence\w*|lagrum",
    re.I,
)
VALUE_WORDS: Final = re.compile(
    r"(?:value|värde|varde|antal|andel|count|n|number|procent|summa|total|totalt|obs_value)\b", re.I
)
SKIP_WORDS: Final = re.compile(
    r"(?:löp|ärende|rad)?(?:id|nr|nummer)|x1|index|unnamed.*|rowid|lagrum|fid|objectid|uuid", re.I
)
QUARTER_ALONE: Final = re.compile(
    r"(?:kvartal|kv\.?|k|q|quarter)\s*([1-4])|([1-4])\s*(?::a\s+)?kvartalet", re.I
)
CHANGE_WORDS: Final = re.compile(r"(?:förändring\w*|skillnad\w*|differens|diff\.?|change)\b.*", re.I)
TOTAL_WORDS: Final = re.compile(r"(?:totalt?|summa|hela året|helår|år|samtliga månader)\b.*", re.I)
YEAR_IN: Final = re.compile(r"(?<![\d])((?:19|20)\d\d(?:[MKQV]\d\d?|[/-](?:\d\d(?:\d\d)?))?)(?![\d])")


def columns_of(headers: tuple[str, ...], body: list[list[str]], answers: Mapping[str, str]) -> list[Column]:
    """One role a column. `answers` names roles by header and goes before everything else."""
    columns = []
    for index, header in enumerate(headers):
        cells = [row[index] for row in body if index < len(row)]
        asked = answers.get(header, answers.get(f"#{index + 1}"))
        column = _column(index, header, cells) if asked is None else _asked(index, header, asked)
        columns.append(column)
    for column in columns:
        if column.role is Role.VALUE and not column.label and not column.period:
            column.label = column.header
    _months_only_together(columns)
    _name_beside_code(columns)
    _one_area(columns)
    _skip_changes(columns)
    return columns


def _asked(index: int, header: str, asked: str) -> Column:
    try:
        column = Column(index, header, Role(asked), level=level_of(header))
    except ValueError:
        raise Refusal("unknown_answer", key="columns", answer=str(asked)[:40]) from None
    if column.role is Role.VALUE:
        _with_period(column)
    return column


def level_of(header: str) -> str:
    plain = header.casefold()
    return next((level for word, level in LEVELS if word in plain), "")


def _column(index: int, header: str, cells: list[str]) -> Column:
    texts = [cell.strip() for cell in cells if cell.strip()]
    sample = texts[:: max(1, len(texts) // 400)]
    figures = share(sample, is_figure)
    plain = header.casefold().strip()
    column = Column(index, header, Role.DIMENSION, level=level_of(header))
    if not plain and (not texts or _counts_up(texts)):
        column.role = Role.SKIP
    elif figures > 0.85 and _with_period(column):
        column.role = Role.VALUE
    elif not texts:
        column.role = Role.VALUE if month_number(header) or _with_period(column) else Role.SKIP
        column.month = month_number(header) or 0
    elif (
        CODE_WORDS.fullmatch(plain)
        and share(sample, lambda text: bool(places.of_code(text, numeric=True))) > 0.5
    ):
        column.role = Role.AREA_CODE
    elif MEASURE_WORDS.fullmatch(plain) and figures < 0.5:
        column.role = Role.MEASURE
    elif plain in ("enhet", "unit", "mätenhet"):
        column.role = Role.UNIT
    elif plain in ("status", "flagga", "flag", "obs_status"):
        column.role = Role.STATUS
    elif role := _period_role(plain, sample):
        column.role = role
    elif NAME_WORDS.fullmatch(plain) and figures < 0.5:
        column.role = Role.AREA_NAME
    elif DIMENSION_WORDS.fullmatch(plain) and not VALUE_WORDS.fullmatch(plain):
        column.role = Role.SKIP if plain == "lagrum" else Role.DIMENSION
    elif SKIP_WORDS.fullmatch(plain) and (len(set(texts)) == len(texts) or plain == "lagrum"):
        column.role = Role.SKIP
    elif share(sample, _known_code) > 0.95 and not VALUE_WORDS.fullmatch(plain) and len(set(sample)) > 1:
        column.role = Role.AREA_CODE
    elif len(set(sample)) > 5 and figures > 0.9 and share(sample, _known_id) > 0.95:
        column.role = Role.SKIP  # the areas' codes once more, as numbers, or Brå's own ids of them
    elif figures > 0.85 or (VALUE_WORDS.match(plain) and figures > 0.3):
        column.role = Role.VALUE
        column.month = month_number(header) or 0
    elif share(sample, lambda text: bool(places.of_text(text))) > 0.8:
        column.role = Role.AREA_NAME
    elif share(sample, _is_period) > 0.95:
        column.role = Role.PERIOD
    return column


def share(cells: list[str], test: Callable[[str], bool]) -> float:
    """The part of the cells that pass."""
    return sum(1 for cell in cells if test(cell)) / len(cells) if cells else 0.0


def _known_code(text: str) -> bool:
    return len(text) >= 4 and places.of_code(text) is not None


def _known_id(text: str) -> bool:
    return text in places.bra_ids() or (
        len(text) in (3, 4) and places.of_code(text, numeric=True) is not None
    )


def _is_period(text: str) -> bool:
    try:
        return read_period(text) is not None
    except Refusal:
        return True  # a week that does not exist is still meant as a period


def _period_role(plain: str, sample: list[str]) -> Role | None:
    """Period columns by their header, checked against what they hold."""
    if (
        plain in ("månad", "month", "mån", "manad")
        and share(sample, lambda text: bool(month_number(text))) > 0.9
    ):
        return Role.MONTH
    small = share(sample, lambda text: text.lstrip("0").isdecimal() and 1 <= int(text) <= 53) > 0.9
    if plain in ("månad", "month", "mån", "manad") and small:
        return Role.MONTH
    if (
        plain in ("kvartal", "quarter", "kv")
        and share(sample, lambda text: text.strip("KkQqv. ") in "1234") > 0.9
    ):
        return Role.QUARTER
    if plain in ("vecka", "week", "v") and small:
        return Role.WEEK
    named = PERIOD_WORDS.fullmatch(plain) or plain in (
        "månad",
        "month",
        "kvartal",
        "quarter",
        "vecka",
        "week",
    )
    if named and share(sample, _is_period) > 0.6:
        return Role.PERIOD
    return None


def _with_period(column: Column) -> bool:
    """Whether the header names a period, alone ("2024") or beside a measure ("Folkmängd 2024")."""
    header = column.header
    if not any(sign.isdecimal() for sign in header):
        return False
    last = header.rpartition(", ")[2]
    for text, label in ((header, ""), (last, header.rpartition(", ")[0])):
        if period := read_period(text):
            column.period, column.label, column.mark = period, label, period.mark
            return True
    found = YEAR_IN.findall(header)
    if len(found) == 1 and (period := read_period(found[0])):
        column.period = period
        column.label = " ".join(header.replace(found[0], " ").split()).replace(" ,", ",").strip(" ,:;-_")
        return bool(column.label)
    return False


def _counts_up(texts: list[str]) -> bool:
    """A row number that a program wrote: 0, 1, 2 … or 1, 2, 3 …"""
    if not all(text.isdecimal() and text.isascii() for text in texts[:50]):
        return False
    numbers = [int(text) for text in texts[:50]]
    return numbers == list(range(numbers[0], numbers[0] + len(numbers))) and numbers[0] in (0, 1)


def _months_only_together(columns: list[Column]) -> None:
    """A lone column "Maj" may be a name; months side by side are a year's columns, "Totalt" their sum."""
    months = [column for column in columns if column.month]
    quarters = [column for column in columns if column.role is Role.VALUE and _quarter_alone(column)]
    if len(months) < 3:
        for column in months:
            column.month = 0
    if len(quarters) > 1:
        for column in quarters:
            column.quarter = _quarter_alone(column)
    if len(months) < 3 and len(quarters) < 2:
        return
    for column in columns:
        if (
            column.role is Role.VALUE
            and not column.month
            and not column.quarter
            and not column.period
            and TOTAL_WORDS.fullmatch(column.header.strip())
        ):
            column.whole = True


def _quarter_alone(column: Column) -> int:
    found = QUARTER_ALONE.fullmatch(column.header.strip())
    return int(found[1] or found[2]) if found else 0


def _name_beside_code(columns: list[Column]) -> None:
    """A column "Namn" beside the areas' codes holds their names."""
    codes = [column for column in columns if column.role is Role.AREA_CODE]
    if not codes or any(column.role is Role.AREA_NAME for column in columns):
        return
    for column in columns:
        if column.role is Role.DIMENSION and column.header.casefold().strip() in (
            "namn",
            "name",
            "benämning",
        ):
            column.role, column.level = Role.AREA_NAME, codes[0].level
            return


def _one_area(columns: list[Column]) -> None:
    """The finest area of the row is its area; the county beside a municipality is its parent."""
    areas = [column for column in columns if column.role in (Role.AREA_CODE, Role.AREA_NAME)]
    if not areas:
        return
    order = {id(column): LEVEL_ORDER.get(column.level, 4) for column in areas}
    best = min(areas, key=lambda column: (order[id(column)], column.index))
    for column in areas:
        same = column.level == best.level or not column.level or not best.level
        first = next(other for other in areas if other.role is column.role and other.level == column.level)
        if not same and order[id(column)] > order[id(best)]:
            column.role = Role.PARENT
        elif not same or first is not column:
            column.role = Role.DIMENSION


def _skip_changes(columns: list[Column]) -> None:
    """What changed between two columns can be computed from them, and holds for no period of its own."""
    if sum(1 for column in columns if column.period) < 2:
        return
    for column in columns:
        if column.role is Role.VALUE and not column.period and CHANGE_WORDS.fullmatch(column.header.strip()):
            column.role = Role.SKIP
