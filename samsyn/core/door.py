"""The door for free text: what points out a person is stopped before anything is stored."""

from django.utils.translation import gettext as _

from samsyn.core import screening
from samsyn.core.errors import Invalid

SHOWN = 3


def refuse_persons(text: str, *, field: str) -> None:
    """Stop a text that points out a person, and say with which words."""
    _refuse(text, screening.screen(text), field)


def refuse_personal_numbers(text: str, *, field: str) -> None:
    """Stop a personal identity number, which belongs in no text here, also where a contact may be named."""
    _refuse(text, screening.personal_numbers(text), field)


def _refuse(text: str, found: list[screening.Finding], field: str) -> None:
    if found:
        words = ", ".join(f"“{text[spot.start : spot.end].strip()}”" for spot in found[:SHOWN])
        raise Invalid(
            _("Take away what points out a person: %(words)s. Such things never belong here.")
            % {"words": words},
            field=field,
        )
