"""The plan: written, referred, endorsed, decided."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samsyn.core import clock, permissions
from samsyn.core.errors import Invalid, Refused
from samsyn.core.forms import Attempt, Form, attempt, point_out
from samsyn.core.web import ActorRequest, needs
from samsyn.council.models import Body, Decision
from samsyn.council.queries import decisions_of
from samsyn.parties.models import Partnership
from samsyn.pictures.models import Picture
from samsyn.pictures.queries import pictures_of
from samsyn.plans import planning, services
from samsyn.plans.forms.plan import (
    AnswerForm,
    ChooseMeasuresForm,
    DecideForm,
    DecisionForm,
    OpenPlanForm,
    PlanTextForm,
    ReferralForm,
)
from samsyn.plans.models import Plan, PlanMeasure, Referral


@needs("plans.see_plans")
def index(request: ActorRequest, partnership: Partnership) -> HttpResponse:
    plans = list(planning.plans_of(request.actor, partnership))
    content = {
        "plans": plans,
        "may_open": all(one.is_decided for one in plans)
        and permissions.allowed("plans.open_plan", request.actor, partnership),
    }
    return render(request, "plans/plans.html", content)


@needs("plans.open_plan")
def begin(request: ActorRequest, partnership: Partnership) -> HttpResponse:
    plans = planning.plans_of(request.actor, partnership)
    form = OpenPlanForm(
        request.POST if request.method == "POST" else None,
        pictures=_pictures(request),
        decided=next((one for one in plans if one.is_decided), None),
    )
    if form.is_valid():
        try:
            plan = services.open_plan(
                partnership,
                frame=form.frame,
                picture=form.cleaned_data["picture"],
                carry_over=form.carried_over,
                by=request.actor,
            )
        except (Invalid, Refused) as error:
            point_out(form, error)
        else:
            return _to(request, plan)
    return render(request, "plans/open_plan.html", {"form": form}, status=422 if form.errors else 200)


def _pictures(request: ActorRequest) -> QuerySet[Picture]:
    return pictures_of(request.actor, request.partnership)


@needs("plans.see_plans", Plan)
def plan(request: ActorRequest, plan: Plan) -> HttpResponse:
    return _page(request, plan)


def _page(request: ActorRequest, plan: Plan, *, status: int = 200, **forms: Form) -> HttpResponse:
    shown = planning.plans_of(request.actor, request.partnership).get(pk=plan.pk)
    links = planning.links_of(shown)
    content: dict[str, Any] = {
        "plan": shown,
        "steps": planning.steps(shown, links),
        "own": [link for link in links if link.measure.is_the_municipalitys],
        "others": [link for link in links if not link.measure.is_the_municipalitys],
        "has_police": any(planning.is_the_polices(link.measure) for link in links),
        "referrals": [(one, one.is_open()) for one in shown.referrals.order_by("sent_on", "id")],
        "endorse_form": _decision_form(request, kind=Decision.Kind.ENDORSE),
        "decide_form": _decide_form(request, shown),
        "police_form": _police_form(request),
        "choose_form": ChooseMeasuresForm(measures=planning.not_yet_in(plan, request.actor)),
    }
    return render(request, "plans/plan.html", content | forms, status=status)


def _decision_form(
    request: ActorRequest, given: QueryDict | None = None, *, kind: Decision.Kind
) -> DecisionForm:
    found = decisions_of(request.actor, request.partnership).filter(kind=kind)
    return DecisionForm(given, decisions=found, auto_id="endorse_%s")


def _decide_form(request: ActorRequest, plan: Plan, given: QueryDict | None = None) -> DecideForm:
    found = decisions_of(request.actor, request.partnership).filter(kind=Decision.Kind.DECIDE)
    return DecideForm(
        given,
        decisions=found.exclude(body__kind=Body.Kind.POLICE),
        is_endorsed=plan.endorsement_id is not None,
        auto_id="decide_%s",
    )


def _police_form(request: ActorRequest, given: QueryDict | None = None) -> DecisionForm:
    found = decisions_of(request.actor, request.partnership).filter(kind=Decision.Kind.DECIDE)
    return DecisionForm(given, decisions=found.filter(body__kind=Body.Kind.POLICE), auto_id="police_%s")


@needs("plans.rewrite_plan", Plan)
def rewrite(request: ActorRequest, plan: Plan) -> HttpResponse:
    initial = {name: getattr(plan, name) for name in ("title", "starts", "ends", "picture")}
    form = PlanTextForm(
        request.POST if request.method == "POST" else None,
        initial=initial | {"seen": plan.version},
        pictures=_pictures(request),
    )
    tried = Attempt()
    if request.method == "POST":
        tried = attempt(
            form,
            plan,
            request.actor,
            lambda: services.rewrite_plan(
                plan,
                frame=form.frame,
                picture=form.cleaned_data["picture"],
                seen=form.cleaned_data["seen"],
                by=request.actor,
            ),
        )
        if tried.is_done:
            return _to(request, plan)
    content = {"form": form, "plan": plan, "stored": tried.stored}
    return render(request, "plans/rewrite_plan.html", content, status=tried.status)


@require_POST
@needs("plans.put_in_plan", Plan)
def put_in(request: ActorRequest, plan: Plan) -> HttpResponse:
    form = ChooseMeasuresForm(request.POST, measures=planning.not_yet_in(plan, request.actor))
    if form.is_valid():
        try:
            services.put_in_plan(plan, measures=list(form.cleaned_data["measures"]), by=request.actor)
        except (Invalid, Refused) as error:
            point_out(form, error)
        else:
            messages.success(request, _("The measures are in the plan."))
            return _to(request, plan)
    return _page(request, plan, status=422, choose_form=form)


@require_POST
@needs("plans.take_out_of_plan", PlanMeasure)
def take_out(request: ActorRequest, link: PlanMeasure) -> HttpResponse:
    plan = link.plan
    services.take_out_of_plan(link, by=request.actor)
    messages.success(request, _("The measure is taken out of the plan. It is still there by itself."))
    return _to(request, plan)


@needs("plans.refer_plan", Plan)
def refer(request: ActorRequest, plan: Plan) -> HttpResponse:
    form = ReferralForm(
        request.POST if request.method == "POST" else None, initial={"sent_on": clock.today()}
    )
    if form.is_valid():
        try:
            services.refer_plan(plan, by=request.actor, **form.cleaned_data)
        except (Invalid, Refused) as error:
            point_out(form, error)
        else:
            messages.success(request, _("It is noted to whom the plan was sent."))
            return _to(request, plan)
    content = {"form": form, "plan": plan}
    return render(request, "plans/refer.html", content, status=422 if form.errors else 200)


@needs("plans.answer_referral", Referral)
def answer(request: ActorRequest, referral: Referral) -> HttpResponse:
    names = ("answered_on", "answer", "outcome")
    form = AnswerForm(
        request.POST if request.method == "POST" else None,
        initial={name: getattr(referral, name) for name in names} | {"seen": referral.version},
    )
    tried = Attempt()
    if request.method == "POST":
        tried = attempt(
            form,
            referral,
            request.actor,
            lambda: services.answer_referral(referral, by=request.actor, **form.cleaned_data),
        )
        if tried.is_done:
            messages.success(request, _("The answer is noted."))
            return _to(request, referral.plan)
    content = {"form": form, "referral": referral, "plan": referral.plan, "stored": tried.stored}
    return render(request, "plans/answer_referral.html", content, status=tried.status)


@require_POST
@needs("plans.drop_referral", Referral)
def drop_referral(request: ActorRequest, referral: Referral) -> HttpResponse:
    plan = referral.plan
    services.drop_referral(referral, by=request.actor)
    messages.success(request, _("It is taken away."))
    return _to(request, plan)


@require_POST
@needs("plans.endorse_plan", Plan)
def endorse(request: ActorRequest, plan: Plan) -> HttpResponse:
    form = _decision_form(request, request.POST, kind=Decision.Kind.ENDORSE)
    act = services.endorse_plan
    return _recorded(request, plan, act, _("The council stands behind the plan."), endorse_form=form)


@require_POST
@needs("plans.decide_plan", Plan)
def decide(request: ActorRequest, plan: Plan) -> HttpResponse:
    form = _decide_form(request, plan, request.POST)
    act = services.decide_plan
    return _recorded(request, plan, act, _("The plan is decided, frozen and public."), decide_form=form)


@require_POST
@needs("plans.decide_police_part", Plan)
def decide_police_part(request: ActorRequest, plan: Plan) -> HttpResponse:
    form = _police_form(request, request.POST)
    act = services.decide_police_part
    return _recorded(
        request, plan, act, _("The police's part is decided, frozen and public."), police_form=form
    )


@needs("plans.retract_decision", Plan)
def retract(request: ActorRequest, plan: Plan) -> HttpResponse:
    if request.method == "POST":
        services.retract_decision(plan, by=request.actor)
        messages.success(request, _("The decision is taken back. The plan is no longer public."))
        return _to(request, plan)
    return render(request, "plans/retract.html", {"plan": plan, "is_the_polices": False})


@needs("plans.retract_police_part", Plan)
def retract_police_part(request: ActorRequest, plan: Plan) -> HttpResponse:
    if request.method == "POST":
        services.retract_police_part(plan, by=request.actor)
        messages.success(request, _("The decision is taken back. The police's part is no longer public."))
        return _to(request, plan)
    return render(request, "plans/retract.html", {"plan": plan, "is_the_polices": True})


def _recorded(
    request: ActorRequest, plan: Plan, act: Callable[..., object], said: str, **shown: Form
) -> HttpResponse:
    """A decision chosen in the one form that is given; its faults stand on the page of the plan."""
    (form,) = shown.values()
    if form.is_valid():
        try:
            act(plan, by=request.actor, **form.cleaned_data)
        except (Invalid, Refused) as error:
            point_out(form, error)
        else:
            messages.success(request, said)
            return _to(request, plan)
    return _page(request, plan, status=422, **shown)


def _to(request: ActorRequest, plan: Plan) -> HttpResponse:
    return redirect("plans:plan", request.partnership.slug, plan.pk)
