"""Reading, writing, signing and publishing the agreement."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samsyn.agreements import queries, services
from samsyn.agreements.comparison import compare
from samsyn.agreements.forms import (
    AgreementForm,
    ClauseForm,
    DayForm,
    GoalForm,
    ImportForm,
    NewClauseForm,
    PriorityForm,
    ServeForm,
    SignForm,
)
from samsyn.agreements.models import Agreement, Clause, PriorityGoal, VisionGoal
from samsyn.agreements.queries import Kind
from samsyn.agreements.sentences import RULES, STATES
from samsyn.agreements.validity import Standing
from samsyn.core import clock, limits, permissions
from samsyn.core.errors import Invalid, Missing, Refused
from samsyn.core.forms import Attempt, attempt, point_out
from samsyn.core.limits import limited
from samsyn.core.thread import Place, thread
from samsyn.core.web import ActorRequest, needs
from samsyn.parties.models import Partnership


@needs("agreements.see_agreement")
def index(request: ActorRequest, partnership: Partnership) -> HttpResponse:
    today = clock.today()
    found = queries.agreements_with_deeds(request.actor, partnership.pk)
    agreements = [(one, STATES[found.standing_of(one, today).state]) for one in found.every]
    may_write = permissions.allowed("agreements.write_agreement", request.actor, partnership)
    return render(request, "agreements/index.html", {"agreements": agreements, "may_write": may_write})


@limited(limits.UPLOAD)
@needs("agreements.import_agreement")
def bring_in(request: ActorRequest, partnership: Partnership) -> HttpResponse:
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            agreement = services.import_agreement(
                partnership, file=form.cleaned_data["file"], by=request.actor
            )
        except (Invalid, Refused) as error:
            point_out(form, error)
        else:
            messages.success(request, _("The agreement is here, clause by clause."))
            return redirect("agreements:agreement", partnership.slug, agreement.pk)
    return render(request, "agreements/import.html", {"form": form}, status=422 if form.errors else 200)


@needs("agreements.write_agreement")
def write(request: ActorRequest, partnership: Partnership) -> HttpResponse:
    form = AgreementForm(request.POST or None, predecessors=queries.agreements_of(request.actor, partnership))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        given["prolongation"] = Agreement.Prolongation(given["prolongation"])
        try:
            agreement = services.write_agreement(partnership, by=request.actor, **given)
        except (Invalid, Refused) as error:
            point_out(form, error)
        else:
            return redirect("agreements:agreement", partnership.slug, agreement.pk)
    return render(request, "agreements/write.html", {"form": form}, status=422 if form.errors else 200)


@needs("agreements.see_agreement", Agreement)
def agreement(request: ActorRequest, agreement: Agreement) -> HttpResponse:
    return _page(request, agreement)


def _page(request: ActorRequest, agreement: Agreement, *, status: int = 200, **forms_: Any) -> HttpResponse:
    today = clock.today()
    found = queries.agreements_with_deeds(request.actor, request.partnership.pk)
    standing = found.standing_of(agreement, today)
    asked = DayForm(request.GET) if "dag" in request.GET else DayForm(initial={"dag": today})
    answer = None
    if asked.is_bound and asked.is_valid():
        day, known = asked.cleaned_data["dag"], asked.cleaned_data["kand"]
        answer = _words(found.standing_of(agreement, day, as_known=known))
    may = {
        name: permissions.allowed(f"agreements.{name}", request.actor, agreement)
        for name in (
            "rewrite_clause",
            "settle_link",
            "approve_agreement",
            "sign_agreement",
            "propose_change",
            "give_notice",
            "publish_agreement",
        )
    }
    priorities = queries.priorities_of(agreement)
    names = {party.pk: party.name for party in found.parties}
    content = {
        "agreement": agreement,
        "standing": _words(standing),
        "is_current": found.current(today) == agreement,
        "days_left": (standing.valid_to - today).days if standing.valid_to else None,
        "parties": _signing(agreement, found),
        "is_frozen": bool(found.deeds_with(agreement, Kind.SIGNED)),
        "clauses": agreement.clauses.order_by("position"),
        "goals": agreement.goals.order_by("key"),
        "priorities": priorities,
        "links": queries.unconfirmed(priorities) if may["settle_link"] else (),
        "history": agreement.history.order_by("year"),
        "actors": agreement.other_actors.order_by("name"),
        "amendments": found.deeds_with(agreement, Kind.AMENDED),
        "notices": [
            {"deed": one, "party": names.get(one.party_id) if one.party_id else ""}
            for one in found.deeds_with(agreement, Kind.NOTICE)
        ],
        "changes": [
            (one, queries.not_approved_by(one, found.parties)) for one in queries.waiting_changes(agreement)
        ],
        "may_change": may["propose_change"] and standing.state in services.HOLDS,
        "others": [one for one in found.every if one.pk != agreement.pk],
        "may": may,
        "day_form": asked,
        "answer": answer,
        "clause_form": NewClauseForm(auto_id="clause_%s"),
        "goal_form": GoalForm(auto_id="goal_%s"),
        "priority_form": PriorityForm(auto_id="priority_%s", goals=agreement.goals.order_by("key")),
        "sign_form": SignForm(auto_id="sign_%s", initial={"day": today}),
    }
    return render(request, "agreements/agreement.html", content | forms_, status=status)


def _words(standing: Standing) -> dict[str, Any]:
    return {"facts": standing, "state": STATES[standing.state], "rule": RULES[standing.rule]}


def _signing(agreement: Agreement, found: queries.Agreements) -> list[dict[str, Any]]:
    signatures = {one.party_id: one for one in found.deeds_with(agreement, Kind.SIGNED)}
    approvals = {one.party_id: one for one in found.deeds_with(agreement, Kind.APPROVED)}
    return [
        {"party": party, "signature": signatures.get(party.pk), "approval": approvals.get(party.pk)}
        for party in found.parties
    ]


@needs("agreements.see_agreement", Agreement)
def clause(request: ActorRequest, agreement: Agreement, address: str) -> HttpResponse:
    """A clause with what hangs on it: the thread of the goal or priority that it states."""
    found = agreement.clauses.filter(address=address).first()
    if found is None:
        raise Missing
    place = Place(request.partnership.pk, request.partnership.slug)
    about = queries.stated_in(found)
    kinds = thread.kinds_on("goal", "priority") if about else ()
    nodes = thread.nodes(request.actor, place, kinds=kinds)
    hanging = [node for node in nodes if about & {node.id, *node.parents}]
    frozen = queries.is_frozen(agreement)
    content = {"agreement": agreement, "clause": found, "hanging": hanging, "is_frozen": frozen}
    return render(request, "agreements/clause.html", content)


@needs("agreements.rewrite_clause", Clause)
def rewrite(request: ActorRequest, clause: Clause) -> HttpResponse:
    initial = {"heading": clause.heading, "text": clause.text, "seen": clause.version}
    form = ClauseForm(request.POST or None, initial=initial)
    tried = Attempt()
    if request.method == "POST":
        tried = attempt(
            form,
            clause,
            request.actor,
            lambda: services.rewrite_clause(clause, by=request.actor, **form.cleaned_data),
        )
        if tried.is_done:
            return redirect("agreements:agreement", request.partnership.slug, clause.agreement_id)
    content = {"form": form, "clause": clause, "stored": tried.stored}
    return render(request, "agreements/rewrite.html", content, status=tried.status)


def _add(request: ActorRequest, agreement: Agreement, form: forms.Form, name: str, act: Any) -> HttpResponse:
    """A form on the agreement's own page: done and back, or the page again with what is wrong."""
    if form.is_valid():
        try:
            act(agreement, by=request.actor, **form.cleaned_data)
        except (Invalid, Refused) as error:
            point_out(form, error)
        else:
            return redirect("agreements:agreement", request.partnership.slug, agreement.pk)
    return _page(request, agreement, status=422, **{name: form})


@require_POST
@needs("agreements.add_clause", Agreement)
def add_clause(request: ActorRequest, agreement: Agreement) -> HttpResponse:
    form = NewClauseForm(request.POST, auto_id="clause_%s")
    return _add(request, agreement, form, "clause_form", services.add_clause)


@require_POST
@needs("agreements.add_goal", Agreement)
def add_goal(request: ActorRequest, agreement: Agreement) -> HttpResponse:
    return _add(request, agreement, GoalForm(request.POST, auto_id="goal_%s"), "goal_form", services.add_goal)


@require_POST
@needs("agreements.add_priority", Agreement)
def add_priority(request: ActorRequest, agreement: Agreement) -> HttpResponse:
    form = PriorityForm(request.POST, auto_id="priority_%s", goals=agreement.goals.all())

    def act(agreement: Agreement, *, by: Any, title: str, problem: str, goals: Any) -> None:
        services.add_priority(agreement, title=title, problem=problem, goals=list(goals), by=by)

    return _add(request, agreement, form, "priority_form", act)


@require_POST
@needs("agreements.approve_agreement", Agreement)
def approve(request: ActorRequest, agreement: Agreement) -> HttpResponse:
    services.approve_agreement(agreement, by=request.actor)
    messages.success(request, _("Your party has approved the text."))
    return redirect("agreements:agreement", request.partnership.slug, agreement.pk)


@limited(limits.UPLOAD)
@require_POST
@needs("agreements.sign_agreement", Agreement)
def sign(request: ActorRequest, agreement: Agreement) -> HttpResponse:
    form = SignForm(request.POST, request.FILES, auto_id="sign_%s")

    def act(agreement: Agreement, *, by: Any, document: Any, **given: Any) -> None:
        services.sign_agreement(agreement, document=document.read() if document else b"", by=by, **given)

    return _add(request, agreement, form, "sign_form", act)


@require_POST
@needs("agreements.publish_agreement", Agreement)
def publish(request: ActorRequest, agreement: Agreement) -> HttpResponse:
    services.publish_agreement(agreement, by=request.actor)
    messages.success(request, _("The agreement is on the public site."))
    return redirect("agreements:agreement", request.partnership.slug, agreement.pk)


@require_POST
@needs("agreements.settle_link", PriorityGoal)
def settle(request: ActorRequest, link: PriorityGoal) -> HttpResponse:
    answer = request.POST.get("answer")
    if answer not in ("yes", "no"):
        raise Invalid(_("Answer yes or no."), field="answer")
    services.settle_link(link, confirm=answer == "yes", by=request.actor)
    return redirect("agreements:agreement", request.partnership.slug, link.priority.agreement_id)


@needs("agreements.serve_goal", VisionGoal)
def serve(request: ActorRequest, goal: VisionGoal) -> HttpResponse:
    form = ServeForm(request.POST or None, priorities=goal.agreement.priorities.order_by("key"))
    if request.method == "POST" and form.is_valid():
        try:
            services.serve_goal(goal, by=request.actor, **form.cleaned_data)
        except (Invalid, Refused) as error:
            point_out(form, error)
        else:
            return redirect("agreements:agreement", request.partnership.slug, goal.agreement_id)
    content = {"form": form, "goal": goal}
    return render(request, "agreements/serve.html", content, status=422 if form.errors else 200)


@needs("agreements.see_agreement", Agreement)
def comparison(request: ActorRequest, agreement: Agreement, other: Any) -> HttpResponse:
    """Two agreements of this partnership, clause by clause, the older one first."""
    second = queries.agreements_of(request.actor, request.partnership).filter(pk=other).first()
    if second is None:
        raise Missing
    before, after = sorted((agreement, second), key=lambda one: (one.valid_from, one.pk))
    differences = compare(queries.clause_texts(before), queries.clause_texts(after))
    content = {"before": before, "after": after, "differences": differences}
    return render(request, "agreements/comparison.html", content)
