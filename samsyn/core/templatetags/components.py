"""Components: parts of pages with typed arguments. Built in, so no template loads them."""

from datetime import date
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.translation import gettext, gettext_lazy

from samsyn.core import permissions
from samsyn.core.actors import VISITOR
from samsyn.core.rows import Row
from samsyn.core.thread import Who

register = template.Library()


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


@register.simple_tag(takes_context=True)
def may(context: dict[str, Any], permission: str, row: Any = None) -> bool:
    """Whether to show a door: {% may "plans.propose_measure" as may_propose %}. The page asks too."""
    target = row if row is not None else context.get("partnership")
    return permissions.allowed(permission, context.get("actor", VISITOR), target)
