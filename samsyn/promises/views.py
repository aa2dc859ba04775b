from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samsyn.core import clock, permissions
from samsyn.core.errors import Invalid, Refused
from samsyn.core.forms import Attempt, attempt, point_out
from samsyn.core.web import ActorRequest, needs
from samsyn.council.models import Decision
from samsyn.dialogue.models import Theme
from samsyn.parties.models import Area, Partnership
from samsyn.plans.models import Measure
from samsyn.promises import queries, services
from samsyn.promises.forms import NoPromiseForm, PromiseForm, ReportForm, RewriteForm, WithdrawForm
from samsyn.promises.models import Outcome, Promise
from samsyn.promises.vagueness import has_count, vague_words


@needs("promises.see_promises")
def index(request: ActorRequest, partnership: Partnership) -> HttpResponse:
    promises = queries.promises_of(request.actor, partnership)
    return render(request, "promises/index.html", {"promises": promises})


@needs("promises.write_promise")
def write(request: ActorRequest, partnership: Partnership) -> HttpResponse:
    here = {"partnership": partnership}
    form = PromiseForm(
        request.POST or None,
        initial={"measures": request.GET.getlist("atgard")},
        areas=Area.objects.visible_to(request.actor).filter(**here).order_by("name"),
        measures=Measure.objects.visible_to(request.actor).filter(**here).order_by("title"),
        themes=Theme.objects.visible_to(request.actor).filter(**here).order_by("title"),
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data | {name: list(form.cleaned_data[name]) for name in ("measures", "themes")}
        try:
            promise = services.write_promise(partnership, by=request.actor, **given)
        except (Invalid, Refused) as error:
            point_out(form, error)
        else:
            return redirect("promises:promise", partnership.slug, promise.pk)
    return render(request, "promises/write.html", {"form": form}, status=422 if form.errors else 200)


@needs("promises.see_promises", Promise)
def promise(request: ActorRequest, promise: Promise) -> HttpResponse:
    return _page(request, promise)


def _page(request: ActorRequest, promise: Promise, status: int = 200, **forms: Any) -> HttpResponse:
    may = {
        name: permissions.allowed(f"promises.{name}_promise", request.actor, promise)
        for name in ("rewrite", "approve", "publish", "report", "withdraw")
    }
    content = {
        "promise": promise,
        "may": may,
        "missing": queries.not_approved_by(promise),
        "approvals": promise.approvals.select_related("party"),
        "measures": promise.measures.select_related("measure"),
        "themes": promise.themes.select_related("theme"),
        "reports": promise.reports.order_by("-reported_on", "-id"),
        "vague": vague_words(f"{promise.text} {promise.how_often}"),
        "uncounted": not has_count(promise.how_often),
        "is_due": queries.is_due(promise, clock.today()),
        "report_form": ReportForm(),
        "withdraw_form": WithdrawForm(auto_id="withdraw_%s"),
    }
    return render(request, "promises/promise.html", content | forms, status=status)


@needs("promises.rewrite_promise", Promise)
def rewrite(request: ActorRequest, promise: Promise) -> HttpResponse:
    fields = ("text", "how_often", "how_seen", "starts", "ends", "contact")
    initial = {name: getattr(promise, name) for name in fields} | {"seen": promise.version}
    form = RewriteForm(request.POST or None, initial=initial)
    tried = Attempt()
    if request.method == "POST":
        tried = attempt(
            form,
            promise,
            request.actor,
            lambda: services.rewrite_promise(promise, by=request.actor, **form.cleaned_data),
        )
        if tried.is_done:
            return redirect("promises:promise", request.partnership.slug, promise.pk)
    content = {"form": form, "promise": promise, "stored": tried.stored}
    return render(request, "promises/rewrite.html", content, status=tried.status)


@require_POST
@needs("promises.approve_promise", Promise)
def approve(request: ActorRequest, promise: Promise) -> HttpResponse:
    services.approve_promise(promise, by=request.actor)
    messages.success(request, _("Your party has approved the words."))
    return redirect("promises:promise", request.partnership.slug, promise.pk)


@require_POST
@needs("promises.publish_promise", Promise)
def publish(request: ActorRequest, promise: Promise) -> HttpResponse:
    services.publish_promise(promise, by=request.actor)
    messages.success(request, _("The promise is on the public site. Its words are frozen."))
    return redirect("promises:promise", request.partnership.slug, promise.pk)


@require_POST
@needs("promises.report_promise", Promise)
def report(request: ActorRequest, promise: Promise) -> HttpResponse:
    form = ReportForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data | {"outcome": Outcome(form.cleaned_data["outcome"])}
        try:
            services.report_promise(promise, by=request.actor, **given)
        except (Invalid, Refused) as error:
            point_out(form, error)
        else:
            messages.success(request, _("The report is on the public site."))
            return redirect("promises:promise", request.partnership.slug, promise.pk)
    return _page(request, promise, status=422, report_form=form)


@require_POST
@needs("promises.withdraw_promise", Promise)
def withdraw(request: ActorRequest, promise: Promise) -> HttpResponse:
    form = WithdrawForm(request.POST, auto_id="withdraw_%s")
    if form.is_valid():
        try:
            services.withdraw_promise(promise, by=request.actor, **form.cleaned_data)
        except (Invalid, Refused) as error:
            point_out(form, error)
        else:
            return redirect("promises:promise", request.partnership.slug, promise.pk)
    return _page(request, promise, status=422, withdraw_form=form)


@needs("promises.decide_no_promise", Measure)
def no_promise(request: ActorRequest, measure: Measure) -> HttpResponse:
    decisions = Decision.objects.visible_to(request.actor).filter(partnership=request.partnership)
    form = NoPromiseForm(request.POST or None, decisions=decisions.order_by("-day"))
    if request.method == "POST" and form.is_valid():
        try:
            services.decide_no_promise(measure, by=request.actor, **form.cleaned_data)
        except (Invalid, Refused) as error:
            point_out(form, error)
        else:
            return redirect("plans:measure", request.partnership.slug, measure.pk)
    content = {"form": form, "measure": measure}
    return render(request, "promises/no_promise.html", content, status=422 if form.errors else 200)
