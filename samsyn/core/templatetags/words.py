"""How texts, days and numbers are written, in the language of the page."""

import re
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django import template
from django.template.defaultfilters import linebreaksbr
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from samsyn.core import law
from samsyn.core.rows import Row

register = template.Library()

THOUSANDS = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")  # the space that people type in a number
SEPARATORS = {"sv": ("\u00a0", ","), "en": (",", ".")}  # thousands, decimals


@register.filter
def version_of(row: Row) -> int:
    """What a form sends back, so that nobody overwrites a colleague."""
    return row.version


@register.filter
def said(texts: Any, language: str = "") -> str:
    """The text in a language from `{"sv": …, "en": …}`; a plain text as it is."""
    wanted = language or get_language() or "sv"
    return str(texts.get(wanted) or texts.get("sv", "")) if isinstance(texts, dict) else str(texts or "")


@register.filter(needs_autoescape=True)
def prose(text: Any, autoescape: bool = True) -> SafeString:
    """What somebody wrote, with their line breaks. A number such as 10 900 stays on one line."""
    return linebreaksbr(THOUSANDS.sub("\u00a0", str(text)), autoescape)


@register.filter
def iso_day(day: str) -> date | None:
    """A frozen day, which travels as text, as a date again."""
    return date.fromisoformat(day) if day else None


@register.filter
def day(value: date | datetime | str | None) -> str:
    """15 december 2026. Takes a frozen day too, and a moment, which is shown as the day in Sweden."""
    if not value:
        return ""
    if isinstance(value, str):
        value = date.fromisoformat(value[:10])
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    return date_format(value, "j F Y")


@register.filter
def number(value: Any, decimals: int | None = None) -> str:
    """10 860 and 31,2 in Swedish; 10,860 and 31.2 in English. Keeps the decimals that were given."""
    try:
        exact = Decimal(str(value))
    except InvalidOperation:
        return str(value)
    if not exact.is_finite():
        return str(value)
    thousands, point = SEPARATORS.get(get_language() or "sv", SEPARATORS["sv"])
    text = f"{exact:,f}" if decimals is None else f"{exact:,.{int(decimals)}f}"
    return text.replace("-", "−").replace(",", "\0").replace(".", point).replace("\0", thousands)


@register.filter
def cited(section: str) -> str:
    """A section of the law that something is held back under."""
    return law.cited(section)
