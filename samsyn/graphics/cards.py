"""A drawing that leaves its page takes its words along: the sentence above it, what limits it below."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape

WIDTH, MARGIN = 800, 24
HEADING_PX, LINE_PX, LEADING = 20, 13, 1.4
# Public Sans takes about half its size per letter, the bold of headings more. Rather too wide than cut.
LETTER, BOLD_LETTER = 0.53, 0.58
INK, TEXT, PAPER = "#1f2a36", "#47525e", "#ffffff"
BOX = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')


def card(drawing: str, *, heading: str, lines: Sequence[str], alt: str) -> str:
    """An SVG of its own: heading, drawing, lines. Its title and description say the same to a screen reader.

    ``drawing`` is SVG with a ``viewBox`` from the origin and fixed colours; ValueError when it has none.
    """
    box = BOX.search(drawing)
    if box is None:
        raise ValueError("The drawing has no viewBox.")
    room = WIDTH - 2 * MARGIN
    height = room * float(box[2]) / float(box[1])
    parts = list[str]()
    y = float(MARGIN)
    for line in wrapped(heading, size=HEADING_PX, letter=BOLD_LETTER, room=room):
        y += HEADING_PX * LEADING
        parts.append(_text(line, y=y, size=HEADING_PX, colour=INK, bold=True))
    y += MARGIN / 2
    parts.append(_inside(drawing, y=y, width=room, height=height))
    y += height + MARGIN / 2
    for said in lines:
        for line in wrapped(said, size=LINE_PX, letter=LETTER, room=room):
            y += LINE_PX * LEADING
            parts.append(_text(line, y=y, size=LINE_PX, colour=TEXT))
    whole = round(y + MARGIN)
    words = "\n".join([alt, *lines])
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{whole}" '
        f'viewBox="0 0 {WIDTH} {whole}" role="img"><title>{escape(heading)}</title>'
        f'<desc>{escape(words)}</desc><rect width="{WIDTH}" height="{whole}" fill="{PAPER}"/>'
        f"{''.join(parts)}</svg>"
    )


def wrapped(text: str, *, size: float, letter: float, room: float) -> Iterator[str]:
    """Lines that fit the room. A word that is longer than a line, as an address may be, is cut.

    >>> list(wrapped("Fler i Granvik 2024", size=10, letter=0.5, room=50))
    ['Fler i', 'Granvik', '2024']
    """
    most = max(1, int(room / (size * letter)))
    line = ""
    for word in text.split():
        if line and len(line) + 1 + len(word) > most:
            yield line
            line = ""
        line = f"{line} {word}" if line else word
        while len(line) > most:
            yield line[:most]
            line = line[most:]
    if line:
        yield line


def _text(said: str, *, y: float, size: float, colour: str, bold: bool = False) -> str:
    weight = ' font-weight="700"' if bold else ""
    return (
        f'<text x="{MARGIN}" y="{y:.1f}" font-family="Public Sans, sans-serif" font-size="{size}"{weight} '
        f'fill="{colour}">{escape(said)}</text>'
    )


def _inside(drawing: str, *, y: float, width: float, height: float) -> str:
    """As a part of the larger drawing. What names it stands on the whole, once."""
    bare = re.sub(r"<title\b[^>]*>.*?</title>|<desc\b[^>]*>.*?</desc>", "", drawing, flags=re.DOTALL)
    bare = re.sub(r'^(<svg[^>]*?) role="img" aria-labelledby="[^"]*"', r"\1", bare)
    place = f'<svg x="{MARGIN}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}"'
    return bare.replace("<svg", place, 1)
