from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samsyn.core.forms import Form, unchosen
from samsyn.evidence import phrases, sentences
from samsyn.evidence.asking import Question
from samsyn.evidence.connectors.catalogue import BY_KPI, CATALOGUE
from samsyn.evidence.models import Dataset, OpenSource, Upload
from samsyn.evidence.readers.units import COUNT
from samsyn.evidence.services.files import Description


class UploadForm(Form):
    """A file, and who made it."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("XLSX, CSV, Brå's database file, PxWeb, Kolada. At most 100 megabytes."),
        allow_empty_file=True,  # the command says what to do about it
    )
    source_name = forms.CharField(
        label=gettext_lazy("Source"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Files of a source you have used before are read as the last time."),
    )

    def __init__(self, *args: Any, sources: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if sources:
            known = _("Used before: %(sources)s.") % {"sources": ", ".join(sources[:8])}
            field = self.fields["source_name"]
            field.help_text = f"{field.help_text} {known}"

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > settings.UPLOAD_MAX_BYTES:
            raise forms.ValidationError(_("The file is larger than 100 megabytes. Upload a part of it."))
        return file


class TemplateForm(Form):
    """The municipality's own template, for documents or for slides."""

    file = forms.FileField(
        label=gettext_lazy("Template"),
        help_text=gettext_lazy(
            "A Word document (.docx) or a PowerPoint presentation (.pptx), without macros. "
            "At most 20 megabytes."
        ),
        allow_empty_file=True,  # it is refused with what to do about it
    )


class AnswersForm(Form):
    """The questions a reader asks about one file, and what each column is."""

    def __init__(self, *args: Any, upload: Upload, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reading = upload.unpacked("outcome")["reading"]
        self.questions, self.columns = reading["questions"], self._columns(reading["notes"])
        for index, asked in enumerate(self.questions):
            self.fields[f"question{index}"] = self._question(asked)
        for index, (header, role) in enumerate(self.columns):
            self.fields[f"column{index}"] = forms.ChoiceField(
                label=_("Column “%(header)s”") % {"header": header},
                choices=[(code, name) for code, name in sentences.ROLES.items()],
                initial=role,
            )

    @staticmethod
    def _columns(notes: list[dict[str, Any]]) -> list[tuple[str, str]]:
        found = [note["params"] for note in notes if note["code"] == "column"]
        return [(params["header"], params["role"]) for params in found][:40]

    @staticmethod
    def _question(asked: dict[str, Any]) -> forms.Field:
        label = sentences.question(asked)
        hint = " ".join(
            part
            for part in (str(sentences.HINTS.get(asked["key"], "")), sentences.where(asked["where"]))
            if part
        )
        if asked["options"]:
            options = [(option, sentences.word(option)) for option in asked["options"]]
            return forms.ChoiceField(label=label, help_text=hint, choices=options, widget=forms.RadioSelect)
        return forms.CharField(label=label, help_text=hint, max_length=120)

    @property
    def answers(self) -> dict[str, Any]:
        """As the readers take them."""
        given: dict[str, Any] = {}
        for index, asked in enumerate(self.questions):
            answer, key = self.cleaned_data[f"question{index}"], asked["key"]
            if key == "unit" and asked["where"]:
                given.setdefault("unit", {})[asked["where"]] = answer
            else:
                given[key] = answer
        changed = {
            header: self.cleaned_data[f"column{index}"]
            for index, (header, role) in enumerate(self.columns)
            if self.cleaned_data[f"column{index}"] != role
        }
        return given | ({"columns": changed} if changed else {})


KNOWN_SOURCES = {
    "bra": ("Brå, anmälda brott", "Fri återanvändning med angivande av källan", "Brottsförebyggande rådet"),
    "kolada": ("Kolada", "", "Rådet för främjande av kommunala analyser (RKA)"),
}


def origin_field() -> forms.ChoiceField:
    """A plain question that must be answered: it decides whether small numbers are hidden."""
    return forms.ChoiceField(
        label=gettext_lazy("Are the numbers published already?"),
        choices=Dataset.Origin.choices,
        widget=forms.RadioSelect,
        help_text=gettext_lazy(
            "Brå, SCB, Kolada and Folkhälsomyndigheten publish theirs, with small numbers hidden. "
            "Lists of the police, fault reports and counts of schools are your own."
        ),
        error_messages=unchosen(gettext_lazy("Say whether the numbers are published already.")),
    )


class OriginForm(Form):
    """Puts right what was said when the dataset was kept."""

    origin = origin_field()

    @property
    def stated(self) -> Dataset.Origin:
        return Dataset.Origin(self.cleaned_data["origin"])


class PolicyForm(Form):
    """The partnership's threshold, and why."""

    threshold = forms.IntegerField(
        label=gettext_lazy("Threshold"),
        help_text=gettext_lazy(
            "The smallest number that may be published. With 5, the numbers 1, 2, 3 and 4 are hidden."
        ),
    )
    reason = forms.CharField(
        label=gettext_lazy("Why"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)


class AcceptForm(Form):
    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    source_name = forms.CharField(label=gettext_lazy("Source"), max_length=200)
    licence = forms.CharField(
        label=gettext_lazy("Licence or terms"),
        max_length=200,
        help_text=gettext_lazy("What one may do with the figures, for example CC0."),
    )
    collected_by = forms.CharField(label=gettext_lazy("Collected by"), max_length=200)
    origin = origin_field()
    quality = forms.CharField(
        label=gettext_lazy("To keep in mind"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("What somebody must know who uses these figures in two years."),
    )
    supersedes = forms.ModelChoiceField(
        label=gettext_lazy("Replaces"),
        queryset=Dataset.objects.none(),
        required=False,
        empty_label=gettext_lazy("nothing"),
    )

    def __init__(self, *args: Any, upload: Upload, datasets: Any, **kwargs: Any) -> None:
        reading = upload.unpacked("outcome").get("reading", {})
        source, licence, collector = KNOWN_SOURCES.get(reading.get("source", ""), ("", "", ""))
        kwargs["initial"] = {
            "title": str(upload.name).rsplit(".", 1)[0].replace("_", " "),
            "source_name": str(upload.source_name) or source,
            "licence": licence,
            "collected_by": collector,
            "origin": Dataset.Origin.PUBLISHED if source else None,
        }
        super().__init__(*args, **kwargs)
        self.fields["supersedes"].queryset = datasets  # type: ignore[attr-defined]

    @property
    def described(self) -> Description:
        given = self.cleaned_data | {"origin": Dataset.Origin(self.cleaned_data["origin"])}
        return Description(**{name: given[name] for name in Description.__dataclass_fields__})


class PopulationForm(Form):
    area = forms.ChoiceField(label=gettext_lazy("Area"))
    day = forms.DateField(
        label=gettext_lazy("Day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("Usually 31 December."),
    )
    number = forms.IntegerField(label=gettext_lazy("Inhabitants"), min_value=1, max_value=20_000_000)
    source = forms.CharField(
        label=gettext_lazy("Source"), max_length=200, initial="SCB, folkmängd den 31 december"
    )

    def __init__(self, *args: Any, areas: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = list(areas.items())  # type: ignore[attr-defined]


class PopulationFileForm(Form):
    """Which of a file's measures is the population."""

    measure = forms.ChoiceField(label=gettext_lazy("Which numbers are the population?"))
    source = forms.CharField(label=gettext_lazy("Source"), max_length=200, initial="SCB, folkmängd")

    def __init__(self, *args: Any, upload: Upload, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        measures = upload.unpacked("outcome").get("summary", {}).get("measures", [])
        fields: Any = self.fields
        fields["measure"].choices = [(name, f"{name} ({sentences.word(unit)})") for name, unit in measures]


BETWEEN = "\x1f"


class DatasetsForm(Form):
    """The first step of a figure: what it stands on."""

    is_sent_once = False

    datasets = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Datasets"),
        queryset=Dataset.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Choose several when a series is spread over several files."),
        error_messages={"required": gettext_lazy("Choose at least one dataset.")},
    )

    def __init__(self, *args: Any, datasets: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["datasets"].queryset = datasets  # type: ignore[attr-defined]


class FigureForm(Form):
    """The second step: the question, about what, where and when."""

    question = forms.ChoiceField(
        label=gettext_lazy("Question"),
        widget=forms.RadioSelect,
        choices=[
            (Question.RATE.value, gettext_lazy("How common is it? Per 100 000 inhabitants")),
            (Question.CHANGE.value, gettext_lazy("Has it become more or fewer since the year before?")),
            (Question.TREND.value, gettext_lazy("Where is it heading over the years?")),
            (Question.SHIFT.value, gettext_lazy("Has its level shifted for good, and when? Years")),
            (Question.FORECAST.value, gettext_lazy("What is to be expected next, if nothing changes?")),
            (
                Question.SEASON.value,
                gettext_lazy("Is it more than the season explains? Months, from year four"),
            ),
            (Question.JUST_NOW.value, gettext_lazy("Is it unusual beside the seven periods before?")),
            (Question.FUNNEL.value, gettext_lazy("Which areas differ by more than their size explains?")),
            (Question.BESIDE.value, gettext_lazy("Which area stands highest beside all of them together?")),
            (Question.GATHERED.value, gettext_lazy("On how few areas does half of it happen?")),
            (
                Question.AROUND.value,
                gettext_lazy("Where does it gather more than who lives there explains? From ten areas"),
            ),
        ],
        initial=Question.RATE.value,
    )
    measure = forms.ChoiceField(label=gettext_lazy("What"))
    area = forms.ChoiceField(
        label=gettext_lazy("Area"),
        help_text=gettext_lazy("A question about several areas compares all of the same kind as this one."),
    )
    period = forms.ChoiceField(label=gettext_lazy("Period"))

    def __init__(self, *args: Any, choices: dict[str, Any], own: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        measures = [(measure, unit) for measure, unit in choices["measures"] if unit == COUNT]
        # The partnership's own areas first: nobody should look for their municipality among 290.
        areas = sorted(choices["areas"], key=lambda one: (one[1] not in own, one[2].casefold()))
        fields: Any = self.fields
        fields["measure"].choices = [(BETWEEN.join(one), one[0]) for one in measures]
        fields["area"].choices = [
            (BETWEEN.join(one), f"{one[2]} ({sentences.word(one[0])})") for one in areas
        ]
        fields["period"].choices = [
            (BETWEEN.join(one), phrases.period(*(date.fromisoformat(day) for day in one)))
            for one in choices["periods"]
        ]
        self.has_counts = bool(measures)

    @property
    def measure_and_unit(self) -> list[str]:
        return self.cleaned_data["measure"].split(BETWEEN)  # type: ignore[no-any-return]

    @property
    def place(self) -> list[str]:
        return self.cleaned_data["area"].split(BETWEEN)  # type: ignore[no-any-return]

    @property
    def span(self) -> tuple[date, date]:
        first, last = self.cleaned_data["period"].split(BETWEEN)
        return date.fromisoformat(first), date.fromisoformat(last)


class SourceForm(Form):
    """What is fetched from an open service, and how often."""

    service = forms.ChoiceField(label=gettext_lazy("Service"), choices=OpenSource.Service.choices)
    kpis = forms.MultipleChoiceField(
        label=gettext_lazy("Indicators from Kolada"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[
            (kpi, format_lazy("{} ({})", indicator.name, kpi))
            for indicator in CATALOGUE
            for kpi in indicator.kpis
        ],
        initial=list(BY_KPI),
    )
    more = forms.CharField(
        label=gettext_lazy("More ids at Kolada"),
        required=False,
        max_length=900,
        help_text=gettext_lazy("Separated by commas or blanks. Search for them at kolada.se."),
    )
    every = forms.ChoiceField(
        label=gettext_lazy("How often"), choices=OpenSource.Every.choices, initial=OpenSource.Every.MONTH
    )

    def all_kpis(self) -> list[str]:
        """Those that were ticked and those that were written."""
        written = self.cleaned_data["more"].replace(",", " ").upper().split()
        chosen = [*self.cleaned_data["kpis"], *written]
        return chosen if self.cleaned_data["service"] == OpenSource.Service.KOLADA else []
