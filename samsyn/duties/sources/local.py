"""Source: local decision. What the law leaves open and the municipality settles, from a day."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from samsyn.agreements.validity import add_months
from samsyn.duties.record import Noted, View
from samsyn.duties.spans import Level, Note, Span

MONTHS_24, CALENDAR_YEARS = "months_24", "calendar_years"
READINGS: dict[str, Callable[[date], date]] = {
    MONTHS_24: lambda day: add_months(day, 24),
    CALENDAR_YEARS: lambda day: date(day.year + 2, 12, 31),
}


@dataclass(frozen=True, slots=True)
class Policy:
    """How the law is read here. What nobody has decided is read strictly."""

    reading: str = MONTHS_24
    unchanged_counts: bool = False  # a review that changed nothing as an update
    picture_body: str = "ks"
    plan_body: str = "ks"
    report_months: int = 12
    meeting_months: int = 12
    information_months: int = 12
    camera_months: int = 12
    attempt_months: int = 12
    dialogue_months: int = 24


def policy_on(view: View, day: date) -> Policy:
    """As decided by the day; a later decision does not reach back."""
    policy = Policy()
    for entry in view.of("policy"):
        if entry.day <= day:
            policy = replace(
                policy,
                reading=entry.facts["reading"],
                unchanged_counts=bool(entry.number("unchanged_counts")),
                picture_body=entry.facts["picture_body"],
                plan_body=entry.facts["plan_body"],
                report_months=entry.number("report_months") or policy.report_months,
            )
    return policy


def decides(view: View, matter: str, entry: Noted) -> bool:
    """Was it the right body on that day? kommunfullmäktige always is, the council and the police never."""
    policy = policy_on(view, entry.day)
    chosen = policy.picture_body if matter == "picture" else policy.plan_body
    body = entry.facts.get("body")
    if body is None:  # the command noted the decision; the council's record says whose it was
        made = view.of("decision", entry.facts.get("decision", ""))
        body = made[0].facts.get("of") if made else None
    return body in ("kf", chosen)


def every_second_year(entry: Noted, policy: Policy, *, not_before: date, rule: str) -> Span:
    """From the act to the last day by the chosen reading of “vartannat år”; the other one is a note."""
    start = max(entry.day, not_before)
    ends = {name: reading(start) for name, reading in READINGS.items()}
    due = ends[policy.reading]
    notes = [Note(name, day) for name, day in ends.items()]
    if policy.reading == MONTHS_24 and start.day != due.day:
        notes.append(Note("leap_day", due))
    if due.weekday() >= 5:
        notes.append(Note("weekend", due))
    return Span(entry.surely_by, due, Level.MET, (rule,), (entry.id,), due, tuple(notes))


def for_months(entry: Noted, months: int, level: Level, rule: str, *, not_before: date = date.min) -> Span:
    """From the act, and the given number of months from then on: a policy, named as such."""
    due = add_months(max(entry.day, not_before), months)
    return Span(
        entry.surely_by, due, level, (rule,), (entry.id,), due, (Note("months_policy", number=months),)
    )
