"""What every form of ours refuses, and how a command's no comes back to the field that it is about."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _

from samsyn.core import door
from samsyn.core.actors import Actor
from samsyn.core.errors import DomainError, Invalid, Outdated, Refused, Sentence
from samsyn.core.rows import Row

# What cannot be typed, cannot be printed, and breaks a feed or a PDF. Tab and new lines are text.
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")


DASHES = forms.ModelChoiceField(None).empty_label  # a screen reader says nothing of them


class Form(forms.Form):
    """The base of all our forms: no text in it holds control characters or a personal identity number.

    Names, addresses and telephone numbers are the command's matter: some fields are for a contact.
    """

    is_sent_once: ClassVar[bool] = True  # False: it asks only, or has a one-time key of its own

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        for field in self.fields.values():
            if isinstance(field, forms.ModelChoiceField) and field.empty_label == DASHES:
                field.empty_label = _("Choose one") if field.required else _("None of them")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name, value in list(cleaned.items()):
            field = self.fields[name]
            if not isinstance(value, str) or not isinstance(field, forms.CharField):
                continue  # a choice is one of ours
            if isinstance(field.widget, forms.PasswordInput):
                continue  # nobody's to read
            if CONTROL.search(value):
                self.add_error(name, _("Take away characters that cannot be seen. Write the text by hand."))
                continue
            try:
                door.refuse_personal_numbers(value, field=name)
            except Invalid as error:
                self.add_error(name, str(error))
        return cleaned


def unchosen(sentence: Sentence) -> dict[str, Any]:
    """One sentence for a choice that was not made, or that is not offered."""
    return dict.fromkeys(("required", "invalid_choice"), sentence)


def point_out(form: forms.BaseForm, error: DomainError) -> int:
    """Tie a command's no to its field, and keep what was typed. Returns the status of the page."""
    field = getattr(error, "field", "")
    form.add_error(field if field in form.fields else None, str(error))
    return error.status if isinstance(error, Outdated) else Invalid.status


@dataclass(frozen=True)
class Attempt:
    """How a form fared: the status of its page and, when somebody saved meanwhile, what they wrote."""

    status: int = 200
    stored: str = ""
    is_done: bool = False


def attempt(form: forms.Form, row: Row, by: Actor, act: Callable[[], object]) -> Attempt:
    """Perform a command with a form that shows a version of the row.

    When somebody saved meanwhile, the writer gets both texts, and the next save goes through.
    """
    if not form.is_valid():
        return Attempt(Invalid.status)
    try:
        act()
    except Outdated as error:
        manager: Any = type(row)._default_manager
        form.data = form.data.copy()  # type: ignore[attr-defined]
        form.data["seen"] = str(manager.visible_to(by).get(pk=row.pk).version)  # type: ignore[index]
        return Attempt(point_out(form, error), error.stored)
    except (Invalid, Refused) as error:
        return Attempt(point_out(form, error))
    return Attempt(is_done=True)
