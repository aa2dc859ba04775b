"""A correction of an adopted picture. The frozen text is not changed: the correction stands beside it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from samsyn.parties.models import JointRow, Organisation, User
from samsyn.pictures.models.joint import Picture, Point


class Erratum(JointRow):
    """What stands wrong, and what is right. Shown to everybody once every party has approved it."""

    picture = models.ForeignKey(Picture, on_delete=models.PROTECT, related_name="errata")
    point = models.ForeignKey(
        Point, null=True, on_delete=models.PROTECT, related_name="errata", verbose_name=_("finding")
    )
    wrong = models.TextField(_("what stands there"), max_length=2000)
    right = models.TextField(_("what is right"), max_length=2000)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    party = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    written_on = models.DateField()
    published_on = models.DateField(null=True)

    points_across = frozenset({"written_by"})
    changeable = frozenset({"published_on"})

    def __str__(self) -> str:
        return self.right


class ErratumApproval(JointRow):
    """That a party stands behind a correction."""

    erratum = models.ForeignKey(Erratum, on_delete=models.PROTECT, related_name="approvals")
    party = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    approved_on = models.DateField()

    changeable = frozenset()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["erratum", "party"], name="one_approval_of_an_erratum_per_party")
        ]
