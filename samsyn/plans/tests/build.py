"""Measures, made through the real commands."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from samsyn.core import clock
from samsyn.core.actors import Actor
from samsyn.parties.models import Organisation
from samsyn.parties.tests.build import Town
from samsyn.pictures.models import Point
from samsyn.plans import services
from samsyn.plans.models import Evaluation, FollowUp, Indicator, IndicatorValue, Measure, MeasureActivity
from samsyn.plans.services.evaluating import LookBack


def measure(
    town: Town, point: Point, *, title: str = "Fler lampor", owner: Organisation | None = None
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
        ends=today + timedelta(days=90),
        follow_up=today + timedelta(days=120),
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
    return services.add_indicator(measure, by=town.coordinator, **given | changes)


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
