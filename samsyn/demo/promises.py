"""What was promised to those who live there, how it went, and what the council chose not to promise."""

from typing import Any

from samsyn.demo.diary import Diary, told
from samsyn.demo.town import Town
from samsyn.promises import services as promises
from samsyn.promises.models import Outcome, Promise


def promise(diary: Diary, town: Town) -> None:
    given = told("promises")
    written: dict[str, Promise] = {}
    for one in given["promises"]:
        diary.on(given["written"], lambda one=one: _write(town, one, given, written))  # type: ignore[misc]
        diary.on(given["approved"], lambda one=one: _approve(town, written[one["text"]]))  # type: ignore[misc]
        diary.on(given["published"], lambda one=one: _publish(town, written[one["text"]]))  # type: ignore[misc]
        if "reported" in one:
            diary.on(one["reported"], lambda one=one: _report(town, one, written[one["text"]]))  # type: ignore[misc]
    absence = given["no_promise"]
    diary.on(absence["day"], lambda: _refrain(town, absence))


def _write(town: Town, one: dict[str, Any], given: dict[str, Any], written: dict[str, Promise]) -> None:
    written[one["text"]] = promises.write_promise(
        town.partnership,
        text=one["text"],
        how_often=one["how_often"],
        how_seen=one["how_seen"],
        area=town.area(one["area"]),
        starts=given["published"],
        ends=one["ends"],
        contact=given["contact"],
        measures=[town.measures[one["measure"]]],
        themes=[town.themes[one["theme"]]],
        by=town.actor("samordnare"),
    )


def _approve(town: Town, promise: Promise) -> None:
    for said in ("rådets ordförande", "chef för lokalpolisområdet"):
        promises.approve_promise(promise, by=town.actor(said))


def _publish(town: Town, promise: Promise) -> None:
    promises.publish_promise(promise, by=town.actor("samordnare"))


def _report(town: Town, one: dict[str, Any], promise: Promise) -> None:
    promises.report_promise(
        promise,
        outcome=Outcome(one["outcome"]),
        done=one["done"],
        why=one.get("why", ""),
        next_step=one.get("next_step", ""),
        by=town.actor("samordnare"),
    )


def _refrain(town: Town, absence: dict[str, Any]) -> None:
    promises.decide_no_promise(
        town.measures[absence["measure"]],
        decision=town.decisions[absence["decision"]],
        why=absence["why"],
        by=town.actor("samordnare"),
    )
