"""Tagged PDF documents from plain data.

A document a party sends out must be readable with a screen reader and keep for decades, so every PDF is
made to PDF/UA-1, and to PDF/A-2a as well when the caller says which day the document is from: the archive
standard demands a date, and neither today's date nor an invented one would be true.

The layout is one fixed typst template beside this module; what people have written reaches it as JSON and
is never part of the source, so no text can turn into a command.
"""

from __future__ import annotations

import datetime
import json
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
TEMPLATE = HERE / "document.typ"
FONTS = HERE / "fonts"
DEEPEST_HEADING = 6
JOINERS = "\u200c\u200d"
# What the fonts are known to hold: Latin, Greek and Cyrillic letters, ordinary punctuation, a few signs.
SURE = re.compile(
    "[\n\u0020-\u007e\u00a0-\u017f\u0391-\u03a1\u03a3-\u03a9\u03b1-\u03c9\u0410-\u044f"
    "\u2013\u2014\u2018-\u201a\u201c-\u201e\u2022\u2026\u20ac\u2190-\u2193\u2212\u2264\u2265\ufffd]"
)


@dataclass(frozen=True)
class Heading:
    """A heading below the document's title; level 1 is the highest."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    """Running text; line breaks are kept."""

    text: str


@dataclass(frozen=True)
class Quote:
    """Words that are someone else's, set apart so that they are not taken for the sender's."""

    text: str


@dataclass(frozen=True)
class Facts:
    """Names with values, read out as pairs rather than as a table."""

    pairs: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Table:
    """A table with one header row; every row has as many cells as there are columns."""

    columns: Sequence[str]
    rows: Sequence[Sequence[str]]

    def __post_init__(self) -> None:
        """Refuse uneven rows, which typst would silently wrap into the wrong columns."""
        if not self.columns:
            raise ValueError("A table needs at least one column.")
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError("Every table row needs one cell for each column.")


@dataclass(frozen=True)
class FigureSvg:
    """A figure as SVG, with the text that stands in for it when it cannot be seen."""

    svg: str | bytes
    alt: str

    def __post_init__(self) -> None:
        """Refuse a figure without words, which PDF/UA does not allow."""
        if not _printable(self.alt).strip():
            raise ValueError("A figure needs an alternative text.")


Block = Heading | Paragraph | Quote | Facts | Table | FigureSvg


@dataclass(frozen=True)
class Document:
    """Everything the PDF says; the same document always gives the same bytes.

    ``language`` is a tag such as ``sv`` or ``en-GB``; ``marking`` stands on every page (for example
    "Övning") and may be empty, as may ``subtitle``. ``date`` is the day the document is from; only a dated
    document can be PDF/A.
    """

    title: str
    language: str
    marking: str
    subtitle: str
    blocks: Sequence[Block]
    date: datetime.date | None = None

    def __post_init__(self) -> None:
        """Refuse what a PDF/UA file must have and typst would only report obscurely."""
        if not _printable(self.title).strip():
            raise ValueError("A document needs a title.")
        if not re.fullmatch(r"[a-z]{2,3}(-[A-Z]{2})?", self.language):
            raise ValueError("The language must be a tag such as sv or en-GB.")


def document_pdf(document: Document) -> bytes:
    """Return the document as a tagged PDF.

    The standards refuse a character no font can draw. One emoji must not cost anyone the document, so a
    refused document is made once more with every uncertain character written as its code, [U+1F600].
    """
    import typst  # here, so that a process that makes no PDF does not load the compiler

    try:
        return _compile(_content(document, _printable))
    except typst.TypstError:
        return _compile(_content(document, _certain))


def _compile(content: dict[str, Any]) -> bytes:
    """Return the template set with this content."""
    import typst

    pdf: bytes = typst.compile(
        str(TEMPLATE),
        format="pdf",
        root=str(HERE),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"content": json.dumps(content, ensure_ascii=False)},
        pdf_standards=["ua-1", "a-2a"] if content["date"] else ["ua-1"],
    )
    return pdf


def _content(document: Document, clean: Callable[[str], str]) -> dict[str, Any]:
    """Return the data the template reads, with every text passed through ``clean``."""

    def line(value: str) -> str:
        """A single line, for places where a break would be lost or misread."""
        return " ".join(clean(value).split())

    language, _, region = document.language.partition("-")
    blocks: list[dict[str, Any]] = []
    level = 0
    for block in document.blocks:
        if isinstance(block, Heading) and not line(block.text):
            continue  # PDF/UA refuses an empty heading, and it says nothing
        match block:
            case Heading():
                # PDF/UA refuses a skipped level; a heading is lifted rather than the document lost.
                level = max(1, min(block.level, level + 1, DEEPEST_HEADING))
                item: dict[str, Any] = {"kind": "heading", "text": line(block.text), "level": level}
            case Paragraph():
                item = {"kind": "paragraph", "text": clean(block.text)}
            case Quote():
                item = {"kind": "quote", "text": clean(block.text)}
            case Facts():
                pairs = [[line(name), clean(value)] for name, value in block.pairs]
                item = {"kind": "facts", "pairs": pairs}
            case Table():
                columns = [clean(cell) for cell in block.columns]
                rows = [[clean(cell) for cell in row] for row in block.rows]
                item = {"kind": "table", "columns": columns, "rows": rows}
            case FigureSvg():
                svg = block.svg.decode("utf-8") if isinstance(block.svg, bytes) else block.svg
                item = {"kind": "figure", "svg": svg, "alt": line(block.alt)}
        blocks.append(item)
    day = document.date
    return {
        "title": line(document.title),
        "lang": language,
        "region": region or None,
        "marking": line(document.marking),
        "subtitle": clean(document.subtitle),
        "date": [day.year, day.month, day.day] if day else None,
        "blocks": blocks,
    }


def _printable(value: str) -> str:
    """Return text with one kind of line break and no invisible or unassigned characters.

    Direction overrides are dropped too: they can make a sentence read as something it does not say.
    """
    unified = unicodedata.normalize("NFC", re.sub("\r\n|[\r\u2028\u2029]", "\n", value)).replace("\t", " ")
    kept = []
    for character in unified:
        category = unicodedata.category(character)
        if category in ("Co", "Cs", "Cn"):
            kept.append("\ufffd")
        elif category not in ("Cc", "Cf") or character == "\n" or character in JOINERS:
            kept.append(character)
    return "".join(kept)


def _certain(value: str) -> str:
    """Return printable text where every character the fonts may lack is written as its code."""
    return "".join(
        character if SURE.fullmatch(character) else f"[U+{ord(character):04X}]"
        for character in _printable(value)
    )
