from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samsyn.agreements.models import Agreement, Change, Priority, VisionGoal
from samsyn.agreements.reading import MAX_BYTES, AgreementFile, BadFile, read
from samsyn.agreements.services import Terms
from samsyn.core.forms import Form


def _day(label: Any, *, required: bool = True, hint: Any = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, required=required, help_text=hint)


class ImportForm(Form):
    file = forms.FileField(
        label=_("Agreement file"), help_text=_("YAML or JSON in the schema samsyn/agreement/1.")
    )

    def clean_file(self) -> AgreementFile:
        upload = self.cleaned_data["file"]
        try:
            return read(upload.read(MAX_BYTES + 1))
        except BadFile as error:
            raise forms.ValidationError(error.faults[:20]) from error


class AgreementForm(Form):
    title = forms.CharField(label=_("Title"), max_length=300)
    short_title = forms.CharField(label=_("Short title"), max_length=150)
    purpose = forms.CharField(
        label=_("Purpose"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    valid_from = _day(_("From"))
    valid_to = _day(_("To"), required=False, hint=_("Empty: no last day is agreed."))
    prolongation = forms.ChoiceField(
        label=_("When no new agreement is signed"),
        choices=Agreement.Prolongation.choices,
        widget=forms.RadioSelect,
    )
    months = forms.IntegerField(label=_("Months"), min_value=0, max_value=120, initial=0, required=False)
    notice_months = forms.IntegerField(
        label=_("Months of notice"),
        min_value=0,
        max_value=60,
        required=False,
        help_text=_("Empty: a party cannot end it alone."),
    )
    predecessor = forms.ModelChoiceField(
        label=_("Follows after"), queryset=Agreement.objects.none(), required=False
    )

    def __init__(self, *args: Any, predecessors: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["predecessor"].queryset = predecessors  # type: ignore[attr-defined]

    def clean_months(self) -> int:
        return self.cleaned_data["months"] or 0


class ClauseForm(Form):
    heading = forms.CharField(label=_("Heading"), max_length=200, required=False)
    text = forms.CharField(label=_("Text"), max_length=8000, widget=forms.Textarea(attrs={"rows": 8}))
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)


class NewClauseForm(Form):
    address = forms.RegexField(
        r"^[a-z0-9åäö_-]+(\.[a-z0-9åäö_-]+)*$",
        label=_("Address"),
        max_length=60,
        help_text=_("A short word in lower case, such as syfte or prioritering.1."),
    )
    heading = forms.CharField(label=_("Heading"), max_length=200, required=False)
    text = forms.CharField(label=_("Text"), max_length=8000, widget=forms.Textarea(attrs={"rows": 5}))


class GoalForm(Form):
    text = forms.CharField(label=_("Goal"), max_length=500)
    direction = forms.ChoiceField(label=_("Wanted direction"), choices=VisionGoal.Direction.choices)


class PriorityForm(Form):
    title = forms.CharField(label=_("Priority"), max_length=200)
    problem = forms.CharField(
        label=_("Problem"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    goals = forms.ModelMultipleChoiceField(
        label=_("Goals that it serves"),
        queryset=VisionGoal.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, goals: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["goals"].queryset = goals  # type: ignore[attr-defined]


class ServeForm(Form):
    priority = forms.ModelChoiceField(
        label=_("Priority"), queryset=Priority.objects.none(), widget=forms.RadioSelect, empty_label=None
    )

    def __init__(self, *args: Any, priorities: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["priority"].queryset = priorities  # type: ignore[attr-defined]


class SignForm(Form):
    name = forms.CharField(
        label=_("Name"), max_length=150, required=False, help_text=_("Empty: signed, signatory not stated.")
    )
    title = forms.CharField(label=_("Title"), max_length=150, required=False)
    day = _day(_("Day"))
    place = forms.CharField(label=_("Place"), max_length=120, required=False)
    document = forms.FileField(label=_("Signed agreement as PDF"), required=False)


class NoticeForm(Form):
    last_day = _day(_("Last day"))
    why = forms.CharField(label=_("Why"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class _ChangeForm(Form):
    """What every proposal says; its days come with its kind."""

    kind: Change.Kind

    def terms(self) -> Terms:
        return Terms(kind=self.kind, **self.cleaned_data)


class AmendmentForm(_ChangeForm):
    kind = Change.Kind.AMENDMENT
    from_day = _day(_("From"))
    text = forms.CharField(
        label=_("What is changed"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )
    last_day = _day(_("New last day"), required=False, hint=_("Empty: the last day stays."))


class ProlongationForm(_ChangeForm):
    kind = Change.Kind.PROLONGATION
    last_day = _day(_("New last day"))
    text = forms.CharField(label=_("Why"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))


class TerminationForm(_ChangeForm):
    kind = Change.Kind.TERMINATION
    last_day = _day(_("Last day"))
    text = forms.CharField(label=_("Why"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))


CHANGE_FORMS: dict[str, type[_ChangeForm]] = {
    form.kind.value: form for form in (AmendmentForm, ProlongationForm, TerminationForm)
}


class DeclineForm(Form):
    why = forms.CharField(label=_("Why"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class DayForm(Form):
    """What held on a day, as one could know it."""

    is_sent_once = False

    dag = _day(_("Day"))
    kand = _day(_("As known on"), required=False)
