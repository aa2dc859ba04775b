"""What is done: the measures of both plans, and what their owners have reported."""

from decimal import Decimal
from typing import Any

from samsyn.demo.diary import Diary, told
from samsyn.demo.town import Town
from samsyn.pictures.models import Point
from samsyn.plans import services as plans
from samsyn.plans.models import Measure
from samsyn.plans.services.indicators import Terms


def plan(diary: Diary, town: Town) -> None:
    given = told("measures")
    for one in given["measures"]:
        of_plan = given["plans"][one["plan"]]
        diary.on(of_plan["proposed"], lambda one=one, of=of_plan: _propose(town, one, of["picture"]))  # type: ignore[misc]
        for indicator in one.get("indicators", ()):
            diary.on(of_plan["proposed"], lambda one=one, made=indicator: _indicate(town, one, made))  # type: ignore[misc]
            for value in indicator.get("values", ()):
                diary.on(value["reported"], lambda of=indicator, value=value: _value(town, of, value))  # type: ignore[misc]
        if "report" in one:
            diary.on(one.get("reported", given["reported"]), lambda one=one: _report(town, one))  # type: ignore[misc]


def _propose(town: Town, given: dict[str, Any], picture: str) -> None:
    coordinator = town.actor("samordnare")
    point = Point.objects.visible_to(coordinator).get(pk=town.points[picture, given["finding"]].pk)
    town.measures[given["title"]] = plans.propose_measure(
        town.partnership,
        title=given["title"],
        text=given["text"],
        kind=Measure.Kind(given["kind"]),
        owner=town.party(given["owner"]),
        owner_title=given["owner_title"],
        starts=given["starts"],
        ends=given["ends"],
        follow_up=given["ends"],
        points=[point],
        priorities=[point.priority] if point.priority else [],
        sub_aims=point.priority.items.filter(key__in=given.get("sub_aims", ())) if point.priority else (),
        by=coordinator,
    )


def _report(town: Town, given: dict[str, Any]) -> None:
    by = town.actor("samordnare" if given["owner"] == "municipality" else "kommunpolis")
    if counted := given.get("counted"):
        _count(town, given, counted)
    state = Measure.State(given["state"])
    plans.report_status(town.measures[given["title"]], state=state, text=given["report"], by=by)


def _count(town: Town, given: dict[str, Any], counted: dict[str, Any]) -> None:
    """What was planned so many times, and how often it was done: before the report that says so."""
    by = town.actor("samordnare")
    activity = plans.add_activity(
        town.measures[given["title"]],
        title=counted["what"],
        times=counted["planned"],
        starts=given["starts"],
        ends=given["ends"],
        by=by,
    )
    plans.count_activity(activity, done=counted["done"], seen=activity.version, by=by)


NUMBERS = ("baseline", "target", "value", "low", "high")


def _taken(written: dict[str, Any], *but: str) -> dict[str, Any]:
    """What the story says as a command takes it."""
    kept = {name: value for name, value in written.items() if name not in but}
    return {name: Decimal(value) if name in NUMBERS else value for name, value in kept.items()}


def _indicate(town: Town, measure: dict[str, Any], given: dict[str, Any]) -> None:
    terms = Terms(**_taken(given, "values"))
    made = plans.add_indicator(town.measures[measure["title"]], terms=terms, by=town.actor("samordnare"))
    town.indicators[given["definition"]] = made


def _value(town: Town, indicator: dict[str, Any], given: dict[str, Any]) -> None:
    made = town.indicators[indicator["definition"]]
    plans.report_value(made, by=town.actor("samordnare"), **_taken(given, "reported"))
