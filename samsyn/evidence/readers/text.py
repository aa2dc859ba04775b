"""Bytes of a text file as cells: encoding, delimiter and quoting decided from the content and said."""

import codecs
import csv
import io
import re
from collections import Counter
from typing import Final

from samsyn.evidence.readers.grid import LONGEST_CELL, Book, Sheet, check_width
from samsyn.evidence.readers.table import Answers, Note, Refusal
from samsyn.evidence.readers.values import HIDDEN

DELIMITERS: Final = ";\t,|"
ENCODINGS: Final = ("utf-8", "utf-8-sig", "utf-16", "windows-1252", "iso-8859-1", "mac-roman", "cp850")
MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
FORMULA: Final = re.compile(r"=(?![=\s])\s*[^\s].*|@[A-Za-z]+\(.*|[+-][A-Za-z]+[(|!].*", re.S)
QUOTED_TEXT: Final = re.compile(r'="([^"]*)"')


def decode(data: bytes, answers: Answers | None = None) -> tuple[str, Note]:
    """The text and its encoding: by its mark, strict UTF-8, UTF-16 by its NULs, else Windows-1252."""
    if asked := (answers or {}).get("encoding"):
        if asked not in ENCODINGS:
            raise Refusal("unknown_answer", key="encoding", answer=str(asked)[:40])
        return data.decode(asked, errors="replace"), Note("encoding", {"encoding": asked})
    for mark, encoding in MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding), Note("encoding", {"encoding": encoding})
            except UnicodeDecodeError:
                raise Refusal("broken_encoding", encoding=encoding) from None
    head = data[:4000]
    if head and not len(data) % 2 and head.count(0) >= len(head) // 3:
        encoding = "utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be"
        try:
            return data.decode(encoding), Note("encoding", {"encoding": encoding})
        except UnicodeDecodeError:
            raise Refusal("broken_encoding", encoding=encoding) from None
    if b"\0" in data:
        line = data.count(b"\n", 0, data.index(0)) + 1
        raise Refusal("hidden_characters", where=f"row {line}")
    try:
        return data.decode("utf-8"), Note("encoding", {"encoding": "ascii" if data.isascii() else "utf-8"})
    except UnicodeDecodeError:
        pass
    # Old DOS and Macintosh exports: their å, ä and ö are signs that no Swedish text has in Windows-1252.
    letters = data.translate(None, bytes(range(128)))
    for encoding, swedish in (
        ("mac-roman", b"\x8c\x8a\x9a\x81\x80\x85"),
        ("cp850", b"\x86\x84\x94\x8f\x8e\x99"),
    ):
        if letters and sum(letters.count(sign) for sign in swedish) > 0.9 * len(letters):
            return data.decode(encoding), Note("encoding", {"encoding": encoding})
    # The two differ in 0x80-0x9F only, where ISO-8859-1 has nothing that can be seen.
    encoding = "windows-1252" if letters.translate(None, bytes(range(160, 256))) else "iso-8859-1"
    return data.decode("windows-1252", errors="replace"), Note("encoding", {"encoding": encoding})


def delimiter_of(text: str) -> str:
    """The sign that cuts the lines into the most even rows; quotes are respected."""
    sample = text[:200_000]
    best, best_score = ";", 0.0
    for sign in DELIMITERS:
        if sign not in sample:
            continue
        try:
            widths = [len(row) for row in _rows(sample, sign, most=400) if any(row)]
        except csv.Error:
            continue
        wide = Counter(width for width in widths if width > 1)
        if not wide:
            continue
        width, rows = max(wide.items(), key=lambda item: (item[1], item[0]))
        score = rows / len(widths) * (2 - 1 / width)
        if score > best_score + 1e-9:
            best, best_score = sign, score
    return best


def _rows(text: str, delimiter: str, *, most: int | None = None) -> list[list[str]]:
    rows: list[list[str]] = []
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
        rows.append(row)
        if most and len(rows) >= most:
            break
    return rows


def read_text(data: bytes, answers: Answers | None = None, *, as_words: bool = False) -> Book:
    """All rows of the file, blank ones left out, with its own line numbers. See `clean` for `as_words`."""
    text, note = decode(data, answers)
    asked = (answers or {}).get("delimiter")
    if asked is not None and (not isinstance(asked, str) or len(asked) != 1):
        raise Refusal("unknown_answer", key="delimiter", answer=str(asked)[:40])
    if first := re.match(r"sep=(.)\r?\n", text):  # Excel's own hint
        text, asked = text[first.end() :], asked or first[1]
    delimiter = asked or delimiter_of(text)
    rows, numbers = [], []
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        line = 1
        for row in reader:
            check_width(len(row))
            if any(row):
                rows.append(row)
                numbers.append(line)
            line = reader.line_num + 1
    except csv.Error as error:
        raise Refusal(
            "cell_too_long" if "limit" in str(error) else "broken_quotes", where=f"row {reader.line_num}"
        ) from None
    sheet = Sheet("", rows, numbers)
    clean(sheet, as_words=as_words)
    name = {"\t": "tab", ";": "semicolon", ",": "comma", "|": "bar"}.get(delimiter, delimiter)
    return Book([sheet], (note, Note("delimiter", {"delimiter": name})), delimiter)


def clean(sheet: Sheet, *, as_words: bool = False) -> None:
    """Refuse cells that hide what they are; take `="0114"` as the text it stands for.

    `as_words` leaves a text that looks like a formula as the text it is: for what people write, not figures.
    """
    for index, row in enumerate(sheet.rows):
        line = "".join(row)
        if HIDDEN.search(line):
            for column, text in enumerate(row):
                if HIDDEN.search(text):
                    raise Refusal("hidden_characters", sheet.where(index, column))
        if as_words:
            continue
        if "=" not in line and "(" not in line and "|" not in line and "!" not in line:
            continue
        for column, text in enumerate(row):
            if not text or text[0] not in "=@+-":
                continue
            if plain := QUOTED_TEXT.fullmatch(text):
                row[column] = plain[1]
            elif FORMULA.fullmatch(text):
                raise Refusal("formula", sheet.where(index, column))
