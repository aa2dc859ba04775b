"""What one asks another for, by a day: “the numbers on X for 2025, by Friday”. Both parties see it."""

from datetime import date, timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samsyn.core import clock
from samsyn.core.actors import WORKING, Actor, Kind, Role
from samsyn.core.errors import Sentence
from samsyn.core.thread import Sign
from samsyn.parties.models import JointQuerySet, JointRow, Organisation, Title, User
from samsyn.parties.queries import titles_of


class Outcome(models.TextChoices):
    """What an answer says of what was asked for."""

    ANSWERED = "answered", _("here it is")
    PARTLY = "partly", _("a part of it; the rest is missing")
    CANNOT = "cannot", _("it cannot be answered")


class EvidenceRequestQuerySet(JointQuerySet["EvidenceRequest"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those who work here; who contributes, what is asked of the own title; the system, to remind."""
        if actor.kind is Kind.SYSTEM:
            return self.all()
        if actor.roles & WORKING or Role.CONTRIBUTOR not in actor.roles:
            return super().visible_to(actor)
        here = self.filter(partnership__in=actor.partnership_ids)
        return here.filter(party=actor.party_id, title__in=titles_of(actor))


class EvidenceRequest(JointRow):
    """Something that is asked for: of whom, for what, and by which day. The day counts to its end."""

    class State(models.TextChoices):
        OPEN = "open", _("Waits for an answer")
        ANSWERED = "answered", _("Answered")
        PARTLY = "partly", _("Answered in part")
        CANNOT = "cannot", _("Could not be answered")
        WITHDRAWN = "withdrawn", _("Not needed any more")

    # Days from the day it is wanted: who was asked before and after it, then whoever asked too.
    LADDER = (timedelta(days=-3), timedelta(days=1), timedelta(days=8))

    asker = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_on = models.DateField()
    party = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")  # who is asked, and
    title = models.CharField(max_length=20, choices=Title.choices)  # which of its people
    what = models.CharField(_("what you ask for"), max_length=200)
    text = models.TextField(_("more exactly"), blank=True, max_length=2000)
    due = models.DateField(_("by when"))
    about_kind = models.CharField(max_length=20, blank=True)  # a node of the thread, which a room above has
    about_id = models.UUIDField(null=True)
    about_title = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=20, choices=State.choices, default=State.OPEN)
    reminders = models.PositiveSmallIntegerField(default=0)
    withdrawn_on = models.DateField(null=True)
    why_withdrawn = models.CharField(_("why"), max_length=500, blank=True)

    points_across = frozenset({"asked_by"})
    objects = EvidenceRequestQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(about_kind="", about_id=None) | (~Q(about_kind="") & Q(about_id__isnull=False)),
                name="what_a_request_is_about_has_a_key",
            ),
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def is_withdrawn(self) -> bool:
        return self.state == self.State.WITHDRAWN

    @property
    def can_be_withdrawn(self) -> bool:
        return self.state not in (self.State.ANSWERED, self.State.WITHDRAWN)

    @property
    def is_late(self) -> bool:
        """The day it was wanted by is over, and nobody has answered."""
        return self.is_open and self.due < clock.today()

    @property
    def sign(self) -> Sign:
        return Sign.LATE if self.is_late else _SIGNS[self.State(self.state)]

    @property
    def state_said(self) -> Sentence:
        return _("Late") if self.is_late else self.State(self.state).label

    @property
    def title_said(self) -> Sentence:
        return Title(self.title).label

    @property
    def reminder_days(self) -> list[date]:
        """Those after the day it was asked for: what is wanted tomorrow is not reminded of yesterday."""
        return [day for step in self.LADDER if (day := self.due + step) > self.asked_on]

    @property
    def steps_due(self) -> int:
        """How many reminders should have gone out by today."""
        return sum(day <= clock.today() for day in self.reminder_days)

    @property
    def is_reminded_in_full(self) -> bool:
        return self.reminders >= len(self.reminder_days)


_SIGNS = {
    EvidenceRequest.State.OPEN: Sign.PLANNED,
    EvidenceRequest.State.ANSWERED: Sign.DONE,
    EvidenceRequest.State.PARTLY: Sign.UNDER_WAY,
    EvidenceRequest.State.CANNOT: Sign.STOPPED,
    EvidenceRequest.State.WITHDRAWN: Sign.STOPPED,
}


class EvidenceReplyQuerySet(JointQuerySet["EvidenceReply"]):
    def visible_to(self, actor: Actor) -> Self:
        """As what it answers."""
        return self.filter(request__in=EvidenceRequest.objects.visible_to(actor))


class EvidenceReply(JointRow):
    """One answer to a request. A later one adds to it; none is changed."""

    request = models.ForeignKey(EvidenceRequest, on_delete=models.PROTECT, related_name="replies")
    outcome = models.CharField(_("the answer"), max_length=20, choices=Outcome.choices)
    text = models.TextField(_("what you can say"), blank=True, max_length=4000)
    missing = models.TextField(_("what is missing"), blank=True, max_length=1000)
    shown_id = models.UUIDField(null=True)  # a node of the thread that whoever asked may see
    shown_title = models.CharField(max_length=300, blank=True)
    link = models.URLField(_("where it is published"), blank=True, max_length=500)
    said_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    said_on = models.DateField()

    points_across = frozenset({"said_by"})
    changeable = frozenset()
    objects = EvidenceReplyQuerySet.as_manager()  # type: ignore[misc]
