"""What is not done with an answer."""

from uuid import uuid4

import pytest

from samsyn.core.actors import VISITOR
from samsyn.core.errors import Refused
from samsyn.core.journal import Entry
from samsyn.dialogue import services
from samsyn.dialogue.models import Theme, Voice, VoiceTheme
from samsyn.dialogue.tests import build
from samsyn.parties.tests.build import Town


def test_an_answer_is_withdrawn_once(town: Town) -> None:
    dialogue = build.dialogue(town)
    code = services.answer(dialogue, text="Jag ångrar mig.", submission=uuid4(), by=VISITOR)
    services.withdraw_voice(dialogue, code=code, by=VISITOR)

    with pytest.raises(Refused, match="withdrawn already"):
        services.withdraw_voice(dialogue, code=code, by=VISITOR)

    assert Entry.objects.filter(command="dialogue.withdraw_voice").count() == 1


def sorted_under(town: Town, voice: Voice, theme: Theme) -> None:
    services.sort_voice(voice, theme=theme, is_quoted=False, by=town.coordinator)


def test_only_an_accepted_answer_stands_under_a_theme_and_one_of_its_own_dialogue(town: Town) -> None:
    asked, other = build.dialogue(town), build.dialogue(town, question="Vad ska göras?")
    waiting, accepted = build.voice(town, asked), build.voice(town, asked)
    services.accept_voice(accepted, by=town.coordinator)
    here, there = build.theme(town, asked, voices=[]), build.theme(town, other, voices=[])

    with pytest.raises(Refused, match="Accept the answer before"):
        sorted_under(town, waiting, here)
    with pytest.raises(Refused, match="theme of the same dialogue"):
        sorted_under(town, accepted, there)

    assert not VoiceTheme.objects.exists()
