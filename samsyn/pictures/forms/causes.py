from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samsyn.core.forms import Form
from samsyn.core.templatetags.words import said
from samsyn.pictures.models import Cause, Certainty, Point, PointFigure, PointVoice, Technique
from samsyn.pictures.services.causes import Claim


class FiguresField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, figure: PointFigure) -> str:
        return said(figure.payload.get("sentence"))


class VoicesField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, voice: PointVoice) -> str:
        return voice.theme.title


class CauseForm(Form):
    claim = forms.CharField(
        label=_("Cause"),
        max_length=200,
        help_text=_("As a claim: “The hall is empty of adults between 15 and 18”."),
    )
    kind = forms.ChoiceField(
        label=_("What it is about"), choices=Cause.Kind.choices, widget=forms.RadioSelect
    )
    parent = forms.ModelChoiceField(
        label=_("Lies behind"),
        queryset=Cause.objects.none(),
        required=False,
        help_text=_("Why is that so? Choose the cause that this one explains."),
    )
    evidence = forms.CharField(
        label=_("What speaks for it"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What you have seen, counted or heard, and from whom. Never a person."),
    )
    figures = FiguresField(
        label=_("Figures of the finding that speak for it"),
        queryset=PointFigure.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    voices = VoicesField(
        label=_("What citizens said that speaks for it"),
        queryset=PointVoice.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    confidence = forms.ChoiceField(
        label=_("How certain"),
        choices=Certainty.choices,
        widget=forms.RadioSelect,
        initial=Certainty.UNCERTAIN,
    )
    influence = forms.CharField(
        label=_("Who can change it"),
        max_length=200,
        required=False,
        help_text=_("A function or an organisation, not a person: “the housing company”."),
    )
    step = forms.ChoiceField(
        label=_("When in the chain of events"),
        choices=[("", _("not placed yet")), *Cause.Step.choices],
        required=False,
    )
    moment = forms.CharField(
        label=_("At which step"),
        max_length=120,
        required=False,
        help_text=_("In your own words: “on the way home from school”."),
    )
    technique = forms.ChoiceField(
        label=_("How it could be changed"),
        choices=[("", _("not chosen: the suggestion is shown")), *Technique.choices],
        required=False,
        help_text=_("What you choose stands, whatever is suggested."),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, point: Point, causes: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: dict[str, Any] = {
            "parent": causes,
            "figures": PointFigure.objects.filter(source__point=point).select_related("source__release"),
            "voices": PointVoice.objects.filter(point=point).select_related("theme"),
        }
        for name, found in chosen.items():
            self.fields[name].queryset = found.order_by("id")  # type: ignore[attr-defined]
        for name in chosen:
            if not chosen[name].exists():
                del self.fields[name]

    @property
    def given(self) -> dict[str, Any]:
        """As the commands take it."""
        said = self.cleaned_data
        claim = Claim(
            claim=said["claim"],
            kind=Cause.Kind(said["kind"]),
            confidence=Certainty(said["confidence"]),
            evidence=said["evidence"],
            influence=said["influence"],
            step=Cause.Step(said["step"]) if said["step"] else None,
            moment=said["moment"],
            technique=Technique(said["technique"]) if said["technique"] else None,
        )
        rests = {name: list(said.get(name, ())) for name in ("figures", "voices")}
        return {"claim": claim, "parent": said.get("parent")} | rests
