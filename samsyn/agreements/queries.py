"""Reading agreements, and what held on a day."""

from collections.abc import Sequence
from datetime import date

from django.db.models import QuerySet

from samsyn.agreements.comparison import ClauseText
from samsyn.agreements.models import Agreement, Change, PriorityGoal
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
from samsyn.core.actors import Actor
from samsyn.core.canonical import Plain
from samsyn.core.clock import SWEDEN
from samsyn.parties.models import Organisation, Partnership
from samsyn.parties.queries import parties_of


def agreements_of(actor: Actor, partnership: Partnership) -> QuerySet[Agreement]:
    """Newest first. One query."""
    return Agreement.objects.visible_to(actor).filter(partnership=partnership).order_by("-valid_from", "-id")


DECIDING = ("signatures", "notices", "amendments")


def standings(actor: Actor, partnership: Partnership, day: date) -> list[tuple[Agreement, Standing]]:
    """Each agreement with its state on a day, newest first. Five queries, however many agreements."""
    found = agreements_of(actor, partnership).select_related("partnership").prefetch_related(*DECIDING)
    parties = parties_of(partnership)
    facts = {agreement: facts_of(agreement, parties) for agreement in found}

    def on_the_day(agreement: Agreement) -> Standing:
        after = [one for other, one in facts.items() if other.predecessor_id == agreement.pk]
        return state_on(facts[agreement], day, successors=after)

    return [(agreement, on_the_day(agreement)) for agreement in found]


def is_frozen(agreement: Agreement) -> bool:
    """Whether somebody has signed. One query."""
    return agreement.signatures.exists()


def facts_of(agreement: Agreement, parties: Sequence[Organisation]) -> Facts:
    """What decides about its validity. Three queries, none for what is fetched already."""
    signed = tuple(
        Signed(str(one.party_id), one.signed_on, one.recorded_at.astimezone(SWEDEN).date())
        for one in agreement.signatures.all()
    )
    ended = tuple(
        Ended(one.last_day, one.recorded_at.astimezone(SWEDEN).date()) for one in agreement.notices.all()
    )
    prolongation = Prolongation(agreement.prolongation)
    changed = tuple(
        Changed(
            one.valid_to,
            prolongation,
            agreement.months,
            one.from_day,
            one.recorded_at.astimezone(SWEDEN).date(),
        )
        for one in agreement.amendments.all()
        if one.valid_to
    )
    return Facts(
        tuple(str(party.pk) for party in parties),
        agreement.valid_from,
        agreement.valid_to,
        prolongation,
        agreement.months,
        signed,
        ended,
        changed,
    )


def standing_of(agreement: Agreement, day: date, *, as_known: date | None = None) -> Standing:
    """Its state on a day. Five queries, and three per successor."""
    parties = parties_of(agreement.partnership)
    successors = [facts_of(one, parties) for one in agreement.successors.all()]
    return state_on(facts_of(agreement, parties), day, as_known=as_known, successors=successors)


def current(actor: Actor, partnership: Partnership, day: date) -> tuple[Agreement, Standing] | None:
    """The agreement that the day's work hangs on: one in force, else the newest. Five queries."""
    found = standings(actor, partnership, day)
    in_force = (one for one in found if one[1].state in (State.IN_FORCE, State.PROLONGED))
    return next(in_force, found[0] if found else None)


def waiting_changes(agreement: Agreement) -> QuerySet[Change]:
    """Proposals that wait for somebody's approval, oldest first. One query, two more when there are any."""
    waiting = agreement.changes.filter(in_effect_on=None, declined_on=None)
    return waiting.prefetch_related("approvals__party").order_by("id")


def not_approved_by(change: Change) -> list[Organisation]:
    """The parties that a change waits for. Two queries."""
    approved = {one.party_id for one in change.approvals.all()}
    return [party for party in parties_of(change.agreement.partnership) if party.pk not in approved]


def unconfirmed_links(agreement: Agreement) -> QuerySet[PriorityGoal]:
    """Derived links that nobody has confirmed or rejected. One query."""
    return PriorityGoal.objects.filter(
        priority__agreement=agreement, state=PriorityGoal.State.PROPOSED
    ).select_related("priority", "goal")


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
