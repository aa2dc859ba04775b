"""Outlines of areas as they are kept: whole metres in SWEREF 99 TM, simplified, with who is next to whom.

Plain numbers, so that whoever draws or compares them needs no geographic library.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from samsyn.evidence.asking import Place

Ring = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Outline:
    """One area. Holes are rings among the others: what lies in an even number of rings is outside."""

    code: str
    name: str
    rings: tuple[Ring, ...]
    inside: tuple[int, int]  # a point that surely lies in it, where its name can stand
    beside: tuple[str, ...]  # codes of the areas that it shares a border or a corner with
    # How many rings each part has, the outer one first. Unknown of outlines kept before that was noted.
    parts: tuple[int, ...] = ()

    @classmethod
    def of(cls, plain: dict[str, Any]) -> "Outline":
        rings = tuple(tuple((x, y) for x, y in ring) for ring in plain["rings"])
        x, y = plain["inside"]
        return cls(
            plain["code"], plain["name"], rings, (x, y), tuple(plain["beside"]), tuple(plain.get("parts", ()))
        )


def unpacked(content: bytes) -> tuple[Outline, ...]:
    return tuple(Outline.of(one) for one in json.loads(content)["areas"])


def of_places(outlines: Sequence[Outline], places: Sequence[Place]) -> tuple[Outline, ...]:
    """The outline of each place, in their order. Nothing unless all have one: half a map says too much."""
    by_code, by_name = {one.code: one for one in outlines}, {one.name: one for one in outlines}
    found = [by_code.get(one.code) if one.code else by_name.get(one.name) for one in places]
    whole = [one for one in found if one is not None]
    return tuple(whole) if len(whole) == len(places) else ()
