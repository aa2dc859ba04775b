from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from samsyn.agreements.models import Priority
from samsyn.core.forms import Form, unchosen
from samsyn.parties.models import Organisation
from samsyn.pictures.models import Point
from samsyn.pictures.queries import told_apart
from samsyn.plans.arriving import FIELDS, Table
from samsyn.plans.models import Measure
from samsyn.plans.services.arriving import COMMON


def _day(label: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=widget)


class HeadsForm(Form):
    """Which row the headings stand in, where the guess is wrong."""

    is_sent_once = False

    heads = forms.ChoiceField(label=_("The headings stand in"))

    def __init__(self, *args: Any, tables: Sequence[Table], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["heads"].choices = [(one.key, _row(one)) for one in tables]  # type: ignore[attr-defined]


def _row(table: Table) -> str:
    said = {"row": table.key.partition("-")[2], "heads": table.said[:100], "sheet": table.name}
    if table.name:
        return now("%(sheet)s, row %(row)s: %(heads)s") % said
    return now("Row %(row)s: %(heads)s") % said


class SayColumnsForm(Form):
    """A choice for each column that has a head, then what holds for rows that do not say it themselves."""

    owner = forms.ModelChoiceField(
        label=_("Who does it, where the row names nobody here"),
        queryset=Organisation.objects.none(),
        required=False,
    )
    owner_title = forms.CharField(
        label=_("Function that answers for it, where the row names none"),
        max_length=120,
        required=False,
        help_text=_("A function, not a person: “head of parks”."),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=Measure.Kind.choices, widget=forms.RadioSelect)
    starts = _day(_("From, where the row names no day"))
    ends = _day(_("To, where the row names no day"))
    follow_up = _day(_("Followed up by, where the row names no day"))
    points = forms.ModelMultipleChoiceField(
        label=_("Findings that they answer"),
        queryset=Point.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    priorities = forms.ModelMultipleChoiceField(
        label=_("Priorities that they serve, where the row names none"),
        queryset=Priority.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    heads = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        table: Table,
        guessed: Mapping[int, str],
        owners: Any,
        points: Any,
        priorities: Any,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, queryset in (("owner", owners), ("points", points), ("priorities", priorities)):
            self.fields[name].queryset = queryset  # type: ignore[attr-defined]
        self.fields["points"].label_from_instance = told_apart(points)  # type: ignore[attr-defined]
        self.at = [index for index, head in enumerate(table.heads) if head]
        choices = [("", now("read past")), *FIELDS.items()]
        columns: dict[str, forms.Field] = {
            f"column-{index}": forms.ChoiceField(
                label=table.heads[index],
                choices=choices,
                required=False,
                initial=guessed.get(index, ""),
                help_text=_first(table, index),
            )
            for index in self.at
        }
        self.fields = columns | self.fields

    @property
    def columns(self) -> dict[int, str]:
        return {index: self.cleaned_data[f"column-{index}"] for index in self.at}


def _first(table: Table, index: int) -> str:
    """The first filled cell, so that one sees what stands there."""
    cells = (row[index].strip() for row in table.rows if index < len(row))
    cell = next((one for one in cells if one), "")
    return now("Such as: %(cell)s") % {"cell": cell[:80]} if cell else ""


class TakePlanForm(Form):
    without_unfit = forms.BooleanField(label=_("Leave the rows with such cells out"), required=False)
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(
        self,
        *args: Any,
        has_unfit: bool,
        unknown: Sequence[str],
        priorities: Sequence[Priority],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if not has_unfit:
            del self.fields["without_unfit"]
        self._unknown = {f"priority-{place}": text for place, text in enumerate(unknown)}
        choices = [
            ("", now("Choose one")),
            (COMMON, now("Those chosen for the whole file")),
            *((str(one.pk), one.title) for one in priorities),
        ]
        asked: dict[str, forms.Field] = {
            name: forms.ChoiceField(
                label=now("Which priority is “%(text)s”?") % {"text": text[:150]},
                choices=choices,
                error_messages=unchosen(_("Say which priority it is.")),
            )
            for name, text in self._unknown.items()
        }
        self.fields = asked | self.fields

    @property
    def priority_of(self) -> dict[str, str]:
        return {text: self.cleaned_data[name] for name, text in self._unknown.items()}
