"""Where the table is on a sheet: titles above it, its header rows, its body, and the notes below."""

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from samsyn.evidence.readers import places
from samsyn.evidence.readers.grid import Sheet
from samsyn.evidence.readers.periods import month_number, read_period
from samsyn.evidence.readers.table import Refusal
from samsyn.evidence.readers.values import FEWER, MISSING, NIL, NOT_APPLICABLE, SPACED

INTERVAL: Final = re.compile(r"\d+(?:[.,]\d+)?\s*%?\s*[(\[]\d[\d., %\u2013;-]*[)\]]")
FIGURE: Final = re.compile(r"[+\u2212\u2013-]?\d[\d \u00a0\u2009\u202f.,]*\s?(?:[*%]*|[per])")
SEARCHED: Final = 80  # rows in which a header must have been found


@dataclass(frozen=True, slots=True)
class Block:
    """Indexes into the sheet's rows."""

    titles: tuple[str, ...]
    header_rows: tuple[int, ...]
    headers: tuple[str, ...]
    body: tuple[int, ...]
    footnotes: tuple[str, ...]
    sections: tuple[int, ...]  # rows inside the body that hold a heading only


def filled(row: list[str]) -> list[int]:
    return [index for index, cell in enumerate(row) if cell.strip()]


def is_year_like(text: str) -> bool:
    try:
        return read_period(text) is not None or month_number(text) is not None
    except Refusal:
        return True


def is_figure(text: str) -> bool:
    """A number or a mark that stands for one; quick, as it is asked of many cells."""
    plain = text.strip().casefold()
    if not plain:
        return False
    if plain in MISSING or plain in NIL or plain in NOT_APPLICABLE or FEWER.match(plain):
        return True
    return bool(SPACED.fullmatch(plain) or FIGURE.fullmatch(plain) or INTERVAL.fullmatch(plain))


def parts_of(sheet: Sheet) -> list[Sheet]:
    """The tables of a sheet: one that comes again below, with its own title, or another one beside it."""
    return [part for beside in _beside(sheet) for part in _below(beside)]


def _beside(sheet: Sheet) -> list[Sheet]:
    """Two tables with an empty column between them, each beginning with the same column name."""
    block = find_block(sheet)
    if block is None or not block.headers[0]:
        return [sheet]
    starts = [0]
    for index, header in enumerate(block.headers):
        blank = index and not block.headers[index - 1]
        if header == block.headers[0] and blank:
            column = [sheet.rows[row][index - 1] for row in block.body if len(sheet.rows[row]) >= index]
            starts += [index] if not any(cell.strip() for cell in column) else []
    if len(starts) == 1:
        return [sheet]
    edges = [*starts, len(block.headers)]
    first = block.header_rows[0]
    return [
        replace(
            sheet,
            rows=[
                row
                if number < first
                else ["" if column < start else cell for column, cell in enumerate(row[:end])]
                for number, row in enumerate(sheet.rows)
            ],
        )
        for start, end in pairwise(edges)
    ]


def _below(sheet: Sheet) -> list[Sheet]:
    block = find_block(sheet)
    if block is None:
        return [sheet]
    heads = [cell.strip() for cell in sheet.rows[block.header_rows[-1]]]
    cuts = []
    for index in block.body[1:]:
        if sheet.rows[index][0].strip() != heads[0]:
            continue
        row = [cell.strip() for cell in sheet.rows[index]]
        if len(filled(row)) < 2 or row[: len(heads)] != heads[: len(row)]:
            continue
        while index - 1 > block.body[0] and len(filled(sheet.rows[index - 1])) < 2:
            index -= 1
        cuts.append(index)
    edges = [0, *cuts, len(sheet.rows)]
    return [
        replace(
            sheet,
            rows=sheet.rows[start:end],
            numbers=sheet.numbers[start:end],
            gaps={(row - start, column) for row, column in sheet.gaps if start <= row < end},
        )
        for start, end in pairwise(edges)
    ]


def find_block(sheet: Sheet) -> Block | None:
    """The table of a sheet, or None when the sheet holds none."""
    rows = sheet.rows
    counts = [len(filled(row)) for row in rows]
    widest = max(counts[:400], default=0)
    if widest < 2:
        return None
    top = next(
        (index for index in range(min(SEARCHED, len(rows))) if counts[index] >= max(2, (widest + 1) // 2)),
        None,
    )
    if top is None:
        return None
    if _is_data(rows[top], None):
        raise Refusal("no_header", sheet.where(top, 0))
    first = _first_data_row(rows, top, counts, widest)
    bottom = first - 1
    start = top
    while start > 0 and (
        counts[start - 1] >= 2 or (counts[start - 1] == 1 and filled(rows[start - 1])[0] > 0)
    ):
        start -= 1
    last = max((index for index in range(first, len(rows)) if counts[index] >= 2), default=first - 1)
    headers = _headers(rows[start : bottom + 1])
    body, sections = [], []
    for index in range(first, last + 1):
        lone = counts[index] == 1 and len(headers) > 2
        if lone and places.of_text(rows[index][filled(rows[index])[0]]) is None:
            sections.append(index)
        elif counts[index]:
            body.append(index)
    tail = [row for row in rows[last + 1 :] if any(row)]
    if len(headers) == 2:  # a last row "Teg;" lacks its number, a long text alone is a footnote
        for offset, row in enumerate(rows[last + 1 :]):
            if row and row[0].strip() and len(row) > 1 and len(row[0]) < 40 and places.of_text(row[0]):
                body.append(last + 1 + offset)
                tail.remove(row)
    return Block(
        titles=tuple(
            " ".join(" ".join(cell.split()) for cell in row if cell.strip()) for row in rows[:start]
        ),
        header_rows=tuple(range(start, bottom + 1)),
        headers=headers,
        body=tuple(body),
        footnotes=tuple(" ".join(" ".join(row).split()) for row in tail),
        sections=tuple(sections),
    )


def _first_data_row(rows: list[list[str]], top: int, counts: list[int], widest: int) -> int:
    for index in range(top + 1, min(len(rows), top + 8)):
        if counts[index] >= 2 and _is_data(rows[index], rows[top]):
            return index
        if counts[index] < 2 and counts[index - 1] >= max(2, widest // 2):
            break
    return top + 1


def _is_data(row: list[str], header: list[str] | None) -> bool:
    """A row with a figure that is no period, or with an area or a period under a header of plain text."""
    for index, cell in enumerate(row):
        if is_figure(cell) and not is_year_like(cell):
            return True
        if header is None or not cell.strip():
            continue
        above = header[index] if index < len(header) else ""
        if above.strip() and not is_year_like(above) and (is_year_like(cell) or places.of_text(cell)):
            return True
    return False


def _headers(rows: list[list[str]]) -> tuple[str, ...]:
    """One header a column: upper rows reach right until the next text, the parts are joined downwards."""
    width = max(len(row) for row in rows)
    filled_rows: list[list[str]] = []
    for level, row in enumerate(rows):
        cells = [" ".join(cell.split()) for cell in row] + [""] * (width - len(row))
        if level < len(rows) - 1:
            current = ""
            for index, cell in enumerate(cells):
                current = cell or current
                cells[index] = current
        filled_rows.append(cells)
    headers = []
    for index in range(width):
        parts: list[str] = []
        for cells in filled_rows:
            if cells[index] and cells[index] not in parts:
                parts.append(cells[index])
        upper, lower = " ".join(parts[:-1]), parts[-1] if parts else ""
        headers.append(f"{upper}, {lower}" if upper else lower)
    while headers and not headers[-1]:
        headers.pop()
    return tuple(headers)
