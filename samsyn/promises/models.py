"""What is promised to those who live here, what it builds on, and whether it was kept."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from samsyn.core.thread import Sign
from samsyn.council.models import Decision
from samsyn.dialogue.models import Theme
from samsyn.parties.models import Area, JointRow, Organisation
from samsyn.plans.models import Measure
from samsyn.releases.models import Release


class Outcome(models.TextChoices):
    RUNNING = "running", _("Under way")
    KEPT = "kept", _("Kept")
    PARTLY = "partly", _("Partly kept")
    NOT_KEPT = "not_kept", _("Not kept")
    WITHDRAWN = "withdrawn", _("Withdrawn")


SIGNS = {
    Outcome.RUNNING: Sign.UNDER_WAY,
    Outcome.KEPT: Sign.DONE,
    Outcome.PARTLY: Sign.UNDER_WAY,
    Outcome.NOT_KEPT: Sign.LATE,
    Outcome.WITHDRAWN: Sign.STOPPED,
}


class Promise(JointRow):
    """A citizen promise (medborgarlöfte). Its words are frozen when it is published."""

    text = models.CharField(_("promise"), max_length=300)
    how_often = models.CharField(_("what, how often and where"), max_length=300)
    how_seen = models.CharField(_("how it is seen that it is kept"), max_length=300)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("area"))
    starts = models.DateField(_("from"))
    ends = models.DateField(_("to"))
    contact = models.CharField(_("contact"), max_length=200)
    outcome = models.CharField(max_length=20, choices=Outcome.choices, default=Outcome.RUNNING)
    release = models.ForeignKey(Release, null=True, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.text

    @property
    def is_published(self) -> bool:
        return self.release_id is not None

    @property
    def sign(self) -> Sign:
        return SIGNS[Outcome(self.outcome)] if self.is_published else Sign.PLANNED


class PromiseMeasure(JointRow):
    """That a promise rests on a measure."""

    promise = models.ForeignKey(Promise, on_delete=models.PROTECT, related_name="measures")
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="promises")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["promise", "measure"], name="a_measure_once_per_promise")
        ]


class PromiseTheme(JointRow):
    """That a promise answers what citizens said."""

    promise = models.ForeignKey(Promise, on_delete=models.PROTECT, related_name="themes")
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="promises")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["promise", "theme"], name="a_theme_once_per_promise")]


class Approval(JointRow):
    """That a party stands behind the words. Falls when the words change."""

    promise = models.ForeignKey(Promise, on_delete=models.PROTECT, related_name="approvals")
    party = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    approved_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["promise", "party"], name="one_approval_per_party")]


class Report(JointRow):
    """How a promise was kept, and why not where it was not."""

    promise = models.ForeignKey(Promise, on_delete=models.PROTECT, related_name="reports")
    outcome = models.CharField(max_length=20, choices=Outcome.choices)
    done = models.TextField(_("what has been done"), max_length=2000)
    why = models.TextField(_("why"), max_length=2000, blank=True)
    next_step = models.TextField(_("what happens now"), max_length=1000, blank=True)
    reported_on = models.DateField()


class NoPromise(JointRow):
    """A decided absence: the council chose not to promise anything here, and says why."""

    measure = models.OneToOneField(Measure, on_delete=models.PROTECT, related_name="no_promise")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(_("why"), max_length=500)
