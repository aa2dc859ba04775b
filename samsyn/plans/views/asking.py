"""Asking how a measure stands, and the page behind the link. Reading it changes nothing; a button answers."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from samsyn.core import limits, submissions
from samsyn.core.actors import Actor, Kind
from samsyn.core.errors import Invalid, Missing, Refused
from samsyn.core.forms import point_out
from samsyn.core.limits import limited
from samsyn.core.web import ActorRequest, needs, public
from samsyn.plans import queries, services, tasks
from samsyn.plans.forms.asking import AskForm
from samsyn.plans.forms.measures import StatusForm
from samsyn.plans.models import Measure, StatusRequest


@limited(limits.INVITE)
@needs("plans.ask_for_status", Measure)
def ask(request: ActorRequest, measure: Measure) -> HttpResponse:
    form = AskForm(request.POST or None, initial={"language": settings.LANGUAGE_CODE})
    if request.method == "POST" and form.is_valid():
        try:
            asked = services.ask_for_status(measure, by=request.actor, **form.cleaned_data)
        except (Invalid, Refused) as error:
            point_out(form, error)
        else:
            if not submissions.is_repeated():
                tasks.send_question.enqueue(str(asked.pk))
            messages.success(request, _("The question is on its way."))
            return redirect("plans:measure", request.partnership.slug, measure.pk)
    content = {"form": form, "measure": measure}
    return render(request, "plans/ask.html", content, status=422 if form.errors else 200)


@needs("plans.withdraw_request", StatusRequest)
def withdraw(request: ActorRequest, asked: StatusRequest) -> HttpResponse:
    if request.method == "POST":
        services.withdraw_request(asked, by=request.actor)
        messages.success(request, _("The link does not work any more."))
        return redirect("plans:measure", request.partnership.slug, asked.measure_id)
    return render(request, "plans/withdraw.html", {"asked": asked, "measure": asked.measure})


@limited(limits.OPEN_LINK)
@public
@never_cache
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Unknown, withdrawn and old links answer alike; one that was used says what was said."""
    asked = queries.request_of(token)
    if asked is None:
        return render(request, "plans/answer_gone.html", status=404)
    chosen = request.COOKIES.get("language", "")
    language = chosen if chosen in dict(settings.LANGUAGES) else asked.language
    with translation.override(language):
        request.LANGUAGE_CODE = language
        return _answer(request, asked)


def _answer(request: HttpRequest, asked: StatusRequest) -> HttpResponse:
    content = {"asked": asked, "measure": asked.measure, "partnership": asked.partnership}
    if asked.answered_at:
        last = asked.measure.reports.order_by("-reported_on", "-id").first()
        return render(request, "plans/answered.html", content | {"report": last})
    form = StatusForm(request.POST or None, initial={"state": asked.measure.state})
    if request.method == "POST" and form.is_valid():
        here = Actor(Kind.LINK, object_id=asked.pk)
        try:
            services.answer_request(
                asked,
                state=Measure.State(form.cleaned_data["state"]),
                text=form.cleaned_data["text"],
                by=here,
            )
        except Missing:
            return redirect(request.path)
        except (Invalid, Refused) as error:
            point_out(form, error)
        else:
            return redirect(request.path)
    return render(request, "plans/answer.html", content | {"form": form}, status=422 if form.errors else 200)
