"""Which numbers of a party's own table are never published: those too small, and those that give them away.

The pattern is made once for a dataset and a policy, over the whole table with all its totals. Whatever is
later cut out of the table inherits it, so two figures side by side say no more than the pattern allows. The
numeric part is for workers; `hides` reads the finished pattern and is cheap.
"""

import io
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from samsyn.core.canonical import Plain
from samsyn.evidence import spans
from samsyn.evidence.asking import Asked
from samsyn.evidence.readers.table import COLUMNS
from samsyn.evidence.readers.units import COUNT

if TYPE_CHECKING:
    from samsyn.evidence.additive import Cell, Relation

MOST_TOGETHER: Final = 3_000  # cells tied by sums: beyond it all of them are hidden, which is safe and coarse


def hides(pattern: Mapping[str, Any], asked: Asked) -> bool:
    """Whether a figure with this question stands on a number that the pattern hides."""
    if pattern["everything"]:
        return True
    if asked.question.is_of_places:
        return _hides_some(pattern, asked)
    place = asked.code or asked.name
    for level, where, measure, periods in pattern["hidden"]:
        if (level, where, measure) == (asked.level, place, asked.measure):
            days = [(date.fromisoformat(start), date.fromisoformat(end)) for start, end in periods]
            return any(end <= asked.end for _, end in spans.alike((asked.start, asked.end), days))
    return False


def _hides_some(pattern: Mapping[str, Any], asked: Asked) -> bool:
    """Whether the number of one of the places that are compared is hidden."""
    wanted = [asked.start.isoformat(), asked.end.isoformat()]
    keys = {place.key for place in asked.places}
    return any(
        level == asked.level and where in keys and measure == asked.measure and wanted in periods
        for level, where, measure, periods in pattern["hidden"]
    )


def stands_on(asked: Asked, cell: "Cell") -> bool:
    """Whether a figure shows this number: it shows its series up to its period, in periods of that kind."""
    if asked.question.is_of_places:
        here = cell.place in {place.key for place in asked.places}
        same = (cell.level, cell.measure, cell.start, cell.end)
        return here and same == (asked.level, asked.measure, asked.start, asked.end)
    return (
        (cell.level, cell.place, cell.measure) == (asked.level, asked.code or asked.name, asked.measure)
        and cell.end <= asked.end
        and bool(spans.alike((asked.start, asked.end), [(cell.start, cell.end)]))
    )


@dataclass(frozen=True)
class Hidden:
    """What is hidden: because it is too small, or besides; and how many small ones are out already."""

    small: frozenset["Cell"]
    besides: frozenset["Cell"]
    given_away: int = 0
    everything: bool = False  # the table is too large to be looked through

    @property
    def plain(self) -> dict[str, Plain]:
        """As it is stored: cells by series."""
        series: dict[tuple[str, str, str], list[list[date]]] = defaultdict(list)
        for cell in sorted(self.small | self.besides):
            series[cell.level, cell.place, cell.measure].append([cell.start, cell.end])
        return {
            "hidden": [[*name, periods] for name, periods in series.items()],
            "small": len(self.small),
            "besides": len(self.besides),
            "given_away": self.given_away,
            "everything": self.everything,
        }


def cells_of(table: bytes) -> "dict[Cell, float | None]":
    """The counts of a stored table; None where the source gives no number."""
    import polars as pl

    from samsyn.evidence.additive import Cell

    frame = pl.read_parquet(io.BytesIO(table), columns=list(COLUMNS)).filter(pl.col("unit") == COUNT)
    found = {}
    for row in frame.iter_rows(named=True):
        if row["period_start"] and row["period_end"]:
            start, end = (date.fromisoformat(row[name][:10]) for name in ("period_start", "period_end"))
            place = row["area_code"] or row["area_name"]
            cell = Cell(row["area_level"], place, row["measure"], start, end)
            found[cell] = float(row["value"]) if row["value"] else None
    return found


def cells_in(pattern: Mapping[str, Any]) -> "set[Cell]":
    """The cells of a stored pattern."""
    from samsyn.evidence.additive import Cell

    return {
        Cell(level, place, measure, date.fromisoformat(start), date.fromisoformat(end))
        for level, place, measure, periods in pattern["hidden"]
        for start, end in periods
    }


def hide(
    cells: "Mapping[Cell, float | None]",
    *,
    threshold: int,
    is_public: "Callable[[Cell], bool]" = lambda cell: False,
    kept: "Collection[Cell]" = (),
) -> Hidden:
    """Choose what is hidden in a table of counts, at little cost, and audit it as an attacker would.

    `is_public` says what is out already and cannot be taken back; `kept` is hidden by earlier patterns over
    the same people and stays so. Where what is out gives a small number away, all that is tied to it is
    hidden from now on. Cost: two linear programmes for each small cell in a sum; none for the others.
    """
    from samsyn.evidence.additive import TooLarge, relations

    known = {cell: value for cell, value in cells.items() if value is not None}
    try:
        groups = _tied(known, relations(cells))
    except TooLarge:
        return Hidden(frozenset(), frozenset(), everything=True)
    hidden: set[Cell] = set()
    given_away = 0
    small = {cell for cell, value in known.items() if 0 < value < threshold}
    for members, sums in groups:
        unsafe = small & members
        if not unsafe and not any(0 < one.rest < threshold for one in sums):
            hidden |= {cell for cell in members & set(kept) if known[cell] > 0 and not is_public(cell)}
            continue
        if not sums:
            hidden |= unsafe
            continue
        everything = {cell for cell in members if known[cell] > 0}
        found = None
        if len(members) <= MOST_TOGETHER:
            found = _protected(known, members, sums, threshold, is_public, kept)
            given_away += found is None
        hidden |= everything if found is None else found
    given_away += sum(is_public(cell) for cell in small)
    return Hidden(frozenset(small), frozenset(hidden - small), given_away)


def _tied(
    known: "Mapping[Cell, float]", sums: "Sequence[Relation]"
) -> "list[tuple[set[Cell], list[Relation]]]":
    """Cells that hang together by sums, with those sums: each such group is a matter of its own."""
    leader = {cell: cell for cell in known}

    def first(cell: "Cell") -> "Cell":
        while leader[cell] is not cell:
            leader[cell] = leader[leader[cell]]
            cell = leader[cell]
        return cell

    for one in sums:
        for part in one.parts:
            leader[first(part)] = first(one.total)
    members: dict[Cell, set[Cell]] = defaultdict(set)
    for cell in known:
        members[first(cell)].add(cell)
    inside: dict[Cell, list[Relation]] = defaultdict(list)
    for one in sums:
        inside[first(one.total)].append(one)
    return [(some, inside[name]) for name, some in members.items()]


def _protected(
    known: "Mapping[Cell, float]",
    members: "Iterable[Cell]",
    sums: "Sequence[Relation]",
    threshold: int,
    is_public: "Callable[[Cell], bool]",
    kept: "Collection[Cell]",
) -> "set[Cell] | None":
    """What is hidden of cells tied by sums. None when what is out gives small ones away."""
    import numpy as np
    from scipy import sparse

    from samsyn.analysis.disclosure.audit import needed_widths
    from samsyn.analysis.disclosure.cells import CellSystem
    from samsyn.analysis.disclosure.policy import Policy
    from samsyn.analysis.disclosure.suppression import suppress
    from samsyn.analysis.errors import Unusable

    order = sorted(members)
    place = {cell: number for number, cell in enumerate(order)}
    values = [known[cell] for cell in order]
    rows, columns, signs = list[int](), list[int](), list[float]()
    for row, one in enumerate(sums):
        named = [*((place[part], 1.0) for part in one.parts), (place[one.total], -1.0)]
        if one.rest:
            named.append((len(values), 1.0))
            values.append(one.rest)
        rows += [row] * len(named)
        columns += [column for column, _ in named]
        signs += [sign for _, sign in named]
    size = len(values)
    listed = np.arange(size) < len(order)
    equations = sparse.csr_matrix((signs, (rows, columns)), shape=(len(sums), size))
    system = CellSystem(np.asarray(values), equations, listed, (size,))
    policy = Policy(threshold=threshold, width=float(threshold))
    shown = np.asarray([*(is_public(cell) for cell in order), *[False] * (size - len(order))])
    before = np.asarray([*(cell in kept for cell in order), *[False] * (size - len(order))])
    try:
        found = suppress(
            system,
            policy,
            widths=np.where(shown, 0.0, needed_widths(system, policy)),
            already_shown=shown,
            already_hidden=before & ~shown & (system.values > 0),
            whole_numbers=all(value == int(value) for value in values),
        )
    except Unusable:
        return None
    return {cell for cell, is_hidden in zip(order, found.hidden, strict=False) if is_hidden}
