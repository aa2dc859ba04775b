"""What the parties look through before the second picture: figures of every method one can be made with."""

from typing import Any

from samsyn.demo.diary import Diary, told
from samsyn.demo.evidence import Room
from samsyn.demo.town import Town


def look_back(diary: Diary, town: Town) -> None:
    for look in told("history"):
        diary.on(look["day"], lambda look=look: _look(town, look))  # type: ignore[misc]


def _look(town: Town, given: dict[str, Any]) -> None:
    room = Room(town.party(given["party"]), town.actor(given["by"]), town.partnership)
    for file in given.get("arrives", ()):
        room.arrives(file)
    for one in given["figures"]:
        for measure in one["measures"]:
            for question in one["questions"]:
                room.figure(file=one["file"], measure=measure, question=question)
