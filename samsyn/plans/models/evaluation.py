"""What became of a measure: was it done, did it help, what was learned, and what is chosen now."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samsyn.core.errors import Sentence
from samsyn.parties.models import JointRow, Organisation, User
from samsyn.plans.models.columns import OfMeasureQuerySet
from samsyn.plans.models.indicators import Outlook
from samsyn.plans.models.measures import Measure


class Evaluation(JointRow):
    """One look back at a measure. Final once approved: a later one supersedes it, and both stay."""

    class Done(models.TextChoices):
        AS_PLANNED = "as_planned", _("done as planned")
        PARTLY = "partly", _("partly done")
        NOT_DONE = "not_done", _("not done")
        CANCELLED = "cancelled", _("cancelled on the way")

    class Choice(models.TextChoices):
        CONTINUE = "continue", _("continue as it is")
        CHANGE = "change", _("continue in another way")
        SCALE = "scale", _("do more of it")
        STOP = "stop", _("stop")

    # What a cancelled measure can come to, in its own words: it ended, with a reason, and that is an end too.
    OF_CANCELLED: dict[str, Sentence] = {
        Choice.STOP: _("it stays cancelled"),
        Choice.CHANGE: _("tried again in another way"),
    }

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="evaluations")
    done = models.CharField(_("was it done"), max_length=20, choices=Done.choices)
    done_text = models.TextField(_("what was done"), max_length=1000, blank=True)
    facts = models.JSONField(default=dict)  # what counts and indicators said: a copy, so that it stays
    outcome = models.CharField(_("did it help"), max_length=20, choices=Outlook.choices)
    outcome_note = models.TextField(_("what the numbers do not show"), max_length=1000, blank=True)
    side_effects = models.TextField(_("side effects"), max_length=2000, blank=True)
    learning = models.TextField(_("what we learned"), max_length=2000)
    choice = models.CharField(_("what is chosen"), max_length=20, choices=Choice.choices)
    reason = models.TextField(_("why"), max_length=1000)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    party = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    written_on = models.DateField()
    approved_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    approved_on = models.DateField(null=True)
    supersedes = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="superseded_by"
    )

    points_across = frozenset({"written_by", "approved_by"})
    objects = OfMeasureQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["measure"], condition=Q(approved_on=None), name="one_evaluation_is_written_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None, approved_on=None)
                | Q(approved_by__isnull=False, approved_on__isnull=False),
                name="an_approval_has_its_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure} ({self.written_on.isoformat()})"

    @property
    def changeable(self) -> frozenset[str] | None:  # type: ignore[override]
        """Nothing of what is approved."""
        return frozenset() if self._stored.get("approved_on") else None

    @property
    def is_approved(self) -> bool:
        return self.approved_on is not None

    @property
    def is_superseded(self) -> bool:
        """By another that is approved; what somebody writes on does not count yet."""
        later = getattr(self, "superseded_by", None)
        return later is not None and later.is_approved

    @property
    def is_of_cancelled(self) -> bool:
        return self.done == Evaluation.Done.CANCELLED

    @property
    def choice_words(self) -> Sentence:
        if self.is_of_cancelled:
            return self.OF_CANCELLED[self.choice]
        return Evaluation.Choice(self.choice).label
