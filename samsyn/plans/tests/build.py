"""Measures, made through the real commands."""

from datetime import timedelta

from samsyn.core import clock
from samsyn.parties.models import Organisation
from samsyn.parties.tests.build import Town
from samsyn.pictures.models import Point
from samsyn.plans import services
from samsyn.plans.models import Measure, MeasureActivity


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
