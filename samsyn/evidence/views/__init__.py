"""The evidence room: files, datasets, population and figures."""

from django.http import HttpResponse
from django.shortcuts import render

from samsyn.core import permissions
from samsyn.core.web import ActorRequest, needs
from samsyn.evidence import queries
from samsyn.parties.models import Partnership


@needs("evidence.see_evidence")
def index(request: ActorRequest, partnership: Partnership) -> HttpResponse:
    return render(
        request,
        "evidence/index.html",
        {
            "uploads": queries.uploads_of(request.actor),
            "orders": queries.orders_of(request.actor),
            "datasets": queries.datasets_of(request.actor),
            "figures": queries.figures_of(request.actor),
            "may_edit": permissions.allowed("evidence.receive_file", request.actor, None),
        },
    )
