"""The judge: which state a duty has on a day, with its rule, its day and its evidence.

One function for all duties. A rule says on which days which evidence carries the duty; everything else (due
soon, overdue, the next day, what if nothing is done) is the same look-up.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from samsyn.agreements.validity import add_months
from samsyn.duties.record import View
from samsyn.duties.sources.local import Policy, policy_on
from samsyn.duties.spans import EVER, FOREVER, ONE_DAY, Level, Note, Span, clip_all, on, until


class Source(StrEnum):
    LAW = "law"
    AGREEMENT = "agreement"
    LOCAL_DECISION = "local_decision"


class Strength(StrEnum):
    SHALL = "shall"  # ska
    WORK_FOR = "work_for"  # ska verka för: documented attempts count
    WHEN_FIT = "when_fit"  # i den utsträckning det är lämpligt
    MAY = "may"  # får


class State(StrEnum):
    MET = "met"
    DUE_SOON = "due_soon"
    ATTEMPTED = "attempted"
    OVERDUE = "overdue"  # a clock ran out
    NOT_MET = "not_met"  # owed now, without a last day
    NOT_APPLICABLE = "not_applicable"
    UNKNOWN = "unknown"  # nothing recorded, and nobody has said that the record is complete


STATES = {
    Level.MET: State.MET,
    Level.ATTEMPTED: State.ATTEMPTED,
    Level.NOT_APPLICABLE: State.NOT_APPLICABLE,
    Level.NOTHING_THERE: State.NOT_APPLICABLE,
}
Rule = Callable[[View, Policy], list[Span]]


@dataclass(frozen=True)
class Duty:
    """One duty of one source, as data. `spans` says which evidence carries it on which days."""

    id: str
    section: str
    source: Source
    strength: Strength
    came: date | None  # None: the source itself says when, through its spans
    spans: Rule = field(repr=False)
    counts: tuple[str, ...] = ()  # the kinds of evidence that meet it
    warn_months: int = 6  # “due soon” from this long before the last day


@dataclass(frozen=True)
class Finding:
    """How one duty stands on a day."""

    duty: Duty
    state: State
    rule: tuple[str, ...]
    due: date | None
    evidence: tuple[UUID, ...] = ()
    notes: tuple[Note, ...] = ()


def spans_of(duty: Duty, view: View, policy: Policy) -> list[Span]:
    """The rule's spans from the day it came, with the days before, and the days nobody has vouched for."""
    key = (duty.id, policy)
    if key not in view.memo:
        evidence = clip_all(duty.spans(view, policy), first=duty.came or EVER)
        if duty.strength is not Strength.WORK_FOR and any(s.level is Level.ATTEMPTED for s in evidence):
            raise ValueError(f"{duty.id}: an attempt counts only for a duty to work for something")
        before = Span(EVER, FOREVER, Level.NOT_APPLICABLE, ("before_the_law",))
        vouched = min((one.day for one in view.of("complete")), default=FOREVER)
        unknown = Span(EVER, FOREVER, Level.UNKNOWN, ("nobody_vouches",))
        view.memo[key] = [
            *evidence,
            *(before.clip(last=duty.came - ONE_DAY) if duty.came else []),
            *unknown.clip(last=vouched - ONE_DAY if vouched > EVER else EVER),
        ]
    found: list[Span] = view.memo[key]
    return found


def judge(duty: Duty, view: View, day: date) -> Finding:
    """The one state of a duty on a day."""
    spans = spans_of(duty, view, policy_on(view, day))
    span = on(spans, day)
    if span is not None and span.level in STATES:
        return _carried(duty, spans, span, day)
    ended = [one for one in spans if one.last < day and one.level is not Level.UNKNOWN]
    past = max(ended, key=lambda one: (one.last, one.level), default=None)
    lapsed = past if past and (past.level >= Level.ATTEMPTED or past.due) else None
    evidence, notes = (lapsed.evidence, lapsed.notes) if lapsed else ((), ())
    if span is not None:
        return Finding(duty, State.UNKNOWN, span.rule, lapsed.last if lapsed else None, evidence, notes)
    if lapsed:
        state = State.OVERDUE if lapsed.due == lapsed.last else State.NOT_MET
        return Finding(duty, state, lapsed.rule, lapsed.last, evidence, notes)
    return Finding(duty, State.NOT_MET, ("nothing_recorded",), past.last + ONE_DAY if past else None)


def _carried(duty: Duty, spans: list[Span], span: Span, day: date) -> Finding:
    ends = (span.due, until(spans, span) if span.level >= Level.ATTEMPTED else None)
    due = min((one for one in ends if one), default=None)
    state = STATES[span.level]
    if state is State.MET and due and day >= add_months(due, -duty.warn_months):
        state = State.DUE_SOON
    return Finding(duty, state, span.rule, due, span.evidence, span.notes)
