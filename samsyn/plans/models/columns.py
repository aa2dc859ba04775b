"""What a plan says of a measure in rows of their own: who else, what it waits for, what is counted."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from samsyn.core.actors import STAFF, WORKING, Actor, Kind, Role
from samsyn.parties.models import JointQuerySet, JointRow, JointType, Organisation
from samsyn.plans.models.measures import Measure


class OfMeasureQuerySet(JointQuerySet[JointType]):
    owner_path = "measure__owner"

    def visible_to(self, actor: Actor) -> Self:
        """As the measure that it belongs to."""
        if actor.kind is not Kind.USER:
            return self.none()
        if not actor.roles & WORKING and actor.roles & STAFF == {Role.CONTRIBUTOR}:
            owned = {self.owner_path: actor.party_id}
            return self.filter(partnership__in=actor.partnership_ids, **owned)
        return super().visible_to(actor)


class MeasurePartner(JointRow):
    """That an organisation does its part of a measure that another one owns."""

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="partners")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["measure", "organisation"], name="a_partner_once_per_measure")
        ]


class MeasureBlock(JointRow):
    """That a measure waits for another one."""

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="blocks")
    waits_for = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="holds_up")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["measure", "waits_for"], name="a_block_once_per_measure"),
            models.CheckConstraint(condition=~Q(measure=F("waits_for")), name="no_measure_waits_for_itself"),
        ]


class MeasureActivity(JointRow):
    """Something countable that is done for a measure: so many times, between two days."""

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="activities")
    title = models.CharField(_("activity"), max_length=150)
    times = models.PositiveSmallIntegerField(_("how many times"))
    starts = models.DateField(_("from"))
    ends = models.DateField(_("to"))
    done = models.PositiveSmallIntegerField(_("times done"), null=True)  # empty: nobody has said
    counted_on = models.DateField(null=True)

    objects = OfMeasureQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(times__gte=1), name="an_activity_is_done_at_least_once"),
            models.CheckConstraint(
                condition=Q(done=None, counted_on=None) | Q(done__isnull=False, counted_on__isnull=False),
                name="a_count_has_its_day",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_counted(self) -> bool:
        return self.done is not None
