"""An agreement file (samsyn/agreement/1, YAML or JSON) as facts, or every fault in it in plain words."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from samsyn.agreements.validity import Ended, Facts, Prolongation, Signed

SCHEMA = Path(__file__).with_name("schema.json")
MAX_BYTES = 1_000_000
SIGNING = "signatory"


class BadFile(Exception):
    """What is wrong in the file, one sentence each."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__(faults[0])
        self.faults = faults


@dataclass(frozen=True)
class Signatory:
    """Who signed for a party. Name and title may be empty: signed, signatory not stated."""

    party: str
    name: str
    title: str
    day: date
    place: str


@dataclass(frozen=True)
class AgreementFile:
    """A file that holds together. `data` is its content with days as text."""

    data: dict[str, Any]
    parties: tuple[str, ...]
    valid_from: date
    valid_to: date | None
    prolongation: Prolongation
    months: int
    signatories: tuple[Signatory, ...]
    ended: tuple[Ended, ...] = ()
    notice_months: int | None = None  # None: no clause lets a party end it alone

    @property
    def facts(self) -> Facts:
        """For the validity function. A file knows a signature on the day it was made."""
        signed = tuple(Signed(one.party, one.day, one.day) for one in self.signatories)
        return Facts(
            self.parties, self.valid_from, self.valid_to, self.prolongation, self.months, signed, self.ended
        )


def read(content: bytes) -> AgreementFile:
    """Check a file against the schema and against itself. Raises `BadFile` with all faults."""
    data = _plain(_parsed(content))
    if faults := list(_shape_faults(data)) or list(_inner_faults(data)):
        raise BadFile(faults)
    agreement, validity = data["agreement"], data["agreement"]["validity"]
    clause = validity.get("prolongation") or {"rule": "none"}
    parties = tuple(one["id"] for one in data["parties"] if one.get("role", SIGNING) == SIGNING)
    notice = validity.get("terminated")
    ended = (
        (Ended(_day(notice["last_day"]), _day(notice.get("notice_on") or notice["last_day"])),)
        if notice
        else ()
    )
    return AgreementFile(
        data=data,
        parties=parties,
        valid_from=_day(validity["from"]),
        valid_to=_day(validity["to"]) if validity.get("to") else None,
        prolongation=Prolongation(clause["rule"]),
        months=clause.get("months") or 0,
        signatories=_signatories(data, agreement, parties),
        ended=ended,
        notice_months=clause.get("notice_period"),
    )


def _parsed(content: bytes) -> Any:
    import yaml

    if len(content) > MAX_BYTES:
        raise BadFile(["The file is larger than 1 MB. An agreement is text; leave out attachments."])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadFile([f"The file is not in UTF-8 (byte {error.start}). Save it as UTF-8."]) from error
    if "&" in text and any(part.lstrip().startswith("*") for part in text.replace("[", ",").split(",")):
        raise BadFile(["The file uses YAML aliases (&name, *name). Write the text out instead."])
    try:
        return yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f" (line {mark.line + 1}, column {mark.column + 1})" if mark else ""
        raise BadFile(
            [f"The file cannot be read as YAML{where}: {getattr(error, 'problem', error)}."]
        ) from error


def _plain(value: Any) -> Any:
    """Days as text, so that the content can be frozen and hashed."""
    match value:
        case dict():
            return {str(key): _plain(item) for key, item in value.items()}
        case list():
            return [_plain(item) for item in value]
        case date():
            return value.isoformat()[:10]
        case str():
            return value.strip()
    return value


@cache
def _validator() -> Any:
    from jsonschema import Draft202012Validator, FormatChecker

    return Draft202012Validator(json.loads(SCHEMA.read_text()), format_checker=FormatChecker(["date"]))


def _shape_faults(data: Any) -> Iterator[str]:
    for error in sorted(
        _validator().iter_errors(data), key=lambda one: [str(step) for step in one.absolute_path]
    ):
        place = ".".join(str(step) for step in error.absolute_path) or "the file"
        message = error.message if len(error.message) < 200 else f"{error.message[:200]} …"
        yield f"{place}: {message}"


def _inner_faults(data: dict[str, Any]) -> Iterator[str]:
    """What a schema cannot say: addresses that repeat, names that point nowhere, days in the wrong order."""
    validity = data["agreement"]["validity"]
    for name, field in (("clauses", "address"), ("parties", "id"), ("priorities", "id")):
        seen: set[str] = set()
        for item in data[name]:
            if item[field] in seen:
                yield f"{name}: “{item[field]}” stands twice."
            seen.add(item[field])
    goals = {goal["id"] for goal in data["vision"]["goals"]}
    for priority in data["priorities"]:
        for goal in priority.get("contributes_to") or []:
            if goal not in goals:
                yield f"priorities: “{priority['id']}” contributes to “{goal}”, which is no vision goal."
    if validity.get("to") and validity["to"] < validity["from"]:
        yield "agreement.validity: the last day is before the first."
    clause = validity.get("prolongation") or {}
    if clause.get("rule") == "months" and not clause.get("months"):
        yield "agreement.validity.prolongation: say how many months."
    parties = {one["id"] for one in data["parties"]}
    for one in data.get("signatories") or []:
        if one["party"] not in parties:
            yield f"signatories: “{one['party']}” is no party."


def _signatories(
    data: dict[str, Any], agreement: dict[str, Any], parties: tuple[str, ...]
) -> tuple[Signatory, ...]:
    """Named signatories; else, when the agreement says that it is signed, every party without a name."""
    day, place = agreement.get("signed_on"), agreement.get("place") or ""
    named = [
        Signatory(
            one["party"],
            one.get("name") or "",
            one.get("title") or "",
            _day(str(one.get("signed_on") or day)),
            one.get("place") or place,
        )
        for one in data.get("signatories") or []
        if one.get("signed_on") or day
    ]
    if day and not named:
        named = [Signatory(party, "", "", _day(day), place) for party in parties]
    return tuple(named)


def _day(text: str) -> date:
    return date.fromisoformat(text)
