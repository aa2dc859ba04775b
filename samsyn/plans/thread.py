"""Measures as nodes; what a finding wants; reports that are due."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samsyn.core import clock, permissions
from samsyn.core.actors import STAFF, Actor, Role
from samsyn.core.paths import path
from samsyn.core.thread import Node, Place, Sign, Task, Want, Who, thread
from samsyn.parties.models import Organisation
from samsyn.pictures.queries import carried_on, points_here
from samsyn.pictures.why import causes_here
from samsyn.plans import looking_back
from samsyn.plans.aims import Aims, aims_here
from samsyn.plans.models import Measure, Plan
from samsyn.plans.queries import NOTHING, hangs_on, is_late

WHO = {
    Organisation.Kind.MUNICIPALITY: Who.MUNICIPALITY,
    Organisation.Kind.LOCAL_POLICE_AREA: Who.POLICE,
}


def _measures(actor: Actor, place: Place) -> list[Measure]:
    """Those that the actor may see, once for nodes and tasks. One query."""
    seen = looking_back.with_evaluations(
        Measure.objects.visible_to(actor).filter(partnership=place.id).select_related("owner")
    )
    return place.once(actor, "plans.measures", lambda: list(seen.order_by("ends", "title")))


def nodes(actor: Actor, place: Place) -> Iterable[Node]:
    """Five or six queries. What answers an earlier picture hangs under the finding that carries it on."""
    yield from plan_nodes(actor, place)
    today = clock.today()
    newest = carried_on(points_here(actor, place)) if place.with_links else {}
    measures = _measures(actor, place)
    links = hangs_on(measures) if place.with_links else {}
    aims = aims_here(actor, place, causes_here(actor, place)) if place.with_links else Aims({}, frozenset())
    for measure in measures:
        late = is_late(measure, today)
        said = _("Nobody has reported since %(day)s") % {"day": date_format(measure.ends)} if late else ""
        answered, sub_aims = links.get(measure.pk, NOTHING)
        findings = tuple(dict.fromkeys([*(newest.get(one, one) for one in answered), *answered]))
        yield Node(
            "measure",
            measure.pk,
            measure.title,
            path("plans:measure", place.slug, measure.pk),
            (*findings, *aims.pairs.get(measure.pk, ()), *sub_aims),
            measure.get_state_display(),
            measure.sign,
            WHO.get(Organisation.Kind(measure.owner.kind), Who.NONE),
            late=said,
            text=measure.text,
            absent=measure.state == Measure.State.CANCELLED,
            due=measure.follow_up if measure.is_open else None,
            not_yet=_not_yet(measure, findings, aims, today),
        )


def _not_yet(measure: Measure, findings: Iterable[UUID], aims: Aims, today: date) -> frozenset[str]:
    """What it need not have so far: stated causes that it changes, and a look back."""
    causes = set() if aims.misses(measure, findings) else {"cause"}
    return frozenset(causes | (set() if _is_missed(measure, today) else {"evaluation"}))


def _plans(actor: Actor, place: Place) -> list[Plan]:
    """Newest period first, once for nodes and tasks. One query."""
    seen = Plan.objects.visible_to(actor).filter(partnership=place.id)
    return place.once(actor, "plans.plans", lambda: list(seen.order_by("-starts", "-id")))


def plan_nodes(actor: Actor, place: Place) -> Iterable[Node]:
    """One query."""
    for plan in _plans(actor, place):
        decided, written = (_("Decided"), Sign.DONE), (_("Being written"), Sign.UNDER_WAY)
        state, sign = decided if plan.is_decided else written
        parents = (plan.picture_id,) if plan.picture_id else ()
        address = path("plans:plan", place.slug, plan.pk)
        yield Node("plan", plan.pk, plan.title, address, parents, state, sign)


def _is_missed(measure: Measure, today: date) -> bool:
    """Somebody should have looked back at it, and nothing is approved."""
    return looking_back.wants_looking_back(measure, today) and not measure.is_evaluated  # type: ignore[attr-defined]


def evaluations(actor: Actor, place: Place) -> Iterable[Node]:
    """Those that stand. One query, for pages that show them: the measure itself knows whether it has one."""
    for one in looking_back.evaluations_here(actor, place):
        if one.is_approved and not one.is_superseded:
            yield Node(
                "evaluation",
                one.pk,
                _("Looked back: %(choice)s") % {"choice": one.choice_words},
                path("plans:evaluation", place.slug, one.pk),
                (one.measure_id,),
                one.get_outcome_display(),
                Sign.DONE,
                text=f"{one.learning} {one.reason}",
            )


def _plan_tasks(actor: Actor, place: Place) -> Iterable[Task]:
    """Answers that nobody has taken care of, and the decision. Two queries while a plan is being written."""
    plan = next((one for one in _plans(actor, place) if not one.is_decided), None)
    if plan is None:
        return
    address = path("plans:plan", place.slug, plan.pk)
    if Role.EDITOR in actor.roles:
        unhandled = plan.referrals.exclude(answered_on=None).filter(outcome="").count()
        if unhandled:
            waiting = _("%(count)d wait") % {"count": unhandled}
            yield Task(_("Say what became of the answers on the plan"), address, waiting)
    elif plan.endorsement_id and permissions.allowed("plans.decide_plan", actor, plan):
        yield Task(_("Record the decision on the plan"), address)


def tasks(actor: Actor, place: Place) -> Iterable[Task]:
    """The plan that is being written, and one's own measures that need a report.

    None after the nodes, else two queries; two more while a plan is being written.
    """
    if not actor.roles & STAFF:
        return
    yield from _plan_tasks(actor, place)
    today = clock.today()
    for measure in [one for one in _measures(actor, place) if one.owner_id == actor.party_id]:
        if measure.is_open and min(measure.ends, measure.follow_up) < today:
            address = path("plans:measure", place.slug, measure.pk)
            due = min(measure.ends, measure.follow_up)
            yield Task(_("Say how it stands: %(title)s") % {"title": measure.title}, address, due=due)
    yield from _to_look_back_at(actor, place, today)


def _to_look_back_at(actor: Actor, place: Place, today: date) -> Iterable[Task]:
    """Measures of one's own to look back at, and what waits for an approver, with one query for approvers."""
    for measure in _measures(actor, place):
        if measure.owner_id != actor.party_id or measure.is_looked_at:  # type: ignore[attr-defined]
            continue
        may = permissions.allowed("plans.evaluate_measure", actor, measure)
        if may and looking_back.wants_looking_back(measure, today):
            title = _("Look back at: %(title)s") % {"title": measure.title}
            address = path("plans:evaluate", place.slug, measure.pk)
            yield Task(title, address, _why_now(measure), measure.follow_up)
    if Role.APPROVER not in actor.roles:
        return
    for one in looking_back.evaluations_here(actor, place):
        if not one.is_approved and one.measure.owner_id == actor.party_id:
            address = path("plans:evaluation", place.slug, one.pk)
            yield Task(_("Approve an evaluation: %(title)s") % {"title": one.measure.title}, address)


def _why_now(measure: Measure) -> str:
    if measure.state == Measure.State.DONE:
        return _("It has ended without an evaluation.")
    return _("Its day of follow-up has passed.")


thread.register(
    "plans", nodes, kinds={"plan": ["picture"], "measure": ["finding", "cause", "sub_aim"]}, tasks=tasks
)
thread.register("plans.evaluations", evaluations, kinds={"evaluation": ["measure"]})
thread.want(
    Want(
        "finding",
        "measure",
        gettext_lazy("A measure is missing"),
        gettext_lazy("Propose a measure"),
        "plans.propose_measure",
        lambda node, slug: f"{path('plans:propose', slug)}?iakttagelse={node.id}",
    )
)
thread.want(
    Want(
        "measure",
        "cause",
        gettext_lazy("It changes none of the stated causes"),
        gettext_lazy("Choose the causes"),
        "plans.choose_causes",
        lambda node, slug: path("plans:choose_causes", slug, node.id),
        upwards=True,
    )
)
thread.want(
    Want(
        "measure",
        "evaluation",
        gettext_lazy("Nobody has looked back at it"),
        gettext_lazy("Look back at the measure"),
        "plans.evaluate_measure",
        lambda node, slug: path("plans:evaluate", slug, node.id),
    )
)
