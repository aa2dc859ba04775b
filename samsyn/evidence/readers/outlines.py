"""The outlines of a partnership's areas from a file of areas: chosen, simplified together, made plain."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from samsyn.evidence.readers import places
from samsyn.evidence.readers.geography import is_swedish
from samsyn.evidence.readers.layer import Layer
from samsyn.evidence.readers.layers import SWAPPED, layers_of
from samsyn.evidence.readers.recognise import read
from samsyn.evidence.readers.table import Answers, Kind, Refusal, Shape

MOST_AREAS: Final = 400
MOST_CORNERS: Final = 20_000
STEPS: Final = 800  # of the larger side: finer than a page can show
SMALL_AREAS: Final = r"[ABC]\d{4}|R\d{3}"  # SCB's DeSO and RegSO, after the municipality's code
TOUCHING_M: Final = 1.0  # neighbours in files that round their coordinates


def read_outlines(
    data: bytes,
    *,
    name: str,
    areas: Mapping[str, str],
    municipality: str,
    layers: Sequence[str] = (),
    may_turn: bool = False,
) -> bytes:
    """Canonical JSON of the areas that are the partnership's or SCB's small areas within its municipality.

    `layers` of the file, where it has several; `may_turn` when somebody has agreed to coordinates that stand
    the other way round. Raises Refusal: not_areas, which_layer, turned_round, no_code_column, outside_sweden,
    other_areas, not_polygons, too_many_areas, and what the readers of the formats refuse.
    """
    own = _own(areas, municipality)
    answers: list[Answers] = [{"layer": one} for one in layers] or [{}]
    shapes = [
        one
        for answer in answers
        for one in _shapes(data, name, {**answer, "own_areas": own.pattern}, may_turn=may_turn)
    ]
    chosen = [one for one in shapes if own.fullmatch(one.area_code)]
    if not chosen:
        raise Refusal("other_areas", found=shapes[0].area_code)
    whole = _whole(chosen)
    if len(whole) > MOST_AREAS:
        raise Refusal("too_many_areas", areas=len(whole), most=MOST_AREAS)
    names = {one.area_code: areas.get(one.area_code) or one.area_name or one.area_code for one in chosen}
    return json.dumps({"areas": _plain(whole, names)}, ensure_ascii=False, separators=(",", ":")).encode()


def layers_to_choose(
    data: bytes, *, name: str, areas: Mapping[str, str], municipality: str
) -> tuple[Layer, ...]:
    """What each layer of the file holds, and how many of the partnership's areas."""
    return layers_of(data, name=name, own=_own(areas, municipality).pattern)


def _own(areas: Mapping[str, str], municipality: str) -> re.Pattern[str]:
    return re.compile("|".join([*map(re.escape, areas), f"{re.escape(municipality)}(?:{SMALL_AREAS})"]))


def _shapes(data: bytes, name: str, answers: Answers, *, may_turn: bool) -> tuple[Shape, ...]:
    reading = read(data, name=name, answers=answers)
    if reading.kind is not Kind.AREAS:
        raise Refusal("not_areas")
    asked = {question.key for question in reading.questions}
    if "crs" in asked:
        raise Refusal("outside_sweden")
    if "area_field" in asked or not any(shape.area_code for shape in reading.shapes):
        raise Refusal("no_code_column")
    if not may_turn and any(note.code in SWAPPED for note in reading.notes):
        raise Refusal("turned_round")
    return reading.shapes


def _whole(shapes: list[Shape]) -> dict[str, Any]:
    """One geometry for each code; an area may come in several rows."""
    import shapely

    parts: dict[str, list[Any]] = {}
    for one in shapes:
        found = [
            part
            for part in shapely.get_parts(shapely.get_parts([shapely.from_wkb(one.wkb)])).tolist()
            if part.geom_type == "Polygon"
        ]
        if not found:
            raise Refusal("not_polygons", area=one.area_code)
        west, south, east, north = shapely.total_bounds(found).tolist()
        if not (is_swedish(west, south) and is_swedish(east, north)):
            raise Refusal("outside_sweden")
        parts.setdefault(one.area_code, []).extend(found)
    return {code: shapely.union_all(parts[code]) for code in sorted(parts)}


def _plain(whole: Mapping[str, Any], names: Mapping[str, str]) -> list[dict[str, Any]]:
    import shapely

    shapes = list(whole.values())
    west, south, east, north = shapely.total_bounds(shapes).tolist()
    step = max(1.0, max(east - west, north - south) / STEPS)
    simple = _simpler(whole, step)
    if int(shapely.get_num_coordinates(list(simple.values())).sum()) > MOST_CORNERS:
        raise Refusal("too_large")
    codes = list(whole)
    parts = {code: _parts(simple[code]) for code in codes}
    beside: dict[str, list[str]] = {code: [] for code in codes}
    for one, other in shapely.STRtree(shapes).query(shapes, predicate="dwithin", distance=TOUCHING_M).T:
        if one != other:
            beside[codes[one]].append(codes[other])
    return [
        {
            "code": code,
            "name": names[code],
            "rings": [ring for part in parts[code] for ring in part],
            "parts": [len(part) for part in parts[code]],
            "inside": _point(simple[code]),
            "beside": sorted(beside[code]),
        }
        for code in codes
    ]


def _simpler(whole: Mapping[str, Any], step: float) -> dict[str, Any]:
    """Borders that two areas share are made simpler once, so that no gap opens between them.

    A file may hold districts and the small areas that lie in them: each kind is whole by itself.
    """
    import shapely

    kinds: dict[re.Pattern[str] | None, list[str]] = {}
    for code in whole:
        kind = next((kind for kind in (places.DESO, places.REGSO) if kind.fullmatch(code)), None)
        kinds.setdefault(kind, []).append(code)
    simple: dict[str, Any] = {}
    for mine in kinds.values():
        shapes = [whole[code] for code in mine]
        if shapely.coverage_is_valid(shapes):
            shapes = shapely.coverage_simplify(shapes, step).tolist()
        else:
            shapes = [one.simplify(step) for one in shapes]
        simple |= dict(zip(mine, shapes, strict=True))
    return simple


def _parts(shape: Any) -> list[list[list[list[int]]]]:
    """The rings of each part, its outer one first: whole metres, without the corner that closes one."""
    parts = [
        [
            corners
            for ring in (part.exterior, *part.interiors)
            if len(corners := [[round(x), round(y)] for x, y in ring.coords[:-1]]) > 2
        ]
        for part in getattr(shape, "geoms", [shape])
    ]
    return [part for part in parts if part]


def _point(shape: Any) -> list[int]:
    """The middle of the largest circle in its largest part: a name has most room there."""
    import shapely

    largest = max(getattr(shape, "geoms", [shape]), key=lambda part: part.area)
    width = max(largest.bounds[2] - largest.bounds[0], largest.bounds[3] - largest.bounds[1])
    circle = shapely.maximum_inscribed_circle(largest, tolerance=max(1.0, width / 100))
    x, y = circle.coords[0]
    return [round(x), round(y)]
