"""Measures as nodes; what a finding wants; reports that are due."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samsyn.core import clock
from samsyn.core.actors import STAFF, Actor
from samsyn.core.thread import Node, Place, Task, Want, Who, thread
from samsyn.parties.models import Organisation
from samsyn.pictures.queries import carried_on, points_here
from samsyn.pictures.why import causes_here
from samsyn.plans.aims import Aims, aims_here
from samsyn.plans.models import Measure
from samsyn.plans.queries import is_late

WHO = {
    Organisation.Kind.MUNICIPALITY: Who.MUNICIPALITY,
    Organisation.Kind.LOCAL_POLICE_AREA: Who.POLICE,
}


def _measures(actor: Actor, place: Place) -> list[Measure]:
    """Those that the actor may see, once for nodes and tasks. One query."""
    seen = Measure.objects.visible_to(actor).filter(partnership=place.id).select_related("owner")
    return place.once(actor, "plans.measures", lambda: list(seen.order_by("ends", "title")))


def nodes(actor: Actor, place: Place) -> Iterable[Node]:
    """Four or five queries. What answers an earlier picture hangs under the finding that carries it on."""
    today = clock.today()
    newest = carried_on(points_here(actor, place)) if place.with_links else {}
    measures = _measures(actor, place)
    if place.with_links:
        prefetch_related_objects(measures, "points")
    aims = aims_here(actor, place, causes_here(actor, place)) if place.with_links else Aims({}, frozenset())
    for measure in measures:
        late = is_late(measure, today)
        said = _("Nobody has reported since %(day)s") % {"day": date_format(measure.ends)} if late else ""
        findings = _findings(measure, newest) if place.with_links else ()
        yield Node(
            "measure",
            measure.pk,
            measure.title,
            reverse("plans:measure", args=[place.slug, measure.pk]),
            (*findings, *aims.pairs.get(measure.pk, ())),
            measure.get_state_display(),
            measure.sign,
            WHO.get(Organisation.Kind(measure.owner.kind), Who.NONE),
            late=said,
            text=measure.text,
            absent=measure.state == Measure.State.CANCELLED,
            not_yet=frozenset() if aims.misses(measure, findings) else frozenset({"cause"}),
        )


def _findings(measure: Measure, newest: dict[UUID, UUID]) -> tuple[UUID, ...]:
    """The findings that it answers; one of an earlier picture also under the newest that carries it on."""
    answered = [link.point_id for link in measure.points.all()]
    return tuple(dict.fromkeys([*(newest.get(one, one) for one in answered), *answered]))


def tasks(actor: Actor, place: Place) -> Iterable[Task]:
    """Measures of one's own organisation that need a report. None after the nodes, else one query."""
    if not actor.roles & STAFF:
        return
    today = clock.today()
    for measure in [one for one in _measures(actor, place) if one.owner_id == actor.party_id]:
        if measure.is_open and min(measure.ends, measure.follow_up) < today:
            address = reverse("plans:measure", args=[place.slug, measure.pk])
            due = min(measure.ends, measure.follow_up)
            yield Task(_("Say how it stands: %(title)s") % {"title": measure.title}, address, due=due)


thread.register("plans", nodes, kinds={"measure": ["finding", "cause"]}, tasks=tasks)
thread.want(
    Want(
        "finding",
        "measure",
        gettext_lazy("A measure is missing"),
        gettext_lazy("Propose a measure"),
        "plans.propose_measure",
        lambda node, slug: f"{reverse('plans:propose', args=[slug])}?iakttagelse={node.id}",
    )
)
thread.want(
    Want(
        "measure",
        "cause",
        gettext_lazy("It changes none of the stated causes"),
        gettext_lazy("Choose the causes"),
        "plans.choose_causes",
        lambda node, slug: reverse("plans:choose_causes", args=[slug, node.id]),
        upwards=True,
    )
)
