from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samsyn.core import limits, permissions
from samsyn.core.errors import Invalid, NotAllowed
from samsyn.core.forms import point_out
from samsyn.core.limits import limited
from samsyn.core.web import ActorRequest, needs
from samsyn.evidence import queries, services
from samsyn.evidence.forms import OutlinesForm
from samsyn.parties.models import Partnership


@limited(limits.UPLOAD)
@needs("evidence.see_evidence")
def outlines(request: ActorRequest, partnership: Partnership) -> HttpResponse:
    """Which areas maps are drawn of, which lack an outline, and for editors a form to bring others."""
    may_keep = permissions.allowed("evidence.keep_outlines", request.actor, partnership)
    form = OutlinesForm(request.POST or None, request.FILES or None)
    if form.is_bound and not may_keep:
        raise NotAllowed
    if request.method == "POST" and form.is_valid():
        file, source, licence = (form.cleaned_data[name] for name in ("file", "source", "licence"))
        try:
            read = services.read_outlines(
                partnership, file.read(), name=file.name, owner=request.actor.own_party, by=request.actor
            )
            services.keep_outlines(partnership, read=read, source=source, licence=licence, by=request.actor)
        except Invalid as error:
            point_out(form, error)
        else:
            messages.success(
                request, _("The outlines are kept. New figures that compare these areas get a map.")
            )
            return redirect("evidence:outlines", partnership.slug)
    kept = queries.outlines_of(request.actor, partnership)
    drawn = queries.outlined(kept) if kept else ()
    own = queries.areas_of(request.actor, partnership)
    known = {one.code for one in drawn}
    content = {
        "form": form,
        "kept": kept,
        "drawn": drawn,
        # The municipality is the whole that they are compared with.
        "lacking": [
            name for code, name in own.items() if code not in {*known, partnership.municipality_code}
        ],
        "own": own.items(),
        "may_keep": may_keep,
    }
    return render(request, "evidence/outlines.html", content, status=422 if form.errors else 200)
