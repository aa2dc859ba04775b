from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samsyn.core.forms import Form
from samsyn.council.models import Body, Decision, Meeting, StepStanding


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class BodyForm(Form):
    name = forms.CharField(label=_("Name"), max_length=150)
    kind = forms.ChoiceField(label=_("Kind"), choices=Body.Kind.choices)


class MeetingForm(Form):
    body = forms.ModelChoiceField(label=_("Body"), queryset=Body.objects.none())
    day = _day(_("Day"))
    place = forms.CharField(label=_("Place"), max_length=150, required=False)

    def __init__(self, *args: Any, bodies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].queryset = bodies  # type: ignore[attr-defined]


class AgendaForm(Form):
    title = forms.CharField(label=_("Item"), max_length=200)


class NotesForm(Form):
    present = forms.CharField(
        label=_("Present, by function"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    notes = forms.CharField(label=_("Notes"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 10}))
    seen = forms.IntegerField(widget=forms.HiddenInput)


class DecisionForm(Form):
    body = forms.ModelChoiceField(label=_("Body"), queryset=Body.objects.none())
    kind = forms.ChoiceField(label=_("What it did"), choices=Decision.Kind.choices, widget=forms.RadioSelect)
    day = _day(_("Day"))
    section = forms.CharField(
        label=_("Section"), max_length=20, required=False, help_text=_("The § of the minutes, such as 62.")
    )
    registration_number = forms.CharField(
        label=_("Registration number"), max_length=40, required=False, help_text=_("Such as KS-2026/00012.")
    )
    text = forms.CharField(label=_("Decision"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))
    meeting = forms.ModelChoiceField(label=_("Meeting"), queryset=Meeting.objects.none(), required=False)

    def __init__(self, *args: Any, bodies: Any, meetings: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].queryset = bodies  # type: ignore[attr-defined]
        self.fields["meeting"].queryset = meetings  # type: ignore[attr-defined]


class StepForm(Form):
    """A line of the five steps. Of one that data tells of, only who and when are asked."""

    level = forms.ChoiceField(
        label=_("How far it has come"), choices=StepStanding.Level.choices, widget=forms.RadioSelect
    )
    comment = forms.CharField(
        label=_("What you build it on"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
    who = forms.CharField(
        label=_("Who sees to it"), max_length=120, required=False, help_text=_("By function, not by name.")
    )
    due = forms.DateField(
        label=_("By when"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, is_judged: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_judged:
            del self.fields["level"], self.fields["comment"]
