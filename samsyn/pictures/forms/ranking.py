from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samsyn.core.forms import Form
from samsyn.pictures.models import Criterion, Level, Point, PointScore
from samsyn.pictures.models.ranking import MOST
from samsyn.pictures.services.ranking import Scored

QUESTIONS = {
    Criterion.HARM: _("How much harm it does to those who are exposed"),
    Criterion.EXTENT: _("How many it concerns, or how often it happens"),
    Criterion.TREND: _("How fast it gets worse: low when it gets better"),
    Criterion.WORRY: _("How much it worries those who live and work here"),
    Criterion.ABILITY: _("How well you together can change it"),
}


class ScoreForm(Form):
    """Two fields a criterion: a plain choice, and why."""

    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, scores: Sequence[PointScore], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stored = {one.criterion: one for one in scores}
        for criterion in Criterion:
            score = stored.get(criterion)
            self.fields[criterion.value] = forms.ChoiceField(
                label=str(criterion.label).capitalize(),
                help_text=QUESTIONS[criterion],
                choices=[("", _("not said yet")), *Level.choices],
                widget=forms.RadioSelect,
                required=False,
                initial=score.level if score else "",
            )
            self.fields[f"{criterion.value}_reason"] = forms.CharField(
                label=gettext("Why: %(criterion)s") % {"criterion": criterion.label},
                max_length=500,
                required=False,
                initial=score.reason if score else "",
            )

    @property
    def scores(self) -> dict[Criterion, Scored]:
        given = self.cleaned_data
        return {
            one: Scored(Level(given[one]) if given[one] else None, given[f"{one}_reason"])
            for one in Criterion
        }


class WeightsForm(Form):
    """How much each criterion counts. Tried in the address; saved by a button."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        counts = [_("does not count"), _("counts once"), _("counts twice"), _("counts three times")]
        for criterion in Criterion:
            self.fields[criterion.value] = forms.TypedChoiceField(
                label=str(criterion.label).capitalize(),
                choices=list(enumerate(counts[: MOST + 1])),
                coerce=int,
                widget=forms.Select(attrs={"class": "ds-input"}),
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors and not any(cleaned[one] for one in Criterion):
            self.add_error(Criterion.HARM, gettext("Let at least one criterion count."))
        return cleaned

    @property
    def weights(self) -> dict[Criterion, int]:
        return {one: self.cleaned_data[one] for one in Criterion}


class SaveWeightsForm(WeightsForm):
    seen = forms.IntegerField(widget=forms.HiddenInput)


class OrderForm(Form):
    """A number for each finding that comes first, second and so on; empty for those without a place."""

    reason = forms.CharField(
        label=_("Why this order"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("It follows the picture to the public when it is adopted."),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, points: Sequence[Point], chosen: dict[Any, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.points = list(points)
        places = {}
        for point in self.points:
            places[self.name_of(point)] = forms.IntegerField(
                label=point.title,
                min_value=1,
                max_value=len(self.points),
                required=False,
                initial=chosen.get(point.pk),
            )
        self.fields = places | self.fields

    @staticmethod
    def name_of(point: Point) -> str:
        return f"place-{point.pk}"

    def clean(self) -> dict[str, Any]:
        """The places begin at one, without gaps, and nobody shares one."""
        cleaned = super().clean()
        placed = [(cleaned.get(self.name_of(one)), one) for one in self.points]
        self.order = [
            one for _place, one in sorted((p for p in placed if p[0]), key=lambda pair: pair[0] or 0)
        ]
        given = sorted(place for place, _one in placed if place)
        if not self.errors and given != list(range(1, len(given) + 1)):
            wrong = next(
                one for number, one in enumerate(self.order, start=1) if cleaned[self.name_of(one)] != number
            )
            self.add_error(self.name_of(wrong), gettext("Number the findings 1, 2, 3 … without gaps."))
        return cleaned
