"""Reading what became of an adopted picture: its reviews, and how the next one differs."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from samsyn.core.actors import Actor
from samsyn.parties.models import Organisation
from samsyn.pictures import queries
from samsyn.pictures.comparison import Comparison, compare
from samsyn.pictures.models import Erratum, Picture, Point, Review


def before_it(actor: Actor, picture: Picture) -> Picture | None:
    """The adopted picture before this one. One query."""
    earlier = queries.pictures_of(actor, picture.partnership).filter(number__lt=picture.number)
    return earlier.exclude(release=None).first()


def reviews_of(picture: Picture) -> list[Review]:
    """Those that stand, newest first, each with the findings that had changed. Two queries."""
    reviews = picture.reviews.filter(retracted_on=None).select_related("reviewed_by", "party")
    return list(reviews.prefetch_related("changed__point").order_by("-day"))


@dataclass(frozen=True)
class Correction:
    """A correction, and whether one's own party has approved it."""

    erratum: Erratum
    approved: list[Organisation]
    is_approved_by_us: bool


def errata_of(actor: Actor, picture: Picture) -> list[Correction]:
    """Oldest first. Two queries."""
    errata = picture.errata.select_related("point", "written_by", "party").order_by("id")
    found = []
    for one in errata.prefetch_related("approvals__party"):
        approved = [approval.party for approval in one.approvals.all()]
        found.append(Correction(one, approved, actor.party_id in {party.pk for party in approved}))
    return found


def compared(before: Picture, after: Picture) -> Comparison:
    """The two with all that the parties shared of their figures. Five queries, however many findings."""
    points = Point.objects.filter(picture__in=(before, after)).order_by("id")
    told: dict[UUID, list[dict[str, Any]]] = {before.pk: [], after.pk: []}
    for point in points.prefetch_related("sources__release", "sources__figures"):
        told[point.picture_id].append(_in_words(point))
    reasons = {str(one.point_id): one.reason for one in after.gone.all()}
    return compare(told[before.pk], told[after.pk], reasons)


def _in_words(point: Point) -> dict[str, Any]:
    """As a release freezes it, with the figures as they were shared."""
    return {
        "point": point.pk,
        "title": point.title,
        "text": point.text,
        "extent": point.extent,
        "consequence": point.consequence,
        "unknown": point.unknown,
        "certainty": point.certainty,
        "continues": point.continues_id,
        "figures": [figure.payload for source in point.sources.all() for figure in source.figures.all()],
    }
