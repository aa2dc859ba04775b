"""Follow-up reports: over a period, from the first draft to what the body dealt with."""

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samsyn.core import clock, permissions
from samsyn.core.errors import Invalid, Refused
from samsyn.core.forms import Attempt, Form, attempt, point_out
from samsyn.core.web import ActorRequest, needs
from samsyn.council.models import Decision
from samsyn.council.queries import decisions_of
from samsyn.parties.models import Partnership
from samsyn.parties.queries import parties_of
from samsyn.plans import looking_back, report, services
from samsyn.plans.forms.follow_up import DecidedForm, LearnedForm, PeriodForm
from samsyn.plans.models import FollowUp


@needs("plans.see_follow_ups")
def index(request: ActorRequest, partnership: Partnership) -> HttpResponse:
    found = list(looking_back.follow_ups_of(request.actor, partnership))
    content = {
        "follow_ups": found,
        "may_begin": all(one.is_decided for one in found)
        and permissions.allowed("plans.begin_follow_up", request.actor, partnership),
    }
    return render(request, "plans/follow_ups.html", content)


@needs("plans.begin_follow_up")
def begin(request: ActorRequest, partnership: Partnership) -> HttpResponse:
    form = PeriodForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            made = services.begin_follow_up(partnership, by=request.actor, **form.cleaned_data)
        except (Invalid, Refused) as error:
            point_out(form, error)
        else:
            return redirect("plans:follow_up", partnership.slug, made.pk)
    return render(request, "plans/begin_follow_up.html", {"form": form}, status=422 if form.errors else 200)


@needs("plans.see_follow_ups", FollowUp)
def follow_up(request: ActorRequest, follow_up: FollowUp) -> HttpResponse:
    return _page(request, follow_up)


def _page(
    request: ActorRequest, follow_up: FollowUp, *, status: int = 200, decided: Form | None = None
) -> HttpResponse:
    """What is frozen as it was frozen; what is written as it stands today."""
    if follow_up.release:
        said = follow_up.release.payload["content"]
    else:
        names = [party.name for party in parties_of(request.partnership)]
        measures = looking_back.measures_in(request.actor, follow_up)
        said = report.content_of(follow_up, measures, parties=names, today=clock.today())
    content = {
        "follow_up": follow_up,
        "said": said,
        "decided_form": decided or _decided_form(request),
        "may_decide": permissions.allowed("plans.decide_follow_up", request.actor, follow_up),
        "may_rewrite": permissions.allowed("plans.rewrite_follow_up", request.actor, follow_up),
    }
    return render(request, "plans/follow_up.html", content, status=status)


def _decided_form(request: ActorRequest, given: QueryDict | None = None) -> DecidedForm:
    decisions = decisions_of(request.actor, request.partnership).exclude(kind=Decision.Kind.ENDORSE)
    return DecidedForm(given, decisions=decisions)


@needs("plans.rewrite_follow_up", FollowUp)
def rewrite(request: ActorRequest, follow_up: FollowUp) -> HttpResponse:
    initial = {"learned": follow_up.learned, "seen": follow_up.version}
    form = LearnedForm(request.POST if request.method == "POST" else None, initial=initial)
    tried = Attempt()
    if request.method == "POST":
        tried = attempt(
            form,
            follow_up,
            request.actor,
            lambda: services.rewrite_follow_up(follow_up, by=request.actor, **form.cleaned_data),
        )
        if tried.is_done:
            messages.success(request, _("Saved."))
            return redirect("plans:follow_up", request.partnership.slug, follow_up.pk)
    content = {"form": form, "follow_up": follow_up, "stored": tried.stored}
    return render(request, "plans/rewrite_follow_up.html", content, status=tried.status)


@require_POST
@needs("plans.decide_follow_up", FollowUp)
def decide(request: ActorRequest, follow_up: FollowUp) -> HttpResponse:
    form = _decided_form(request, request.POST)
    if form.is_valid():
        try:
            services.decide_follow_up(follow_up, by=request.actor, **form.cleaned_data)
        except (Invalid, Refused) as error:
            point_out(form, error)
        else:
            messages.success(request, _("The follow-up is frozen and public."))
            return redirect("plans:follow_up", request.partnership.slug, follow_up.pk)
    return _page(request, follow_up, status=422, decided=form)


@require_POST
@needs("plans.retract_follow_up", FollowUp)
def retract(request: ActorRequest, follow_up: FollowUp) -> HttpResponse:
    services.retract_follow_up(follow_up, by=request.actor)
    messages.success(request, _("The decision is taken back, and the report is public no more."))
    return redirect("plans:follow_up", request.partnership.slug, follow_up.pk)
