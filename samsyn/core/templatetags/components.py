"""Components: parts of pages with typed arguments. Built in, so no template loads them."""

from datetime import date
from typing import Any

from django import template
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, Form, RadioSelect
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy

from samsyn.core.rows import Row
from samsyn.core.thread import Who

register = template.Library()

MENU = (
    ("overview:thread", gettext_lazy("The golden thread")),
    ("agreements:index", gettext_lazy("Agreement")),
    ("evidence:index", gettext_lazy("Evidence")),
    ("pictures:index", gettext_lazy("Picture")),
    ("plans:index", gettext_lazy("Measures")),
    ("promises:index", gettext_lazy("Promises")),
    ("dialogue:index", gettext_lazy("Dialogue")),
    ("council:index", gettext_lazy("The council")),
)


@register.inclusion_tag("components/menu.html", takes_context=True)
def menu(context: dict[str, Any]) -> dict[str, Any]:
    """The main menu of a partnership."""
    partnership, request = context.get("partnership"), context["request"]
    entries = []
    for name, label in MENU if partnership else ():
        try:
            address = reverse(name, args=[partnership.slug])
        except NoReverseMatch:
            continue
        entries.append((address, label, request.path.startswith(address)))
    return {"entries": entries}


@register.simple_tag
def form_fields(form: Form) -> SafeString:
    """All fields with label, hint and tied error text, and a summary of the errors on top."""
    return render_to_string(
        "components/form_fields.html", {"form": form, "fields": [_field(f) for f in form]}
    )


def _field(bound: BoundField) -> dict[str, Any]:
    widget = bound.field.widget
    grouped = isinstance(widget, RadioSelect | CheckboxSelectMultiple)
    ids = [
        f"{bound.auto_id}_{part}"
        for part, there in (("hint", bound.help_text), ("error", bound.errors))
        if there
    ]
    attrs = {"class": "ds-input"}
    if ids:
        attrs["aria-describedby"] = " ".join(ids)
    if bound.errors:
        attrs["aria-invalid"] = "true"
    return {
        "bound": bound,
        "is_group": grouped,
        "is_single_box": isinstance(widget, CheckboxInput),
        "drawn": bound.as_widget(attrs=attrs),
        "attrs": attrs,
    }


@register.simple_block_tag
def sheet(content: str, *, heading: str, level: int = 2) -> str:
    """{% sheet heading=_("Gaps in the thread") %} … {% endsheet %}"""
    return format_html('<section class="sheet"><h{0}>{1}</h{0}>{2}</section>', level, heading, content)


@register.simple_tag
def too_few() -> str:
    """The one way to show a suppressed value."""
    return format_html('<em class="too-few">{}</em>', gettext("too few to show"))


@register.inclusion_tag("components/state.html")
def state(sign: str, word: str) -> dict[str, str]:
    """A sign and its word: {% state "done" _("Kept") %}. Never colour alone."""
    return {"sign": str(sign), "word": word}


WORDS = {
    Who.MUNICIPALITY: gettext_lazy("The municipality"),
    Who.POLICE: gettext_lazy("The police"),
    Who.BOTH: gettext_lazy("Both"),
    Who.DIFFERENT: gettext_lazy("They differ"),
}


@register.inclusion_tag("components/who.html")
def who(which: str, word: str = "") -> dict[str, Any]:
    """The two circles: municipality left, police right."""
    return {"which": str(which), "word": word or WORDS.get(Who(str(which)), "")}


@register.inclusion_tag("components/empty_state.html")
def empty_state(*, heading: str, text: str, action: str = "", url: str = "") -> dict[str, str]:
    """What to do first, where there is nothing yet."""
    return {"heading": heading, "text": text, "action": action, "url": url}


@register.inclusion_tag("components/figure.html")
def figure(payload: dict[str, Any], *, ident: str, language: str = "sv", url: str = "") -> dict[str, Any]:
    """A figure from its frozen content: sentence, drawing, source and the table behind it."""
    return {"figure": payload, "ident": ident, "language": language, "url": url}


@register.filter
def version_of(row: Row) -> int:
    """What a form sends back, so that nobody overwrites a colleague."""
    return row.version


@register.filter
def said(texts: Any, language: str) -> str:
    """The text in a language from `{"sv": …, "en": …}`; a plain text as it is."""
    return str(texts.get(language) or texts.get("sv", "")) if isinstance(texts, dict) else str(texts or "")


@register.filter
def iso_day(day: str) -> date | None:
    """A frozen day, which travels as text, as a date again."""
    return date.fromisoformat(day) if day else None
