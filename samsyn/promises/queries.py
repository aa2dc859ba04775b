"""Reading promises."""

from datetime import date

from django.db.models import QuerySet

from samsyn.core.actors import Actor
from samsyn.core.canonical import Plain
from samsyn.dialogue.queries import theme_count
from samsyn.parties.models import Organisation, Partnership
from samsyn.parties.queries import parties_of
from samsyn.promises.models import Promise


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
