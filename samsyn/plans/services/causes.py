"""Saying which causes a measure is to change."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from samsyn.core import journal
from samsyn.core.actors import Actor
from samsyn.core.commands import command
from samsyn.core.errors import Invalid, Outdated
from samsyn.pictures.models import Cause
from samsyn.pictures.why import latest_of
from samsyn.plans.aims import findings_of
from samsyn.plans.models import Measure, MeasureCause
from samsyn.plans.services.columns import refuse_what_is_over


@command("plans.choose_causes")
def choose_causes(
    measure: Measure, *, causes: list[Cause], by: Actor, seen: Collection[str] | None = None
) -> Measure:
    """Say which causes a measure is to change. None is an answer too, and the page says so.

    Refused when the measure is over; when a colleague chose others meanwhile; and for a cause of a finding
    that the measure does not answer, because it would hit something nobody meant.
    """
    refuse_what_is_over(measure)
    present = {one.cause_id: one for one in measure.causes.select_related("cause")}
    if seen is not None and {str(key) for key in present} != {*seen}:
        chosen = "\n".join(one.cause.claim for one in present.values())
        raise Outdated(chosen, by=journal.last_writer(measure.pk))
    answered = findings_of(measure)
    if any(one.point_id not in answered for one in causes):
        raise Invalid(_("Choose causes of the findings that this measure answers."), field="causes")
    wanted = {one.pk: one for one in causes}
    newest = latest_of(Cause.objects.filter(point__in=answered))  # what is aimed at there, is aimed at here
    aimed_at = {newest.get(key, key) for key in present}
    for key in present.keys() - wanted.keys():
        if newest.get(key) not in wanted:
            present[key].delete()
    for key, cause in wanted.items():
        if key not in aimed_at:
            MeasureCause(partnership_id=measure.partnership_id, measure=measure, cause=cause).save()
    journal.note(measure=measure.pk, causes=len(wanted))
    return measure
