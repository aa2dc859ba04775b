"""Asking one's own or another party for evidence by a day, and the answer."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samsyn.core import limits, permissions, submissions
from samsyn.core.forms import Attempt, attempt
from samsyn.core.limits import limited
from samsyn.core.web import ActorRequest, needs
from samsyn.evidence import requesting, services, tasks
from samsyn.evidence.forms.requests import AskForEvidenceForm, ReplyForm, WithdrawRequestForm
from samsyn.evidence.mail import Letter
from samsyn.evidence.models import EvidenceRequest
from samsyn.parties.models import Partnership


@needs("evidence.see_requests")
def index(request: ActorRequest, partnership: Partnership) -> HttpResponse:
    """What waits, the late first, and what was answered or withdrawn."""
    waiting = list(requesting.open_requests(request.actor, partnership))
    content = {
        "late": [one for one in waiting if one.is_late],
        "open": [one for one in waiting if not one.is_late],
        "closed": requesting.closed_requests(request.actor, partnership, request.GET.get("sida", "")),
        "may_ask": permissions.allowed("evidence.ask_for_evidence", request.actor, partnership),
    }
    return render(request, "evidence/requests.html", content)


@limited(limits.INVITE)
@needs("evidence.ask_for_evidence")
def ask(request: ActorRequest, partnership: Partnership) -> HttpResponse:
    form = AskForEvidenceForm(
        request.POST or None,
        initial={"about": request.GET.get("om", "")},
        asked=requesting.may_be_asked(partnership),
        nodes=requesting.chosen_from(request.actor, partnership, requesting.ABOUT),
    )
    tried = Attempt()
    if request.method == "POST":
        made: list[EvidenceRequest] = []

        def act() -> None:
            made.append(services.ask_for_evidence(partnership, by=request.actor, **form.given))

        tried = attempt(form, EvidenceRequest(), request.actor, act)
        if tried.is_done:
            _mail(made[0], Letter.ASKED)
            messages.success(request, _("Asked for. Whoever is asked gets a mail."))
            return redirect("evidence:request", partnership.slug, made[0].pk)
    return render(request, "evidence/ask_for_evidence.html", {"form": form}, status=tried.status)


@needs("evidence.see_request", EvidenceRequest)
def request(request: ActorRequest, asked: EvidenceRequest) -> HttpResponse:
    may = {
        name: permissions.allowed(f"evidence.{name}", request.actor, asked)
        for name in ("reply_to_request", "withdraw_request")
    }
    content = {
        "asked": asked,
        "replies": requesting.replies_of(asked),
        "may_reply": may["reply_to_request"] and not asked.is_withdrawn,
        "may_withdraw": may["withdraw_request"] and asked.can_be_withdrawn,
    }
    return render(request, "evidence/request.html", content)


@needs("evidence.reply_to_request", EvidenceRequest)
def reply(request: ActorRequest, asked: EvidenceRequest) -> HttpResponse:
    form = ReplyForm(
        request.POST or None,
        nodes=requesting.chosen_from(request.actor, request.partnership, requesting.SHOWN),
    )
    tried = Attempt()
    if request.method == "POST":

        def act() -> object:
            return services.reply_to_request(asked, by=request.actor, **form.given)

        tried = attempt(form, asked, request.actor, act)
        if tried.is_done:
            _mail(asked, Letter.ANSWERED)
            messages.success(request, _("Answered. Whoever asked gets a mail."))
            return redirect("evidence:request", request.partnership.slug, asked.pk)
    return render(request, "evidence/reply.html", {"form": form, "asked": asked}, status=tried.status)


@needs("evidence.withdraw_request", EvidenceRequest)
def withdraw(request: ActorRequest, asked: EvidenceRequest) -> HttpResponse:
    form = WithdrawRequestForm(request.POST or None)
    tried = Attempt()
    if request.method == "POST":

        def act() -> None:
            services.withdraw_request(asked, by=request.actor, **form.cleaned_data)

        tried = attempt(form, asked, request.actor, act)
        if tried.is_done:
            _mail(asked, Letter.WITHDRAWN)
            messages.success(request, _("Withdrawn. Whoever was asked gets a mail."))
            return redirect("evidence:request", request.partnership.slug, asked.pk)
    content = {"form": form, "asked": asked}
    return render(request, "evidence/withdraw_request.html", content, status=tried.status)


def _mail(asked: EvidenceRequest, letter: Letter) -> None:
    """Once, however often the form is sent."""
    if not submissions.is_repeated():
        tasks.tell.enqueue(str(asked.pk), letter.value)
