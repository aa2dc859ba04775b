"""What the public may read: releases in use, and nothing else."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from samsyn.core.actors import SYSTEM, VISITOR
from samsyn.core.errors import Missing
from samsyn.parties.models import Membership, Organisation, Partnership
from samsyn.releases.models import Audience, Printout, Release


@dataclass(frozen=True)
class Shown:
    """One release as a public page uses it."""

    release: Release
    content: dict[str, Any]


def partnership_at(slug: str) -> Partnership:
    """The partnership behind a public address. One query."""
    found = Partnership.objects.visible_to(SYSTEM).filter(slug=slug).first()
    if found is None:
        raise Missing
    return found


def partnerships() -> list[Partnership]:
    """Those that have shown something, by name. One query."""
    shown = Release.objects.visible_to(VISITOR).filter(audience=Audience.PUBLIC).values("partnership")
    return list(Partnership.objects.visible_to(SYSTEM).filter(pk__in=shown).order_by("name"))


@dataclass(frozen=True)
class Contact:
    """Whom to turn to in one partnership."""

    partnership: Partnership
    parties: list[Organisation]


def contacts() -> list[Contact]:
    """The parties behind what is shown, municipality first. Two queries."""
    shown = partnerships()
    members = Membership.objects.visible_to(SYSTEM).filter(partnership__in=shown, is_party=True)
    parties: dict[UUID, list[Organisation]] = defaultdict(list)
    for member in members.select_related("organisation").order_by("-organisation__kind"):
        parties[member.partnership_id].append(member.organisation)
    return [Contact(one, parties[one.pk]) for one in shown]


def shown(partnership: Partnership, *kinds: str) -> list[Shown]:
    """Public releases in use, newest first. One query."""
    releases = Release.objects.visible_to(VISITOR).in_use().filter(partnership=partnership, kind__in=kinds)
    releases = releases.select_related("partnership")
    return [Shown(one, one.payload["content"]) for one in releases.order_by("-released_at")]


def newest(partnership: Partnership, kind: str) -> Shown | None:
    """The release of a kind that holds now. One query."""
    return next(iter(shown(partnership, kind)), None)


def shown_release(partnership: Partnership, pk: UUID, kind: str) -> Shown:
    """One release in use, also where a newer one holds now: what was quoted can be looked up. One query."""
    releases = Release.objects.visible_to(VISITOR).in_use().filter(partnership=partnership, kind=kind, pk=pk)
    found = releases.select_related("partnership").first()
    if found is None:
        raise Missing
    return Shown(found, found.payload["content"])


def reviews_of(partnership: Partnership, picture: Shown) -> list[Shown]:
    """When somebody went through this picture after its adoption, newest day first. One query."""
    found = [
        one
        for one in shown(partnership, "pictures.review")
        if one.content["picture"] == picture.content["picture"]
    ]
    return sorted(found, key=lambda one: str(one.content["day"]), reverse=True)


def figure_in(picture: Shown, *, point: int, number: int) -> dict[str, Any]:
    """A figure of a picture by its place on the page, counted from one. No queries."""
    points = picture.content.get("points", [])
    figures = points[point - 1].get("figures", []) if 0 < point <= len(points) else []
    if not 0 < number <= len(figures):
        raise Missing
    return dict(figures[number - 1])


def figures_in(picture: Shown) -> list[dict[str, Any]]:
    """All figures that the page shows. What is held back has none. No queries."""
    shown = [point for point in picture.content.get("points", []) if not point.get("held_back")]
    return [figure for point in shown for figure in point.get("figures", [])]


def police_part_of(partnership: Partnership, plan: Shown) -> Shown | None:
    """What the police decided of their part of this very plan. One query."""
    parts = shown(partnership, "plans.police_part")
    return next((one for one in parts if one.content["plan"] == plan.content["plan"]), None)


def printout_of(partnership: Partnership, pk: UUID, *, language: str) -> Printout:
    """The document of a public release in use. One query."""
    releases = Release.objects.visible_to(VISITOR).in_use().filter(partnership=partnership, pk=pk)
    found = Printout.objects.visible_to(VISITOR).filter(release__in=releases, language=language)
    printout = found.select_related("release__partnership").first()
    if printout is None:
        raise Missing
    return printout


@dataclass(frozen=True)
class AreaPromises:
    name: str
    slug: str
    promises: list[Shown]


def promises_by_area(partnership: Partnership) -> list[AreaPromises]:
    """Promises with their reports, area by area in Swedish order. One query."""
    by_area: dict[tuple[str, str], list[Shown]] = defaultdict(list)
    for one in shown(partnership, "promises.promise"):
        by_area[one.content["area"]["name"], one.content["area"]["slug"]].append(one)
    found = [AreaPromises(name, slug, promises) for (name, slug), promises in by_area.items()]
    return sorted(found, key=lambda area: swedish_order(area.name))


def swedish_order(text: str) -> list[int]:
    """A … Z, Å, Ä, Ö: the alphabet's own order, not that of the code points."""
    return ["abcdefghijklmnopqrstuvwxyzåäö".find(letter) for letter in text.casefold()]


def what_became_of(partnership: Partnership, theme_ids: set[str]) -> list[Shown]:
    """Promises and pictures that build on these themes. One query."""
    if not theme_ids:
        return []
    candidates = shown(partnership, "promises.promise", "pictures.picture")
    return [one for one in candidates if any(theme in one.release.content for theme in theme_ids)]
