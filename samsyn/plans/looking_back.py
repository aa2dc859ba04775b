"""Reading what became of measures."""

from datetime import date
from typing import Any

from django.db.models import Exists, Max, OuterRef, Prefetch, QuerySet

from samsyn.core.actors import Actor
from samsyn.core.thread import Place
from samsyn.parties.models import Partnership
from samsyn.plans.models import (
    Evaluation,
    FollowUp,
    Indicator,
    IndicatorValue,
    Measure,
    MeasureActivity,
    StatusReport,
)


def what_is_copied() -> tuple["Prefetch[Any]", ...]:
    """What an evaluation copies of measures, to fetch along. Three queries, however many measures."""
    values = IndicatorValue.objects.select_related("corrected_by").order_by("day", "id")
    indicators = Indicator.objects.select_related("measure").prefetch_related(Prefetch("values", values))
    return (
        Prefetch("indicators", indicators.order_by("kind", "id")),
        Prefetch("activities", MeasureActivity.objects.order_by("starts", "title")),
    )


def evaluations_of(measure: Measure) -> QuerySet[Evaluation]:
    """Newest first. One query."""
    people = ("measure", "written_by", "approved_by", "party", "superseded_by")
    return measure.evaluations.select_related(*people).order_by("-written_on", "-id")


def shown_of(measure: Measure, today: date) -> dict[str, Any]:
    """What the measure's page says of looking back. One query."""
    found = list(evaluations_of(measure))
    return {
        "evaluations": found,
        "is_being_evaluated": any(not one.is_approved for one in found),
        "has_begun": measure.starts <= today or measure.state == Measure.State.CANCELLED,
        "wants_looking_back": wants_looking_back(measure, today),
    }


def follow_ups_of(actor: Actor, partnership: Partnership) -> QuerySet[FollowUp]:
    """Newest period first. One query."""
    found = FollowUp.objects.visible_to(actor).filter(partnership=partnership)
    return found.select_related("decision__body", "release").order_by("-ends", "-id")


def measures_in(actor: Actor, follow_up: FollowUp) -> list[Measure]:
    """Those that lay in its period or a part of it, with what is reported of them. Six queries."""
    seen = Measure.objects.visible_to(actor).filter(partnership=follow_up.partnership_id)
    inside = seen.filter(starts__lte=follow_up.ends, ends__gte=follow_up.starts).select_related("owner")
    evaluations = Evaluation.objects.exclude(approved_on=None).select_related("party", "superseded_by")
    cancelled = StatusReport.objects.filter(state=Measure.State.CANCELLED)
    return list(
        inside.annotate(last_reported_on=Max("reports__reported_on"))
        .prefetch_related(
            *what_is_copied(),
            Prefetch("evaluations", evaluations.order_by("approved_on", "id")),
            Prefetch("reports", cancelled),
        )
        .order_by("ends", "title")
    )


def approved_evaluation(measure: Measure) -> Evaluation | None:
    """The one that holds. One query."""
    return measure.evaluations.exclude(approved_on=None).order_by("-approved_on", "-id").first()


def with_evaluations(measures: QuerySet[Measure]) -> QuerySet[Measure]:
    """Whether an evaluation of each stands, and whether anybody has begun one. No query of its own."""
    begun = Evaluation.objects.filter(measure=OuterRef("pk"))
    return measures.annotate(is_evaluated=Exists(begun.exclude(approved_on=None)), is_looked_at=Exists(begun))


def evaluations_here(actor: Actor, place: Place) -> list[Evaluation]:
    """Those of the partnership that the actor may see, once for nodes and tasks. One query."""
    seen = Evaluation.objects.visible_to(actor).filter(partnership=place.id)
    found = seen.select_related("measure__owner", "superseded_by").order_by("written_on", "id")
    return place.once(actor, "plans.evaluations", lambda: list(found))


def wants_looking_back(measure: Measure, today: date) -> bool:
    """It has ended, or its day of follow-up has passed. What was cancelled with a reason has its end."""
    if measure.state == Measure.State.CANCELLED:
        return False
    return measure.state == Measure.State.DONE or measure.follow_up < today
