"""The exercise municipality's history, made through the real commands, each with the clock at its day.

The story is in `story/`, one file a chapter, and its numbers in `data/`. The modules beside this one say
which commands tell a chapter; `diary` puts all acts in the order they happened.
"""

from collections.abc import Callable

from samsyn.demo import (
    causes,
    dialogue,
    duties,
    following_up,
    looking_back,
    measures,
    pictures,
    plans,
    promises,
    requests,
    steps,
    town,
    umea,
)
from samsyn.demo.diary import Diary

Say = Callable[[str], object]
HAPPENS = {
    2023: "the parties, their people and the agreement of the time",
    2024: "the first picture and the first plan",
    2025: "new agreements, the dialogue and the promises",
    2026: "the second picture and plan, and how it went",
}


def load(*, say: Say) -> None:
    """Both partnerships, from nothing to today."""
    diary, alvhamra = Diary(), town.Town()
    umea.begin(diary)
    town.begin(diary, alvhamra)
    town.meet(diary, alvhamra)
    pictures.draw(diary, alvhamra, "picture-2024")
    measures.plan(diary, alvhamra)
    plans.decide(diary, alvhamra)
    requests.ask(diary, alvhamra)
    dialogue.ask(diary, alvhamra)
    promises.promise(diary, alvhamra)
    looking_back.look_back(diary, alvhamra)
    pictures.draw(diary, alvhamra, "picture-2026")
    duties.keep(diary, alvhamra)
    causes.explain(diary, alvhamra)
    following_up.follow_up(diary, alvhamra)
    steps.judge(diary, alvhamra)
    diary.live(say=lambda year: say(f"{year}: {HAPPENS.get(year, '…')}"))
