"""The joint picture: merging, stances, endorsement, adoption."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samsyn.agreements.models import Priority
from samsyn.core import permissions
from samsyn.core.errors import Invalid, Missing, Outdated, Refused
from samsyn.core.thread import Place, thread
from samsyn.core.web import ActorRequest, needs
from samsyn.council.models import Decision
from samsyn.council.queries import decisions_of
from samsyn.dialogue.models import Theme
from samsyn.evidence import queries as evidence
from samsyn.parties.models import Partnership
from samsyn.pictures import queries, services
from samsyn.pictures.forms import DecisionForm, PictureForm, PointForm, StanceForm, VoiceForm
from samsyn.pictures.models import Picture, Point, PointSource, Stance
from samsyn.pictures.views.errors import point_out, renew_seen
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
    decisions = decisions_of(request.actor, request.partnership)
    content = {
        "picture": picture,
        "merge": queries.Merge(queries.rows_of(picture), []),
        "endorse_form": DecisionForm(
            decisions=decisions.filter(kind=Decision.Kind.ENDORSE), auto_id="endorse_%s"
        ),
        "adopt_form": DecisionForm(decisions=decisions.filter(kind=Decision.Kind.DECIDE), auto_id="adopt_%s"),
        "may_adopt": permissions.allowed("pictures.adopt_picture", request.actor, picture),
    }
    return render(request, "pictures/picture.html", content)


ROWS, UNPLACED = 20, 10  # findings on a page of the merge: each shows two drafts, the joint text and a form


@needs("pictures.see_pictures", Picture)
def merge(request: ActorRequest, picture: Picture) -> HttpResponse:
    found = queries.merge_of(request.actor, picture)
    releases.opened(found.releases, by=request.actor)
    kind = request.GET.get("visa", "")
    rows = [row for row in found.rows if not kind or row.kind == kind]
    points = [str(row.point.pk) for row in rows]
    asked, pages = request.GET.get("sida", ""), Paginator(rows, ROWS)
    if (wanted := request.GET.get("punkt")) in points:  # back from a form: the page where its finding stands
        asked = str(points.index(wanted) // ROWS + 1)
    content = {
        "picture": picture,
        "merge": found,
        "rows": pages.get_page(asked),
        "unplaced": Paginator(found.unplaced, UNPLACED).get_page(request.GET.get("delad", "")),
        "chosen": request.GET.get("foga", ""),
        "choose_among_all": len(found.rows) <= ROWS,
        "kind": kind,
        "may_edit": permissions.allowed("pictures.place_finding", request.actor, picture),
    }
    return render(request, "pictures/merge.html", content)


@require_POST
@needs("pictures.place_finding", Picture)
def place(request: ActorRequest, picture: Picture, release: UUID, index: int) -> HttpResponse:
    shared = Release.objects.visible_to(request.actor).filter(pk=release).first()
    point = None
    if wanted := request.POST.get("point"):
        point = next((one for one in picture.points.all() if str(one.pk) == wanted), None)
        if point is None:
            raise Missing
    if shared is None:
        raise Missing
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
@needs("pictures.take_stance", Point)
def stance(request: ActorRequest, point: Point) -> HttpResponse:
    form = StanceForm(request.POST)
    if not form.is_valid():
        raise Refused(_("Choose whether your party approves the text or sees it differently."))
    given = form.cleaned_data | {"position": Stance.Position(form.cleaned_data["position"])}
    services.take_stance(point, by=request.actor, **given)
    address = reverse("pictures:merge", args=[request.partnership.slug, point.picture_id])
    return redirect(f"{address}?punkt={point.pk}#punkt-{point.pk}")


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
    names = ("title", "text", "extent", "consequence", "certainty", "priority")
    initial = {name: getattr(point, name) for name in names} | {"seen": point.version}
    form = PointForm(request.POST or None, initial=initial, priorities=_priorities(request))
    status, stored = 200, ""
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                services.rewrite_point(
                    point,
                    words=form.words,
                    certainty=form.certain,
                    priority=form.cleaned_data["priority"],
                    seen=form.cleaned_data["seen"],
                    by=request.actor,
                )
            except Outdated as error:
                now = Point.objects.visible_to(request.actor).get(pk=point.pk)
                status, stored = renew_seen(form, error, now.version), error.stored
            except (Invalid, Refused) as error:
                point_out(form, error)
            else:
                return redirect("pictures:merge", request.partnership.slug, point.picture_id)
    content = {"form": form, "picture": point.picture, "point": point, "stored": stored}
    return render(request, "pictures/point_form.html", content, status=status)


@needs("pictures.see_pictures", Point)
def point(request: ActorRequest, point: Point) -> HttpResponse:
    """One finding with all that stands behind it and all that follows from it."""
    here = Place(request.partnership.pk, request.partnership.slug)
    nodes = thread.nodes(request.actor, here, kinds=thread.kinds_on("measure"))
    measures = [node for node in nodes if point.pk in node.parents and node.kind == "measure"]
    promises = [node for node in nodes if {one.id for one in measures} & set(node.parents)]
    themes = Theme.objects.visible_to(request.actor).filter(partnership=request.partnership)
    point = queries.whole_point(point)
    sources = point.sources.all()
    figures = [figure.payload for source in sources for figure in source.figures.all()]
    content = {
        "point": point,
        "figures": figures,
        "revisions": evidence.revisions_of(request.actor).filter(
            figure__identity__in=[one["identity"] for one in figures]
        ),
        "sources": sources,
        "stances": point.stances.all(),
        "voices": point.voices.all(),
        "measures": measures,
        "promises": promises,
        "voice_form": VoiceForm(themes=themes.order_by("title")),
    }
    return render(request, "pictures/point.html", content)


@require_POST
@needs("pictures.add_voice", Point)
def add_voice(request: ActorRequest, point: Point) -> HttpResponse:
    themes = Theme.objects.visible_to(request.actor).filter(partnership=request.partnership)
    form = VoiceForm(request.POST, themes=themes)
    if not form.is_valid():
        raise Refused(_("Choose a theme of one of your dialogues."))
    services.add_voice(point, by=request.actor, **form.cleaned_data)
    return redirect("pictures:point", request.partnership.slug, point.pk)


@require_POST
@needs("pictures.endorse_picture", Picture)
def endorse(request: ActorRequest, picture: Picture) -> HttpResponse:
    services.endorse_picture(picture, decision=_decision(request), by=request.actor)
    messages.success(request, _("The council stands behind the picture."))
    return redirect("pictures:picture", request.partnership.slug, picture.pk)


@require_POST
@needs("pictures.adopt_picture", Picture)
def adopt(request: ActorRequest, picture: Picture) -> HttpResponse:
    services.adopt_picture(picture, decision=_decision(request), by=request.actor)
    messages.success(request, _("The picture is adopted, frozen and public."))
    return redirect("pictures:picture", request.partnership.slug, picture.pk)


def _decision(request: ActorRequest) -> Decision:
    form = DecisionForm(request.POST, decisions=decisions_of(request.actor, request.partnership))
    if not form.is_valid():
        raise Refused(_("Choose the decision. Record it under the council first if it is not there."))
    decision: Decision = form.cleaned_data["decision"]
    return decision
