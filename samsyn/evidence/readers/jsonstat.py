"""JSON-stat 1 and 2: SCB's and Folkhälsomyndigheten's answers, single data sets, bundles and collections."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, Final

from samsyn.evidence.readers import units
from samsyn.evidence.readers.cube import Category, Cube, Dimension, cell_count, guess_role, read_cube
from samsyn.evidence.readers.table import Answers, Kind, Note, Question, Reading, Refusal, Status
from samsyn.evidence.readers.titles import tidy
from samsyn.evidence.readers.values import NIL, Cell, read_value

ROLES: Final = {"geo": "area", "time": "time", "metric": "contents"}
STATUSES: Final = {
    "e": Status.ESTIMATE,
    "est": Status.ESTIMATE,
    "p": Status.PRELIMINARY,
    "prel": Status.PRELIMINARY,
}


def is_json_stat(data: Any) -> bool:
    return bool(_sets(data))


def _sets(data: Any) -> list[tuple[str, Mapping[str, Any]]]:
    """The data sets of the file: one, those of a bundle, or those of a collection."""
    if not isinstance(data, dict):
        return []
    if isinstance(data.get("dimension"), dict) and "value" in data:
        return [("", data)]
    if data.get("class") == "collection" and isinstance(data.get("link"), dict):
        items = data["link"].get("item", [])
        return (
            [("", item) for item in items if isinstance(item, dict) and "value" in item]
            if isinstance(items, list)
            else []
        )
    return [
        (name, item)
        for name, item in data.items()
        if isinstance(item, dict) and isinstance(item.get("dimension"), dict) and "value" in item
    ]


def read_json_stat(data: Any, answers: Answers) -> Reading:
    """All data sets of the file as one table; `answers["dataset"]` picks one of a bundle."""
    sets = _sets(data)
    if (asked := answers.get("dataset")) is not None:
        sets = [item for item in sets if item[0] == asked]
        if not sets:
            raise Refusal("unknown_answer", key="dataset", answer=str(asked)[:40])
    readings = [_read_set(item, answers) for _, item in sets]
    if len(readings) == 1:
        return readings[0]
    notes = [Note("bundle", {"datasets": ", ".join(name for name, _ in sets)[:200], "count": len(sets)})]
    for reading in readings:
        notes += reading.notes
    questions: list[Question] = []
    for reading in readings:
        questions += [question for question in reading.questions if question not in questions]
    rows = tuple(row for reading in readings for row in reading.rows)
    return Reading(rows, tuple(notes), tuple(questions), source="pxweb")


def _read_set(data: Mapping[str, Any], answers: Answers) -> Reading:
    dimension = data["dimension"]
    ids = data.get("id") or dimension.get("id")
    sizes = data.get("size") or dimension.get("size")
    if not isinstance(ids, list) or not isinstance(sizes, list) or len(ids) != len(sizes) or not ids:
        raise Refusal("broken_json_stat", where="id")
    roles = data.get("role") or dimension.get("role") or {}
    stated = {
        name: ROLES[role]
        for role, names in _pairs(roles)
        if role in ROLES and isinstance(names, list)
        for name in names
        if isinstance(name, str)
    }
    dimensions = tuple(
        _dimension(name, size, dimension, stated) for name, size in zip(ids, sizes, strict=True)
    )
    notes = _notes(data)
    if data["value"] in ([], {}, None):
        return Reading((), (Note("metadata_only"), *notes), source="pxweb", kind=Kind.DESCRIPTION)
    cube = Cube(
        dimensions,
        contents="" if any(d.role == "contents" for d in dimensions) else _title(data),
        source="pxweb",
    )
    count = cell_count(dimensions)
    return read_cube(cube, _cells(data["value"], data.get("status"), count), answers, notes=notes)


def _pairs(data: Any) -> list[tuple[str, Any]]:
    return list(data.items()) if isinstance(data, dict) else []


def _title(data: Mapping[str, Any]) -> str:
    """The table's title up to what it is divided by."""
    return tidy(str(data.get("label", ""))).partition(" efter ")[0].partition(" by ")[0].rstrip(" ,:;")


def _dimension(name: Any, size: Any, parent: Mapping[str, Any], stated: Mapping[Any, str]) -> Dimension:
    body = parent.get(name) if isinstance(name, str) else None
    category = body.get("category") if isinstance(body, dict) else None
    if not isinstance(body, dict) or not isinstance(category, dict) or not isinstance(name, str):
        raise Refusal("broken_json_stat", where=str(name)[:40])
    labels = _mapping(category.get("label"))
    index = category.get("index")
    if isinstance(index, dict):
        codes = [code for code, _ in sorted(index.items(), key=lambda item: _position(item[1], name))]
    else:
        codes = [str(code) for code in index] if isinstance(index, list) else list(labels)
    if len(codes) != size:
        raise Refusal("broken_json_stat", where=name)
    stated_units = _mapping(category.get("unit"))
    categories = tuple(
        Category(code, str(labels.get(code, code)), _unit(stated_units.get(code))) for code in codes
    )
    label = str(body.get("label", name))
    return Dimension(name, label, categories, stated.get(name) or guess_role(name, label))


def _mapping(data: Any) -> dict[str, Any]:
    return data if isinstance(data, dict) else {}


def _position(value: Any, name: str) -> int:
    if not isinstance(value, int):
        raise Refusal("broken_json_stat", where=name)
    return value


def _unit(stated: Any) -> str:
    if not isinstance(stated, dict):
        return ""
    text = next((str(stated[key]) for key in ("label", "base", "symbol") if stated.get(key)), "")
    return units.unit_name(text)


def _cells(values: Any, statuses: Any, count: int) -> Iterator[tuple[Cell, str]]:
    """Every cell in order, sparse or dense. A dense list of another length is a broken download."""
    if isinstance(values, dict):
        found = {_index(key, count): value for key, value in values.items()}
    elif isinstance(values, list):
        if len(values) != count:
            raise Refusal("cells_missing", promised=count, given=len(values))
        found = dict(enumerate(values))
    else:
        raise Refusal("broken_json_stat", where="value")
    flags: dict[int, Any] = {}
    if isinstance(statuses, dict):
        flags = {_index(key, count): flag for key, flag in statuses.items()}
    elif isinstance(statuses, list):
        flags = dict(enumerate(statuses if len(statuses) != 1 else statuses * count))
    everywhere = statuses if isinstance(statuses, str) else ""
    return (_cell(found.get(index), str(flags.get(index) or everywhere), index) for index in range(count))


def _index(key: Any, count: int) -> int:
    if not str(key).isdecimal() or len(str(key)) > 9 or int(key) >= count:
        raise Refusal("broken_json_stat", where="value")
    return int(key)


def _cell(value: Any, flag: str, index: int) -> tuple[Cell, str]:
    where = f"cell {index}"
    if value is None:
        if flag.strip() in NIL:
            return Cell(Decimal(0), Status.ZERO), flag
        return Cell(None, Status.NOT_APPLICABLE if flag.strip() == "." else Status.MISSING), flag
    if isinstance(value, bool) or not isinstance(value, (int, Decimal, str)):
        raise Refusal("not_a_number", where, text=str(value)[:40])
    if isinstance(value, str):
        cell = read_value(value, decimal=".", where=where)
        if not cell.readable:
            raise Refusal("not_a_number", where, text=value[:40])
    else:
        number = Decimal(value)
        if not number.is_finite() or abs(number.adjusted()) > 60:
            raise Refusal("not_a_number", where, text=str(value)[:40])
        cell = Cell(number, Status.OK if number else Status.ZERO)
    if cell.status is Status.OK and (status := STATUSES.get(flag.strip().casefold())):
        cell = Cell(cell.value, status)
    return cell, f"{value} ({flag})" if flag else str(value)


def _notes(data: Mapping[str, Any]) -> tuple[Note, ...]:
    """What the office says about the figures: it must follow them wherever they go."""
    notes = [Note("format", {"format": "json-stat"})]
    for key, code in (("label", "title"), ("source", "source"), ("updated", "updated")):
        if isinstance(text := data.get(key), str) and text:
            notes.append(Note(code, {"text": text[:300]}))
    texts = data.get("note") or []
    for text in texts if isinstance(texts, list) else [texts]:
        notes.append(Note("footnote", {"text": " ".join(str(text).split())[:2000]}))
    return tuple(notes)
