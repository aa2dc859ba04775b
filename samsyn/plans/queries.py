"""Reading measures."""

from datetime import date

from django.db.models import QuerySet

from samsyn.core.actors import Actor
from samsyn.parties.models import Partnership
from samsyn.plans.models import Measure


def measures_of(actor: Actor, partnership: Partnership) -> QuerySet[Measure]:
    """With owner, findings and priorities. Five queries."""
    return (
        Measure.objects.visible_to(actor)
        .filter(partnership=partnership)
        .select_related("owner")
        .prefetch_related("points__point", "priorities__priority")
        .order_by("ends", "title")
    )


def is_late(measure: Measure, today: date) -> bool:
    """Its last day has passed and nobody has said that it is done or cancelled."""
    return measure.is_open and measure.ends < today
