"""Bringing measures back from a file: upload, look at what would change, then one confirmation."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from samsyn.core import limits, submissions
from samsyn.core.errors import Invalid, Refused
from samsyn.core.forms import point_out
from samsyn.core.limits import limited
from samsyn.core.web import ActorRequest, needs
from samsyn.evidence import services as evidence
from samsyn.evidence.queries import is_under_way
from samsyn.parties.models import Organisation, Partnership
from samsyn.plans import services, tasks
from samsyn.plans.bringing import read_back
from samsyn.plans.forms.bringing import MeasureFileForm, TakeInForm
from samsyn.plans.models import Measure, MeasureFile


@limited(limits.UPLOAD)
@needs("plans.take_in_file")
def new(request: ActorRequest, partnership: Partnership) -> HttpResponse:
    form = MeasureFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        party = Organisation.objects.visible_to(request.actor).get(pk=request.actor.own_party)
        try:
            made = services.receive_measure_file(party, name=file.name, content=file.read(), by=request.actor)
        except (Invalid, Refused) as error:
            point_out(form, error)
        else:
            if not submissions.is_repeated():
                tasks.read_measure_file.enqueue(str(made.pk), *tasks.ids_of(request.actor, partnership))
            return redirect("plans:brought", partnership.slug, made.pk)
    return render(request, "plans/bring.html", {"form": form}, status=422 if form.errors else 200)


@needs("plans.see_measure_file", MeasureFile)
def brought(request: ActorRequest, file: MeasureFile) -> HttpResponse:
    """What the file would change. Nothing is changed before it is confirmed."""
    content: dict[str, Any] = {"file": file}
    status = 200
    if file.state == MeasureFile.State.WAITING:
        content["is_under_way"] = is_under_way(file.pk)
    elif file.state == MeasureFile.State.REFUSED:
        content["refusal"] = evidence.refusal_said(file.content["refusal"])
    else:
        here = Measure.objects.visible_to(request.actor).filter(partnership=request.partnership)
        preview = read_back(file.content, here)
        form = TakeInForm(
            request.POST if request.method == "POST" else None,
            initial={"seen": preview.seen},
            conflicts=preview.conflicts,
        )
        if form.is_valid():
            try:
                changed = services.take_in_file(
                    request.partnership,
                    file=file,
                    taken=form.chosen,
                    seen=form.cleaned_data["seen"],
                    by=request.actor,
                )
            except (Invalid, Refused) as error:
                form.data = form.data.copy()  # type: ignore[attr-defined]
                form.data["seen"] = preview.seen  # type: ignore[index]  # what this page shows
                point_out(form, error)
            else:
                said = ngettext("%(n)d measure is changed.", "%(n)d measures are changed.", changed)
                messages.success(request, said % {"n": changed})
                return redirect("plans:index", request.partnership.slug)
        status = 422 if form.errors else 200
        content |= {"preview": preview, "form": form}
    return render(request, "plans/brought.html", content, status=status)


@require_POST
@needs("plans.discard_measure_file", MeasureFile)
def discard(request: ActorRequest, file: MeasureFile) -> HttpResponse:
    services.discard_measure_file(file, by=request.actor)
    return redirect("plans:index", request.partnership.slug)
