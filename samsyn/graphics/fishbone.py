"""A fishbone drawing of why something is as it is: a bone for each kind of cause, a rib for each cause."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import ceil

TEXT = "var(--sam-text, #1b2632)"
MUTED = "var(--sam-text-muted, #4b5763)"
LINE = "var(--sam-line-strong, #737e8a)"
SPINE = "var(--sam-thread, #a3223e)"
SHEET = "var(--sam-sheet, #ffffff)"
DASHES = {"certain": "", "fairly": "7 4", "uncertain": "2 4"}  # how sure, also without colour

SIZE, LEADING = 13, 17  # px
PER_LETTER = 6.9  # px of a letter of that size, with some to spare
LINES = 4  # of a claim; the table beside holds all of it
INDENT, GAP, SLANT = 14, 12, 34
HEAD = 190


@dataclass(frozen=True)
class Rib:
    """A cause: its words, how certain it is, and how many causes it lies behind."""

    text: str
    certainty: str
    depth: int = 0


@dataclass(frozen=True)
class Bone:
    """The causes of one kind."""

    title: str
    ribs: Sequence[Rib]


def fishbone(problem: str, bones: Sequence[Bone], *, width: int) -> str:
    """The drawing as SVG, of a given width in px; below 600 the spine runs downwards, for a phone.

    Hidden from screen readers: who embeds it gives the words and the table beside it.
    """
    drawn = [bone for bone in bones if bone.ribs]
    return _along(problem, drawn, width) if width >= 600 else _down(problem, drawn, width)


def _svg(width: float, height: float, parts: Sequence[str]) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" '
        f'height="{height:.0f}" aria-hidden="true" font-family="Public Sans, sans-serif" '
        f'font-size="{SIZE}">{"".join(parts)}</svg>'
    )


def _lines(text: str, room: float, most: int = LINES) -> list[str]:
    letters = max(8, int(room / PER_LETTER))
    return textwrap.wrap(text, letters, max_lines=most, placeholder=" …", break_on_hyphens=False) or [""]


def _words(x: float, y: float, lines: Sequence[str], *, bold: bool = False, anchor: str = "start") -> str:
    weight = ' font-weight="650"' if bold else ""
    rows = "".join(
        f'<tspan x="{x:.1f}" y="{y + number * LEADING:.1f}">{escape(line)}</tspan>'
        for number, line in enumerate(lines)
    )
    return f'<text fill="{TEXT}" text-anchor="{anchor}"{weight}>{rows}</text>'


def _line(x1: float, y1: float, x2: float, y2: float, *, stroke: str, wide: float, dashes: str = "") -> str:
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    return (
        f'<path d="M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}" stroke="{stroke}" stroke-width="{wide}" '
        f'stroke-linecap="round" fill="none"{dashed}/>'
    )


def _box(x: float, y: float, width: float, height: float) -> str:
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" rx="4" fill="{SHEET}" '
        f'stroke="{SPINE}" stroke-width="2"/>'
    )


def _depth_of(bone: Bone, room: float) -> float:
    """How high a bone must be for its words."""
    return sum(_rib_height(rib, room) for rib in bone.ribs) + LEADING + GAP + 8


def _rib_height(rib: Rib, room: float) -> float:
    return len(_lines(rib.text, room - rib.depth * INDENT)) * LEADING + GAP


def _along(problem: str, bones: Sequence[Bone], width: int) -> str:
    """The spine from left to right: half of the bones above it, half below."""
    columns = max(1, ceil(len(bones) / 2))
    column = (width - HEAD - 12) / columns
    room = column - SLANT - 14
    above, below = bones[0::2], bones[1::2]
    head = _lines(problem, HEAD - 24, most=8)
    tall = len(head) * LEADING + 20
    up = max([tall / 2 + 4, *(_depth_of(bone, room) for bone in above)])
    down = max([tall / 2 + 4, *(_depth_of(bone, room) for bone in below)])
    spine = up + 4
    parts = [_line(6, spine, width - HEAD, spine, stroke=SPINE, wide=3)]
    for number, bone in enumerate(above):
        parts += _slanted(bone, left=number * column + 4, column=column, spine=spine, tip=4, room=room)
    for number, bone in enumerate(below):
        tip = spine + down
        parts += _slanted(bone, left=number * column + 4, column=column, spine=spine, tip=tip, room=room)
    parts.append(_box(width - HEAD, spine - tall / 2, HEAD - 2, tall))
    parts.append(_words(width - HEAD + 12, spine - tall / 2 + 10 + SIZE, head, bold=True))
    return _svg(width, spine + down + 4, parts)


def _slanted(bone: Bone, *, left: float, column: float, spine: float, tip: float, room: float) -> list[str]:
    """A bone from its title to the spine, with its ribs along it."""
    foot = left + column - 10
    top = foot - SLANT
    is_above = tip < spine

    def at(y: float) -> float:
        return top + SLANT * (y - tip) / (spine - tip)

    title_y = tip + SIZE if is_above else tip - 2
    parts = [
        _line(top, tip, foot, spine, stroke=LINE, wide=2),
        _words(left, title_y, _lines(bone.title, room, most=1), bold=True),
    ]
    y = tip + LEADING + 6 if is_above else tip - _depth_of(bone, room) + 8
    for rib in bone.ribs:
        indent = rib.depth * INDENT
        lines = _lines(rib.text, room - indent)
        parts.append(_words(left + indent, y + SIZE, lines))
        y += len(lines) * LEADING + GAP
        under = y - GAP + 4
        dashes = DASHES.get(rib.certainty, "")
        parts.append(_line(left + indent, under, at(under), under, stroke=LINE, wide=1.5, dashes=dashes))
    return parts


def _down(problem: str, bones: Sequence[Bone], width: int) -> str:
    """The spine downwards from the problem, the bones to the right of it."""
    head = _lines(problem, width - 28, most=8)
    tall = len(head) * LEADING + 20
    parts = [_box(1, 1, width - 2, tall), _words(14, 11 + SIZE, head, bold=True)]
    spine, y = 10.0, tall + 22
    end = tall
    for bone in bones:
        parts.append(_line(spine, y, spine + 16, y, stroke=LINE, wide=2))
        parts.append(_words(spine + 24, y + 4, _lines(bone.title, width - spine - 24, most=1), bold=True))
        end = y
        y += LEADING + 2
        for rib in bone.ribs:
            left = spine + 24 + rib.depth * INDENT
            lines = _lines(rib.text, width - left)
            parts.append(_words(left, y + 4, lines))
            y += len(lines) * LEADING + GAP
            under = y - GAP - 7
            parts.append(
                _line(
                    left, under, width - 2, under, stroke=LINE, wide=1.5, dashes=DASHES.get(rib.certainty, "")
                )
            )
        y += 8
    parts.insert(0, _line(spine, tall, spine, end, stroke=SPINE, wide=3))
    return _svg(width, y, parts)
