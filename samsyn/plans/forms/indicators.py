from dataclasses import fields
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samsyn.core.forms import Form
from samsyn.evidence.models import Figure
from samsyn.plans.forms.columns import UNSAID
from samsyn.plans.models import Indicator, IndicatorValue
from samsyn.plans.services.indicators import Terms


def _number(label: Any, *, required: bool = False, hint: Any = "") -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        max_digits=14,
        decimal_places=4,
        required=required,
        help_text=hint,
        widget=forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"}),
    )


def _day(label: Any, *, required: bool = False, hint: Any = "") -> forms.DateField:
    return forms.DateField(label=label, required=required, help_text=hint, widget=forms.DateInput())


class IndicatorForm(Form):
    """Only what is counted must be said. A target asks for the rest, and says which."""

    kind = forms.ChoiceField(
        label=_("What it shows"), choices=Indicator.Kind.choices, widget=forms.RadioSelect
    )
    definition = forms.CharField(
        label=_("What is counted or measured"),
        max_length=300,
        help_text=_("So that two persons would count the same: “share who feel unsafe late in the evening”."),
    )
    unit = forms.CharField(
        label=_("Unit"), max_length=60, required=False, help_text=_("For example percent, reports, hours.")
    )
    denominator = forms.CharField(
        label=_("Per what"),
        max_length=120,
        required=False,
        help_text=_("What the number is a part of: “per 100 000 inhabitants”, “of those who answered”."),
    )
    direction = forms.ChoiceField(
        label=_("Wanted direction"), choices=[UNSAID, *Indicator.Direction.choices], required=False
    )
    source = forms.CharField(label=_("Where the numbers come from"), max_length=200, required=False)
    baseline = _number(_("Baseline"), hint=_("The number before the measure."))
    baseline_day = _day(_("Day of the baseline"))
    target = _number(
        _("Target"), hint=_("Leave it empty if none is set. It needs baseline, unit, direction and day.")
    )
    target_day = _day(_("Day of the target"))

    @property
    def terms(self) -> Terms:
        return Terms(**{field.name: self.cleaned_data[field.name] for field in fields(Terms)})


class IndicatorTextForm(IndicatorForm):
    seen = forms.IntegerField(widget=forms.HiddenInput)


class EndForm(Form):
    reason = forms.CharField(
        label=_("Why it is not followed any more"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


def _standing() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Whose number it is"), choices=IndicatorValue.Standing.choices, widget=forms.RadioSelect
    )


def _corrects() -> forms.ModelChoiceField[IndicatorValue]:
    return forms.ModelChoiceField(
        label=_("Corrects"),
        queryset=IndicatorValue.objects.none(),
        required=False,
        empty_label=_("no earlier value"),
        help_text=_("The earlier value stays on the page, marked as corrected."),
    )


def _offer_earlier(form: forms.Form, earlier: Any) -> None:
    """Nothing is asked where nothing can be corrected."""
    if earlier:
        form.fields["corrects"].queryset = earlier  # type: ignore[attr-defined]
    else:
        del form.fields["corrects"]


class ValueForm(Form):
    value = _number(_("Value"), required=True)
    standing = _standing()
    starts = _day(_("First day"), hint=_("Leave it empty if the number is for one day."))
    day = _day(_("Last day"), required=True)
    low = _number(_("Lower limit of the interval"), hint=_("If the source gives an interval (95 %)."))
    high = _number(_("Upper limit of the interval"))
    note = forms.CharField(
        label=_("How it was counted, or where it stands"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    corrects = _corrects()

    def __init__(self, *args: Any, earlier: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_earlier(self, earlier)


class FigureValueForm(Form):
    figure = forms.ModelChoiceField(label=_("Figure"), queryset=Figure.objects.none())
    standing = _standing()
    is_open = forms.BooleanField(
        label=_("We have considered secrecy: the number may be read by all who read the measure"),
        required=False,
    )
    corrects = _corrects()

    def __init__(self, *args: Any, figures: Any, earlier: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["figure"].queryset = figures  # type: ignore[attr-defined]
        _offer_earlier(self, earlier)
