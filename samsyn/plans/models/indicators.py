"""What shows whether a measure did what was meant: indicators, and the values that were reported of them."""

from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samsyn.parties.models import JointRow, Organisation, User
from samsyn.plans.models.columns import OfMeasureQuerySet
from samsyn.plans.models.measures import Measure


class NumberField(models.DecimalField[Any, Any]):
    """A number as it was said: 12 and not 12.0000."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named | {"max_digits": 14, "decimal_places": 4})

    def from_db_value(self, value: Decimal | None, *_: object) -> Decimal | None:
        return None if value is None else value.normalize()


class Outlook(models.TextChoices):
    """What the values of an indicator say of its target: `verdicts` decides which."""

    REACHED = "reached", _("The target is reached")
    NOT_YET = "not_yet", _("Not there yet")
    MISSED = "missed", _("The target was not reached")
    CANNOT_SAY = "cannot_say", _("Cannot say")


class Indicator(JointRow):
    """One thing that is counted or measured for a measure, from a baseline towards a target."""

    class Kind(models.TextChoices):
        ACTIVITY = "activity", _("activity: what is done")
        OUTCOME = "outcome", _("outcome: what becomes different")

    class Direction(models.TextChoices):
        MORE = "more", _("more is better")
        FEWER = "fewer", _("fewer is better")

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="indicators")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    definition = models.CharField(_("what is counted or measured"), max_length=300)
    unit = models.CharField(_("unit"), max_length=60, blank=True)
    direction = models.CharField(_("wanted direction"), max_length=10, choices=Direction.choices, blank=True)
    denominator = models.CharField(_("per what"), max_length=120, blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)
    baseline = NumberField(_("baseline"), null=True)
    baseline_day = models.DateField(_("day of the baseline"), null=True)
    target = NumberField(_("target"), null=True)
    target_day = models.DateField(_("day of the target"), null=True)
    target_set_on = models.DateField(null=True)  # so that a target which came after the values shows it
    ended_on = models.DateField(null=True)
    end_reason = models.CharField(_("why it ends"), max_length=500, blank=True)

    objects = OfMeasureQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(baseline=None, baseline_day=None)
                | Q(baseline__isnull=False, baseline_day__isnull=False),
                name="a_baseline_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(target=None, target_day=None)
                | Q(target__isnull=False, target_day__isnull=False, baseline__isnull=False)
                & ~Q(unit="")
                & ~Q(direction=""),
                name="no_target_without_baseline_unit_direction_and_day",
            ),
        ]

    def __str__(self) -> str:
        return self.definition

    @property
    def is_outcome(self) -> bool:
        return self.kind == Indicator.Kind.OUTCOME

    @property
    def is_open(self) -> bool:
        """A value is still reported when the measure is done: what became of it shows later than the work."""
        return self.ended_on is None and self.measure.state != Measure.State.CANCELLED


class OfIndicatorQuerySet(OfMeasureQuerySet["IndicatorValue"]):
    owner_path = "indicator__measure__owner"


class IndicatorValue(JointRow):
    """A number for a day or a period, and who says so. Never changed: a correction is a value of its own.

    A value from a party's figure is a copy of what the figure says. The figure itself stays private.
    """

    class Standing(models.TextChoices):
        OWN = "own", _("our own count")
        OFFICIAL = "official", _("official statistics")

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="values")
    standing = models.CharField(_("whose number it is"), max_length=10, choices=Standing.choices)
    starts = models.DateField(_("first day"), null=True)  # empty: it holds for one day
    day = models.DateField(_("last day"))
    value = NumberField(_("value"))
    low = NumberField(_("lower limit"), null=True)
    high = NumberField(_("upper limit"), null=True)
    note = models.CharField(_("how it was counted"), max_length=500, blank=True)
    figure = models.JSONField(
        default=dict
    )  # what the figure said: sentence, unit, source, what to keep in mind
    figure_identity = models.CharField(max_length=64, blank=True)
    figure_hash = models.CharField(max_length=64, blank=True)
    reported_on = models.DateField()
    reported_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    party = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    corrects = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="corrected_by")

    points_across = frozenset({"reported_by"})
    changeable = frozenset()
    objects = OfIndicatorQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "figure_identity"],
                condition=~Q(figure_identity=""),
                name="a_figure_once_per_indicator",
            ),
            models.CheckConstraint(
                condition=Q(low=None, high=None) | Q(low__isnull=False, high__isnull=False),
                name="an_interval_has_both_limits",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.value.normalize():f} ({self.day.isoformat()})"

    @property
    def is_corrected(self) -> bool:
        return hasattr(self, "corrected_by")

    @property
    def is_from_figure(self) -> bool:
        return bool(self.figure_identity)

    @property
    def has_interval(self) -> bool:
        return self.low is not None
