"""How small a number is published to nobody, and what that hides."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samsyn.core import limits, permissions
from samsyn.core.errors import NotAllowed
from samsyn.core.forms import Attempt, attempt
from samsyn.core.limits import limited
from samsyn.core.web import ActorRequest, needs
from samsyn.evidence import queries, services, tasks
from samsyn.evidence.forms import OriginForm, PolicyForm
from samsyn.evidence.models import Dataset
from samsyn.evidence.views.files import dataset_page
from samsyn.parties.models import Partnership


@needs("evidence.see_evidence")
def policy(request: ActorRequest, partnership: Partnership) -> HttpResponse:
    """The threshold that holds, and for approvers a form to decide another one."""
    stands = queries.policy_of(partnership)
    may_decide = permissions.allowed("evidence.change_policy", request.actor, partnership)
    initial = {"threshold": stands.threshold, "reason": stands.reason, "seen": stands.version}
    form = PolicyForm(request.POST or None, initial=initial)
    if form.is_bound and not may_decide:
        raise NotAllowed
    tried = Attempt()
    if request.method == "POST":
        tried = attempt(
            form,
            stands,
            request.actor,
            lambda: services.change_policy(partnership, by=request.actor, **form.cleaned_data),
        )
        if tried.is_done:
            tasks.protect_numbers.enqueue(*tasks.ids_of(request.actor, partnership))
            messages.success(request, _("The threshold holds from now on. Your datasets are looked through."))
            return redirect("evidence:policy", partnership.slug)
    content = {
        "policy": stands,
        "form": form,
        "may_decide": may_decide,
        "stored": tried.stored,
        "waiting": queries.own_without_pattern(request.actor, stands),
    }
    return render(request, "evidence/policy.html", content, status=tried.status)


@limited(limits.COMPUTE)
@require_POST
@needs("evidence.record_pattern")
def protect(request: ActorRequest, partnership: Partnership) -> HttpResponse:
    """Look through the own datasets that are not yet: the other party changed the threshold."""
    tasks.protect_numbers.enqueue(*tasks.ids_of(request.actor, partnership))
    messages.success(request, _("They are being looked through. Look again in a minute."))
    return redirect("evidence:policy", partnership.slug)


@require_POST
@needs("evidence.state_origin", Dataset)
def state_origin(request: ActorRequest, dataset: Dataset) -> HttpResponse:
    form = OriginForm(request.POST)
    if not form.is_valid():
        return dataset_page(request, dataset, status=422, refused=form)
    services.state_origin(dataset, origin=form.stated, by=request.actor)
    tasks.protect_numbers.enqueue(*tasks.ids_of(request.actor, request.partnership))
    return redirect("evidence:dataset", request.partnership.slug, dataset.pk)
