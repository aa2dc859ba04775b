"""The council stands behind the plan, the municipality's body decides it, the police decide their part."""

from datetime import date

from django.utils.translation import gettext as _

from samsyn.core import journal
from samsyn.core.actors import Actor
from samsyn.core.canonical import Plain
from samsyn.core.commands import command
from samsyn.core.errors import Invalid, Refused
from samsyn.core.journal import Entry
from samsyn.council.models import Body, Decision
from samsyn.council.queries import decision_facts
from samsyn.pictures.models import Picture
from samsyn.plans import planning
from samsyn.plans.models import Measure, Plan, PlanMeasure
from samsyn.plans.services.plan import refuse_what_is_decided
from samsyn.releases import services as releases
from samsyn.releases.models import Audience, Release

State = Measure.State


@command("plans.endorse_plan")
def endorse_plan(plan: Plan, *, decision: Decision, by: Actor) -> None:
    """Record that the council stands behind it. Refused once decided, and for another kind of decision."""
    refuse_what_is_decided(plan)
    if decision.kind != Decision.Kind.ENDORSE:
        raise Invalid(_("Choose a decision by which the council stands behind it."), field="decision")
    plan.endorsement = decision
    plan.save()
    journal.note(day=decision.day, decision=decision.pk)


@command("plans.decide_plan")
def decide_plan(plan: Plan, *, decision: Decision, by: Actor, is_alone: bool = False) -> Release:
    """Freeze the plan as the municipality's body decided it, and show it to everybody.

    Refused when it is decided already; for the police's decision, who decide their own part; without a
    picture that was adopted by the day of the decision (5 §); before the council stands behind it, unless
    the body says that it decides without; while an answer to a referral is awaited or waits; without an own
    measure of the municipality, which is what the law's plan is made of; while one of those lacks who
    answers for it or lies outside the period; and while one in the plan is over.
    """
    refuse_what_is_decided(plan)
    _check_decision(decision)
    picture = _adopted_picture(plan, decision.day)
    if plan.endorsement is None and not is_alone:
        raise Refused(_("The council has not stood behind the plan yet. Record that first."))
    _check_referrals(plan)
    links = planning.links_of(plan)
    own = [link for link in links if link.measure.is_the_municipalitys]
    _check_open(links)
    _check_own(plan, own)
    plan.is_decided_alone = is_alone and plan.endorsement is None
    content = planning.plan_content(plan, links, decision=decision)
    plan.release = _freeze(plan, "plans.plan", content, decision, by=by)
    plan.decision = decision
    plan.save()
    _become_decided(own)
    journal.note(
        day=decision.day,
        decision=decision.pk,
        release=plan.release.pk,
        picture=picture.pk,
        until=plan.ends,
        own=len(own),
        others=len(links) - len(own),
    )
    return plan.release


def _check_decision(decision: Decision) -> None:
    if decision.kind != Decision.Kind.DECIDE:
        raise Invalid(_("Choose the decision by which the body decided it."), field="decision")
    if decision.body.kind == Body.Kind.POLICE:
        raise Invalid(
            _("Choose the decision of the municipality's own body. The police decide their own part."),
            field="decision",
        )


def _adopted_picture(plan: Plan, day: date) -> Picture:
    """That the plan rests on a picture is what 5 § of lag (2023:196) asks."""
    picture = plan.picture
    if picture is None or picture.decision is None:
        raise Refused(_("The plan rests on no adopted picture yet. Choose one, or adopt the picture first."))
    if picture.decision.day > day:
        raise Refused(_("The picture was adopted after that decision, so the plan cannot rest on it."))
    return picture


def _check_referrals(plan: Plan) -> None:
    for one in plan.referrals.order_by("sent_on", "id"):
        if one.is_answered and not one.is_handled:
            raise Refused(
                _("Say what became of the answer of %(receiver)s first.") % {"receiver": one.receiver}
            )
        if one.is_open():
            said = {"receiver": one.receiver}
            raise Refused(_("%(receiver)s still has time to answer. Wait for it, or note it.") % said)


def _check_open(links: list[PlanMeasure]) -> None:
    for one in (link.measure for link in links):
        if not one.is_open:
            raise Refused(_("“%(title)s” is over. Take it out of the plan first.") % {"title": one.title})


def _check_own(plan: Plan, own: list[PlanMeasure]) -> None:
    if not own:
        raise Refused(_("The plan holds no measure of the municipality's own, which the law asks for (5 §)."))
    for one in (link.measure for link in own):
        if not one.owner_title.strip():
            raise Refused(_("Say which function answers for “%(title)s”.") % {"title": one.title})
        if one.ends < plan.starts or one.starts > plan.ends:
            raise Refused(_("“%(title)s” lies outside the period of the plan.") % {"title": one.title})


@command("plans.decide_police_part")
def decide_police_part(plan: Plan, *, decision: Decision, by: Actor) -> Release:
    """Record what the police decided of their own part, and show it beside the plan.

    It is a release of its own, which only the police can withdraw. Refused twice; for another body's
    decision; and when the plan holds no measure of theirs.
    """
    if plan.is_decided_by_the_police:
        raise Refused(_("The police's part is decided already."))
    if decision.kind != Decision.Kind.DECIDE or decision.body.kind != Body.Kind.POLICE:
        raise Invalid(_("Choose the decision by which the police decided their part."), field="decision")
    links = [link for link in planning.links_of(plan) if planning.is_the_polices(link.measure)]
    if not links:
        raise Refused(_("The plan holds no measure of the police's."))
    content = planning.police_content(plan, links, decision=decision)
    plan.police_release = _freeze(plan, "plans.police_part", content, decision, by=by)
    plan.police_decision = decision
    plan.save()
    _become_decided(links)
    journal.note(day=decision.day, decision=decision.pk, release=plan.police_release.pk, measures=len(links))
    return plan.police_release


def _freeze(plan: Plan, kind: str, content: dict[str, Plain], decision: Decision, *, by: Actor) -> Release:
    return releases.freeze(
        plan.partnership,
        kind=kind,
        content=content,
        proof={"secrecy": "none", "decision": decision_facts(decision)},
        audience=Audience.PUBLIC,
        object_id=plan.pk,
        by=by,
    )


def _become_decided(links: list[PlanMeasure]) -> None:
    for link in links:
        if link.measure.state == State.PROPOSED:
            link.measure.state, link.became_decided = State.DECIDED, True
            link.measure.save()
            link.save()


@command("plans.retract_decision")
def retract_decision(plan: Plan, *, by: Actor) -> None:
    """Take back a decision that was recorded wrongly. What was known in between stays readable.

    Measures that nobody has reported on since are proposed again. Refused for a plan that is not decided.
    """
    if plan.release is None:
        raise Refused(_("This plan is not decided."))
    mistake = Entry.objects.filter(object_id=plan.pk, command="plans.decide_plan").latest("sequence")
    releases.withdraw(plan.release, by=by)
    plan.release = plan.decision = None
    plan.is_decided_alone = False
    plan.save()
    _become_proposed([link for link in planning.links_of(plan) if link.measure.is_the_municipalitys])
    journal.note(retracts=mistake.pk)


@command("plans.retract_police_part")
def retract_police_part(plan: Plan, *, by: Actor) -> None:
    """Take back the police's decision that was recorded wrongly. Refused when there is none."""
    if plan.police_release is None:
        raise Refused(_("The police's part is not decided."))
    mistake = Entry.objects.filter(object_id=plan.pk, command="plans.decide_police_part").latest("sequence")
    releases.withdraw(plan.police_release, by=by)
    plan.police_release = plan.police_decision = None
    plan.save()
    _become_proposed([link for link in planning.links_of(plan) if planning.is_the_polices(link.measure)])
    journal.note(retracts=mistake.pk)


def _become_proposed(links: list[PlanMeasure]) -> None:
    for link in links:
        if not link.became_decided:
            continue
        if link.measure.state == State.DECIDED and not link.measure.reports.exists():
            link.measure.state = State.PROPOSED
            link.measure.save()
        link.became_decided = False
        link.save()
