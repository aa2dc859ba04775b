"""What the parties said of the five steps, where no data can tell how far they have come."""

from typing import Any

from samsyn.council import services as council
from samsyn.council.models import StepStanding
from samsyn.council.steps import Line
from samsyn.demo.diary import Diary, told
from samsyn.demo.town import Town


def judge(diary: Diary, town: Town) -> None:
    for one in told("steps"):
        diary.on(one["day"], lambda one=one: _say(town, one))  # type: ignore[misc]


def _say(town: Town, given: dict[str, Any]) -> None:
    council.say_of_step(
        town.partnership,
        line=Line(given["line"]),
        level=StepStanding.Level(given["level"]) if "level" in given else None,
        comment=given.get("comment", ""),
        who=given.get("who", ""),
        due=given.get("due"),
        by=town.actor(given["by"]),
    )
