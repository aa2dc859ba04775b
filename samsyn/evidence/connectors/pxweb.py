"""PxWeb, as Statistics Sweden (version 2) and Folkhälsomyndigheten (version 1) serve their tables.

A question with more cells than the service allows is cut along the first dimension, so that the parts follow
each other in the answer's own order and nothing is computed to join them. Cells are never changed: those of
Statistics Sweden carry noise on purpose, and a total differs from the sum of its parts.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import Any
from urllib.parse import quote

from samsyn.evidence.connectors.session import Fault, FetchFailed, Session

# Codes by dimension. A dimension left out is taken whole; of one without codes the service gives the total.
Choice = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Limits:
    cells: int
    calls: int
    window_s: float


def table_v2(service: Session, table: str, *, choice: Choice) -> bytes:
    """A table of version 2 as one json-stat2, whatever the service's limit."""
    limits = _limits(service.get("/config").json(), "maxDataCells", "maxCallsPerTimeWindow")
    _obey(service, limits)
    place = f"/tables/{quote(table, safe='')}"
    wanted = _wanted(_codes_v2(service.get(f"{place}/metadata?lang=sv").json()), choice)
    parts = []
    for part in _parts(wanted, limits.cells):
        selection = [{"variableCode": code, "valueCodes": values} for code, values in part.items()]
        answer = service.post(f"{place}/data?lang=sv&outputFormat=json-stat2", {"selection": selection})
        parts.append(_checked(answer.json(), part))
    return json.dumps(_joined(parts), ensure_ascii=False).encode()


def table_v1(service: Session, table: str, *, choice: Choice, where_known: Choice | None = None) -> bytes:
    """A table of version 1 as one json-stat2. Its limit is reported lower than it says: 1 000 at most.

    Of the codes in `where_known` those are taken that the table has: a survey does not reach every area.
    """
    told = _limits(service.get("/?config").json(), "maxCells", "maxCalls")
    _obey(service, told)
    place = "/" + quote(table)
    codes = _codes_v1(service.get(place).json())
    for name, values in (where_known or {}).items():
        choice = {**choice, name: [code for code in values if code in codes.get(name, ())]}
        if not choice[name]:
            raise FetchFailed(Fault.CHANGED, name)
    wanted = _wanted(codes, choice)
    parts = []
    for part in _parts(wanted, min(told.cells, 1_000)):
        query = [
            {"code": code, "selection": {"filter": "item", "values": values}} for code, values in part.items()
        ]
        answer = service.post(place, {"query": query, "response": {"format": "json-stat2"}})
        parts.append(_checked(answer.json(), part))
    return json.dumps(_joined(parts), ensure_ascii=False).encode()


def _limits(config: Any, cells: str, calls: str) -> Limits:
    try:
        found = Limits(int(config[cells]), int(config[calls]), float(config["timeWindow"]))
    except (KeyError, TypeError, ValueError):
        raise FetchFailed(Fault.CHANGED, "config") from None
    if min(found.cells, found.calls) < 1 or found.window_s <= 0:
        raise FetchFailed(Fault.CHANGED, "config")
    return found


def _obey(service: Session, limits: Limits) -> None:
    service.calls, service.window_s = limits.calls, limits.window_s


def _codes_v2(metadata: Any) -> dict[str, list[str]]:
    try:
        return {name: _ordered(metadata["dimension"][name]["category"]["index"]) for name in metadata["id"]}
    except (KeyError, TypeError):
        raise FetchFailed(Fault.CHANGED, "metadata") from None


def _codes_v1(metadata: Any) -> dict[str, list[str]]:
    try:
        return {one["code"]: [str(code) for code in one["values"]] for one in metadata["variables"]}
    except (KeyError, TypeError):
        raise FetchFailed(Fault.CHANGED, "metadata") from None


def _ordered(index: Any) -> list[str]:
    return list(index) if isinstance(index, list) else sorted(index, key=index.__getitem__)


def _wanted(codes: Mapping[str, list[str]], choice: Choice) -> dict[str, list[str]]:
    """The codes to ask for, in the table's order. A code that is gone means that the table has changed."""
    for name, values in choice.items():
        if gone := set(values) - set(codes.get(name, ())):
            raise FetchFailed(Fault.CHANGED, f"{name}: {', '.join(sorted(gone))}"[:200])
    return {
        name: [code for code in known if name not in choice or code in set(choice[name])]
        for name, known in codes.items()
        if name not in choice or choice[name]
    }


def _parts(wanted: Mapping[str, list[str]], most: int) -> list[dict[str, list[str]]]:
    first, *others = wanted
    each = prod(len(wanted[name]) for name in others)
    if each > most:
        raise FetchFailed(Fault.TOO_LARGE, f"{each} > {most}")
    step = max(1, most // max(1, each))
    codes = wanted[first]
    return [{**wanted, first: codes[start : start + step]} for start in range(0, len(codes), step)]


def _checked(answer: Any, part: Mapping[str, list[str]]) -> dict[str, Any]:
    """The answer with its values as a list, when it is exactly what was asked for."""
    try:
        same = list(answer["id"]) == list(part) and all(
            _ordered(answer["dimension"][name]["category"]["index"]) == codes for name, codes in part.items()
        )
        values = answer["value"]
    except (KeyError, TypeError):
        raise FetchFailed(Fault.CHANGED, "json-stat") from None
    if not same:
        raise FetchFailed(Fault.HALF, "not what was asked for")
    size = prod(len(codes) for codes in part.values())
    if isinstance(values, dict):
        values = [values.get(str(place)) for place in range(size)]
    if len(values) != size:
        raise FetchFailed(Fault.HALF, f"{len(values)} of {size}")
    return {**answer, "value": values, "status": _statuses(answer.get("status"), size)}


def _statuses(status: Any, size: int) -> list[Any]:
    if isinstance(status, dict):
        return [status.get(str(place)) for place in range(size)]
    if isinstance(status, list):
        if len(status) != size:
            raise FetchFailed(Fault.HALF, "status")
        return status
    return [status] * size


def _joined(parts: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Parts that follow each other along the first dimension, as one."""
    whole = dict(parts[0])
    first = whole["id"][0]
    category: dict[str, Any] = {}
    codes: list[str] = []
    for part in parts:
        own = part["dimension"][first]["category"]
        codes += _ordered(own["index"])
        for key in ("label", "note", "unit"):
            if isinstance(own.get(key), dict):
                category[key] = {**category.get(key, {}), **own[key]}
    category["index"] = {code: place for place, code in enumerate(codes)}
    whole["dimension"] = {
        **whole["dimension"],
        first: {**whole["dimension"][first], "category": category},
    }
    whole["size"] = [len(codes), *whole["size"][1:]]
    whole["value"] = [value for part in parts for value in part["value"]]
    statuses = [status for part in parts for status in part["status"]]
    whole["status"] = {str(place): status for place, status in enumerate(statuses) if status}
    return whole
