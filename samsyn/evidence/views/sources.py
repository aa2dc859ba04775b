"""Open services: what is fetched by itself, how it went, and what changed since the last time."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from samsyn.core import clock, limits, permissions
from samsyn.core.errors import Invalid, NotAllowed, Refused, Sentence
from samsyn.core.forms import point_out
from samsyn.core.limits import limited
from samsyn.core.web import ActorRequest, needs
from samsyn.evidence import queries, sentences, services, tasks
from samsyn.evidence.connectors.catalogue import CATALOGUE
from samsyn.evidence.connectors.session import Fault
from samsyn.evidence.forms import SourceForm
from samsyn.evidence.models import OpenSource
from samsyn.evidence.services.sources import EARLIER
from samsyn.evidence.views.files import own_party
from samsyn.parties.models import Partnership

KEPT: Sentence = gettext_lazy("What was fetched before is kept and can be used.")
FAULTS: dict[str, Sentence] = {
    Fault.OFFLINE: gettext_lazy("The service cannot be reached from here. The network may be closed."),
    Fault.TOO_SLOW: gettext_lazy("The service did not answer in time."),
    Fault.BUSY: gettext_lazy("The service asks for fewer questions and a longer wait."),
    Fault.REFUSED: gettext_lazy("The service does not know what was asked for. Check the ids."),
    Fault.FAILING: gettext_lazy("The service has a fault of its own."),
    Fault.HALF: gettext_lazy("Only a part of the answer came, so nothing of it was kept."),
    Fault.CHANGED: gettext_lazy("The service answers in a new way. Samsyn must be brought up to date."),
    Fault.TOO_LARGE: gettext_lazy("The answer is larger than the service or Samsyn allows."),
    EARLIER: gettext_lazy("The service gave numbers of an earlier version again."),
}
KINDS: dict[str, Sentence] = {
    "added": gettext_lazy("new"),
    "changed": gettext_lazy("changed"),
    "removed": gettext_lazy("removed"),
}


@limited(limits.COMPUTE)
@needs("evidence.see_evidence")
def index(request: ActorRequest, partnership: Partnership) -> HttpResponse:
    """The services, the twelve first indicators with their traps, and a form to have one fetched."""
    may_edit = permissions.allowed("evidence.follow_source", request.actor, None)
    form = SourceForm(request.POST or None)
    if form.is_bound and not may_edit:
        raise NotAllowed
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            source = services.follow_source(
                own_party(request),
                partnership=partnership,
                service=given["service"],
                every=given["every"],
                kpis=form.all_kpis(),
                by=request.actor,
            )
        except (Invalid, Refused) as error:
            point_out(form, error)
        else:
            tasks.fetch_source.enqueue(str(source.pk))
            messages.success(request, _("It is being fetched. Look again in a minute."))
            return redirect("evidence:sources", partnership.slug)
    content = {
        "form": form,
        "sources": [_shown(source) for source in queries.open_sources_of(request.actor)],
        "catalogue": CATALOGUE,
        "may_edit": may_edit,
    }
    return render(request, "evidence/sources.html", content, status=422 if form.errors else 200)


def _shown(source: OpenSource) -> dict[str, Any]:
    changes = source.unpacked("changes")
    rows = [
        {
            "kind": KINDS[kind],
            "area": name or code,
            "measure": measure,
            "start": start[:10],
            "end": end[:10],
            "before": sentences.STATUSES.get(before, before),
            "after": sentences.STATUSES.get(after, after),
        }
        for kind, _level, code, name, measure, start, end, _unit, before, after in changes.get("rows", [])
    ]
    return {
        "row": source,
        "fault": FAULTS.get(source.fault, ""),
        "is_overdue": bool(source.next_on and source.next_on < clock.today()),
        "kept": KEPT if source.fault and source.dataset_id else "",
        "wanted": ", ".join(source.unpacked("wanted") or []),
        "left_out": queries.left_out(source) if source.service == OpenSource.Service.KOLADA else [],
        "changes": changes,
        "rows": rows,
    }


@limited(limits.COMPUTE)
@require_POST
@needs("evidence.follow_source", OpenSource)
def fetch_now(request: ActorRequest, source: OpenSource) -> HttpResponse:
    """Fetch now, for the person who asks: also when the one who began it has left."""
    services.follow_source(
        own_party(request),
        partnership=request.partnership,
        service=source.service,
        every=source.every,
        kpis=source.unpacked("wanted") or [],
        by=request.actor,
    )
    tasks.fetch_source.enqueue(str(source.pk))
    messages.success(request, _("It is being fetched. Look again in a minute."))
    return redirect("evidence:sources", request.partnership.slug)


@require_POST
@needs("evidence.unfollow_source", OpenSource)
def stop(request: ActorRequest, source: OpenSource) -> HttpResponse:
    services.unfollow_source(source, by=request.actor)
    messages.success(request, _("It is no longer fetched. What was fetched stays."))
    return redirect("evidence:sources", request.partnership.slug)
