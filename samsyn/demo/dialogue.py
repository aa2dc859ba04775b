"""The dialogue of April 2025: what citizens said, what was left out, and who was not heard."""

from typing import Any
from uuid import uuid4

from samsyn.core.actors import VISITOR, Actor
from samsyn.demo.diary import Diary, told
from samsyn.demo.town import Town
from samsyn.dialogue import services as dialogues
from samsyn.dialogue.models import Dialogue, Voice


def ask(diary: Diary, town: Town) -> None:
    given = told("dialogue")
    diary.on(given["opens"], lambda: _open(town, given))
    diary.on(given["answered"], lambda: _listen(town, given))
    diary.on(given["summarised"], lambda: _summarise(town, given))


def _open(town: Town, given: dict[str, Any]) -> None:
    coordinator = town.actor("samordnare")
    dialogue = dialogues.open_dialogue(
        town.partnership,
        question=given["question"],
        introduction=given["introduction"],
        about=Dialogue.About.PICTURE,
        area=town.area("hela-kommunen"),
        opens=given["opens"],
        closes=given["closes"],
        by=coordinator,
    )
    dialogues.publish_dialogue(dialogue, by=coordinator)


def _its(town: Town) -> Dialogue:
    return Dialogue.objects.visible_to(town.actor("samordnare")).get(partnership=town.partnership)


def _listen(town: Town, given: dict[str, Any]) -> None:
    coordinator, dialogue = town.actor("samordnare"), _its(town)
    for one in given["themes"]:
        theme = dialogues.add_theme(dialogue, title=one["title"], summary="", by=coordinator)
        town.themes[theme.title] = theme
        for number in range(one["voices"]):
            voice = _answer(dialogue, one["words"], reader=coordinator)
            dialogues.accept_voice(voice, by=coordinator)
            dialogues.sort_voice(voice, theme=theme, is_quoted=number == 0, by=coordinator)
    for one in given["refused"]:
        for _number in range(one["voices"]):
            voice = _answer(dialogue, one["words"], reader=coordinator)
            dialogues.refuse_voice(voice, reason=Voice.Reason(one["reason"]), by=coordinator)
    for _number in range(given["withdrawn"]["voices"]):
        words = given["withdrawn"]["words"]
        code = dialogues.answer(dialogue, text=words, submission=uuid4(), by=VISITOR)
        dialogues.withdraw_voice(dialogue, code=code, by=VISITOR)


def _answer(dialogue: Dialogue, words: str, *, reader: Actor) -> Voice:
    submission = uuid4()
    dialogues.answer(dialogue, text=words, submission=submission, by=VISITOR)
    return Voice.objects.visible_to(reader).get(dialogue=dialogue, submission=submission)


def _summarise(town: Town, given: dict[str, Any]) -> None:
    dialogues.summarise(_its(town), not_heard=given["not_heard"], by=town.actor("samordnare"))
