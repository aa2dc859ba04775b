"""Reading promises."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, cast
from uuid import UUID

from django.db.models import CharField, Count, Q, QuerySet, Value

from samsyn.core.actors import Actor
from samsyn.core.canonical import Plain
from samsyn.dialogue.queries import theme_count
from samsyn.parties.models import Organisation, Partnership
from samsyn.parties.queries import parties_of
from samsyn.promises.models import Approval, Outcome, Promise, PromiseMeasure, PromiseTheme


def promises_of(actor: Actor, partnership: Partnership) -> QuerySet[Promise]:
    """With area, approvals and what they build on. Five queries."""
    return (
        Promise.objects.visible_to(actor)
        .filter(partnership=partnership)
        .select_related("area", "release")
        .prefetch_related("approvals__party", "measures__measure", "themes__theme")
        .order_by("area__name", "ends", "text")
    )


def not_approved_by(promise: Promise) -> list[Organisation]:
    """Parties that have not approved the words as they stand. Two queries."""
    approved = set(promise.approvals.values_list("party", flat=True))
    return [party for party in parties_of(promise.partnership) if party.pk not in approved]


def promises_counted(actor: Actor, partnership: Partnership, today: date) -> dict[str, int]:
    """How many are `written`, `published`, `ended`, and `answered`: kept or not. One query."""
    public = Q(release__isnull=False)
    answered = public & ~Q(outcome=Outcome.RUNNING)
    counted = (
        Promise.objects.visible_to(actor)
        .filter(partnership=partnership)
        .aggregate(
            written=Count("pk"),
            published=Count("pk", filter=public),
            ended=Count("pk", filter=public & Q(ends__lt=today) | answered),
            answered=Count("pk", filter=answered),
        )
    )
    return cast(dict[str, int], counted)


@dataclass(frozen=True)
class Links:
    """What promises build on and which parties approved them: ids, by promise."""

    measures: dict[UUID, list[UUID]]
    themes: dict[UUID, list[UUID]]
    approvals: dict[UUID, list[UUID]]


def links_of(promises: Collection[Promise]) -> Links:
    """One query over the three tables of links, however many promises; none for none."""
    found = Links(defaultdict(list), defaultdict(list), defaultdict(list))
    by_name = {"measure": found.measures, "theme": found.themes, "party": found.approvals}
    tables: dict[str, Any] = {"measure": PromiseMeasure, "theme": PromiseTheme, "party": Approval}
    asked: list[QuerySet[Any, Any]] = [
        table._default_manager.filter(promise__in=promises)  # of promises that the asker may see
        .order_by()
        .values_list("promise", name, Value(name, output_field=CharField()), "pk")
        for name, table in tables.items()
    ]
    for promise, other, name, _ in sorted(asked[0].union(*asked[1:], all=True), key=lambda row: row[3]):
        by_name[name][promise].append(other)
    return found


def is_due(promise: Promise, today: date) -> bool:
    """Its last day has passed and nobody has said whether it was kept."""
    return promise.is_published and promise.outcome == "running" and promise.ends < today


def promise_content(promise: Promise) -> dict[str, Plain]:
    """What everybody gets to read. Four queries, and one per theme."""
    measures = promise.measures.select_related("measure__owner").order_by("id")
    themes = promise.themes.select_related("theme__dialogue").order_by("id")
    return {
        "promise": promise.pk,
        "text": promise.text,
        "how_often": promise.how_often,
        "how_seen": promise.how_seen,
        "area": {"name": promise.area.name, "slug": promise.area.slug},
        "starts": promise.starts,
        "ends": promise.ends,
        "contact": promise.contact,
        "outcome": promise.outcome,
        "parties": [party.name for party in parties_of(promise.partnership)],
        "measures": [{"title": one.measure.title, "owner": one.measure.owner.name} for one in measures],
        "said": [theme_count(one.theme).payload for one in themes],
        "reports": [
            {
                "outcome": report.outcome,
                "done": report.done,
                "why": report.why,
                "next_step": report.next_step,
                "day": report.reported_on,
            }
            for report in promise.reports.order_by("reported_on", "id")
        ],
    }
