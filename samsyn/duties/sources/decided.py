"""Source: local decision. Duties that the municipality has put on itself, each with its own clock."""

from dataclasses import replace

from samsyn.duties.judging import Duty, Rule, Source, Strength
from samsyn.duties.record import Noted, View
from samsyn.duties.sources.local import Policy, for_months
from samsyn.duties.spans import Level, Note, Span, only_while

FIRST = "L-"


def _every(decided: Noted) -> Rule:
    months = decided.number("months") or 12

    def spans(view: View, policy: Policy) -> list[Span]:
        due = decided.day_of("first_due") or decided.day
        notes = (Note("months_decided", number=months),)
        done = [one for one in view.of("local_done") if one.facts.get("about") == decided.object]
        ends = [one.day for one in view.of("end", decided.object)]
        there = Span(decided.day, min(ends, default=due.max), Level.MET, ())
        first = Span(
            decided.day, max(due, decided.day), Level.NOT_APPLICABLE, ("first_not_due",), (decided.id,), due
        )
        told = [for_months(one, months, Level.MET, "done_as_decided") for one in done]
        return only_while([first, *(replace(one, notes=notes) for one in told)], [there], "not_decided")

    return spans


def duties(view: View) -> list[Duty]:
    """One for each decision that stands."""
    return [
        Duty(
            f"{FIRST}{one.object}",
            "",
            Source.LOCAL_DECISION,
            Strength.SHALL,
            None,
            _every(one),
            ("local_done",),
            warn_months=3,
        )
        for one in view.of("local_duty")
    ]
