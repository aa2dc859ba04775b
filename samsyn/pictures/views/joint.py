"""The joint picture: merging, stances, endorsement, adoption."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samsyn.agreements.models import Priority
from samsyn.core import permissions
from samsyn.core.errors import Invalid, Missing, Outdated, Refused
from samsyn.core.forms import Attempt, Form, attempt, point_out
from samsyn.core.thread import Place, thread
from samsyn.core.web import ActorRequest, needs
from samsyn.council.models import Decision
from samsyn.council.queries import decisions_of
from samsyn.dialogue.models import Theme
from samsyn.evidence import queries as evidence
from samsyn.parties.models import Partnership
from samsyn.pictures import clearing, ordering, queries, revisiting, services, staff
from samsyn.pictures.forms.pictures import (
    DecisionForm,
    JoinForm,
    PictureForm,
    PointForm,
    StanceForm,
    VoiceForm,
)
from samsyn.pictures.models import Picture, Point, PointFigure, PointSource, Stance
from samsyn.releases import services as releases
from samsyn.releases.models import Release


@needs("pictures.see_pictures")
def index(request: ActorRequest, partnership: Partnership) -> HttpResponse:
    pictures = list(queries.pictures_of(request.actor, partnership))
    content = {
        "pictures": pictures,
        "drafts": queries.own_drafts(request.actor),
        "shared": queries.shared_drafts(request.actor, partnership),
        "may_open": all(picture.is_adopted for picture in pictures)
        and permissions.allowed("pictures.open_picture", request.actor, partnership),
    }
    return render(request, "pictures/index.html", content)


@needs("pictures.open_picture")
def begin(request: ActorRequest, partnership: Partnership) -> HttpResponse:
    form = PictureForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            picture = services.open_picture(partnership, by=request.actor, **form.cleaned_data)
        except (Invalid, Refused) as error:
            point_out(form, error)
        else:
            return redirect("pictures:merge", partnership.slug, picture.pk)
    return render(request, "pictures/open.html", {"form": form}, status=422 if form.errors else 200)


@needs("pictures.see_pictures", Picture)
def picture(request: ActorRequest, picture: Picture) -> HttpResponse:
    return _picture_page(request, picture)


def _picture_page(
    request: ActorRequest, picture: Picture, *, status: int = 200, **forms: Form
) -> HttpResponse:
    rows = [] if picture.is_adopted else queries.rows_of(picture)
    points = picture.points.order_by("id") if picture.is_adopted else [row.point for row in rows]
    content = {
        "picture": picture,
        "points": points,
        "merge": queries.Merge(rows, []),
        "undecided": 0 if picture.is_adopted else clearing.count_undecided(picture),
        "board": ordering.chosen_order(picture),
        "endorse_form": _decision_form(request, Decision.Kind.ENDORSE, "endorse_%s"),
        "adopt_form": _decision_form(request, Decision.Kind.DECIDE, "adopt_%s"),
        "reviews": revisiting.reviews_of(picture) if picture.is_adopted else [],
        "errata": revisiting.errata_of(request.actor, picture) if picture.is_adopted else [],
        "before_it": revisiting.before_it(request.actor, picture),
        "may_adopt": permissions.allowed("pictures.adopt_picture", request.actor, picture),
    }
    return render(request, "pictures/picture.html", content | forms, status=status)


def _decision_form(
    request: ActorRequest, kind: Decision.Kind, ids: str, given: QueryDict | None = None
) -> DecisionForm:
    decisions = decisions_of(request.actor, request.partnership).filter(kind=kind)
    return DecisionForm(given, decisions=decisions, auto_id=ids)


ROWS, UNPLACED = 20, 10  # findings on a page of the merge: each shows two drafts, the joint text and a form


@needs("pictures.see_pictures", Picture)
def merge(request: ActorRequest, picture: Picture) -> HttpResponse:
    return _merge_page(request, picture)


def _merge_page(
    request: ActorRequest,
    picture: Picture,
    *,
    status: int = 200,
    refused: Form | None = None,
    about: Point | None = None,
) -> HttpResponse:
    """With a form that was refused in its place, which its prefix of ids tells."""
    found = queries.merge_of(request.actor, picture)
    releases.opened(found.releases, by=request.actor)
    kind = request.GET.get("visa", "")
    rows = [row for row in found.rows if not kind or row.kind == kind]
    points = [row.point for row in found.rows]
    keys = [str(row.point.pk) for row in rows]
    asked, pages = request.GET.get("sida", ""), Paginator(rows, ROWS)
    wanted = str(about.pk) if about else request.GET.get("punkt")
    if wanted in keys:  # back from a form: the page where its finding stands
        asked = str(keys.index(wanted) // ROWS + 1)
    chosen, among_all = request.GET.get("foga", ""), len(found.rows) <= ROWS

    def placed(form: Form) -> Form:
        return refused if refused and refused.auto_id == form.auto_id else form

    def joining(one: queries.Shared) -> Form:
        offered = points if among_all or chosen == one.key else [one.resembles] if one.resembles else []
        return placed(_join_form(one.release.pk, one.index, points=offered, resembles=one.resembles))

    shown: Any = pages.get_page(asked)
    shown.object_list = [(row, placed(StanceForm(auto_id=_stance_ids(row.point)))) for row in shown]
    unplaced: Any = Paginator(found.unplaced, UNPLACED).get_page(request.GET.get("delad", ""))
    unplaced.object_list = [(one, joining(one)) for one in unplaced]
    content = {
        "picture": picture,
        "merge": found,
        "rows": shown,
        "unplaced": unplaced,
        "chosen": chosen,
        "choose_among_all": among_all,
        "kind": kind,
        "refused": refused,
        "may_edit": permissions.allowed("pictures.place_finding", request.actor, picture),
    }
    return render(request, "pictures/merge.html", content, status=status)


def _stance_ids(point: Point) -> str:
    return f"stance-{point.pk}-%s"


def _join_form(release: UUID, index: int, given: QueryDict | None = None, **of: Any) -> JoinForm:
    return JoinForm(given, auto_id=f"join-{release}-{index}-%s", **of)


@require_POST
@needs("pictures.place_finding", Picture)
def place(request: ActorRequest, picture: Picture, release: UUID, index: int) -> HttpResponse:
    shared = Release.objects.visible_to(request.actor).filter(pk=release).first()
    if shared is None:
        raise Missing
    point = None
    if "point" in request.POST:
        form = _join_form(release, index, request.POST, points=picture.points.order_by("id"))
        if not form.is_valid():
            return _merge_page(request, picture, status=422, refused=form)
        point = form.cleaned_data["point"]
    placed = services.place_finding(picture, release=shared, index=index, point=point, by=request.actor)
    address = reverse("pictures:merge", args=[request.partnership.slug, picture.pk])
    return redirect(f"{address}?punkt={placed.pk}#punkt-{placed.pk}")


@require_POST
@needs("pictures.part_source", PointSource)
def part(request: ActorRequest, source: PointSource) -> HttpResponse:
    picture_id = source.point.picture_id
    services.part_source(source, by=request.actor)
    return redirect("pictures:merge", request.partnership.slug, picture_id)


@require_POST
@needs("pictures.leave_out_figure", PointFigure)
def leave_out(request: ActorRequest, figure: PointFigure) -> HttpResponse:
    point = services.leave_out_figure(figure, by=request.actor)
    messages.success(
        request, _("The figure is taken away from the finding. Both parties take their stance anew.")
    )
    return redirect("pictures:point", request.partnership.slug, point.pk)


@require_POST
@needs("pictures.take_stance", Point)
def stance(request: ActorRequest, point: Point) -> HttpResponse:
    form = StanceForm(request.POST, auto_id=_stance_ids(point))
    status = Invalid.status
    if form.is_valid():
        given = form.cleaned_data | {"position": Stance.Position(form.cleaned_data["position"])}
        try:
            services.take_stance(point, by=request.actor, **given)
        except (Invalid, Refused, Outdated) as error:
            status = point_out(form, error)
        else:
            address = reverse("pictures:merge", args=[request.partnership.slug, point.picture_id])
            return redirect(f"{address}?punkt={point.pk}#punkt-{point.pk}")
    return _merge_page(request, point.picture, status=status, refused=form, about=point)


def _priorities(request: ActorRequest) -> "object":
    found = Priority.objects.visible_to(request.actor).filter(partnership=request.partnership)
    return found.order_by("-agreement__valid_from", "key")


@needs("pictures.write_point", Picture)
def write(request: ActorRequest, picture: Picture) -> HttpResponse:
    initial = {"priority": request.GET.get("prioritering")}
    form = PointForm(request.POST or None, initial=initial, priorities=_priorities(request))
    if request.method == "POST" and form.is_valid():
        given = {"certainty": form.certain, "priority": form.cleaned_data["priority"]}
        try:
            services.write_point(picture, words=form.words, by=request.actor, **given)
        except (Invalid, Refused) as error:
            point_out(form, error)
        else:
            return redirect("pictures:merge", request.partnership.slug, picture.pk)
    content = {"form": form, "picture": picture, "stored": ""}
    return render(request, "pictures/point_form.html", content, status=422 if form.errors else 200)


@needs("pictures.rewrite_point", Point)
def rewrite(request: ActorRequest, point: Point) -> HttpResponse:
    names = ("title", "text", "extent", "consequence", "unknown", "certainty", "priority")
    initial = {name: getattr(point, name) for name in names} | {"seen": point.version}
    form = PointForm(request.POST or None, initial=initial, priorities=_priorities(request))
    tried = Attempt()
    if request.method == "POST":
        tried = attempt(
            form,
            point,
            request.actor,
            lambda: services.rewrite_point(
                point,
                words=form.words,
                certainty=form.certain,
                priority=form.cleaned_data["priority"],
                seen=form.cleaned_data["seen"],
                by=request.actor,
            ),
        )
        if tried.is_done:
            return redirect("pictures:merge", request.partnership.slug, point.picture_id)
    content = {"form": form, "picture": point.picture, "point": point, "stored": tried.stored}
    return render(request, "pictures/point_form.html", content, status=tried.status)


@needs("pictures.see_pictures", Point)
def point(request: ActorRequest, point: Point) -> HttpResponse:
    return _point_page(request, point)


def _point_page(request: ActorRequest, point: Point, *, status: int = 200, **forms: Form) -> HttpResponse:
    """One finding with all that stands behind it and all that follows from it."""
    here = Place(request.partnership.pk, request.partnership.slug)
    nodes = thread.nodes(request.actor, here, kinds=thread.kinds_on("measure"))
    measures = [node for node in nodes if point.pk in node.parents and node.kind == "measure"]
    found = {one.id for one in measures}
    promises = [node for node in nodes if node.kind == "promise" and found & set(node.parents)]
    point = queries.whole_point(point)
    sources = point.sources.all()
    rows = [figure for source in sources for figure in source.figures.all()]
    figures = [(figure, figure.payload) for figure in rows]
    content = {
        "point": point,
        "is_newest": queries.is_in_newest(point),
        "figures": figures,
        "revisions": evidence.revisions_of(request.actor).filter(
            figure__identity__in=[payload["identity"] for _row, payload in figures]
        ),
        "sources": sources,
        "stances": point.stances.all(),
        "voices": point.voices.all(),
        "staff_lines": [line for source in sources for line in staff.lines_of(source.finding)],
        "causes": point.causes.order_by("id"),
        "measures": measures,
        "promises": promises,
        "voice_form": VoiceForm(themes=_themes(request)),
        "may_leave_out": not point.picture.is_adopted
        and permissions.allowed("pictures.leave_out_figure", request.actor, point),
    }
    return render(request, "pictures/point.html", content | forms, status=status)


def _themes(request: ActorRequest) -> "object":
    found = Theme.objects.visible_to(request.actor).filter(partnership=request.partnership)
    return found.order_by("title")


@require_POST
@needs("pictures.add_voice", Point)
def add_voice(request: ActorRequest, point: Point) -> HttpResponse:
    form = VoiceForm(request.POST, themes=_themes(request))
    if form.is_valid():
        try:
            services.add_voice(point, by=request.actor, **form.cleaned_data)
        except (Invalid, Refused) as error:
            point_out(form, error)
        else:
            return redirect("pictures:point", request.partnership.slug, point.pk)
    return _point_page(request, point, status=422, voice_form=form)


@require_POST
@needs("pictures.endorse_picture", Picture)
def endorse(request: ActorRequest, picture: Picture) -> HttpResponse:
    form = _decision_form(request, Decision.Kind.ENDORSE, "endorse_%s", request.POST)
    if form.is_valid():
        try:
            services.endorse_picture(picture, by=request.actor, **form.cleaned_data)
        except (Invalid, Refused) as error:
            point_out(form, error)
        else:
            messages.success(request, _("The council stands behind the picture."))
            return redirect("pictures:picture", request.partnership.slug, picture.pk)
    return _picture_page(request, picture, status=422, endorse_form=form)


@require_POST
@needs("pictures.adopt_picture", Picture)
def adopt(request: ActorRequest, picture: Picture) -> HttpResponse:
    form = _decision_form(request, Decision.Kind.DECIDE, "adopt_%s", request.POST)
    if form.is_valid():
        try:
            services.adopt_picture(picture, by=request.actor, **form.cleaned_data)
        except (Invalid, Refused) as error:
            point_out(form, error)
        else:
            messages.success(request, _("The picture is adopted, frozen and public."))
            return redirect("pictures:picture", request.partnership.slug, picture.pk)
    return _picture_page(request, picture, status=422, adopt_form=form)
