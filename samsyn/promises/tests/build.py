"""Promises, made through the real commands."""

from datetime import timedelta

from samsyn.core import clock
from samsyn.dialogue.models import Theme
from samsyn.parties.models import Area
from samsyn.parties.tests.build import Town
from samsyn.plans.models import Measure
from samsyn.promises import services
from samsyn.promises.models import Promise


def promise(town: Town, measure: Measure, *, themes: list[Theme], text: str = "Ljus gångväg") -> Promise:
    """A draft that nobody has approved."""
    today = clock.today()
    return services.write_promise(
        town.partnership,
        text=text,
        how_often="38 lampor före december",
        how_seen="Räkna lamporna.",
        area=Area.objects.filter(partnership=town.partnership).earliest("code"),
        starts=today,
        ends=today + timedelta(days=100),
        contact="Kontaktcenter",
        measures=[measure],
        themes=themes,
        by=town.coordinator,
    )


def published(town: Town, measure: Measure, *, themes: list[Theme]) -> Promise:
    made = promise(town, measure, themes=themes)
    for actor in (town.chair, town.chief):
        services.approve_promise(made, by=actor)
    services.publish_promise(made, by=town.coordinator)
    return Promise.objects.get(pk=made.pk)
