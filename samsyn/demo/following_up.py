"""How the first plan was followed up, and what was found when the second picture was gone through."""

from typing import Any

from samsyn.demo.diary import Diary, told
from samsyn.demo.town import Town
from samsyn.pictures import services as pictures
from samsyn.plans import services as plans
from samsyn.plans.models import Evaluation, FollowUp, Measure
from samsyn.plans.services.evaluating import LookBack

Told = dict[str, Any]
BY_PARTY = {
    "municipality": ("samordnare", "rådets ordförande"),
    "local_police_area": ("kommunpolis", "chef för lokalpolisområdet"),
}


def follow_up(diary: Diary, town: Town) -> None:
    given = told("follow-up")
    for one in given["evaluations"]:
        diary.on(one["day"], lambda one=one: _look_back(town, one))  # type: ignore[misc]
        if later := one.get("later"):
            diary.on(later["day"], lambda one=one, later=later: _look_back(town, one | later))  # type: ignore[misc]
    diary.on(given["begun"], lambda: _begin(town, given))
    diary.on(given["learned"], lambda: _learn(town, given))
    decided = next(one["day"] for one in told("council")["decisions"] if one["name"] == given["decided"])
    diary.on(decided, lambda: _decide(town, given))
    diary.on(given["review"]["day"], lambda: _review(town, given["review"]))


def _look_back(town: Town, given: Told) -> None:
    """Written by an editor of the party that owns the measure, and approved by its approver."""
    coordinator = town.actor("samordnare")
    measure = Measure.objects.visible_to(coordinator).get(pk=town.measures[given["measure"]].pk)
    writer, approver = BY_PARTY[measure.owner.kind]
    said = LookBack(
        done=Evaluation.Done(given["done"]),
        done_text=given["done_text"],
        outcome_note=given.get("outcome_note", ""),
        side_effects=given.get("side_effects", ""),
        learning=given["learning"],
        choice=Evaluation.Choice(given["choice"]),
        reason=given["reason"],
    )
    made = plans.evaluate_measure(measure, said=said, by=town.actor(writer))
    plans.approve_evaluation(made, seen=made.version, by=town.actor(approver))


def _begin(town: Town, given: Told) -> None:
    plans.begin_follow_up(
        town.partnership, starts=given["from"], ends=given["to"], by=town.actor("samordnare")
    )


def _written(town: Town) -> FollowUp:
    return FollowUp.objects.visible_to(town.actor("rådets ordförande")).get(partnership=town.partnership)


def _learn(town: Town, given: Told) -> None:
    report = _written(town)
    learned = given["text"].strip()
    plans.rewrite_follow_up(report, learned=learned, seen=report.version, by=town.actor("samordnare"))


def _decide(town: Town, given: Told) -> None:
    plans.decide_follow_up(
        _written(town),
        decision=town.decisions[given["decided"]],
        is_open=True,
        by=town.actor("rådets ordförande"),
    )


def _review(town: Town, given: Told) -> None:
    pictures.record_review(
        town.pictures[given["picture"]],
        day=given["day"],
        changed=[town.points[given["picture"], title] for title in given["changed"]],
        note=given["note"],
        by=town.actor("samordnare"),
    )
