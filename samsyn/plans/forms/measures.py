from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samsyn.agreements.models import Priority, PriorityItem
from samsyn.core.forms import Form
from samsyn.parties.models import Organisation
from samsyn.pictures.models import Point
from samsyn.pictures.queries import told_apart
from samsyn.plans.models import Measure


def _day(label: Any, *, hint: Any = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, help_text=hint)


class SubAimsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """With the key that the agreement gives it, which names the priority too."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Sub-aims that it serves"),
            queryset=PriorityItem.objects.none(),
            required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text=_("Only those that it is for. They belong to the priorities that it serves."),
        )

    def label_from_instance(self, item: PriorityItem) -> str:
        return f"{item.key} {item.text}"


class MeasureForm(Form):
    title = forms.CharField(label=_("Measure"), max_length=150)
    text = forms.CharField(label=_("What is done"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5}))
    kind = forms.ChoiceField(label=_("Kind"), choices=Measure.Kind.choices, widget=forms.RadioSelect)
    owner = forms.ModelChoiceField(label=_("Who does it"), queryset=Organisation.objects.none())
    owner_title = forms.CharField(
        label=_("Function that answers for it"),
        max_length=120,
        help_text=_("A function, not a person: “head of parks”."),
    )
    starts = _day(_("From"))
    ends = _day(_("To"))
    follow_up = _day(_("Followed up by"))
    points = forms.ModelMultipleChoiceField(
        label=_("Findings that it answers"),
        queryset=Point.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    priorities = forms.ModelMultipleChoiceField(
        label=_("Priorities that it serves"),
        queryset=Priority.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )

    sub_aims = SubAimsField()

    def __init__(
        self, *args: Any, owners: Any, points: Any, priorities: Any, sub_aims: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = {"owner": owners, "points": points, "priorities": priorities, "sub_aims": sub_aims}
        for name, queryset in choices.items():
            self.fields[name].queryset = queryset  # type: ignore[attr-defined]
        self.fields["points"].label_from_instance = told_apart(points)  # type: ignore[attr-defined]


class MeasureTextForm(Form):
    title = forms.CharField(label=_("Measure"), max_length=150)
    text = forms.CharField(label=_("What is done"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5}))
    kind = forms.ChoiceField(label=_("Kind"), choices=Measure.Kind.choices, widget=forms.RadioSelect)
    owner_title = forms.CharField(label=_("Function that answers for it"), max_length=120)
    starts = _day(_("From"))
    ends = _day(_("To"))
    follow_up = _day(_("Followed up by"))
    sub_aims = SubAimsField()
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, sub_aims: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sub_aims"].queryset = sub_aims  # type: ignore[attr-defined]


class StatusForm(Form):
    state = forms.ChoiceField(label=_("How it stands"), choices=Measure.State.choices[1:])
    text = forms.CharField(
        label=_("In a sentence or two"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
