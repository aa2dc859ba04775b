"""Which findings came first, why they are as they are, and which measures are to change what."""

from typing import Any

from samsyn.demo.diary import Diary, told
from samsyn.demo.town import Town
from samsyn.pictures import services as pictures
from samsyn.pictures.models import Cause, Certainty, Criterion, Level, Picture, Point, Technique
from samsyn.pictures.services.causes import Claim
from samsyn.pictures.services.ranking import Scored
from samsyn.plans import services as plans

Told = dict[str, Any]
Causes = dict[str, Cause]  # by claim


def explain(diary: Diary, town: Town) -> None:
    given, causes = told("causes"), Causes()
    diary.on(given["judged"], lambda: _judge(town, given))
    diary.on(given["chosen"], lambda: _choose(town, given))
    diary.on(given["stated"], lambda: _state(town, given, causes))
    diary.on(given["tied"], lambda: _tie(town, given, causes))


def _point(town: Town, given: Told, title: str) -> Point:
    key = town.points[given["period"], title].pk
    return Point.objects.visible_to(town.actor("samordnare")).get(pk=key)


def _judge(town: Town, given: Told) -> None:
    for one in given["judgements"]:
        scores = {criterion: Scored(Level(one[criterion][0]), one[criterion][1]) for criterion in Criterion}
        point = _point(town, given, one["finding"])
        pictures.score_point(point, scores=scores, seen=None, by=town.actor(one["by"]))


def _choose(town: Town, given: Told) -> None:
    by = town.actor("rådets ordförande")
    picture = Picture.objects.visible_to(by).get(pk=town.pictures[given["period"]].pk)
    order = [_point(town, given, title) for title in given["order"]]
    pictures.choose_order(picture, order=order, reason=given["reason"], seen=0, by=by)


def _state(town: Town, given: Told, causes: Causes) -> None:
    for of_finding in given["causes"]:
        point = _point(town, given, of_finding["finding"])
        for one in of_finding["causes"]:
            causes[one["claim"]] = pictures.state_cause(
                point,
                claim=_claim(one),
                parent=causes.get(one.get("behind", "")),
                voices=list(point.voices.all()) if one.get("voices") else [],
                by=town.actor("samordnare"),
            )


def _claim(one: Told) -> Claim:
    return Claim(
        claim=one["claim"],
        kind=Cause.Kind(one["kind"]),
        confidence=Certainty(one["confidence"]),
        evidence=one.get("evidence", ""),
        influence=one.get("influence", ""),
        step=Cause.Step(one["step"]),
        moment=one.get("moment", ""),
        technique=Technique(one["technique"]) if "technique" in one else None,
    )


def _tie(town: Town, given: Told, causes: Causes) -> None:
    changed: dict[str, list[Cause]] = {}
    for of_finding in given["causes"]:
        for one in of_finding["causes"]:
            for title in one.get("measures", ()):
                changed.setdefault(title, []).append(causes[one["claim"]])
    for title, found in changed.items():
        plans.choose_causes(town.measures[title], causes=found, by=town.actor("samordnare"))
