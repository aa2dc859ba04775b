"""Reading agreements, and what held on a day."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import CharField, DateField, DateTimeField, Field, Prefetch, QuerySet, UUIDField, Value
from django.db.models.functions import Cast, Coalesce

from samsyn.agreements.comparison import ClauseText
from samsyn.agreements.models import (
    Agreement,
    Amendment,
    Approval,
    Change,
    Clause,
    Notice,
    Priority,
    PriorityGoal,
    PriorityItem,
    Signature,
    VisionGoal,
)
from samsyn.agreements.validity import (
    Changed,
    Ended,
    Facts,
    Prolongation,
    Signed,
    Standing,
    State,
    state_on,
)
from samsyn.core import objects
from samsyn.core.actors import Actor
from samsyn.core.canonical import Plain
from samsyn.core.clock import SWEDEN
from samsyn.core.thread import Place
from samsyn.parties.models import Organisation, Partnership
from samsyn.parties.queries import parties_here, parties_of


def agreements_of(actor: Actor, partnership: Partnership) -> QuerySet[Agreement]:
    """Newest first. One query."""
    return Agreement.objects.visible_to(actor).filter(partnership=partnership).order_by("-valid_from", "-id")


def is_frozen(agreement: Agreement) -> bool:
    """Whether somebody has signed. One query."""
    return agreement.signatures.exists()


class Kind(StrEnum):
    """What the parties do with an agreement once it is written."""

    SIGNED = "signed"
    APPROVED = "approved"
    NOTICE = "notice"
    AMENDED = "amended"


@dataclass(frozen=True)
class Deed:
    """One thing that was done with an agreement, whichever table holds it."""

    agreement_id: UUID
    kind: str
    party_id: UUID | None  # who signed, approved or gave notice
    day: date  # signed, approved, last day after notice, first day of the amendment
    valid_to: date | None  # the last day that an amendment gives
    text: str  # who signed, why notice was given, what was changed
    title: str  # of who signed
    recorded_at: datetime | None

    @property
    def known(self) -> date:
        """The Swedish day since when it is known."""
        if self.recorded_at is None:
            raise TypeError("An approval decides nothing about validity.")
        return self.recorded_at.astimezone(SWEDEN).date()


def deeds_of(agreements: Collection[Agreement]) -> dict[UUID, list[Deed]]:
    """What was done with each of them, by day. One query over the four tables."""

    def none(kind: Field[Any, Any]) -> Cast:  # PostgreSQL wants to know the type of what is not there
        return Cast(Value(None), kind)

    def asked(table: Any, kind: Kind, *columns: Any) -> QuerySet[Any]:
        rows = table.objects.filter(agreement__in=agreements).order_by()
        named = Value(kind.value, output_field=CharField())
        found: QuerySet[Any] = rows.values_list("agreement", named, *columns)
        return found

    day, moment, party = none(DateField()), none(DateTimeField()), none(UUIDField())
    empty = Value("", output_field=CharField())
    union = asked(Signature, Kind.SIGNED, "party", "signed_on", day, "name", "title", "recorded_at").union(
        asked(Approval, Kind.APPROVED, "party", "approved_on", day, empty, empty, moment),
        asked(Notice, Kind.NOTICE, "party", "last_day", day, "why", empty, "recorded_at"),
        asked(Amendment, Kind.AMENDED, party, "from_day", "valid_to", "text", empty, "recorded_at"),
        all=True,
    )
    done: dict[UUID, list[Deed]] = defaultdict(list)
    for deed in sorted((Deed(*row) for row in union), key=lambda one: one.day):
        done[deed.agreement_id].append(deed)
    return done


def facts_of(agreement: Agreement, parties: Sequence[Organisation], deeds: Sequence[Deed]) -> Facts:
    """What decides about its validity. No queries."""
    prolongation, months = Prolongation(agreement.prolongation), agreement.months
    return Facts(
        tuple(str(party.pk) for party in parties),
        agreement.valid_from,
        agreement.valid_to,
        prolongation,
        months,
        tuple(Signed(str(one.party_id), one.day, one.known) for one in deeds if one.kind == Kind.SIGNED),
        tuple(Ended(one.day, one.known) for one in deeds if one.kind == Kind.NOTICE),
        tuple(
            Changed(one.valid_to, prolongation, months, one.day, one.known)
            for one in deeds
            if one.kind == Kind.AMENDED and one.valid_to
        ),
    )


@dataclass(frozen=True)
class Agreements:
    """All agreements of a partnership, newest first, with what decides which of them holds."""

    every: list[Agreement]
    parties: list[Organisation]
    deeds: dict[UUID, list[Deed]]

    def successors_of(self, agreement: Agreement) -> list[Agreement]:
        return [one for one in self.every if one.predecessor_id == agreement.pk]

    def deeds_with(self, agreement: Agreement, kind: Kind) -> list[Deed]:
        return [deed for deed in self.deeds.get(agreement.pk, ()) if deed.kind == kind]

    def standing_of(self, agreement: Agreement, day: date, *, as_known: date | None = None) -> Standing:
        """Its state on a day. No queries."""
        facts, *ahead = [
            facts_of(one, self.parties, self.deeds.get(one.pk, ()))
            for one in (agreement, *self.successors_of(agreement))
        ]
        return state_on(facts, day, as_known=as_known, successors=ahead)

    def current(self, day: date) -> Agreement | None:
        """The agreement that the day's work hangs on: one in force, else the newest."""
        for agreement in self.every:
            if self.standing_of(agreement, day).state in (State.IN_FORCE, State.PROLONGED):
                return agreement
        return self.every[0] if self.every else None


def agreements_with_deeds(actor: Actor, partnership_id: UUID, *, place: Place | None = None) -> Agreements:
    """Three queries, however many agreements: a successor is always in the same partnership.

    `place` is the page that asks, when other rooms ask for the parties there too.
    """
    seen = Agreement.objects.visible_to(actor).filter(partnership=partnership_id)
    every = list(seen.order_by("-valid_from", "-id"))
    if not every:
        return Agreements([], [], {})
    parties = parties_here(actor, place) if place else parties_of(partnership_id)
    return Agreements(every, parties, deeds_of(every))


def standing_of(agreement: Agreement, day: date, *, as_known: date | None = None) -> Standing:
    """The state of one agreement on a day. Three queries."""
    every = [agreement, *agreement.successors.all()]
    found = Agreements(every, parties_of(agreement.partnership_id), deeds_of(every))
    return found.standing_of(agreement, day, as_known=as_known)


def waiting_changes(agreement: Agreement) -> QuerySet[Change]:
    """Proposals that wait for somebody's approval, oldest first. One query, one more when there are any."""
    waiting = agreement.changes.filter(in_effect_on=None, declined_on=None)
    return waiting.prefetch_related("approvals").order_by("id")


def not_approved_by(change: Change, parties: Sequence[Organisation] = ()) -> list[Organisation]:
    """The parties that a change waits for. No queries for a waiting change when the parties are given."""
    approved = {one.party_id for one in change.approvals.all()}
    asked = parties or parties_of(change.agreement.partnership_id)
    return [party for party in asked if party.pk not in approved]


@dataclass(frozen=True)
class Aim:
    """A goal, a sub-aim, or a priority as often as it has links to goals and once without."""

    kind: str
    id: UUID
    key: str
    title: str
    text: str
    serves: UUID | None  # the goal of a priority, the priority of a sub-aim
    state: str  # of a priority's link to its goal


def aims_of(agreement: Agreement) -> list[Aim]:
    """Goals, priorities and sub-aims by key, with what they serve. One query over the four tables."""

    def named(kind: str) -> Value:
        return Value(kind, output_field=CharField())

    goals: QuerySet[Any, Any] = agreement.goals.order_by().values_list(
        named("goal"), "pk", "key", "text", named(""), Cast(Value(None), UUIDField()), named("")
    )
    served = ("goals__goal", Coalesce("goals__state", named("")))
    priorities: QuerySet[Any, Any] = agreement.priorities.order_by().values_list(
        named("priority"), "pk", "key", "title", "problem", *served
    )
    sub_aims: QuerySet[Any, Any] = (
        PriorityItem.objects.filter(priority__agreement=agreement, kind=PriorityItem.Kind.SUB_AIM)
        .order_by()
        .values_list(named("sub_aim"), "pk", "key", "text", named(""), "priority", named(""))
    )
    found = (Aim(*row) for row in goals.union(priorities, sub_aims, all=True))
    return sorted(found, key=lambda aim: (aim.kind, aim.key, str(aim.serves)))


def priorities_of(agreement: Agreement) -> list[Priority]:
    """By key, with their sub-aims, risks and goals. Three queries."""
    links = PriorityGoal.objects.order_by("id").select_related("goal")
    found = agreement.priorities.order_by("key")
    return list(found.prefetch_related("items", Prefetch("goals", links)))


def sub_aims_of(actor: Actor) -> QuerySet[PriorityItem]:
    """Those of the priorities that the actor may see, by key. To be narrowed further."""
    return (
        PriorityItem.objects.visible_to(actor)
        .filter(kind=PriorityItem.Kind.SUB_AIM)
        .order_by("priority__agreement", "key")
    )


def unconfirmed(priorities: Sequence[Priority]) -> list[PriorityGoal]:
    """Derived links that nobody has confirmed or rejected. No queries."""
    links = [link for priority in priorities for link in priority.goals.all()]
    return [link for link in links if link.state == PriorityGoal.State.PROPOSED]


def stated_in(clause: Clause) -> set[UUID]:
    """The goal or priority that a clause of the agreement states. One query, none for other clauses."""
    if not clause.item:
        return set()
    here = {"agreement": clause.agreement_id, "key": clause.item}
    goals, priorities = VisionGoal.objects.filter(**here), Priority.objects.filter(**here)
    return set(goals.values_list("pk", flat=True).union(priorities.values_list("pk", flat=True)))


def clause_texts(agreement: Agreement) -> list[ClauseText]:
    """For the comparison. One query."""
    return [ClauseText(one.address, one.heading, one.text) for one in agreement.clauses.order_by("position")]


def agreement_content(agreement: Agreement) -> dict[str, Plain]:
    """What the public site and a document show. Eight queries."""
    signatures = agreement.signatures.select_related("party").order_by("signed_on")
    return {
        "agreement": agreement.pk,
        "title": agreement.title,
        "language": agreement.language,
        "purpose": agreement.purpose,
        "valid_from": agreement.valid_from,
        "valid_to": agreement.valid_to,
        "prolongation": agreement.prolongation,
        "parties": [party.name for party in parties_of(agreement.partnership)],
        "clauses": [
            {"address": one.address, "heading": one.heading, "text": one.text}
            for one in agreement.clauses.order_by("position")
        ],
        "goals": [{"key": one.key, "text": one.text} for one in agreement.goals.order_by("key")],
        "priorities": [
            {"key": one.key, "title": one.title, "problem": one.problem}
            for one in agreement.priorities.order_by("key")
        ],
        "signatures": [
            {"party": one.party.name, "name": one.name, "title": one.title, "day": one.signed_on}
            for one in signatures
        ],
        "amendments": [
            {"from_day": one.from_day, "text": one.text, "valid_to": one.valid_to}
            for one in agreement.amendments.order_by("from_day", "id")
        ],
        "last_day": min((one.last_day for one in agreement.notices.all()), default=None),
    }


objects.named_by(Signature, "document")
