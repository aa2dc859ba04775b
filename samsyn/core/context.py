"""What the frame of every page knows."""

from typing import Any

from django.http import HttpRequest

from samsyn.core.web import actor_of


def frame(request: HttpRequest) -> dict[str, Any]:
    """The actor and the partnership. No queries: the middleware has them already."""
    return {"actor": actor_of(request), "partnership": getattr(request, "partnership", None)}
