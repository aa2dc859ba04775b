"""The measure itself, what it answers and serves, and what is said of how it stands."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from samsyn.agreements.models import Priority, PriorityItem
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

    class Horizon(models.TextChoices):
        SHORT = "short", _("short term: shows within a year")
        LONG = "long", _("long term: shows after more than a year")

    class Rhythm(models.TextChoices):
        ONCE = "once", _("done once")
        ROUTINE = "routine", _("becomes a routine")

    class Evidence(models.TextChoices):
        STRONG = "strong", _("several good studies show that it works")
        SOME = "some", _("some studies point to that it works")
        LOCAL = "local", _("tried and followed up here or elsewhere, not studied")
        UNTRIED = "untried", _("not tried or studied as far as we know")
        DOUBTFUL = "doubtful", _("studies show no effect, or harm")

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
    # The further columns of a plan. Empty means that nobody has said, which the page says too.
    cause = models.TextField(_("cause that it changes"), max_length=1000, blank=True)
    goal = models.TextField(_("operative goals"), max_length=1000, blank=True)
    horizon = models.CharField(_("horizon"), max_length=20, choices=Horizon.choices, blank=True)
    rhythm = models.CharField(_("once or routine"), max_length=20, choices=Rhythm.choices, blank=True)
    method = models.CharField(_("method"), max_length=200, blank=True)
    evidence = models.CharField(
        _("what is known of the method"), max_length=20, choices=Evidence.choices, blank=True
    )
    elected_contact = models.CharField(_("elected contact"), max_length=120, blank=True)
    cost_sek = models.PositiveIntegerField(_("cost in kronor"), null=True)
    funding = models.CharField(_("who pays"), max_length=200, blank=True)
    legal_note = models.TextField(_("legal basis and limits"), max_length=1000, blank=True)

    objects = MeasureQuerySet.as_manager()  # type: ignore[misc]

    def __str__(self) -> str:
        return self.title

    @property
    def sign(self) -> Sign:
        return SIGNS[Measure.State(self.state)]

    @property
    def is_the_municipalitys(self) -> bool:
        """Whether it counts for 5 § of lag (2023:196): the plan says what the *municipality* intends to do.

        What the police or others do rides along in the same plan, and never makes up for a plan without.
        """
        return self.owner.kind == Organisation.Kind.MUNICIPALITY

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


class MeasureSubAim(JointRow):
    """Which part of a priority that it serves a measure is for."""

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="sub_aims")
    sub_aim = models.ForeignKey(PriorityItem, on_delete=models.PROTECT, related_name="measures")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["measure", "sub_aim"], name="a_sub_aim_once_per_measure")
        ]


class StatusReport(JointRow):
    """How a measure stands, said by its owner on a day."""

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="reports")
    state = models.CharField(max_length=20, choices=Measure.State.choices)
    text = models.TextField(max_length=2000)
    reported_on = models.DateField()
