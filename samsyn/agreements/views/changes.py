"""Changing or ending an agreement that holds: propose, read, approve or say no."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samsyn.agreements import queries, services
from samsyn.agreements.forms import CHANGE_FORMS, DeclineForm, NoticeForm
from samsyn.agreements.models import Agreement, Change
from samsyn.core import clock, permissions
from samsyn.core.errors import Invalid, Missing, Refused
from samsyn.core.forms import point_out
from samsyn.core.web import ActorRequest, needs


@needs("agreements.propose_change", Agreement)
def propose(request: ActorRequest, agreement: Agreement, kind: str) -> HttpResponse:
    """One form per kind of change. To propose changes nothing."""
    if kind not in CHANGE_FORMS:
        raise Missing
    form = CHANGE_FORMS[kind](request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            change = services.propose_change(agreement, terms=form.terms(), by=request.actor)
        except (Invalid, Refused) as error:
            point_out(form, error)
        else:
            messages.success(
                request, _("The proposal is here. It takes effect when every party has approved it.")
            )
            return redirect("agreements:change", request.partnership.slug, change.pk)
    content = {"form": form, "agreement": agreement, "kind": kind}
    status = 422 if form.errors else 200
    return render(request, "agreements/propose_change.html", content, status=status)


@needs("agreements.see_agreement", Change)
def change(request: ActorRequest, change: Change) -> HttpResponse:
    return _page(request, change, DeclineForm())


def _page(request: ActorRequest, change: Change, form: DeclineForm, *, status: int = 200) -> HttpResponse:
    approvals = list(change.approvals.select_related("party").order_by("approved_on", "id"))
    own = {one.party_id for one in approvals}
    may = {
        name: change.is_waiting and permissions.allowed(f"agreements.{name}_change", request.actor, change)
        for name in ("approve", "decline")
    }
    content = {
        "change": change,
        "agreement": change.agreement,
        "approvals": approvals,
        "missing": queries.not_approved_by(change),
        "may_approve": may["approve"] and request.actor.party_id not in own,
        "may_decline": may["decline"],
        "is_own": change.proposed_by_id == request.actor.party_id,
        "form": form,
    }
    return render(request, "agreements/change.html", content, status=status)


@require_POST
@needs("agreements.approve_change", Change)
def approve(request: ActorRequest, change: Change) -> HttpResponse:
    services.approve_change(change, by=request.actor)
    change.refresh_from_db()
    if change.in_effect_on:
        messages.success(request, _("Every party has approved it. It has taken effect."))
    else:
        messages.success(request, _("Your party has approved it. It waits for the other party."))
    return redirect("agreements:change", request.partnership.slug, change.pk)


@require_POST
@needs("agreements.decline_change", Change)
def decline(request: ActorRequest, change: Change) -> HttpResponse:
    form = DeclineForm(request.POST)
    if form.is_valid():
        try:
            services.decline_change(change, by=request.actor, **form.cleaned_data)
        except (Invalid, Refused) as error:
            point_out(form, error)
        else:
            messages.success(request, _("Your no is recorded, and nothing changes in the agreement."))
            return redirect("agreements:change", request.partnership.slug, change.pk)
    return _page(request, change, form, status=422)


@needs("agreements.give_notice", Agreement)
def give_notice(request: ActorRequest, agreement: Agreement) -> HttpResponse:
    """The one thing a party may do alone, where the agreement has a clause on notice."""
    form = NoticeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.give_notice(agreement, by=request.actor, **form.cleaned_data)
        except (Invalid, Refused) as error:
            point_out(form, error)
        else:
            messages.success(request, _("Notice is given."))
            return redirect("agreements:agreement", request.partnership.slug, agreement.pk)
    content = {"form": form, "agreement": agreement, "today": clock.today()}
    return render(request, "agreements/give_notice.html", content, status=422 if form.errors else 200)
