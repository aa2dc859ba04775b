"""Areas as shapes: GeoJSON, TopoJSON, GeoParquet, GeoPackage and Shapefile, all turned into SWEREF 99 TM."""

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final

from samsyn.evidence.readers import places
from samsyn.evidence.readers.roles import NAME_WORDS, level_of
from samsyn.evidence.readers.table import Answers, Kind, Note, Question, Reading, Refusal, Row, Shape, Status

if TYPE_CHECKING:
    import numpy as np
    from pyproj import Transformer
    from shapely.geometry.base import BaseGeometry

SWEREF: Final = 3006
WGS84: Final = 4326
MOST_FEATURES: Final = 100_000
NOTHING: Final = r"(?!)"
MEASURE: Final = "area of polygon in EPSG:3006"
CODE_FIELDS: Final = re.compile(
    r"(?:.*kod|.*code|.*_?id|.*nr|.*nummer|deso|regso|kommun|lan|län|geoid)(?:_?\d{2,4})?", re.I
)
CUT_NAMES: Final = re.compile(  # “stadsdelsnamn” in a shapefile, which keeps ten letters of it
    r"(?=.{9,10}$)(?:kommun|region|område|omrade|delområde|delomrade|stadsdel|distrikt|tätort|tatort)s?_?n(?:am?)?",
    re.I,
)
ROW_NUMBERS: Final = re.compile(r"fid|ogc_fid|gid|objectid(?:_1)?", re.I)  # a program's own, never a code


@dataclass(frozen=True, slots=True)
class Feature:
    properties: Mapping[str, Any]
    geometry: "BaseGeometry | None"


def system_of(text: str) -> int | None:
    """The EPSG code of a system however it is written: URN, `EPSG:3006`, ESRI's text, PROJJSON."""
    if re.search(r"CRS:?84|OGC:1\.3:CRS84", text[:200]):
        return WGS84
    if found := re.fullmatch(r"(?:urn:ogc:def:crs:)?EPSG:(?::|[\d.]*:)?(\d{4,6})", text.strip(), re.I):
        return int(found[1])
    from pyproj import CRS
    from pyproj.exceptions import CRSError

    try:
        system = CRS.from_user_input(text)
    except (CRSError, ValueError):
        return None
    code = system.to_epsg(min_confidence=70) or _by_parameters(system)
    return int(code) if code else None


def _by_parameters(system: Any) -> int | None:
    """ESRI's text carries no code; its parameters tell Sweden's own zones."""
    operation = system.coordinate_operation
    if (
        operation is None
        or "transverse" not in operation.method_name.casefold()
        or "SWEREF" not in system.to_wkt().upper()
    ):
        return None
    values = {parameter.name.casefold(): parameter.value for parameter in operation.params}
    meridian = values.get("longitude of natural origin", values.get("central_meridian"))
    east = values.get("false easting", values.get("false_easting"))
    zones = {
        12.0: 3007,
        13.5: 3008,
        15.0: 3009,
        16.5: 3010,
        18.0: 3011,
        14.25: 3012,
        15.75: 3013,
        17.25: 3014,
    }
    zones |= {18.75: 3015, 20.25: 3016, 21.75: 3017, 23.25: 3018}
    if east == 500_000 and meridian == 15:
        return SWEREF
    return zones.get(float(meridian)) if east == 150_000 and meridian is not None else None


def read_system(data: bytes) -> Reading:
    """A lone .prj file: which system it names."""
    code = system_of(data.decode("utf-8", errors="replace").strip())
    if code is None:
        raise Refusal("unknown_system")
    row = Row("", "", "", "EPSG code", None, None, "", Decimal(code), Status.OK, str(code))
    return Reading((row,), (Note("system", {"epsg": code}),), source="geography", kind=Kind.DESCRIPTION)


def is_geojson(data: Any) -> bool:
    return isinstance(data, dict) and data.get("type") in ("FeatureCollection", "Feature", "Topology")


@dataclass(frozen=True, slots=True)
class Loaded:
    """One layer as the file holds it, and the system that the file states."""

    features: list[Feature]
    system: int | None
    form: str

    def read(self, answers: Answers, *notes: Note) -> Reading:
        return read_features(self.features, self.system, answers, form=self.form).with_notes(*notes)


def chosen_layer(names: Sequence[str], answers: Answers) -> tuple[str, tuple[Note, ...]]:
    """The layer to read, and a note of it. Several are asked about through `answers["layer"]`."""
    asked = answers.get("layer")
    if asked is None and len(names) != 1:
        raise Refusal("which_layer" if names else "no_table", layers=", ".join(names)[:200])
    if asked is not None and asked not in names:
        raise Refusal("unknown_answer", key="layer", answer=str(asked)[:40])
    chosen = names[0] if asked is None else str(asked)
    others = [name for name in names if name != chosen]
    note = Note("layer_of_several", {"layer": chosen, "others": ", ".join(others)[:200]})
    return chosen, (note if others else Note("layer", {"layer": chosen}),)


def read_geojson(data: Mapping[str, Any], answers: Answers) -> Reading:
    """GeoJSON with or without the old `crs` member, and one object of a TopoJSON."""
    if data["type"] != "Topology":
        return load_geojson(data).read(answers)
    from samsyn.evidence.readers.topojson import layer_names

    layer, notes = chosen_layer(layer_names(data), answers)
    return load_geojson(data, layer).read(answers, *notes)


def load_geojson(data: Mapping[str, Any], layer: str = "") -> Loaded:
    """The features, of TopoJSON those of one object."""
    if data["type"] == "Topology":
        from samsyn.evidence.readers.topojson import features_of

        items, form = features_of(data, layer), "topojson"
    else:
        found = data.get("features") if data["type"] == "FeatureCollection" else [data]
        if not isinstance(found, list):
            raise Refusal("broken_geometry", where="features")
        items, form = found, "geojson"
    features = []
    for index, item in enumerate(items[: MOST_FEATURES + 1]):
        if not isinstance(item, Mapping):
            raise Refusal("broken_geometry", where=f"feature {index + 1}")
        properties = item.get("properties")
        features.append(
            Feature(
                properties if isinstance(properties, Mapping) else {}, _geometry(item.get("geometry"), index)
            )
        )
    stated = data.get("crs")
    text = ""
    if isinstance(stated, Mapping) and isinstance(stated.get("properties"), Mapping):
        text = str(stated["properties"].get("name", ""))
    return Loaded(features, system_of(text) if text else None, form)


def _geometry(data: Any, index: int) -> "BaseGeometry | None":
    if data is None:
        return None
    from shapely.errors import ShapelyError
    from shapely.geometry import shape

    try:
        plain = json.loads(json.dumps(data, default=float))
        return shape(plain)
    except (
        ShapelyError,
        ValueError,
        TypeError,
        KeyError,
        IndexError,
        AttributeError,
        RecursionError,
        OverflowError,
    ):
        raise Refusal("broken_geometry", where=f"feature {index + 1}") from None


def read_features(features: list[Feature], system: int | None, answers: Answers, *, form: str) -> Reading:
    """Shapes with level, code and name, and a row each with the area in four figures."""
    if len(features) > MOST_FEATURES:
        raise Refusal("too_large", features=len(features))
    if not features or all(feature.geometry is None for feature in features):
        raise Refusal("no_table")
    notes, questions = [Note("format", {"format": form})], list[Question]()
    system = _system(features, system, answers, notes, questions)
    project, is_swapped = _axes(features, system)
    if is_swapped:
        notes.append(Note("latitude_first" if system == WGS84 else "axes_swapped"))
    own = re.compile(str(answers.get("own_areas", NOTHING)))  # codes that a partnership uses besides SCB's
    code_field, name_field, numeric = _fields(features, own)
    if code_field:
        notes.append(Note("column", {"header": code_field, "role": "area_code"}))
    if name_field:
        notes.append(Note("column", {"header": name_field, "role": "area_name"}))
    rows, shapes, empty = [], [], 0
    for index, feature in enumerate(features):
        area = _area(feature.properties, code_field, name_field, numeric=numeric, own=own)
        if feature.geometry is None or feature.geometry.is_empty:
            empty += 1
            continue
        outline = _projected(feature.geometry, project, index)
        shapes.append(Shape(area.level, area.code, area.name, outline.wkb))
        kilometres = four_figures(outline.area / 1e6)
        rows.append(
            Row(
                area.level,
                area.code,
                area.name,
                MEASURE,
                None,
                None,
                "square km",
                kilometres,
                Status.OK if kilometres else Status.ZERO,
                repr(outline.area / 1e6),
            )
        )
    if empty:
        notes.append(Note("row_skipped", {"where": "", "text": f"{empty} × geometry null"}))
    if not code_field and not name_field:
        questions.append(
            Question("area_field", tuple(sorted({str(key) for key in features[0].properties}))[:40])
        )
    return Reading(
        tuple(rows), tuple(notes), tuple(questions), source="geography", kind=Kind.AREAS, shapes=tuple(shapes)
    )


def four_figures(number: float) -> Decimal:
    """Rounded to four figures, never beyond the whole: outlines are simplified, more would be pretence."""
    if not number:
        return Decimal(0)
    exact = Decimal(repr(number))
    step = Decimal(1).scaleb(min(0, exact.adjusted() - 3))
    return exact.quantize(step)


def _system(
    features: list[Feature],
    stated: int | None,
    answers: Answers,
    notes: list[Note],
    questions: list[Question],
) -> int:
    """As the file or the person states; degrees are WGS 84, Swedish metres SWEREF 99 TM, else ask."""
    if asked := answers.get("crs"):
        code = system_of(str(asked))
        if code is None:
            raise Refusal("unknown_answer", key="crs", answer=str(asked)[:40])
        return code
    bounds = _bounds(features)
    if not bounds:
        raise Refusal("no_table")
    west, south = min(box[0] for box in bounds), min(box[1] for box in bounds)
    east, north = max(box[2] for box in bounds), max(box[3] for box in bounds)
    degrees = west >= -180 and east <= 180 and south >= -90 and north <= 90
    if stated and not (stated == WGS84 and not degrees):
        notes.append(Note("system", {"epsg": stated}))
        return stated
    if degrees:
        notes.append(Note("system_assumed", {"epsg": WGS84}))
        return WGS84
    if is_swedish(west, south) and is_swedish(east, north):
        notes.append(Note("system_assumed", {"epsg": SWEREF}))
        return SWEREF
    questions.append(
        Question("crs", ("EPSG:3006", "EPSG:4326", *(f"EPSG:{code}" for code in range(3007, 3019))))
    )
    return SWEREF


def is_swedish(east: float, north: float) -> bool:
    """Whether the point lies in Sweden's box of SWEREF 99 TM."""
    return 240_000 <= east <= 950_000 and 6_100_000 <= north <= 7_700_000


def _projection(system: int) -> "Transformer | None":
    if system == SWEREF:
        return None
    from pyproj import Transformer
    from pyproj.exceptions import CRSError

    try:
        return Transformer.from_crs(system, SWEREF, always_xy=True)
    except CRSError:
        raise Refusal("unknown_system") from None


Moved = Callable[["np.ndarray"], "np.ndarray"]


def _axes(features: Sequence[Feature], system: int) -> tuple[Moved, bool]:
    """How points become SWEREF 99 TM, and whether they stand the other way round in the file.

    No place in Sweden lies in Sweden when its coordinates are turned round: the middle of them tells.
    """
    import numpy as np

    project = _projection(system)

    def moved(points: "np.ndarray") -> "np.ndarray":
        return points if project is None else np.column_stack(project.transform(points[:, 0], points[:, 1]))

    bounds = np.array(_bounds(features))
    middle = (bounds[:, :2].min(axis=0) + bounds[:, 2:].max(axis=0))[np.newaxis] / 2
    if is_swedish(*moved(middle)[0]) or not is_swedish(*moved(middle[:, ::-1])[0]):
        return moved, False
    return lambda points: moved(points[:, ::-1]), True


def _bounds(features: Sequence[Feature]) -> list[tuple[float, float, float, float]]:
    return [one.geometry.bounds for one in features if one.geometry and not one.geometry.is_empty]


def _projected(geometry: "BaseGeometry", moved: Moved, index: int) -> "BaseGeometry":
    """The outline in SWEREF 99 TM, easting first, also when the file holds northing first."""
    import shapely

    try:
        outline = shapely.transform(shapely.force_2d(geometry), moved)
        if not all(abs(edge) < 1e9 for edge in outline.bounds):  # infinite where the projection cannot reach
            raise Refusal("broken_geometry", where=f"feature {index + 1}")
        whole = outline if outline.is_valid else shapely.make_valid(outline)
    except (shapely.errors.ShapelyError, ValueError, TypeError):
        raise Refusal("broken_geometry", where=f"feature {index + 1}") from None
    return whole


def _fields(features: Iterable[Feature], own: re.Pattern[str]) -> tuple[str, str, bool]:
    """Which properties hold code and name, and whether the code is a number that lost its zero.

    Where most areas are other people's, with codes that nobody here knows, the column with one's own tells.
    """
    sample = [feature.properties for feature in features][:400]
    keys = list(dict.fromkeys(str(key) for properties in sample for key in properties))
    best = mine = (0.0, "", False)
    for key in keys:
        if ROW_NUMBERS.fullmatch(key):
            continue
        texts = [str(properties[key]).strip() for properties in sample if properties.get(key) is not None]
        if not texts or len(set(texts)) < 0.9 * len(texts):
            continue
        numeric = any(isinstance(properties.get(key), int) for properties in sample) or any(
            len(t) in (1, 3) for t in texts
        )
        known = [
            own.fullmatch(text) is not None or places.of_code(text, numeric=numeric) is not None
            for text in texts
        ]
        weight = 1.0 if CODE_FIELDS.fullmatch(key) else 0.8
        best = max(best, (sum(known) / len(texts) * weight, key, numeric), key=itemgetter(0))
        ours = sum(own.fullmatch(text) is not None for text in texts)
        mine = max(mine, (ours * weight, key, numeric), key=itemgetter(0))
    if best[0] <= 0.6:
        best = mine
    code = best[1]
    names = [key for key in keys if key != code and _is_name(key, sample)]
    return code, names[0] if names else "", best[2]


def _is_name(key: str, sample: list[Mapping[str, Any]]) -> bool:
    texts = [str(properties.get(key) or "").strip() for properties in sample]
    if (
        not all(texts)
        or len(set(texts)) < 0.9 * len(texts)
        or all(text.replace(".", "").isdecimal() for text in texts)
    ):
        return False
    plain = key.casefold()
    told = "namn" in plain or "name" in plain or NAME_WORDS.fullmatch(plain) or CUT_NAMES.fullmatch(plain)
    return bool(told) or (sum(places.of_text(text) is not None for text in texts) > 0.8 * len(texts))


def _area(
    properties: Mapping[str, Any], code_field: str, name_field: str, *, numeric: bool, own: re.Pattern[str]
) -> places.Area:
    code = str(properties.get(code_field, "")).strip() if code_field else ""
    name = " ".join(str(properties.get(name_field, "")).split()) if name_field else ""
    if own.fullmatch(code):
        return places.Area("place", code, name)
    area = places.of_code(code, numeric=numeric) if code else None
    if area is None and name:
        area = places.of_text(name, level=level_of(name_field))
    if area is None:
        return places.Area("place", code, name)
    return area if area.name else places.Area(area.level, area.code, name, area.county)
