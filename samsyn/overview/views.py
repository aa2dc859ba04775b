from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from samsyn.core import limits
from samsyn.core.errors import Missing
from samsyn.core.limits import limited
from samsyn.core.web import ActorRequest, needs
from samsyn.overview import queries
from samsyn.parties.models import Partnership
from samsyn.parties.queries import titles_of


@needs("overview.see_start")
def start(request: ActorRequest, partnership: Partnership) -> HttpResponse:
    whole = queries.whole_thread(request.actor, partnership)
    content = {
        "tasks": queries.tasks_for(request.actor, partnership),
        "whole": whole,
        "titles": titles_of(request.actor),
    }
    return render(request, "overview/start.html", content)


@needs("overview.see_thread")
def whole_thread(request: ActorRequest, partnership: Partnership) -> HttpResponse:
    whole = queries.whole_thread(request.actor, partnership)
    return render(request, "overview/thread.html", {"whole": whole})


@needs("overview.see_thread")
def around(request: ActorRequest, partnership: Partnership, node: UUID) -> HttpResponse:
    found = queries.around(request.actor, partnership, node)
    if found is None:
        raise Missing
    return render(request, "overview/around.html", {"found": found})


@limited(limits.SEARCH)
@needs("overview.search")
def search(request: ActorRequest, partnership: Partnership) -> HttpResponse:
    words = request.GET.get("q", "")[:200]
    found = queries.search(words, request.actor, partnership)
    return render(request, "overview/search.html", {"words": words, "found": found})
