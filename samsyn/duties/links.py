"""Where the evidence behind a state can be opened, for those who may open it."""

from dataclasses import dataclass
from datetime import date

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from samsyn.core import permissions
from samsyn.core.actors import Actor
from samsyn.core.errors import Sentence
from samsyn.duties import sentences
from samsyn.duties.judging import Duty
from samsyn.duties.models import EventKind
from samsyn.duties.record import Noted

# By kind of evidence: the page, and who may open it. What was recorded by hand has a page of its own.
PAGES: dict[str, tuple[str, str]] = {
    "agreement": ("agreements:agreement", "agreements.see_agreement"),
    "signature": ("agreements:agreement", "agreements.see_agreement"),
    "change": ("agreements:agreement", "agreements.see_agreement"),
    "notice": ("agreements:agreement", "agreements.see_agreement"),
    "picture": ("pictures:picture", "pictures.see_pictures"),
    "review": ("pictures:picture", "pictures.see_pictures"),
    "meeting": ("council:meeting", "council.see_council"),
    "plan": ("plans:plan", "plans.see_plans"),
    "follow_up": ("plans:follow_up", "plans.see_follow_ups"),
    "decision": ("council:index", "council.see_council"),
    "report": ("council:index", "council.see_council"),
    "dialogue": ("dialogue:dialogue", "dialogue.see_dialogues"),
    "promise": ("promises:promise", "promises.see_promises"),
}


# What meets a duty in the product: the words of the link, the page, and who may open it.
CLOSES: dict[str, tuple[Sentence, str, str]] = {
    "picture": (_("Go to the picture"), "pictures:index", "pictures.see_pictures"),
    "agreement": (_("Go to the agreement"), "agreements:index", "agreements.see_agreement"),
    "plan": (_("Go to the plans"), "plans:plans", "plans.see_plans"),
    "follow_up": (_("Go to the follow-up reports"), "plans:follow_ups", "plans.see_follow_ups"),
    "meeting": (_("Go to the council"), "council:index", "council.see_council"),
    "dialogue": (_("Ask residents"), "dialogue:index", "dialogue.see_dialogues"),
    "promise": (_("Go to the promises"), "promises:index", "promises.see_promises"),
}


@dataclass(frozen=True)
class Step:
    """What somebody can do about a duty."""

    word: Sentence
    url: str


def steps_of(duty: Duty, actor: Actor, slug: str, *, by_hand: bool) -> list[Step]:
    """First where the product does it, then what was done elsewhere and is told by hand."""
    found = [
        Step(word, reverse(page, args=[slug]))
        for kind in duty.counts
        if kind in CLOSES
        for word, page, permission in (CLOSES[kind],)
        if permissions.allowed(permission, actor, None)
    ]
    for kind in duty.counts if by_hand else ():
        if kind in EventKind.values:
            address = reverse("duties:record", args=[slug, kind])
            found.append(Step(_("Record: %(what)s") % {"what": EventKind(kind).label}, address))
    return found


@dataclass(frozen=True)
class Link:
    """A piece of evidence: what it is, the day it holds, since when it is known, and its page."""

    word: Sentence
    day: date
    known: date
    url: str = ""


def link_of(one: Noted, actor: Actor, slug: str) -> Link:
    by_hand = "event" in one.facts
    word = sentences.EVIDENCE.get(one.kind) or EventKind(one.kind).label
    name, permission = ("duties:event", "duties.see_duties") if by_hand else PAGES.get(one.kind, ("", ""))
    may = bool(name) and permissions.allowed(permission, actor, None)
    return Link(word, one.day, one.known, _address(name, slug, one.object) if may else "")


def _address(name: str, slug: str, key: str) -> str:
    for arguments in ([slug, key], [slug]):
        try:
            return reverse(name, args=arguments)
        except NoReverseMatch:
            continue
    return ""
