"""How far the plans have come, and which findings they answer: rows with counts of their own."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from samsyn.core.actors import Actor
from samsyn.core.counting import number_of
from samsyn.parties.models import Organisation, Partnership
from samsyn.pictures.progress import ON_IT_OR_BEFORE, first_of
from samsyn.plans.models import (
    Evaluation,
    FollowUp,
    Indicator,
    Measure,
    MeasureCause,
    MeasurePoint,
    Plan,
    PlanMeasure,
)


def with_answered(pictures: QuerySet[Any]) -> QuerySet[Any]:
    """Each picture with how many findings that come first have a measure: `answered`. No query more."""
    answered = first_of().filter(Exists(MeasurePoint.objects.filter(ON_IT_OR_BEFORE)))
    found: QuerySet[Any] = pictures.annotate(answered=number_of(answered, "picture"))
    return found


def plans_counted(actor: Actor, partnership: Partnership, today: date) -> QuerySet[Any]:
    """The newest first, with what is said of the measures in it that are not cancelled: `all`, those `owned`,
    `aimed` at a cause, `measured`, `of_police`, `late`, `ended` and of these the `looked_at`. One query."""
    links = PlanMeasure.objects.filter(plan=OuterRef("pk")).exclude(measure__state=Measure.State.CANCELLED)
    of_measure = {"measure": OuterRef("measure")}
    targets = Indicator.objects.filter(**of_measure, ended_on=None).exclude(target=None)
    approved = Evaluation.objects.filter(**of_measure).exclude(approved_on=None)
    ended = links.filter(Q(measure__state=Measure.State.DONE) | Q(measure__follow_up__lt=today))
    late = links.filter(measure__ends__lt=today).exclude(measure__state=Measure.State.DONE)
    dealt_with = FollowUp.objects.filter(partnership=OuterRef("partnership"), ends__gte=OuterRef("starts"))
    found = Plan.objects.visible_to(actor).filter(partnership=partnership)
    return found.annotate(
        all=number_of(links, "plan"),
        owned=number_of(links.exclude(measure__owner_title=""), "plan"),
        aimed=number_of(links.filter(Exists(MeasureCause.objects.filter(**of_measure))), "plan"),
        measured=number_of(links.filter(Exists(targets)), "plan"),
        of_police=number_of(links.filter(measure__owner__kind=Organisation.Kind.LOCAL_POLICE_AREA), "plan"),
        late=number_of(late, "plan"),
        ended=number_of(ended, "plan"),
        looked_at=number_of(ended.filter(Exists(approved)), "plan"),
        followed_up=Exists(dealt_with.exclude(release=None)),
        is_followed=Exists(dealt_with.filter(release=None)),
    ).order_by("-starts", "-id")
