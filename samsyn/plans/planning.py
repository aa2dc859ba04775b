"""What a plan holds: its measures, what is missing before it can be decided, and what is frozen then."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samsyn.core import journal
from samsyn.core.actors import VISITOR, Actor
from samsyn.core.canonical import Plain
from samsyn.core.errors import Sentence
from samsyn.core.journal import Entry, Standing
from samsyn.council.models import Decision
from samsyn.council.queries import decision_facts
from samsyn.parties.models import Organisation, Partnership
from samsyn.parties.queries import parties_of
from samsyn.pictures.models import Picture
from samsyn.plans import queries
from samsyn.plans.models import Measure, MeasurePartner, MeasurePoint, Plan, PlanMeasure


def plans_of(actor: Actor, partnership: Partnership) -> QuerySet[Plan]:
    """Newest period first, with decisions. One query."""
    seen = Plan.objects.visible_to(actor).filter(partnership=partnership)
    related = ("picture__decision", "endorsement__body", "decision__body", "police_decision__body")
    return seen.select_related(*related).order_by("-starts", "-id")


def links_of(plan: Plan) -> list[PlanMeasure]:
    """The measures of a plan, the municipality's first, with what they answer and serve. Four queries."""
    points = MeasurePoint.objects.select_related("point__picture__release").order_by("point__title")
    partners = MeasurePartner.objects.select_related("organisation").order_by("organisation__name")
    links = (
        PlanMeasure.objects.filter(plan=plan)
        .select_related("measure__owner")
        .prefetch_related(
            Prefetch("measure__points", points),
            "measure__priorities__priority",
            Prefetch("measure__partners", partners),
        )
        .order_by("measure__ends", "measure__title", "id")
    )
    return sorted(links, key=lambda link: not link.measure.is_the_municipalitys)


DECIDING = ("plans.decide_plan", "plans.retract_decision")


def plan_in_force(partnership: Partnership, *, day: date, as_known_at: datetime) -> Standing:
    """Whether a plan was decided on a day, as one could know at a moment, and which. One query."""
    chain = Entry.objects.filter(chain=partnership.pk, command__in=DECIDING).order_by("sequence")
    decided = [
        entry
        for entry in journal.known(list(chain), as_known_at)
        if entry.command == "plans.decide_plan" and entry.day <= day
    ]
    if not decided:
        return Standing("not decided", "Decided from the day the municipality's body decided.", ())
    latest = max(decided, key=lambda entry: (entry.day, entry.sequence))
    return Standing("decided", "The latest decision replaces earlier ones.", (latest,))


def is_the_polices(measure: Measure) -> bool:
    """Whether the police decide it. It rides along in the plan and never counts for the law's 5 §."""
    return measure.owner.kind == Organisation.Kind.LOCAL_POLICE_AREA


def not_yet_in(plan: Plan, actor: Actor) -> QuerySet[Measure]:
    """Measures that are not over and could be put in the plan. One query."""
    over = (Measure.State.DONE, Measure.State.CANCELLED)
    seen = Measure.objects.visible_to(actor).filter(partnership=plan.partnership_id)
    return seen.exclude(state__in=over).exclude(plans__plan=plan).select_related("owner").order_by("title")


@dataclass(frozen=True)
class Step:
    """One thing on the way to a decision, and whether it is done."""

    label: Sentence
    is_done: bool
    remark: Sentence = ""


def steps(plan: Plan, links: Iterable[PlanMeasure]) -> list[Step]:
    """The course of a plan as it stands, read from what is recorded. One query."""
    own = [link for link in links if link.measure.is_the_municipalitys]
    referrals = list(plan.referrals.all())
    waiting = sum(one.is_open() for one in referrals)
    adopted = plan.picture is not None and plan.picture.is_adopted
    return [
        Step(_("It rests on an adopted picture (5 §)"), adopted, _picture_said(plan)),
        Step(
            _("It holds measures of the municipality's own, which is what the law asks for"),
            bool(own),
            ngettext("%(n)d measure", "%(n)d measures", len(own)) % {"n": len(own)},
        ),
        Step(
            _("Those concerned have been asked, and their answers are taken care of"),
            bool(referrals) and not waiting,
            _referred_said(len(referrals), waiting),
        ),
        Step(
            _("The council stands behind it"),
            plan.endorsement_id is not None,
            str(plan.endorsement) if plan.endorsement else "",
        ),
        Step(
            _("The municipality's body has decided it"),
            plan.is_decided,
            str(plan.decision) if plan.decision else "",
        ),
    ]


def _picture_said(plan: Plan) -> str:
    if plan.picture is None:
        return _("no picture is chosen")
    if not plan.picture.is_adopted:
        return _("the picture %(period)s is not adopted yet") % {"period": plan.picture.period}
    return _("the picture %(period)s") % {"period": plan.picture.period}


def _referred_said(all_of_them: int, waiting: int) -> str:
    if not all_of_them:
        return _("nobody has been asked; the law does not demand it")
    asked = ngettext("%(n)d asked", "%(n)d asked", all_of_them) % {"n": all_of_them}
    left = ngettext("%(n)d is open", "%(n)d are open", waiting) % {"n": waiting}
    return f"{asked}, {left}" if waiting else asked


def plan_content(plan: Plan, links: list[PlanMeasure], *, decision: Decision) -> dict[str, Plain]:
    """What is frozen when the municipality's body decides. Three queries besides those of the links."""
    return {
        "plan": plan.pk,
        "title": plan.title,
        "starts": plan.starts,
        "ends": plan.ends,
        "parties": [party.name for party in parties_of(plan.partnership)],
        "picture": _picture_facts(plan.picture),
        "follows": plan.follows.title if plan.follows else "",
        "endorsement": decision_facts(plan.endorsement) if plan.endorsement else None,
        "is_decided_alone": plan.is_decided_alone,
        "decision": decision_facts(decision),
        "referrals": [
            {
                "receiver": one.receiver,
                "sent_on": one.sent_on,
                "answered_on": one.answered_on,
                "outcome": one.outcome,
            }
            for one in plan.referrals.order_by("sent_on", "id")
        ],
        "measures": [_frozen(link.measure) for link in links],
    }


def _picture_facts(picture: Picture | None) -> dict[str, Plain] | None:
    if picture is None:
        return None
    decided = decision_facts(picture.decision) if picture.decision else None
    return {"picture": picture.pk, "period": picture.period, "decision": decided}


def police_content(plan: Plan, links: list[PlanMeasure], *, decision: Decision) -> dict[str, Plain]:
    """What is frozen when the police decide their part."""
    return {
        "plan": plan.pk,
        "title": plan.title,
        "starts": plan.starts,
        "ends": plan.ends,
        "decision": decision_facts(decision),
        "measures": [_frozen(link.measure) for link in links],
    }


def _frozen(one: Measure) -> dict[str, Plain]:
    """A measure as everybody may read it: what it answers is named only when that picture is published."""
    return {
        "measure": one.pk,
        "title": one.title,
        "text": one.text,
        "kind": one.kind,
        "cause": one.cause,
        "goal": one.goal,
        "owner": one.owner.name,
        "owner_title": one.owner_title,
        "counts": one.is_the_municipalitys,
        "starts": one.starts,
        "ends": one.ends,
        "follow_up": one.follow_up,
        "cost_sek": one.cost_sek,
        "funding": one.funding,
        "partners": [link.organisation.name for link in one.partners.all()],
        "answers": [str(found.title) for found in queries.answered_by(one, VISITOR) if found.is_named],
        "serves": [link.priority.title for link in one.priorities.all()],
    }
