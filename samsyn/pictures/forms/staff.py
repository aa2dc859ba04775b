from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samsyn.core.forms import Form
from samsyn.pictures.models import DraftFinding, StaffDialogue
from samsyn.pictures.services.staff import Held


class StaffDialogueForm(Form):
    day = forms.DateField(
        label=_("Day of the dialogue"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    group = forms.CharField(
        label=_("Which staff"),
        max_length=120,
        help_text=_("A unit or a group, such as home care. Never the name of a person."),
    )
    participants = forms.IntegerField(label=_("How many took part"), min_value=1, max_value=10_000)
    led_by = forms.CharField(
        label=_("Who led it"),
        max_length=120,
        required=False,
        help_text=_("By role, such as the head of unit. Stays with your own party."),
    )
    guide = forms.ChoiceField(label=_("Guide"), choices=StaffDialogue.Guide.choices)
    summary = forms.CharField(
        label=_("What was said, in short"),
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("What the group sees and what it is unsure of. Nobody shall be possible to point out."),
    )
    findings = forms.ModelMultipleChoiceField(
        label=_("Findings that rest on it"),
        queryset=DraftFinding.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, findings: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["findings"].queryset = findings  # type: ignore[attr-defined]

    @property
    def held(self) -> Held:
        given = self.cleaned_data
        return Held(
            day=given["day"],
            group=given["group"],
            participants=given["participants"],
            guide=StaffDialogue.Guide(given["guide"]),
            summary=given["summary"],
            led_by=given["led_by"],
        )


class RestsOnStaffForm(Form):
    """Which dialogues of the draft a finding rests on."""

    dialogues = forms.ModelMultipleChoiceField(
        label=_("Staff dialogues"),
        queryset=StaffDialogue.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, dialogues: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["dialogues"].queryset = dialogues  # type: ignore[attr-defined]
