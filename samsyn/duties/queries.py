"""Reading how the duties stand: the journal folded, and words and links beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from samsyn.agreements.models import Agreement, Clause
from samsyn.agreements.queries import agreements_with_deeds
from samsyn.core import permissions
from samsyn.core.actors import READING, Actor, Kind
from samsyn.core.errors import Sentence
from samsyn.core.journal import Entry
from samsyn.core.thread import Sign
from samsyn.duties import counting, sentences, wording
from samsyn.duties.board import board_of, is_vouched_for
from samsyn.duties.judging import Finding, Source, State
from samsyn.duties.links import Link, Step, link_of, steps_of
from samsyn.duties.models import Event, EventKind, LocalPolicy
from samsyn.duties.record import Noted, View
from samsyn.duties.sources.agreement import SAID_IN
from samsyn.duties.sources.decided import FIRST
from samsyn.duties.sources.local import Policy, policy_on
from samsyn.parties.models import Partnership

LAW_TEXT = "https://www.riksdagen.se/sv/dokument-och-lagar/dokument/svensk-forfattningssamling/_sfs-2023-196/"
ALWAYS_SAID = ("A1", "A8")  # every agreement is signed and holds for a time


def recorded(actor: Actor, partnership_id: UUID) -> list[Noted]:
    """What the journal holds that counts for a duty. One query.

    Days, kinds and keys only: an auditor may read them, and opens of the things behind what auditors may.
    """
    if not (actor.kind is Kind.SYSTEM or (actor.roles & READING and partnership_id in actor.partnership_ids)):
        return []
    counted = Q(command__in=counting.COMMANDS) | Q(retracts__isnull=False)
    entries = Entry.objects.filter(counted, chain=partnership_id).order_by("sequence")
    return counting.noted(
        entries.only("id", "command", "object_id", "day", "recorded_at", "facts", "retracts")
    )


@dataclass(frozen=True)
class Shown:
    """One duty on a page."""

    finding: Finding
    title: str
    words: wording.Words
    rule: list[Sentence]
    notes: list[str]
    evidence: list[Link]
    clause: Clause | None = None
    steps: Sequence[Step] = ()  # what can be done about it

    @property
    def id(self) -> str:
        return self.finding.duty.id

    @property
    def state(self) -> Sentence:
        return sentences.STATES[self.finding.state][0]

    @property
    def sign(self) -> Sign:
        return sentences.STATES[self.finding.state][1]

    @property
    def strength(self) -> Sentence:
        return sentences.STRENGTHS[self.finding.duty.strength]

    @property
    def due_is_past(self) -> bool:
        return self.finding.state in (State.OVERDUE, State.NOT_MET, State.UNKNOWN)


@dataclass(frozen=True)
class Section:
    """A section of the law, the agreement, or what was decided here, with its duties."""

    key: str
    heading: Sentence
    duties: list[Shown]
    url: str = ""  # the section in the law's own text


@dataclass(frozen=True)
class Board:
    """How all duties stand on a day, as known on a day."""

    day: date
    as_known: date | None
    sections: list[Section]
    policy: Policy
    is_vouched_for: bool
    agreement: Agreement | None

    @property
    def every(self) -> list[Shown]:
        return [duty for section in self.sections for duty in section.duties]

    def number_of(self, *states: State) -> int:
        return sum(duty.finding.state in states for duty in self.every)

    @property
    def pressing(self) -> list[Shown]:
        """What is late, owed or soon due, in that order."""
        order = (State.OVERDUE, State.NOT_MET, State.DUE_SOON)
        found = [duty for duty in self.every if duty.finding.state in order]
        return sorted(found, key=lambda one: (order.index(one.finding.state), one.finding.due or date.max))

    @property
    def totals(self) -> list[tuple[Sentence, int]]:
        """How many stand where, the urgent first; states that nothing has are left out."""
        return [
            (words, number)
            for state, (words, _) in sentences.STATES.items()
            if (number := self.number_of(state))
        ]


def board_for(actor: Actor, partnership: Partnership, day: date, *, as_known: date | None = None) -> Board:
    """The whole board. Six queries, however long the journal is."""
    view = View(recorded(actor, partnership.pk), as_known)
    agreement = agreements_with_deeds(actor, partnership.pk).current(day)
    clauses = list(agreement.clauses.order_by("position")) if agreement else []
    titles, by_hand = titles_of_own(actor, partnership), may_record(actor, partnership)
    shown = [
        _shown(finding, view, actor, partnership.slug, clauses, titles, by_hand)
        for finding in board_of(view, day)
        if _is_asked(finding, agreement, clauses)
    ]
    return Board(day, as_known, _sections(shown), policy_on(view, day), is_vouched_for(view, day), agreement)


def _is_asked(finding: Finding, agreement: Agreement | None, clauses: list[Clause]) -> bool:
    """What an agreement asks is shown only where this one says it."""
    if finding.duty.source is not Source.AGREEMENT:
        return True
    kind, words = SAID_IN[finding.duty.id]
    return agreement is not None and (not kind or _clause(clauses, kind, words) is not None)


def _clause(clauses: list[Clause], kind: str, words: str) -> Clause | None:
    fitting = (one for one in clauses if one.kind == kind and words in one.text.casefold())
    return next(fitting, None) if kind else None


def _shown(
    finding: Finding,
    view: View,
    actor: Actor,
    slug: str,
    clauses: list[Clause],
    titles: dict[str, str],
    by_hand: bool,
) -> Shown:
    duty = finding.duty
    words = wording.WORDS.get(duty.id, wording.OWN)
    said = SAID_IN.get(duty.id, ("", ""))
    found = [one for key in dict.fromkeys(finding.evidence) if (one := view.by_id(key))]
    return Shown(
        finding,
        titles.get(duty.id.removeprefix(FIRST), str(words.title)),
        words,
        [sentences.RULES[code] for code in finding.rule if sentences.RULES[code]],
        [sentences.note_in_words(note) for note in finding.notes],
        [link_of(one, actor, slug) for one in found],
        _clause(clauses, *said),
        steps_of(duty, actor, slug, by_hand=by_hand),
    )


def _sections(shown: list[Shown]) -> list[Section]:
    law = [
        Section(key, heading, [one for one in shown if one.finding.duty.section == key], f"{LAW_TEXT}#P{key}")
        for key, heading in sentences.SECTIONS.items()
    ]
    others = [
        Section(
            str(source),
            sentences.SOURCES[source],
            [one for one in shown if one.finding.duty.source is source],
        )
        for source in (Source.AGREEMENT, Source.LOCAL_DECISION)
    ]
    return [section for section in (*law, *others) if section.duties]


def titles_of_own(actor: Actor, partnership: Partnership) -> dict[str, str]:
    """What the municipality calls the duties it has decided itself. One query."""
    own = events_of(actor, partnership).filter(kind=EventKind.LOCAL_DUTY)
    return {str(one.pk): one.title for one in own}


def events_of(actor: Actor, partnership: Partnership) -> QuerySet[Event]:
    """What was recorded by hand, newest first. One query."""
    found = Event.objects.visible_to(actor).filter(partnership=partnership)
    return found.select_related("decision__body").order_by("-day", "-id")


def own_duties(actor: Actor, partnership: Partnership) -> QuerySet[Event]:
    """Those that the municipality decided for itself and that stand. One query."""
    return events_of(actor, partnership).filter(kind=EventKind.LOCAL_DUTY, retracted_why="", ended_on=None)


def policies_of(actor: Actor, partnership: Partnership) -> QuerySet[LocalPolicy]:
    """How the law has been read here, newest first. One query."""
    found = LocalPolicy.objects.visible_to(actor).filter(partnership=partnership)
    return found.order_by("-since", "-id")


def is_declared_complete(actor: Actor, partnership: Partnership) -> bool:
    """Whether somebody has said from when the record holds all. One query."""
    return events_of(actor, partnership).filter(kind=EventKind.COMPLETE, retracted_why="").exists()


def may_record(actor: Actor, partnership: Partnership | None) -> bool:
    return permissions.allowed("duties.record_event", actor, partnership)


@dataclass(frozen=True)
class Waiting:
    """What the start page needs: the duties that are late or soon due, and how many are owed or unknown."""

    urgent: list[Finding]
    owed: int
    unknown: int


def waiting_for(actor: Actor, partnership_id: UUID, day: date) -> Waiting:
    """Without what only some agreements ask. One query, whatever the journal holds."""
    found = [
        finding
        for finding in board_of(View(recorded(actor, partnership_id)), day)
        if finding.duty.id not in SAID_IN or finding.duty.id in ALWAYS_SAID
    ]
    urgent = [one for one in found if one.state in (State.OVERDUE, State.DUE_SOON)]
    return Waiting(
        sorted(urgent, key=lambda one: (one.due or date.max, one.duty.id)),
        sum(one.state is State.NOT_MET for one in found),
        sum(one.state is State.UNKNOWN for one in found),
    )


def title_of(finding: Finding, actor: Actor) -> str:
    """What the duty is called. One query for a duty of one's own."""
    duty = finding.duty
    if duty.source is not Source.LOCAL_DECISION:
        return str(wording.WORDS[duty.id].title)
    return Event.objects.visible_to(actor).get(pk=duty.id.removeprefix(FIRST)).title
