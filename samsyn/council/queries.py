"""Reading meetings and decisions."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import CharField, F, Max, Q, QuerySet, Value
from django.db.models.functions import Cast

from samsyn.core.actors import Actor
from samsyn.core.canonical import Plain
from samsyn.council.models import Body, Decision, Meeting, StepStanding
from samsyn.council.steps import Line
from samsyn.parties.models import Partnership


def bodies_of(actor: Actor, partnership: Partnership) -> QuerySet[Body]:
    """One query."""
    return Body.objects.visible_to(actor).filter(partnership=partnership).order_by("name")


def councils_with_last_meeting(actor: Actor, partnership: Partnership) -> QuerySet[Any]:
    """Each with the day when it was last held: `last_met`. One query."""
    found = Body.objects.visible_to(actor).filter(partnership=partnership, kind=Body.Kind.COUNCIL)
    return found.annotate(last_met=Max("meetings__day", filter=Q(meetings__is_held=True)))


def meetings_of(actor: Actor, partnership: Partnership) -> QuerySet[Meeting]:
    """Newest first. One query."""
    found = Meeting.objects.visible_to(actor).filter(partnership=partnership)
    return found.select_related("body").order_by("-day")


def decisions_of(actor: Actor, partnership: Partnership) -> QuerySet[Decision]:
    """Newest first. One query."""
    found = Decision.objects.visible_to(actor).filter(partnership=partnership)
    return found.select_related("body").order_by("-day", "-id")


def step_standings(actor: Actor, partnership: Partnership) -> dict[Line, StepStanding]:
    """What is said of the lines of the five steps. One query."""
    found = StepStanding.objects.visible_to(actor).filter(partnership=partnership)
    return {Line(one.line): one for one in found.select_related("set_by", "party")}


@dataclass(frozen=True)
class Passed:
    """A day that has passed: of a meeting without notes, or of a line of the five steps."""

    kind: str
    id: UUID
    what: str  # the body that met, or the line
    who: str
    day: date


MEETING, LINE = "meeting", "line"


def passed(actor: Actor, partnership_id: UUID, today: date, *, with_meetings: bool) -> list[Passed]:
    """Meetings without notes and lines of the steps that nobody has said are in place. One query."""
    standings = StepStanding.objects.visible_to(actor).filter(partnership=partnership_id, due__lt=today)
    late = standings.exclude(level=StepStanding.Level.DONE)
    found = _of_kind(late, LINE, what="line", who=F("who"), day="due")
    if with_meetings:
        meetings = Meeting.objects.visible_to(actor).filter(partnership=partnership_id)
        held = meetings.filter(day__lt=today, is_held=False)
        found = found.union(_of_kind(held, MEETING, what="body__name", who=Value(""), day="day"), all=True)
    return [Passed(*row) for row in found]


def _of_kind(rows: QuerySet[Any], kind: str, *, what: str, who: Any, day: str) -> QuerySet[Any]:
    """As a row of `Passed`."""
    named = rows.annotate(kind_=Value(kind), what_=Cast(what, CharField()), who_=Cast(who, CharField()))
    found: QuerySet[Any] = named.values_list("kind_", "id", "what_", "who_", day)
    return found


def decision_facts(decision: Decision) -> dict[str, Plain]:
    """What a release freezes of a decision: its proof."""
    return {
        "decision": decision.pk,
        "body": decision.body.name,
        "kind": decision.kind,
        "day": decision.day,
        "section": decision.section,
        "registration_number": decision.registration_number,
    }
