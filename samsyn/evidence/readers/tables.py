"""Wide and long tables of any agency as rows, with a mapping that a person can correct."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from samsyn.evidence.readers import places, units
from samsyn.evidence.readers.blocks import Block, find_block
from samsyn.evidence.readers.grid import Sheet
from samsyn.evidence.readers.intervals import apart
from samsyn.evidence.readers.layout import TOTALS, Layout, body_of, cell_of
from samsyn.evidence.readers.naming import measure_of, nest
from samsyn.evidence.readers.periods import Period
from samsyn.evidence.readers.roles import Column, Role, columns_of, share
from samsyn.evidence.readers.settle import (
    describe,
    note_cells_beside,
    settle_headers,
    settle_numbers,
    settle_periods,
    settle_place,
    settle_units,
)
from samsyn.evidence.readers.table import Answers, Kind, Note, Question, Reading, Refusal, Row, Status
from samsyn.evidence.readers.titles import topic_of
from samsyn.evidence.readers.values import Cell, read_value, symbols_in
from samsyn.evidence.readers.when import period_of, row_period

BRA_WORDS: Final = re.compile(
    r"Brottsförebyggande rådet|\bBrå\b|\banmälda brott\b|\bP[1-4]M?\b|\btabell 1[0-2]0\b", re.I
)
BRA_NAMES: Final = re.compile(r"(?:P[1-4]M?|1[0-2]0)(?:La|Rn0[1-7])")
ADDRESS_WORDS: Final = re.compile(r"(?:gatu|besöks|bostads|hem|folkbokförings)?adress(?:er)?|address", re.I)
ADDRESS: Final = re.compile(r"[^\d,]{3,} \d{1,4} ?[A-Za-z]?(?:,.*)?")
STATUSES: Final = {
    "p": Status.PRELIMINARY,
    "prel": Status.PRELIMINARY,
    "e": Status.ESTIMATE,
    "est": Status.ESTIMATE,
}


def read_table(
    sheet: Sheet, *, name: str, answers: Answers, source: str = "", suffix: str = ""
) -> Reading | None:
    """The rows of one sheet, or None when it holds no table with figures."""
    block = find_block(sheet)
    if block is None:
        return None
    sheet, block = apart(sheet, block)
    body = [sheet.rows[index] for index in block.body]
    asked = answers.get("columns", {})
    columns = columns_of(block.headers, body, asked if isinstance(asked, Mapping) else {})
    dropped = {str(header) for header in answers.get("drop", ())}
    for column in columns:
        if column.header in dropped:
            column.role = Role.SKIP
    _refuse_addresses(sheet, block, columns)
    if not any(column.role is Role.VALUE for column in columns):
        return area_list(sheet, block, columns)
    layout = Layout(sheet, block, columns, answers, name, suffix=suffix, topic=topic_of(block.titles))
    layout.bra = source == "bra" or is_laid_out_by_bra(block, name)
    describe(layout)
    settle_headers(layout)
    settle_periods(layout)
    settle_place(layout)
    settle_numbers(layout)
    note_cells_beside(layout)
    nest(layout)
    rows = _rows(layout)
    return Reading(
        settle_units(layout, rows),
        tuple(layout.notes),
        tuple(layout.questions),
        source="table",
    )


def _refuse_addresses(sheet: Sheet, block: Block, columns: list[Column]) -> None:
    """A figure for a street number is a figure for those who live there."""
    for column in columns:
        if column.role in (Role.DIMENSION, Role.AREA_NAME) and ADDRESS_WORDS.fullmatch(column.header.strip()):
            cells = [cell_of(sheet.rows[index], column).strip() for index in block.body]
            if share([cell for cell in cells if cell], lambda text: bool(ADDRESS.fullmatch(text))) > 0.5:
                where = sheet.where(block.header_rows[-1], column.index)
                raise Refusal("identifier_column", where, header=column.header[:80])


def area_list(sheet: Sheet, block: Block, columns: list[Column]) -> Reading | None:
    """A list of areas without figures: which areas it names, nothing else."""
    codes = [column for column in columns if column.role is Role.AREA_CODE]
    if not codes or any(column.role is Role.PERIOD for column in columns):
        return None
    found = {}
    for index in block.body:
        text = cell_of(sheet.rows[index], codes[0]).strip()
        if area := places.of_code(text, level=codes[0].level, numeric=True):
            found[area.level, area.code, area.name] = text
    rows = tuple(
        Row(level, code, name, "area", None, None, "", None, Status.NOT_APPLICABLE, text)
        for (level, code, name), text in found.items()
    )
    return Reading(rows, (Note("area_list", {"areas": len(rows)}),), source="table", kind=Kind.AREAS)


def is_laid_out_by_bra(block: Block, name: str) -> bool:
    """Brå's ready tables (P1, P3, P4M, 100, 110, 120): known by their columns, titles or file names."""
    headers = {header.casefold() for header in block.headers}
    said = " ".join((*block.titles, *block.footnotes))
    return bool(
        {"lagrum", "brottstyp"} <= headers
        or (("brottstyp" in headers or "brott" in headers) and BRA_WORDS.search(said))
        or BRA_NAMES.match(name)
    )


def _rows(layout: Layout) -> list[tuple[int, Row]]:
    """Every figure with the number of its column."""
    sheet, rows = layout.sheet, []
    figures = layout.having(Role.VALUE)
    codes, names = layout.having(Role.AREA_CODE), layout.having(Role.AREA_NAME)
    numeric = (
        any(len(cell_of(row, codes[0]).strip()) in (1, 3) for row in body_of(layout)) if codes else False
    )
    country = _whole_country(layout, codes, names)
    empty = _not_yet(layout, figures)
    unread: list[str] = []
    symbols = symbols_in(layout.block.footnotes)
    for index in layout.block.body:
        cells = sheet.rows[index]
        area = _area(
            layout, cells, codes, names, numeric=numeric, country=country, where=sheet.where(index, 0)
        )
        _ask_for_gaps(layout, index, cells)
        period = row_period(layout, cells, sheet, index)
        stated = [units.unit_name(cell_of(cells, column)) for column in layout.having(Role.UNIT)]
        status = next(
            (
                STATUSES.get(cell_of(cells, column).strip(" .").casefold())
                for column in layout.having(Role.STATUS)
            ),
            None,
        )
        for column in figures:
            text = cell_of(cells, column)
            here = column.area or area
            if column.index in empty and not text.strip():
                continue
            where = sheet.where(index, column.index)
            cell = read_value(text, decimal=layout.decimals[column.index], where=where, symbols=symbols)
            if not cell.readable:
                unread.append(where)
            when = period_of(column, period, layout, cells, sheet.where(index, column.index))
            rows.append((column.index, _row(layout, cells, column, here, when, cell, stated, status, text)))
    if unread:
        layout.questions.append(
            Question("unreadable_cells", ("missing",), where=unread[0], params={"cells": len(unread)})
        )
    if numeric:
        layout.notes.append(Note("leading_zeros"))
    return rows


def _row(
    layout: Layout,
    cells: list[str],
    column: Column,
    area: places.Area,
    period: Period | None,
    cell: Cell,
    stated: list[str],
    status: Status | None,
    text: str,
) -> Row:
    told = status or _period_status(period)
    if cell.status is Status.OK and told is not Status.OK:
        cell = replace(cell, status=told)
    known = period if period and not period.unsure else None
    return Row(
        area.level,
        area.code,
        area.name,
        measure_of(layout, cells, column),
        known.start if known else None,
        known.end if known else None,
        next(iter(stated), "") or (units.PERCENT if cell.percent else ""),
        cell.value,
        cell.status,
        text,
    )


def _period_status(period: Period | None) -> Status:
    if period and period.preliminary:
        return Status.PRELIMINARY
    return Status.ESTIMATE if period and period.estimate else Status.OK


def _area(
    layout: Layout,
    cells: list[str],
    codes: list[Column],
    names: list[Column],
    *,
    numeric: bool,
    country: places.Area | None,
    where: str,
) -> places.Area:
    """The row's area: by code, else by name; an unknown name stays as the place it names."""
    code = cell_of(cells, codes[0]).strip() if codes else ""
    name = " ".join(cell_of(cells, names[0]).split()) if names else ""
    level = (codes or names)[0].level if codes or names else ""
    area = places.of_text(code, level=level, numeric=numeric) if code else None
    if area is None and name:
        if country and name.casefold().strip(" .*") in TOTALS:
            return country
        area = places.of_text(name, level=level) or (places.of_text(name) if level else None)
    if area is None:
        return places.Area(level or "place", code, name) if code or name else layout.place
    return area if area.name or not name else replace(area, name=name)


def _whole_country(layout: Layout, codes: list[Column], names: list[Column]) -> places.Area | None:
    """A row "Samtliga" is the country when the table lists all counties or most municipalities."""
    found = set()
    for column in codes or names:
        found |= {cell_of(row, column).strip() for row in body_of(layout)}
    level = (codes or names)[0].level if codes or names else ""
    known = [area for text in found if (area := places.of_text(text, level=level, numeric=bool(codes)))]
    counties = sum(area.level in ("county", "region") for area in known)
    municipalities = sum(area.level == "municipality" for area in known)
    if counties >= 20 or municipalities >= 250:
        return places.by_code()["country", "00"]
    return None


def _not_yet(layout: Layout, figures: list[Column]) -> set[int]:
    """Month columns without a cell after the last filled one are not there yet: neither zero nor missing."""
    months = [column for column in figures if column.month]
    blank = [column for column in months if not any(cell_of(row, column).strip() for row in body_of(layout))]
    future = {
        column.index
        for column in blank
        if all(other in blank for other in months if other.month >= column.month)
    }
    if future:
        layout.notes.append(Note("not_yet", {"headers": ", ".join(column.header for column in blank)}))
    return future


def _ask_for_gaps(layout: Layout, index: int, cells: list[str]) -> None:
    """An empty cell in a text column is never filled from above in silence."""
    for column in layout.having(Role.DIMENSION, Role.MEASURE, Role.AREA_NAME):
        if cell_of(cells, column).strip():
            continue
        if layout.answers.get("fill_down") == "yes":
            position = layout.block.body.index(index)
            if position and column.index < len(cells):
                cells[column.index] = cell_of(layout.sheet.rows[layout.block.body[position - 1]], column)
        elif layout.answers.get("fill_down") != "no" and not any(
            question.key == "fill_down" for question in layout.questions
        ):
            where = layout.sheet.where(index, column.index)
            layout.questions.append(
                Question("fill_down", ("yes", "no"), where=where, params={"header": column.header})
            )
