"""Is an agreement in force on a day, as one could know it on a day, and by which rule?

A pure function of facts. Two times never mix: what was recorded later than `as_known` is not known; the day
asked about is never a filter on facts, so a signature of March makes an agreement valid from January.
"""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

ONE_DAY = timedelta(days=1)


class State(StrEnum):
    UNSIGNED = "unsigned"
    NOT_STARTED = "not_started"
    IN_FORCE = "in_force"
    PROLONGED = "prolonged"
    EXPIRED = "expired"
    REPLACED = "replaced"
    TERMINATED = "terminated"


class Prolongation(StrEnum):
    NONE = "none"
    UNTIL_FURTHER_NOTICE = "tills_vidare"
    MONTHS = "months"


@dataclass(frozen=True, slots=True)
class Signed:
    """That a party signed, and since when that is known."""

    party: str
    day: date
    known: date


@dataclass(frozen=True, slots=True)
class Ended:
    """That somebody gave notice: the last day, and since when that is known."""

    last_day: date
    known: date


@dataclass(frozen=True, slots=True)
class Changed:
    """An amendment of the last day that all parties signed, from a day on."""

    valid_to: date | None
    prolongation: Prolongation
    months: int
    from_day: date
    known: date


@dataclass(frozen=True, slots=True)
class Facts:
    """What decides about one agreement."""

    parties: tuple[str, ...]
    valid_from: date
    valid_to: date | None  # None: no last day was agreed
    prolongation: Prolongation = Prolongation.NONE
    months: int = 0  # length of a renewal when prolonged by months
    signed: tuple[Signed, ...] = ()
    ended: tuple[Ended, ...] = ()
    changed: tuple[Changed, ...] = ()

    def as_known(self, day: date | None) -> "Facts":
        """Without what was recorded after the day."""
        if day is None:
            return self
        return replace(
            self,
            signed=tuple(one for one in self.signed if one.known <= day),
            ended=tuple(one for one in self.ended if one.known <= day),
            changed=tuple(one for one in self.changed if one.known <= day),
        )

    def terms_on(self, day: date) -> "Facts":
        """With the amendments that have begun by the day."""
        terms = self
        for change in sorted(self.changed, key=lambda one: one.from_day):
            if change.from_day <= day:
                terms = replace(
                    terms,
                    valid_to=change.valid_to,
                    prolongation=change.prolongation,
                    months=change.months,
                )
        return terms

    @property
    def signed_on(self) -> date | None:
        """The day the last party signed; None while one is missing."""
        first = {one.party: one.day for one in sorted(self.signed, key=lambda one: one.day, reverse=True)}
        return max(first.values()) if self.parties and set(self.parties) <= set(first) else None

    @property
    def begins(self) -> date | None:
        """The first day it is in force, once signed."""
        return self.valid_from if self.signed_on else None


@dataclass(frozen=True, slots=True)
class Standing:
    """The state on a day, the rule that gives it, and the days it spans."""

    day: date
    as_known: date | None
    state: State
    rule: str  # a code; `sentences` has its words
    valid_from: date
    valid_to: date | None  # the last day, as it stands; None: no end is known
    signed_late: bool = False  # signed after its own first day


def state_on(
    facts: Facts, day: date, *, as_known: date | None = None, successors: Sequence[Facts] = ()
) -> Standing:
    """The one state that holds on a day. Refuses nothing: every day has exactly one."""
    known = facts.as_known(as_known)
    terms = known.terms_on(day)
    last, ending, rule = _last_day(terms, [one.as_known(as_known) for one in successors])

    def standing(state: State, rule: str, valid_to: date | None) -> Standing:
        late = known.signed_on is not None and known.signed_on > terms.valid_from
        return Standing(day, as_known, state, rule, terms.valid_from, valid_to, late)

    if known.signed_on is None:
        return standing(State.UNSIGNED, "a_party_has_not_signed", terms.valid_to)
    if last is not None and day > last:
        return standing(ending, rule, max(last, terms.valid_from - ONE_DAY))
    if day < terms.valid_from:
        return standing(State.NOT_STARTED, "before_first_day", last or terms.valid_to)
    if terms.valid_to is None or day <= terms.valid_to:
        rule = "no_last_day" if terms.valid_to is None else "within_its_days"
        if known.signed_on > day:
            rule = "signed_later_valid_from_before"
        end = terms.valid_to if last is None else last
        return standing(State.IN_FORCE, rule, min(end, terms.valid_to or end) if end else None)
    if terms.prolongation is Prolongation.MONTHS:
        end = _end_of_renewal(terms.valid_to, terms.months, day)
        return standing(State.PROLONGED, "prolonged_by_months", min(end, last) if last else end)
    return standing(State.PROLONGED, "prolonged_until_further_notice", last)


def timeline(facts: Facts, successors: Sequence[Facts] = ()) -> list[tuple[date, date, Standing]]:
    """Every day exactly once: from, to, and the state that holds on all days between."""
    turns = {date.min, facts.valid_from, *(change.from_day for change in facts.changed)}
    turns |= {one.last_day + ONE_DAY for one in facts.ended}
    turns |= {last + ONE_DAY for last in (facts.valid_to, *(one.valid_to for one in facts.changed)) if last}
    turns |= {one.begins for one in successors if one.begins}
    days = sorted(turns)
    lasts = [*(day - ONE_DAY for day in days[1:]), date.max]
    return [
        (first, last, state_on(facts, first, successors=successors))
        for first, last in zip(days, lasts, strict=True)
    ]


def _last_day(terms: Facts, successors: Sequence[Facts]) -> tuple[date | None, State, str]:
    """The last day of life, and what ends it. A successor ends it when it is in force, not when it is signed:
    else a gap could open between the two."""
    open_ended = terms.prolongation is not Prolongation.NONE or terms.valid_to is None
    last, ending, rule = (None if open_ended else terms.valid_to), State.EXPIRED, "after_last_day"
    for notice in terms.ended:
        if last is None or notice.last_day < last:
            last, ending, rule = notice.last_day, State.TERMINATED, "notice_was_given"
    for successor in successors:
        if successor.begins and (last is None or successor.begins <= last):
            last, ending, rule = successor.begins - ONE_DAY, State.REPLACED, "successor_in_force"
    return last, ending, rule


def _end_of_renewal(valid_to: date, months: int, day: date) -> date:
    """Last day of the renewal period that holds `day`, counted from the first end, never chained."""
    after, steps = valid_to + ONE_DAY, 1
    while add_months(after, steps * months) <= day:
        steps += 1
    return add_months(after, steps * months) - ONE_DAY


def add_months(day: date, months: int) -> date:
    """The same day of the month, else the month's last day: lag (1930:173) 1 §."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def next_step(valid_to: date | None, prolongation: Prolongation, day: date) -> tuple[int, date] | None:
    """Months of notice (12, 6 or 3) that have begun before the last day, and that day; None when far away."""
    if valid_to is None:
        return None
    for months in (3, 6, 12):
        if add_months(valid_to, -months) <= day <= valid_to:
            return months, valid_to
    return None
