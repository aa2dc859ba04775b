"""Agreement, goals and priorities as nodes; links to confirm, signatures and renewal as tasks."""

from collections.abc import Iterable
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samsyn.agreements import queries
from samsyn.agreements.models import Agreement, Change, PriorityGoal
from samsyn.agreements.sentences import CHANGES, STATES
from samsyn.agreements.validity import Prolongation, next_step
from samsyn.core import clock
from samsyn.core.actors import Actor, Role
from samsyn.core.paths import path
from samsyn.core.thread import Node, Place, Sign, Task, Want, thread


def _agreements(actor: Actor, place: Place) -> queries.Agreements:
    """Once for nodes and tasks. Three queries."""
    return place.once(
        actor, "agreements.all", lambda: queries.agreements_with_deeds(actor, place.id, place=place)
    )


def _aims(actor: Actor, place: Place, agreement: Agreement) -> list[queries.Aim]:
    """Goals, priorities and sub-aims, once for nodes and tasks. One query."""
    return place.once(actor, "agreements.aims", lambda: queries.aims_of(agreement))


def _changes(actor: Actor, place: Place, agreement: Agreement) -> list[Change]:
    """Proposals that wait, once for nodes and tasks. One query, one more when there are any."""
    return place.once(actor, "agreements.changes", lambda: list(queries.waiting_changes(agreement)))


def nodes(actor: Actor, place: Place) -> Iterable[Node]:
    """The agreement that holds, with its goals, priorities and sub-aims. Five queries."""
    agreements = _agreements(actor, place)
    agreement = agreements.current(clock.today())
    if agreement is None:
        return
    address = path("agreements:agreement", place.slug, agreement.pk)
    standing = agreements.standing_of(agreement, clock.today())
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
        due=standing.valid_to,
    )
    aims = _aims(actor, place, agreement)
    served: dict[UUID, list[UUID]] = {}
    for aim in aims:
        if aim.serves and aim.state != PriorityGoal.State.REJECTED:
            served.setdefault(aim.id, []).append(aim.serves)
    for aim in {aim.id: aim for aim in aims}.values():
        yield Node(
            aim.kind,
            aim.id,
            aim.title,
            f"{address}#{aim.key}",
            tuple(served.get(aim.id, ()))
            if aim.kind == "sub_aim"
            else (agreement.pk, *served.get(aim.id, ())),
            text=aim.text,
            position=(aim.key,) if aim.kind != "goal" else (),
        )
    for change in _changes(actor, place, agreement):
        missing = queries.not_approved_by(change, agreements.parties)
        waits_for_us = actor.party_id in {party.pk for party in missing}
        yield Node(
            "change_for_us" if waits_for_us else "change_for_others",
            change.pk,
            str(CHANGES[Change.Kind(change.kind)]),
            path("agreements:change", place.slug, change.pk),
            (agreement.pk,),
            state=_("Waits for %(parties)s") % {"parties": ", ".join(party.name for party in missing)},
            sign=Sign.UNDER_WAY,
            text=change.text,
        )


def tasks(actor: Actor, place: Place) -> Iterable[Task]:
    """What the agreement asks of this person. None after the nodes, else four queries."""
    agreements = _agreements(actor, place)
    agreement = agreements.current(clock.today())
    if agreement is None:
        if Role.EDITOR in actor.roles:
            yield Task(_("Bring in the agreement"), path("agreements:import", place.slug))
        return
    address = path("agreements:agreement", place.slug, agreement.pk)
    standing = agreements.standing_of(agreement, clock.today())
    states = [aim.state for aim in _aims(actor, place, agreement)]
    if Role.EDITOR in actor.roles and PriorityGoal.State.PROPOSED in states:
        why = _("The agreement does not say outright which goals its priorities serve.")
        yield Task(_("Confirm what the priorities serve"), f"{address}#links", why)
    signed = agreements.deeds_with(agreement, queries.Kind.SIGNED)
    approvals = agreements.deeds_with(agreement, queries.Kind.APPROVED)
    approved = actor.party_id in {deed.party_id for deed in approvals}
    if not signed and not approved and Role.APPROVER in actor.roles:
        yield Task(_("Approve the agreement"), address)
    if Role.APPROVER in actor.roles:
        for change in _changes(actor, place, agreement):
            missing = queries.not_approved_by(change, agreements.parties)
            if actor.party_id in {party.pk for party in missing}:
                approved = len(missing) == 1
                yield Task(
                    _("Answer the proposal: %(change)s") % {"change": CHANGES[Change.Kind(change.kind)]},
                    path("agreements:change", place.slug, change.pk),
                    _("The other party has approved it.") if approved else _("Nobody has approved it yet."),
                )
    if actor.roles & {Role.EDITOR, Role.APPROVER}:
        step = next_step(standing.valid_to, Prolongation(agreement.prolongation), clock.today())
        if step and not agreements.successors_of(agreement):
            months, last = step
            said = _("Less than %(months)d months are left.") % {"months": months}
            yield Task(_("Begin the next agreement"), path("agreements:index", place.slug), said, last)


KINDS = {
    "agreement": [],
    "goal": ["agreement"],
    "priority": ["agreement", "goal"],
    "sub_aim": ["priority"],
    "change_for_us": ["agreement"],
    "change_for_others": ["agreement"],
}
thread.register("agreements", nodes, kinds=KINDS, tasks=tasks)
thread.want(
    Want(
        "goal",
        "priority",
        gettext_lazy("No priority serves this goal"),
        gettext_lazy("Say which priority serves it"),
        "agreements.serve_goal",
        lambda node, slug: path("agreements:serve", slug, node.id),
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
