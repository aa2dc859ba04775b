"""Judging the findings by criterion, weighing the criteria, and choosing which findings come first."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from samsyn.core import clock, door, journal
from samsyn.core.actors import Actor
from samsyn.core.commands import command
from samsyn.core.errors import Invalid, Missing, Outdated, Refused
from samsyn.pictures.models import Criterion, Level, Picture, Point, PointScore, RankedPoint, Ranking
from samsyn.pictures.models.ranking import MOST
from samsyn.pictures.ordering import scores_seen, scores_text


@dataclass(frozen=True)
class Scored:
    """A choice for one criterion and why. No level: nobody has said."""

    level: Level | None = None
    reason: str = ""


def _refuse_when_adopted(picture: Picture) -> None:
    if picture.is_adopted:
        raise Refused(_("This picture is adopted, and its order with it. Rank in the next version."))


@command("pictures.score_point")
def score_point(point: Point, *, scores: Mapping[Criterion, Scored], seen: int | None, by: Actor) -> Point:
    """Judge a finding by the criteria. Who set what is kept; what nobody changed stays whose it was.

    Refused once the picture is adopted; when somebody judged it meanwhile; for a judgement without a reason,
    which nobody could check later (that it cannot be said needs none); and for words that point out a person.
    """
    _refuse_when_adopted(point.picture)
    stored = {Criterion(one.criterion): one for one in point.scores.all()}
    if seen is not None and seen != scores_seen(stored.values()):
        raise Outdated(scores_text(stored.values()), by=journal.last_writer(point.pk))
    for criterion, given in scores.items():
        if given.level not in (None, Level.UNKNOWN) and not given.reason.strip():
            raise Invalid(
                _("Say why. Without a reason nobody can check it later."), field=f"{criterion}_reason"
            )
        door.refuse_persons(given.reason, field=f"{criterion}_reason")
        _set(point, criterion, given, stored.get(criterion), by)
    return point


def _set(point: Point, criterion: Criterion, given: Scored, stored: PointScore | None, by: Actor) -> None:
    if stored is None and given == Scored():
        return
    score = stored or PointScore(partnership_id=point.partnership_id, point=point, criterion=criterion)
    level, reason = given.level or "", given.reason.strip()
    if (score.level, score.reason) == (level, reason) and stored:
        return
    score.level, score.reason = level, reason
    score.set_by_id, score.party_id, score.set_on = _person(by), by.own_party, clock.today()
    score.save()


def _person(by: Actor) -> UUID:
    assert by.user_id  # the rule lets in only those who work here
    return by.user_id


def _ranking_of(picture: Picture) -> Ranking:
    found = Ranking.objects.filter(picture=picture).first()
    return found or Ranking(partnership_id=picture.partnership_id, picture=picture)


@command("pictures.weigh_criteria")
def weigh_criteria(
    picture: Picture, *, weights: Mapping[Criterion, int], seen: int | None, by: Actor
) -> Ranking:
    """Say how much each criterion counts.

    Refused once the picture is adopted, when somebody saved meanwhile, for a weight that is not offered, and
    when no criterion would count.
    """
    _refuse_when_adopted(picture)
    ranking = _ranking_of(picture)
    ranking.expect(seen, stored=ranking.reason)
    if any(not 0 <= weight <= MOST for weight in weights.values()):
        raise Invalid(_("Choose how much each criterion counts."))
    for criterion, weight in weights.items():
        setattr(ranking, criterion, weight)
    if not any(ranking.weights.values()):
        raise Invalid(_("Let at least one criterion count."), field=Criterion.HARM)
    ranking.weighed_by_id, ranking.weighed_on = _person(by), clock.today()
    ranking.save()
    journal.note(
        harm=ranking.harm,
        extent=ranking.extent,
        trend=ranking.trend,
        worry=ranking.worry,
        ability=ranking.ability,
    )
    return ranking


@command("pictures.choose_order")
def choose_order(
    picture: Picture, *, order: list[Point], reason: str, seen: int | None, by: Actor
) -> Ranking:
    """Choose which findings come first, and say why. The computed order is a suggestion; this is the choice.

    Refused once the picture is adopted, when somebody saved meanwhile, without a finding or a reason, for a
    finding of another picture or one that stands twice, and for words that point out a person.
    """
    _refuse_when_adopted(picture)
    ranking = _ranking_of(picture)
    ranking.expect(seen, stored=ranking.reason)
    if not order:
        raise Invalid(_("Choose at least the finding that comes first."))
    if any(point.picture_id != picture.pk for point in order):
        raise Missing
    if len({point.pk for point in order}) < len(order):
        raise Invalid(_("A finding has one place in the order."))
    if not reason.strip():
        raise Invalid(
            _("Say why you chose this order. It follows the picture to the public."), field="reason"
        )
    door.refuse_persons(reason, field="reason")
    ranking.reason, ranking.times_chosen = reason.strip(), ranking.times_chosen + 1
    ranking.chosen_by_id, ranking.chosen_party_id = _person(by), by.own_party
    ranking.chosen_on = clock.today()
    ranking.save()
    for earlier in ranking.order.all():
        earlier.delete()
    for position, point in enumerate(order, start=1):
        RankedPoint(
            partnership_id=picture.partnership_id, ranking=ranking, point=point, position=position
        ).save()
    journal.note(ranking=ranking.pk, findings=len(order))
    return ranking
