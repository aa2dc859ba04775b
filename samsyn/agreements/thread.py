"""Agreement, goals and priorities as nodes; links to confirm, signatures and renewal as tasks."""

from collections.abc import Iterable
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samsyn.agreements import queries
from samsyn.agreements.models import Agreement, Change, PriorityGoal
from samsyn.agreements.sentences import CHANGES, STATES
from samsyn.agreements.validity import Prolongation, Standing, next_step
from samsyn.core import clock
from samsyn.core.actors import Actor, Role
from samsyn.core.thread import Node, Place, Sign, Task, Want, thread
from samsyn.parties.models import Partnership


def _current(actor: Actor, place: Place) -> tuple[Agreement, Standing] | tuple[None, None]:
    partnership = Partnership.objects.visible_to(actor).filter(pk=place.id).first()
    found = queries.current(actor, partnership, clock.today()) if partnership else None
    return found or (None, None)


def nodes(actor: Actor, place: Place) -> Iterable[Node]:
    """The agreement that holds, with its goals and priorities."""
    agreement, standing = _current(actor, place)
    if agreement is None or standing is None:
        return
    address = reverse("agreements:agreement", args=[place.slug, agreement.pk])
    until = _("until %(day)s") % {"day": date_format(standing.valid_to)} if standing.valid_to else ""
    yield Node(
        "agreement",
        agreement.pk,
        agreement.title,
        address,
        state=STATES[standing.state],
        sign=Sign.NONE,
        remark=until,
        text=agreement.purpose,
    )
    for goal in agreement.goals.order_by("key"):
        yield Node("goal", goal.pk, goal.text, f"{address}#{goal.key}", (agreement.pk,))
    served: dict[UUID, list[UUID]] = {}
    links = PriorityGoal.objects.filter(priority__agreement=agreement).exclude(
        state=PriorityGoal.State.REJECTED
    )
    for link in links:
        served.setdefault(link.priority_id, []).append(link.goal_id)
    for priority in agreement.priorities.order_by("key"):
        parents = (agreement.pk, *served.get(priority.pk, ()))
        yield Node(
            "priority",
            priority.pk,
            priority.title,
            f"{address}#{priority.key}",
            parents,
            text=priority.problem,
            position=(priority.key,),
        )

    for change in queries.waiting_changes(agreement):
        missing = queries.not_approved_by(change)
        waits_for_us = actor.party_id in {party.pk for party in missing}
        yield Node(
            "change_for_us" if waits_for_us else "change_for_others",
            change.pk,
            str(CHANGES[Change.Kind(change.kind)]),
            reverse("agreements:change", args=[place.slug, change.pk]),
            (agreement.pk,),
            state=_("Waits for %(parties)s") % {"parties": ", ".join(party.name for party in missing)},
            sign=Sign.UNDER_WAY,
            text=change.text,
        )


def tasks(actor: Actor, place: Place) -> Iterable[Task]:
    """What the agreement asks of this person."""
    agreement, standing = _current(actor, place)
    if agreement is None or standing is None:
        if Role.EDITOR in actor.roles:
            yield Task(_("Bring in the agreement"), reverse("agreements:import", args=[place.slug]))
        return
    address = reverse("agreements:agreement", args=[place.slug, agreement.pk])
    if Role.EDITOR in actor.roles and queries.unconfirmed_links(agreement).exists():
        why = _("The agreement does not say outright which goals its priorities serve.")
        yield Task(_("Confirm what the priorities serve"), f"{address}#links", why)
    to_approve = not agreement.signatures.all() and Role.APPROVER in actor.roles
    if to_approve and not agreement.approvals.filter(party=actor.party_id).exists():
        yield Task(_("Approve the agreement"), address)
    if Role.APPROVER in actor.roles:
        for change in queries.waiting_changes(agreement):
            missing = queries.not_approved_by(change)
            if actor.party_id in {party.pk for party in missing}:
                approved = len(missing) == 1
                yield Task(
                    _("Answer the proposal: %(change)s") % {"change": CHANGES[Change.Kind(change.kind)]},
                    reverse("agreements:change", args=[place.slug, change.pk]),
                    _("The other party has approved it.") if approved else _("Nobody has approved it yet."),
                )
    if actor.roles & {Role.EDITOR, Role.APPROVER}:
        step = next_step(standing.valid_to, Prolongation(agreement.prolongation), clock.today())
        if step and not agreement.successors.exists():
            months, last = step
            said = _("Less than %(months)d months are left.") % {"months": months}
            yield Task(
                _("Begin the next agreement"), reverse("agreements:index", args=[place.slug]), said, last
            )


thread.register("agreements", nodes, tasks=tasks)
thread.want(
    Want(
        "goal",
        "priority",
        gettext_lazy("No priority serves this goal"),
        gettext_lazy("Say which priority serves it"),
        "agreements.serve_goal",
        lambda node, slug: reverse("agreements:serve", args=[slug, node.id]),
    )
)
# A change is a node only while it waits: what it wants comes with the last approval.
for kind, missing, action in (
    (
        "change_for_us",
        gettext_lazy("Waiting for your party's approval"),
        gettext_lazy("Read it and answer"),
    ),
    ("change_for_others", gettext_lazy("Waiting for the other party"), gettext_lazy("See the proposal")),
):
    thread.want(
        Want(kind, "effect", missing, action, "agreements.approve_change", lambda node, slug: node.url)
    )
