"""Proposing measures and saying how they stand."""

from collections.abc import Collection
from datetime import date

from django.utils.translation import gettext as _

from samsyn.agreements.models import Priority, PriorityItem
from samsyn.core import clock, door, journal
from samsyn.core.actors import Actor
from samsyn.core.commands import command
from samsyn.core.errors import Invalid, Refused
from samsyn.parties.models import Membership, Organisation, Partnership
from samsyn.pictures.models import Point
from samsyn.plans.models import Measure, MeasurePoint, MeasurePriority, MeasureSubAim, StatusReport


@command("plans.propose_measure")
def propose_measure(
    partnership: Partnership,
    *,
    title: str,
    text: str,
    kind: Measure.Kind,
    owner: Organisation,
    owner_title: str,
    starts: date,
    ends: date,
    follow_up: date,
    points: list[Point],
    priorities: list[Priority],
    by: Actor,
    sub_aims: Collection[PriorityItem] = (),
) -> Measure:
    """Propose a measure. Whether it is carried out is decided in a plan.

    Refused when it answers no finding, serves no priority, or a sub-aim of a priority that it does not serve,
    ends before it starts, or is owned by somebody who takes no part in the cooperation.
    """
    _check(title=title, text=text, starts=starts, ends=ends, follow_up=follow_up)
    if not points:
        raise Invalid(_("Choose the finding that this measure answers."), field="points")
    if not priorities:
        raise Invalid(_("Choose the priority that this measure serves."), field="priorities")
    if not Membership.objects.filter(partnership=partnership, organisation=owner).exists():
        raise Invalid(_("Choose an owner that takes part in the cooperation."), field="owner")
    measure = Measure(
        partnership=partnership,
        title=title,
        text=text,
        kind=kind,
        owner=owner,
        owner_title=owner_title,
        starts=starts,
        ends=ends,
        follow_up=follow_up,
    )
    measure.save()
    for point in points:
        MeasurePoint(partnership=partnership, measure=measure, point=point).save()
    for priority in priorities:
        MeasurePriority(partnership=partnership, measure=measure, priority=priority).save()
    _serve(measure, sub_aims)
    journal.note(measure=measure.pk, findings=len(points), priorities=len(priorities), sub_aims=len(sub_aims))
    return measure


def _serve(measure: Measure, sub_aims: Collection[PriorityItem]) -> None:
    """Exactly these parts of the priorities that it serves."""
    served = set(measure.priorities.values_list("priority", flat=True))
    if any(one.priority_id not in served or one.kind != PriorityItem.Kind.SUB_AIM for one in sub_aims):
        raise Invalid(_("Choose sub-aims of the priorities that this measure serves."), field="sub_aims")
    present = {link.sub_aim_id: link for link in measure.sub_aims.all()}
    for key in present.keys() - {one.pk for one in sub_aims}:
        present[key].delete()
    for one in sub_aims:
        if one.pk not in present:
            MeasureSubAim(partnership_id=measure.partnership_id, measure=measure, sub_aim=one).save()


def _check(*, title: str, text: str, starts: date, ends: date, follow_up: date) -> None:
    if ends < starts:
        raise Invalid(_("Choose a last day that is not before the first."), field="ends")
    if follow_up < starts:
        raise Invalid(_("Choose a day of follow-up that is not before the first day."), field="follow_up")
    door.refuse_persons(title, field="title")
    door.refuse_persons(text, field="text")


@command("plans.rewrite_measure")
def rewrite_measure(
    measure: Measure,
    *,
    title: str,
    text: str,
    kind: Measure.Kind,
    owner_title: str,
    starts: date,
    ends: date,
    follow_up: date,
    seen: int,
    by: Actor,
    sub_aims: Collection[PriorityItem] | None = None,
) -> Measure:
    """Change a measure that is not over; without sub-aims, they stay as they are.

    Refused when a colleague saved meanwhile, and for a sub-aim of a priority that it does not serve.
    """
    measure.expect(seen, stored=measure.text)
    if not measure.is_open:
        raise Refused(_("This measure is over. Propose a new one instead of changing it."))
    _check(title=title, text=text, starts=starts, ends=ends, follow_up=follow_up)
    measure.title, measure.text, measure.kind, measure.owner_title = title, text, kind, owner_title
    measure.starts, measure.ends, measure.follow_up = starts, ends, follow_up
    measure.save()
    if sub_aims is not None:
        _serve(measure, sub_aims)
    return measure


@command("plans.report_status")
def report_status(measure: Measure, *, state: Measure.State, text: str, by: Actor) -> StatusReport:
    """Say how a measure stands. Refused when it was cancelled or done before, and without a word on why."""
    return save_report(measure, state=state, text=text)


def save_report(measure: Measure, *, state: Measure.State, text: str) -> StatusReport:
    """What everybody's report refuses and does, whoever may write it."""
    if not measure.is_open:
        raise Refused(_("This measure is over; its last report stands."))
    if state in (Measure.State.CANCELLED, Measure.State.PAUSED) and not text.strip():
        raise Invalid(_("Write why: the reason is what others learn from."), field="text")
    door.refuse_persons(text, field="text")
    report = StatusReport(
        partnership_id=measure.partnership_id,
        measure=measure,
        state=state,
        text=text,
        reported_on=clock.today(),
    )
    report.save()
    measure.state = state
    measure.save()
    journal.note(state=state)
    return report
