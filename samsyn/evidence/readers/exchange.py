"""A Reading as JSON and back, for the pipe between the sandbox and the platform."""

import base64
import json
from decimal import Decimal
from typing import Any

from samsyn.evidence.readers.grid import Sheet
from samsyn.evidence.readers.layer import Layer
from samsyn.evidence.readers.table import (
    Kind,
    Note,
    Question,
    Reading,
    Refusal,
    Row,
    Shape,
    Status,
    moment_of,
    row_texts,
)


def dump_reading(reading: Reading) -> dict[str, object]:
    """Lists and texts only; numbers stay the text they were."""
    return {
        "rows": [(*row_texts(row), row.x, row.y) for row in reading.rows],
        "notes": [(note.code, dict(note.params)) for note in reading.notes],
        "questions": [
            (question.key, question.options, question.where, dict(question.params))
            for question in reading.questions
        ],
        "source": reading.source,
        "kind": reading.kind.value,
        "shapes": [
            (shape.area_level, shape.area_code, shape.area_name, base64.b64encode(shape.wkb).decode())
            for shape in reading.shapes
        ],
        "row_count": reading.row_count,
    }


def load_reading(answer: bytes) -> Reading:
    """The Reading of a child's answer, or the Refusal that it sent instead."""
    try:
        data: dict[str, Any] = json.loads(answer)
        if refusal := data.get("refusal"):
            raise Refusal(refusal[0], refusal[1], **refusal[2])
        return Reading(
            rows=tuple(_row(cells) for cells in data["rows"]),
            notes=tuple(Note(code, params) for code, params in data["notes"]),
            questions=tuple(
                Question(key, tuple(options), where, params)
                for key, options, where, params in data["questions"]
            ),
            source=data["source"],
            kind=Kind(data["kind"]),
            shapes=tuple(
                Shape(level, code, name, base64.b64decode(wkb)) for level, code, name, wkb in data["shapes"]
            ),
            row_count=data["row_count"],
        )
    except (ValueError, KeyError, TypeError) as error:
        raise Refusal("unreadable", fault=type(error).__name__) from error


def dump_cells(sheets: list[Sheet]) -> dict[str, object]:
    """Bare cells, with the file's own row numbers."""
    return {
        "sheets": [
            (sheet.name, [list(map(str, row)) for row in sheet.rows], sheet.numbers) for sheet in sheets
        ]
    }


def load_cells(answer: bytes) -> list[Sheet]:
    """The sheets of a child's answer, or the Refusal that it sent instead."""
    try:
        data: dict[str, Any] = json.loads(answer)
        if refusal := data.get("refusal"):
            raise Refusal(refusal[0], refusal[1], **refusal[2])
        return [Sheet(name, rows, numbers) for name, rows, numbers in data["sheets"]]
    except (ValueError, KeyError, TypeError) as error:
        raise Refusal("unreadable", fault=type(error).__name__) from error


def dump_file(content: bytes) -> dict[str, object]:
    return {"file": base64.b64encode(content).decode()}


def load_file(answer: bytes) -> bytes:
    """The file of a child's answer, or the Refusal that it sent instead."""
    try:
        data: dict[str, Any] = json.loads(answer)
        if refusal := data.get("refusal"):
            raise Refusal(refusal[0], refusal[1], **refusal[2])
        return base64.b64decode(data["file"])
    except (ValueError, KeyError, TypeError) as error:
        raise Refusal("unreadable", fault=type(error).__name__) from error


def load_layers(answer: bytes) -> tuple[Layer, ...]:
    """The layers of a child's answer, or the Refusal that it sent instead."""
    try:
        data: dict[str, Any] = json.loads(answer)
        if refusal := data.get("refusal"):
            raise Refusal(refusal[0], refusal[1], **refusal[2])
        return tuple(Layer.of(one) for one in data["layers"])
    except (ValueError, KeyError, TypeError) as error:
        raise Refusal("unreadable", fault=type(error).__name__) from error


def load_prose(answer: bytes) -> dict[str, Any]:
    """The blocks or the form of a child's answer, or the Refusal that it sent instead."""
    try:
        data: dict[str, Any] = json.loads(answer)
        if refusal := data.get("refusal"):
            raise Refusal(refusal[0], refusal[1], **refusal[2])
        if isinstance(form := data.get("form"), dict):
            return {"form": form}
        return {"blocks": [[int(level), str(text), int(place)] for level, text, place in data["blocks"]]}
    except (ValueError, KeyError, TypeError) as error:
        raise Refusal("unreadable", fault=type(error).__name__) from error


def _row(cells: list[Any]) -> Row:
    level, code, name, measure, start, end, unit, value, status, original, x, y = cells
    return Row(
        level,
        code,
        name,
        measure,
        moment_of(start),
        moment_of(end),
        unit,
        Decimal(value) if value else None,
        Status(status),
        original,
        x,
        y,
    )
