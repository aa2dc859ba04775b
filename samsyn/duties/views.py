from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samsyn.core import clock, permissions
from samsyn.core.errors import Invalid, Missing, Refused
from samsyn.core.forms import Form, point_out
from samsyn.core.web import ActorRequest, needs
from samsyn.council.models import Body
from samsyn.council.queries import decisions_of
from samsyn.duties import queries, services
from samsyn.duties.forms import CompleteForm, DayForm, EndForm, EventForm, PolicyForm, RetractForm
from samsyn.duties.judging import State
from samsyn.duties.kinds import ASKS, Asks
from samsyn.duties.models import Event, EventKind, LocalPolicy
from samsyn.parties.models import Partnership


@needs("duties.see_duties")
def index(request: ActorRequest, partnership: Partnership) -> HttpResponse:
    today = clock.today()
    form = DayForm(request.GET or None, initial={"pa": today})
    asked: dict[str, date | None] = form.cleaned_data if form.is_bound and form.is_valid() else {}
    day, known = asked.get("pa") or today, asked.get("kant")
    board = queries.board_for(request.actor, partnership, day, as_known=known)
    content = {
        "board": board,
        "form": form,
        "today": today,
        "late": board.number_of(State.OVERDUE, State.NOT_MET),
        "soon": board.number_of(State.DUE_SOON),
        "unknown": board.number_of(State.UNKNOWN),
        "law_text": queries.LAW_TEXT,
        "events": queries.events_of(request.actor, partnership),
        "may": queries.may_record(request.actor, partnership),
        "kinds": [(one.value, one.label) for one in ASKS],
    }
    return render(request, "duties/index.html", content, status=422 if form.errors else 200)


def _filled(
    request: ActorRequest, form: Form, act: Callable[[], object], template: str, **content: Any
) -> HttpResponse:
    """A form that does one thing and goes back to the board."""
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except (Invalid, Refused) as error:
            point_out(form, error)
        else:
            messages.success(request, _("Recorded."))
            return redirect("duties:index", request.partnership.slug)
    return render(request, template, {"form": form} | content, status=422 if form.errors else 200)


@needs("duties.record_event")
def record(request: ActorRequest, partnership: Partnership, kind: str) -> HttpResponse:
    if kind not in EventKind.values or EventKind(kind) not in ASKS:
        raise Missing
    form = EventForm(
        request.POST or None,
        kind=EventKind(kind),
        decisions=decisions_of(request.actor, partnership),
        own=queries.own_duties(request.actor, partnership),
    )

    def act() -> None:
        services.record_event(
            partnership,
            kind=EventKind(kind),
            told=form.told,
            decision=form.cleaned_data["decision"],
            duty=form.cleaned_data.get("duty"),
            by=request.actor,
        )

    return _filled(request, form, act, "duties/record.html", kind=EventKind(kind).label)


@needs("duties.see_duties", Event)
def event(request: ActorRequest, event: Event) -> HttpResponse:
    return _event(request, event)


def _event(request: ActorRequest, event: Event, status: int = 200, **forms: Any) -> HttpResponse:
    may = permissions.allowed("duties.retract_event", request.actor, event) and not event.is_retracted
    can_end = ASKS.get(EventKind(event.kind), Asks()).can_end and not event.ended_on
    content = {
        "event": event,
        "may": may,
        "may_end": may and can_end,
        "retract_form": RetractForm(auto_id="retract_%s"),
        "end_form": EndForm(auto_id="end_%s"),
    }
    return render(request, "duties/event.html", content | forms, status=status)


def _about(
    request: ActorRequest, event: Event, name: str, form: Form, act: Callable[..., object]
) -> HttpResponse:
    """One of the two forms on the page of what was recorded."""
    if not form.is_valid():
        return _event(request, event, Invalid.status, **{name: form})
    try:
        act(event, by=request.actor, **form.cleaned_data)
    except (Invalid, Refused) as error:
        return _event(request, event, point_out(form, error), **{name: form})
    return redirect("duties:event", request.partnership.slug, event.pk)


@require_POST
@needs("duties.retract_event", Event)
def retract(request: ActorRequest, event: Event) -> HttpResponse:
    form = RetractForm(request.POST, auto_id="retract_%s")
    return _about(request, event, "retract_form", form, services.retract_event)


@require_POST
@needs("duties.end_event", Event)
def end(request: ActorRequest, event: Event) -> HttpResponse:
    form = EndForm(request.POST, auto_id="end_%s")
    return _about(request, event, "end_form", form, services.end_event)


@needs("duties.declare_complete")
def declare(request: ActorRequest, partnership: Partnership) -> HttpResponse:
    form = CompleteForm(request.POST or None)

    def act() -> None:
        services.declare_complete(partnership, by=request.actor, **form.cleaned_data)

    return _filled(request, form, act, "duties/declare.html")


@needs("duties.set_policy")
def policy(request: ActorRequest, partnership: Partnership) -> HttpResponse:
    today = clock.today()
    current = queries.board_for(request.actor, partnership, today).policy
    names = ("reading", "unchanged_counts", "picture_body", "plan_body", "report_months")
    initial = {name: getattr(current, name) for name in names} | {"since": today}
    form = PolicyForm(request.POST or None, initial=initial)

    def act() -> None:
        given = form.cleaned_data
        services.set_policy(
            partnership,
            by=request.actor,
            **given
            | {
                "reading": LocalPolicy.Reading(given["reading"]),
                "picture_body": Body.Kind(given["picture_body"]),
                "plan_body": Body.Kind(given["plan_body"]),
            },
        )

    policies = queries.policies_of(request.actor, partnership)
    return _filled(request, form, act, "duties/policy.html", policies=policies)
