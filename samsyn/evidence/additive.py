"""Which numbers of a table are the sums of others: what an attacker would subtract. For workers only.

Nobody tells Samsyn what a table's totals are, so they are found by what the numbers do. A year is the sum of
its months wherever it comes out so; an area or a measure is the sum of others when it does so everywhere. A
total that is found by chance makes the protection stricter, never weaker. Totals that stand in no table are
not known: those of a larger area, or of a measure that only some others make up.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from samsyn.evidence import spans

MOST_PLACES: Final = 20_000_000  # of lines times columns in memory
PREFIXES: Final = (2, 4)  # SCB's codes of a county and of a municipality begin those of what lies in them
CLOSE: Final = 1e-9


class TooLarge(Exception):
    """The table has more lines and columns than can be held side by side."""


class Cell(NamedTuple):
    """One number of a table of counts, by what it counts."""

    level: str
    place: str  # the code of the area, its name where it has none
    measure: str
    start: date
    end: date


@dataclass(frozen=True)
class Relation:
    """A total and those of its parts whose number is known; `rest` is what the unknown ones make together."""

    total: Cell
    parts: tuple[Cell, ...]
    rest: float


Cells = Mapping[Cell, float | None]
Line = tuple[str, ...]  # an area by level and place, or a measure
Name = tuple[str, str]  # of a group of lines: what kind, and the code of the only line that it can add up to


def relations(cells: Cells) -> list[Relation]:
    """All sums that the table itself shows: over periods, over areas, over measures.

    Raises TooLarge. Cost: O(lines · columns) for areas and for measures, O(totals · periods) in each series.
    """
    places: dict[Name, list[Line]] = defaultdict(list)
    for level, place in dict.fromkeys((cell.level, cell.place) for cell in cells):
        places[level, ""].append((level, place))
        for length in PREFIXES:
            if place.isdigit() and len(place) > length:
                places[level, place[:length]].append((level, place))
    measures: dict[Name, list[Line]] = {("", ""): list(dict.fromkeys((cell.measure,) for cell in cells))}
    return [
        *_over_periods(cells),
        *_over_lines(
            cells,
            lambda cell: (cell.level, cell.place),
            lambda cell: (cell.measure, cell.start, cell.end),
            places,
        ),
        *_over_lines(
            cells,
            lambda cell: (cell.measure,),
            lambda cell: (cell.level, cell.place, cell.start, cell.end),
            measures,
        ),
    ]


def _over_periods(cells: Cells) -> Iterator[Relation]:
    series: dict[Line, list[Cell]] = defaultdict(list)
    for cell in cells:
        series[cell.level, cell.place, cell.measure].append(cell)
    for one in series.values():
        kinds: dict[tuple[str, int], list[Cell]] = defaultdict(list)
        for cell in sorted(one, key=lambda cell: cell.start):
            span, days = spans.span_of((cell.start, cell.end)), spans.days_of((cell.start, cell.end))
            kinds[span, days if span is spans.Span.OTHER else 0].append(cell)
        if len(kinds) < 2:
            continue
        for total in one:
            for parts in kinds.values():
                inside = [cell for cell in parts if total.start <= cell.start and cell.end <= total.end]
                if len(inside) > 1 and _tiles(total, inside):
                    yield from _sum_of(cells, total, inside)


def _tiles(total: Cell, parts: Sequence[Cell]) -> bool:
    """Whether the parts follow on each other from the first day of the total to its last."""
    ends = [total.start - timedelta(days=1), *(part.end for part in parts)]
    return parts[-1].end == total.end and all(
        part.start == before + timedelta(days=1) for part, before in zip(parts, ends, strict=False)
    )


def _sum_of(cells: Cells, total: Cell, parts: Sequence[Cell]) -> Iterator[Relation]:
    value = cells[total]
    known = [part for part in parts if cells[part] is not None]
    if value is None or not known:
        return
    rest = value - sum(cells[part] or 0.0 for part in known)
    if abs(rest) < CLOSE or (rest > 0 and len(known) < len(parts)):
        yield Relation(total, tuple(known), max(rest, 0.0))


@dataclass(frozen=True)
class _Group:
    """Lines that a total may be the sum of: the sum of what is known in each column, and how many are not."""

    members: tuple[int, ...]
    sums: npt.NDArray[np.float64]
    lacking: npt.NDArray[np.int64]


def _over_lines(
    cells: Cells,
    line_of: Callable[[Cell], Line],
    column_of: Callable[[Cell], Hashable],
    groups: Mapping[Name, Sequence[Line]],
) -> Iterator[Relation]:
    """Lines that are the sum of a group of other lines in every column where that can be seen."""
    lines = {line: place for place, line in enumerate(dict.fromkeys(map(line_of, cells)))}
    columns = {column: place for place, column in enumerate(dict.fromkeys(map(column_of, cells)))}
    if len(lines) < 2:
        return
    if len(lines) * len(columns) > MOST_PLACES:
        raise TooLarge
    table = np.full((len(lines), len(columns)), np.nan)
    stands: dict[tuple[int, int], Cell] = {}
    for cell, value in cells.items():
        at = lines[line_of(cell)], columns[column_of(cell)]
        stands[at] = cell
        if value is not None:
            table[at] = value
    found = {name: _group([lines[line] for line in some], table) for name, some in groups.items()}
    for line, at_line in lines.items():
        for (_, code), group in found.items():
            if not code or code == line[-1]:
                yield from _is_sum(table, stands, at_line, group)


def _group(members: list[int], table: npt.NDArray[np.float64]) -> _Group:
    part = table[members]
    return _Group(tuple(members), np.nansum(part, axis=0), np.isnan(part).sum(axis=0))


def _is_sum(
    table: npt.NDArray[np.float64], stands: Mapping[tuple[int, int], Cell], line: int, group: _Group
) -> Iterator[Relation]:
    members = [one for one in group.members if one != line]
    if not members:
        return
    own, sums, lacking = table[line], group.sums, group.lacking
    if len(members) < len(group.members):
        sums, lacking = sums - np.nan_to_num(own), lacking - np.isnan(own)
    known, whole = ~np.isnan(own), lacking == 0
    rest = own - sums
    if not bool(np.any(known & whole & (own > 0))) or bool(np.any(known & (rest < -CLOSE))):
        return
    if bool(np.any(known & whole & (rest > CLOSE))):
        return
    for column in np.flatnonzero(known & (lacking < len(members))).tolist():
        parts = [stands[one, column] for one in members if not np.isnan(table[one, column])]
        yield Relation(stands[line, column], tuple(parts), max(float(rest[column]), 0.0))
