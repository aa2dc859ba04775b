"""Who asks, in which partnership: read from the sign-in and the address, once per request."""

from collections.abc import Callable
from typing import Any, cast

from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from samsyn.core.actors import VISITOR, WORKING, Role
from samsyn.core.web import ActorRequest
from samsyn.parties import queries
from samsyn.parties.models import User

YEAR_S = 365 * 24 * 60 * 60
NEEDS_SECOND_FACTOR = WORKING | {Role.ADMINISTRATOR}


class ActorMiddleware:
    """Gives the request `actor` and, where the address names one that the user works in, `partnership`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = cast(ActorRequest, request)
        asked.actor, asked.partnership = VISITOR, None
        response = self.get_response(request)
        if request.path.startswith(("/arbete/", "/konto/")) and "language" not in request.COOKIES:
            user = request.user
            if isinstance(user, User) and "language" not in response.cookies:
                remember_language(response, user.language)
        return response

    def process_view(
        self, request: HttpRequest, view: Any, args: tuple[Any, ...], path: dict[str, Any]
    ) -> HttpResponse | None:
        asked = cast(ActorRequest, request)
        slug = path.get("partnership")
        if slug is None or not request.path.startswith("/arbete/") or not request.user.is_authenticated:
            return None
        user = request.user
        here = [seat for seat in queries.seats_of(user) if seat.partnership.slug == slug]
        if not here:
            return None
        chosen = request.session.get("party")
        seat = next((one for one in here if str(one.party.pk) == chosen), here[0])
        asked.partnership, asked.actor = seat.partnership, seat.member
        return _second_factor_first(asked)


def _second_factor_first(request: ActorRequest) -> HttpResponse | None:
    """Who writes or runs sets up a second factor first, unless their own provider answers for it."""
    if not settings.SECOND_FACTOR_REQUIRED or not request.actor.roles & NEEDS_SECOND_FACTOR:
        return None
    methods = {record["method"] for record in get_authentication_records(request, request.user)}
    if "socialaccount" in methods or is_mfa_enabled(request.user):
        return None
    messages.warning(request, _("Set up a second factor first. Then you can go on."))
    return redirect("mfa_index")


def remember_language(response: HttpResponseBase, language: str) -> None:
    """The pages read the language from a cookie, so that they need no account to know it."""
    response.set_cookie(
        "language", language, max_age=YEAR_S, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
    )
