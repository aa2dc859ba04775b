"""After the adoption: reviews of the picture, and how the next one differs from it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samsyn.core import clock, permissions
from samsyn.core.errors import Invalid, Missing, Refused
from samsyn.core.forms import Form, point_out
from samsyn.core.web import ActorRequest, needs
from samsyn.pictures import revisiting, services
from samsyn.pictures.forms.pictures import ErratumForm, GoneForm, ReviewForm
from samsyn.pictures.models import Erratum, Picture, Point, Review


@needs("pictures.record_review", Picture)
def review(request: ActorRequest, picture: Picture) -> HttpResponse:
    form = ReviewForm(
        request.POST if request.method == "POST" else None,
        initial={"day": clock.today()},
        points=picture.points.order_by("id"),
    )
    if form.is_valid():
        given = form.cleaned_data | {"changed": list(form.cleaned_data["changed"])}
        try:
            services.record_review(picture, by=request.actor, **given)
        except (Invalid, Refused) as error:
            point_out(form, error)
        else:
            messages.success(request, _("The review is recorded."))
            return redirect("pictures:picture", request.partnership.slug, picture.pk)
    content = {"form": form, "picture": picture}
    return render(request, "pictures/review.html", content, status=422 if form.errors else 200)


@require_POST
@needs("pictures.retract_review", Review)
def retract(request: ActorRequest, review: Review) -> HttpResponse:
    picture_id = review.picture_id
    services.retract_review(review, by=request.actor)
    messages.success(request, _("The review is taken back."))
    return redirect("pictures:picture", request.partnership.slug, picture_id)


@needs("pictures.see_pictures", Picture)
def comparison(request: ActorRequest, picture: Picture, other: UUID) -> HttpResponse:
    return _comparison_page(request, picture, _seen(request, other))


def _seen(request: ActorRequest, key: UUID) -> Picture:
    found = Picture.objects.visible_to(request.actor).filter(partnership=request.partnership, pk=key).first()
    if found is None:
        raise Missing
    return found


def _comparison_page(
    request: ActorRequest,
    picture: Picture,
    other: Picture,
    *,
    status: int = 200,
    refused: Form | None = None,
) -> HttpResponse:
    """With a form of its own for each finding that is gone, as long as the newer picture is written."""
    found = revisiting.compared(other, picture)
    may_explain = not picture.is_adopted and permissions.allowed(
        "pictures.explain_gone", request.actor, picture
    )
    forms: dict[str, Form] = {
        key: GoneForm(auto_id=_ids(key), initial={"reason": one.reason})
        for one in found.changes
        if one.kind == "gone" and one.before and (key := str(one.before["point"]))
    }
    if refused is not None:
        forms = {key: refused if refused.auto_id == form.auto_id else form for key, form in forms.items()}
    rows = [
        (one, forms.get(str(one.before["point"])) if one.before and may_explain else None)
        for one in found.changes
    ]
    content = {"picture": picture, "other": other, "rows": rows, "counts": found.counts, "refused": refused}
    return render(request, "pictures/comparison.html", content, status=status)


def _ids(key: str) -> str:
    return f"gone-{key}-%s"


@require_POST
@needs("pictures.explain_gone", Picture)
def explain(request: ActorRequest, picture: Picture, point: UUID) -> HttpResponse:
    gone = Point.objects.visible_to(request.actor).filter(partnership=request.partnership, pk=point).first()
    if gone is None:
        raise Missing
    form = GoneForm(request.POST, auto_id=_ids(str(gone.pk)))
    if form.is_valid():
        try:
            services.explain_gone(picture, point=gone, by=request.actor, **form.cleaned_data)
        except (Invalid, Refused) as error:
            point_out(form, error)
        else:
            messages.success(request, _("The reason is saved."))
            return redirect("pictures:comparison", request.partnership.slug, picture.pk, gone.picture_id)
    return _comparison_page(request, picture, gone.picture, status=422, refused=form)


@needs("pictures.write_erratum", Picture)
def write_erratum(request: ActorRequest, picture: Picture) -> HttpResponse:
    form = ErratumForm(
        request.POST if request.method == "POST" else None, points=picture.points.order_by("id")
    )
    if form.is_valid():
        try:
            services.write_erratum(picture, by=request.actor, **form.cleaned_data)
        except (Invalid, Refused) as error:
            point_out(form, error)
        else:
            messages.success(
                request, _("The correction is written. It is shown when both parties approve it.")
            )
            return redirect("pictures:picture", request.partnership.slug, picture.pk)
    content = {"form": form, "picture": picture}
    return render(request, "pictures/erratum.html", content, status=422 if form.errors else 200)


@require_POST
@needs("pictures.approve_erratum", Erratum)
def approve_erratum(request: ActorRequest, erratum: Erratum) -> HttpResponse:
    picture_id = erratum.picture_id
    services.approve_erratum(erratum, by=request.actor)
    messages.success(request, _("Your party stands behind the correction."))
    return redirect("pictures:picture", request.partnership.slug, picture_id)


@require_POST
@needs("pictures.drop_erratum", Erratum)
def drop_erratum(request: ActorRequest, erratum: Erratum) -> HttpResponse:
    picture_id = erratum.picture_id
    services.drop_erratum(erratum, by=request.actor)
    messages.success(request, _("The correction is taken away."))
    return redirect("pictures:picture", request.partnership.slug, picture_id)
