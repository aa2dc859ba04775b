from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from samsyn.core.forms import Form, unchosen
from samsyn.dialogue.models import Dialogue, Theme, Voice
from samsyn.parties.models import Area


def day_field(label: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class DialogueForm(Form):
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


class ThemeForm(Form):
    title = forms.CharField(label=_("Theme"), max_length=150)
    summary = forms.CharField(
        label=_("Summary"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class RefuseForm(Form):
    reason = forms.ChoiceField(
        label=_("Reason not to use it"),
        choices=Voice.Reason.choices,
        error_messages=unchosen(_("Choose the reason: its writer will read it on the receipt.")),
    )


class SortForm(Form):
    """One stands under every answer, so the themes are read once, by the page."""

    theme = forms.ChoiceField(
        label=_("Theme"),
        error_messages=unchosen(_("Choose a theme of this dialogue. Write one first if there is none.")),
    )
    is_quoted = forms.BooleanField(label=_("May be quoted"), required=False)

    def __init__(self, *args: Any, themes: Iterable[Theme], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.themes = {str(one.pk): one for one in themes}
        self.fields["theme"].choices = [(key, one.title) for key, one in self.themes.items()]  # type: ignore[attr-defined]

    def clean_theme(self) -> Theme:
        return self.themes[self.cleaned_data["theme"]]


class SummaryForm(Form):
    not_heard = forms.CharField(
        label=_("Who was not heard"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Say whom the answers do not speak for. It is shown to everybody."),
    )


class AnswerForm(Form):
    """The citizen's own form, on the public site. Its key is kept with the voice."""

    is_sent_once = False

    text = forms.CharField(
        label=_("Your answer"), max_length=2000, min_length=3, widget=forms.Textarea(attrs={"rows": 6})
    )
    submission = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


class ReceiptForm(Form):
    is_sent_once = False
    code = forms.CharField(label=_("Code of your receipt"), max_length=40)
