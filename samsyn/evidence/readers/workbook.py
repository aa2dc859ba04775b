"""XLSX workbooks, read cell by cell from their XML: what a cell holds, nothing that a program would compute.

Own reader because merged areas, formulas and number formats decide what a cell means, and because a workbook
may lie about its size or lack parts that no figure needs.
"""

import posixpath
import re
import zipfile
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Final
from xml.sax import SAXException
from xml.sax.handler import ContentHandler

from samsyn.evidence.readers.archive import opened
from samsyn.evidence.readers.grid import LONGEST_CELL, MOST_CELLS, Book, Sheet, check_width, letters
from samsyn.evidence.readers.table import Note, Refusal
from samsyn.evidence.readers.text import clean
from samsyn.evidence.readers.values import Number

REFERENCE: Final = re.compile(r"([A-Z]{1,3})(\d{1,7})")
MONTH_FORMAT: Final = 17  # mmm-yy
DATE_FORMATS: Final = frozenset({14, 15, 16, 17, 18, 19, 20, 21, 22, 27, 30, 36, 45, 46, 47, 50, 57})
RAISED: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
MOST_FILLED: Final = 1_000_000


def parse(stream: Any, handler: ContentHandler) -> None:
    """XML from outside: no document type, no entities, no network."""
    from defusedxml import DefusedXmlException
    from defusedxml.sax import parse as defused_parse

    try:
        defused_parse(stream, handler, forbid_dtd=True)
    except DefusedXmlException:
        raise Refusal("external_entities") from None
    except (SAXException, ValueError, LookupError) as error:
        raise Refusal("broken_workbook", fault=type(error).__name__) from None


class Reader(ContentHandler):
    """Collects text; names without their prefix, as strict and transitional workbooks prefix differently."""

    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self.length = 0

    def startElement(self, name: str, attrs: Any) -> None:
        self.begin(name.rpartition(":")[2], attrs)

    def endElement(self, name: str) -> None:
        self.finish(name.rpartition(":")[2])

    def characters(self, content: str) -> None:
        self.length += len(content)
        if self.length > LONGEST_CELL:
            raise Refusal("cell_too_long")
        self.text.append(content)

    def fresh(self) -> None:
        self.text.clear()
        self.length = 0

    def begin(self, name: str, attrs: Any) -> None: ...
    def finish(self, name: str) -> None: ...


class SharedTexts(Reader):
    """The workbook's table of texts; phonetic guides left out, raised digits kept as raised."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.parts: list[str] = []
        self.phonetic = self.raised = False

    def begin(self, name: str, attrs: Any) -> None:
        if name == "si":
            self.parts = []
        elif name == "rPh":
            self.phonetic = True
        elif name == "r":
            self.raised = False
        elif name == "vertAlign":
            self.raised = attrs.get("val") == "superscript"
        elif name == "t":
            self.fresh()

    def finish(self, name: str) -> None:
        if name == "t" and not self.phonetic:
            part = "".join(self.text)
            self.parts.append(part.translate(RAISED) if self.raised else part)
        elif name == "rPh":
            self.phonetic = False
        elif name == "r":
            self.raised = False
        elif name == "si":
            self.texts.append("".join(self.parts))


class Styles(Reader):
    """What the number formats mean for a value: a date, a percentage, a code with leading zeros."""

    def __init__(self) -> None:
        super().__init__()
        self.codes: dict[int, str] = {}
        self.styles: list[int] = []
        self.inside = False

    def begin(self, name: str, attrs: Any) -> None:
        if name == "numFmt":
            self.codes[number_in(attrs, "numFmtId")] = attrs.get("formatCode", "")
        elif name == "cellXfs":
            self.inside = True
        elif name == "xf" and self.inside:
            self.styles.append(number_in(attrs, "numFmtId"))

    def finish(self, name: str) -> None:
        if name == "cellXfs":
            self.inside = False

    def meanings(self) -> list[str]:
        return [self._meaning(style) for style in self.styles]

    def _meaning(self, style: int) -> str:
        if style in (9, 10):
            return "percent"
        if style == MONTH_FORMAT:
            return "month"
        if style in DATE_FORMATS:
            return "date"
        code = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]|_.', "", self.codes.get(style, "")).casefold()
        if "%" in code:
            return "percent"
        if re.fullmatch(r"(?=.*[yå])(?=.*m)[ymå\s./,-]+", code):
            return "month"  # "mmm-yy" shows no day: the first of a month stands for all of it
        if re.search(r"[ymdåh]", code.replace("general", "").replace("standard", "").replace("red", "")):
            return "date"
        return f"zeros {len(code)}" if re.fullmatch(r"0{2,}", code) else ""


class Cells(Reader):
    """One worksheet: its cells where they stand, and its merged areas."""

    def __init__(self, texts: list[str], meanings: list[str], sheet: str, *, early: bool) -> None:
        super().__init__()
        self.shared, self.meanings, self.sheet = texts, meanings, sheet
        self.epoch = datetime(1904, 1, 1) if early else datetime(1899, 12, 30)  # noqa: DTZ001 a workbook has no zone
        self.rows: dict[int, dict[int, str]] = {}
        self.merged: list[str] = []
        self.row = self.column = -1
        self.kind = self.style = ""
        self.value: str | None = None
        self.parts: list[str] = []
        self.cells = 0

    def begin(self, name: str, attrs: Any) -> None:
        if name == "row":
            self.row = number_in(attrs, "r", self.row + 2) - 1
            self.column = -1
        elif name == "c":
            found = REFERENCE.fullmatch(attrs.get("r", ""))
            self.column = column_of(found[1]) if found else self.column + 1
            if found:
                self.row = int(found[2]) - 1
            self.kind, self.style = attrs.get("t", "n"), attrs.get("s", "")
            self.value, self.parts = None, []
        elif name == "f":
            raise Refusal("formula", f"{self.sheet}!{letters(self.column)}{self.row + 1}")
        elif name in ("v", "t"):
            self.fresh()
        elif name == "mergeCell":
            self.merged.append(attrs.get("ref", ""))

    def finish(self, name: str) -> None:
        if name == "v":
            self.value = "".join(self.text)
        elif name == "t":
            self.parts.append("".join(self.text))
        elif name == "c":
            text = "".join(self.parts) if self.kind == "inlineStr" else self._text()
            if text:
                self.cells += 1
                if self.cells > MOST_CELLS:
                    raise Refusal("too_large", cells=self.cells)
                self.rows.setdefault(self.row, {})[self.column] = text

    def _text(self) -> str:
        value = self.value
        if value is None or value == "":
            return ""
        if self.kind == "s":
            index = int(value) if value.isdecimal() else -1
            if not 0 <= index < len(self.shared):
                raise Refusal("broken_workbook", f"{self.sheet}!{letters(self.column)}{self.row + 1}")
            return self.shared[index]
        if self.kind == "b":
            return {"1": "TRUE", "0": "FALSE"}.get(value, value)
        if self.kind in ("e", "str", "d"):
            return value
        return self._number(value)

    def _number(self, value: str) -> str:
        """The shortest decimal that is the stored number: 0.1, not 0.10000000000000001."""
        where = f"{self.sheet}!{letters(self.column)}{self.row + 1}"
        try:
            number = float(value)
            exact = Decimal(repr(number)) if abs(number) < 1e30 else Decimal("NaN")
        except (ValueError, OverflowError):
            raise Refusal("not_a_number", where, text=value[:40]) from None
        if not exact.is_finite():
            raise Refusal("not_a_number", where, text=value[:40])
        meaning = (
            self.meanings[int(self.style)]
            if self.style.isdecimal() and int(self.style) < len(self.meanings)
            else ""
        )
        if meaning == "month" and 0 < number < 2_958_466:
            return date_text(self.epoch, float(int(number)))[:7]
        if meaning == "date" and 0 < number < 2_958_466:
            return date_text(self.epoch, number)
        if meaning == "percent":
            return Number(plain(exact * 100) + "%")
        text = plain(exact)
        return (
            text.zfill(int(meaning[6:])) if meaning.startswith("zeros") and text.isdecimal() else Number(text)
        )


def plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def date_text(epoch: datetime, number: float) -> str:
    moment = epoch + timedelta(days=int(number), seconds=round((number - int(number)) * 86_400))
    return moment.date().isoformat() if number == int(number) else moment.isoformat(" ")


def number_in(attrs: Any, name: str, otherwise: int = 0) -> int:
    value = attrs.get(name, "")
    return int(value) if value.isdecimal() and len(value) < 9 else otherwise


def column_of(name: str) -> int:
    index = 0
    for sign in name:
        index = index * 26 + ord(sign) - 64
    return index - 1


class Parts(Reader):
    """Relations or sheets: (element, attributes) pairs of a small part."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []

    def begin(self, name: str, attrs: Any) -> None:
        pairs = {key.rpartition(":")[2]: value for key, value in attrs.items()}
        self.found.append((name, pairs))


def read_workbook(data: bytes, *, as_words: bool = False) -> Book:
    """All visible sheets. Refuses macros, formulas, entities, and sheets far larger than filled."""
    with opened(data) as archive:
        names = {name.casefold(): name for name in archive.namelist()}
        if any(
            name.endswith(("vbaproject.bin", "vbaproject.xml")) or "macrosheets/" in name for name in names
        ):
            raise Refusal("macros")
        book, relations = _parts(archive, "xl/workbook.xml"), _relations(archive, "xl/workbook.xml")
        texts, styles = SharedTexts(), Styles()
        for part, handler in (("sharedstrings", texts), ("styles", styles)):
            for name in names:
                if name.startswith("xl/") and posixpath.basename(name) == f"{part}.xml":
                    with archive.open(names[name]) as stream:
                        parse(stream, handler)
        early = any(pairs.get("date1904") in ("1", "true") for name, pairs in book if name == "workbookPr")
        sheets, notes = [], []
        for name, pairs in book:
            if name != "sheet":
                continue
            title = pairs.get("name", "")[:80]
            if pairs.get("state", "visible") != "visible":
                notes.append(Note("hidden_sheet", {"sheet": title}))
                continue
            target = relations.get(pairs.get("id", ""), "")
            if "chartsheet" in target or target not in archive.namelist():
                notes.append(Note("missing_part", {"part": posixpath.basename(target) or title}))
                continue
            cells = Cells(texts.texts, styles.meanings(), title, early=early)
            with archive.open(target) as stream:
                parse(stream, cells)
            sheets.append(_sheet(cells))
            lost = [
                part
                for part in _relations(archive, target).values()
                if part and part not in archive.namelist()
            ]
            notes += [Note("missing_part", {"part": posixpath.basename(part)}) for part in lost]
    if not sheets:
        raise Refusal("no_table")
    for sheet in sheets:
        clean(sheet, as_words=as_words)
    notes.append(Note("sheets", {"sheets": ", ".join(sheet.name for sheet in sheets)[:300]}))
    return Book(sheets, tuple(notes))


def _parts(archive: zipfile.ZipFile, part: str) -> list[tuple[str, dict[str, str]]]:
    handler = Parts()
    with archive.open(part) as stream:
        parse(stream, handler)
    return handler.found


def _relations(archive: zipfile.ZipFile, part: str) -> dict[str, str]:
    """What the part points at inside the workbook, by relation id."""
    folder, name = posixpath.split(part)
    relations = f"{folder}/_rels/{name}.rels"
    if relations not in archive.namelist():
        return {}
    targets = {}
    for element, pairs in _parts(archive, relations):
        if element == "Relationship" and pairs.get("TargetMode") != "External":
            target = pairs.get("Target", "")
            inside = (
                target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
            )
            targets[pairs.get("Id", "")] = inside
    return targets


def _sheet(cells: Cells) -> Sheet:
    """Filled rows; the text of a merged area in each of its rows: there alone a blank is the cell above."""
    width = max((max(row) for row in cells.rows.values()), default=-1) + 1
    height = max(cells.rows, default=-1) + 1
    check_width(width)
    if width * height > MOST_CELLS or width * len(cells.rows) > MOST_CELLS:
        raise Refusal("too_large", cells=width * height)
    filled = 0
    for area in cells.merged:
        ends = [REFERENCE.fullmatch(end) for end in area.split(":")]
        if len(ends) != 2 or ends[0] is None or ends[1] is None:
            continue
        column, top, bottom = column_of(ends[0][1]), int(ends[0][2]) - 1, int(ends[1][2]) - 1
        text = cells.rows.get(top, {}).get(column, "")
        filled += max(0, bottom - top)
        if text and filled < MOST_FILLED:
            for row in range(top + 1, min(bottom, height - 1) + 1):
                cells.rows.setdefault(row, {}).setdefault(column, text)
    numbers = sorted(cells.rows)
    rows = [[cells.rows[number].get(column, "") for column in range(width)] for number in numbers]
    return Sheet(cells.sheet, rows, [number + 1 for number in numbers], letters=True)
