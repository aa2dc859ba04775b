"""The indicators of a measure, and the values that are reported of them."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samsyn.core import clock
from samsyn.core.errors import Invalid, Refused
from samsyn.core.forms import Attempt, attempt, point_out
from samsyn.core.web import ActorRequest, needs
from samsyn.evidence.queries import figures_of
from samsyn.plans import queries, services, verdicts
from samsyn.plans.forms.indicators import (
    EndForm,
    FigureValueForm,
    IndicatorForm,
    IndicatorTextForm,
    ValueForm,
)
from samsyn.plans.models import Indicator, IndicatorValue, Measure

FIELDS = (
    *("kind", "definition", "unit", "denominator", "direction", "source"),
    *("baseline", "baseline_day", "target", "target_day"),
)


@needs("plans.see_indicator", Indicator)
def indicator(request: ActorRequest, indicator: Indicator) -> HttpResponse:
    found = queries.with_values(indicator)
    content = {
        "measure": indicator.measure,
        "indicator": found,
        "followed": verdicts.follow(found, clock.today()),
        "values": sorted(found.values.all(), key=lambda one: (one.day, one.pk), reverse=True),
    }
    return render(request, "plans/indicator.html", content)


@needs("plans.add_indicator", Measure)
def add(request: ActorRequest, measure: Measure) -> HttpResponse:
    form = IndicatorForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            services.add_indicator(measure, terms=form.terms, by=request.actor)
        except (Invalid, Refused) as error:
            point_out(form, error)
        else:
            messages.success(request, _("The indicator is in the plan."))
            return redirect("plans:measure", request.partnership.slug, measure.pk)
    content = {"form": form, "measure": measure}
    return render(request, "plans/add_indicator.html", content, status=422 if form.errors else 200)


@needs("plans.rewrite_indicator", Indicator)
def rewrite(request: ActorRequest, indicator: Indicator) -> HttpResponse:
    initial = {name: getattr(indicator, name) for name in FIELDS} | {"seen": indicator.version}
    for name in ("baseline", "target"):
        initial[name] = None if initial[name] is None else f"{initial[name]:f}"
    form = IndicatorTextForm(request.POST or None, initial=initial)
    tried = Attempt()
    if request.method == "POST":
        tried = attempt(
            form,
            indicator,
            request.actor,
            lambda: services.rewrite_indicator(
                indicator, terms=form.terms, seen=form.cleaned_data["seen"], by=request.actor
            ),
        )
        if tried.is_done:
            messages.success(request, _("The indicator is saved."))
            return _to(request, indicator)
    content: dict[str, Any] = {"form": form, "indicator": indicator, "measure": indicator.measure}
    content |= {"stored": tried.stored, "has_values": indicator.values.exists()}
    return render(request, "plans/rewrite_indicator.html", content, status=tried.status)


@require_POST
@needs("plans.drop_indicator", Indicator)
def drop(request: ActorRequest, indicator: Indicator) -> HttpResponse:
    measure_id = indicator.measure_id
    services.drop_indicator(indicator, by=request.actor)
    messages.success(request, _("The indicator is taken out of the plan."))
    return redirect("plans:measure", request.partnership.slug, measure_id)


@needs("plans.end_indicator", Indicator)
def end(request: ActorRequest, indicator: Indicator) -> HttpResponse:
    form = EndForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            services.end_indicator(indicator, by=request.actor, **form.cleaned_data)
        except (Invalid, Refused) as error:
            point_out(form, error)
        else:
            messages.success(request, _("The indicator has ended. What was reported stays."))
            return _to(request, indicator)
    content = {"form": form, "indicator": indicator, "measure": indicator.measure}
    return render(request, "plans/end_indicator.html", content, status=422 if form.errors else 200)


@needs("plans.report_value", Indicator)
def report(request: ActorRequest, indicator: Indicator) -> HttpResponse:
    form = ValueForm(request.POST if request.method == "POST" else None, earlier=_earlier(request, indicator))
    if form.is_valid():
        try:
            services.report_value(indicator, by=request.actor, **form.cleaned_data)
        except (Invalid, Refused) as error:
            point_out(form, error)
        else:
            messages.success(request, _("The value is saved."))
            return _to(request, indicator)
    content = {"form": form, "indicator": indicator, "measure": indicator.measure}
    return render(request, "plans/report_value.html", content, status=422 if form.errors else 200)


@needs("plans.value_from_figure", Indicator)
def from_figure(request: ActorRequest, indicator: Indicator) -> HttpResponse:
    """One of one's own party's figures: the other party's are not known here."""
    mine = figures_of(request.actor)
    form = FigureValueForm(
        request.POST if request.method == "POST" else None,
        figures=mine,
        earlier=_earlier(request, indicator),
    )
    if form.is_valid():
        try:
            services.value_from_figure(indicator, by=request.actor, **form.cleaned_data)
        except (Invalid, Refused) as error:
            point_out(form, error)
        else:
            messages.success(request, _("The number is copied to the measure."))
            return _to(request, indicator)
    content = {
        "form": form,
        "indicator": indicator,
        "measure": indicator.measure,
        "has_figures": mine.exists(),
    }
    return render(request, "plans/value_from_figure.html", content, status=422 if form.errors else 200)


def _earlier(request: ActorRequest, indicator: Indicator) -> QuerySet[IndicatorValue]:
    mine = IndicatorValue.objects.visible_to(request.actor).filter(indicator=indicator, corrected_by=None)
    return mine.order_by("-day", "-id")


def _to(request: ActorRequest, indicator: Indicator) -> HttpResponse:
    return redirect("plans:indicator", request.partnership.slug, indicator.pk)
