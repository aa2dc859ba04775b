"""What a room above offers to do with what a page of a lower room shows; the lower knows nothing of it."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from samsyn.core.actors import Actor
from samsyn.core.errors import Sentence
from samsyn.core.thread import Place


@dataclass(frozen=True)
class Step:
    """A button, and what it is for."""

    heading: Sentence
    text: Sentence
    action: Sentence
    url: str  # posted to


Offer = Callable[[Actor, Place], Step | None]
_offers: dict[str, list[Offer]] = {}


def offers(page: str) -> Callable[[Offer], Offer]:
    """Let a function say what can be done on a page; None when there is nothing to do there."""

    def register(offer: Offer) -> Offer:
        _offers.setdefault(page, []).append(offer)
        return offer

    return register


def on(page: str, actor: Actor, *, partnership: UUID, slug: str) -> list[Step]:
    """What this actor can do on the page. As many queries as the rooms above ask."""
    place = Place(partnership, slug)
    return [step for offer in _offers.get(page, []) if (step := offer(actor, place))]
