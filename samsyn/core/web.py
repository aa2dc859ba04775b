"""The door of every page: who may open it, what it is about, and one answer for what is not there."""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, Protocol
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _

from samsyn.core import permissions
from samsyn.core.actors import VISITOR, Actor
from samsyn.core.errors import Missing, NotAllowed
from samsyn.core.rows import Row

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails


class PartnershipRow(Protocol):
    """What core needs to know of `parties.Partnership`."""

    pk: UUID
    slug: str


class ActorRequest(HttpRequest):
    """A request whose middleware knows who asks, in which partnership."""

    actor: Actor
    partnership: Any  # parties.Partnership, or None outside a partnership
    htmx: "HtmxDetails"


View = Callable[..., HttpResponseBase]


def public(view: View) -> View:
    """Open to everybody, signed in or not."""
    view.access = None  # type: ignore[attr-defined]
    return view


def needs(permission: str, model: type[Row] | None = None) -> Callable[[View], View]:
    """Open to those whom the rule lets in.

    With a model, the path holds `pk`: the row is fetched as the actor may see it, in this partnership, and
    the view gets it. Without one the view gets the partnership. Missing and hidden rows answer alike.
    """

    def wrap(view: View) -> View:
        @wraps(view)
        def guarded(request: ActorRequest, **path: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            path.pop("partnership", None)
            target: Any = request.partnership
            if target is None:
                raise Missing
            if model is not None:
                target = _row(model, path.pop("pk"), request)
            if not permissions.allowed(permission, request.actor, target):
                raise NotAllowed(_("This page is not part of your task.") if model is None else None)
            return view(request, target, **path)

        guarded.access = (permission, model)  # type: ignore[attr-defined]
        return guarded

    return wrap


def _row(model: type[Row], key: UUID, request: ActorRequest) -> Row:
    manager: Any = model._default_manager
    row: Row | None = manager.visible_to(request.actor).filter(pk=key).first()
    here = {request.partnership.pk, request.actor.party_id}
    if row is None or not (row.chain_id in here or model.pointed_at_from_anywhere):
        raise Missing
    if getattr(row, "partnership_id", None) == request.partnership.pk:
        row.partnership = request.partnership  # type: ignore[attr-defined]  # it is read already
    return row


def signed_in(view: View) -> View:
    """For pages about oneself, outside any partnership: needs an account and nothing more."""

    @wraps(view)
    def guarded(request: ActorRequest, **path: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return view(request, **path)

    guarded.access = ("signed_in", None)  # type: ignore[attr-defined]
    return guarded


def actor_of(request: HttpRequest) -> Actor:
    return getattr(request, "actor", VISITOR)


def no_content() -> HttpResponse:
    return HttpResponse(status=204)
