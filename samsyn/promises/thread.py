"""Promises and decided absences as nodes; approvals and reports that wait."""

from collections.abc import Iterable

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samsyn.core import clock
from samsyn.core.actors import Actor, Role
from samsyn.core.paths import path
from samsyn.core.thread import Node, Place, Sign, Task, Want, Who, thread
from samsyn.promises.models import NoPromise, Promise
from samsyn.promises.queries import Links, is_due, links_of


def _promises(actor: Actor, place: Place) -> list[Promise]:
    """Those that the actor may see, once for nodes and tasks. One query."""
    seen = Promise.objects.visible_to(actor).filter(partnership=place.id).select_related("area")
    return place.once(actor, "promises.promises", lambda: list(seen.order_by("ends", "text")))


def _links(actor: Actor, place: Place) -> Links:
    """What the promises build on and who approved them, once for nodes and tasks. One query."""
    linked = _promises(actor, place) if place.with_links else []
    return place.once(actor, "promises.links", lambda: links_of(linked))


def nodes(actor: Actor, place: Place) -> Iterable[Node]:
    """Three queries."""
    today = clock.today()
    links = _links(actor, place)
    for promise in _promises(actor, place):
        due = is_due(promise, today)
        state = promise.get_outcome_display() if promise.is_published else _("Draft")
        yield Node(
            "promise",
            promise.pk,
            promise.text,
            path("promises:promise", place.slug, promise.pk),
            (*links.measures[promise.pk], *links.themes[promise.pk]),
            state,
            promise.sign,
            Who.BOTH,
            _("until %(day)s") % {"day": date_format(promise.ends)} if promise.outcome == "running" else "",
            late=_("Nobody has said whether it was kept") if due else "",
            text=f"{promise.how_often} {promise.area.name}",
            due=promise.ends if promise.is_published and promise.outcome == "running" else None,
        )
    absences = NoPromise.objects.visible_to(actor).filter(partnership=place.id).select_related("decision")
    for absence in absences:
        day = date_format(absence.decision.day)
        yield Node(
            "promise",
            absence.pk,
            _("No promise. The council decided that on %(day)s.") % {"day": day},
            "",
            (absence.measure_id,),
            sign=Sign.NONE,
            absent=True,
            text=absence.why,
        )


def tasks(actor: Actor, place: Place) -> Iterable[Task]:
    """Words to approve, to publish, and promises whose time has run out. None after the nodes, else two."""
    links = _links(actor, place)
    today = clock.today()
    for promise in _promises(actor, place):
        address = path("promises:promise", place.slug, promise.pk)
        approved = actor.party_id in links.approvals[promise.pk]
        if not promise.is_published and Role.APPROVER in actor.roles and not approved:
            yield Task(_("Approve the words of a promise"), address, promise.text)
        if is_due(promise, today) and Role.EDITOR in actor.roles:
            yield Task(_("Say whether the promise was kept"), address, promise.text, promise.ends)


thread.register("promises", nodes, kinds={"promise": ["measure", "theme"]}, tasks=tasks)
thread.want(
    Want(
        "measure",
        "promise",
        gettext_lazy("A promise is missing"),
        gettext_lazy("Write a promise"),
        "promises.write_promise",
        lambda node, slug: f"{path('promises:write', slug)}?atgard={node.id}",
    )
)
