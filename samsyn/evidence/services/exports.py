"""Evidence that leaves as a file: in which forms, what goes along, and who took what."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from django.db import models
from django.utils import translation
from django.utils.translation import gettext as _

from samsyn.core import canonical, downloads, journal
from samsyn.core.actors import Actor
from samsyn.core.carrying import Carried, texts
from samsyn.core.commands import command
from samsyn.core.errors import Refused
from samsyn.evidence.models import Dataset, Figure
from samsyn.evidence.queries import Disclosure, Verdict
from samsyn.evidence.readers.table import Refusal
from samsyn.evidence.sandbox import Limits, make_in_sandbox
from samsyn.graphics.cards import card
from samsyn.parties.models import Partnership

LIMITS = Limits(seconds=20, answer_mib=64)
OFFICE: Final = "application/vnd.openxmlformats-officedocument"


class Form(models.TextChoices):
    CSV = "csv"
    PARQUET = "parquet"
    JSON = "json"
    SVG = "svg"
    XLSX = "xlsx"
    PNG = "png"
    DOCX = "docx"
    PPTX = "pptx"
    INDICATOR = "indicator"  # a number copied to a joint measure


KINDS: Final = {
    Form.CSV: downloads.CSV,
    Form.PARQUET: "application/vnd.apache.parquet",
    Form.JSON: "application/json",
    Form.SVG: "image/svg+xml",
    Form.XLSX: downloads.XLSX,
    Form.PNG: "image/png",
    Form.DOCX: f"{OFFICE}.wordprocessingml.document",
    Form.PPTX: f"{OFFICE}.presentationml.presentation",
}
DRAWN: Final = (Form.SVG, Form.PNG)
TEMPLATED: Final = (Form.DOCX, Form.PPTX)


@command("evidence.record_export")
def record_export(taken: Dataset | Figure, *, form: Form, by: Actor) -> None:
    """Note that a person takes the numbers along. Each time: a copy outside is out of everybody's hands."""
    journal.note(form=form)


def warnings(partnership: Partnership, disclosure: Disclosure | None = None) -> list[str]:
    """What whoever meets the file alone must know first: that it is made up, that it is not for everybody."""
    found = []
    if partnership.is_exercise:
        found.append(_("Exercise: everything is made up."))
    if disclosure and disclosure.verdict != Verdict.OPEN:
        found.append(_("Not for publication."))
    return found


@dataclass(frozen=True)
class Leaving:
    """A figure on its way out: what is carried along, its whole content, and the template if there is one."""

    carried: Carried
    payload: Mapping[str, Any]
    template: bytes = field(default=b"", repr=False)

    def as_file(self, form: Form) -> bytes:
        """The figure in a form. The heavy ones are made in a child process: half a second, no lock held.

        Refused when the child process gives up: it may make no more than a file of ordinary size.
        """
        try:
            with translation.override(self.carried.language):
                return _MADE.get(form, _heavy)(self, form)
        except Refusal:
            raise Refused(
                _("The file could not be made. Try again, or keep the template anew and try then.")
            ) from None


def _csv(leaving: Leaving, form: Form) -> bytes:
    """What it says stands in columns beside the numbers: nothing for a program to stumble over."""
    carried = leaving.carried
    names = [name for name, _text in carried.facts]
    told = [carried.sentence, *(text for _name, text in carried.facts)]
    rows = [[*row, *told] for row in carried.rows]
    return downloads.csv_text([*carried.columns, _("Sentence"), *names], rows).encode()


def _xlsx(leaving: Leaving, form: Form) -> bytes:
    """The table, and what it says on a sheet of its own: nobody meets numbers without their limits."""
    carried = leaving.carried
    told = [[_("Sentence"), carried.sentence], *map(list, carried.facts)]
    return downloads.xlsx_bytes({_("Table"): [carried.columns, *carried.rows], _("To cite"): told})


def _json(leaving: Leaving, form: Form) -> bytes:
    """All of it, and what is carried along under names that a program can rely on."""
    carried = leaving.carried
    plain = json.loads(canonical.text(leaving.payload))
    plain["carried"] = {"sentence": carried.sentence, "facts": [list(fact) for fact in carried.facts]}
    return json.dumps(plain, ensure_ascii=False, indent=2, sort_keys=True).encode()


def _svg(leaving: Leaving, form: Form) -> bytes:
    return _card(leaving.carried).encode()


def _card(carried: Carried) -> str:
    return card(carried.drawing, heading=carried.sentence, lines=carried.lines, alt=carried.alt)


def _heavy(leaving: Leaving, form: Form) -> bytes:
    carried = leaving.carried
    wanted: dict[str, object] = {
        "form": form.value,
        "language": carried.language,
        "sentence": carried.sentence,
        "facts": carried.facts,
        "columns": carried.columns,
        "rows": texts(carried.rows),
        "drawing": carried.drawing,
        "alt": carried.alt,
    }
    if form is Form.PARQUET:
        wanted["rows"] = [
            [float(cell) if isinstance(cell, Decimal) else cell for cell in row] for row in carried.rows
        ]
    if form is Form.PNG:
        wanted |= {"drawing": _card(carried), "words": "\n".join([carried.sentence, *carried.lines])}
    return make_in_sandbox(wanted, template=leaving.template, limits=LIMITS)


_MADE = {Form.CSV: _csv, Form.XLSX: _xlsx, Form.JSON: _json, Form.SVG: _svg}
