"""Spans of days, the only shape that rules speak: on these days the duty stood like this, because of that."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import IntEnum
from uuid import UUID

EVER, FOREVER, ONE_DAY = date.min, date.max, timedelta(days=1)


class Level(IntEnum):
    """How far a span carries; the highest one on a day decides, so more evidence cannot make a day worse.

    NOTHING_THERE (no camera, no plan yet) is inferred from silence, so it stands below UNKNOWN: it holds only
    where somebody says that the record is complete. NOT_APPLICABLE is the source's own date.
    """

    NOT_MET, NOTHING_THERE, UNKNOWN, NOT_APPLICABLE, ATTEMPTED, MET = range(6)


@dataclass(frozen=True, slots=True)
class Note:
    """What else should be said: another reading's day, a rule of law that moved the day, how late it was."""

    code: str
    day: date | None = None
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Span:
    first: date
    last: date
    level: Level
    rule: tuple[str, ...]  # codes; `wording` has their sentences
    evidence: tuple[UUID, ...] = ()
    due: date | None = None  # last day in time, when a clock runs; None: stands until something ends it
    notes: tuple[Note, ...] = ()

    def clip(self, first: date = EVER, last: date = FOREVER) -> "list[Span]":
        first, last = max(first, self.first), min(last, self.last)
        return [replace(self, first=first, last=last)] if first <= last else []


def clip_all(spans: Iterable[Span], first: date = EVER, last: date = FOREVER) -> list[Span]:
    return [part for span in spans for part in span.clip(first, last)]


def outside(spans: Iterable[Span], level: Level, rule: str) -> list[Span]:
    """The days that no span covers."""
    gaps, start = [], EVER
    for span in sorted(spans, key=lambda one: one.first):
        if span.first > start:
            gaps.append(Span(start, span.first - ONE_DAY, level, (rule,)))
        if span.last == FOREVER:
            return gaps
        start = max(start, span.last + ONE_DAY)
    return [*gaps, Span(start, FOREVER, level, (rule,))]


def all_of(*parts: Iterable[Span]) -> list[Span]:
    """Days on which every part has a span; the weakest level and the earliest due day of them count."""
    result = [Span(EVER, FOREVER, Level.MET, ())]
    for part in parts:
        given = list(part)
        result = [
            Span(
                max(a.first, b.first),
                min(a.last, b.last),
                min(a.level, b.level),
                tuple(dict.fromkeys((*a.rule, *b.rule))),
                a.evidence + b.evidence,
                min((day for day in (a.due, b.due) if day), default=None),
                a.notes + b.notes,
            )
            for a in result
            for b in given
            if max(a.first, b.first) <= min(a.last, b.last)
        ]
    return result


def only_while(spans: Iterable[Span], there: list[Span], rule: str) -> list[Span]:
    """`spans` on the days that `there` covers; on the others the duty has nothing to bite on."""
    given = list(spans)
    within = [part for one in there for part in clip_all(given, one.first, one.last)]
    return [*within, *outside(there, Level.NOTHING_THERE, rule)]


def every_one(things: list[tuple[list[Span], list[Span]]], rule: str) -> list[Span]:
    """For (where it is there, where it is in order) of each thing: the days on which all are in order."""
    parts = [[*in_order, *outside(there, Level.MET, "not_there")] for there, in_order in things]
    return only_while(all_of(*parts), [span for there, _ in things for span in there], rule)


def on(spans: Iterable[Span], day: date) -> Span | None:
    """The span that decides on this day: highest level, then the one that lasts longest."""
    here = (span for span in spans if span.first <= day <= span.last)
    return max(here, key=lambda one: (one.level, one.due or one.last, one.first), default=None)


def until(spans: list[Span], span: Span) -> date | None:
    """The last day of unbroken cover at this level; None if nothing ends it, or nothing is owed after it."""
    while span.last < FOREVER:
        following = on(spans, span.last + ONE_DAY)
        if following and following.level in (Level.NOTHING_THERE, Level.NOT_APPLICABLE):
            return None
        if following is None or following.level < span.level:
            return span.last
        span = following
    return None
