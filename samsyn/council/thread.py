"""Meetings and decisions as nodes; notes that are missing as tasks."""

from collections.abc import Iterable

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samsyn.core import clock
from samsyn.core.actors import WORKING, Actor, Role
from samsyn.core.paths import path
from samsyn.core.thread import Node, Place, Sign, Task, thread
from samsyn.council import queries
from samsyn.council.models import Decision, Meeting
from samsyn.council.steps import JUDGED, WHO, Line


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
    """Meetings that were held and have no notes, and lines of the steps whose day has passed. One query."""
    if not actor.roles & WORKING:
        return
    is_editor = Role.EDITOR in actor.roles
    lines = []
    for one in queries.passed(actor, place.id, clock.today(), with_meetings=is_editor):
        if one.kind == queries.LINE:
            lines.append(one)
            continue
        address = path("council:meeting", place.slug, one.id)
        yield Task(_("Note what was said"), address, f"{one.what} {one.day}", one.day)
    yield from _late_lines(lines, place)


def _late_lines(lines: list[queries.Passed], place: Place) -> Iterable[Task]:
    """Who sees to it, and by when. What is read from the record is told in one: it may be done by now."""
    steps = path("overview:steps", place.slug)
    for one in lines:
        if one.what in JUDGED:
            line = Line(one.what)
            title = _("Say how it stands: %(line)s") % {"line": line.label}
            reason = _("Sees to it: %(who)s") % {"who": one.who or WHO[line]}
            yield Task(title, path("council:step", place.slug, line.value), reason, one.day)
    if read := [one for one in lines if one.what not in JUDGED]:
        named = [f"{Line(one.what).label} ({one.who or WHO[Line(one.what)]})" for one in read]
        said = ngettext(
            "See whether a line of the five steps is done",
            "See whether %(count)d lines of the five steps are done",
            len(named),
        )
        reason = _("%(lines)s. When it is done, take its day away.") % {"lines": ", ".join(named)}
        yield Task(said % {"count": len(named)}, steps, reason, min(one.day for one in read))


thread.register("council", nodes, kinds={"meeting": [], "decision": ["meeting"]}, tasks=tasks)
