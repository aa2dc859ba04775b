"""Reading measures."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db.models import IntegerField, Max, Prefetch, QuerySet, Value
from django.utils.translation import gettext as _

from samsyn.core import clock
from samsyn.core.actors import WORKING, Actor
from samsyn.core.errors import Sentence
from samsyn.parties.models import Partnership
from samsyn.plans.models import (
    Indicator,
    IndicatorValue,
    Measure,
    MeasurePoint,
    MeasureSubAim,
    PlanMeasure,
    StatusRequest,
)


def measures_of(actor: Actor, partnership: Partnership) -> QuerySet[Measure]:
    """With owner, findings, priorities, sub-aims and plans. Six queries."""
    return (
        Measure.objects.visible_to(actor)
        .filter(partnership=partnership)
        .select_related("owner")
        .prefetch_related(
            Prefetch("points", MeasurePoint.objects.select_related("point__picture__release")),
            "priorities__priority",
            Prefetch("sub_aims", MeasureSubAim.objects.select_related("sub_aim").order_by("sub_aim__key")),
            Prefetch("plans", in_plans(actor)),
        )
        .order_by("ends", "title")
    )


def in_plans(actor: Actor) -> QuerySet[PlanMeasure]:
    """Which measure is in which plan, newest first; what is not decided only for those who work with it."""
    links = PlanMeasure.objects.select_related("plan").order_by("-plan__starts", "-plan__id")
    return links if actor.roles & WORKING else links.exclude(plan__release=None)


def followed_measures(actor: Actor, partnership: Partnership) -> QuerySet[Measure]:
    """The same with the day of the last report, and indicators with their values. Eight queries."""
    indicators = (
        Indicator.objects.select_related("measure").prefetch_related(_values()).order_by("kind", "id")
    )
    return (
        measures_of(actor, partnership)
        .annotate(last_reported_on=Max("reports__reported_on"))
        .prefetch_related(Prefetch("indicators", indicators))
    )


def _values() -> Prefetch[str, QuerySet[IndicatorValue]]:
    return Prefetch(
        "values",
        IndicatorValue.objects.select_related("corrected_by", "reported_by", "party").order_by("day", "id"),
    )


class Links(NamedTuple):
    """What a measure hangs on in the thread, beside its causes."""

    findings: list[UUID]
    sub_aims: list[UUID]


NOTHING = Links([], [])


def hangs_on(measures: Sequence[Measure]) -> dict[UUID, Links]:
    """The findings that each answers and the sub-aims that it serves. One query over the two tables."""
    here = {"measure__in": [one.pk for one in measures]}
    rows = MeasurePoint.objects.filter(**here).values_list(
        "pk", "measure", "point", Value(0, output_field=IntegerField())
    )
    more = MeasureSubAim.objects.filter(**here).values_list(
        "pk", "measure", "sub_aim", Value(1, output_field=IntegerField())
    )
    found: dict[UUID, Links] = {}
    for _pk, measure, target, table in sorted(rows.union(more, all=True)):
        found.setdefault(measure, Links([], []))[table].append(target)
    return found


def sub_aims_served(measure: Measure) -> QuerySet[MeasureSubAim]:
    """By key. One query."""
    return measure.sub_aims.select_related("sub_aim").order_by("sub_aim__key")


def indicators_of(measure: Measure) -> QuerySet[Indicator]:
    """Those of a measure with their values, outcome last. Two queries."""
    return (
        measure.indicators.select_related("measure")
        .prefetch_related(_values())
        .order_by("kind", "ended_on", "id")
    )


def with_values(indicator: Indicator) -> Indicator:
    """The indicator with its values. Two queries."""
    return Indicator.objects.select_related("measure__owner").prefetch_related(_values()).get(pk=indicator.pk)


def is_late(measure: Measure, today: date) -> bool:
    """Its last day has passed and nobody has said that it is done or cancelled."""
    return measure.is_open and measure.ends < today


@dataclass(frozen=True)
class Answered:
    """A finding that a measure answers, as far as the reader may know it."""

    id: UUID
    title: Sentence
    is_named: bool


def answered_by(measure: Measure, actor: Actor) -> list[Answered]:
    """The findings, with a neutral text for those that the reader may not read yet.

    The joint picture is for those who work in the partnership, until it is published. Who owns a measure may
    be an outside partner: its title must not tell what the picture will say. No query after `measures_of`,
    else one.
    """
    links = measure.points.all()
    if "points" not in getattr(measure, "_prefetched_objects_cache", {}):
        links = measure.points.select_related("point__picture__release").order_by("point__title")
    return [
        Answered(link.point_id, link.point.title, is_named=True)
        if _may_be_named(link, actor)
        else Answered(link.point_id, _("A finding in the joint picture, which is not published"), False)
        for link in links
    ]


def _may_be_named(link: MeasurePoint, actor: Actor) -> bool:
    release = link.point.picture.release
    published = release is not None and release.withdrawn_at is None
    return (published and not link.point.held_under) or bool(actor.roles & WORKING)


@dataclass(frozen=True)
class Waiting:
    """What a measure waits for. Of measures that the reader may not open, only how many."""

    named: list[Measure]
    unnamed: int

    @property
    def is_blocked(self) -> bool:
        return bool(self.named or self.unnamed)


def waits_for(measure: Measure, actor: Actor) -> Waiting:
    """The measures that must be done first and are not. One query, one more when there are any."""
    open_states = [one for one in Measure.State if one not in (Measure.State.DONE, Measure.State.CANCELLED)]
    first = Measure.objects.filter(holds_up__measure=measure, state__in=open_states)
    count = first.count()
    named = list(first & Measure.objects.visible_to(actor).order_by("ends", "title")) if count else []
    return Waiting(named, count - len(named))


def request_of(token: str) -> StatusRequest | None:
    """What a link from a mail asks about, while it can be answered or was. One query."""
    return (
        StatusRequest.objects.filter(token_hash=StatusRequest.hash_of(token), revoked_at=None)
        .filter(expires_at__gt=clock.now())
        .select_related("measure", "partnership")
        .first()
    )


def unsaid(measure: Measure, *, has_causes: bool = False) -> list[str]:
    """The columns of a plan that nobody has filled in, by name. Chosen causes need no words. No query."""
    names = (*COLUMNS, "cost_sek")
    empty = [name for name in names if getattr(measure, name) in ("", None)]
    if has_causes and "cause" in empty:
        empty.remove("cause")
    return [str(Measure._meta.get_field(name).verbose_name) for name in empty]  # type: ignore[union-attr]


COLUMNS = (
    "cause",
    "goal",
    "horizon",
    "rhythm",
    "method",
    "evidence",
    "elected_contact",
    "funding",
    "legal_note",
)
