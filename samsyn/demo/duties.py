"""What the law asks: what the municipality told by hand, and how it reads the law."""

from typing import Any

from samsyn.council.models import Body
from samsyn.demo.diary import Diary, told
from samsyn.demo.town import Town
from samsyn.duties import services as duties
from samsyn.duties.models import Event, EventKind, LocalPolicy
from samsyn.duties.services import Told

TOLD = ("until", "title", "months", "first_due", "reference", "note", "share", "actor")


def keep(diary: Diary, town: Town) -> None:
    """After the council's decisions of the same day. Whoever coordinates types it, else the secretary."""
    given = told("duties")
    policy, complete = given["policy"], given["complete"]
    diary.on(policy["day"], lambda: _read(town, policy))
    diary.on(complete["typed"], lambda: _declare(town, complete))
    for one in given["events"]:
        diary.on(one["day"], lambda one=one: _record(town, one))  # type: ignore[misc]
        if "ended" in one:
            diary.on(one["ended"], lambda one=one: _end(town, one))  # type: ignore[misc]


def _read(town: Town, given: dict[str, Any]) -> None:
    duties.set_policy(
        town.partnership,
        since=given["day"],
        reading=LocalPolicy.Reading(given["reading"]),
        unchanged_counts=given["unchanged_counts"],
        picture_body=Body.Kind(given["picture_body"]),
        plan_body=Body.Kind(given["plan_body"]),
        report_months=given["report_months"],
        reference=given["reference"],
        by=town.actor("nämndsekreterare"),
    )


def _declare(town: Town, given: dict[str, Any]) -> None:
    by = town.actor("nämndsekreterare")
    duties.declare_complete(town.partnership, since=given["since"], note=given["note"], by=by)


def _record(town: Town, given: dict[str, Any]) -> None:
    about = {name: given[name] for name in TOLD if name in given}
    own = Event.objects.filter(partnership=town.partnership, kind=EventKind.LOCAL_DUTY)
    duties.record_event(
        town.partnership,
        kind=EventKind(given["kind"]),
        told=Told(given["day"], ticks=tuple(given.get("ticks", ())), **about),
        decision=town.decisions[given["decision"]] if "decision" in given else None,
        duty=own.get(title=given["duty"]) if "duty" in given else None,
        by=town.actor("nämndsekreterare"),
    )


def _end(town: Town, given: dict[str, Any]) -> None:
    event = Event.objects.get(partnership=town.partnership, kind=given["kind"], day=given["day"])
    duties.end_event(event, last_day=given["ended"], by=town.actor("nämndsekreterare"))
