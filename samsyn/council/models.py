"""The council that endorses, the bodies that decide, and what they decided."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from samsyn.council.steps import Line
from samsyn.parties.models import JointRow, Organisation, PartnershipWideQuerySet, User


class Body(JointRow):
    """Somebody who endorses or decides: the council, kommunstyrelsen, another board, the police."""

    class Kind(models.TextChoices):
        COUNCIL = "council", _("the strategic council")
        EXECUTIVE_BOARD = "ks", _("the executive board (kommunstyrelsen)")
        MUNICIPAL_COUNCIL = "kf", _("the municipal council (kommunfullmäktige)")
        BOARD = "board", _("another board")
        POLICE = "police", _("the police")

    name = models.CharField(_("name"), max_length=150)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)

    objects = PartnershipWideQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["partnership", "name"], name="one_body_per_name")]

    def __str__(self) -> str:
        return self.name


class Meeting(JointRow):
    """A meeting, its agenda, and what was noted. A council keeps notes, not minutes with adjusters."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="meetings", verbose_name=_("body"))
    day = models.DateField(_("day"))
    place = models.CharField(_("place"), max_length=150, blank=True)
    present = models.TextField(_("present, by function"), blank=True, max_length=2000)
    notes = models.TextField(_("notes"), blank=True, max_length=20_000)
    is_held = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.body} {self.day}"


class AgendaItem(JointRow):
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="agenda")
    title = models.CharField(_("item"), max_length=200)
    position = models.PositiveSmallIntegerField()


class Decision(JointRow):
    """What a body decided or stood behind. The council endorses; another body decides."""

    class Kind(models.TextChoices):
        ENDORSE = "endorse", _("stands behind")
        DECIDE = "decide", _("decides")
        NOTE = "note", _("takes note")

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="decisions", verbose_name=_("body"))
    meeting = models.ForeignKey(
        Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="decisions"
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    day = models.DateField(_("day"))
    section = models.CharField(_("section"), max_length=20, blank=True)
    registration_number = models.CharField(_("registration number"), max_length=40, blank=True)
    text = models.TextField(_("decision"), max_length=4000)

    def __str__(self) -> str:
        number = f" § {self.section}" if self.section else ""
        return f"{self.body.name} {self.day}{number}"


class StepStanding(JointRow):
    """What the parties say of a line of the five steps: how it stands where no data tells, who and when."""

    class Level(models.TextChoices):
        NOT_BEGUN = "not_begun", _("not begun")
        BEGUN = "begun", _("begun")
        MOSTLY = "mostly", _("mostly in place")
        DONE = "done", _("in place")

    line = models.CharField(max_length=20)  # of `steps.Line`: its words may change without a migration
    level = models.CharField(_("how it stands"), max_length=20, choices=Level.choices, blank=True)
    comment = models.CharField(_("what you build it on"), max_length=500, blank=True)
    who = models.CharField(_("who sees to it"), max_length=120, blank=True)
    due = models.DateField(_("by when"), null=True)
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    party = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    set_on = models.DateField()

    points_across = frozenset({"set_by"})

    class Meta:
        constraints = [models.UniqueConstraint(fields=["partnership", "line"], name="a_line_of_a_step_once")]

    def __str__(self) -> str:
        return str(Line(self.line).label)
