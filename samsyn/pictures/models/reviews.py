"""That somebody went through the adopted picture on a day, and whether it still holds."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samsyn.parties.models import JointRow, Organisation, User
from samsyn.pictures.models.joint import Picture, Point
from samsyn.releases.models import Release


class Review(JointRow):
    """A picture read through on a day. Never changed; one that was recorded wrongly is taken back."""

    picture = models.ForeignKey(Picture, on_delete=models.PROTECT, related_name="reviews")
    day = models.DateField(_("day"))
    note = models.TextField(_("what has changed"), max_length=4000, blank=True)
    reviewed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    party = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    recorded_on = models.DateField()
    retracted_on = models.DateField(null=True)
    release = models.OneToOneField(Release, null=True, on_delete=models.PROTECT, related_name="+")  # to all

    points_across = frozenset({"reviewed_by"})
    changeable = frozenset({"retracted_on"})

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["picture", "day"],
                condition=Q(retracted_on=None),
                name="one_review_of_a_picture_on_a_day",
            )
        ]

    def __str__(self) -> str:
        return f"{self.picture} {self.day.isoformat()}"


class ReviewedPoint(JointRow):
    """A finding that does not hold as it is written, said at a review."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="changed")
    point = models.ForeignKey(Point, on_delete=models.PROTECT, related_name="reviews")

    changeable = frozenset()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["review", "point"], name="a_finding_once_per_review")]


class GonePoint(JointRow):
    """Why a finding of an earlier picture is not carried on in this one."""

    picture = models.ForeignKey(Picture, on_delete=models.PROTECT, related_name="gone")
    point = models.ForeignKey(Point, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(_("why it is not carried on"), max_length=1000)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["picture", "point"], name="one_reason_for_what_is_gone")
        ]
