"""The partnership's areas and their outlines: what maps are drawn of, and what everybody may fetch of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from samsyn.core import journal, objects
from samsyn.core.actors import Actor
from samsyn.evidence.asking import Asked, Ground, Place
from samsyn.evidence.models import Figure, Outlines
from samsyn.evidence.open_areas import OpenAreas
from samsyn.evidence.outlines import Outline, of_places, unpacked
from samsyn.parties.models import Area, Organisation, Partnership, User


def outlines_of(actor: Actor, partnership: Partnership) -> Outlines | None:
    """The outlines that maps are drawn from today. One query."""
    return Outlines.objects.visible_to(actor).filter(partnership=partnership, is_used=True).first()


def earlier_outlines(actor: Actor, partnership: Partnership) -> QuerySet[Outlines]:
    """Those that are out of use, newest first. One query."""
    mine = Outlines.objects.visible_to(actor).filter(partnership=partnership, is_used=False)
    return mine.order_by("-id")


def drawn_on(actor: Actor, kept: Outlines) -> int:
    """How many of the party's own figures have a map of these areas. One query; opens each figure."""
    mine = Figure.objects.visible_to(actor).only("id", "party", "parameters")
    return sum(one.unpacked("parameters").get("outlines", {}).get("key") == kept.key for one in mine)


@dataclass(frozen=True)
class Happened:
    """What was done with outlines, by whom and when. Of the other party's people their party is named."""

    command: str
    outlines: UUID
    day: date
    who: str
    is_open: bool


CHANGES = tuple(f"evidence.{verb}_outlines" for verb in ("keep", "drop", "use", "open"))
SHOWN = 30


def happened_to_outlines(actor: Actor, partnership: Partnership) -> list[Happened]:
    """What the journal says of the partnership's outlines, newest first. Three queries."""
    found = journal.Entry.objects.visible_to(actor).filter(chain=partnership.pk, command__in=CHANGES)
    entries = list(found.order_by("-sequence")[:SHOWN])
    people = {one.pk: str(one) for one in User.objects.visible_to(actor)}
    parties = {one.pk: one.name for one in Organisation.objects.visible_to(actor)}
    return [
        Happened(
            one.command,
            UUID(one.facts["outlines"]),
            one.day,
            people.get(one.user_id or one.pk) or parties.get(one.party_id or one.pk, ""),
            one.facts.get("is_open") == "true",
        )
        for one in entries
    ]


def open_areas(partnership: Partnership, figures: Sequence[Mapping[str, Any]]) -> list[OpenAreas]:
    """The areas of these published figures' maps, of outlines that everybody may fetch.

    For the public site: the caller answers for the figures being released and in use. At most one query, none
    without a map; one object for each file of outlines.
    """
    asked = [Asked.of(one["parameters"]) for one in figures if "outlines" in one.get("parameters", {})]
    places = [(one.ground.key, one.places) for one in asked if one.ground]
    if not places:
        return []
    keys = {key for key, _ in places}
    kept = Outlines.objects.filter(partnership=partnership, is_open=True, key__in=keys).order_by("id")
    found = []
    for one in {row.key: row for row in kept}.values():
        drawn = [of_places(outlined(one), those) for key, those in places if key == one.key]
        areas = {outline.code: outline for outlines in drawn for outline in outlines}
        if areas:
            ordered = tuple(areas[code] for code in sorted(areas))
            found.append(OpenAreas(ordered, one.source, one.licence, one.kept_on))
    return found


def outlined(kept: Outlines) -> tuple[Outline, ...]:
    """The areas that have an outline. No queries, one object."""
    return unpacked(objects.get(kept.key))


def ground_of(actor: Actor, partnership: Partnership, places: Sequence[Place]) -> Ground | None:
    """What a comparison of these places is drawn on; nothing when one of them has no outline. One query."""
    kept = outlines_of(actor, partnership)
    if kept is None or not of_places(outlined(kept), places):
        return None
    return Ground(kept.key, f"{kept.source}, {kept.licence}")


def areas_of(actor: Actor, partnership: Partnership) -> dict[str, str]:
    """Names of the partnership's areas by code, the municipality first. One query."""
    areas = Area.objects.visible_to(actor).filter(partnership=partnership).order_by("kind", "name")
    found = {area.code: area.name for area in areas}
    own = partnership.municipality_code
    return {own: found.pop(own, partnership.name)} | found


def peopled_areas(actor: Actor, partnership: Partnership) -> dict[str, str]:
    """Areas whose population can be entered: one's own, and those of the maps. Two queries, one object."""
    kept = outlines_of(actor, partnership)
    small = {one.code: one.name for one in outlined(kept)} if kept else {}
    return small | areas_of(actor, partnership)


objects.named_by(Outlines, "key")
