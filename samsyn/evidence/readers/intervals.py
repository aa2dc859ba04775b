"""Two numbers in one cell: "25 (23-27)" and "23-27" are an interval, and become columns of their own."""

import re
from dataclasses import replace
from typing import Final

from samsyn.evidence.readers import units
from samsyn.evidence.readers.blocks import Block
from samsyn.evidence.readers.grid import Sheet
from samsyn.evidence.readers.values import MISSING

NUMBER: Final = r"[+\u2212-]?\d+(?:[.,]\d+)?"
LIMITS: Final = rf"(?P<low>{NUMBER})\s*%?\s*(?:-|\u2013|;|till|to)\s*(?P<high>{NUMBER})\s*%?"
BESIDE: Final = re.compile(rf"(?P<value>{NUMBER})\s*%?\s*[(\[]\s*{LIMITS}\s*[)\]]")
ALONE: Final = re.compile(rf"[(\[]?\s*{LIMITS}\s*[)\]]?")
MOST_APART: Final = 4 / 5  # so much of a column must be intervals for it to be one of intervals


def apart(sheet: Sheet, block: Block) -> tuple[Sheet, Block]:
    """The table with every interval's limits in columns of their own, at the right; unchanged without any."""
    rows = [list(row) for row in sheet.rows]
    headers = list(block.headers)
    for index, header in enumerate(block.headers):
        pattern = _pattern([rows[row][index] for row in block.body if index < len(rows[row])], header)
        if pattern is None:
            continue
        width = len(headers)
        headers += [f"{header}, nedre gräns", f"{header}, övre gräns"]
        headers[index] = header if pattern is BESIDE else ""
        for row in block.body:
            cells = rows[row]
            cells += [""] * (width - len(cells))
            text = cells[index].strip()
            found = pattern.fullmatch(text)
            cells[width:] = [found["low"], found["high"]] if found else [text, text]
            cells[index] = (found["value"] if found else text) if pattern is BESIDE else ""
    if len(headers) == len(block.headers):
        return sheet, block
    return replace(sheet, rows=rows), replace(block, headers=tuple(headers))


def _pattern(cells: list[str], header: str) -> re.Pattern[str] | None:
    """A span alone is an interval only where the column's name says so: it may be an age or a period."""
    texts = [text for cell in cells if (text := cell.strip()).casefold() not in MISSING]
    for pattern in (BESIDE, ALONE) if units.LIMITS.search(header) else (BESIDE,):
        if texts and sum(1 for text in texts if pattern.fullmatch(text)) >= MOST_APART * len(texts):
            return pattern
    return None
