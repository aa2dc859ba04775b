"""Areas as everybody may fetch them: GeoJSON as RFC 7946 has it, in WGS 84, with source and licence.

In plain numbers: a page needs no geographic library.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any, Final

from samsyn.evidence.outlines import Outline, Ring

GEOJSON: Final = "application/geo+json"
DIGITS: Final = 6  # of a degree: a tenth of a metre, and outlines are in whole metres

# SWEREF 99 TM: GRS 80, and what Lantmäteriet states of the projection.
AXIS_M, FLATTENING = 6_378_137.0, 1 / 298.257222101
CENTRAL_MERIDIAN, SCALE, FALSE_EASTING_M = math.radians(15), 0.9996, 500_000.0


@dataclass(frozen=True)
class OpenAreas:
    """Some areas of one file of outlines, with its source and licence."""

    outlines: tuple[Outline, ...]
    source: str
    licence: str
    kept_on: date


def geojson(areas: Sequence[OpenAreas], *, said: str = "") -> dict[str, Any]:
    """A collection of features; `said` is what whoever meets the file alone must know."""
    found: dict[str, Any] = {"type": "FeatureCollection"}
    if said:
        found["description"] = said
    found["sources"] = [
        {"source": one.source, "licence": one.licence, "kept": one.kept_on.isoformat()} for one in areas
    ]
    found["features"] = [
        {
            "type": "Feature",
            "properties": {
                "code": outline.code,
                "name": outline.name,
                "source": one.source,
                "licence": one.licence,
            },
            "geometry": {"type": "MultiPolygon", "coordinates": _parts(outline)},
        }
        for one in areas
        for outline in one.outlines
    ]
    return found


def _parts(outline: Outline) -> list[list[list[list[float]]]]:
    """The outer ring of each part counterclockwise, its holes clockwise, each closed: the right-hand rule."""
    parts, place = [], 0
    for rings in outline.parts:
        outer, *holes = outline.rings[place : place + rings]
        parts.append([_ring(outer, is_outer=True), *(_ring(one, is_outer=False) for one in holes)])
        place += rings
    return parts


def _ring(ring: Ring, *, is_outer: bool) -> list[list[float]]:
    closed = [*ring, ring[0]]
    turn = sum(
        x * b - a * y for (x, y), (a, b) in pairwise(closed)
    )  # twice the area: above 0 counterclockwise
    if (turn > 0) is not is_outer:
        closed.reverse()
    return [[round(one, DIGITS) for one in degrees(x, y)] for x, y in closed]


def degrees(east_m: float, north_m: float) -> tuple[float, float]:
    """Longitude and latitude of a place in SWEREF 99 TM.

    Lantmäteriet, Gauss Conformal Projection (Transverse Mercator): Krüger's formulas. To a millimetre; O(1).

    >>> [round(one, 6) for one in degrees(356_083.438, 6_097_106.672)]
    [12.75, 55.0]
    """
    xi, eta = north_m / (SCALE * RADIUS_M), (east_m - FALSE_EASTING_M) / (SCALE * RADIUS_M)
    turns = [(2 * step, delta) for step, delta in enumerate(DELTAS, 1)]
    on_xi = xi - sum(delta * math.sin(n * xi) * math.cosh(n * eta) for n, delta in turns)
    on_eta = eta - sum(delta * math.cos(n * xi) * math.sinh(n * eta) for n, delta in turns)
    conformal = math.asin(math.sin(on_xi) / math.cosh(on_eta))
    sine = math.sin(conformal)
    series = sum(factor * sine ** (2 * power) for power, factor in enumerate(STARS))
    latitude = conformal + sine * math.cos(conformal) * series
    longitude = CENTRAL_MERIDIAN + math.atan2(math.sinh(on_eta), math.cos(on_xi))
    return math.degrees(longitude), math.degrees(latitude)


N: Final = FLATTENING / (2 - FLATTENING)
RADIUS_M: Final = AXIS_M / (1 + N) * (1 + N**2 / 4 + N**4 / 64)
DELTAS: Final = (
    N / 2 - 2 / 3 * N**2 + 37 / 96 * N**3 - N**4 / 360,
    N**2 / 48 + N**3 / 15 - 437 / 1440 * N**4,
    17 / 480 * N**3 - 37 / 840 * N**4,
    4397 / 161_280 * N**4,
)
E2: Final = FLATTENING * (2 - FLATTENING)
STARS: Final = (
    E2 + E2**2 + E2**3 + E2**4,
    -(7 * E2**2 + 17 * E2**3 + 30 * E2**4) / 6,
    (224 * E2**3 + 889 * E2**4) / 120,
    -(4279 * E2**4) / 1260,
)
