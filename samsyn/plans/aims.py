"""Reading which causes measures are to change, and which measures change none."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef

from samsyn.core.actors import WORKING, Actor
from samsyn.core.thread import Place
from samsyn.parties.models import Partnership
from samsyn.pictures.models import Cause, Point
from samsyn.pictures.queries import carried_on
from samsyn.pictures.why import latest_of
from samsyn.plans.models import Measure, MeasureCause


@dataclass(frozen=True)
class Aims:
    """All pairs of measures and causes of a partnership, and of which finding each cause is.

    A measure that is to change a cause is to change what carries it on in a newer picture too.
    """

    pairs: dict[UUID, list[UUID]]  # by measure
    explained: frozenset[UUID]  # findings with causes

    def misses(self, measure: Measure, findings: Iterable[UUID]) -> bool:
        """It answers a finding whose causes are stated, and is to change none of them."""
        return measure.is_open and not self.pairs.get(measure.pk) and bool(self.explained & {*findings})


def aims_of(actor: Actor, partnership_id: UUID, causes: Sequence[Cause] | None = None) -> Aims:
    """Two queries, one when the causes are read already."""
    here = {"partnership": partnership_id}
    seen = list(Cause.objects.visible_to(actor).filter(**here)) if causes is None else causes
    newest = latest_of(seen)
    pairs: dict[UUID, list[UUID]] = {}
    for link in MeasureCause.objects.visible_to(actor).filter(**here).order_by("id"):
        both = dict.fromkeys([link.cause_id, newest.get(link.cause_id, link.cause_id)])
        pairs.setdefault(link.measure_id, []).extend(both)
    return Aims(pairs, frozenset(one.point_id for one in seen))


def aims_here(actor: Actor, place: Place, causes: Sequence[Cause]) -> Aims:
    """For the thread: with the causes that it shows. One query."""
    return aims_of(actor, place.id, causes)


def findings_of(measure: Measure, answered: Iterable[UUID] | None = None) -> set[UUID]:
    """What it answers, and what carries that on in later pictures. Two queries, one when it is known."""
    if answered is None:
        answered = [link.point_id for link in measure.points.all()]
    points = Point.objects.filter(partnership=measure.partnership_id).only("id", "continues_id")
    later = {point.continues_id: point.pk for point in points if point.continues_id}
    found = set(answered)
    for one in answered:
        while one in later:  # a finding carries on one of an earlier picture only, so this ends
            one = later[one]
            found.add(one)
    return found


@dataclass(frozen=True)
class Aim:
    """What a measure's page says of its causes. Of causes the reader may not read, only how many."""

    chosen: list[Cause]
    unnamed: int
    offered: list[Cause]
    is_all: bool = True  # the reader sees all causes; else nothing may be called missing

    @property
    def is_missed(self) -> bool:
        return bool(self.offered) and not self.chosen


def aim_of(measure: Measure, actor: Actor, answered: Iterable[UUID]) -> Aim:
    """The causes of the joint picture are for those who work in the partnership. Two queries, or one."""
    if not actor.roles & WORKING:
        return Aim([], measure.causes.count(), [], is_all=False)
    is_chosen = Exists(MeasureCause.objects.filter(measure=measure, cause=OuterRef("pk")))
    seen = Cause.objects.visible_to(actor).filter(point__in=findings_of(measure, answered))
    stated = list(seen.annotate(is_chosen=is_chosen).order_by("id"))
    newest = latest_of(stated)
    chosen = {newest[one.pk] for one in stated if one.is_chosen}
    offered = [one for one in stated if newest[one.pk] == one.pk]
    return Aim([one for one in offered if one.pk in chosen], 0, [*offered])


def missing_a_cause(measures: Iterable[Measure], actor: Actor, partnership: Partnership) -> set[UUID]:
    """Those that change no stated cause, for a list with the findings read along. Three queries."""
    points = Point.objects.visible_to(actor).filter(partnership=partnership).only("id", "continues_id")
    newest = carried_on(points)
    aims = aims_of(actor, partnership.pk)
    found = set()
    for one in measures:
        answered = [link.point_id for link in one.points.all()]
        if aims.misses(one, [*answered, *(newest[key] for key in answered if key in newest)]):
            found.add(one.pk)
    return found
