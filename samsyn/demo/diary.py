"""The exercise's history in the order it happened: each act is done with the clock at its own day."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from samsyn.core import clock

HERE = Path(__file__).parent
STORY = HERE / "story"
Act = Callable[[], object]
MORNING = 9


def told(name: str) -> Any:
    """A part of the story, from its file."""
    import yaml

    return yaml.safe_load((STORY / f"{name}.yaml").read_text())


class Diary:
    """Chapters write down what happens when, in any order; then it is lived through day by day."""

    def __init__(self) -> None:
        self._acts: list[tuple[date, Act]] = []

    def on(self, day: date, act: Act) -> None:
        """Acts of one day happen in the order they are written down."""
        self._acts.append((day, act))

    def live(self, *, say: Callable[[int], object]) -> None:
        """All of it, from the first day to the last."""
        year = 0
        for day, act in sorted(self._acts, key=lambda one: one[0]):
            if day.year != year:
                year = day.year
                say(year)
            with clock.at(datetime(day.year, day.month, day.day, MORNING, tzinfo=UTC)):
                act()
