from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samsyn.agreements.models import Priority
from samsyn.agreements.queries import sub_aims_of
from samsyn.core import clock
from samsyn.core.errors import Invalid, Refused
from samsyn.core.forms import Attempt, attempt, point_out
from samsyn.core.web import ActorRequest, needs
from samsyn.parties.models import Organisation, Partnership
from samsyn.pictures.models import Point
from samsyn.plans import aims, looking, looking_back, queries, rollup, services, tallies, verdicts
from samsyn.plans.filters import Choices, Chosen
from samsyn.plans.forms.measures import MeasureForm, MeasureTextForm, StatusForm
from samsyn.plans.looking import VIEWS
from samsyn.plans.models import Measure

PAGE = 100  # a list that is longer is read page by page; the board and the files hold all


@needs("plans.see_measures")
def index(request: ActorRequest, partnership: Partnership) -> HttpResponse:
    measures = list(queries.followed_measures(request.actor, partnership))
    today = clock.today()
    choices = Choices.of(measures)
    chosen = Chosen.of(request.GET, choices)
    shown = chosen.narrow(measures, request.actor)
    for one in shown:
        one.answered = queries.answered_by(one, request.actor)  # type: ignore[attr-defined]
    standings = [rollup.standing_of(one, today) for one in shown]
    page = Paginator(standings, PAGE).get_page(request.GET.get("sida"))
    content = {
        "views": [(view, label, chosen.seen_as(view)) for view, label in VIEWS.items()],
        "board": looking.board(standings) if chosen.view == "tavla" else None,
        "timeline": looking.timeline(page, today) if chosen.view == "tidslinje" else None,
        "standings": standings,
        "page": page,
        "all": len(measures),
        "late": {one.pk for one in shown if queries.is_late(one, today)},
        "misses": aims.missing_a_cause(shown, request.actor, partnership),
        "chosen": chosen,
        "choices": choices,
        "states": Measure.State.choices,
        "rollup": rollup.rollup(standings, today),
        "tallies": tallies.tallies(standings),
    }
    return render(request, "plans/index.html", content)


@needs("plans.propose_measure")
def propose(request: ActorRequest, partnership: Partnership) -> HttpResponse:
    here = {"partnership": partnership}
    form = MeasureForm(
        request.POST or None,
        initial={
            "points": request.GET.getlist("iakttagelse"),
            "priorities": request.GET.getlist("prioritering"),
        },
        owners=Organisation.objects.visible_to(request.actor).filter(memberships__partnership=partnership),
        points=Point.objects.visible_to(request.actor)
        .filter(**here)
        .select_related("picture__decision")
        .order_by("title", "picture__number"),
        priorities=Priority.objects.visible_to(request.actor).filter(**here).order_by("key"),
        sub_aims=sub_aims_of(request.actor).filter(**here),
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        given |= {name: list(given[name]) for name in ("points", "priorities", "sub_aims")}
        try:
            measure = services.propose_measure(partnership, by=request.actor, **given)
        except (Invalid, Refused) as error:
            point_out(form, error)
        else:
            messages.success(request, _("The measure is proposed."))
            return redirect("plans:measure", partnership.slug, measure.pk)
    return render(request, "plans/propose.html", {"form": form}, status=422 if form.errors else 200)


@needs("plans.see_measure", Measure)
def measure(request: ActorRequest, measure: Measure) -> HttpResponse:
    form = StatusForm(request.POST or None, initial={"state": measure.state})
    status = 200
    if request.method == "POST":
        if form.is_valid():
            try:
                services.report_status(
                    measure,
                    state=Measure.State(form.cleaned_data["state"]),
                    text=form.cleaned_data["text"],
                    by=request.actor,
                )
            except (Invalid, Refused) as error:
                point_out(form, error)
            else:
                messages.success(request, _("The report is saved."))
                return redirect("plans:measure", request.partnership.slug, measure.pk)
        status = 422
    answered = queries.answered_by(measure, request.actor)
    aim = aims.aim_of(measure, request.actor, [one.id for one in answered])
    content = {
        "measure": measure,
        "is_late": queries.is_late(measure, clock.today()),
        "points": answered,
        "priorities": measure.priorities.select_related("priority"),
        "sub_aims": [link.sub_aim for link in queries.sub_aims_served(measure)],
        "requests": measure.requests.order_by("-asked_on", "-id"),
        "reports": measure.reports.order_by("-reported_on", "-id"),
        "form": form,
        "aim": aim,
        "unsaid": queries.unsaid(measure, has_causes=bool(aim.chosen or aim.unnamed)),
        "partners": measure.partners.select_related("organisation").order_by("organisation__name"),
        "waiting": queries.waits_for(measure, request.actor),
        "plans": queries.in_plans(request.actor).filter(measure=measure),
    }
    activities = list(measure.activities.select_related("measure").order_by("starts", "title"))
    followed = [verdicts.follow(one, clock.today()) for one in queries.indicators_of(measure)]
    content |= {"activities": activities, "tally": verdicts.tally_of(activities, followed)}
    content |= looking_back.shown_of(measure, clock.today())
    return render(request, "plans/measure.html", content, status=status)


@needs("plans.rewrite_measure", Measure)
def rewrite(request: ActorRequest, measure: Measure) -> HttpResponse:
    fields = ("title", "text", "kind", "owner_title", "starts", "ends", "follow_up")
    initial = {name: getattr(measure, name) for name in fields} | {"seen": measure.version}
    initial["sub_aims"] = list(measure.sub_aims.values_list("sub_aim", flat=True))
    served = measure.priorities.values("priority")
    offered = sub_aims_of(request.actor).filter(priority__in=served)
    form = MeasureTextForm(request.POST or None, initial=initial, sub_aims=offered)
    tried = Attempt()
    if request.method == "POST":
        tried = attempt(
            form,
            measure,
            request.actor,
            lambda: services.rewrite_measure(measure, by=request.actor, **form.cleaned_data),
        )
        if tried.is_done:
            return redirect("plans:measure", request.partnership.slug, measure.pk)
    content = {"form": form, "measure": measure, "stored": tried.stored}
    return render(request, "plans/rewrite.html", content, status=tried.status)
