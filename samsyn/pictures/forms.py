from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samsyn.agreements.models import Priority
from samsyn.council.models import Decision
from samsyn.dialogue.models import Theme
from samsyn.evidence.models import Figure
from samsyn.parties.models import Organisation
from samsyn.pictures.models import Certainty, Picture, Stance
from samsyn.pictures.services.drafting import Words

SECRECY = [
    ("", _("not decided yet")),
    ("none", _("no secrecy: may be shared")),
    ("OSL 18:1", _("OSL 18:1 – preliminary investigation")),
    ("OSL 18:2", _("OSL 18:2 – intelligence")),
    ("OSL 18:8", _("OSL 18:8 – security measures")),
    ("OSL 26:1", _("OSL 26:1 – social services")),
    ("OSL 35:1", _("OSL 35:1 – individuals in the police's records")),
]


class DraftForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=150)
    period = forms.RegexField(
        r"^\d{4}(-\d{4})?$", label=_("Period"), max_length=9, help_text=_("A year, or 2025-2026.")
    )
    carry_over = forms.BooleanField(
        label=_("Begin with the findings of the adopted picture"),
        required=False,
        initial=True,
        help_text=_("You may change and drop them. Figures and decisions on secrecy are made anew."),
    )

    def __init__(self, *args: Any, adopted: Picture | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._adopted = adopted
        if adopted is None:
            del self.fields["carry_over"]

    @property
    def carried_over(self) -> Picture | None:
        return self._adopted if self.cleaned_data.get("carry_over") else None


class WordsForm(forms.Form):
    """What a finding says, in a draft and in the joint picture."""

    title = forms.CharField(
        label=_("Finding"), max_length=200, help_text=_("As a claim: “Cycle thefts have risen since 2023”.")
    )
    text = forms.CharField(label=_("What you see"), max_length=6000, widget=forms.Textarea(attrs={"rows": 6}))
    extent = forms.CharField(label=_("Extent"), max_length=500, required=False)
    consequence = forms.CharField(label=_("Consequence"), max_length=500, required=False)
    certainty = forms.ChoiceField(
        label=_("How certain"),
        choices=Certainty.choices,
        widget=forms.RadioSelect,
        initial=Certainty.UNCERTAIN,
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    @property
    def words(self) -> Words:
        given = self.cleaned_data
        return Words(given["title"], given["text"], given["extent"], given["consequence"])

    @property
    def certain(self) -> Certainty:
        return Certainty(self.cleaned_data["certainty"])


class FindingForm(WordsForm):
    priority_key = forms.ChoiceField(label=_("Priority"), required=False)
    secrecy = forms.ChoiceField(label=_("Secrecy"), choices=SECRECY, required=False)

    def __init__(self, *args: Any, priorities: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(one.key, one.title) for one in priorities]
        self.fields["priority_key"].choices = [("", _("none")), *choices]  # type: ignore[attr-defined]


class PointForm(WordsForm):
    priority = forms.ModelChoiceField(label=_("Priority"), queryset=Priority.objects.none(), required=False)

    def __init__(self, *args: Any, priorities: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["priority"].queryset = priorities  # type: ignore[attr-defined]


class CiteForm(forms.Form):
    figure = forms.ModelChoiceField(label=_("Figure"), queryset=Figure.objects.none())
    note = forms.CharField(label=_("What it shows here"), max_length=300, required=False)

    def __init__(self, *args: Any, figures: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["figure"].queryset = figures  # type: ignore[attr-defined]


class ShareForm(forms.Form):
    receiver = forms.ModelChoiceField(label=_("Receiver"), queryset=Organisation.objects.none())
    purpose = forms.ChoiceField(
        label=_("Purpose"),
        choices=[
            ("handed_over", _("handed over as basis for the joint picture (överlämnas)")),
            ("comments", _("sent for comments only (delning)")),
        ],
    )
    ground = forms.CharField(
        label=_("Ground"), max_length=200, help_text=_("Such as lag (2023:196) 4 § and the agreement.")
    )
    understood = forms.BooleanField(label=_("I have read that the share cannot be taken back"))

    def __init__(self, *args: Any, receivers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["receiver"].queryset = receivers  # type: ignore[attr-defined]


class PictureForm(forms.Form):
    period = forms.RegexField(
        r"^\d{4}(-\d{4})?$", label=_("Period"), max_length=9, help_text=_("As in the drafts that you merge.")
    )
    scope = forms.CharField(
        label=_("Covers"),
        max_length=200,
        help_text=_("Such as the whole municipality: the law asks for that."),
    )


class StanceForm(forms.Form):
    position = forms.ChoiceField(choices=Stance.Position.choices)
    note = forms.CharField(max_length=1000, required=False)
    seen = forms.IntegerField(required=False)


class VoiceForm(forms.Form):
    theme = forms.ModelChoiceField(label=_("What citizens said"), queryset=Theme.objects.none())

    def __init__(self, *args: Any, themes: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["theme"].queryset = themes  # type: ignore[attr-defined]


class DecisionForm(forms.Form):
    decision = forms.ModelChoiceField(label=_("Decision"), queryset=Decision.objects.none())

    def __init__(self, *args: Any, decisions: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decision"].queryset = decisions  # type: ignore[attr-defined]
