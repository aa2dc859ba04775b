"""Areas on a map: Swedish metres as they are, north up, and what is said of each by pattern and word.

There is no picture underneath, so a map needs nobody else's server and can be printed, frozen and archived.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from html import escape
from typing import Final

HEIGHT_SHARE, TOP, GAP = 0.62, 30, 16
NAME_PX, KEY_ROW, SIGN = 12, 20, 18
LETTER = 0.56  # of the size: rather too wide than cut
NUMBERED_UP_TO = 30  # areas: with more, only those that something is said of are named
LINE, TEXT = "var(--sam-line-strong, #737e8a)", "var(--sam-data-text, #47525e)"
FONT = 'font-family="Public Sans, sans-serif"'
BOX: Final = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')
NICE = (1, 2, 5)


class Look(StrEnum):
    """What is said of an area. Each has a pattern of its own, so that colour alone says nothing."""

    MORE = "more"
    FEWER = "fewer"
    LIKE = "like"  # nothing can be said
    TOO_FEW = "too_few"


FILLS: Final = {
    Look.MORE: "var(--sam-class-4, #2f5580)",
    Look.FEWER: "var(--sam-class-2, #b5c8db)",
    Look.LIKE: "var(--sam-class-1, #e4ebf2)",
    Look.TOO_FEW: "var(--sam-sheet, #ffffff)",
}
INK: Final = "var(--sam-class-text, #1a2c40)"
INKS: Final = {Look.MORE: "var(--sam-class-text-4, #fdfefe)"}
HATCH: Final = "var(--sam-map-too-few, #8b949e)"


@dataclass(frozen=True)
class AreaOnMap:
    """One area in metres, easting first; ``inside`` is where its name can stand."""

    name: str
    rings: Sequence[Sequence[tuple[float, float]]]
    inside: tuple[float, float]
    look: Look


@dataclass(frozen=True)
class Piece:
    """Part of a drawing: SVG elements from its own origin, and how high they reach."""

    markup: str
    height: float


@dataclass(frozen=True)
class _Frame:
    """From metres to the page: the same scale both ways."""

    west: float
    north: float
    scale: float  # page units per metre
    left: float

    def at(self, point: tuple[float, float]) -> tuple[float, float]:
        return self.left + (point[0] - self.west) * self.scale, TOP + (self.north - point[1]) * self.scale


def area_map(
    areas: Sequence[AreaOnMap],
    *,
    width: int,
    ident: str,
    legend: Mapping[Look, str],
    length_said: Callable[[int], str],
) -> Piece:
    """The areas with their names, a scale bar, and a word for every pattern that is used.

    A name that does not fit is a number, and stands below. ``length_said`` writes metres as a reader does.
    """
    frame, height = _frame(areas, width)
    parts = [_patterns(ident)]
    parts += [_shape(one, frame, ident) for one in areas]
    parts.append(_north(width))
    keys: list[str] = []
    for one in areas:
        parts.append(_named(one, frame, keys, only_said=len(areas) > NUMBERED_UP_TO))
    y = TOP + height + GAP
    parts.append(_bar(frame, width, y, length_said))
    y += 30
    for look in Look:
        if any(one.look is look for one in areas):
            parts.append(_legend(look, legend[look], y, ident))
            y += KEY_ROW + 4
    columns = max(1, width // 240)
    for place, said in enumerate(keys):
        x, row = place % columns * width / columns, place // columns
        parts.append(_text(said, x, y + 14 + row * KEY_ROW, TEXT))
    return Piece("".join(parts), y + -(-len(keys) // columns) * KEY_ROW + 6)


def under(drawing: str, piece: Piece) -> str:
    """The drawing with the piece below it, as one drawing."""
    box = BOX.search(drawing)
    if box is None:
        raise ValueError("The drawing has no viewBox.")
    y = float(box[2]) + GAP
    whole = drawing.replace(box[0], f'viewBox="0 0 {box[1]} {y + piece.height:.0f}"', 1)
    return whole.removesuffix("</svg>") + f'<g transform="translate(0 {y:.0f})">{piece.markup}</g></svg>'


def _frame(areas: Sequence[AreaOnMap], width: int) -> tuple[_Frame, float]:
    corners = [corner for one in areas for ring in one.rings for corner in ring]
    west, east = min(x for x, _ in corners), max(x for x, _ in corners)
    south, north = min(y for _, y in corners), max(y for _, y in corners)
    across, along = max(east - west, 1.0), max(north - south, 1.0)
    room = width - 2.0
    scale = min(room / across, max(width * HEIGHT_SHARE, 320.0) / along)
    return _Frame(west, north, scale, (width - across * scale) / 2), along * scale


def _patterns(ident: str) -> str:
    return (
        f'<defs><pattern id="{ident}-fewer" width="7" height="7" patternUnits="userSpaceOnUse">'
        f'<rect width="7" height="7" fill="{FILLS[Look.FEWER]}"/><circle cx="3.5" cy="3.5" r="1.1" '
        f'fill="{INK}"/></pattern><pattern id="{ident}-too_few" width="7" height="7" '
        f'patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="7" height="7" '
        f'fill="{FILLS[Look.TOO_FEW]}"/><rect width="2" height="7" fill="{HATCH}"/></pattern></defs>'
    )


def _fill(look: Look, ident: str) -> str:
    return f"url(#{ident}-{look})" if look in (Look.FEWER, Look.TOO_FEW) else FILLS[look]


def _shape(one: AreaOnMap, frame: _Frame, ident: str) -> str:
    path = "".join(
        "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in map(frame.at, ring)) + "Z" for ring in one.rings
    )
    return (
        f'<path d="{path}" fill="{_fill(one.look, ident)}" fill-rule="evenodd" stroke="{LINE}" '
        f'stroke-width="1" stroke-linejoin="round"/>'
    )


def _named(one: AreaOnMap, frame: _Frame, keys: list[str], *, only_said: bool) -> str:
    """The name in one line or two where it has room, else a number that ``keys`` explains."""
    x, y = frame.at(one.inside)
    room = _room(one, frame)
    lines = next((lines for lines in _broken(one.name) if _widest(lines) <= room), None)
    if lines is None:
        if only_said and one.look not in (Look.MORE, Look.FEWER):
            return ""
        keys.append(f"{len(keys) + 1}  {one.name}")
        lines = [str(len(keys))]
    first = y + NAME_PX * 0.35 - (len(lines) - 1) * NAME_PX * 0.6
    ink = INKS.get(one.look, INK)
    # Letters over a pattern stand on a rim of the area's own colour.
    return "".join(
        f'<text x="{x:.1f}" y="{first + row * NAME_PX * 1.2:.1f}" text-anchor="middle" '
        f'font-size="{NAME_PX}" font-weight="600" {FONT} fill="{ink}" stroke="{FILLS[one.look]}" '
        f'stroke-width="4" stroke-linejoin="round" paint-order="stroke">{escape(line)}</text>'
        for row, line in enumerate(lines)
    )


def _broken(name: str) -> list[list[str]]:
    """Ways to write a name: whole, then at each of its spaces, the most even first."""
    words = name.split()
    ways = [[" ".join(words[:place]), " ".join(words[place:])] for place in range(1, len(words))]
    return [[name], *sorted(ways, key=_widest)]


def _widest(lines: Sequence[str]) -> float:
    return max(len(line) for line in lines) * NAME_PX * LETTER


def _room(one: AreaOnMap, frame: _Frame) -> float:
    """How wide a text may be around the area's point without leaving the area."""
    x, y = one.inside
    left, right = float("-inf"), float("inf")
    for ring in one.rings:
        for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
            if (y1 > y) != (y2 > y):
                crossing = x1 + (y - y1) / (y2 - y1) * (x2 - x1)
                left = max(left, crossing) if crossing <= x else left
                right = min(right, crossing) if crossing > x else right
    return 2 * min(x - left, right - x) * frame.scale


def _north(width: int) -> str:
    x = width - 12
    return (
        f'<path d="M{x} 4L{x + 6} 20L{x} 16L{x - 6} 20Z" fill="{TEXT}"/>'
        f'<text x="{x - 12}" y="18" text-anchor="end" font-size="13" font-weight="700" {FONT} '
        f'fill="{TEXT}">N</text>'
    )


def _bar(frame: _Frame, width: int, y: float, length_said: Callable[[int], str]) -> str:
    """As long as a round number of metres that fits a quarter of the width."""
    most = width / 4 / frame.scale
    metres = max(
        (step * 10**power for power in range(7) for step in NICE if step * 10**power <= most), default=1
    )
    end = metres * frame.scale
    return (
        f'<path d="M1 {y - 4:.1f}V{y + 4:.1f}M1 {y:.1f}H{end:.1f}M{end:.1f} {y - 4:.1f}V{y + 4:.1f}" '
        f'stroke="{TEXT}" stroke-width="1.5" fill="none"/>{_text(length_said(metres), end + 8, y + 4, TEXT)}'
    )


def _legend(look: Look, said: str, y: float, ident: str) -> str:
    return (
        f'<rect x="1" y="{y - 8:.1f}" width="{SIGN}" height="{SIGN}" fill="{_fill(look, ident)}" '
        f'stroke="{LINE}"/>{_text(said, SIGN + 10, y + 6, TEXT)}'
    )


def _text(said: str, x: float, y: float, colour: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="13" {FONT} fill="{colour}">{escape(said)}</text>'
