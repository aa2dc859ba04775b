from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from samsyn.core import clock, limits
from samsyn.core.errors import Missing
from samsyn.core.limits import limited
from samsyn.core.web import ActorRequest, needs
from samsyn.overview import handing_over, queries
from samsyn.overview import steps as how_far
from samsyn.parties.models import Partnership
from samsyn.parties.queries import titles_of


@needs("overview.see_start")
def start(request: ActorRequest, partnership: Partnership) -> HttpResponse:
    start = queries.start_of(request.actor, partnership)
    content = {"tasks": start.tasks, "whole": start.whole, "titles": titles_of(request.actor)}
    return render(request, "overview/start.html", content)


@needs("overview.see_thread")
def whole_thread(request: ActorRequest, partnership: Partnership) -> HttpResponse:
    whole = queries.whole_thread(request.actor, partnership)
    opened, page = request.GET.get("visa", ""), request.GET.get("sida", "")
    gaps = Paginator(whole.gaps, queries.GAPS_OPENED if opened == "luckor" else queries.GAPS)
    content = {
        "whole": whole,
        "parts": queries.parts_of(whole, opened=opened, page=page),
        "gaps": gaps.get_page(page if opened == "luckor" else 1),
        "gaps_are_open": opened == "luckor",
    }
    return render(request, "overview/thread.html", content)


@needs("overview.see_thread")
def around(request: ActorRequest, partnership: Partnership, node: UUID) -> HttpResponse:
    found = queries.around(request.actor, partnership, node)
    if found is None:
        raise Missing
    return render(request, "overview/around.html", {"found": found})


@needs("overview.see_handover")
def handover(request: ActorRequest, partnership: Partnership) -> HttpResponse:
    today = clock.today()
    content = {"pack": handing_over.pack_of(request.actor, partnership, today), "today": today}
    return render(request, "overview/handover.html", content)


@needs("overview.see_steps")
def steps(request: ActorRequest, partnership: Partnership) -> HttpResponse:
    """How far they have come by the five steps, and a day's path to a first draft, the duties and a plan."""
    found = how_far.so_far(request.actor, partnership, clock.today())
    return render(request, "overview/steps.html", {"found": found})


@limited(limits.SEARCH)
@needs("overview.search")
def search(request: ActorRequest, partnership: Partnership) -> HttpResponse:
    words = request.GET.get("q", "")[:200]
    found = queries.search(words, request.actor, partnership)
    return render(request, "overview/search.html", {"words": words, "found": found})
