"""The outlines of the partnership's areas: the file, who drew it, its terms, and which layers of it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samsyn.core.forms import Form, unchosen
from samsyn.evidence.readers.layer import Layer


class OutlinesForm(Form):
    """The outlines of the partnership's areas, and who drew them."""

    file = forms.FileField(
        label=gettext_lazy("File with areas"),
        help_text=gettext_lazy(
            "GeoJSON, TopoJSON, GeoPackage, GeoParquet or shapefiles in one zip, in SWEREF 99 or WGS 84. "
            "One column holds the code of the area. At most 20 megabytes."
        ),
        allow_empty_file=True,  # it is refused with what to do about it
    )
    source = forms.CharField(
        label=gettext_lazy("Source"),
        max_length=200,
        help_text=gettext_lazy("Who drew the areas, such as Lantmäteriet, SCB or the municipality."),
    )
    licence = forms.CharField(
        label=gettext_lazy("Licence"), max_length=200, help_text=gettext_lazy("For example CC0.")
    )
    is_open = forms.BooleanField(
        label=gettext_lazy("Everybody may fetch the outlines"),
        required=False,
        help_text=gettext_lazy(
            "Only where the licence lets everybody use them, as CC0 and CC BY do. The areas in the maps of "
            "your published picture can then be fetched as open data (GeoJSON), with source and licence. "
            "You can change it later."
        ),
    )


class LayersForm(Form):
    """Which layers of the file hold the areas."""

    layers = forms.MultipleChoiceField(
        label=gettext_lazy("Layers with your areas"),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Choose several when districts and small areas lie in a layer each."),
        error_messages=unchosen(gettext_lazy("Choose at least one of the layers.")),
    )

    def __init__(self, *args: Any, layers: Sequence[Layer], **kwargs: Any) -> None:
        found = [one.name for one in layers if one.own]
        kwargs.setdefault("initial", {"layers": found if len(found) == 1 else []})
        super().__init__(*args, **kwargs)
        if len(layers) == 1 and not layers[0].name:  # a file without layers, whose axes are asked about
            del self.fields["layers"]
            return
        fields: Any = self.fields
        fields["layers"].choices = [(one.name, _said(one)) for one in layers if not one.refusal and one.areas]

    @property
    def chosen(self) -> list[str]:
        return list(self.cleaned_data.get("layers", []))


def _said(layer: Layer) -> str:
    areas = ngettext("%(areas)d area", "%(areas)d areas", layer.areas) % {"areas": layer.areas}
    return _("%(layer)s: %(areas)s, of which %(own)d yours") % {
        "layer": layer.name,
        "areas": areas,
        "own": layer.own,
    }
