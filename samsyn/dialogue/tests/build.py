"""Dialogues and voices, made through the real commands."""

from datetime import timedelta
from uuid import uuid4

from samsyn.core import clock
from samsyn.core.actors import VISITOR
from samsyn.dialogue import services
from samsyn.dialogue.models import Dialogue, Theme, Voice
from samsyn.parties.models import Area
from samsyn.parties.tests.build import Town


def dialogue(town: Town, *, question: str = "Var känner du dig otrygg?") -> Dialogue:
    """Published and open."""
    made = services.open_dialogue(
        town.partnership,
        question=question,
        introduction="",
        about=Dialogue.About.PICTURE,
        area=Area.objects.filter(partnership=town.partnership).earliest("code"),
        opens=clock.today(),
        closes=clock.today() + timedelta(days=30),
        by=town.coordinator,
    )
    services.publish_dialogue(made, by=town.coordinator)
    return Dialogue.objects.get(pk=made.pk)


def voice(town: Town, dialogue: Dialogue, *, text: str = "Det är mörkt vid busshållplatsen.") -> Voice:
    services.answer(dialogue, text=text, submission=uuid4(), by=VISITOR)
    return Voice.objects.filter(dialogue=dialogue).latest("id")


def theme(town: Town, dialogue: Dialogue, *, voices: list[Voice], title: str = "Belysning") -> Theme:
    made = services.add_theme(dialogue, title=title, summary="", by=town.coordinator)
    for one in voices:
        services.accept_voice(one, by=town.coordinator)
        services.sort_voice(one, theme=made, is_quoted=True, by=town.coordinator)
    return made
