"""What readers refuse, note and ask, in the language of whoever sees it; readers speak in codes."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samsyn.core.errors import Sentence
from samsyn.evidence.readers import messages

HERE: dict[str, Sentence] = {  # refusals that the platform adds to the readers' own
    "hour_is_over": gettext_lazy("The file waited for more than an hour and is gone. Upload it again."),
    "kind_news": gettext_lazy(
        "This is a feed of news. News are never counted as events. Use Brå's figures instead."
    ),
    "kind_areas": gettext_lazy(
        "This is a map of areas without figures. Bring it under “Areas for maps”, or upload a table with "
        "figures."
    ),
    "which_layer": gettext_lazy(
        "The file holds several layers of areas: %(layers)s. Bring it under “Areas for maps”."
    ),
    "kind_description": gettext_lazy(
        "This file describes tables but holds no figures. Fetch the table itself from the source."
    ),
}
TEMPLATES: dict[str, Sentence] = {  # why a file cannot be a template
    "macros": gettext_lazy(
        "The file holds macros or other programs. Save it as an ordinary document or presentation "
        "and try again."
    ),
    "reaches_out": gettext_lazy(
        "The file fetches something from elsewhere, such as a linked picture. Put that into the file "
        "and try again."
    ),
    "too_large": gettext_lazy("The file is too large when it is unpacked. Take out its large pictures."),
    "not_a_template": gettext_lazy(
        "The file cannot be opened as a Word document (.docx) or a PowerPoint presentation (.pptx)."
    ),
}
OUTLINES: dict[str, Sentence] = {  # refusals that ask for something else of a file with areas
    "unknown_answer": gettext_lazy("The file has no layer of that name. Bring it again."),
}
HINTS: dict[str, Sentence] = {
    "period": gettext_lazy("As 2016, 2016-12 or 2016 K4."),
    "area": gettext_lazy("Its name, or SCB's code."),
    "titles": gettext_lazy("As N07402: Reported assaults, per 100 000 inhabitants; N07403: …"),
    "unit": gettext_lazy("For example: count, percent, per 100 000 inhabitants."),
}
OPTIONS: dict[str, Sentence] = {
    "month": gettext_lazy("month"),
    "quarter": gettext_lazy("quarter"),
    "year": gettext_lazy("year"),
    "day": gettext_lazy("day"),
    "yes": gettext_lazy("yes"),
    "no": gettext_lazy("no"),
    "missing": gettext_lazy("yes, they are missing"),
    "percent": gettext_lazy("per cent"),
    "share": gettext_lazy("shares of one"),
    "count": gettext_lazy("count"),
    "mixed": gettext_lazy("several"),
    ",": gettext_lazy("comma"),
    ".": gettext_lazy("full stop"),
    "semicolon": gettext_lazy("semicolon"),
    "comma": gettext_lazy("comma"),
    "tab": gettext_lazy("tab"),
    "municipality": gettext_lazy("municipality"),
    "county": gettext_lazy("county"),
    "country": gettext_lazy("country"),
    "place": gettext_lazy("place"),
    "region": gettext_lazy("region"),
    "police_region": gettext_lazy("police region"),
    "deso": gettext_lazy("small area (DeSO)"),
    "regso": gettext_lazy("district (RegSO)"),
    "district": gettext_lazy("district"),
    "group": gettext_lazy("group of municipalities"),
    "week": gettext_lazy("week"),
    "third": gettext_lazy("four months"),
    "half": gettext_lazy("half-year"),
    "school_year": gettext_lazy("school year"),
    "years": gettext_lazy("several years"),
    "areas": gettext_lazy("areas"),
    "measures": gettext_lazy("what is measured"),
    "per 100 000 of mean population": gettext_lazy("per 100 000 of mean population"),
    "thousand SEK": gettext_lazy("thousand SEK"),
    "square": gettext_lazy("squares of 100 metres"),
    "per 100 000 inhabitants": gettext_lazy("per 100 000 inhabitants"),
}
ROLES: dict[str, Sentence] = {
    "area_code": gettext_lazy("code of the area"),
    "area_name": gettext_lazy("name of the area"),
    "parent": gettext_lazy("larger area around it"),
    "period": gettext_lazy("period"),
    "month": gettext_lazy("month"),
    "quarter": gettext_lazy("quarter"),
    "week": gettext_lazy("week"),
    "measure": gettext_lazy("what is measured"),
    "dimension": gettext_lazy("part of what is measured"),
    "unit": gettext_lazy("unit"),
    "status": gettext_lazy("status of the number"),
    "value": gettext_lazy("figure"),
    "skip": gettext_lazy("not read"),
}
STATUSES: dict[str, Sentence] = {
    "ok": "",
    "zero": "",
    "prel": gettext_lazy("preliminary"),
    "est": gettext_lazy("estimate"),
    "missing": gettext_lazy("missing"),
    "not_applicable": gettext_lazy("not applicable"),
}


def refusal(found: Mapping[str, Any]) -> str:
    """Why a file cannot be used, with the place in it."""
    said = _said(HERE, found) or _said(messages.REFUSALS, found)
    said = said or _("The file cannot be read as evidence (%(code)s).") % {"code": found["code"]}
    place = where(found.get("where", ""))
    return f"{said} {place}" if place else said


def template_refusal(found: Mapping[str, Any]) -> str:
    """Why a file cannot be a template."""
    return _said(TEMPLATES, found) or _said(TEMPLATES, {**found, "code": "not_a_template"})


def outlines_refusal(found: Mapping[str, Any]) -> str:
    """Why a file cannot give the outlines of areas."""
    return _said(OUTLINES, found) or refusal(found)


def where(place: str) -> str:
    """The place in the file, as the reader names it."""
    return _("Place in the file: %(place)s.") % {"place": place} if place else ""


def note(found: Mapping[str, Any]) -> str:
    """What the reader did; empty for what a person has no use of."""
    return _said(messages.NOTES, found)


def question(found: Mapping[str, Any]) -> str:
    """What the reader must know before the file can be kept."""
    asked = {**found, "code": found["key"], "params": {"where": found["where"], **found["params"]}}
    return _said(messages.QUESTIONS, asked) or _("How is “%(key)s” to be read?") % {"key": found["key"]}


def word(term: str) -> str:
    """A term of the readers in the reader's language; one that is not known stands as it is."""
    return str(OPTIONS.get(term, ROLES.get(term, term)))


def _shown(name: str, value: str) -> str:
    """A fact of a sentence in the reader's language; what the file itself says stands as it is."""
    if name == "list":
        return ", ".join(map(word, value.split(", ")))
    return value if name in ("header", "headers", "text", "sheet", "sheets", "where", "ids") else word(value)


def _said(sentences: Mapping[str, Sentence], found: Mapping[str, Any]) -> str:
    sentence = sentences.get(found["code"])
    if sentence is None:
        return ""
    params = {name: _shown(name, str(value)) for name, value in found.get("params", {}).items()}
    try:
        return _(str(sentence)) % params
    except (KeyError, ValueError):  # the reader gave fewer facts than the sentence names
        return ""
