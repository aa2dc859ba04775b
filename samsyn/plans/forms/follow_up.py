from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samsyn.core.forms import Form
from samsyn.plans.forms.plan import DecisionForm


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class PeriodForm(Form):
    starts = _day(_("From"))
    ends = _day(_("To"))


class LearnedForm(Form):
    learned = forms.CharField(
        label=_("What we learned in all"),
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("What would you do in the same way, what not, and what do you still not know?"),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)


class DecidedForm(DecisionForm):
    is_open = forms.BooleanField(
        label=_("We have considered secrecy: everybody may read the report"), required=False
    )
