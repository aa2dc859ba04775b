"""Meetings and decisions as nodes; notes that are missing as tasks."""

from collections.abc import Iterable

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samsyn.core import clock
from samsyn.core.actors import Actor, Role
from samsyn.core.paths import path
from samsyn.core.thread import Node, Place, Sign, Task, thread
from samsyn.council.models import Decision, Meeting


def nodes(actor: Actor, place: Place) -> Iterable[Node]:
    """Two queries."""
    meetings = Meeting.objects.visible_to(actor).filter(partnership=place.id).select_related("body")
    for meeting in meetings.order_by("day"):
        title = _("%(body)s meets %(day)s") % {"body": meeting.body.name, "day": date_format(meeting.day)}
        sign = Sign.DONE if meeting.is_held else Sign.PLANNED
        address = path("council:meeting", place.slug, meeting.pk)
        due = None if meeting.is_held else meeting.day
        yield Node("meeting", meeting.pk, title, address, sign=sign, text=meeting.notes, due=due)
    decisions = Decision.objects.visible_to(actor).filter(partnership=place.id).select_related("body")
    for decision in decisions.order_by("day"):
        address = path("council:index", place.slug)
        parents = (decision.meeting_id,) if decision.meeting_id else ()
        yield Node(
            "decision", decision.pk, str(decision), f"{address}#{decision.pk}", parents, text=decision.text
        )


def tasks(actor: Actor, place: Place) -> Iterable[Task]:
    """Meetings that were held and have no notes. One query."""
    if Role.EDITOR not in actor.roles:
        return
    held = Meeting.objects.visible_to(actor).filter(
        partnership=place.id, day__lt=clock.today(), is_held=False
    )
    for meeting in held.select_related("body"):
        address = path("council:meeting", place.slug, meeting.pk)
        yield Task(_("Note what was said"), address, str(meeting), meeting.day)


thread.register("council", nodes, kinds={"meeting": [], "decision": ["meeting"]}, tasks=tasks)
