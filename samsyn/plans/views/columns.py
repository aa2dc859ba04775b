"""The further columns of a measure, and its activities."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samsyn.core.errors import Invalid, Outdated, Refused
from samsyn.core.web import ActorRequest, needs
from samsyn.parties.models import Organisation
from samsyn.plans import queries, services
from samsyn.plans.forms.columns import ActivityForm, ColumnsForm, CountForm
from samsyn.plans.models import Measure, MeasureActivity


@needs("plans.describe_measure", Measure)
def describe(request: ActorRequest, measure: Measure) -> HttpResponse:
    initial: dict[str, Any] = {name: getattr(measure, name) for name in (*queries.COLUMNS, "cost_sek")}
    initial |= {
        "partners": [one.organisation_id for one in measure.partners.all()],
        "blocked_by": [one.waits_for_id for one in measure.blocks.all()],
        "seen": measure.version,
    }
    here = {"partnership": measure.partnership_id}
    organisations = Organisation.objects.visible_to(request.actor)
    form = ColumnsForm(
        request.POST or None,
        initial=initial,
        partners=organisations.filter(memberships__partnership=measure.partnership_id)
        .exclude(pk=measure.owner_id)
        .order_by("name"),
        measures=Measure.objects.visible_to(request.actor)
        .filter(**here)
        .exclude(pk=measure.pk)
        .order_by("title"),
    )
    status, stored = 200, ""
    if request.method == "POST":
        status = 422
        if form.is_valid():
            given = form.cleaned_data
            given |= {name: list(given[name]) for name in ("partners", "blocked_by")}
            try:
                services.describe_measure(measure, by=request.actor, **given)
            except Outdated as error:
                form.add_error(None, str(error))
                form.data = form.data.copy()  # type: ignore[attr-defined]
                form.data["seen"] = str(Measure.objects.visible_to(request.actor).get(pk=measure.pk).version)  # type: ignore[index]
                status, stored = 409, error.stored
            except (Invalid, Refused) as error:
                form.add_error(getattr(error, "field", "") or None, str(error))
            else:
                messages.success(request, _("The measure is saved."))
                return redirect("plans:measure", request.partnership.slug, measure.pk)
    content = {"form": form, "measure": measure, "stored": stored}
    return render(request, "plans/describe.html", content, status=status)


@needs("plans.add_activity", Measure)
def add_activity(request: ActorRequest, measure: Measure) -> HttpResponse:
    form = ActivityForm(
        request.POST if request.method == "POST" else None,
        initial={"starts": measure.starts, "ends": measure.ends},
    )
    if form.is_valid():
        try:
            services.add_activity(measure, by=request.actor, **form.cleaned_data)
        except (Invalid, Refused) as error:
            form.add_error(getattr(error, "field", "") or None, str(error))
        else:
            messages.success(request, _("The activity is in the plan."))
            return redirect("plans:measure", request.partnership.slug, measure.pk)
    content = {"form": form, "measure": measure}
    return render(request, "plans/activity.html", content, status=422 if form.errors else 200)


@needs("plans.count_activity", MeasureActivity)
def count(request: ActorRequest, activity: MeasureActivity) -> HttpResponse:
    form = CountForm(
        request.POST if request.method == "POST" else None,
        initial={"done": activity.done, "seen": activity.version},
    )
    status, stored = 200, ""
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                services.count_activity(activity, by=request.actor, **form.cleaned_data)
            except Outdated as error:
                form.add_error(None, str(error))
                fresh = MeasureActivity.objects.visible_to(request.actor).get(pk=activity.pk)
                form.data = form.data.copy()  # type: ignore[attr-defined]
                form.data["seen"] = str(fresh.version)  # type: ignore[index]
                status, stored = 409, error.stored
            except (Invalid, Refused) as error:
                form.add_error(getattr(error, "field", "") or None, str(error))
            else:
                messages.success(request, _("The count is saved."))
                return redirect("plans:measure", request.partnership.slug, activity.measure_id)
    content = {"form": form, "activity": activity, "measure": activity.measure, "stored": stored}
    return render(request, "plans/count.html", content, status=status)


@require_POST
@needs("plans.drop_activity", MeasureActivity)
def drop_activity(request: ActorRequest, activity: MeasureActivity) -> HttpResponse:
    measure_id = activity.measure_id
    services.drop_activity(activity, by=request.actor)
    messages.success(request, _("The activity is taken out of the plan."))
    return redirect("plans:measure", request.partnership.slug, measure_id)
