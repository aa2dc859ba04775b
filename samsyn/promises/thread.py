"""Promises and decided absences as nodes; approvals and reports that wait."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samsyn.core import clock
from samsyn.core.actors import Actor, Role
from samsyn.core.thread import Node, Place, Sign, Task, Want, Who, thread
from samsyn.promises.models import NoPromise, Promise
from samsyn.promises.queries import is_due


def nodes(actor: Actor, place: Place) -> Iterable[Node]:
    """Four queries."""
    today = clock.today()
    promises = Promise.objects.visible_to(actor).filter(partnership=place.id).select_related("area")
    for promise in promises.prefetch_related("measures", "themes").order_by("ends", "text"):
        due = is_due(promise, today)
        state = promise.get_outcome_display() if promise.is_published else _("Draft")
        yield Node(
            "promise",
            promise.pk,
            promise.text,
            reverse("promises:promise", args=[place.slug, promise.pk]),
            tuple(link.measure_id for link in promise.measures.all())
            + tuple(link.theme_id for link in promise.themes.all()),
            state,
            promise.sign,
            Who.BOTH,
            _("until %(day)s") % {"day": date_format(promise.ends)} if promise.outcome == "running" else "",
            late=_("Nobody has said whether it was kept") if due else "",
            text=f"{promise.how_often} {promise.area.name}",
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
    """Words to approve, to publish, and promises whose time has run out. Two queries."""
    mine = Promise.objects.visible_to(actor).filter(partnership=place.id).prefetch_related("approvals")
    today = clock.today()
    for promise in mine:
        address = reverse("promises:promise", args=[place.slug, promise.pk])
        approved = {approval.party_id for approval in promise.approvals.all()}
        if not promise.is_published and Role.APPROVER in actor.roles and actor.party_id not in approved:
            yield Task(_("Approve the words of a promise"), address, promise.text)
        if is_due(promise, today) and Role.EDITOR in actor.roles:
            yield Task(_("Say whether the promise was kept"), address, promise.text, promise.ends)


thread.register("promises", nodes, tasks=tasks)
thread.want(
    Want(
        "measure",
        "promise",
        gettext_lazy("A promise is missing"),
        gettext_lazy("Write a promise"),
        "promises.write_promise",
        lambda node, slug: f"{reverse('promises:write', args=[slug])}?atgard={node.id}",
    )
)
