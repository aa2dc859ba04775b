"""Places under each other: a dot for each with its interval, and one line for all of them together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

ROW, TOP, SIGN = 30, 30, 6
NAME_SHARE, NUMBER_PX = 0.34, 74
INK, BAND, GRID, TEXT = (
    "var(--sam-data-1, #24405f)",
    "var(--sam-data-1-band, #b4c3d3)",
    "var(--sam-data-grid, #dfe3e7)",
    "var(--sam-data-text, #47525e)",
)


@dataclass(frozen=True)
class RowOfPlace:
    """One place. ``said`` is its number as the reader's language writes it; ``marked`` has another sign."""

    name: str
    value: float
    said: str
    low: float | None = None
    high: float | None = None
    marked: bool = False


def rows(
    places: Sequence[RowOfPlace],
    *,
    width: int,
    ident: str,
    title: str,
    alt: str,
    reference: float | None = None,
    reference_said: str = "",
) -> str:
    """SVG in the order given. ``reference`` is drawn as a line through all rows."""
    left, right = width * NAME_SHARE, float(width - NUMBER_PX)
    most = max([*(one.high if one.high is not None else one.value for one in places), reference or 0.0, 1e-9])
    height = TOP + ROW * len(places) + 8

    def x(value: float) -> float:
        return left + (right - left) * min(value, most) / most

    parts = [f'<line x1="{left:.1f}" y1="{TOP - 8}" x2="{left:.1f}" y2="{height}" stroke="{GRID}"/>']
    if reference is not None:
        at = x(reference)
        parts.append(
            f'<line x1="{at:.1f}" y1="{TOP - 8}" x2="{at:.1f}" y2="{height}" stroke="{TEXT}" '
            f'stroke-dasharray="4 4"/><text x="{at:.1f}" y="{TOP - 14}" text-anchor="middle" font-size="12" '
            f'fill="{TEXT}" font-family="Public Sans, sans-serif">{escape(reference_said)}</text>'
        )
    for number, one in enumerate(places):
        y = TOP + ROW * number + ROW / 2
        parts.append(
            f'<text x="{left - 10:.1f}" y="{y + 4:.1f}" text-anchor="end" font-size="13" fill="{TEXT}" '
            f'font-family="Public Sans, sans-serif">{escape(_cut(one.name, left))}</text>'
        )
        if one.low is not None and one.high is not None:
            parts.append(
                f'<line x1="{x(one.low):.1f}" y1="{y:.1f}" x2="{x(one.high):.1f}" y2="{y:.1f}" '
                f'stroke="{BAND}" stroke-width="7" stroke-linecap="round"/>'
            )
        else:
            parts.append(
                f'<line x1="{left:.1f}" y1="{y:.1f}" x2="{x(one.value):.1f}" y2="{y:.1f}" stroke="{BAND}" '
                f'stroke-width="7"/>'
            )
        parts.append(_sign(x(one.value), y, one.marked))
        weight = ' font-weight="700"' if one.marked else ""
        parts.append(
            f'<text x="{width - 4}" y="{y + 4:.1f}" text-anchor="end" font-size="13"{weight} fill="{INK}" '
            f'font-family="Public Sans, sans-serif">{escape(one.said)}</text>'
        )
    return (
        f'<svg role="img" aria-labelledby="{ident}-t {ident}-d" focusable="false" '
        f'xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"><title id="{ident}-t">'
        f'{escape(title)}</title><desc id="{ident}-d">{escape(alt)}</desc>{"".join(parts)}</svg>'
    )


def _sign(x: float, y: float, marked: bool) -> str:
    """A dot; a square on its corner where something is said of the place."""
    if not marked:
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{SIGN - 1}" fill="{INK}"/>'
    points = " ".join(
        f"{x + dx:.1f},{y + dy:.1f}"
        for dx, dy in ((0, -SIGN - 1), (SIGN + 1, 0), (0, SIGN + 1), (-SIGN - 1, 0))
    )
    return f'<polygon points="{points}" fill="{INK}"/>'


def _cut(name: str, room: float) -> str:
    most = max(4, int((room - 12) / 7))
    return name if len(name) <= most else f"{name[: most - 1]}…"
