"""Reading dialogues and what was said in them."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Prefetch, Q, QuerySet

from samsyn.core import canonical
from samsyn.core.actors import SYSTEM, Actor
from samsyn.core.canonical import Plain
from samsyn.dialogue.models import Dialogue, Theme, Voice, VoiceTheme
from samsyn.parties.models import Partnership
from samsyn.releases.models import Release


def dialogues_of(actor: Actor, partnership: Partnership) -> QuerySet[Dialogue]:
    """With how many voices wait and how many count. One query."""
    return (
        Dialogue.objects.visible_to(actor)
        .filter(partnership=partnership)
        .select_related("area", "release")
        .annotate(
            waiting=Count("voices", filter=Q(voices__state=Voice.State.RECEIVED)),
            heard=Count("voices", filter=Q(voices__state=Voice.State.ACCEPTED)),
        )
        .order_by("-opens", "-id")
    )


def themes_of(dialogue: Dialogue) -> QuerySet[Theme]:
    """With the number of voices that count. One query."""
    heard = Count("voices", filter=Q(voices__voice__state=Voice.State.ACCEPTED))
    return dialogue.themes.annotate(heard=heard).order_by("-heard", "title")


def voices_of(dialogue: Dialogue, *states: Voice.State) -> QuerySet[Voice]:
    """Newest last. One query."""
    return dialogue.voices.filter(state__in=states).order_by("received_on", "id")


def with_themes(voices: QuerySet[Voice]) -> QuerySet[Voice]:
    """And what they speak of. One query more."""
    return voices.prefetch_related(Prefetch("themes", VoiceTheme.objects.select_related("theme")))


def is_open(dialogue: Dialogue, day: date) -> bool:
    return dialogue.opens <= day <= dialogue.closes


def receipt_hash(code: str) -> str:
    """Codes are read aloud and typed by hand: case, spaces and dashes do not matter."""
    plain = "".join(letter for letter in code.upper() if letter.isalnum())
    return hashlib.sha256(plain.encode()).hexdigest()


def voice_behind(dialogue: Dialogue, code: str) -> Voice | None:
    """The voice whose writer holds this code. One query."""
    return dialogue.voices.filter(receipt=receipt_hash(code)).first()


def voice_named(partnership: Partnership, which: str) -> Voice | None:
    """By its id, or by the code of its receipt. One query."""
    here = Voice.objects.filter(partnership=partnership)
    try:
        return here.filter(pk=UUID(which)).first()
    except ValueError:
        return here.filter(receipt=receipt_hash(which)).first()


def releases_quoting(partnership: Partnership, text: str) -> list[Release]:
    """What was ever released with this very text in it. One query, over all that was."""
    written = canonical.text(text)[1:-1]
    mine = Release.objects.visible_to(SYSTEM).filter(partnership=partnership)
    return [release for release in mine.iterator() if written in release.content]


@dataclass(frozen=True)
class ThemeCount:
    """What a finding or a promise freezes of a theme."""

    theme: Theme
    heard: int
    quotes: Sequence[str]

    @property
    def payload(self) -> dict[str, Plain]:
        return {
            "theme": self.theme.pk,
            "title": self.theme.title,
            "summary": self.theme.summary,
            "question": self.theme.dialogue.question,
            "heard": self.heard,
            "quotes": list(self.quotes),
        }


def theme_count(theme: Theme) -> ThemeCount:
    """How many said it, and the quotes that were chosen. One query."""
    accepted = theme.voices.filter(voice__state=Voice.State.ACCEPTED).select_related("voice").order_by("id")
    linked = list(accepted)
    return ThemeCount(theme, len(linked), [one.voice.text for one in linked if one.is_quoted])


def dialogue_content(dialogue: Dialogue) -> dict[str, Plain]:
    """What the public site shows of a dialogue. Three queries and one per theme."""
    counts = [theme_count(theme) for theme in themes_of(dialogue).select_related("dialogue")]
    states = dict(dialogue.voices.values_list("state").annotate(Count("id")))
    return {
        "dialogue": dialogue.pk,
        "question": dialogue.question,
        "introduction": dialogue.introduction,
        "about": dialogue.about,
        "area": {"name": dialogue.area.name, "slug": dialogue.area.slug},
        "opens": dialogue.opens,
        "closes": dialogue.closes,
        "not_heard": dialogue.not_heard,
        "heard": states.get(Voice.State.ACCEPTED, 0),
        "refused": states.get(Voice.State.REFUSED, 0),
        "withdrawn": states.get(Voice.State.WITHDRAWN, 0),
        "themes": [count.payload for count in counts],
    }
