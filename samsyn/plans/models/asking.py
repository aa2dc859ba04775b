"""A question by mail: how does this measure stand? Whoever holds the link may answer, for it only."""

import hashlib
from base64 import urlsafe_b64encode
from datetime import timedelta

from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from samsyn.core import clock
from samsyn.core.actors import Actor, Kind
from samsyn.parties.models import JointQuerySet, JointRow, User
from samsyn.plans.models.measures import Measure


class StatusRequestQuerySet(JointQuerySet["StatusRequest"]):
    def visible_to(self, actor: Actor) -> "StatusRequestQuerySet":
        """Those who work here see whom was asked; the holder of a link that one; the system reminds."""
        if actor.kind is Kind.SYSTEM:
            return self.all()
        if actor.kind is Kind.LINK and actor.object_id:
            return self.filter(pk=actor.object_id)
        return super().visible_to(actor)

    def waiting(self) -> "StatusRequestQuerySet":
        """Those that can still be answered."""
        return self.filter(answered_at=None, revoked_at=None, expires_at__gt=clock.now())


class StatusRequest(JointRow):
    """One question to one address, with reminders that climb and stop when somebody answers."""

    LASTS = timedelta(days=60)
    LADDER = (7, 14, 21)  # days after the question: the person again, then the manager too, then who asked

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="requests")
    email = models.EmailField(_("e-mail"))
    manager_email = models.EmailField(_("the manager's e-mail"), blank=True)
    language = models.CharField(max_length=2, default="sv")
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_on = models.DateField()
    reminders = models.PositiveSmallIntegerField(default=0)
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    points_across = frozenset({"asked_by"})
    objects = StatusRequestQuerySet.as_manager()  # type: ignore[misc]

    @property
    def is_waiting(self) -> bool:
        return self.answered_at is None and self.revoked_at is None and self.expires_at > clock.now()

    @property
    def steps_due(self) -> int:
        """How many reminders should have gone out by today."""
        days = (clock.today() - self.asked_on).days
        return sum(days >= step for step in self.LADDER)

    @property
    def token(self) -> str:
        """What the link in the mail holds. Made anew each time, so that no database holds a working link."""
        digest = salted_hmac("samsyn.plans.status_request", str(self.pk), algorithm="sha256").digest()
        return urlsafe_b64encode(digest).decode().rstrip("=")

    @staticmethod
    def hash_of(token: str) -> str:
        return hashlib.sha256(token.encode()).hexdigest()
