from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samsyn.core.forms import Form
from samsyn.pictures.models import Cause


class CausesField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """With the finding in the words, where several are answered."""

    def label_from_instance(self, cause: Cause) -> str:
        said = {"cause": cause.claim, "finding": cause.point.title}
        return gettext("%(cause)s (why: %(finding)s)") % said


class CausesForm(Form):
    causes = CausesField(
        label=_("Causes that the measure is to change"),
        queryset=Cause.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only those that it can change. A measure that changes none of them is marked."),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, offered: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["causes"].queryset = offered  # type: ignore[attr-defined]
