"""Reading what became of measures."""

from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet

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
from samsyn.plans.queries import followed_measures


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
    """Those that lay in its period or a part of it, with all that is reported of them. Twelve queries."""
    inside = followed_measures(actor, follow_up.partnership).filter(
        starts__lte=follow_up.ends, ends__gte=follow_up.starts
    )
    evaluations = Evaluation.objects.exclude(approved_on=None).select_related("party", "superseded_by")
    activities = MeasureActivity.objects.order_by("starts", "title")
    cancelled = StatusReport.objects.filter(state=Measure.State.CANCELLED)
    return list(
        inside.prefetch_related(
            Prefetch("evaluations", evaluations.order_by("approved_on", "id")),
            Prefetch("activities", activities),
            Prefetch("reports", cancelled),
        )
    )


def approved_evaluation(measure: Measure) -> Evaluation | None:
    """The one that holds. One query."""
    return measure.evaluations.exclude(approved_on=None).order_by("-approved_on", "-id").first()


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
