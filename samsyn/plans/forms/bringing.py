from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from samsyn.core.forms import Form
from samsyn.plans.bringing import Changed

MOST_BYTES = 8_000_000


class MeasureFileForm(Form):
    file = forms.FileField(
        label=_("File"),
        help_text=_("The CSV or Excel file that you took along, with your changes. At most 8 megabytes."),
        allow_empty_file=True,  # the command says what to do about it
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(now("The file is larger than 8 megabytes. Bring back a part of it."))
        return file


class TakeInForm(Form):
    taken = forms.MultipleChoiceField(
        label=_("Take the file's text, though somebody has saved another"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, conflicts: Sequence[Changed], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["taken"].choices = [(str(one.measure.pk), one.measure.title) for one in conflicts]  # type: ignore[attr-defined]
        if not conflicts:
            del self.fields["taken"]

    @property
    def chosen(self) -> list[str]:
        return list(self.cleaned_data.get("taken", []))
