"""Evidence is private: its own party finds it and is told what waits; the common thread never shows it."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from samsyn.core.actors import Actor, Role
from samsyn.core.paths import path
from samsyn.core.thread import Node, Place, Task, thread
from samsyn.evidence import queries
from samsyn.evidence.models import Upload


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


thread.register("evidence", nodes, kinds={}, tasks=tasks, searched=searched)
