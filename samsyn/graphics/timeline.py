"""What is done when, as bars along the days: a Gantt chart in plain SVG.

The name and the state of each row stand as text above its bar, so that the same drawing is read on a phone,
and no state is told by colour alone. Colours are the page's custom properties, with one that holds where none
is set.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from xml.sax.saxutils import escape

ROW, TOP, BAR = 42, 30, 12
TEXT_SIZE = 13
LETTER = 6.6  # about the width of a letter at that size, px
QUARTERS = (4, 7, 10)
Scale = Callable[[date], float]


class Look(StrEnum):
    """How a bar is drawn; the word beside it says the same."""

    PLANNED = "planned"  # an outline
    UNDER_WAY = "under_way"  # filled
    DONE = "done"  # filled lightly
    STOPPED = "stopped"  # a dashed outline


PAINT = {
    Look.PLANNED: 'fill="none" stroke="var(--sam-data-1, #24405f)" stroke-width="1.5"',
    Look.UNDER_WAY: 'fill="var(--sam-data-1, #24405f)"',
    Look.DONE: 'fill="var(--sam-data-1-band, #b4c3d3)" stroke="var(--sam-data-1, #24405f)" stroke-width="1"',
    Look.STOPPED: 'fill="none" stroke="var(--sam-data-point, #6f7a86)" stroke-dasharray="4 3"',
}


@dataclass(frozen=True)
class Span:
    """One row: what it is, how it stands in a word, and its days."""

    name: str
    state: str
    starts: date
    ends: date
    look: Look


def timeline_svg(spans: Sequence[Span], *, today: date, today_word: str, width: int = 900) -> str:
    """The rows in the order they come, with a line for each year and quarter and one for today.

    Returns an SVG `width` px wide, hidden from screen readers: whoever shows it says in words what it shows,
    and has a table beside it. Raises ValueError without a row.

    >>> one = Span("Lampor", "Klart", date(2025, 6, 1), date(2025, 10, 31), Look.DONE)
    >>> timeline_svg([one], today=date(2025, 7, 1), today_word="i dag").count("<rect")
    1
    """
    if not spans:
        raise ValueError("A timeline needs at least one row.")
    first = min(today, *(one.starts for one in spans))
    last = max(today, *(one.ends for one in spans))
    days = max((last - first).days, 1)
    height = TOP + ROW * len(spans) + 4

    def x(day: date) -> float:
        return round(1 + (day - first).days / days * (width - 2), 1)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="100%" '
        f'font-size="{TEXT_SIZE}" font-family="inherit" aria-hidden="true" focusable="false">'
    ]
    parts += _grid(first, last, height=height, x=x)
    for index, one in enumerate(spans):
        parts += _row(one, top=TOP + ROW * index, width=width, x=x)
    parts += _today(x(today), today_word, width=width, height=height)
    return "".join([*parts, "</svg>"])


def _grid(first: date, last: date, *, height: int, x: Scale) -> list[str]:
    parts, free_from = [], 0.0
    for year in range(first.year, last.year + 1):
        begins = max(date(year, 1, 1), first)
        at = x(begins)
        parts.append(_line(at, 16, height, "1"))
        if at >= free_from:  # a year of a few days has no room for its number
            parts.append(_text(str(year), at + 4, 26, "var(--sam-data-text, #47525e)"))
            free_from = at + 40
        for month in QUARTERS:
            if first < (day := date(year, month, 1)) < last:
                parts.append(_line(x(day), TOP, height, "0.5"))
    return parts


def _row(one: Span, *, top: int, width: int, x: Scale) -> list[str]:
    left, right = x(one.starts), x(one.ends)
    state = f" · {one.state}"
    room = max(int(width / LETTER) - len(state), 8)
    name = one.name if len(one.name) <= room else f"{one.name[: room - 1].rstrip()}…"
    return [
        _text(name + state, 2, top + 16, "var(--sam-text, #1b2632)"),
        f'<rect x="{left}" y="{top + 22}" width="{max(round(right - left, 1), 3)}" height="{BAR}" rx="2" '
        f"{PAINT[one.look]}/>",
    ]


def _today(at: float, word: str, *, width: int, height: int) -> list[str]:
    colour = "var(--sam-thread, #a3223e)"
    anchor = "end" if at > width / 2 else "start"
    return [
        f'<path d="M{at} 16V{height}" stroke="{colour}" stroke-width="2"/>',
        _text(word, at, 12, colour, anchor=anchor),
    ]


def _line(at: float, top: int, bottom: int, weight: str) -> str:
    grid = "var(--sam-data-grid, #dfe3e7)"
    return f'<path d="M{at} {top}V{bottom}" stroke="{grid}" stroke-width="{weight}"/>'


def _text(words: str, x: float, y: int, colour: str, *, anchor: str = "start") -> str:
    return f'<text x="{x}" y="{y}" fill="{colour}" text-anchor="{anchor}">{escape(words)}</text>'
