"""Reading meetings and decisions."""

from typing import Any

from django.db.models import Max, Q, QuerySet

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
