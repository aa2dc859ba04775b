"""Changing or ending an agreement that holds: one party proposes, and all must approve."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from samsyn.agreements import queries
from samsyn.agreements.models import Agreement, Amendment, Change, ChangeApproval, Notice
from samsyn.agreements.services.signing import show
from samsyn.agreements.validity import Standing, State, add_months
from samsyn.core import clock, journal
from samsyn.core.actors import Actor
from samsyn.core.commands import command
from samsyn.core.errors import Invalid, Refused

HOLDS = (State.IN_FORCE, State.PROLONGED, State.NOT_STARTED)


@dataclass(frozen=True)
class Terms:
    """What a change says: from when, what or why, and the last day that follows from it."""

    kind: Change.Kind
    text: str
    from_day: date | None = None
    last_day: date | None = None


@command("agreements.propose_change")
def propose_change(agreement: Agreement, *, terms: Terms, by: Actor) -> Change:
    """Put a change before the parties. Nothing changes by it: to propose is not to approve.

    Refused unless the agreement is signed by all and not over, for days that do not fit it, and while another
    prolongation or end waits.
    """
    _check(agreement, terms)
    if terms.kind != Change.Kind.AMENDMENT and queries.waiting_changes(agreement).filter(kind=terms.kind):
        raise Refused(_("Such a proposal waits already. Approve it or say no to it first."))
    change = Change(
        partnership_id=agreement.partnership_id,
        agreement=agreement,
        kind=terms.kind,
        text=terms.text,
        from_day=terms.from_day,
        last_day=terms.last_day,
        proposed_by_id=by.own_party,
        proposed_on=clock.today(),
    )
    change.save()
    journal.note(change=change.pk, kind=terms.kind)
    return change


@command("agreements.approve_change")
def approve_change(change: Change, *, by: Actor) -> ChangeApproval:
    """Stand behind a change for one's own party; it takes effect when the last party does.

    Refused twice, once it is settled, and when its days no longer fit the agreement.
    """
    _refuse_settled(change)
    if change.approvals.filter(party=by.own_party).exists():
        raise Refused(_("Your party has approved this already."))
    kind = Change.Kind(change.kind)
    _check(change.agreement, Terms(kind, change.text, change.from_day, change.last_day))
    today = clock.today()
    approval = ChangeApproval(
        partnership_id=change.partnership_id, change=change, party_id=by.own_party, approved_on=today
    )
    approval.save()
    if queries.not_approved_by(change):
        journal.note(party=by.own_party, in_effect=False)
        return approval
    change.in_effect_on = today
    change.save()
    _take_effect(change)
    if change.agreement.release:
        show(change.agreement, by=by)
    held_from = change.last_day if kind is Change.Kind.TERMINATION else change.from_day
    terms: dict[str, Any] = {"valid_to": change.last_day} if change.last_day else {}
    journal.note(
        day=held_from or today,
        party=by.own_party,
        in_effect=True,
        agreement=change.agreement_id,
        change_kind=kind,
        **terms,
    )
    return approval


@command("agreements.decline_change")
def decline_change(change: Change, *, why: str, by: Actor) -> None:
    """Say no to a change, or take back one's own proposal. Refused once it is settled, and without a why."""
    _refuse_settled(change)
    if not why.strip():
        raise Invalid(_("Write why: the other party will read it."), field="why")
    change.declined_by_id, change.declined_on, change.declined_why = by.own_party, clock.today(), why
    change.save()
    journal.note(party=by.own_party)


@command("agreements.give_notice")
def give_notice(agreement: Agreement, *, last_day: date, why: str, by: Actor) -> Notice:
    """End the agreement alone, as its clause on notice allows.

    Refused without such a clause (then the parties end it together), for a last day inside the period of
    notice, and when it does not hold or notice stands already.
    """
    _standing(agreement)
    if agreement.notice_months is None:
        raise Refused(
            _("This agreement has no clause on notice. Propose to end it; every party must approve.")
        )
    if agreement.notices.exists():
        raise Refused(_("Notice is given already."))
    earliest = add_months(clock.today(), agreement.notice_months)
    if last_day < earliest:
        said = {"day": earliest.isoformat()}
        raise Invalid(
            _("The period of notice ends on %(day)s. Choose that day or later.") % said, field="last_day"
        )
    notice = _notice(agreement, last_day, why, party=by.own_party)
    if agreement.release:
        show(agreement, by=by)
    journal.note(day=last_day, party=by.own_party)
    return notice


def _refuse_settled(change: Change) -> None:
    if change.in_effect_on:
        raise Refused(_("This change has taken effect already. Propose a new one."))
    if change.declined_on:
        raise Refused(_("A party has said no to this change. Propose a new one."))


def _standing(agreement: Agreement) -> Standing:
    standing = queries.standing_of(agreement, clock.today())
    if standing.state == State.UNSIGNED:
        raise Refused(_("Every party must sign the agreement before it can be changed like this."))
    if standing.state not in HOLDS:
        raise Refused(_("This agreement does not hold any more. Write a new one instead."))
    return standing


def _check(agreement: Agreement, terms: Terms) -> None:
    """That a change can take effect as things stand today."""
    standing, last = _standing(agreement), terms.last_day
    match terms.kind:
        case Change.Kind.AMENDMENT:
            if terms.from_day is None or terms.from_day < agreement.valid_from:
                raise Invalid(_("Choose a day on which the agreement holds."), field="from_day")
            if last and last < max(terms.from_day, clock.today()):
                raise Invalid(_("Choose a last day that has not been."), field="last_day")
        case Change.Kind.PROLONGATION:
            if agreement.notices.exists():
                raise Refused(_("Notice is given. Write a new agreement instead of prolonging this one."))
            if standing.valid_to is None:
                raise Refused(_("This agreement has no last day, so there is nothing to prolong."))
            if last is None or last <= standing.valid_to:
                raise Invalid(_("Choose a day after the present last day."), field="last_day")
        case Change.Kind.TERMINATION:
            if last is None or last < clock.today():
                raise Invalid(_("Choose a last day that has not been."), field="last_day")
            if standing.valid_to and agreement.prolongation == "none" and last > standing.valid_to:
                raise Invalid(_("The agreement ends before that day anyway."), field="last_day")


def _take_effect(change: Change) -> None:
    agreement = change.agreement
    if change.kind == Change.Kind.TERMINATION and change.last_day:
        _notice(agreement, change.last_day, change.text, change=change)
        return
    Amendment(
        partnership_id=agreement.partnership_id,
        agreement=agreement,
        change=change,
        from_day=change.from_day or clock.today(),
        text=change.text,
        valid_to=change.last_day,
        recorded_at=clock.now(),
    ).save()


def _notice(
    agreement: Agreement, last_day: date, why: str, *, party: UUID | None = None, change: Change | None = None
) -> Notice:
    notice = Notice(
        partnership_id=agreement.partnership_id,
        agreement=agreement,
        change=change,
        party_id=party,
        last_day=last_day,
        why=why,
        recorded_at=clock.now(),
    )
    notice.save()
    return notice
