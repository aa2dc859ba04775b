"""From a file or a blank page to a signed agreement, and what happens to it afterwards."""

from datetime import date

from django.utils.translation import gettext as _

from samsyn.agreements import queries
from samsyn.agreements.models import (
    Agreement,
    Amendment,
    Approval,
    Clause,
    HistoryEvent,
    Notice,
    OtherActor,
    Priority,
    PriorityGoal,
    PriorityItem,
    Signature,
    VisionGoal,
)
from samsyn.agreements.reading import AgreementFile, Signatory
from samsyn.core import clock, journal, objects
from samsyn.core.actors import Actor
from samsyn.core.commands import command
from samsyn.core.errors import Invalid, Refused
from samsyn.parties.models import Organisation, Partnership
from samsyn.parties.queries import parties_of
from samsyn.releases import services as releases
from samsyn.releases.models import Audience, Release


@command("agreements.import_agreement")
def import_agreement(
    partnership: Partnership, *, file: AgreementFile, by: Actor, predecessor: Agreement | None = None
) -> Agreement:
    """Bring in an agreement file, its signatures too. Refused when a party in it is not a party here."""
    parties = _parties_of_file(partnership, file)
    data = file.data
    given, council = data["agreement"], data.get("council") or {}
    agreement = Agreement(
        partnership=partnership,
        title=given["title"],
        short_title=given.get("short_title") or given["title"][:150],
        language=given.get("language") or "sv",
        purpose=given.get("purpose") or "",
        valid_from=file.valid_from,
        valid_to=file.valid_to,
        prolongation=file.prolongation.value,
        months=file.months,
        baseline_claim=data.get("baseline_claim") or "",
        council_name=council.get("name") or "",
        predecessor=predecessor,
    )
    agreement.save()
    _save_text(agreement, data)
    _save_aims(agreement, data)
    for one in file.signatories:
        _save_signature(agreement, parties[one.party], one)
    journal.note(
        day=file.valid_from,
        agreement=agreement.pk,
        clauses=len(data["clauses"]),
        goals=len(data["vision"]["goals"]),
        priorities=len(data["priorities"]),
        signatures=len(file.signatories),
    )
    return agreement


def _parties_of_file(partnership: Partnership, file: AgreementFile) -> dict[str, Organisation]:
    by_kind = {party.kind: party for party in parties_of(partnership)}
    found = {}
    for given in file.data["parties"]:
        if given["id"] not in file.parties:
            continue
        party = by_kind.get(given["kind"])
        if party is None or party.name.casefold() != given["name"].casefold():
            raise Invalid(
                _("“%(name)s” signs this agreement, but is no party of this partnership.")
                % {"name": given["name"]},
                field="file",
            )
        found[given["id"]] = party
    return found


def _save_text(agreement: Agreement, data: dict) -> None:  # type: ignore[type-arg]  # checked against the schema
    here = {"partnership_id": agreement.partnership_id, "agreement": agreement}
    for position, clause in enumerate(data["clauses"]):
        Clause(
            **here,
            address=clause["address"],
            kind=clause["kind"],
            heading=clause.get("heading") or "",
            text=clause["text"],
            item=clause.get("item") or "",
            position=position,
        ).save()
    for actor in data.get("other_actors") or []:
        OtherActor(**here, name=actor["name"], role=actor.get("role") or "").save()
    for event in data.get("history") or []:
        HistoryEvent(**here, year=event["year"], event=event["event"]).save()


def _save_aims(agreement: Agreement, data: dict) -> None:  # type: ignore[type-arg]
    here = {"partnership_id": agreement.partnership_id}
    goals = {}
    for given in data["vision"]["goals"]:
        goal = VisionGoal(
            **here,
            agreement=agreement,
            key=given["id"],
            text=given["text"],
            direction=given.get("direction") or "",
            domain=given.get("domain") or "",
        )
        goal.save()
        goals[given["id"]] = goal
    for given in data["priorities"]:
        priority = Priority(
            **here,
            agreement=agreement,
            key=given["id"],
            title=given["title"],
            problem=given.get("problem") or "",
            trend_claim=given.get("trend_claim") or "",
        )
        priority.save()
        for kind, name in ((PriorityItem.Kind.RISK, "risks"), (PriorityItem.Kind.SUB_AIM, "sub_aims")):
            for item in given.get(name) or []:
                PriorityItem(**here, priority=priority, kind=kind, key=item["id"], text=item["text"]).save()
        for key in given.get("contributes_to") or []:
            PriorityGoal(**here, priority=priority, goal=goals[key]).save()


def _save_signature(
    agreement: Agreement, party: Organisation, signed: Signatory, document: str = ""
) -> Signature:
    signature = Signature(
        partnership_id=agreement.partnership_id,
        agreement=agreement,
        party=party,
        name=signed.name,
        title=signed.title,
        signed_on=signed.day,
        place=signed.place,
        document=document,
        recorded_at=clock.now(),
    )
    signature.save()
    return signature


@command("agreements.write_agreement")
def write_agreement(
    partnership: Partnership,
    *,
    title: str,
    short_title: str,
    purpose: str,
    valid_from: date,
    valid_to: date | None,
    prolongation: Agreement.Prolongation,
    months: int,
    by: Actor,
    predecessor: Agreement | None = None,
) -> Agreement:
    """Begin an agreement on a blank page. Refused when it ends before it starts."""
    if valid_to and valid_to < valid_from:
        raise Invalid(_("Choose a last day that is not before the first."), field="valid_to")
    if prolongation == Agreement.Prolongation.MONTHS and not months:
        raise Invalid(_("Say by how many months it is prolonged."), field="months")
    agreement = Agreement(
        partnership=partnership,
        title=title,
        short_title=short_title,
        purpose=purpose,
        valid_from=valid_from,
        valid_to=valid_to,
        prolongation=prolongation,
        months=months,
        predecessor=predecessor,
    )
    agreement.save()
    journal.note(day=valid_from, agreement=agreement.pk)
    return agreement


def _refuse_if_frozen(agreement: Agreement) -> None:
    if queries.is_frozen(agreement):
        raise Refused(_("Somebody has signed this agreement. Its text is frozen; make an amendment instead."))


def _fall_approvals(agreement: Agreement) -> None:
    for approval in agreement.approvals.all():
        approval.delete()


@command("agreements.add_clause")
def add_clause(agreement: Agreement, *, address: str, heading: str, text: str, by: Actor) -> Clause:
    """Add a piece of text. Refused once somebody has signed, and when the address is taken."""
    _refuse_if_frozen(agreement)
    if agreement.clauses.filter(address=address).exists():
        raise Invalid(_("Another clause has this address already."), field="address")
    clause = Clause(
        partnership_id=agreement.partnership_id,
        agreement=agreement,
        address=address,
        kind="clause",
        heading=heading,
        text=text,
        position=agreement.clauses.count(),
    )
    clause.save()
    _fall_approvals(agreement)
    return clause


@command("agreements.rewrite_clause")
def rewrite_clause(clause: Clause, *, heading: str, text: str, seen: int, by: Actor) -> Clause:
    """Change the words; earlier approvals fall. Refused once somebody has signed."""
    clause.expect(seen, stored=clause.text)
    _refuse_if_frozen(clause.agreement)
    clause.heading, clause.text = heading, text
    clause.save()
    _fall_approvals(clause.agreement)
    return clause


@command("agreements.add_goal")
def add_goal(agreement: Agreement, *, text: str, direction: str, by: Actor) -> VisionGoal:
    """Add a goal to the vision. Refused once somebody has signed."""
    _refuse_if_frozen(agreement)
    goal = VisionGoal(
        partnership_id=agreement.partnership_id,
        agreement=agreement,
        key=f"V{agreement.goals.count() + 1}",
        text=text,
        direction=direction,
    )
    goal.save()
    _fall_approvals(agreement)
    return goal


@command("agreements.add_priority")
def add_priority(
    agreement: Agreement, *, title: str, problem: str, goals: list[VisionGoal], by: Actor
) -> Priority:
    """Add a priority and the goals it serves. Refused once somebody has signed."""
    _refuse_if_frozen(agreement)
    priority = Priority(
        partnership_id=agreement.partnership_id,
        agreement=agreement,
        key=f"P{agreement.priorities.count() + 1}",
        title=title,
        problem=problem,
    )
    priority.save()
    for goal in goals:
        if goal.agreement_id != agreement.pk:
            raise Invalid(_("Choose goals of this agreement."), field="goals")
        PriorityGoal(
            partnership_id=agreement.partnership_id,
            priority=priority,
            goal=goal,
            state=PriorityGoal.State.CONFIRMED,
        ).save()
    _fall_approvals(agreement)
    return priority


@command("agreements.settle_link")
def settle_link(link: PriorityGoal, *, confirm: bool, by: Actor) -> None:
    """Confirm or reject that a priority serves a goal, where the agreement does not say it outright."""
    link.state = PriorityGoal.State.CONFIRMED if confirm else PriorityGoal.State.REJECTED
    link.save()
    journal.note(confirmed=confirm)


@command("agreements.serve_goal")
def serve_goal(goal: VisionGoal, *, priority: Priority, by: Actor) -> PriorityGoal:
    """Record how the parties read the agreement: this priority serves this goal too."""
    if priority.agreement_id != goal.agreement_id:
        raise Invalid(_("Choose a priority of the same agreement."), field="priority")
    link = priority.goals.filter(goal=goal).first() or PriorityGoal(
        partnership_id=goal.partnership_id, priority=priority, goal=goal
    )
    link.state = PriorityGoal.State.CONFIRMED
    link.save()
    journal.note(priority=priority.pk)
    return link


@command("agreements.approve_agreement")
def approve_agreement(agreement: Agreement, *, by: Actor) -> Approval:
    """Approve the text for one's own party. Refused twice, without text, and once signed."""
    _refuse_if_frozen(agreement)
    if not agreement.clauses.exists():
        raise Refused(_("There is no text to approve yet. Add the clauses first."))
    if agreement.approvals.filter(party=by.own_party).exists():
        raise Refused(_("Your party has approved this already."))
    approval = Approval(
        partnership_id=agreement.partnership_id,
        agreement=agreement,
        party_id=by.own_party,
        approved_on=clock.today(),
    )
    approval.save()
    journal.note(party=by.own_party)
    return approval


@command("agreements.sign_agreement")
def sign_agreement(
    agreement: Agreement,
    *,
    name: str,
    title: str,
    day: date,
    place: str,
    by: Actor,
    document: bytes = b"",
) -> Signature:
    """Record that one's own party signed. Empty name: signed, signatory not stated.

    Refused before every party has approved the text, twice for a party, for a day to come, and when the
    attached document is no PDF.
    """
    approved = set(agreement.approvals.values_list("party", flat=True))
    waiting = [party for party in parties_of(agreement.partnership) if party.pk not in approved]
    if waiting and not queries.is_frozen(agreement):
        raise Refused(_("%(party)s has not approved the text yet.") % {"party": waiting[0].name})
    if agreement.signatures.filter(party=by.own_party).exists():
        raise Refused(_("Your party has signed already."))
    if day > clock.today():
        raise Invalid(_("Choose a day that has been: a signature is recorded when it is made."), field="day")
    if document and not document.startswith(b"%PDF-"):
        raise Invalid(
            _("The file is not a PDF. Scan or print the signed agreement as PDF."), field="document"
        )
    key = objects.put(document) if document else ""
    party = next(one for one in parties_of(agreement.partnership) if one.pk == by.own_party)
    signed = Signatory(str(party.pk), name, title, day, place)
    signature = _save_signature(agreement, party, signed, key)
    journal.note(day=day, party=party.pk, stated=bool(name))
    return signature


@command("agreements.terminate_agreement")
def terminate_agreement(agreement: Agreement, *, last_day: date, why: str, by: Actor) -> Notice:
    """Record that notice was given. Refused for an agreement that is not signed."""
    if not queries.is_frozen(agreement):
        raise Refused(_("This agreement is not signed; there is nothing to end."))
    notice = Notice(
        partnership_id=agreement.partnership_id,
        agreement=agreement,
        last_day=last_day,
        why=why,
        recorded_at=clock.now(),
    )
    notice.save()
    journal.note(day=last_day)
    return notice


@command("agreements.amend_agreement")
def amend_agreement(
    agreement: Agreement, *, from_day: date, text: str, valid_to: date | None, by: Actor
) -> Amendment:
    """Record what the parties changed while it was in force. Refused before it is signed."""
    if not queries.is_frozen(agreement):
        raise Refused(_("This agreement is not signed. Change its text instead."))
    if valid_to and valid_to < agreement.valid_from:
        raise Invalid(_("Choose a last day that is not before the first."), field="valid_to")
    amendment = Amendment(
        partnership_id=agreement.partnership_id,
        agreement=agreement,
        from_day=from_day,
        text=text,
        valid_to=valid_to,
        recorded_at=clock.now(),
    )
    amendment.save()
    journal.note(day=from_day)
    return amendment


@command("agreements.publish_agreement")
def publish_agreement(agreement: Agreement, *, by: Actor) -> Release:
    """Show the agreement on the public site. Refused before every party has signed."""
    signed = set(agreement.signatures.values_list("party", flat=True))
    if waiting := [party for party in parties_of(agreement.partnership) if party.pk not in signed]:
        raise Refused(_("%(party)s has not signed yet.") % {"party": waiting[0].name})
    agreement.release = releases.freeze(
        agreement.partnership,
        kind="agreements.agreement",
        content=queries.agreement_content(agreement),
        proof={"secrecy": "none"},
        audience=Audience.PUBLIC,
        object_id=agreement.pk,
        replaces=agreement.release,
        by=by,
    )
    agreement.save()
    return agreement.release
