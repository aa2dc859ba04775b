from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samsyn.core.forms import Form
from samsyn.plans.models import Evaluation
from samsyn.plans.services.evaluating import LookBack

Done, Choice = Evaluation.Done, Evaluation.Choice


def _text(label: Any, length: int, *, required: bool = False, hint: Any = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, max_length=length, required=required, help_text=hint, widget=widget)


class EvaluationForm(Form):
    """Of a cancelled measure it asks what was learned and what comes of it, not whether it helped."""

    done = forms.ChoiceField(label=_("Was it done?"), choices=Done.choices, widget=forms.RadioSelect)
    done_text = _text(_("What was done, and what was not"), 1000)
    says_less = forms.BooleanField(
        label=_("We say “cannot say”, although the numbers say more"), required=False
    )
    outcome_note = _text(
        _("What the numbers do not show"),
        1000,
        hint=_("What else may lie behind them, or why you say less than they do."),
    )
    side_effects = _text(
        _("Side effects"), 2000, hint=_("Good and bad: did it move somewhere else, was somebody disturbed?")
    )
    learning = _text(_("What we learned"), 2000, required=True)
    choice = forms.ChoiceField(label=_("What is chosen?"), choices=Choice.choices, widget=forms.RadioSelect)
    reason = _text(_("Why"), 1000, required=True)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, is_cancelled: bool, may_say_more: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        if is_cancelled:
            fields["done"].choices = [(Done.CANCELLED, Done.CANCELLED.label)]
            fields["done"].initial = Done.CANCELLED
            fields["choice"].choices = list(Evaluation.OF_CANCELLED.items())
        else:
            fields["done"].choices = [pair for pair in Done.choices if pair[0] != Done.CANCELLED]
        if not may_say_more:
            del fields["says_less"]

    @property
    def said(self) -> LookBack:
        given = self.cleaned_data
        texts = ("done_text", "outcome_note", "side_effects", "learning", "reason")
        return LookBack(
            done=Done(given["done"]),
            choice=Choice(given["choice"]),
            says_less=given.get("says_less", False),
            **{name: given[name].strip() for name in texts},
        )
