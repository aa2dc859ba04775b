"""A statistical cube, whatever file it came in: dimensions, a cell for every combination, rows in the end."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from itertools import product
from math import prod
from typing import Final

from samsyn.evidence.readers import places, units
from samsyn.evidence.readers.periods import Period, read_period, settled
from samsyn.evidence.readers.periods import settle as settle_six
from samsyn.evidence.readers.table import Answers, Note, Question, Reading, Refusal, Row, Status
from samsyn.evidence.readers.titles import tidy
from samsyn.evidence.readers.values import Cell

MOST_CELLS: Final = 5_000_000
AREA_NAMES: Final = re.compile(
    r"region(?:kod)?|område|kommun|län|area|municipality|county|geo|country|land|deso|regso|ort|place", re.I
)
TIME_NAMES: Final = re.compile(
    r"tid|time|år|year|månad|month|kvartal|quarter|vecka|week|period|läsår|date|datum", re.I
)
DAY_IN_MEASURE: Final = (
    (re.compile(r"(?:\b1(?:\.|:a|st)?\s+januar[iy]?\b|\bjanuary\s+1(?:st)?\b)", re.I), (1, 1)),
    (re.compile(r"(?:\b31(?:\.|st)?\s+december\b|\bdecember\s+31(?:st)?\b)", re.I), (12, 31)),
)
MARKUP: Final = re.compile(r"<[^>]{1,40}>|\*\*")


@dataclass(frozen=True, slots=True)
class Category:
    code: str
    label: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Dimension:
    name: str
    label: str
    categories: tuple[Category, ...]
    role: str = ""  # area, time, contents, or "" for what else narrows the figure
    periods: tuple[Period | None, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Cube:
    """The cells come in the order of the dimensions, the last one running fastest."""

    dimensions: tuple[Dimension, ...]
    contents: str = ""  # the measure of a cube without a contents dimension
    unit: str = ""
    source: str = ""
    keeps_foreign_codes: bool = True


def cell_count(dimensions: tuple[Dimension, ...]) -> int:
    count = prod(len(dimension.categories) for dimension in dimensions)
    if count > MOST_CELLS:
        raise Refusal("too_large", cells=count)
    return count


def guess_role(name: str, label: str) -> str:
    """For files that do not say what their dimensions are."""
    for text in (name, label):
        if TIME_NAMES.fullmatch(text.strip()):
            return "time"
        if AREA_NAMES.fullmatch(text.strip()):
            return "area"
        if text.strip().casefold() in ("contentscode", "tabellinnehåll", "contents", "innehåll"):
            return "contents"
    return ""


def read_cube(
    cube: Cube, cells: Iterator[tuple[Cell, str]], answers: Answers, *, notes: tuple[Note, ...] = ()
) -> Reading:
    """Rows of all cells. Sums are never repaired: noise that the office put in stays in."""
    questions: list[Question] = []
    told = list(notes)
    dimensions = tuple(_with_periods(dimension, answers, questions, told) for dimension in cube.dimensions)
    shapes = [_Column(dimension, cube) for dimension in dimensions]
    outside = (
        _outside_area(cube, answers, questions, told) if not any(c.role == "area" for c in shapes) else None
    )
    if not any(column.role == "time" for column in shapes):
        given = read_period(str(answers.get("period", "")))
        questions += [] if given else [Question("period")]
    else:
        given = None
    rows = []
    for choice, (cell, original) in zip(product(*(column.choices for column in shapes)), cells, strict=False):
        area, period, unit, contents, narrowed = (
            outside or places.Area("", "", ""),
            given,
            "",
            cube.contents,
            [],
        )
        for column, picked in zip(shapes, choice, strict=True):
            if column.role == "area":
                area = column.areas[picked]
            elif column.role == "time":
                period = column.dimension.periods[picked]
            elif column.role == "contents":
                contents, unit = column.labels[picked], column.dimension.categories[picked].unit
            elif column.labels[picked]:
                narrowed.append(column.labels[picked])
        measure = ", ".join([part for part in (tidy(contents), *narrowed) if part])
        period = _on_its_day(period, contents)
        if cell.status is Status.OK and period and period.preliminary:
            cell = replace(cell, status=Status.PRELIMINARY)
        rows.append(
            Row(
                area.level,
                area.code,
                area.name,
                measure,
                period.start if period and not period.unsure else None,
                period.end if period and not period.unsure else None,
                unit or cube.unit or units.unit_of(contents, *narrowed),
                cell.value,
                cell.status,
                original,
            )
        )
    if not all(row.unit for row in rows):
        spoken = {(row.measure, row.unit) for row in rows}
        rows = [row if row.unit else replace(row, unit=units.beside(row.measure, spoken)) for row in rows]
        rows = _counts(rows, told)
    if rows and not all(row.unit for row in rows):
        unknown = next(row.measure for row in rows if not row.unit)
        questions.append(Question("unit", where=unknown[:120]))
        if given_unit := answers.get("unit"):
            rows = [row if row.unit else replace(row, unit=str(given_unit)) for row in rows]
            questions.pop()
    return Reading(tuple(rows), tuple(told), tuple(questions), source=cube.source)


def _counts(rows: list[Row], told: list[Note]) -> list[Row]:
    """Whole numbers under a measure without a unit are counts, and it is told."""
    values: dict[str, list[Decimal]] = {}
    for row in rows:
        if not row.unit:
            mine = values.setdefault(row.measure, [])
            mine += [row.value] if row.value is not None else []
    whole = {measure for measure, mine in values.items() if mine and units.is_whole(mine)}
    if whole:
        listed = ", ".join(sorted(whole))[:300]
        told.append(Note("unit_assumed", {"header": listed, "unit": units.COUNT}))
    return [replace(row, unit=units.COUNT) if not row.unit and row.measure in whole else row for row in rows]


class _Column:
    """One dimension with its labels, and its areas looked up once."""

    def __init__(self, dimension: Dimension, cube: Cube) -> None:
        self.dimension, self.role = dimension, dimension.role
        self.choices = range(len(dimension.categories))
        self.labels = [_label(category, dimension) for category in dimension.categories]
        self.areas = (
            [area_of(category, cube) for category in dimension.categories] if self.role == "area" else []
        )


def _label(category: Category, dimension: Dimension) -> str:
    label = tidy(MARKUP.sub("", category.label))
    if label.isdecimal() and dimension.role == "":
        return f"{tidy(dimension.label)} {label}"  # "age 0", not a bare 0
    return label


def area_of(category: Category, cube: Cube) -> places.Area:
    """By code where the register knows it, else by name; a foreign area keeps its name."""
    label = tidy(category.label)
    if category.code.isalpha() and len(category.code) == 2 and category.code.isupper():
        keeps = cube.keeps_foreign_codes or category.code == "SE"
        return places.Area("country", category.code if keeps else "", label)
    known = places.of_code(category.code) or places.of_text(label)
    if known is None:
        return places.Area("place", category.code if cube.keeps_foreign_codes else "", label)
    if known.name:
        return known
    bare = label.removeprefix(category.code).strip()
    return replace(known, name="" if bare == known.code else bare)


def _with_periods(
    dimension: Dimension, answers: Answers, questions: list[Question], notes: list[Note]
) -> Dimension:
    if dimension.role != "time" or dimension.periods:
        return dimension
    periods = [
        read_period(category.code) or read_period(category.label, where=dimension.label)
        for category in dimension.categories
    ]
    if any(period and period.unsure for period in periods):
        kind = str(answers.get("period_kind", "")) or settle_six(periods)
        if kind not in ("month", "quarter"):
            questions.append(
                Question(
                    "period_kind", ("month", "quarter"), params={"text": dimension.categories[0].code[:40]}
                )
            )
        periods = [settled(period, kind) if period else None for period in periods]
    unread = [
        category.label
        for category, period in zip(dimension.categories, periods, strict=True)
        if period is None
    ]
    if unread:
        questions.append(
            Question("unreadable_periods", where=dimension.label, params={"text": unread[0][:40]})
        )
    kinds = sorted({period.kind for period in periods if period})
    if kinds:
        notes.append(Note("period_kind", {"kind": ", ".join(kinds)}))
    return replace(dimension, periods=tuple(periods))


def _on_its_day(period: Period | None, contents: str) -> Period | None:
    """ "Population January 1st" of a year holds on that day, not for the year."""
    if period is None or period.kind != "year":
        return period
    for pattern, (month, day) in DAY_IN_MEASURE:
        if pattern.search(contents):
            moment = date(period.start.year, month, day)
            return replace(period, start=moment, end=moment, kind="day")
    return period


def _outside_area(
    cube: Cube, answers: Answers, questions: list[Question], notes: list[Note]
) -> places.Area | None:
    """A cube without areas is about what its maker covers ("Statistics Greenland"), or it is asked."""
    if given := answers.get("area"):
        return places.of_text(str(given)) or places.Area("place", "", str(given)[:120])
    if found := re.fullmatch(r"Statistics ([A-Z][a-z]+(?: [A-Z][a-z]+)?)", notes_source(notes)):
        notes.append(Note("area_from", {"where": "source", "area": found[1]}))
        return places.of_name(found[1]) or places.Area("country", "", found[1])
    questions.append(Question("area"))
    return None


def notes_source(notes: list[Note]) -> str:
    return next((str(note.params["text"]) for note in notes if note.code == "source"), "")
