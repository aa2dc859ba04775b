"""What the municipality tells by hand about its duties, and how it reads the law where that leaves room."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from samsyn.core.actors import READING, Actor, Kind
from samsyn.council.models import Body, Decision
from samsyn.parties.models import JointQuerySet, JointRow, JointType, Organisation


class DutyQuerySet(JointQuerySet[JointType]):
    def visible_to(self, actor: Actor) -> Self:
        """For those who work in the partnership, and for those who audit it."""
        if actor.kind is Kind.SYSTEM:
            return self.all()
        return self.filter(partnership__in=actor.partnership_ids) if actor.roles & READING else self.none()


class Tick(models.TextChoices):
    """What can be said of something that was done elsewhere. Not ticked is not stated, never no."""

    EXTENT = "extent", _("it says how much crime there is, and where")
    CONSEQUENCES = "consequences", _("it says what the crime leads to")
    OTHER = "other", _("it uses other information, such as what residents and staff say")
    ANALYSIS = "analysis", _("it is analysed: why it is so")
    BOTH = "both", _("it builds on what both parties know")
    CHANGED = "changed", _("something was changed")
    OWN_MEASURES = "own_measures", _("it says which measures the municipality intends")
    EACH_FINDING = "each_finding", _("each measure rests on the picture")
    EACH_PRIORITY = "each_priority", _("each measure serves a priority of the agreement")
    EACH_VERDICT = "each_verdict", _("it says of each measure how it went")
    PURPOSES = "purposes", _("it states its purposes")
    AREAS = "areas", _("it states which areas it covers")
    MUNICIPALITY = "municipality", _("the chair comes from the municipality")
    LEADING = "leading", _("in a leading position")
    ON_PICTURE = "on_picture", _("about how it is here")
    ON_MEASURES = "on_measures", _("about what should be done")
    PURPOSE = "purpose", _("the purpose is written down")
    WEIGHING = "weighing", _("the interests are weighed in writing")
    SIGNAGE = "signage", _("there are signs")
    RETENTION = "retention", _("it is decided how long recordings are kept")


class EventKind(models.TextChoices):
    """What can be recorded by hand. The values are the rules' own names of evidence."""

    COMPLETE = "complete", _("the record is complete from a day")
    PICTURE = "picture", _("a picture was adopted")
    CONTENT = "content", _("what the adopted picture holds")
    REVIEW = "review", _("the picture was reviewed")
    PLAN = "plan", _("a plan was decided")
    FOLLOW_UP = "follow_up", _("the plan was followed up")
    INTEGRATION = "integration", _("other planning was weighed in")
    WRITTEN = "written", _("a written agreement with another actor")
    ATTEMPT_AGREEMENT = "attempt_agreement", _("an attempt to reach an agreement")
    ATTEMPT_COUNCIL = "attempt_council", _("an attempt to get a council going")
    ATTEMPT_LEADING = "attempt_leading", _("an invitation to people in leading positions")
    CHAIR = "chair", _("somebody leads the council")
    SEAT = "seat", _("an actor sits in the council")
    MEETING = "meeting", _("the council met, with notes")
    FUNCTION = "function", _("somebody holds the coordinating function")
    CONTACT = "contact", _("the contact point is published")
    INFORMATION = "information", _("residents were informed")
    LEAD = "lead", _("kommunfullmäktige chose the board that leads")
    REPORT = "report", _("a report to kommunfullmäktige")
    CAMERA = "camera", _("camera surveillance was decided")
    CAMERA_REVIEW = "camera_review", _("camera surveillance was reviewed")
    DIALOGUE = "dialogue", _("residents were asked")
    INVOLVED = "involved", _("another actor was involved")
    LOCAL_DUTY = "local_duty", _("a duty that we have decided ourselves")
    LOCAL_DONE = "local_done", _("what we have decided ourselves was done")


class Event(JointRow):
    """Something that meets a duty and was done outside the product: what, when, by which decision."""

    kind = models.CharField(_("what"), max_length=20, choices=EventKind.choices)
    day = models.DateField(_("day"))
    until = models.DateField(_("last day"), null=True, blank=True)
    title = models.CharField(_("what it is called"), max_length=150, blank=True)
    months = models.PositiveSmallIntegerField(_("months"), null=True, blank=True)
    first_due = models.DateField(_("the first time by"), null=True, blank=True)
    decision = models.ForeignKey(Decision, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    body = models.CharField(_("body"), max_length=20, choices=Body.Kind.choices, blank=True)
    reference = models.CharField(_("reference"), max_length=150, blank=True)
    note = models.TextField(_("note"), blank=True, max_length=2000)
    share = models.PositiveSmallIntegerField(_("per cent of full time"), null=True, blank=True)
    actor = models.CharField(_("actor"), max_length=20, choices=Organisation.Kind.choices, blank=True)
    ticks = models.JSONField(default=list, blank=True)
    duty = models.ForeignKey(  # what the municipality decided for itself, where this is that being done
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="done"
    )
    ended_on = models.DateField(null=True)
    retracted_why = models.CharField(_("why it is taken back"), max_length=500, blank=True)

    objects = DutyQuerySet.as_manager()  # type: ignore[misc]  # wider than that of joint rows

    def __str__(self) -> str:
        return self.title or str(self.get_kind_display())

    @property
    def is_retracted(self) -> bool:
        return bool(self.retracted_why)

    @property
    def last_day(self) -> object:
        return self.ended_on or self.until

    @property
    def said(self) -> list[str]:
        """What is ticked, in words."""
        return [str(Tick(one).label) for one in self.ticks]


class LocalPolicy(JointRow):
    """How the municipality reads the law, from a day: the same choice for all duties."""

    class Reading(models.TextChoices):
        MONTHS_24 = "months_24", _("24 months (strict)")
        CALENDAR_YEARS = "calendar_years", _("calendar years")

    since = models.DateField(_("from"))
    reading = models.CharField(_("every second year means"), max_length=20, choices=Reading.choices)
    unchanged_counts = models.BooleanField(_("a review that changed nothing is an update"), default=False)
    picture_body = models.CharField(_("who adopts the picture"), max_length=20, choices=Body.Kind.choices)
    plan_body = models.CharField(_("who decides the plan"), max_length=20, choices=Body.Kind.choices)
    report_months = models.PositiveSmallIntegerField(_("months between reports to kommunfullmäktige"))
    reference = models.CharField(_("reference"), max_length=150, blank=True)

    objects = DutyQuerySet.as_manager()  # type: ignore[misc]
