"""An agreement on a blank page: its frame, clauses, goals and priorities."""

from datetime import date

from django.utils.translation import gettext as _

from samsyn.agreements.models import (
    Agreement,
    Clause,
    Priority,
    PriorityGoal,
    VisionGoal,
)
from samsyn.agreements.services.signing import fall_approvals, refuse_if_frozen, terms_as_facts
from samsyn.core import journal
from samsyn.core.actors import Actor
from samsyn.core.commands import command
from samsyn.core.errors import Invalid
from samsyn.parties.models import Partnership


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
    notice_months: int | None = None,
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
        notice_months=notice_months,
        predecessor=predecessor,
    )
    agreement.save()
    journal.note(day=valid_from, agreement=agreement.pk, areas=0, **terms_as_facts(agreement))
    return agreement


@command("agreements.add_clause")
def add_clause(agreement: Agreement, *, address: str, heading: str, text: str, by: Actor) -> Clause:
    """Add a piece of text. Refused once somebody has signed, and when the address is taken."""
    refuse_if_frozen(agreement)
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
    fall_approvals(agreement)
    return clause


@command("agreements.rewrite_clause")
def rewrite_clause(clause: Clause, *, heading: str, text: str, seen: int, by: Actor) -> Clause:
    """Change the words; earlier approvals fall. Refused once somebody has signed."""
    clause.expect(seen, stored=clause.text)
    refuse_if_frozen(clause.agreement)
    clause.heading, clause.text = heading, text
    clause.save()
    fall_approvals(clause.agreement)
    return clause


@command("agreements.add_goal")
def add_goal(agreement: Agreement, *, text: str, direction: str, by: Actor) -> VisionGoal:
    """Add a goal to the vision. Refused once somebody has signed."""
    refuse_if_frozen(agreement)
    goal = VisionGoal(
        partnership_id=agreement.partnership_id,
        agreement=agreement,
        key=f"V{agreement.goals.count() + 1}",
        text=text,
        direction=direction,
    )
    goal.save()
    fall_approvals(agreement)
    return goal


@command("agreements.add_priority")
def add_priority(
    agreement: Agreement, *, title: str, problem: str, goals: list[VisionGoal], by: Actor
) -> Priority:
    """Add a priority and the goals it serves. Refused once somebody has signed."""
    refuse_if_frozen(agreement)
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
    fall_approvals(agreement)
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
