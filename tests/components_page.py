"""One page with every component, for the eye and for axe. `docs/reference/components.md` says how each is used."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from samsyn.config.urls import handler400, handler403, handler404, handler500
from samsyn.config.urls import urlpatterns as real
from samsyn.core.errors import Refused
from samsyn.core.thread import Gap, Node, Sign, Who
from samsyn.core.web import public

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} 120">'
    '<path d="M10 100 L{middle} 60 L{end} 40" fill="none" stroke="var(--sam-data-1)" stroke-width="3"/></svg>'
)
PAYLOAD: dict[str, Any] = {
    "sentence": {"sv": "Cykelstölderna har ökat sedan 2023", "en": "Bicycle thefts have risen since 2023"},
    "alt": {"sv": "Från 70 i månaden 2023 till 87 år 2025.", "en": "From 70 a month in 2023 to 87 in 2025."},
    "legend": [
        {"sign": sign, "text": {"sv": text, "en": text}}
        for sign, text in (
            ("line", "genomsnitt per månad"),
            ("band", "intervall, 95 procent"),
            ("point", "anmälda under månaden"),
            ("rule", "överenskommelsen börjar"),
            ("class-3", "12–18"),
            ("too_few", "för få för att visa"),
        )
    ],
    "svg": {
        "wide": SVG.format(width=760, middle=400, end=740),
        "narrow": SVG.format(width=360, middle=180, end=350),
    },
    "source": {
        "sv": "Källa: Brå, anmälda brott, 14 januari 2026.",
        "en": "Source: Brå, reported crimes, 14 January 2026.",
    },
    "caveats": [{"sv": "Alla stölder anmäls inte.", "en": "Not all thefts are reported."}],
    "table": {
        "columns": [
            {"sv": "Område", "en": "Area"},
            {"sv": "Anmälda", "en": "Reported"},
            {"sv": "Mot 2024", "en": ""},
        ],
        "rows": [
            ["Centrum", "10860.5", {"sv": "Fler", "en": "More"}],
            ["Röbäck", "too_few", None],
        ],
    },
}


class EveryField(forms.Form):
    """Each kind of field that a room uses."""

    title = forms.CharField(label="Rubrik", help_text="Säg det du har sett, som en mening.")
    text = forms.CharField(label="Text", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    email = forms.EmailField(label="E-post")
    number = forms.IntegerField(label="Antal", min_value=0)
    day = forms.DateField(label="Dag", initial=date(2026, 12, 15))
    area = forms.ChoiceField(label="Område", choices=[("c", "Centrum"), ("e", "Ersboda")])
    certainty = forms.ChoiceField(
        label="Hur säkert är det?",
        choices=[("säkert", "säkert"), ("ganska", "ganska säkert"), ("osäkert", "osäkert")],
        widget=forms.RadioSelect,
        help_text="Säg hellre osäkert än för mycket.",
    )
    goals = forms.MultipleChoiceField(
        label="Mål",
        choices=[("v1", "Minska brottsligheten"), ("v2", "Öka tryggheten")],
        widget=forms.CheckboxSelectMultiple,
    )
    joint = forms.BooleanField(label="Vi gör det tillsammans", help_text="Båda parterna står bakom.")
    file = forms.FileField(label="Fil", help_text="XLSX eller CSV, högst 100 MB.")
    secret = forms.CharField(widget=forms.HiddenInput, required=False)


def _node(title: str, **more: Any) -> Node:
    return Node("measure", UUID(int=1), title, "/arbete/", **more)


@public
def components(request: HttpRequest, partnership: str = "") -> HttpResponse:
    if request.method == "GET":
        messages.success(request, "Sparat.")
        messages.error(request, "Det gick inte.")
    goal = _node("Öka tryggheten")
    steps = {
        "finding": _node("Gångvägen känns otrygg", who=Who.BOTH, remark="ganska säkert"),
        "measure": _node("Ny belysning", who=Who.MUNICIPALITY, state="Pågår", sign=Sign.UNDER_WAY),
        "late": _node("Riktade insatser", who=Who.POLICE, late="Uppföljning saknas sedan 1 september"),
        "kept": _node("Tryggare gångvägar", who=Who.MUNICIPALITY, state="Hållet", sign=Sign.DONE),
        "absent": _node("Inget löfte. Kommunstyrelsen beslutade det 12 maj 2026.", absent=True),
        "gap": Gap(goal, "Åtgärd saknas", "Föreslå en åtgärd", "/arbete/", "measure"),
        "locked": Gap(goal, "Slutsats saknas", "Lägg till", "", "finding"),
    }
    content = {
        "form": EveryField(request.POST, request.FILES) if request.method == "POST" else EveryField(),
        "payload": PAYLOAD,
        "steps": steps,
        "signs": [(sign.value, sign.value or "utan tecken") for sign in Sign],
        "sides": [side.value for side in Who if side],
        "page": Paginator(range(95), 10).page(4),
        "here": request.path,
    }
    return render(request, "tests/components.html", content, status=422 if request.method == "POST" else 200)


@public
def refused(request: HttpRequest, partnership: str = "") -> HttpResponse:
    raise Refused("Lägesbilden är redan antagen. Börja nästa version för att ändra den.")


@public
def fails(request: HttpRequest, partnership: str = "") -> HttpResponse:
    raise ZeroDivisionError


urlpatterns = [
    path("arbete/<slug:partnership>/komponenter/", components),
    path("arbete/<slug:partnership>/nekad/", refused),
    path("arbete/<slug:partnership>/trasig/", fails),
    *real,
]
