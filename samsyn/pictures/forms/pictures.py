from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samsyn.agreements.models import Priority
from samsyn.core.forms import Form, unchosen
from samsyn.council.models import Decision
from samsyn.dialogue.models import Theme
from samsyn.evidence.models import Figure
from samsyn.parties.models import Organisation
from samsyn.pictures.comparison import WORDS
from samsyn.pictures.models import Certainty, DraftFinding, Picture, Point, Secrecy, StaffDialogue, Stance
from samsyn.pictures.services.drafting import Words

SECRECY = [("", _("not decided yet")), *Secrecy.choices]
PUBLISHED = [(Secrecy.NONE.value, _("no secrecy: may be published")), *Secrecy.choices[1:]]


class DraftForm(Form):
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


class WordsForm(Form):
    """What a finding says, in a draft and in the joint picture."""

    title = forms.CharField(
        label=_("Finding"), max_length=200, help_text=_("As a claim: “Cycle thefts have risen since 2023”.")
    )
    text = forms.CharField(label=_("What you see"), max_length=6000, widget=forms.Textarea(attrs={"rows": 6}))
    extent = forms.CharField(label=_("Extent"), max_length=500, required=False)
    consequence = forms.CharField(label=_("Consequence"), max_length=500, required=False)
    unknown = forms.CharField(
        label=_("What we do not know"),
        max_length=500,
        required=False,
        help_text=_("Whom you have not asked, what no numbers tell. A gap that is named can be filled."),
    )
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
        return Words(**{name: given[name] for name in WORDS})

    @property
    def certain(self) -> Certainty:
        return Certainty(self.cleaned_data["certainty"])


class NotesForm(Form):
    """The party's own notes on its draft."""

    text = forms.CharField(
        label=_("Notes"), max_length=6000, required=False, widget=forms.Textarea(attrs={"rows": 6})
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)


class FindingForm(WordsForm):
    priority_key = forms.ChoiceField(label=_("Priority"), required=False)
    secrecy = forms.ChoiceField(label=_("Secrecy"), choices=SECRECY, required=False)
    secrecy_ground = forms.CharField(
        label=_("Why that section"),
        max_length=300,
        required=False,
        help_text=_("In a few words, when it is held back. Stays with your own party."),
    )

    def __init__(self, *args: Any, priorities: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(one.key, one.title) for one in priorities]
        self.fields["priority_key"].choices = [("", _("none")), *choices]  # type: ignore[attr-defined]


class PointForm(WordsForm):
    priority = forms.ModelChoiceField(label=_("Priority"), queryset=Priority.objects.none(), required=False)

    def __init__(self, *args: Any, priorities: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["priority"].queryset = priorities  # type: ignore[attr-defined]


class CiteForm(Form):
    figure = forms.ModelChoiceField(
        label=_("Figure"),
        queryset=Figure.objects.none(),
        error_messages=unchosen(_("Choose one of your own figures.")),
    )
    note = forms.CharField(label=_("What it shows here"), max_length=300, required=False)

    def __init__(self, *args: Any, figures: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["figure"].queryset = figures  # type: ignore[attr-defined]


class ShareForm(Form):
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


class PictureForm(Form):
    period = forms.RegexField(
        r"^\d{4}(-\d{4})?$", label=_("Period"), max_length=9, help_text=_("As in the drafts that you merge.")
    )
    scope = forms.CharField(
        label=_("Covers"),
        max_length=200,
        help_text=_("Such as the whole municipality: the law asks for that."),
    )


class StanceForm(Form):
    """Two buttons, and the words that one of them needs. The version is that of the text on the page."""

    position = forms.ChoiceField(
        label=_("Stance"),
        choices=Stance.Position.choices,
        widget=forms.HiddenInput,
        error_messages=unchosen(_("Choose whether your party approves the text or sees it differently.")),
    )
    note = forms.CharField(
        label=_("How your party sees it"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.data.get("position") == Stance.Position.AGREES:
            self.fields["note"].required = False


class JoinForm(Form):
    """Which finding of the picture a shared one says the same as."""

    point = forms.ChoiceField(label=_("or join it with"))

    def __init__(
        self, *args: Any, points: Sequence[Point], resembles: Point | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.points = {str(one.pk): one for one in points}
        like = gettext("%(title)s (resembles it)")
        field: Any = self.fields["point"]
        field.choices = [
            (key, like % {"title": one.title} if one == resembles else one.title)
            for key, one in self.points.items()
        ]
        field.initial = str(resembles.pk) if resembles else None

    def clean_point(self) -> Point:
        return self.points[self.cleaned_data["point"]]


class ClearingForm(Form):
    """Many findings at once: most are decided alike, and each gets its own entry."""

    points = forms.ModelMultipleChoiceField(
        label=_("Findings"),
        queryset=Point.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose the findings that you decide on.")},
    )
    section = forms.ChoiceField(label=_("Secrecy"), choices=PUBLISHED, widget=forms.RadioSelect)
    ground = forms.CharField(
        label=_("Why that section"),
        max_length=300,
        required=False,
        help_text=_("In a few words, when it is held back. The other parties read it; the public does not."),
    )

    def __init__(self, *args: Any, points: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["points"].queryset = points  # type: ignore[attr-defined]


class VoiceForm(Form):
    theme = forms.ModelChoiceField(
        label=_("What citizens said"),
        queryset=Theme.objects.none(),
        error_messages=unchosen(_("Choose a theme of one of your dialogues.")),
    )

    def __init__(self, *args: Any, themes: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["theme"].queryset = themes  # type: ignore[attr-defined]


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


class ReviewForm(Form):
    day = forms.DateField(
        label=_("Day of the review"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    changed = forms.ModelMultipleChoiceField(
        label=_("Findings that do not hold as they are written"),
        queryset=Point.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen means: reviewed, nothing has changed."),
    )
    note = forms.CharField(
        label=_("What has changed"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, points: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["changed"].queryset = points  # type: ignore[attr-defined]


class GoneForm(Form):
    reason = forms.CharField(
        label=_("Why it is not carried on"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )


class ErratumForm(Form):
    point = forms.ModelChoiceField(
        label=_("Finding"),
        queryset=Point.objects.none(),
        required=False,
        empty_label=_("the picture as a whole"),
    )
    wrong = forms.CharField(
        label=_("What stands there"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    right = forms.CharField(
        label=_("What is right"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, points: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["point"].queryset = points  # type: ignore[attr-defined]


class WeedForm(Form):
    """Offers what is found nowhere else; what is not chosen stays."""

    also = forms.ModelMultipleChoiceField(
        label=_("Weed out these too, though they are found nowhere else"),
        queryset=DraftFinding.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("What you do not choose is kept."),
    )

    dialogues = forms.ModelMultipleChoiceField(
        label=_("Weed out these staff dialogues too"),
        queryset=StaffDialogue.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("What was said there was never shared, so it is found nowhere else."),
    )

    def __init__(self, *args: Any, findings: Any, dialogues: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, offered in (("also", findings), ("dialogues", dialogues)):
            self.fields[name].queryset = offered  # type: ignore[attr-defined]
            if not offered:
                del self.fields[name]
