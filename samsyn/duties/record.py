"""The journal as the rules see it: what was recorded, and which of it still stood at a given moment.

Two times never mix. What was recorded later than `as_known` is not known; the day that an entry holds is
never a filter: each rule decides what a day means for its fact.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from samsyn.core.clock import SWEDEN


@dataclass(frozen=True, slots=True)
class Noted:
    """One journal entry, as what it counts as: `counting` has the table."""

    id: UUID
    kind: str
    object: str  # the picture, plan, agreement, seat … that it is about
    day: date
    recorded_at: datetime
    facts: Mapping[str, str] = field(default_factory=dict)
    retracts: UUID | None = None

    def number(self, name: str) -> int | None:
        """A count; yes and no count as one and nothing. None: not stated."""
        said = self.facts.get(name)
        if said is None:
            return None
        return {"true": 1, "false": 0}.get(said) if said in ("true", "false") else int(said)

    def day_of(self, name: str) -> date | None:
        said = self.facts.get(name)
        return date.fromisoformat(said) if said else None

    @property
    def surely_by(self) -> date:
        """The last day it can have happened: later than its day when the source says “early 2024”."""
        return self.day_of("latest") or self.day

    @property
    def known(self) -> date:
        """The Swedish day since when it is known."""
        return self.recorded_at.astimezone(SWEDEN).date()


class View:
    """The entries that stood at the end of a day. Hides what was recorded later, never what holds later."""

    def __init__(self, entries: Iterable[Noted], as_known: date | None = None) -> None:
        known = [one for one in entries if as_known is None or one.known <= as_known]
        retracted_by: dict[UUID, list[Noted]] = defaultdict(list)
        for one in known:
            if one.retracts:
                retracted_by[one.retracts].append(one)

        def stands(one: Noted) -> bool:  # a retraction can be retracted
            return not any(stands(later) for later in retracted_by[one.id])

        # By what they say, not by when they were typed: the order of typing must not change a state.
        self.entries = sorted(filter(stands, known), key=lambda one: (one.day, one.kind, *_content(one)))
        self.memo: dict[Any, Any] = {}

    @cached_property
    def _by_kind(self) -> dict[str, list[Noted]]:
        groups: dict[str, list[Noted]] = defaultdict(list)
        for one in self.entries:
            groups[one.kind].append(one)
        return groups

    def of(self, kind: str, about: str | None = None, **facts: str) -> list[Noted]:
        """Entries of a kind in the order of their days, about one thing and with these facts where asked."""
        return [
            one
            for one in self._by_kind.get(kind, ())
            if (about is None or one.object == about)
            and all(one.facts.get(name) == value for name, value in facts.items())
        ]

    def by_id(self, key: UUID) -> Noted | None:
        return next((one for one in self.entries if one.id == key), None)


def _content(one: Noted) -> tuple[Any, ...]:
    return one.object, sorted(one.facts.items())
