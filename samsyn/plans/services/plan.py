"""Writing the plan: its period, what it rests on, which measures are in it, and whom it was referred to."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from samsyn.core import clock, door, journal
from samsyn.core.actors import Actor
from samsyn.core.commands import command
from samsyn.core.errors import Invalid, Refused
from samsyn.parties.models import Partnership
from samsyn.pictures.models import Picture
from samsyn.plans.models import Measure, Plan, PlanMeasure, Referral


@dataclass(frozen=True)
class Frame:
    """What a plan is called and which period it covers."""

    title: str
    starts: date
    ends: date

    def check(self) -> None:
        if self.ends < self.starts:
            raise Invalid(_("Choose a last day that is not before the first."), field="ends")
        door.refuse_persons(self.title, field="title")


@command("plans.open_plan")
def open_plan(
    partnership: Partnership,
    *,
    frame: Frame,
    by: Actor,
    picture: Picture | None = None,
    carry_over: Plan | None = None,
) -> Plan:
    """Begin a plan, empty or with the measures of the last one that go on.

    Refused while an earlier one is not decided, for days that are reversed, and for a title that points out
    a person.
    """
    if Plan.objects.filter(partnership=partnership, release=None).exists():
        raise Refused(_("There is a plan that is not decided yet. Finish that one first."))
    frame.check()
    plan = Plan(
        partnership=partnership,
        title=frame.title,
        starts=frame.starts,
        ends=frame.ends,
        picture=picture,
        follows=carry_over,
    )
    plan.save()
    carried = [link.measure for link in carry_over.measures.select_related("measure")] if carry_over else []
    going_on = [one for one in carried if one.is_open]
    for measure in going_on:
        PlanMeasure(partnership=partnership, plan=plan, measure=measure).save()
    journal.note(plan=plan.pk, carried_over=len(going_on))
    return plan


@command("plans.rewrite_plan")
def rewrite_plan(plan: Plan, *, frame: Frame, picture: Picture | None, seen: int, by: Actor) -> Plan:
    """Change title, period or picture. Refused once decided, and when a colleague saved meanwhile."""
    plan.expect(seen, stored=plan.title)
    refuse_what_is_decided(plan)
    frame.check()
    plan.title, plan.starts, plan.ends, plan.picture = frame.title, frame.starts, frame.ends, picture
    plan.save()
    return plan


@command("plans.put_in_plan")
def put_in_plan(plan: Plan, *, measures: list[Measure], by: Actor) -> None:
    """Put measures in the plan; one that is there already stays.

    Refused once the plan is decided, for no measure at all, and for one that is over: a plan says what will
    be done.
    """
    refuse_what_is_decided(plan)
    if not measures:
        raise Invalid(_("Choose the measures that belong in the plan."), field="measures")
    present = {link.measure_id for link in plan.measures.all()}
    for one in measures:
        if not one.is_open:
            raise Invalid(_("“%(title)s” is over already.") % {"title": one.title}, field="measures")
        if one.pk not in present:
            PlanMeasure(partnership_id=plan.partnership_id, plan=plan, measure=one).save()
    journal.note(measures=len(measures))


@command("plans.take_out_of_plan")
def take_out_of_plan(link: PlanMeasure, *, by: Actor) -> None:
    """Take a measure out of the plan; the measure itself stays. Refused once the plan is decided."""
    refuse_what_is_decided(link.plan)
    journal.note(measure=link.measure_id)
    link.delete()


@command("plans.refer_plan")
def refer_plan(plan: Plan, *, receiver: str, sent_on: date, answer_by: date, by: Actor) -> Referral:
    """Note that the plan was sent to somebody concerned: a board, an association, an owner.

    Refused once the plan is decided; for a day to come; for a last day of answer before it was sent; and for
    a receiver that is a person and not a function.
    """
    refuse_what_is_decided(plan)
    if sent_on > clock.today():
        raise Invalid(_("Choose a day that has been: note it when it is sent."), field="sent_on")
    if answer_by < sent_on:
        raise Invalid(_("Choose a day of answer that is not before it was sent."), field="answer_by")
    door.refuse_persons(receiver, field="receiver")
    referral = Referral(
        partnership_id=plan.partnership_id,
        plan=plan,
        receiver=receiver,
        sent_on=sent_on,
        answer_by=answer_by,
    )
    referral.save()
    journal.note(day=sent_on, referral=referral.pk)
    return referral


@command("plans.answer_referral")
def answer_referral(
    referral: Referral, *, answer: str, answered_on: date, outcome: str, seen: int, by: Actor
) -> Referral:
    """Note what somebody answered, and what became of it: at once, or later when it is known.

    Refused once the plan is decided; when a colleague saved meanwhile; for a day to come, or before it was
    sent; for an answer without words; and for words that point out a person.
    """
    referral.expect(seen, stored=referral.answer)
    refuse_what_is_decided(referral.plan)
    if not answer.strip():
        raise Invalid(_("Write what they answered, in short."), field="answer")
    if answered_on > clock.today():
        raise Invalid(_("That day has not come yet."), field="answered_on")
    if answered_on < referral.sent_on:
        raise Invalid(_("Choose a day that is not before it was sent."), field="answered_on")
    for name, words in (("answer", answer), ("outcome", outcome)):
        door.refuse_persons(words, field=name)
    referral.answer, referral.answered_on, referral.outcome = answer.strip(), answered_on, outcome.strip()
    referral.save()
    journal.note(day=answered_on, is_handled=referral.is_handled)
    return referral


@command("plans.drop_referral")
def drop_referral(referral: Referral, *, by: Actor) -> None:
    """Take away a referral that was noted wrongly. Refused once it is answered or the plan is decided."""
    refuse_what_is_decided(referral.plan)
    if referral.is_answered:
        raise Refused(_("They have answered, so it stays."))
    journal.note(referral=referral.pk)
    referral.delete()


def refuse_what_is_decided(plan: Plan) -> None:
    if plan.is_decided:
        raise Refused(_("This plan is decided. Begin the next one to change it."))
