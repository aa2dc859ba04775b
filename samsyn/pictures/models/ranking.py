"""Which findings come first: plain choices by criterion, their weights, and the order that was chosen."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samsyn.parties.models import JointRow, Organisation, User
from samsyn.pictures.models.joint import Picture, Point


class Criterion(models.TextChoices):
    HARM = "harm", _("harm")
    EXTENT = "extent", _("extent")
    TREND = "trend", _("trend")
    WORRY = "worry", _("worry")
    ABILITY = "ability", _("ability to act")


class Level(models.TextChoices):
    LOW = "low", _("low")
    MEDIUM = "medium", _("medium")
    HIGH = "high", _("high")
    UNKNOWN = "unknown", _("cannot say")


MOST = 3  # a weight: does not count, counts once, twice, three times


class PointScore(JointRow):
    """How a finding is judged by one criterion, why, and who set it."""

    point = models.ForeignKey(Point, on_delete=models.PROTECT, related_name="scores")
    criterion = models.CharField(max_length=20, choices=Criterion.choices)
    level = models.CharField(max_length=20, choices=Level.choices, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    party = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    set_on = models.DateField()

    points_across = frozenset({"set_by"})

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["point", "criterion"], name="a_criterion_once_per_finding")
        ]

    @property
    def is_known(self) -> bool:
        return self.level not in ("", Level.UNKNOWN)


class Ranking(JointRow):
    """How the findings of a picture are weighed against each other, and why the chosen order was chosen."""

    picture = models.OneToOneField(Picture, on_delete=models.PROTECT, related_name="ranking")
    harm = models.PositiveSmallIntegerField(default=1)
    extent = models.PositiveSmallIntegerField(default=1)
    trend = models.PositiveSmallIntegerField(default=1)
    worry = models.PositiveSmallIntegerField(default=1)
    ability = models.PositiveSmallIntegerField(default=1)
    weighed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    weighed_on = models.DateField(null=True)
    reason = models.TextField(_("why this order"), max_length=2000, blank=True)
    chosen_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    chosen_party = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    chosen_on = models.DateField(null=True)
    times_chosen = models.PositiveSmallIntegerField(default=0)

    points_across = frozenset({"weighed_by", "chosen_by"})

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(chosen_on=None) | ~Q(reason=""), name="a_chosen_order_has_its_reason"
            )
        ]

    @property
    def weights(self) -> dict[Criterion, int]:
        return {one: getattr(self, one) for one in Criterion}


class RankedPoint(JointRow):
    """That the partnership chose to put a finding in a place."""

    ranking = models.ForeignKey(Ranking, on_delete=models.PROTECT, related_name="order")
    point = models.OneToOneField(Point, on_delete=models.PROTECT, related_name="ranked")
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ranking", "position"], name="one_finding_per_position")
        ]
