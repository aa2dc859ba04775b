"""What the police look through before the second picture: figures of every method one can be made with."""

from typing import Any

from samsyn.demo.diary import Diary, told
from samsyn.demo.evidence import Room
from samsyn.demo.town import Town


def look_back(diary: Diary, town: Town) -> None:
    given = told("history")
    diary.on(given["day"], lambda: _look(town, given["figures"]))


def _look(town: Town, wanted: list[dict[str, Any]]) -> None:
    room = Room(town.police, town.actor("kommunpolis"), town.partnership)
    for one in wanted:
        for measure in one["measures"]:
            for question in one["questions"]:
                room.figure(file=one["file"], measure=measure, question=question)
