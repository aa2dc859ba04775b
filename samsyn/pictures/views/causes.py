"""Why a finding is as it is: its causes, drawn and listed."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samsyn.core import permissions
from samsyn.core.errors import Invalid, Refused
from samsyn.core.forms import Attempt, attempt, point_out
from samsyn.core.thread import Place, thread
from samsyn.core.web import ActorRequest, needs
from samsyn.pictures import services, why
from samsyn.pictures.forms.causes import CauseForm
from samsyn.pictures.models import Cause, Point


@needs("pictures.see_pictures", Point)
def causes(request: ActorRequest, point: Point) -> HttpResponse:
    """The drawing, the causes, the chain of events, and which measures change what."""
    here = Place(request.partnership.pk, request.partnership.slug)
    measures = thread.nodes(request.actor, here, kinds={"measure"})
    found = why.causes_of(point)
    branches = why.tree_of(found)
    content = {
        "point": point,
        "branches": [
            (one, [node for node in measures if one.cause.pk in node.parents and not node.absent])
            for one in branches
        ],
        "drawing": why.drawing_of(point, branches),
        "chain": why.chain_of(found),
        "earlier": any(one.point_id == point.continues_id for one in why.causes_here(request.actor, here)),
        "may_state": permissions.allowed("pictures.state_cause", request.actor, point),
        "may_propose": permissions.allowed("plans.propose_measure", request.actor, request.partnership),
    }
    return render(request, "pictures/causes.html", content)


@needs("pictures.state_cause", Point)
def state(request: ActorRequest, point: Point) -> HttpResponse:
    initial = {"parent": request.GET.get("bakom")}
    form = CauseForm(request.POST or None, initial=initial, point=point, causes=point.causes.all())
    if request.method == "POST" and form.is_valid():
        try:
            cause = services.state_cause(point, by=request.actor, **form.given)
        except (Invalid, Refused) as error:
            point_out(form, error)
        else:
            messages.success(request, _("The cause is stated."))
            return _back(request, cause)
    content = {"form": form, "point": point, "cause": None, "stored": ""}
    return render(request, "pictures/cause_form.html", content, status=422 if form.errors else 200)


def _back(request: ActorRequest, cause: Cause) -> HttpResponse:
    address = reverse("pictures:causes", args=[request.partnership.slug, cause.point_id])
    return redirect(f"{address}#orsak-{cause.pk}")


@needs("pictures.rewrite_cause", Cause)
def rewrite(request: ActorRequest, cause: Cause) -> HttpResponse:
    names = ("claim", "kind", "parent", "evidence", "confidence", "influence", "step", "moment", "technique")
    initial: dict[str, Any] = {name: getattr(cause, name) for name in names} | {
        "figures": [one.figure_id for one in cause.figures.all()],
        "voices": [one.voice_id for one in cause.voices.all()],
        "seen": cause.version,
    }
    point = cause.point
    others = point.causes.exclude(pk=cause.pk)
    form = CauseForm(request.POST or None, initial=initial, point=point, causes=others)
    tried = Attempt()
    if request.method == "POST":
        tried = attempt(
            form,
            cause,
            request.actor,
            lambda: services.rewrite_cause(
                cause, seen=form.cleaned_data["seen"] or 0, by=request.actor, **form.given
            ),
        )
        if tried.is_done:
            return _back(request, cause)
    content = {"form": form, "point": point, "cause": cause, "stored": tried.stored}
    return render(request, "pictures/cause_form.html", content, status=tried.status)


@require_POST
@needs("pictures.confirm_cause", Cause)
def confirm(request: ActorRequest, cause: Cause) -> HttpResponse:
    services.confirm_cause(cause, by=request.actor)
    messages.success(request, _("The cause holds for this picture too."))
    return _back(request, cause)


@require_POST
@needs("pictures.drop_cause", Cause)
def drop(request: ActorRequest, cause: Cause) -> HttpResponse:
    point_id = cause.point_id
    services.drop_cause(cause, by=request.actor)
    messages.success(request, _("The cause is taken away."))
    return redirect("pictures:causes", request.partnership.slug, point_id)
