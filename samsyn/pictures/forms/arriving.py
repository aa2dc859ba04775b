from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from samsyn.core.forms import Form, unchosen
from samsyn.pictures.arriving import Told
from samsyn.pictures.forms.pictures import ShareForm
from samsyn.pictures.models import PrivateDraft

MOST_BYTES = 8_000_000


class PictureFileForm(Form):
    file = forms.FileField(
        label=_("File"),
        help_text=_("A Word document with headings, or the template filled in. At most 8 megabytes."),
        allow_empty_file=True,  # the command says what to do about it
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(now("The file is larger than 8 megabytes. Divide it."))
        return file


class TakeForm(Form):
    draft = forms.ModelChoiceField(
        label=_("Into the draft"),
        queryset=PrivateDraft.objects.none(),
        error_messages=unchosen(_("Choose one of your drafts. Begin one first if there is none.")),
    )
    chosen = forms.TypedMultipleChoiceField(
        label=_("Findings"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one finding.")},
    )

    def __init__(self, *args: Any, drafts: Any, findings: Sequence[Told], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["draft"].queryset = drafts  # type: ignore[attr-defined]
        self.fields["chosen"].choices = [(one.number, one.title) for one in findings]  # type: ignore[attr-defined]


class ShareFileForm(ShareForm):
    title = forms.CharField(label=_("Title"), max_length=150)
    period = forms.RegexField(
        r"^\d{4}(-\d{4})?$", label=_("Period"), max_length=9, help_text=_("A year, or 2025-2026.")
    )

    field_order = ("title", "period", "receiver", "purpose", "ground", "understood")
