"""The public site: no account, no cookies, nothing but releases."""

import io
import json
from typing import Any

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from samsyn.core import clock, limits, objects
from samsyn.core.actors import VISITOR
from samsyn.core.carrying import carried
from samsyn.core.downloads import attachment
from samsyn.core.errors import Invalid, Missing, Refused
from samsyn.core.forms import point_out
from samsyn.core.limits import limited
from samsyn.core.web import public
from samsyn.dialogue import queries as dialogues
from samsyn.dialogue import services as dialogue_services
from samsyn.dialogue.forms import AnswerForm, ReceiptForm
from samsyn.dialogue.models import Dialogue, Voice
from samsyn.evidence import queries as figures
from samsyn.evidence import services as evidence
from samsyn.evidence.queries import GEOJSON, geojson
from samsyn.parties.models import Partnership
from samsyn.pictures.queries import compared_releases, staff_lines
from samsyn.publishing import queries
from samsyn.releases.queries import printouts_of


def _render(
    request: HttpRequest, template: str, content: dict[str, Any], *, name: str, status: int = 200, **path: Any
) -> HttpResponse:
    """Every public page exists in both languages, at addresses that say which."""
    language = _language(request)
    other = "en" if language == "sv" else "sv"
    content |= {
        "language": language,
        "space": _space(language),
        "other_language": other,
        "other_url": reverse(f"{_space(other)}:{name}", kwargs=path),
    }
    return render(request, f"publishing/{template}.html", content, status=status)


def _language(request: HttpRequest) -> str:
    return str(getattr(request, "LANGUAGE_CODE", "sv"))


def _space(language: str) -> str:
    return "publishing-en" if language == "en" else "publishing"


@public
def front(request: HttpRequest) -> HttpResponse:
    return _render(request, "front", {"partnerships": queries.partnerships()}, name="front")


@public
def accessibility(request: HttpRequest) -> HttpResponse:
    supervisor, _, web = settings.ACCESSIBILITY_SUPERVISOR.rpartition(" ")
    return _render(request, "accessibility", {"supervisor": supervisor, "web": web}, name="accessibility")


@public
def personal_data(request: HttpRequest) -> HttpResponse:
    return _render(request, "personal_data", {}, name="personal_data")


@public
def contact(request: HttpRequest) -> HttpResponse:
    return _render(request, "contact", {"contacts": queries.contacts()}, name="contact")


@public
def home(request: HttpRequest, slug: str) -> HttpResponse:
    partnership = queries.partnership_at(slug)
    today = clock.today().isoformat()
    asked = queries.shown(partnership, "dialogue.dialogue")
    content = {
        "shown_partnership": partnership,
        "agreement": queries.newest(partnership, "agreements.agreement"),
        "picture": queries.newest(partnership, "pictures.picture"),
        "plan": queries.newest(partnership, "plans.plan"),
        "follow_up": queries.newest(partnership, "plans.follow_up"),
        "areas": queries.promises_by_area(partnership),
        "open_dialogues": [one for one in asked if one.content["opens"] <= today <= one.content["closes"]],
    }
    return _render(request, "home", content, name="home", slug=slug)


@public
def agreement(request: HttpRequest, slug: str) -> HttpResponse:
    return _newest(request, slug, "agreements.agreement", "agreement")


@public
def picture(request: HttpRequest, slug: str) -> HttpResponse:
    """The newest, and how it differs from the one before: both as everybody could read them."""
    partnership = queries.partnership_at(slug)
    found = queries.shown(partnership, "pictures.picture")[:2]
    _say_what_staff_said(found[:1])
    changes = compared_releases(found[1].content, found[0].content) if len(found) > 1 else None
    more = {
        "changes": changes,
        "period_before": found[1].content["period"] if changes else "",
        "methods": figures.methods_said(),
    }
    if found:
        more["release_url"] = _address_of(request, found[0])
        more["open_areas"] = figures.open_areas(partnership, queries.figures_in(found[0]))
        more["reviews"] = queries.reviews_of(partnership, found[0])
    return _shown(request, partnership, found[0] if found else None, "picture", **more)


@public
def quoted_picture(request: HttpRequest, slug: str, pk: Any) -> HttpResponse:
    """One picture for good, whatever has come since: the address that stands in what was quoted from it."""
    partnership = queries.partnership_at(slug)
    found = queries.shown_release(partnership, pk, "pictures.picture")
    newest = queries.newest(partnership, "pictures.picture")
    _say_what_staff_said([found])
    content = {
        "shown_partnership": partnership,
        "shown": found,
        "is_printed": _is_printed(request, found),
        "release_url": _address_of(request, found),
        "open_areas": figures.open_areas(partnership, queries.figures_in(found)),
        "reviews": queries.reviews_of(partnership, found),
        "methods": figures.methods_said(),
        "newer": newest if newest and newest.release.pk != found.release.pk else None,
    }
    return _render(request, "picture", content, name="quoted_picture", slug=slug, pk=pk)


def _say_what_staff_said(pictures: list[queries.Shown]) -> None:
    """Put beside each finding which staff dialogues it rests on, in the language of the page."""
    for picture in pictures:
        for point in picture.content["points"]:
            point["staff_lines"] = staff_lines(point)


def _address_of(request: HttpRequest, found: queries.Shown) -> str:
    slug = found.release.partnership.slug
    return reverse(f"{_space(_language(request))}:quoted_picture", args=[slug, found.release.pk])


@limited(limits.PUBLIC_FILE)
@public
def figure_file(request: HttpRequest, slug: str, pk: Any, point: int, number: int, form: str) -> HttpResponse:
    """A figure of a public picture to take along. What is hidden there is hidden in its files."""
    if form not in evidence.KINDS:
        raise Missing
    partnership = queries.partnership_at(slug)
    found = queries.shown_release(partnership, pk, "pictures.picture")
    payload = queries.figure_in(found, point=point, number=number)
    wanted = evidence.Form(form)
    shown = carried(
        payload,
        language=_language(request),
        method=figures.method_said(payload),
        link=f"{settings.ORIGIN}{_address_of(request, found)}#d-{point}-{number}",
        warnings=evidence.warnings(partnership),
    )
    if wanted in evidence.DRAWN and not shown.drawing:
        raise Missing
    template = figures.template_for(partnership, wanted) if wanted in evidence.TEMPLATED else b""
    content = evidence.Leaving(shown, payload, template).as_file(wanted)
    return attachment(f"{slug}-{pk}-{point}-{number}.{form}", content, evidence.KINDS[wanted])


@limited(limits.PUBLIC_FILE)
@public
def areas_file(request: HttpRequest, slug: str, pk: Any) -> HttpResponse:
    """The areas in a public picture's maps as open data, of those outlines that everybody may fetch."""
    partnership = queries.partnership_at(slug)
    found = queries.shown_release(partnership, pk, "pictures.picture")
    areas = figures.open_areas(partnership, queries.figures_in(found))
    if not areas:
        raise Missing
    content = json.dumps(
        geojson(areas, said=" ".join(evidence.warnings(partnership))),
        ensure_ascii=False,
        separators=(",", ":"),
    )
    return attachment(f"{slug}-{pk}.geojson", content, GEOJSON)


@public
def follow_up(request: HttpRequest, slug: str) -> HttpResponse:
    return _newest(request, slug, "plans.follow_up", "follow_up")


@public
def plan(request: HttpRequest, slug: str) -> HttpResponse:
    """What the municipality decided, and what the police decided of their own part, if they have."""
    partnership = queries.partnership_at(slug)
    found = queries.newest(partnership, "plans.plan")
    police = found and queries.police_part_of(partnership, found)
    content = {
        "shown_partnership": partnership,
        "shown": found,
        "is_printed": _is_printed(request, found),
        "others": [one for one in found.content["measures"] if not one["counts"]] if found else [],
        "police": police,
        "police_is_printed": _is_printed(request, police),
    }
    return _render(request, "plan", content, name="plan", slug=slug)


def _is_printed(request: HttpRequest, found: queries.Shown | None) -> bool:
    return found is not None and printouts_of(found.release).filter(language=_language(request)).exists()


def _newest(request: HttpRequest, slug: str, kind: str, page: str) -> HttpResponse:
    partnership = queries.partnership_at(slug)
    return _shown(request, partnership, queries.newest(partnership, kind), page)


def _shown(
    request: HttpRequest, partnership: Partnership, found: queries.Shown | None, page: str, **more: Any
) -> HttpResponse:
    content = more | {
        "shown_partnership": partnership,
        "shown": found,
        "is_printed": _is_printed(request, found),
    }
    return _render(request, page, content, name=page, slug=partnership.slug)


@limited(limits.PUBLIC_DOCUMENT)
@public
def document(request: HttpRequest, slug: str, pk: Any) -> HttpResponseBase:
    """What was released, as a PDF in the language of the address."""
    printout = queries.printout_of(queries.partnership_at(slug), pk, language=_language(request))
    return FileResponse(io.BytesIO(objects.get(printout.key)), filename=printout.file_name)


@public
def promises(request: HttpRequest, slug: str) -> HttpResponse:
    partnership = queries.partnership_at(slug)
    areas = queries.promises_by_area(partnership)
    chosen = request.GET.get("omrade", "")
    shown = [area for area in areas if area.slug == chosen] or areas
    content = {"shown_partnership": partnership, "areas": areas, "shown_areas": shown, "chosen": chosen}
    return _render(request, "promises", content, name="promises", slug=slug)


def _open_dialogue(partnership: Partnership, pk: Any) -> Dialogue:
    found = Dialogue.objects.visible_to(VISITOR).filter(partnership=partnership, pk=pk)
    dialogue = found.filter(release__withdrawn_at=None).select_related("area", "release").first()
    if dialogue is None:
        raise Missing
    return dialogue


@limited(limits.ANSWER)
@csrf_exempt  # no session and no cookie here: there is nothing that another site could act as
@public
def dialogue(request: HttpRequest, slug: str, pk: Any) -> HttpResponse:
    partnership = queries.partnership_at(slug)
    asked = _open_dialogue(partnership, pk)
    form, code, status = AnswerForm(request.POST if request.method == "POST" else None), "", 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                code = dialogue_services.answer(asked, by=VISITOR, **form.cleaned_data)
                status = 200
            except (Invalid, Refused) as error:
                point_out(form, error)
                status = error.status
    content = {
        "shown_partnership": partnership,
        "dialogue": asked,
        "content": asked.release.payload["content"] if asked.release else {},
        "is_open": dialogues.is_open(asked, clock.today()),
        "form": form,
        "code": code,
    }
    return _render(request, "dialogue", content, name="dialogue", status=status, slug=slug, pk=pk)


@limited(limits.RECEIPT)
@csrf_exempt
@public
def receipt(request: HttpRequest, slug: str, pk: Any) -> HttpResponse:
    """What became of an answer. The code travels in the form, never in an address."""
    partnership = queries.partnership_at(slug)
    asked = _open_dialogue(partnership, pk)
    form = ReceiptForm(request.POST if request.method == "POST" else None)
    content: dict[str, Any] = {"shown_partnership": partnership, "dialogue": asked, "form": form}
    status = 200
    if request.method == "POST":
        voice = dialogues.voice_behind(asked, form.cleaned_data["code"]) if form.is_valid() else None
        if voice is None:
            form.add_error("code", str(Missing()))
            status = 422
        elif "withdraw" in request.POST:
            dialogue_services.withdraw_voice(asked, code=form.cleaned_data["code"], by=VISITOR)
            return redirect(request.path)
        else:
            content |= _became(partnership, voice) | {"code": form.cleaned_data["code"]}
    return _render(request, "receipt", content, name="receipt", status=status, slug=slug, pk=pk)


def _became(partnership: Partnership, voice: Voice) -> dict[str, Any]:
    links = voice.themes.select_related("theme")
    themes = {str(link.theme_id) for link in links}
    return {
        "voice": voice,
        "themes": [link.theme for link in links],
        "became": queries.what_became_of(partnership, themes),
    }
