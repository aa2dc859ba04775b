"""A text that people wrote, as headings and paragraphs: a Word document, or a form filled in as JSON."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any, Final

from samsyn.evidence.readers import formats
from samsyn.evidence.readers.archive import names_of, opened
from samsyn.evidence.readers.table import Refusal

Element = Any  # of the careful reader, which names no type of its own
W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# Struck out by the writer, a second drawing of the same box, field codes: no words of the text.
UNSAID: Final = frozenset({f"{W}del", f"{W}moveFrom", f"{W}instrText", f"{W}delText"})
FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
DEEPEST: Final = 9


@dataclass(frozen=True)
class Block:
    """A paragraph, or a heading when its level is one or more. `place` is its number in the document."""

    level: int
    text: str
    place: int


def read_prose(data: bytes, *, name: str) -> dict[str, Any]:
    """`blocks` of a Word document, or the `form` that a JSON file holds. Raises Refusal."""
    if not data.strip():
        raise Refusal("empty_file")
    if data.startswith(b"PK\x03\x04"):
        low = [one.casefold() for one in names_of(data)]
        if any(one.endswith("vbaproject.bin") for one in low):
            raise Refusal("macros")
        if "word/document.xml" in low:
            blocks = list(_document(data))
            if not blocks:
                raise Refusal("empty_file")
            return {"blocks": [[one.level, one.text, one.place] for one in blocks]}
    found = formats.format_of(data, PurePath(name.replace("\\", "/")).name)
    if found != "json":
        raise Refusal("unreadable_format", format=found)
    try:
        form = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise Refusal("unreadable", fault=type(error).__name__) from None
    if not isinstance(form, dict):
        raise Refusal("unreadable", fault="form")
    return {"form": form}


def _document(data: bytes) -> Iterator[Block]:
    with opened(data) as archive:
        body = _parsed(archive.read("word/document.xml")).find(f"{W}body")
        styles = _parsed(archive.read("word/styles.xml")) if "word/styles.xml" in archive.namelist() else None
    levels = _levels(styles) if styles is not None else {}
    if body is None:
        raise Refusal("unreadable", fault="body")
    for number, paragraph in enumerate(_paragraphs(body), start=1):
        text = "".join(_words(paragraph)).replace("\u00a0", " ").strip()
        if text:
            yield Block(_level(paragraph, levels), text, number)


def _parsed(content: bytes) -> Element:
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import ParseError, fromstring

    try:
        return fromstring(content)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise Refusal("unreadable", fault=type(error).__name__) from None


def _levels(styles: Element) -> dict[str, int]:
    """The level of each style that is a heading: by its outline, its name in any language, or its parent."""
    found: dict[str, int] = {}
    parents: dict[str, str] = {}
    for style in styles.iter(f"{W}style"):
        key = style.get(f"{W}styleId", "")
        name = style.find(f"{W}name")
        outline = style.find(f"{W}pPr/{W}outlineLvl")
        parent = style.find(f"{W}basedOn")
        if parent is not None:
            parents[key] = parent.get(f"{W}val", "")
        said = name.get(f"{W}val", "").casefold() if name is not None else ""
        if said.startswith("heading ") and said[8:].isdecimal():
            found[key] = int(said[8:])
        elif outline is not None and outline.get(f"{W}val", "").isdecimal():
            found[key] = int(outline.get(f"{W}val", "")) + 1
    for key in parents:
        at, steps = key, 0
        while at not in found and at in parents and steps < DEEPEST:
            at, steps = parents[at], steps + 1
        if at in found:
            found.setdefault(key, found[at])
    return {key: level for key, level in found.items() if level <= DEEPEST}


def _level(paragraph: Element, levels: dict[str, int]) -> int:
    own = paragraph.find(f"{W}pPr/{W}outlineLvl")
    if own is not None and own.get(f"{W}val", "").isdecimal():
        level = int(own.get(f"{W}val", "")) + 1
        return level if level <= DEEPEST else 0
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    key = style.get(f"{W}val", "") if style is not None else ""
    if key in levels:
        return levels[key]
    return int(key[-1]) if key[:-1].casefold() in ("heading", "rubrik") and key[-1:].isdecimal() else 0


def _paragraphs(element: Element) -> Iterator[Element]:
    for child in element:
        if child.tag in UNSAID or child.tag == FALLBACK:
            continue
        if child.tag == f"{W}p":
            yield child
        else:
            yield from _paragraphs(child)


def _words(element: Element) -> Iterator[str]:
    for child in element:
        if child.tag in UNSAID or child.tag == FALLBACK:
            continue
        if child.tag == f"{W}t":
            yield child.text or ""
        elif child.tag == f"{W}tab":
            yield "\t"
        elif child.tag in (f"{W}br", f"{W}cr"):
            yield "\n"
        elif child.tag == f"{W}noBreakHyphen":
            yield "-"
        elif child.tag != f"{W}pPr":
            yield from _words(child)
