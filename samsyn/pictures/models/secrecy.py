"""Whether a finding may be read by others: decided by the party it is from, each time it goes further."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from samsyn.parties.models import JointRow, Organisation
from samsyn.pictures.models.joint import Point


class Secrecy(models.TextChoices):
    """No secrecy, or the section of offentlighets- och sekretesslagen (2009:400) that holds it back."""

    NONE = "none", _("no secrecy: may be shared")
    INVESTIGATION = "OSL 18:1", _("OSL 18:1 – preliminary investigation")
    INTELLIGENCE = "OSL 18:2", _("OSL 18:2 – intelligence")
    MEASURES = "OSL 18:8", _("OSL 18:8 – security measures")
    ACCOUNTS = "OSL 18:13", _("OSL 18:13 – risk and vulnerability analyses")
    SOCIAL = "OSL 26:1", _("OSL 26:1 – social services")
    RECORDS = "OSL 35:1", _("OSL 35:1 – individuals in the police's records")


class PointSecrecy(JointRow):
    """What a party that a joint finding is from decided before it is published."""

    point = models.ForeignKey(Point, on_delete=models.PROTECT, related_name="secrecy")
    party = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    section = models.CharField(_("secrecy"), max_length=20, choices=Secrecy.choices)
    ground = models.CharField(_("why"), max_length=300, blank=True)
    decided_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["point", "party"], name="one_decision_on_secrecy_per_party")
        ]
