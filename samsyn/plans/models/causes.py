"""Which causes a measure is meant to change."""

from django.db import models

from samsyn.parties.models import JointRow
from samsyn.pictures.models import Cause
from samsyn.plans.models.measures import Measure


class MeasureCause(JointRow):
    """That a measure is meant to change a cause of a finding that it answers."""

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="causes")
    cause = models.ForeignKey(Cause, on_delete=models.PROTECT, related_name="measures")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["measure", "cause"], name="a_cause_once_per_measure")]
