"""Why a finding is as it is: causes by the problem triangle, placed in the chain of events."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from samsyn.parties.models import JointRow
from samsyn.pictures.models.joint import Certainty, Point, PointFigure, PointVoice


class Technique(models.TextChoices):
    """The five situational classes of Cornish and Clarke (2003), and what changes people, not places."""

    EFFORT = "effort", _("make it harder")
    RISK = "risk", _("make discovery more likely")
    REWARDS = "rewards", _("make it pay less")
    PROVOCATIONS = "provocations", _("reduce what provokes")
    EXCUSES = "excuses", _("take away excuses")
    SOCIAL = "social", _("social prevention: change conditions or motives")


class Cause(JointRow):
    """One reason why the finding is as it is: what is claimed, on what ground, and who can change it."""

    class Kind(models.TextChoices):
        """The sides of the problem triangle, and who can hold each of them back (Eck 2003)."""

        OFFENDER = "offender", _("offender: motive and circumstances")
        TARGET = "target", _("target: who or what is exposed")
        PLACE = "place", _("place or situation")
        GUARDIAN = "guardian", _("guardian: who can protect the target")
        HANDLER = "handler", _("handler: who can hold the offender back")
        MANAGER = "manager", _("manager: who is responsible for the place")

    class Step(models.TextChoices):
        BEFORE = "before", _("before it happens")
        DURING = "during", _("while it happens")
        AFTER = "after", _("after it happened")

    point = models.ForeignKey(Point, on_delete=models.PROTECT, related_name="causes")
    parent = models.ForeignKey(  # why? and why that?
        "self", null=True, on_delete=models.PROTECT, related_name="roots", verbose_name=_("lies behind")
    )
    continues = models.ForeignKey(  # the cause of an earlier picture that came with its finding
        "self", null=True, on_delete=models.PROTECT, related_name="carried_on"
    )
    confirmed_on = models.DateField(null=True)  # when somebody said that it still holds
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    claim = models.CharField(_("cause"), max_length=200)
    evidence = models.TextField(_("what speaks for it"), max_length=2000, blank=True)
    confidence = models.CharField(_("how certain"), max_length=20, choices=Certainty.choices)
    influence = models.CharField(_("who can change it"), max_length=200, blank=True)
    step = models.CharField(_("when in the chain of events"), max_length=20, choices=Step.choices, blank=True)
    moment = models.CharField(_("step of one's own"), max_length=120, blank=True)
    # What the users chose. What is suggested follows from the kind and is stored nowhere.
    technique = models.CharField(
        _("class of technique"), max_length=20, choices=Technique.choices, blank=True
    )

    def __str__(self) -> str:
        return self.claim

    @property
    def is_unconfirmed(self) -> bool:
        """It was true of the picture before. Nobody has said yet whether it still is."""
        return self.continues_id is not None and self.confirmed_on is None

    @property
    def suggested(self) -> tuple[Technique, ...]:
        """What usually changes a cause of this kind. A suggestion: what was chosen stands beside it."""
        return SUGGESTED[Cause.Kind(self.kind)]


SUGGESTED = {
    Cause.Kind.OFFENDER: (Technique.SOCIAL,),
    Cause.Kind.TARGET: (Technique.EFFORT, Technique.REWARDS),
    Cause.Kind.PLACE: (Technique.EFFORT, Technique.PROVOCATIONS),
    Cause.Kind.GUARDIAN: (Technique.RISK,),
    Cause.Kind.HANDLER: (Technique.SOCIAL, Technique.EXCUSES),
    Cause.Kind.MANAGER: (Technique.RISK, Technique.EXCUSES),
}


class CauseFigure(JointRow):
    """That a figure of the finding speaks for the cause."""

    cause = models.ForeignKey(Cause, on_delete=models.PROTECT, related_name="figures")
    figure = models.ForeignKey(PointFigure, on_delete=models.PROTECT, related_name="causes")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cause", "figure"], name="a_figure_once_per_cause")]


class CauseVoice(JointRow):
    """That what citizens said of the finding speaks for the cause."""

    cause = models.ForeignKey(Cause, on_delete=models.PROTECT, related_name="voices")
    voice = models.ForeignKey(PointVoice, on_delete=models.PROTECT, related_name="causes")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cause", "voice"], name="a_voice_once_per_cause")]
