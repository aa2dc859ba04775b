"""Evidence is private: its own party finds it and is told what waits; the common thread never shows it.

What one asks another for is joint, and hangs under what it is for.
"""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from samsyn.core.actors import STAFF, Actor, Role
from samsyn.core.paths import path
from samsyn.core.thread import Node, Place, Task, thread
from samsyn.evidence import queries, requesting
from samsyn.evidence.models import EvidenceRequest, Upload
from samsyn.parties.queries import titles_of


def nodes(actor: Actor, place: Place) -> Iterable[Node]:
    """None: what a party knows by itself reaches the thread as a finding that cites it."""
    return ()


def searched(actor: Actor, place: Place) -> Iterable[Node]:
    """The party's own datasets and figures. Two queries."""
    for dataset in queries.datasets_of(actor):
        url = path("evidence:dataset", place.slug, dataset.pk)
        text = f"{dataset.source_name} {dataset.collected_by}"
        yield Node("dataset", dataset.pk, str(dataset.title), url, text=text)
    for figure in queries.figures_of(actor):
        url = path("evidence:figure", place.slug, figure.pk)
        yield Node("figure", figure.pk, str(figure.title), url)


KINDS = {"request": requesting.ABOUT}


def _requests(actor: Actor, place: Place) -> list[EvidenceRequest]:
    """What is asked for here, once for nodes and tasks. One query."""
    seen = EvidenceRequest.objects.visible_to(actor).filter(partnership=place.id).select_related("party")
    return place.once(actor, "evidence.requests", lambda: list(seen.order_by("due", "id")))


def requests(actor: Actor, place: Place) -> Iterable[Node]:
    """What one asked another for, under what it is for. One query; withdrawn ones are left out."""
    for one in _requests(actor, place):
        if not one.is_withdrawn:
            yield Node(
                "request",
                one.pk,
                one.what,
                path("evidence:request", place.slug, one.pk),
                (one.about_id,) if one.about_id else (),
                one.state_said,
                one.sign,
                text=one.text,
                due=one.due if one.is_open else None,
                late=_("Nobody has answered") if one.is_late else "",
            )


def asked(actor: Actor, place: Place) -> Iterable[Task]:
    """What is asked of this person. None after the nodes, else one query."""
    if not actor.roles & STAFF:
        return
    titles = titles_of(actor)
    for one in _requests(actor, place):
        if requesting.waits_for(one, actor, titles):
            title = _("Answer: %(what)s") % {"what": one.what}
            reason = _("Asked of: %(title)s") % {"title": one.title_said}
            yield Task(title, path("evidence:request", place.slug, one.pk), reason, one.due)


def tasks(actor: Actor, place: Place) -> Iterable[Task]:
    """Files that wait to be looked at, and figures that could not be made. Two queries."""
    if Role.EDITOR not in actor.roles:
        return
    for upload in queries.uploads_of(actor).filter(state=Upload.State.READ):
        asks = bool(upload.unpacked("outcome")["reading"]["questions"])
        title = _("Answer how a file is to be read") if asks else _("Look at a file and keep it")
        yield Task(title, path("evidence:file", place.slug, upload.pk), str(upload.name))
    for order in queries.orders_of(actor):
        if order.refusal:
            url = path("evidence:ordered", place.slug, order.identity)
            yield Task(_("A figure could not be made"), url, str(order.title))


thread.register("evidence.requests", requests, kinds=KINDS, tasks=asked)
thread.register("evidence", nodes, kinds={}, tasks=tasks, searched=searched)
