"""What a file that was brought back would change: row by row, field by field, before anything is changed.

A row is judged field by field: what was changed in the file alone is taken in, what was changed here alone
stays, and what was changed in both is shown with both texts.
Only what people write is taken in. State, owner, findings and priorities are decided elsewhere: their columns
are read past, and the page says so. Nothing is deleted because a row is missing.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samsyn.core import canonical, door, downloads
from samsyn.core.canonical import Plain
from samsyn.core.errors import Invalid, Sentence
from samsyn.plans.as_taken import CHECKSUM, Value, flat, shown, sign, signs_in
from samsyn.plans.models import Measure

HEADS: dict[str, Sentence] = {  # what the export calls each field that a file may change
    "title": gettext_lazy("Measure"),
    "text": gettext_lazy("What is done"),
    "owner_title": gettext_lazy("Function that answers for it"),
    "starts": gettext_lazy("From"),
    "ends": gettext_lazy("To"),
    "follow_up": gettext_lazy("Followed up by"),
    "cause": gettext_lazy("Cause that it changes"),
    "goal": gettext_lazy("Operative goals"),
    "method": gettext_lazy("Method"),
    "elected_contact": gettext_lazy("Elected contact"),
    "cost_sek": gettext_lazy("Cost in kronor"),
    "funding": gettext_lazy("Who pays"),
    "legal_note": gettext_lazy("Legal basis and limits"),
}
ID, VERSION = "id", "version"
DAYS = ("starts", "ends", "follow_up")
NEEDED = ("title", "text", "owner_title", *DAYS)
LANGUAGES = ("sv", "en")
KRONOR = re.compile(r"\d{1,3}(?:[ \u00a0]?\d{3})*(?:[,.]0+)?")
MOST_KRONOR = 2_000_000_000


@dataclass(frozen=True)
class Change:
    """One field: what it says now, and what the file says."""

    name: str
    label: Sentence
    now: str
    then: str
    value: Value


@dataclass(frozen=True)
class Changed:
    """What a row says otherwise than the measure does; a row may have some that clashes and some not."""

    number: int
    measure: Measure
    changes: list[Change]

    @property
    def values(self) -> dict[str, Value]:
        return {one.name: one.value for one in self.changes}


@dataclass(frozen=True)
class Unread:
    """A row that cannot be read, and why."""

    number: int
    title: str
    reason: str


@dataclass
class Preview:
    """What taking in the file would do."""

    changed: list[Changed] = field(default_factory=list)
    conflicts: list[Changed] = field(default_factory=list)  # changed both in the file and here
    unread: list[Unread] = field(default_factory=list)
    same: int = 0
    newer_here: int = 0  # changed here since the file was made, and not in the file
    read_past: list[str] = field(default_factory=list)  # columns that a file does not change
    problem: str = ""  # the whole file cannot be read

    @property
    def seen(self) -> str:
        """Of all that was shown: what is confirmed is what was looked at."""
        rows: list[Plain] = [
            [one.measure.pk, one.measure.version, *([change.name, change.then] for change in one.changes)]
            for one in (*self.changed, *self.conflicts)
        ]
        return str(canonical.digest({"rows": rows}))


def read_back(content: Mapping[str, Any], measures: Iterable[Measure]) -> Preview:
    """Compare the sheet that has ids with the measures as they stand. No query."""
    for name, rows, numbers in content.get("sheets", ()):
        heads = [cell.strip() for cell in rows[0]]
        if ID in heads and VERSION in heads:
            return _compare(heads, rows[1:], numbers[1:], {str(one.pk): one for one in measures}, not name)
    return Preview(
        problem=_(
            "The file has no columns “id” and “version”. Take the measures along as CSV or Excel, "
            "change that file, and bring it back."
        )
    )


def _fields(heads: Sequence[str]) -> dict[int, str]:
    """Which column is which field, in whatever language it was exported."""
    named: dict[str, str] = {}
    for language in LANGUAGES:
        with translation.override(language):
            named |= {str(label).casefold(): name for name, label in HEADS.items()}
    return {index: named[head.casefold()] for index, head in enumerate(heads) if head.casefold() in named}


def _compare(
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    numbers: Sequence[int],
    measures: Mapping[str, Measure],
    is_csv: bool,
) -> Preview:
    fields = _fields(heads)
    past = [head for index, head in enumerate(heads) if head and index not in fields]
    preview = Preview(read_past=[head for head in past if head not in (ID, VERSION, CHECKSUM)])
    at_id, at_version, met = heads.index(ID), heads.index(VERSION), set[str]()
    at_signs = heads.index(CHECKSUM) if CHECKSUM in heads else None
    written = downloads.as_written if is_csv else str
    for number, row in zip(numbers, rows, strict=True):
        cells = [*row, *[""] * (len(heads) - len(row))]
        key = cells[at_id].strip()
        said = {name: cells[index] for index, name in fields.items()}
        try:
            measure = _measure(key, measures, met)
            version = _version(cells[at_version])
            signs = signs_in("" if at_signs is None else cells[at_signs], list(HEADS))
            found = _changes(measure, said, written, _Taken(signs, is_old=version != measure.version))
        except Invalid as error:
            preview.unread.append(Unread(number, said.get("title", "")[:150], str(error)))
            continue
        if found.ours:
            preview.changed.append(Changed(number, measure, found.ours))
        if found.both:
            preview.conflicts.append(Changed(number, measure, found.both))
        if not (found.ours or found.both):
            preview.newer_here += found.stays
            preview.same += not found.stays
    return preview


@dataclass(frozen=True)
class _Taken:
    """How the measure stood when the file was made. Without signs one row stands or falls as a whole."""

    signs: Mapping[str, str]
    is_old: bool  # somebody has saved the measure since

    def has_cell(self, name: str, *texts: str) -> bool:
        """The file says what the measure said then."""
        return name in self.signs and self.signs[name] in map(sign, texts)

    def has_changed(self, name: str, now: Value) -> bool:
        return self.signs[name] != sign(shown(now)) if name in self.signs else self.is_old


@dataclass(frozen=True)
class _Found:
    ours: list[Change]  # changed in the file alone
    both: list[Change]  # changed in the file and here
    stays: bool  # something was changed here alone


def _measure(key: str, measures: Mapping[str, Measure], met: set[str]) -> Measure:
    if not key:
        raise Invalid(_("The row has no id. A new measure is proposed on its own page."), field=ID)
    if key not in measures:
        raise Invalid(_("No measure here has that id."), field=ID)
    if key in met:
        raise Invalid(_("That id has come already, further up in the file."), field=ID)
    met.add(key)
    return measures[key]


def _version(cell: str) -> int:
    if not cell.strip().isdecimal():
        raise Invalid(_("The version is gone, so nobody can tell what changed since."), field=VERSION)
    return int(cell)


def _changes(
    measure: Measure, said: Mapping[str, str], written: Callable[[str], str], taken: _Taken
) -> _Found:
    ours: dict[str, Value] = {}
    both: dict[str, Value] = {}
    stays = False
    for name, cell in said.items():
        now, text = getattr(measure, name), written(cell).replace("\r\n", "\n")
        if flat(cell) == flat(shown(now)):
            continue
        if taken.has_cell(name, cell, text):
            stays = stays or taken.has_changed(name, now)
            continue
        value = cell_value(name, text)
        if value == now:
            continue
        if taken.has_cell(name, shown(value)):
            stays = stays or taken.has_changed(name, now)
        else:
            (both if taken.has_changed(name, now) else ours)[name] = value
    if ours or both:
        _check(measure, ours | both)
    if ours and both and _is_refused(measure, ours):
        ours, both = {}, ours | both  # days that only fit together
    return _Found(_told(measure, ours), _told(measure, both), stays)


def _is_refused(measure: Measure, values: Mapping[str, Value]) -> bool:
    try:
        _check(measure, values)
    except Invalid:
        return True
    return False


def _told(measure: Measure, values: Mapping[str, Value]) -> list[Change]:
    return [
        Change(name, HEADS[name], shown(getattr(measure, name)), shown(value), value)
        for name, value in values.items()
    ]


def cell_value(name: str, cell: str) -> Value:
    """What a cell says of a field, if the field can hold it. Refuses what the commands would, and persons."""
    said = {"column": HEADS[name]}
    if name in NEEDED and not cell.strip():
        raise Invalid(_("“%(column)s” is empty.") % said, field=name)
    if name in DAYS:
        try:
            return date.fromisoformat(cell.strip())
        except ValueError:
            raise Invalid(_("“%(column)s” is no day: write it as 2026-11-30.") % said, field=name) from None
    if name == "cost_sek":
        return _kronor(cell.strip(), said)
    longest = Measure._meta.get_field(name).max_length  # type: ignore[union-attr]
    if longest is not None and len(cell) > longest:
        raise Invalid(_("“%(column)s” is too long.") % said, field=name)
    door.refuse_persons(cell, field=name)
    return cell


def _kronor(cell: str, said: Mapping[str, Sentence]) -> int | None:
    if not cell:
        return None
    if not KRONOR.fullmatch(cell):
        raise Invalid(_("“%(column)s” is no whole number.") % said, field="cost_sek")
    number = int(re.sub(r"[ \u00a0]|[,.]0+$", "", cell))
    if number > MOST_KRONOR:
        raise Invalid(_("“%(column)s” is too large.") % said, field="cost_sek")
    return number


def _check(measure: Measure, values: Mapping[str, Value]) -> None:
    """What the commands would refuse, said at the row."""
    if not measure.is_open:
        raise Invalid(_("This measure is over, so it is not changed."), field=ID)
    then = {name: values.get(name, getattr(measure, name)) for name in (*DAYS, "method")}
    if then["ends"] < then["starts"]:
        raise Invalid(_("Choose a last day that is not before the first."), field="ends")
    if then["follow_up"] < then["starts"]:
        raise Invalid(_("Choose a day of follow-up that is not before the first day."), field="follow_up")
    if measure.evidence and not then["method"].strip():
        raise Invalid(_("Name the method, then say what is known of it."), field="method")
