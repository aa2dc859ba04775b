"""Reading one's own draft when the joint picture is adopted: what of it is found elsewhere too."""

from dataclasses import dataclass
from typing import Any

from samsyn.core.actors import Actor
from samsyn.pictures import queries
from samsyn.pictures.comparison import WORDS
from samsyn.pictures.models import DraftFinding, Picture, PrivateDraft
from samsyn.releases.models import Release


@dataclass(frozen=True)
class Found:
    finding: DraftFinding
    is_elsewhere: bool  # word for word in a copy that was shared, with all that it says


def is_adopted(actor: Actor, draft: PrivateDraft) -> bool:
    """Whether a joint picture of its period is adopted where the party takes part. One query."""
    found = Picture.objects.visible_to(actor).filter(period=draft.period).exclude(release=None)
    return found.exists()


def findings_of(actor: Actor, draft: PrivateDraft) -> list[Found]:
    """In the order they were written, without those that were emptied. Three queries."""
    shared = Release.objects.visible_to(actor).filter(kind="pictures.draft", sender=draft.party_id)
    elsewhere = {
        _words(said)
        for release in shared
        for said in release.payload["content"].get("findings", ())
        if not said.get("held_back")
    }
    return [
        Found(one, _words({name: getattr(one, name) for name in WORDS}) in elsewhere)
        for one in queries.own_findings(actor, draft)
        if str(one.title)
    ]


def _words(said: Any) -> tuple[str, ...]:
    """Shares and rows from before gaps in knowledge were written down say nothing of them."""
    return tuple(str(said.get(name) or "") for name in WORDS)
