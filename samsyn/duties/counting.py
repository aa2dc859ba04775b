"""Which command counts as what: the one table between the journal and the rules.

A command that a room gets later is tied in by one line here. `names` says what the rules call a fact;
`always` is what the command itself makes sure of, so that it need not be noted.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from samsyn.duties.record import Noted


class Entry(Protocol):
    """What is read of a journal entry."""

    id: UUID
    command: str
    object_id: UUID | None
    day: date
    recorded_at: datetime
    facts: dict[str, str]
    retracts: UUID | None


@dataclass(frozen=True)
class Counts:
    """That a command's entries are evidence of a kind."""

    command: str
    kind: str  # empty: the fact `kind` says it
    only: Mapping[str, str] = field(default_factory=dict)  # … when these facts say so
    names: Mapping[str, str] = field(default_factory=dict)
    always: Mapping[str, str] = field(default_factory=dict)
    about: str = ""  # the fact that names the thing, where the entry's object is another


TABLE: tuple[Counts, ...] = (
    Counts("agreements.import_agreement", "agreement", about="agreement"),
    Counts("agreements.write_agreement", "agreement", about="agreement"),
    Counts("agreements.add_priority", "area"),
    Counts("agreements.sign_agreement", "signature"),
    Counts("agreements.approve_change", "change", about="agreement"),
    Counts("agreements.give_notice", "notice"),
    Counts("pictures.adopt_picture", "picture"),
    Counts("pictures.record_review", "review"),
    # A measure is proposed with a finding and a priority, or it is refused.
    Counts(
        "plans.decide_plan",
        "plan",
        names={"own": "own_measures"},
        always={"without_finding": "0", "without_priority": "0"},
    ),
    Counts("plans.decide_follow_up", "follow_up"),
    Counts("council.record_notes", "meeting", only={"body": "council"}),
    Counts("council.record_decision", "decision", about="decision"),
    Counts("council.record_decision", "report", only={"kind": "note", "of": "kf"}),
    Counts("dialogue.open_dialogue", "dialogue", about="dialogue"),
    Counts("promises.publish_promise", "promise"),
    Counts("promises.withdraw_promise", "end"),
    Counts("releases.freeze", "information", only={"audience": "public"}, about="release"),
    Counts("duties.record_event", "", about="event"),
    Counts("duties.declare_complete", "complete", about="event"),
    Counts("duties.end_event", "end"),
    Counts("duties.set_policy", "policy", about="policy"),
)
COMMANDS = frozenset(one.command for one in TABLE)


def noted(entries: Iterable[Entry]) -> list[Noted]:
    """The entries as what they count as. Those that take another back are kept, whatever they are."""
    found = []
    for entry in entries:
        kinds = [one for one in TABLE if one.command == entry.command and _fits(one, entry)]
        found += [_as(one, entry) for one in kinds]
        if entry.retracts and not kinds:
            found.append(Noted(entry.id, "", "", entry.day, entry.recorded_at, {}, entry.retracts))
    return found


def _fits(one: Counts, entry: Entry) -> bool:
    return all(entry.facts.get(name) == value for name, value in one.only.items())


def _as(one: Counts, entry: Entry) -> Noted:
    facts = {one.names.get(name, name): value for name, value in entry.facts.items()} | dict(one.always)
    about = entry.facts.get(one.about, "") if one.about else str(entry.object_id or "")
    kind = one.kind or entry.facts.get("kind", "")
    return Noted(entry.id, kind, about, entry.day, entry.recorded_at, facts, entry.retracts)
