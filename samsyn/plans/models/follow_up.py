"""The follow-up report: what became of the measures of a period, and what was learned."""

from django.db import models
from django.db.models import F, Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from samsyn.council.models import Decision
from samsyn.parties.models import JointRow
from samsyn.releases.models import Release


class FollowUp(JointRow):
    """A report over a period. Frozen and public when a body has decided on it or taken note of it."""

    starts = models.DateField(_("from"))
    ends = models.DateField(_("to"))
    learned = models.TextField(_("what we learned in all"), max_length=6000, blank=True)
    decision = models.ForeignKey(Decision, null=True, on_delete=models.PROTECT, related_name="+")
    release = models.ForeignKey(Release, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends__gte=F("starts")), name="a_period_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(release=None, decision=None) | Q(release__isnull=False, decision__isnull=False),
                name="a_follow_up_is_frozen_by_a_decision",
            ),
            models.UniqueConstraint(
                fields=["partnership"], condition=Q(release=None), name="one_follow_up_is_written_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{date_format(self.starts, 'j F Y')}–{date_format(self.ends, 'j F Y')}"

    @property
    def is_decided(self) -> bool:
        return self.release_id is not None
