"""Reading how the findings are judged, and which order follows from it under which weights."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from django.db.models import Prefetch

from samsyn.analysis.orders import Place, places
from samsyn.core.canonical import Plain
from samsyn.pictures.models import Criterion, Level, Picture, Point, PointScore, RankedPoint, Ranking

VALUES = {Level.LOW: 0.0, Level.MEDIUM: 0.5, Level.HIGH: 1.0}  # what cannot be said is no number at all
SLACK = 0.25


def scores_seen(scores: Iterable[PointScore]) -> int:
    """What a form sends back: grows with every change of any of them, since none is ever taken away."""
    return sum(one.version for one in scores)


def scores_text(scores: Iterable[PointScore]) -> str:
    """What a colleague set meanwhile, a line each."""
    return "\n".join(
        f"{one.get_criterion_display()}: {one.get_level_display()}. {one.reason}".strip() for one in scores
    )


@dataclass(frozen=True)
class Ranked:
    """A finding with how it is judged, where that puts it, and where it was put."""

    point: Point
    scores: dict[Criterion, PointScore]
    now: Place  # with the weights as they are
    shaken: Place  # with every weight up to a quarter higher or lower
    chosen: int | None = None

    @property
    def row(self) -> list[PointScore | None]:
        """In the order of the criteria, for the table."""
        return [self.scores.get(one) for one in Criterion]

    @property
    def unsaid(self) -> int:
        return sum(one not in self.scores or not self.scores[one].is_known for one in Criterion)

    @property
    def is_judged(self) -> bool:
        """Something is known of it: else its place says nothing, and it has none."""
        return self.unsaid < len(Criterion)

    @property
    def holds(self) -> bool:
        return (self.now.best, self.now.worst) == (self.shaken.best, self.shaken.worst)


@dataclass(frozen=True)
class Board:
    """All findings of a picture: those that are judged in their order, the others by name."""

    judged: list[Ranked]
    unjudged: list[Ranked]
    ranking: Ranking
    weights: Mapping[Criterion, int]

    @property
    def chosen(self) -> list[Ranked]:
        found = [one for one in (*self.judged, *self.unjudged) if one.chosen]
        return sorted(found, key=lambda one: one.chosen or 0)

    @property
    def all(self) -> list[Ranked]:
        return [*self.judged, *self.unjudged]


def board_of(picture: Picture, weights: Mapping[Criterion, int] | None = None) -> Board:
    """With other weights than the saved ones, to try them. Three queries, however many findings."""
    scored = PointScore.objects.select_related("set_by", "party")
    points = list(
        picture.points.select_related("ranked").prefetch_related(Prefetch("scores", scored)).order_by("id")
    )
    ranking = ranking_of(picture)
    used = weights or ranking.weights
    ranked = [
        Ranked(
            point,
            {Criterion(one.criterion): one for one in point.scores.all()},
            NOWHERE,
            NOWHERE,
            _chosen(point),
        )
        for point in points
    ]
    judged = [one for one in ranked if one.is_judged]
    table = [[_value(one, criterion) for criterion in Criterion] for one in judged]
    share = [used[criterion] for criterion in Criterion]
    placed = [
        replace(one, now=now, shaken=shaken)
        for one, now, shaken in zip(
            judged, places(table, share), places(table, share, slack=SLACK), strict=True
        )
    ]
    placed.sort(key=lambda one: (one.now.best, one.now.worst, one.point.title))
    return Board(placed, [one for one in ranked if not one.is_judged], ranking, used)


NOWHERE = Place(low=0, high=1, best=0, worst=0)


def ranking_of(picture: Picture) -> Ranking:
    """As it is saved, or as it begins. One query."""
    found = Ranking.objects.filter(picture=picture).select_related("chosen_by", "chosen_party", "weighed_by")
    return found.first() or Ranking(partnership_id=picture.partnership_id, picture=picture)


def _value(one: Ranked, criterion: Criterion) -> float | None:
    score = one.scores.get(criterion)
    return VALUES.get(Level(score.level)) if score and score.level else None


def _chosen(point: Point) -> int | None:
    return point.ranked.position if hasattr(point, "ranked") else None


@dataclass(frozen=True)
class ChosenOrder:
    """The choice alone, for pages that do not show how the findings are judged."""

    chosen: list[RankedPoint]
    ranking: Ranking | None


def chosen_order(picture: Picture) -> ChosenOrder:
    """Which findings the partnership put first. One query."""
    found = RankedPoint.objects.filter(ranking__picture=picture)
    order = list(
        found.select_related("point", "ranking__chosen_party", "ranking__chosen_by").order_by("position")
    )
    return ChosenOrder(order, order[0].ranking if order else None)


def frozen_order(picture: Picture) -> dict[str, Plain] | None:
    """The choice as it follows the picture: the order and why, the day and the party, and no person."""
    found = chosen_order(picture)
    if found.ranking is None:
        return None
    return {
        "order": [_placed(one.point) for one in found.chosen],
        "reason": found.ranking.reason,
        "day": found.ranking.chosen_on,
        "party_name": found.ranking.chosen_party.name if found.ranking.chosen_party else "",
    }


def _placed(point: Point) -> dict[str, Plain]:
    if point.held_under:
        return {"point": point.pk, "held_back": True, "section": point.held_under}
    return {"point": point.pk, "title": point.title}
