"""Who asks, in which partnership: read from the sign-in and the address, once per request."""

from collections.abc import Callable
from typing import Any, cast

from django.http import HttpRequest, HttpResponse

from samsyn.core.actors import VISITOR
from samsyn.core.web import ActorRequest
from samsyn.parties import queries


class ActorMiddleware:
    """Gives the request `actor` and, where the address names one that the user works in, `partnership`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = cast(ActorRequest, request)
        asked.actor, asked.partnership = VISITOR, None
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: tuple[Any, ...], path: dict[str, Any]
    ) -> None:
        asked = cast(ActorRequest, request)
        slug = path.get("partnership")
        if slug is None or not request.path.startswith("/arbete/") or not request.user.is_authenticated:
            return
        user = request.user
        here = [pair for pair in queries.partnerships_of(user) if pair[0].slug == slug]
        if not here:
            return
        chosen = request.session.get("party")
        partnership, party = next((pair for pair in here if str(pair[1].pk) == chosen), here[0])
        asked.partnership = partnership
        asked.actor = queries.member(user, party=party, partnership=partnership)
