"""A plan that was made elsewhere: which column is which field, and the measures that its rows would become.

The columns are guessed from the words of their heads, and a person decides. Nothing is a measure before it
was looked at, and no row is taken in by halves.
"""

import calendar
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samsyn.core import canonical, door
from samsyn.core.canonical import Plain
from samsyn.core.errors import Invalid, Sentence
from samsyn.plans import bringing
from samsyn.plans.models import Measure

OWNER, PRIORITY = "owner", "priority"
FIELDS: dict[str, Sentence] = {
    **bringing.HEADS,
    OWNER: gettext_lazy("Who does it"),
    PRIORITY: gettext_lazy("Priority that it serves"),
}
# Parts of words in the heads of plans, the more telling first; a column goes to the first that fits.
WORDS: dict[str, tuple[str, ...]] = {
    "follow_up": ("uppföljning", "följs upp", "utvärder", "follow"),
    "owner_title": ("funktion", "kontaktperson", "handläggare", "answers for"),
    "elected_contact": ("förtroendevald", "politiker", "elected"),
    OWNER: ("ansvar", "utförare", "förvaltning", "aktör", "owner", "responsib", "vem"),
    "cost_sek": ("kostnad", "budget", "kronor", "cost"),
    "funding": ("finansier", "medel", "funding"),
    "starts": ("start", "från", "påbörj", "from", "begin"),
    "ends": ("slut", "till", "klart", "deadline", "tidplan", "när", "end", "until"),
    "cause": ("orsak", "bakgrund", "varför", "problem", "cause"),
    "goal": ("mål", "effekt", "syfte", "resultat", "goal"),
    "method": ("metod", "method"),
    "legal_note": ("lag", "juridi", "legal"),
    PRIORITY: ("priorit", "fokusområde", "område", "inriktning"),
    "text": ("beskriv", "aktivitet", "det som görs", "hur", "genomför", "descri", "what is done"),
    "title": ("åtgärd", "insats", "rubrik", "titel", "vad", "measure", "title"),
}
MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
LOOKED_AT = 20  # rows in which the heads are looked for: above them stand titles and logotypes
MOST_ROWS = 500


@dataclass(frozen=True)
class Table:
    """One sheet with its heads in place."""

    name: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    numbers: Sequence[int]
    key: str = ""  # which sheet the heads stand in, and in its row of which number

    @property
    def said(self) -> str:
        """What the heads say, to choose by."""
        return ", ".join(head for head in self.heads if head)


@dataclass(frozen=True)
class Common:
    """What holds for each row that does not say it itself."""

    owner: Any = None
    owner_title: str = ""
    kind: str = ""
    starts: date | None = None
    ends: date | None = None
    follow_up: date | None = None


@dataclass(frozen=True)
class Unfit:
    """A cell that cannot be taken in: where it stands, and why."""

    number: int
    head: str
    reason: str


@dataclass(frozen=True)
class Coming:
    """A row as the measure that it would become."""

    number: int
    values: Mapping[str, Any]
    owner: Any
    priority: Any = None
    unknown: str = ""  # what the row says of its priority, where that is none of the agreement's

    @property
    def title(self) -> str:
        return str(self.values["title"])


@dataclass
class Arrival:
    """What taking in the plan would make."""

    coming: list[Coming] = field(default_factory=list)
    unfit: list[Unfit] = field(default_factory=list)
    here: list[Coming] = field(
        default_factory=list
    )  # measures with that name and first day stand here already

    @property
    def unknown(self) -> list[str]:
        """What rows say of their priority that nobody here knows, each once: somebody has to choose."""
        asked: dict[str, str] = {}
        for one in self.coming:
            if one.unknown:
                asked.setdefault(plain(one.unknown), one.unknown)
        return list(asked.values())

    @property
    def seen(self) -> str:
        """Of all that was shown: what is confirmed is what was looked at."""
        rows: list[Plain] = [
            [
                one.number,
                str(one.owner.pk),
                one.unknown,
                *(str(value) for _name, value in sorted(one.values.items())),
            ]
            for one in (*self.coming, *self.here)
        ]
        unfit: list[Plain] = [[one.number, one.head, one.reason] for one in self.unfit]
        return str(canonical.digest({"rows": rows, "unfit": unfit}))


def tables_of(content: Mapping[str, Any]) -> list[Table]:
    """Each row near the top of each sheet that could be the one with the heads."""
    found = []
    for place, (name, rows, numbers) in enumerate(content.get("sheets", ())):
        for index, row in enumerate(rows[:LOOKED_AT]):
            heads = [" ".join(cell.split())[:150] for cell in row]
            if sum(bool(head) for head in heads) > 1 and rows[index + 1 :]:
                key = f"{place}-{numbers[index]}"
                found.append(Table(name, heads, rows[index + 1 :], numbers[index + 1 :], key))
    return found


def table_of(content: Mapping[str, Any], key: str = "") -> Table | None:
    """The sheet and the row that somebody chose, else whose heads say most; nothing when none has two."""
    found = tables_of(content)
    chosen = next((one for one in found if one.key == key), None)
    return chosen or max(found, key=_weight, default=None)


def _weight(table: Table) -> tuple[int, int]:
    return len(set(guessed(table.heads, {}).values())), sum(bool(head) for head in table.heads)


def guessed(heads: Sequence[str], remembered: Mapping[str, str]) -> dict[int, str]:
    """Which field each column is: as was said of that head before, else by its words. Each field once."""
    found = {
        index: remembered[head.casefold()]
        for index, head in enumerate(heads)
        if head.casefold() in remembered
    }
    for name, parts in WORDS.items():
        for index, head in enumerate(heads):
            said = head.casefold()
            if index not in found and name not in found.values() and any(part in said for part in parts):
                found[index] = name
    return {index: name for index, name in found.items() if name}


def arrived(
    table: Table,
    columns: Mapping[int, str],
    common: Common,
    *,
    owners: Iterable[Any],
    priorities: Iterable[Any],
    measures: Iterable[Measure],
) -> Arrival:
    """The rows as measures, with each cell that stands in the way. No query of its own."""
    found = Arrival()
    named = {str(one.name).casefold(): one for one in owners}
    served = {plain(text): one for one in priorities for text in (one.key, one.title)}
    taken = {(plain(one.title), one.starts) for one in measures}
    for number, row in zip(table.numbers, table.rows, strict=True):
        said = {name: row[at].strip() if at < len(row) else "" for at, name in columns.items()}
        if not any(said.values()):
            continue
        heads = {name: table.heads[at] for at, name in columns.items()}
        one = _coming(number, said, heads, common, named, served, found.unfit)
        if one is None:
            continue
        key = (plain(one.title), one.values["starts"])
        (found.here if key in taken else found.coming).append(one)
        taken.add(key)
    return found


def plain(text: str) -> str:
    """As texts of files are compared."""
    return " ".join(text.split()).casefold()


def _coming(
    number: int,
    said: Mapping[str, str],
    heads: Mapping[str, str],
    common: Common,
    named: Mapping[str, Any],
    served: Mapping[str, Any],
    unfit: list[Unfit],
) -> Coming | None:
    before = len(unfit)
    owner, served_text = common.owner, said.get(PRIORITY, "")
    priority = served.get(plain(served_text))
    if text := said.get(OWNER, ""):
        owner = named.get(text.casefold(), owner)
        if text.casefold() not in named and not said.get("owner_title"):
            said = {**said, "owner_title": text}  # a department or an office: what answers for it
    values: dict[str, Any] = {}
    for name in bringing.HEADS:
        try:
            values[name] = _value(name, said.get(name, ""), common, said)
        except Invalid as error:
            unfit.append(Unfit(number, heads.get(name, str(FIELDS[name])), str(error)))
    if owner is None:
        unfit.append(Unfit(number, heads.get(OWNER, str(FIELDS[OWNER])), _("No organisation here is named.")))
    if len(unfit) == before:
        for name, reason in _days_that_clash(values):
            unfit.append(Unfit(number, heads.get(name, str(FIELDS[name])), reason))
    if len(unfit) > before:
        return None
    return Coming(number, values, owner, priority, "" if priority else served_text)


def _days_that_clash(values: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    if values["ends"] < values["starts"]:
        yield "ends", _("Choose a last day that is not before the first.")
    if values["follow_up"] < values["starts"]:
        yield "follow_up", _("Choose a day of follow-up that is not before the first day.")


def _value(name: str, cell: str, common: Common, said: Mapping[str, str]) -> Any:
    if name in bringing.DAYS:
        found = day_of(cell, is_last=name != "starts") if cell else getattr(common, name)
        if found is None:
            raise Invalid(
                _("“%(cell)s” is no day: write it as 2026-11-30.") % {"cell": cell or "–"}, field=name
            )
        return found
    if name == "text" and not cell:
        cell = said.get("title", "")
    if name == "owner_title" and not cell:
        cell = common.owner_title
    return bringing.cell_value(name, cell)


def day_of(cell: str, *, is_last: bool) -> date | None:
    """The day that a plan means: a day, a month, a quarter or a year, whose first or last day it is."""
    text = cell.strip().casefold().removesuffix(" 00:00:00").removesuffix("t00:00:00")
    if found := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text):
        return _day(*(int(part) for part in found.groups()))
    if found := re.fullmatch(r"(\d{1,2})[/.](\d{1,2})[/. -]+(\d{4})", text):
        return _day(int(found[3]), int(found[2]), int(found[1]))
    year, first, last = 0, 1, 12
    if found := re.fullmatch(r"\d{4}", text):
        year = int(text)
    elif found := re.fullmatch(r"(\d{4})-(\d{1,2})", text):
        year, first, last = int(found[1]), int(found[2]), int(found[2])
    elif found := re.fullmatch(r"(?:q|kvartal\s*)([1-4])\s+(\d{4})|(\d{4})\s*q([1-4])", text):
        quarter = int(found[1] or found[4])
        year, first, last = int(found[2] or found[3]), 3 * quarter - 2, 3 * quarter
    elif (found := re.fullmatch(r"([a-z]{3})[a-z]*\.?\s+(\d{4})", text)) and found[1] in MONTHS:
        month = MONTHS.index(found[1]) + 1
        year, first, last = int(found[2]), month, month
    if not 1900 < year < 2200 or not 1 <= first <= last <= 12:
        return None
    return _day(year, last, calendar.monthrange(year, last)[1]) if is_last else _day(year, first, 1)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def refuse_persons_in_heads(heads: Iterable[str]) -> None:
    """Heads are remembered for the partnership: what points out a person is not."""
    for head in heads:
        door.refuse_persons(head, field="columns")
