"""What is done: measures that answer findings and serve priorities, with owner, days and reports."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from samsyn.agreements.models import Priority
from samsyn.core.actors import STAFF, Actor, Role
from samsyn.core.thread import Sign
from samsyn.parties.models import JointQuerySet, JointRow, Organisation
from samsyn.pictures.models import Point


class MeasureQuerySet(JointQuerySet["Measure"]):
    def visible_to(self, actor: Actor) -> "MeasureQuerySet":
        """Those who work here see all; a contributor the measures that their own organisation owns."""
        seen = self.filter(partnership__in=actor.partnership_ids)
        if actor.roles & STAFF == {Role.CONTRIBUTOR}:
            return seen.filter(owner=actor.party_id)
        return super().visible_to(actor)


class Measure(JointRow):
    """One thing that somebody does, until a day, because of something that was seen."""

    class Kind(models.TextChoices):
        SITUATIONAL = "situational", _("situational: it changes a place or an opportunity")
        SOCIAL = "social", _("social: it changes conditions or motives")

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Proposed")
        DECIDED = "decided", _("Decided")
        ONGOING = "ongoing", _("Under way")
        PAUSED = "paused", _("Paused")
        DONE = "done", _("Done")
        CANCELLED = "cancelled", _("Cancelled")

    title = models.CharField(_("measure"), max_length=150)
    text = models.TextField(_("what is done"), max_length=4000)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    owner = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("who does it")
    )
    owner_title = models.CharField(_("function that answers for it"), max_length=120)
    starts = models.DateField(_("from"))
    ends = models.DateField(_("to"))
    follow_up = models.DateField(_("followed up by"))
    state = models.CharField(max_length=20, choices=State.choices, default=State.PROPOSED)

    objects = MeasureQuerySet.as_manager()  # type: ignore[misc]

    def __str__(self) -> str:
        return self.title

    @property
    def sign(self) -> Sign:
        return SIGNS[Measure.State(self.state)]

    @property
    def is_open(self) -> bool:
        return self.state not in (Measure.State.DONE, Measure.State.CANCELLED)


SIGNS = {
    Measure.State.PROPOSED: Sign.PLANNED,
    Measure.State.DECIDED: Sign.PLANNED,
    Measure.State.ONGOING: Sign.UNDER_WAY,
    Measure.State.PAUSED: Sign.STOPPED,
    Measure.State.DONE: Sign.DONE,
    Measure.State.CANCELLED: Sign.STOPPED,
}


class MeasurePoint(JointRow):
    """That a measure answers a finding."""

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="points")
    point = models.ForeignKey(Point, on_delete=models.PROTECT, related_name="measures")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["measure", "point"], name="a_finding_once_per_measure")
        ]


class MeasurePriority(JointRow):
    """That a measure serves a priority of the agreement."""

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="priorities")
    priority = models.ForeignKey(Priority, on_delete=models.PROTECT, related_name="measures")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["measure", "priority"], name="a_priority_once_per_measure")
        ]


class StatusReport(JointRow):
    """How a measure stands, said by its owner on a day."""

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="reports")
    state = models.CharField(max_length=20, choices=Measure.State.choices)
    text = models.TextField(max_length=2000)
    reported_on = models.DateField()
