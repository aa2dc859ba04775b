"""A frozen figure as a text to quote: all that somebody needs who reads it without the chart beside it."""

from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from samsyn.core.templatetags.words import day, number, said


def citation(payload: dict[str, Any], *, language: str, link: str = "") -> str:
    """Sentence, number with its interval, source, day, what to keep in mind, and where it stands.

    Nothing stronger than the figure itself: its own sentence, its own limits, every caveat.
    """
    with translation.override(language):
        lines = [
            _sentence(payload, language),
            number_said(payload, language),
            said(payload.get("source"), language),
        ]
        if computed := payload.get("computed_at"):
            lines.append(_("Computed %(day)s.") % {"day": day(computed)})
        if caveats := " ".join(said(caveat, language) for caveat in payload.get("caveats", [])):
            lines.append(_("To keep in mind: %(caveats)s") % {"caveats": caveats})
        if link:
            lines.append(link)
        return "\n".join(line for line in lines if line)


def _sentence(payload: dict[str, Any], language: str) -> str:
    sentence = said(payload.get("sentence"), language)
    return sentence if sentence.endswith((".", "!", "?")) else f"{sentence}."


def number_said(payload: dict[str, Any], language: str) -> str:
    """The number with its unit and its limits, as far as there are any."""
    if not payload.get("number"):
        return ""
    told = {"number": number(payload["number"]), "unit": said(payload.get("unit"), language)}
    interval = payload.get("interval") or {}
    if not interval.get("low"):
        return _("%(number)s %(unit)s.") % told
    told |= {"low": number(interval["low"]), "high": number(interval.get("high") or "∞")}
    return _("%(number)s %(unit)s (95 per cent interval %(low)s–%(high)s).") % told
