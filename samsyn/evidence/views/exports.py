"""A figure as a file: data, picture, document and slide, each with everything that limits what it says."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import get_language

from samsyn.core import downloads, limits
from samsyn.core.carrying import carried
from samsyn.core.errors import Missing
from samsyn.core.limits import limited
from samsyn.core.web import ActorRequest, needs
from samsyn.evidence import phrases, queries, services
from samsyn.evidence.models import Figure
from samsyn.evidence.services import Form


@limited(limits.DOWNLOAD)
@needs("evidence.see_evidence", Figure)
def figure_csv(request: ActorRequest, figure: Figure) -> HttpResponse:
    return _taken(request, figure, Form.CSV)


@limited(limits.DOWNLOAD)
@needs("evidence.see_evidence", Figure)
def figure_parquet(request: ActorRequest, figure: Figure) -> HttpResponse:
    return _taken(request, figure, Form.PARQUET)


@limited(limits.DOWNLOAD)
@needs("evidence.see_evidence", Figure)
def figure_xlsx(request: ActorRequest, figure: Figure) -> HttpResponse:
    return _taken(request, figure, Form.XLSX)


@limited(limits.DOWNLOAD)
@needs("evidence.see_evidence", Figure)
def figure_json(request: ActorRequest, figure: Figure) -> HttpResponse:
    return _taken(request, figure, Form.JSON)


@limited(limits.DOWNLOAD)
@needs("evidence.see_evidence", Figure)
def figure_svg(request: ActorRequest, figure: Figure) -> HttpResponse:
    return _taken(request, figure, Form.SVG)


@limited(limits.DOWNLOAD)
@needs("evidence.see_evidence", Figure)
def figure_png(request: ActorRequest, figure: Figure) -> HttpResponse:
    return _taken(request, figure, Form.PNG)


@limited(limits.DOWNLOAD)
@needs("evidence.see_evidence", Figure)
def figure_docx(request: ActorRequest, figure: Figure) -> HttpResponse:
    return _taken(request, figure, Form.DOCX)


@limited(limits.DOWNLOAD)
@needs("evidence.see_evidence", Figure)
def figure_pptx(request: ActorRequest, figure: Figure) -> HttpResponse:
    return _taken(request, figure, Form.PPTX)


def _taken(request: ActorRequest, figure: Figure, form: Form) -> HttpResponse:
    payload: Any = queries.figure_payload(figure)
    disclosure = queries.disclosure_of(figure, queries.policy_of(request.partnership))
    shown = carried(
        payload,
        language=get_language() or "sv",
        method=phrases.method(payload["method"]),
        link=settings.ORIGIN + reverse("evidence:figure", args=[request.partnership.slug, figure.pk]),
        warnings=services.warnings(request.partnership, disclosure),
    )
    if form in services.DRAWN and not shown.drawing:
        raise Missing
    template = queries.template_for(request.partnership, form) if form in services.TEMPLATED else b""
    content = services.Leaving(shown, payload, template).as_file(form)
    services.record_export(figure, form=form, by=request.actor)
    return downloads.attachment(f"{figure.pk}.{form}", content, services.KINDS[form])
