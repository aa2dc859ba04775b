"""PxWeb's other JSON: version 1's columns and keys, and the answers that only describe tables."""

from collections.abc import Mapping
from typing import Any

from samsyn.evidence.readers import tables
from samsyn.evidence.readers.grid import Sheet
from samsyn.evidence.readers.table import Answers, Kind, Note, Reading, Refusal


def is_columns_and_keys(data: Any) -> bool:
    return (
        isinstance(data, dict)
        and isinstance(data.get("columns"), list)
        and isinstance(data.get("data"), list)
    )


def read_columns_and_keys(data: Mapping[str, Any], *, name: str, answers: Answers) -> Reading:
    """`columns` with a type each, `data` with `key` and `values` as texts: a long table without labels."""
    heads = []
    for column in data["columns"]:
        if not isinstance(column, Mapping):
            raise Refusal("broken_json", where="columns")
        heads.append(" ".join(str(column.get("text", column.get("code", ""))).split()))
    rows = [heads]
    for index, item in enumerate(data["data"]):
        key, values = (item.get("key"), item.get("values")) if isinstance(item, Mapping) else (None, None)
        if not isinstance(key, list) or not isinstance(values, list) or len(key) + len(values) != len(heads):
            raise Refusal("broken_json", where=f"data {index + 1}")
        rows.append([str(cell) for cell in (*key, *values)])
    roles = {"t": "period", "c": "value"}
    mapping = {
        head: roles[str(column.get("type"))]
        for head, column in zip(heads, data["columns"], strict=True)
        if str(column.get("type")) in roles
    }
    asked = answers.get("columns")
    known = {
        **answers,
        "decimal": ".",
        "columns": {**mapping, **(asked if isinstance(asked, Mapping) else {})},
    }
    reading = tables.read_table(Sheet("", rows, list(range(1, len(rows) + 1))), name=name, answers=known)
    if reading is None:
        raise Refusal("no_table")
    return reading.with_notes(Note("format", {"format": "pxweb json"}))


def is_description(data: Any) -> bool:
    """Metadata, queries, table and code lists, settings of a PxWeb server, Kolada's lists of indicators."""
    if isinstance(data, list):
        return bool(data) and all(
            isinstance(item, dict) and {"id", "type", "text"} <= set(item) for item in data
        )
    if not isinstance(data, dict):
        return False
    if any({"values", "label"} <= set(item) for item in data.values() if isinstance(item, dict)):
        return True
    kinds = ("variables", "query", "tables", "maxDataCells", "codeLists", "folderContents", "dimension")
    listed = data.get("values")
    described = (
        isinstance(listed, list)
        and bool(listed)
        and all(
            isinstance(item, dict) and ({"code", "label"} <= set(item) or {"id", "title"} <= set(item))
            for item in listed
        )
    )
    return described or any(kind in data for kind in kinds)


def read_description(data: Any) -> Reading:
    """No figures: said so, with the title, so that nobody takes a table's description for the table."""
    title = str(data.get("title", data.get("label", ""))) if isinstance(data, dict) else ""
    notes = [Note("metadata_only")] + ([Note("title", {"text": title[:300]})] if title else [])
    return Reading((), tuple(notes), source="pxweb", kind=Kind.DESCRIPTION)
