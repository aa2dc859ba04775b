"""Looking back at one measure: writing, reading and approving an evaluation."""

from typing import Any

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samsyn.core import clock
from samsyn.core.errors import Invalid, Refused
from samsyn.core.forms import Attempt, attempt, point_out
from samsyn.core.web import ActorRequest, needs
from samsyn.plans import evaluating, looking_back, services
from samsyn.plans.forms.evaluation import EvaluationForm
from samsyn.plans.models import Evaluation, Measure, Outlook

TEXTS = ("done", "done_text", "outcome_note", "side_effects", "learning", "choice", "reason")


@needs("plans.evaluate_measure", Measure)
def evaluate(request: ActorRequest, measure: Measure) -> HttpResponse:
    facts = _numbers(measure)
    form = _form(request, measure, facts, initial={})
    if form.is_valid():
        try:
            made = services.evaluate_measure(measure, said=form.said, by=request.actor)
        except (Invalid, Refused) as error:
            point_out(form, error)
        else:
            messages.success(request, _("The evaluation is saved. An approver of the owner makes it final."))
            return redirect("plans:evaluation", request.partnership.slug, made.pk)
    return _write_page(request, measure, facts, form, status=422 if form.errors else 200)


@needs("plans.rewrite_evaluation", Evaluation)
def rewrite(request: ActorRequest, evaluation: Evaluation) -> HttpResponse:
    measure = evaluation.measure
    facts = _numbers(measure)
    initial = {name: getattr(evaluation, name) for name in TEXTS} | {
        "seen": evaluation.version,
        "says_less": evaluation.outcome != evaluation.facts["outlook"],
    }
    form = _form(request, measure, facts, initial=initial)
    tried = Attempt()
    if request.method == "POST":
        tried = attempt(
            form,
            evaluation,
            request.actor,
            lambda: services.rewrite_evaluation(
                evaluation, said=form.said, seen=form.cleaned_data["seen"] or 0, by=request.actor
            ),
        )
        if tried.is_done:
            messages.success(request, _("The evaluation is saved. An approver of the owner makes it final."))
            return redirect("plans:evaluation", request.partnership.slug, evaluation.pk)
    return _write_page(request, measure, facts, form, status=tried.status, stored=tried.stored)


def _numbers(measure: Measure) -> evaluating.Facts:
    prefetch_related_objects([measure], *looking_back.what_is_copied())
    return evaluating.facts_of(measure, clock.today())


def _form(
    request: ActorRequest, measure: Measure, facts: evaluating.Facts, *, initial: dict[str, Any]
) -> EvaluationForm:
    return EvaluationForm(
        request.POST if request.method == "POST" else None,
        initial=initial,
        is_cancelled=measure.state == Measure.State.CANCELLED,
        may_say_more=facts["outlook"] != Outlook.CANNOT_SAY,
    )


def _write_page(
    request: ActorRequest,
    measure: Measure,
    facts: evaluating.Facts,
    form: EvaluationForm,
    *,
    status: int,
    stored: str = "",
) -> HttpResponse:
    content = {
        "measure": measure,
        "facts": facts,
        "outlook": Outlook(facts["outlook"]),
        "has_outcome": any(one["is_outcome"] for one in facts["indicators"]),
        "why_cancelled": evaluating.why_cancelled(measure.reports.all()),
        "form": form,
        "stored": stored,
    }
    return render(request, "plans/evaluate.html", content, status=status)


@needs("plans.see_evaluation", Evaluation)
def evaluation(request: ActorRequest, evaluation: Evaluation) -> HttpResponse:
    found = looking_back.evaluations_of(evaluation.measure).get(pk=evaluation.pk)
    reason = evaluating.why_cancelled(found.measure.reports.all()) if found.is_of_cancelled else ""
    content = {
        "measure": found.measure,
        "evaluation": found,
        "said": evaluating.content_of(found, why_cancelled=reason),
    }
    return render(request, "plans/evaluation.html", content)


@require_POST
@needs("plans.approve_evaluation", Evaluation)
def approve(request: ActorRequest, evaluation: Evaluation) -> HttpResponse:
    services.approve_evaluation(evaluation, seen=_seen(request), by=request.actor)
    messages.success(request, _("The evaluation is approved and stands."))
    return redirect("plans:evaluation", request.partnership.slug, evaluation.pk)


def _seen(request: ActorRequest) -> int:
    """The version that the button stood beside."""
    said = request.POST.get("seen", "")
    return int(said) if said.isdecimal() else 0
