"""The picture that the parties merge from what they shared."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from samsyn.agreements.models import Priority
from samsyn.council.models import Decision
from samsyn.dialogue.models import Theme
from samsyn.parties.models import JointRow, Organisation
from samsyn.releases.models import Release


class Certainty(models.TextChoices):
    CERTAIN = "certain", _("certain")
    FAIRLY = "fairly", _("fairly certain")
    UNCERTAIN = "uncertain", _("uncertain")


class Picture(JointRow):
    """The joint situational picture. Frozen when the deciding body has adopted it."""

    number = models.PositiveSmallIntegerField(_("version"))
    period = models.CharField(_("period"), max_length=20)
    scope = models.CharField(_("covers"), max_length=200)
    endorsement = models.ForeignKey(Decision, null=True, on_delete=models.PROTECT, related_name="+")
    decision = models.ForeignKey(Decision, null=True, on_delete=models.PROTECT, related_name="+")
    release = models.ForeignKey(Release, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partnership", "number"], name="one_picture_per_number")
        ]

    def __str__(self) -> str:
        return f"{self.period} ({self.number})"

    @property
    def is_adopted(self) -> bool:
        return self.release_id is not None


class Point(JointRow):
    """One finding of the joint picture."""

    picture = models.ForeignKey(Picture, on_delete=models.PROTECT, related_name="points")
    priority = models.ForeignKey(
        Priority, null=True, on_delete=models.PROTECT, related_name="points", verbose_name=_("priority")
    )
    title = models.CharField(_("finding"), max_length=200)
    text = models.TextField(_("joint text"), max_length=6000)
    extent = models.CharField(_("extent"), max_length=500, blank=True)
    consequence = models.CharField(_("consequence"), max_length=500, blank=True)
    unknown = models.CharField(_("what we do not know"), max_length=500, blank=True, default="")
    certainty = models.CharField(_("how certain"), max_length=20, choices=Certainty.choices)
    # The section that kept it out of the published picture; empty while it is not adopted, and for the rest.
    held_under = models.CharField(max_length=20, blank=True)
    continues = models.ForeignKey(  # the finding of an earlier picture that it carries on
        "self", null=True, on_delete=models.PROTECT, related_name="continued_by"
    )
    # Its causes came with it: those of the earlier one are read there, and not under this one as well.
    has_carried_causes = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.title


class PointSource(JointRow):
    """A shared finding that a point builds on: a place in a release, never the draft."""

    point = models.ForeignKey(Point, on_delete=models.PROTECT, related_name="sources")
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="+")
    index = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["point", "release", "index"], name="a_source_once_per_point")
        ]

    @property
    def finding(self) -> dict[str, Any]:
        """The finding as its party shared it."""
        return self.release.payload["content"]["findings"][self.index]  # type: ignore[no-any-return]


class PointFigure(JointRow):
    """A figure of a shared finding, shown with the point."""

    source = models.ForeignKey(PointSource, on_delete=models.PROTECT, related_name="figures")
    index = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "index"], name="a_figure_once_per_source")]

    @property
    def payload(self) -> dict[str, Any]:
        return self.source.finding["figures"][self.index]  # type: ignore[no-any-return]


class PointVoice(JointRow):
    """What citizens said about it: a theme of a dialogue."""

    point = models.ForeignKey(Point, on_delete=models.PROTECT, related_name="voices")
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="points")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["point", "theme"], name="a_theme_once_per_point")]


class Stance(JointRow):
    """How one party sees the joint text. Disagreement is kept, not averaged away."""

    class Position(models.TextChoices):
        AGREES = "agrees", _("approves the text")
        DIFFERS = "differs", _("sees it differently")

    point = models.ForeignKey(Point, on_delete=models.PROTECT, related_name="stances")
    party = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    position = models.CharField(max_length=20, choices=Position.choices)
    note = models.CharField(_("how you see it"), max_length=1000, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["point", "party"], name="one_stance_per_party")]
