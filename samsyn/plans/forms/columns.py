from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samsyn.core.forms import Form
from samsyn.parties.models import Organisation
from samsyn.plans.models import Measure

UNSAID = ("", _("not said yet"))
LINES = forms.Textarea(attrs={"rows": 3})


class ColumnsForm(Form):
    """All may be left empty: an empty column is stated on the page, and filled in when somebody knows."""

    cause = forms.CharField(
        label=_("Cause that it changes, in words"),
        max_length=1000,
        required=False,
        widget=LINES,
        help_text=_(
            "For the owner, and for what came from a file. Choose the stated causes on the measure's page."
        ),
    )
    goal = forms.CharField(
        label=_("Operative goals"),
        max_length=1000,
        required=False,
        widget=LINES,
        help_text=_("What should be different when it is done, so that it can be seen."),
    )
    horizon = forms.ChoiceField(
        label=_("Horizon"), choices=[UNSAID, *Measure.Horizon.choices], required=False
    )
    rhythm = forms.ChoiceField(
        label=_("Once or routine"), choices=[UNSAID, *Measure.Rhythm.choices], required=False
    )
    method = forms.CharField(label=_("Method"), max_length=200, required=False)
    evidence = forms.ChoiceField(
        label=_("What is known of the method"), choices=[UNSAID, *Measure.Evidence.choices], required=False
    )
    partners = forms.ModelMultipleChoiceField(
        label=_("Others who do their part"),
        queryset=Organisation.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    elected_contact = forms.CharField(
        label=_("Elected contact"),
        max_length=120,
        required=False,
        help_text=_("An office, not a person: “chair of the technical board”."),
    )
    cost_sek = forms.IntegerField(
        label=_("Cost in kronor"),
        min_value=0,
        max_value=2_000_000_000,
        required=False,
        help_text=_("Leave it empty if nobody has counted. Zero means that it costs nothing."),
    )
    funding = forms.CharField(label=_("Who pays"), max_length=200, required=False)
    legal_note = forms.CharField(
        label=_("Legal basis and limits"), max_length=1000, required=False, widget=LINES
    )
    blocked_by = forms.ModelMultipleChoiceField(
        label=_("Waits for"),
        queryset=Measure.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Measures that must be done before this one can be."),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, partners: Any, measures: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["partners"].queryset = partners  # type: ignore[attr-defined]
        self.fields["blocked_by"].queryset = measures  # type: ignore[attr-defined]


class ActivityForm(Form):
    title = forms.CharField(
        label=_("Activity"), max_length=150, help_text=_("Something that can be counted: “evening walk”.")
    )
    times = forms.IntegerField(label=_("How many times"), min_value=1, max_value=1000)
    starts = forms.DateField(label=_("From"), widget=forms.DateInput)
    ends = forms.DateField(label=_("To"), widget=forms.DateInput)


class CountForm(Form):
    done = forms.IntegerField(label=_("Times done so far"), min_value=0, max_value=30_000)
    seen = forms.IntegerField(widget=forms.HiddenInput)
