from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samsyn.core.forms import Form, unchosen
from samsyn.council.models import Decision
from samsyn.pictures.models import Picture
from samsyn.plans.models import Measure, Plan
from samsyn.plans.services.plan import Frame


def _day(label: Any, *, required: bool = True, hint: Any = "") -> forms.DateField:
    return forms.DateField(label=label, required=required, help_text=hint, widget=forms.DateInput())


class PlanForm(Form):
    title = forms.CharField(
        label=_("What the plan is called"),
        max_length=150,
        help_text=_("For example “Plan of measures 2026–2028”."),
    )
    starts = _day(_("From"))
    ends = _day(_("To"))
    picture = forms.ModelChoiceField(
        label=_("Rests on the picture"),
        queryset=Picture.objects.none(),
        required=False,
        help_text=_("It may be chosen later, but must be adopted when the plan is decided (5 §)."),
    )

    def __init__(self, *args: Any, pictures: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["picture"].queryset = pictures  # type: ignore[attr-defined]

    @property
    def frame(self) -> Frame:
        given = self.cleaned_data
        return Frame(given["title"], given["starts"], given["ends"])


class OpenPlanForm(PlanForm):
    carry_over = forms.BooleanField(
        label=_("Begin with the measures of the last plan that go on"), required=False, initial=True
    )

    def __init__(self, *args: Any, decided: Plan | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._decided = decided
        if decided is None:
            del self.fields["carry_over"]

    @property
    def carried_over(self) -> Plan | None:
        return self._decided if self.cleaned_data.get("carry_over") else None


class PlanTextForm(PlanForm):
    seen = forms.IntegerField(widget=forms.HiddenInput)


class ChooseMeasuresForm(Form):
    measures = forms.ModelMultipleChoiceField(
        label=_("Measures"),
        queryset=Measure.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages=unchosen(_("Choose the measures that belong in the plan.")),
    )

    def __init__(self, *args: Any, measures: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["measures"].queryset = measures  # type: ignore[attr-defined]


class ReferralForm(Form):
    receiver = forms.CharField(
        label=_("To whom"),
        max_length=150,
        help_text=_("A board, an association, an owner: a function, not a person."),
    )
    sent_on = _day(_("Sent on"))
    answer_by = _day(_("Answer by"))


class AnswerForm(Form):
    answered_on = _day(_("Answered on"))
    answer = forms.CharField(
        label=_("What they answered, in short"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )
    outcome = forms.CharField(
        label=_("What became of it"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What was changed, or why not. May be written later, but before the plan is decided."),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)


class DecisionForm(Form):
    decision = forms.ModelChoiceField(
        label=_("Decision"),
        queryset=Decision.objects.none(),
        error_messages=unchosen(
            _("Choose the decision. Record it under the council first if it is not there.")
        ),
    )

    def __init__(self, *args: Any, decisions: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decision"].queryset = decisions  # type: ignore[attr-defined]


class DecideForm(DecisionForm):
    is_alone = forms.BooleanField(
        label=_("The body decides without the council's endorsement, and its decision says so"),
        required=False,
    )

    def __init__(self, *args: Any, is_endorsed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_endorsed:
            del self.fields["is_alone"]
