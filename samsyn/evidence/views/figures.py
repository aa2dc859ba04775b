from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samsyn.core import limits, next_steps, permissions
from samsyn.core.errors import Invalid, Refused
from samsyn.core.forms import point_out
from samsyn.core.limits import limited
from samsyn.core.web import ActorRequest, needs
from samsyn.evidence import phrases, queries, services, tasks
from samsyn.evidence.asking import Asked, Place, Question
from samsyn.evidence.forms import DatasetsForm, FigureForm
from samsyn.evidence.models import Dataset, Figure, FigureOrder
from samsyn.evidence.spans import year_before
from samsyn.evidence.views.files import own_party
from samsyn.parties.models import Partnership

REPORTS = {"bra"}  # readers whose counts are reports, which are not all that happened


@limited(limits.COMPUTE)
@needs("evidence.order_figure")
def new_figure(request: ActorRequest, partnership: Partnership) -> HttpResponse:
    """First the data, then the question about it."""
    mine = queries.datasets_of(request.actor)
    chosen = DatasetsForm(request.GET or None, datasets=mine)
    if not chosen.is_valid():
        content = {"form": chosen, "datasets": mine}
        return render(request, "evidence/choose_data.html", content, status=422 if chosen.errors else 200)
    datasets = list(chosen.cleaned_data["datasets"])
    own = list(queries.areas_of(request.actor, partnership))
    choices = queries.choices_in(datasets)
    form = FigureForm(request.POST or None, choices=choices, own=own)
    needed = ""
    if request.method == "POST" and form.is_valid():
        asked = _asked(request, partnership, form, datasets)
        try:
            ordered = services.order_figure(
                own_party(request), asked=asked, datasets=datasets, by=request.actor
            )
        except (Refused, Invalid) as error:
            point_out(form, error)
            needed = asked.code if asked.question is Question.RATE and not asked.population else ""
        else:
            return _to(request, ordered)
    content = {"form": form, "datasets": datasets, "needs_population": bool(needed)}
    return render(request, "evidence/new_figure.html", content, status=422 if form.errors else 200)


def _asked(
    request: ActorRequest, partnership: Partnership, form: FigureForm, datasets: list[Dataset]
) -> Asked:
    measure, unit = form.measure_and_unit
    level, code, name = form.place
    periods = [
        tuple(date.fromisoformat(day) for day in one) for one in queries.choices_in(datasets)["periods"]
    ]
    question = Question(form.cleaned_data["question"])
    places: tuple[Place, ...] = ()
    whose = code
    if question.is_of_places:
        places = queries.places_in(request.actor, partnership, datasets, level=level, day=form.span[1])
        code, name = "", queries.areas_of(request.actor, partnership)[partnership.municipality_code]
        whose = partnership.municipality_code if question.needs_people else ""
    newest = max(datasets, key=lambda one: (one.received_on, one.pk))
    return Asked(
        question=question,
        measure=measure,
        unit=unit,
        level=level,
        code=code,
        name=name,
        start=form.span[0],
        end=form.span[1],
        before=year_before(form.span, [(one[0], one[1]) for one in periods])
        if question is Question.CHANGE
        else None,
        population=queries.inhabitants_of(request.actor, partnership, whose) if whose else (),
        source=newest.cited_as,
        events="reported" if newest.source_code in REPORTS else "counted",
        places=places,
        ground=queries.ground_of(request.actor, partnership, places) if question.is_mapped else None,
    )


def _to(request: ActorRequest, ordered: Figure | FigureOrder) -> HttpResponse:
    if isinstance(ordered, Figure):
        return redirect("evidence:figure", request.partnership.slug, ordered.pk)
    tasks.make_figure.enqueue(str(ordered.pk), *tasks.ids_of(request.actor, request.partnership))
    return redirect("evidence:ordered", request.partnership.slug, ordered.identity)


@needs("evidence.see_evidence")
def ordered(request: ActorRequest, partnership: Partnership, identity: str) -> HttpResponse:
    """Wait for a figure; its page as soon as it is made."""
    figure = queries.figures_of(request.actor).filter(identity=identity).first()
    if figure:
        answer = redirect("evidence:figure", partnership.slug, figure.pk)
        if request.htmx:
            return HttpResponse(headers={"HX-Redirect": answer.url})
        return answer
    order = queries.orders_of(request.actor).filter(identity=identity).first()
    if order is None:
        return redirect("evidence:index", partnership.slug)
    refusal = order.unpacked("refusal")
    content = {
        "order": order,
        "refusal": phrases.refusal(refusal["code"], refusal["params"]) if refusal else "",
        "is_under_way": not refusal and queries.is_under_way(order.pk),
    }
    return render(request, "evidence/_ordered.html" if request.htmx else "evidence/ordered.html", content)


@limited(limits.COMPUTE)
@require_POST
@needs("evidence.order_figure", FigureOrder)
def retry(request: ActorRequest, order: FigureOrder) -> HttpResponse:
    """Try again what a worker that died left undone, or what could not be computed."""
    if queries.is_under_way(order.pk):
        return redirect("evidence:ordered", request.partnership.slug, order.identity)
    asked = Asked.of(order.unpacked("parameters"))
    datasets = [one.dataset for one in order.inputs.select_related("dataset")]
    return _to(
        request, services.order_figure(own_party(request), asked=asked, datasets=datasets, by=request.actor)
    )


@require_POST
@needs("evidence.discard_order", FigureOrder)
def discard(request: ActorRequest, order: FigureOrder) -> HttpResponse:
    services.discard_order(order, by=request.actor)
    return redirect("evidence:index", request.partnership.slug)


@needs("evidence.see_evidence", Figure)
def figure(request: ActorRequest, figure: Figure) -> HttpResponse:
    payload: Any = queries.figure_payload(figure)
    language = get_language() or "sv"
    content = {
        "figure": figure,
        "payload": payload,
        "language": language,
        "drawing": payload["svg_en"] if language == "en" else payload["svg"],
        "inputs": figure.inputs.select_related("dataset"),
        "verdict": phrases.verdict(payload["verdict"]) if payload["verdict"] else "",
        "method": phrases.method(payload["method"]),
        "population": [
            {"day": date.fromisoformat(one["day"]), "number": one["number"], "source": one["source"]}
            for one in payload["parameters"]["population"]
        ],
        "check": queries.last_check_of(request.actor, figure),
        "revision": queries.revisions_of(request.actor).filter(figure=figure).first(),
        "disclosure": queries.disclosure_of(figure, queries.policy_of(request.partnership)),
        "may_check": permissions.allowed("evidence.check_figure", request.actor, figure),
    }
    return render(request, "evidence/figure.html", content)


@needs("evidence.see_evidence")
def revisions(request: ActorRequest, partnership: Partnership) -> HttpResponse:
    """What newer numbers say of each figure that rests on older ones."""
    shown = [
        (one, phrases.refusal(one.refusal["code"], one.refusal["params"]) if one.refusal else "")
        for one in queries.revisions_of(request.actor)
    ]
    steps = next_steps.on(
        "evidence.revisions", request.actor, partnership=partnership.pk, slug=partnership.slug
    )
    return render(request, "evidence/revisions.html", {"revisions": shown, "steps": steps if shown else []})


@limited(limits.COMPUTE)
@require_POST
@needs("evidence.check_figure", Figure)
def check(request: ActorRequest, figure: Figure) -> HttpResponse:
    """Have the figure made again and compared."""
    tasks.make_again.enqueue(str(figure.pk), *tasks.ids_of(request.actor, request.partnership))
    messages.info(request, _("The figure is made again. The result stands under “How this was computed”."))
    return redirect("evidence:figure", request.partnership.slug, figure.pk)
