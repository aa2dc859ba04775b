"""Filling in the further columns of a plan, and counting what is done."""

from datetime import date

from django.utils.translation import gettext as _

from samsyn.core import clock, door, journal
from samsyn.core.actors import Actor
from samsyn.core.commands import command
from samsyn.core.errors import Invalid, Refused
from samsyn.parties.models import Membership, Organisation
from samsyn.plans.models import Measure, MeasureActivity, MeasureBlock, MeasurePartner

WORDS = ("cause", "goal", "method", "elected_contact", "funding", "legal_note")


@command("plans.describe_measure")
def describe_measure(
    measure: Measure,
    *,
    cause: str,
    goal: str,
    horizon: str,
    rhythm: str,
    method: str,
    evidence: str,
    elected_contact: str,
    cost_sek: int | None,
    funding: str,
    legal_note: str,
    partners: list[Organisation],
    blocked_by: list[Measure],
    seen: int,
    by: Actor,
) -> Measure:
    """Fill in the columns that a decided plan has: why, how, with whom, at what cost, and what it waits for.

    Refused when a colleague saved meanwhile; when the measure is over, because what was planned then stands;
    a text that points out a person; a level of evidence without a method, which would be evidence of nothing;
    a partner that takes no part in the cooperation or owns the measure itself; and measures that would wait
    for each other in a circle, because none of them could ever begin.
    """
    measure.expect(seen, stored=measure.cause)
    refuse_what_is_over(measure)
    given = {
        "cause": cause,
        "goal": goal,
        "method": method,
        "elected_contact": elected_contact,
        "funding": funding,
        "legal_note": legal_note,
    }
    for name in WORDS:
        door.refuse_persons(given[name], field=name)
        setattr(measure, name, given[name].strip())
    if evidence and not measure.method:
        raise Invalid(_("Name the method, then say what is known of it."), field="method")
    measure.horizon, measure.rhythm, measure.evidence = horizon, rhythm, evidence
    measure.cost_sek = cost_sek
    _set_partners(measure, partners)
    _set_blocks(measure, blocked_by)
    measure.save()
    journal.note(partners=len(partners), blocked_by=len(blocked_by))
    return measure


def _set_partners(measure: Measure, wanted: list[Organisation]) -> None:
    taking_part = set(
        Membership.objects.filter(partnership=measure.partnership_id).values_list("organisation", flat=True)
    )
    for one in wanted:
        if one.pk not in taking_part:
            raise Invalid(_("Choose organisations that take part in the cooperation."), field="partners")
        if one.pk == measure.owner_id:
            raise Invalid(_("The owner is not its own partner. Take it away here."), field="partners")
    present = {one.organisation_id: one for one in measure.partners.all()}
    for key in present.keys() - {one.pk for one in wanted}:
        present[key].delete()
    for one in wanted:
        if one.pk not in present:
            MeasurePartner(partnership_id=measure.partnership_id, measure=measure, organisation=one).save()


def _set_blocks(measure: Measure, wanted: list[Measure]) -> None:
    waits: dict[object, set[object]] = {}
    for pair in MeasureBlock.objects.filter(partnership=measure.partnership_id).exclude(measure=measure):
        waits.setdefault(pair.measure_id, set()).add(pair.waits_for_id)
    for one in wanted:
        if one.pk == measure.pk or _reaches(waits, one.pk, measure.pk):
            raise Invalid(
                _("“%(title)s” waits for this measure. They cannot wait for each other.")
                % {"title": one.title},
                field="blocked_by",
            )
    present = {one.waits_for_id: one for one in measure.blocks.all()}
    for key in present.keys() - {one.pk for one in wanted}:
        present[key].delete()
    for one in wanted:
        if one.pk not in present:
            MeasureBlock(partnership_id=measure.partnership_id, measure=measure, waits_for=one).save()


def _reaches(waits: dict[object, set[object]], start: object, goal: object) -> bool:
    """Whether one measure waits for another, through however many."""
    seen: set[object] = set()
    coming = [start]
    while coming:
        one = coming.pop()
        if one == goal:
            return True
        if one not in seen:
            seen.add(one)
            coming += waits.get(one, ())
    return False


@command("plans.add_activity")
def add_activity(
    measure: Measure, *, title: str, times: int, starts: date, ends: date, by: Actor
) -> MeasureActivity:
    """Say what is done how many times, and between which days, so that it can be counted.

    Refused when the measure is over; when the days are reversed; for less than once; and when the words
    point out a person.
    """
    refuse_what_is_over(measure)
    if times < 1:
        raise Invalid(_("Say at least one time."), field="times")
    if ends < starts:
        raise Invalid(_("Choose a last day that is not before the first."), field="ends")
    door.refuse_persons(title, field="title")
    activity = MeasureActivity(
        partnership_id=measure.partnership_id,
        measure=measure,
        title=title,
        times=times,
        starts=starts,
        ends=ends,
    )
    activity.save()
    journal.note(activity=activity.pk, times=times)
    return activity


@command("plans.count_activity")
def count_activity(activity: MeasureActivity, *, done: int, seen: int, by: Actor) -> MeasureActivity:
    """Say how many times it has been done so far. More than planned is fine; it happens.

    Refused when a colleague counted meanwhile: two who each add one would lose one. Refused before its first
    day, because what has not begun is not done; and when the measure is over, because its last report stands.
    """
    activity.expect(seen, stored=str(activity.done or 0))
    refuse_what_is_over(activity.measure)
    if done and activity.starts > clock.today():
        raise Invalid(_("This has not begun yet, so nothing can be counted."), field="done")
    activity.done, activity.counted_on = done, clock.today()
    activity.save()
    journal.note(done=done, times=activity.times)
    return activity


@command("plans.drop_activity")
def drop_activity(activity: MeasureActivity, *, by: Actor) -> None:
    """Take an activity out of the plan.

    Refused once something was counted: what was done happened, and what was planned and not done should show.
    """
    if activity.is_counted:
        raise Refused(_("This activity has been counted, so it stays in the plan."))
    journal.note(activity=activity.pk)
    activity.delete()


def refuse_what_is_over(measure: Measure) -> None:
    if not measure.is_open:
        raise Refused(_("This measure is over. Propose a new one instead of changing it."))
