"""Which decisions on secrecy a picture has and lacks before it is published, and what they hold back."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, Subquery

from samsyn.core.law import cited
from samsyn.parties.models import Membership, Organisation
from samsyn.parties.queries import parties_of
from samsyn.pictures.models import Picture, Point, PointSecrecy, PointSource, Secrecy


@dataclass(frozen=True)
class Clearance:
    """A finding, whose decision it needs, and what they said."""

    point: Point
    owners: list[Organisation]
    decided: list[PointSecrecy]

    @property
    def waiting(self) -> list[Organisation]:
        said = {one.party_id for one in self.decided}
        return [owner for owner in self.owners if owner.pk not in said]

    @property
    def held(self) -> str:
        return cited(held_under(self.point))


def clearances(picture: Picture) -> list[Clearance]:
    """Finding by finding. Four queries, however many.

    A finding is from those whose shared drafts it was written from; from all parties, when they wrote it
    together at the table.
    """
    parties = parties_of(picture.partnership)
    sources = Prefetch("sources", PointSource.objects.annotate(sender=F("release__sender")))
    found = []
    for point in picture.points.prefetch_related("secrecy__party", sources).order_by("id"):
        senders = {
            source.sender  # type: ignore[attr-defined]
            for source in point.sources.all()
        }
        owners = [party for party in parties if party.pk in senders] or parties
        decided = [one for one in point.secrecy.all() if one.party_id in {owner.pk for owner in owners}]
        found.append(Clearance(point, owners, decided))
    return found


def count_undecided(picture: Picture) -> int:
    """How many findings wait for somebody's decision. One query."""
    decided = PointSecrecy.objects.filter(point=OuterRef("point"), party=OuterRef("release__sender"))
    sources = PointSource.objects.filter(point=OuterRef("pk"))
    members = Membership.objects.filter(partnership=OuterRef("partnership"), is_party=True)
    parties = members.order_by().values("partnership").annotate(n=Count("pk")).values("n")
    points = picture.points.annotate(said=Count("secrecy"))
    lacking = Exists(sources.filter(~Exists(decided)))
    return points.filter(lacking | (~Exists(sources) & Q(said__lt=Subquery(parties)))).count()


def undecided(picture: Picture) -> list[Clearance]:
    """The findings that wait for somebody's decision. Four queries."""
    return [one for one in clearances(picture) if one.waiting]


def points_of_party(picture: Picture, party: UUID | None) -> list[Point]:
    """The findings that a party decides on. Four queries."""
    return [one.point for one in clearances(picture) if party in {owner.pk for owner in one.owners}]


def held_under(point: Point) -> str:
    """The first section by which anybody holds it back; empty when nobody does."""
    sections = sorted({one.section for one in point.secrecy.all()} - {str(Secrecy.NONE)})
    return sections[0] if sections else ""
