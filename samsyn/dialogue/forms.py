from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from samsyn.dialogue.models import Dialogue, Theme, Voice
from samsyn.parties.models import Area


def day_field(label: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class DialogueForm(forms.Form):
    question = forms.CharField(
        label=_("Question"),
        max_length=200,
        help_text=_("One open question, as you would ask it in the street."),
    )
    introduction = forms.CharField(
        label=_("Introduction"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    about = forms.ChoiceField(label=_("About"), choices=Dialogue.About.choices, widget=forms.RadioSelect)
    area = forms.ModelChoiceField(label=_("Area"), queryset=Area.objects.none())
    opens = day_field(_("Opens"))
    closes = day_field(_("Closes"))

    def __init__(self, *args: Any, areas: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = areas  # type: ignore[attr-defined]


class ThemeForm(forms.Form):
    title = forms.CharField(label=_("Theme"), max_length=150)
    summary = forms.CharField(
        label=_("Summary"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class RefuseForm(forms.Form):
    reason = forms.ChoiceField(label=_("Reason"), choices=Voice.Reason.choices)


class SortForm(forms.Form):
    theme = forms.ModelChoiceField(label=_("Theme"), queryset=Theme.objects.none())
    is_quoted = forms.BooleanField(label=_("May be quoted"), required=False)

    def __init__(self, *args: Any, themes: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["theme"].queryset = themes  # type: ignore[attr-defined]


class SummaryForm(forms.Form):
    not_heard = forms.CharField(
        label=_("Who was not heard"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Say whom the answers do not speak for. It is shown to everybody."),
    )


class AnswerForm(forms.Form):
    """The citizen's own form, on the public site."""

    text = forms.CharField(
        label=_("Your answer"), max_length=2000, min_length=3, widget=forms.Textarea(attrs={"rows": 6})
    )
    submission = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


class ReceiptForm(forms.Form):
    code = forms.CharField(label=_("Code of your receipt"), max_length=40)
