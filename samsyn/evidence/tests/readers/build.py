"""Small files that look like those people have, made in memory."""

import io
import zipfile
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from samsyn.evidence.readers import Reading, read


def workbook(
    rows: Iterable[Sequence[object]],
    *,
    merged: Iterable[str] = (),
    title: str = "Blad1",
    **more: Iterable[Sequence[object]],
) -> bytes:
    """An XLSX of one sheet, or more."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    for area in merged:
        sheet.merge_cells(area)
    for name, others in more.items():
        other = book.create_sheet(name)
        for row in others:
            other.append(list(row))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def rezipped(data: bytes, **changes: bytes | None) -> bytes:
    """The archive with parts replaced, added or (None) removed; `__` in a name stands for a slash, `_dot_` for a dot."""
    stream = io.BytesIO()
    parts = {name.replace("__", "/").replace("_dot_", "."): content for name, content in changes.items()}
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            if item.filename not in parts:
                new.writestr(item, old.read(item.filename))
        for name, content in parts.items():
            if content is not None:
                new.writestr(name, content)
    return stream.getvalue()


def part_of(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name)


def values(reading: Reading) -> list[Decimal | None]:
    return [row.value for row in reading.rows]


def notes(reading: Reading) -> dict[str, dict[str, str | int]]:
    return {note.code: dict(note.params) for note in reading.notes}


def asked(reading: Reading) -> set[str]:
    return {question.key for question in reading.questions}


def said(reading: Reading) -> list[str]:
    """Each row in a line: area, measure, days, unit, value, status."""
    return [
        " | ".join(
            (
                row.area_code or row.area_name,
                row.measure,
                f"{row.period_start}..{row.period_end}" if row.period_start else "",
                row.unit,
                f"{row.value:f}" if row.value is not None else "",
                row.status.value,
            )
        )
        for row in reading.rows
    ]


def text(content: str, name: str = "a.csv", **answers: Any) -> Reading:
    return read(content.encode(), name=name, answers=answers)
