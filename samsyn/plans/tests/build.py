"""Measures, made through the real commands."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from samsyn.core import clock
from samsyn.core.actors import Actor
from samsyn.council.models import Body, Decision
from samsyn.council.services import found_body, record_decision
from samsyn.parties.models import Organisation
from samsyn.parties.tests.build import Town
from samsyn.pictures.models import Picture, Point
from samsyn.pictures.tests import build as pictures
from samsyn.plans import services
from samsyn.plans.models import (
    Evaluation,
    FollowUp,
    Indicator,
    IndicatorValue,
    Measure,
    MeasureActivity,
    Plan,
    Referral,
)
from samsyn.plans.services.evaluating import LookBack
from samsyn.plans.services.indicators import Terms
from samsyn.plans.services.plan import Frame


def measure(
    town: Town,
    point: Point,
    *,
    title: str = "Fler lampor",
    owner: Organisation | None = None,
    days: int = 90,
) -> Measure:
    today = clock.today()
    return services.propose_measure(
        town.partnership,
        title=title,
        text="Ny belysning längs vägen.",
        kind=Measure.Kind.SITUATIONAL,
        owner=owner or town.municipality,
        owner_title="gatuchef",
        starts=today,
        ends=today + timedelta(days=days),
        follow_up=today + timedelta(days=days + 30),
        points=[point],
        priorities=[point.priority] if point.priority else [],
        by=town.coordinator,
    )


def activity(town: Town, measure: Measure, *, title: str = "Ljusvandring") -> MeasureActivity:
    return services.add_activity(
        measure, title=title, times=2, starts=measure.starts, ends=measure.ends, by=town.coordinator
    )


def indicator(town: Town, measure: Measure, **changes: Any) -> Indicator:
    """From 23 percent a year ago to 18 in a month."""
    today = clock.today()
    given: dict[str, Any] = {
        "kind": Indicator.Kind.OUTCOME,
        "definition": "Andel som känner sig otrygga sent på kvällen",
        "unit": "procent",
        "direction": Indicator.Direction.FEWER,
        "denominator": "av dem som svarade",
        "source": "Polisens trygghetsmätning",
        "baseline": Decimal(23),
        "baseline_day": today - timedelta(days=365),
        "target": Decimal(18),
        "target_day": today + timedelta(days=30),
    }
    return services.add_indicator(measure, terms=Terms(**given | changes), by=town.coordinator)


def value(
    town: Town, indicator: Indicator, number: Any, *, by: Actor | None = None, **changes: Any
) -> IndicatorValue:
    given: dict[str, Any] = {
        "standing": IndicatorValue.Standing.OWN,
        "day": clock.today(),
        "note": "Enkät bland dem som bor där.",
    }
    return services.report_value(
        indicator, value=Decimal(str(number)), by=by or town.coordinator, **given | changes
    )


def plan(
    town: Town, *measures: Measure, picture: Picture | None = None, carry_over: Plan | None = None
) -> Plan:
    today = clock.today()
    made = services.open_plan(
        town.partnership,
        frame=Frame("Åtgärdsplan", today, today + timedelta(days=730)),
        picture=picture,
        carry_over=carry_over,
        by=town.coordinator,
    )
    if measures:
        services.put_in_plan(made, measures=list(measures), by=town.coordinator)
    return Plan.objects.get(pk=made.pk)


def referral(town: Town, plan: Plan, *, days: int = 14, receiver: str = "Skolnämnden") -> Referral:
    today = clock.today()
    return services.refer_plan(
        plan,
        receiver=receiver,
        sent_on=today,
        answer_by=today + timedelta(days=days),
        by=town.coordinator,
    )


def police_decision(town: Town, *, day: date | None = None) -> Decision:
    body = Body.objects.filter(partnership=town.partnership, kind=Body.Kind.POLICE).first() or found_body(
        town.partnership, name="Lokalpolisområdets ledning", kind=Body.Kind.POLICE, by=town.coordinator
    )
    return record_decision(
        town.partnership,
        body=body,
        kind=Decision.Kind.DECIDE,
        day=day or clock.today(),
        section="",
        registration_number="",
        text="Enligt förslag.",
        by=town.chief,
    )


def planned_town() -> Town:
    """A plan of one measure of the municipality's and one of the police's, endorsed and ready to be decided."""
    town = pictures.adopted_town()
    picture = Picture.objects.get()
    point = picture.points.get()
    ours = measure(town, point)
    theirs = measure(town, point, title="Fotpatrull", owner=town.police)
    made = plan(town, ours, theirs, picture=picture)
    endorsement = pictures.decision(town, Decision.Kind.ENDORSE)
    services.endorse_plan(made, decision=endorsement, by=town.chair)
    return town


def look_back(**changes: Any) -> LookBack:
    given: dict[str, Any] = {
        "done": Evaluation.Done.PARTLY,
        "learning": "Det tog längre tid än vi trodde.",
        "choice": Evaluation.Choice.CONTINUE,
        "reason": "Arbetet är halvvägs.",
    }
    return LookBack(**given | changes)


def evaluation(town: Town, measure: Measure, *, by: Actor | None = None, **changes: Any) -> Evaluation:
    return services.evaluate_measure(measure, said=look_back(**changes), by=by or town.coordinator)


def follow_up(town: Town, *, by: Actor | None = None) -> FollowUp:
    """Of the year that ends today."""
    today = clock.today()
    return services.begin_follow_up(
        town.partnership, starts=today - timedelta(days=365), ends=today, by=by or town.coordinator
    )
