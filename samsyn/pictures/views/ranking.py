"""Which findings come first: the judgements, the weights, and the choice."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samsyn.core import permissions
from samsyn.core.errors import Invalid, Outdated, Refused
from samsyn.core.forms import Form, point_out
from samsyn.core.web import ActorRequest, needs
from samsyn.pictures import ordering, services
from samsyn.pictures.forms.ranking import OrderForm, SaveWeightsForm, ScoreForm, WeightsForm
from samsyn.pictures.models import Criterion, Picture, Point


@needs("pictures.see_pictures", Picture)
def ranking(request: ActorRequest, picture: Picture) -> HttpResponse:
    return _ranking_page(request, picture)


def _ranking_page(
    request: ActorRequest, picture: Picture, *, status: int = 200, order_form: Form | None = None
) -> HttpResponse:
    """With other weights than the saved ones when the address says so, for the meeting that tries them."""
    tried = WeightsForm(request.GET) if Criterion.HARM in request.GET else None
    board = ordering.board_of(picture, tried.weights if tried and tried.is_valid() else None)
    saved = board.ranking
    weights: dict[str, Any] = {str(one): weight for one, weight in board.weights.items()}
    is_tried = board.weights != saved.weights
    content = {
        "picture": picture,
        "board": board,
        "criteria": Criterion,
        "weights_form": tried or WeightsForm(initial=weights),
        "save_form": SaveWeightsForm(weights | {"seen": saved.version}) if is_tried else None,
        "order_form": order_form or _order_form(board),
        "may_rank": not picture.is_adopted
        and permissions.allowed("pictures.choose_order", request.actor, picture),
    }
    return render(request, "pictures/ranking.html", content, status=status)


def _order_form(board: ordering.Board, given: Any = None) -> OrderForm:
    return OrderForm(
        given,
        points=[one.point for one in board.all],
        chosen={one.point.pk: one.chosen for one in board.all if one.chosen},
        initial={"reason": board.ranking.reason, "seen": board.ranking.version},
        auto_id="order_%s",
    )


@needs("pictures.score_point", Point)
def score(request: ActorRequest, point: Point) -> HttpResponse:
    scores = list(point.scores.select_related("set_by", "party"))
    initial = {"seen": ordering.scores_seen(scores)}
    form = ScoreForm(request.POST if request.method == "POST" else None, initial=initial, scores=scores)
    status, stored = 200, ""
    if request.method == "POST":
        status = Invalid.status
        if form.is_valid():
            try:
                services.score_point(
                    point, scores=form.scores, seen=form.cleaned_data["seen"], by=request.actor
                )
            except (Invalid, Refused, Outdated) as error:
                status = point_out(form, error)
                if isinstance(error, Outdated):
                    stored = error.stored
                    form.data = form.data.copy()  # type: ignore[attr-defined]
                    form.data["seen"] = str(ordering.scores_seen(point.scores.all()))  # type: ignore[index]
            else:
                messages.success(request, _("The judgement is saved."))
                return redirect("pictures:ranking", request.partnership.slug, point.picture_id)
    content = {"form": form, "point": point, "picture": point.picture, "scores": scores, "stored": stored}
    return render(request, "pictures/score.html", content, status=status)


@require_POST
@needs("pictures.weigh_criteria", Picture)
def weigh(request: ActorRequest, picture: Picture) -> HttpResponse:
    form = SaveWeightsForm(request.POST)
    if not form.is_valid():
        raise Invalid(_("Choose how much each criterion counts."))
    services.weigh_criteria(picture, weights=form.weights, seen=form.cleaned_data["seen"], by=request.actor)
    messages.success(request, _("The weights are saved."))
    return redirect("pictures:ranking", request.partnership.slug, picture.pk)


@require_POST
@needs("pictures.choose_order", Picture)
def choose(request: ActorRequest, picture: Picture) -> HttpResponse:
    form = _order_form(ordering.board_of(picture), request.POST)
    status = Invalid.status
    if form.is_valid():
        given = {"reason": form.cleaned_data["reason"], "seen": form.cleaned_data["seen"]}
        try:
            services.choose_order(picture, order=form.order, by=request.actor, **given)
        except (Invalid, Refused, Outdated) as error:
            status = point_out(form, error)
            if isinstance(error, Outdated):
                form.data = form.data.copy()  # type: ignore[attr-defined]
                form.data["seen"] = str(ordering.ranking_of(picture).version)  # type: ignore[index]
        else:
            messages.success(request, _("The order is chosen."))
            return redirect("pictures:ranking", request.partnership.slug, picture.pk)
    return _ranking_page(request, picture, status=status, order_form=form)
