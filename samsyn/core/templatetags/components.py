"""Components: parts of pages with typed arguments. Built in, so no template loads them."""

from django import template
from django.utils.html import format_html
from django.utils.translation import gettext

register = template.Library()


@register.simple_block_tag
def sheet(content: str, *, heading: str, level: int = 2) -> str:
    """{% sheet heading=_("Gaps in the thread") %} … {% endsheet %}"""
    return format_html('<section class="sheet"><h{0}>{1}</h{0}>{2}</section>', level, heading, content)


@register.simple_tag
def too_few() -> str:
    """The one way to show a suppressed value."""
    return format_html('<em class="too-few">{}</em>', gettext("too few to show"))
