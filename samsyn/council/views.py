from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from samsyn.core import clock, permissions
from samsyn.core.errors import Invalid, Missing, Refused
from samsyn.core.forms import Attempt, attempt, point_out
from samsyn.core.web import ActorRequest, needs
from samsyn.council import queries, services
from samsyn.council.forms import AgendaForm, BodyForm, DecisionForm, MeetingForm, NotesForm, StepForm
from samsyn.council.models import Body, Decision, Meeting, StepStanding
from samsyn.council.steps import JUDGED, PRIVATE, Line
from samsyn.parties.models import Partnership


@needs("council.see_council")
def index(request: ActorRequest, partnership: Partnership) -> HttpResponse:
    today = clock.today()
    meetings = list(queries.meetings_of(request.actor, partnership))
    content = {
        "bodies": queries.bodies_of(request.actor, partnership),
        "coming": [one for one in meetings if one.day >= today and not one.is_held][::-1],
        "held": [one for one in meetings if one.day < today or one.is_held],
        "decisions": queries.decisions_of(request.actor, partnership),
        "may_edit": permissions.allowed("council.call_meeting", request.actor, partnership),
    }
    return render(request, "council/index.html", content)


def _filled(
    request: ActorRequest, partnership: Partnership, form: forms.Form, act: Any, template: str
) -> HttpResponse:
    """A form that does one thing and goes back to the council's page."""
    if request.method == "POST" and form.is_valid():
        try:
            act(partnership, by=request.actor, **form.cleaned_data)
        except (Invalid, Refused) as error:
            point_out(form, error)
        else:
            return redirect("council:index", partnership.slug)
    return render(request, template, {"form": form}, status=422 if form.errors else 200)


@needs("council.found_body")
def found_body(request: ActorRequest, partnership: Partnership) -> HttpResponse:
    def act(partnership: Partnership, *, by: Any, name: str, kind: str) -> None:
        services.found_body(partnership, name=name, kind=Body.Kind(kind), by=by)

    return _filled(request, partnership, BodyForm(request.POST or None), act, "council/body.html")


@needs("council.call_meeting")
def call_meeting(request: ActorRequest, partnership: Partnership) -> HttpResponse:
    form = MeetingForm(request.POST or None, bodies=queries.bodies_of(request.actor, partnership))
    return _filled(request, partnership, form, services.call_meeting, "council/call.html")


@needs("council.record_decision")
def decide(request: ActorRequest, partnership: Partnership) -> HttpResponse:
    form = DecisionForm(
        request.POST or None,
        initial={"day": clock.today(), "meeting": request.GET.get("mote")},
        bodies=queries.bodies_of(request.actor, partnership),
        meetings=queries.meetings_of(request.actor, partnership),
    )

    def act(partnership: Partnership, *, by: Any, kind: str, **given: Any) -> None:
        services.record_decision(partnership, kind=Decision.Kind(kind), by=by, **given)

    return _filled(request, partnership, form, act, "council/decide.html")


@needs("council.see_council", Meeting)
def meeting(request: ActorRequest, meeting: Meeting) -> HttpResponse:
    agenda_form = AgendaForm(request.POST if "title" in request.POST else None)
    initial = {"present": meeting.present, "notes": meeting.notes, "seen": meeting.version}
    notes_form = NotesForm(request.POST if "notes" in request.POST else None, initial=initial)
    tried = Attempt()
    if request.method == "POST":
        form = agenda_form if agenda_form.is_bound else notes_form
        act = services.add_agenda_item if agenda_form.is_bound else services.record_notes
        tried = attempt(
            form, meeting, request.actor, lambda: act(meeting, by=request.actor, **form.cleaned_data)
        )
        if tried.is_done:
            messages.success(request, _("Saved."))
            return redirect("council:meeting", request.partnership.slug, meeting.pk)
    content = {
        "meeting": meeting,
        "agenda": meeting.agenda.order_by("position"),
        "decisions": meeting.decisions.select_related("body").order_by("id"),
        "agenda_form": agenda_form,
        "notes_form": notes_form,
        "stored": tried.stored,
        "is_past": meeting.day <= clock.today(),
        "may_edit": permissions.allowed("council.add_agenda_item", request.actor, meeting),
    }
    return render(request, "council/meeting.html", content, status=tried.status)


@needs("council.say_of_step")
def step(request: ActorRequest, partnership: Partnership, line: str) -> HttpResponse:
    """One line of the five steps: how it stands where people judge it, who sees to it, and by when."""
    if line not in Line or Line(line) in PRIVATE:
        raise Missing
    chosen = Line(line)
    standing = queries.step_standings(request.actor, partnership).get(chosen)
    names = ("level", "comment", "who", "due")
    initial = {name: getattr(standing, name) for name in names} if standing else {}
    initial["seen"] = standing.version if standing else 0
    given = request.POST if request.method == "POST" else None
    form = StepForm(given, initial=initial, is_judged=chosen in JUDGED)

    def act() -> object:
        told = dict(form.cleaned_data)
        said = told.pop("level", "")
        level = StepStanding.Level(said) if said else None
        return services.say_of_step(partnership, line=chosen, level=level, by=request.actor, **told)

    tried = Attempt()
    if request.method == "POST":
        tried = attempt(form, standing or StepStanding(), request.actor, act)
        if tried.is_done:
            messages.success(request, _("Saved."))
            address = reverse("overview:steps", args=[partnership.slug])
            return redirect(f"{address}#{chosen.value}")
    content = {"form": form, "line": chosen, "is_judged": chosen in JUDGED, "stored": tried.stored}
    return render(request, "council/step.html", content, status=tried.status)
