"""The plan itself: which measures, for which period, on what it rests, who was asked, who decided."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from samsyn.core import clock
from samsyn.council.models import Decision
from samsyn.parties.models import JointRow
from samsyn.pictures.models import Picture
from samsyn.plans.models.measures import Measure
from samsyn.releases.models import Release


class Plan(JointRow):
    """The plan of measures (åtgärdsplan, 5 §). Frozen when the municipality's deciding body has decided it.

    The police decide their own part, in a decision and a release of their own.
    """

    title = models.CharField(_("plan"), max_length=150)
    starts = models.DateField(_("from"))
    ends = models.DateField(_("to"))
    picture = (
        models.ForeignKey(  # may come later than the first draft of the plan, never later than its decision
            Picture, null=True, on_delete=models.PROTECT, related_name="plans", verbose_name=_("rests on")
        )
    )
    follows = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="followed_by")
    endorsement = models.ForeignKey(Decision, null=True, on_delete=models.PROTECT, related_name="+")
    decision = models.ForeignKey(Decision, null=True, on_delete=models.PROTECT, related_name="+")
    is_decided_alone = models.BooleanField(
        default=False
    )  # the body decided without the council's endorsement
    release = models.ForeignKey(Release, null=True, on_delete=models.PROTECT, related_name="+")
    police_decision = models.ForeignKey(Decision, null=True, on_delete=models.PROTECT, related_name="+")
    police_release = models.ForeignKey(Release, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends__gte=F("starts")), name="a_plan_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(release=None, decision=None)
                | Q(release__isnull=False, decision__isnull=False, picture__isnull=False),
                name="a_decided_plan_rests_on_a_picture",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_decided(self) -> bool:
        return self.release_id is not None

    @property
    def is_decided_by_the_police(self) -> bool:
        return self.police_release_id is not None


class PlanMeasure(JointRow):
    """That a measure is in a plan. One that goes on may be carried over into the next plan too."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="measures")
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="plans")
    became_decided = models.BooleanField(
        default=False
    )  # by this plan's decision: what a retraction takes back

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "measure"], name="a_measure_once_per_plan"),
        ]


class Referral(JointRow):
    """That the plan was sent to somebody concerned, what they answered, and what became of the answer."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="referrals")
    receiver = models.CharField(_("to whom"), max_length=150)
    sent_on = models.DateField(_("sent on"))
    answer_by = models.DateField(_("answer by"))
    answered_on = models.DateField(_("answered on"), null=True)
    answer = models.TextField(_("what they answered"), max_length=4000, blank=True)
    outcome = models.TextField(_("what became of it"), max_length=2000, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_on=None, answer="") | Q(answered_on__isnull=False) & ~Q(answer=""),
                name="an_answer_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(outcome="") | Q(answered_on__isnull=False), name="no_outcome_without_an_answer"
            ),
        ]

    def __str__(self) -> str:
        return self.receiver

    @property
    def is_answered(self) -> bool:
        return self.answered_on is not None

    @property
    def is_handled(self) -> bool:
        return bool(self.outcome)

    def is_open(self, today: date | None = None) -> bool:
        """Something is still to come: an answer in time, or what becomes of one that came."""
        return not self.is_handled and (self.is_answered or self.answer_by >= (today or clock.today()))
