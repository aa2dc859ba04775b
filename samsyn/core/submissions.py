"""A form that is sent twice is one act: a double click, back and send again, a retry after a lost answer.

Each form carries a key of its own in a hidden field (`{% once %}`). The first outermost command of a request
takes the key, and looks for it under its lock, so two requests at the same moment cannot both miss it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from uuid_utils.compat import uuid7

from samsyn.core import clock
from samsyn.core.actors import Actor, Kind
from samsyn.core.errors import Refused

FIELD = "once"
KEPT = timedelta(days=7)  # a page does not stay signed in for longer than that
UNKEPT = "?"  # came of a command whose result is neither a row nor nothing


class Submission(models.Model):
    """That somebody's form was taken in, and which row came of it. Holds no text."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    user_id = models.UUIDField()
    key = models.UUIDField()
    digest = models.CharField(max_length=64)
    made_kind = models.CharField(max_length=80, blank=True)
    made_id = models.UUIDField(null=True)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user_id", "key"], name="a_form_once_per_person")]


@dataclass
class Arrival:
    """The request that is being answered in this thread. Its key serves one command."""

    request: HttpRequest
    is_taken: bool = False
    is_repeated: bool = False


@dataclass(frozen=True)
class Sent:
    """A form's key and what was sent with it."""

    user_id: UUID
    key: UUID
    digest: str
    has_version: bool  # a form that shows a version is guarded by it when its words have changed


_arrival: ContextVar[Arrival | None] = ContextVar("arrival", default=None)


@contextmanager
def arriving(request: HttpRequest) -> Iterator[None]:
    token = _arrival.set(Arrival(request) if request.method == "POST" else None)
    try:
        yield
    finally:
        _arrival.reset(token)


def take(by: Actor) -> Sent | None:
    """The key of the form that this request brought, for the first command that asks, before its lock."""
    arrival = _arrival.get()
    if arrival is None or arrival.is_taken or by.user_id is None or by.kind is not Kind.USER:
        return None
    arrival.is_taken = True
    request = arrival.request
    try:
        key = UUID(request.POST.get(FIELD, ""))
    except ValueError:
        return None
    return Sent(by.user_id, key, _digest(request), "seen" in request.POST)


def _digest(request: HttpRequest) -> str:
    """Of the address and all that was sent, with the installation's secret: no text can be guessed."""
    digest = salted_hmac("samsyn submission", request.path, algorithm="sha256")
    for name in sorted(set(request.POST) - {"csrfmiddlewaretoken"}):
        digest.update(repr((name, request.POST.getlist(name))).encode())
    for name in sorted(request.FILES):
        for file in request.FILES.getlist(name):
            digest.update(repr((name, file.name, file.size)).encode())
            for chunk in file.chunks():
                digest.update(chunk)
            file.seek(0)
    return digest.hexdigest()


def repeated(sent: Sent) -> Submission | None:
    """The earlier time that this form was sent. Refused when other words come with the same key."""
    earlier = Submission.objects.filter(user_id=sent.user_id, key=sent.key).first()
    if earlier is None:
        return None
    if earlier.digest != sent.digest:
        if sent.has_version:
            return None
        raise Refused(
            _("You sent this form before, and that was saved. What you changed since is not: send it again.")
        )
    if arrival := _arrival.get():
        arrival.is_repeated = True
    return earlier


def made(earlier: Submission, by: Actor) -> Any:
    """What came of the form the first time, as the actor sees it now."""
    if not earlier.made_kind:
        return None
    row = None
    if earlier.made_kind != UNKEPT:
        manager: Any = apps.get_model(earlier.made_kind)._default_manager
        row = manager.visible_to(by).filter(pk=earlier.made_id).first()
    if row is None:
        raise Refused(_("You sent this form before, and it was taken in then. Nothing was saved twice."))
    return row


def record(sent: Sent, result: Any) -> None:
    """Note that the form was taken in. Keys that nobody can still have on a page are forgotten."""
    now = clock.now()
    mine = Submission.objects.filter(user_id=sent.user_id)
    mine.filter(recorded_at__lt=now - KEPT).delete()
    if mine.filter(key=sent.key).exists():  # changed words, guarded by their version
        return
    is_row = isinstance(result, models.Model)
    Submission.objects.create(
        user_id=sent.user_id,
        key=sent.key,
        digest=sent.digest,
        made_kind=result._meta.label_lower if is_row else "" if result is None else UNKEPT,
        made_id=result.pk if is_row else None,
        recorded_at=now,
    )


def is_repeated() -> bool:
    """Whether the request's command was answered from its earlier time: mail, for one, is not sent again."""
    arrival = _arrival.get()
    return arrival is not None and arrival.is_repeated
