"""What the parties asked each other for, and what was answered."""

from typing import Any

from samsyn.core.actors import SYSTEM
from samsyn.demo.diary import Diary, told
from samsyn.demo.town import Town
from samsyn.evidence import services as evidence
from samsyn.evidence.models import EvidenceRequest
from samsyn.evidence.models.requests import Outcome
from samsyn.parties.models import Title


def ask(diary: Diary, town: Town) -> None:
    for one in told("requests"):
        diary.on(one["day"], lambda one=one: _ask(town, one))  # type: ignore[misc]
        for answer in one.get("answers", ()):
            diary.on(answer["day"], lambda one=one, answer=answer: _answer(town, one, answer))  # type: ignore[misc]


def _ask(town: Town, given: dict[str, Any]) -> None:
    evidence.ask_for_evidence(
        town.partnership,
        party=town.party(given["of"]),
        title=Title(given["title"]),
        what=given["what"],
        text=given["text"],
        due=given["due"],
        by=town.actor(given["by"]),
    )


def _answer(town: Town, asked: dict[str, Any], given: dict[str, Any]) -> None:
    evidence.reply_to_request(
        EvidenceRequest.objects.visible_to(SYSTEM).get(partnership=town.partnership, what=asked["what"]),
        outcome=Outcome(given["outcome"]),
        text=given["text"],
        missing=given.get("missing", ""),
        by=town.actor(given["by"]),
    )
