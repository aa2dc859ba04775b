from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from samsyn.core import limits, permissions
from samsyn.core.errors import Invalid, NotAllowed, Refused
from samsyn.core.forms import point_out
from samsyn.core.limits import limited
from samsyn.core.web import ActorRequest, needs
from samsyn.evidence import queries, services
from samsyn.evidence.forms.outlines import LayersForm, OutlinesForm
from samsyn.evidence.models import Outlines
from samsyn.evidence.services import OutlinesRead, Terms, WaitingOutlines
from samsyn.parties.models import Partnership

SAID = {
    "evidence.keep_outlines": gettext_lazy("Kept and taken into use"),
    "evidence.drop_outlines": gettext_lazy("Taken out of use"),
    "evidence.use_outlines": gettext_lazy("Taken into use again"),
}


@limited(limits.UPLOAD)
@needs("evidence.see_evidence")
def outlines(request: ActorRequest, partnership: Partnership) -> HttpResponse:
    """Which areas maps are drawn of, which lack an outline, and for editors a form to bring others."""
    may_keep = permissions.allowed("evidence.keep_outlines", request.actor, partnership)
    form = OutlinesForm(request.POST or None, request.FILES or None)
    if form.is_bound and not may_keep:
        raise NotAllowed
    if request.method == "POST" and form.is_valid():
        given, file = form.cleaned_data, form.cleaned_data["file"]
        terms = Terms(given["source"], given["licence"], given["is_open"])
        try:
            read = services.read_outlines(
                partnership,
                file.read(),
                name=file.name,
                terms=terms,
                owner=request.actor.own_party,
                by=request.actor,
            )
            if isinstance(read, WaitingOutlines):
                return redirect("evidence:outline_layers", partnership.slug, read.file)
            return _keep(request, read, terms)
        except Invalid as error:
            point_out(form, error)
    content = _content(request) | {"form": form, "may_keep": may_keep}
    return render(request, "evidence/outlines.html", content, status=422 if form.errors else 200)


def _keep(request: ActorRequest, read: OutlinesRead, terms: Terms) -> HttpResponse:
    services.keep_outlines(request.partnership, read=read, terms=terms, by=request.actor)
    said = ngettext(
        "The outlines of %(areas)d area are kept. New figures that compare these areas get a map.",
        "The outlines of %(areas)d areas are kept. New figures that compare these areas get a map.",
        read.areas,
    )
    messages.success(request, said % {"areas": read.areas})
    return redirect("evidence:outlines", request.partnership.slug)


def _content(request: ActorRequest) -> dict[str, Any]:
    actor, partnership = request.actor, request.partnership
    kept = queries.outlines_of(actor, partnership)
    drawn = queries.outlined(kept) if kept else ()
    own = queries.areas_of(actor, partnership)
    known = {one.code for one in drawn}
    happened = queries.happened_to_outlines(actor, partnership)
    return {
        "kept": kept,
        "drawn": drawn,
        "figures": queries.drawn_on(actor, kept) if kept else 0,
        # The municipality is the whole that they are compared with.
        "lacking": [
            name for code, name in own.items() if code not in {*known, partnership.municipality_code}
        ],
        "own": own.items(),
        "happened": [(one, _said(one)) for one in happened if kept and one.outlines == kept.pk],
        "earlier": [
            (row, [(one, _said(one)) for one in happened if one.outlines == row.pk])
            for row in queries.earlier_outlines(actor, partnership)[:20]
        ],
    }


def _said(happened: queries.Happened) -> str:
    if happened.command == "evidence.open_outlines":
        return _("Opened for everybody") if happened.is_open else _("Closed for others")
    return str(SAID[happened.command])


@limited(limits.COMPUTE)
@needs("evidence.keep_outlines")
def layers(request: ActorRequest, partnership: Partnership, file: UUID) -> HttpResponse:
    """What a waiting file holds, and which of its layers are meant."""
    waiting = services.waiting_outlines(file, owner=request.actor.own_party)
    if waiting is None:
        messages.info(request, _("The file waited for more than an hour and is gone. Upload it again."))
        return redirect("evidence:outlines", partnership.slug)
    form = LayersForm(request.POST if request.method == "POST" else None, layers=waiting.layers)
    if request.method == "POST" and form.is_valid():
        try:
            read = services.read_layers(
                partnership, waiting, layers=form.chosen, owner=request.actor.own_party, by=request.actor
            )
            answer = _keep(request, read, waiting.terms)
        except (Invalid, Refused) as error:
            point_out(form, error)
        else:
            services.forget_outlines(waiting)
            return answer
    content = {"waiting": waiting, "form": form, "names_layers": "layers" in form.fields}
    return render(request, "evidence/outline_layers.html", content, status=422 if form.errors else 200)


@require_POST
@needs("evidence.drop_outlines", Outlines)
def drop(request: ActorRequest, outlines: Outlines) -> HttpResponse:
    services.drop_outlines(outlines, by=request.actor)
    messages.success(request, _("The outlines are out of use: new figures come without a map."))
    return redirect("evidence:outlines", request.partnership.slug)


@require_POST
@needs("evidence.use_outlines", Outlines)
def use(request: ActorRequest, outlines: Outlines) -> HttpResponse:
    services.use_outlines(outlines, by=request.actor)
    messages.success(request, _("The outlines are in use again. New figures get their map from them."))
    return redirect("evidence:outlines", request.partnership.slug)


@require_POST
@needs("evidence.open_outlines", Outlines)
def let_fetch(request: ActorRequest, outlines: Outlines) -> HttpResponse:
    """Open the outlines for everybody, or close them."""
    is_open = request.POST.get("is_open") == "yes"
    services.open_outlines(outlines, is_open=is_open, by=request.actor)
    said = _("Everybody may fetch the areas in the maps of your published picture now.")
    messages.success(request, said if is_open else _("Nobody else can fetch the areas any more."))
    return redirect("evidence:outlines", request.partnership.slug)
