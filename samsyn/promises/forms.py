from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samsyn.core.forms import Form
from samsyn.council.models import Decision
from samsyn.dialogue.models import Theme
from samsyn.parties.models import Area
from samsyn.plans.models import Measure
from samsyn.promises.models import Outcome


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class PromiseTextForm(Form):
    text = forms.CharField(
        label=_("Promise"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("As you would say it to somebody who lives here."),
    )
    how_often = forms.CharField(
        label=_("What, how often and where"),
        max_length=300,
        help_text=_("With a number: “two evenings a week along the path”."),
    )
    how_seen = forms.CharField(
        label=_("How it is seen that it is kept"),
        max_length=300,
        help_text=_("What can anybody count or look at afterwards?"),
    )
    starts = _day(_("From"))
    ends = _day(_("To"))
    contact = forms.CharField(
        label=_("Contact"), max_length=200, help_text=_("A function with a phone number or address of mail.")
    )


class PromiseForm(PromiseTextForm):
    area = forms.ModelChoiceField(label=_("Area"), queryset=Area.objects.none())
    measures = forms.ModelMultipleChoiceField(
        label=_("Measures that it rests on"),
        queryset=Measure.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    themes = forms.ModelMultipleChoiceField(
        label=_("What citizens said"),
        queryset=Theme.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, areas: Any, measures: Any, themes: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, queryset in {"area": areas, "measures": measures, "themes": themes}.items():
            self.fields[name].queryset = queryset  # type: ignore[attr-defined]


class RewriteForm(PromiseTextForm):
    seen = forms.IntegerField(widget=forms.HiddenInput)


class ReportForm(Form):
    outcome = forms.ChoiceField(label=_("How it stands"), choices=Outcome.choices[:4])
    done = forms.CharField(
        label=_("What has been done"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    why = forms.CharField(
        label=_("Why"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed when it was not kept, or only partly."),
    )
    next_step = forms.CharField(
        label=_("What happens now"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class NoPromiseForm(Form):
    decision = forms.ModelChoiceField(label=_("Decision"), queryset=Decision.objects.none())
    why = forms.CharField(label=_("Why"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, decisions: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decision"].queryset = decisions  # type: ignore[attr-defined]


class WithdrawForm(Form):
    why = forms.CharField(label=_("Why"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
