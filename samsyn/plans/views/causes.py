"""Which causes a measure is to change."""

from collections.abc import Collection
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samsyn.core.errors import Invalid, Outdated, Refused
from samsyn.core.forms import point_out
from samsyn.core.web import ActorRequest, needs
from samsyn.pictures.models import Cause, Point
from samsyn.plans import aims, services
from samsyn.plans.forms.causes import CausesForm
from samsyn.plans.models import Measure


def _chosen(measure: Measure) -> str:
    return " ".join(sorted(str(key) for key in measure.causes.values_list("cause", flat=True)))


def _points(request: ActorRequest, findings: Collection[UUID]) -> QuerySet[Point]:
    return Point.objects.visible_to(request.actor).filter(pk__in=findings).order_by("title")


@needs("plans.choose_causes", Measure)
def choose(request: ActorRequest, measure: Measure) -> HttpResponse:
    findings = aims.findings_of(measure)
    aim = aims.aim_of(measure, request.actor, findings)
    offered = Cause.objects.visible_to(request.actor).filter(pk__in=[one.pk for one in aim.offered])
    chosen = _chosen(measure)
    form = CausesForm(
        request.POST if request.method == "POST" else None,
        initial={"causes": [one.pk for one in aim.chosen], "seen": chosen},
        offered=offered.select_related("point").order_by("point__id", "id"),
    )
    status, stored = 200, ""
    if request.method == "POST":
        status = Invalid.status
        if form.is_valid():
            given = {"causes": list(form.cleaned_data["causes"]), "seen": form.cleaned_data["seen"].split()}
            try:
                services.choose_causes(measure, by=request.actor, **given)
            except (Invalid, Refused, Outdated) as error:
                status = point_out(form, error)
                if isinstance(error, Outdated):
                    stored = error.stored
                    form.data = form.data.copy()  # type: ignore[attr-defined]
                    form.data["seen"] = _chosen(measure)  # type: ignore[index]
            else:
                messages.success(request, _("The causes are chosen."))
                return redirect("plans:measure", request.partnership.slug, measure.pk)
    content = {"form": form, "measure": measure, "stored": stored, "points": _points(request, findings)}
    return render(request, "plans/choose_causes.html", content, status=status)
