"""What a file of areas holds, layer by layer, so that somebody can say which of them are meant."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

from samsyn.core.screening import is_identifying_header, screen
from samsyn.evidence.readers import formats, geofiles, geography, topojson
from samsyn.evidence.readers.archive import opened
from samsyn.evidence.readers.door import SUSPECT
from samsyn.evidence.readers.geography import NOTHING, Feature, Loaded
from samsyn.evidence.readers.json_text import read_json
from samsyn.evidence.readers.layer import Layer
from samsyn.evidence.readers.table import Refusal

MOST_LAYERS: Final = 40
MOST_COLUMNS: Final = 30
SAMPLES: Final = 3
LOOKED_AT: Final = 200  # rows: enough to see what a column holds
WIDEST: Final = 60
SWAPPED: Final = frozenset({"axes_swapped", "latitude_first"})
POLYGONS: Final = frozenset({"Polygon", "MultiPolygon"})


def layers_of(data: bytes, *, name: str, own: str = NOTHING) -> tuple[Layer, ...]:
    """The layers of a file that can have several; of another file with areas its only one, without a name.

    `own` is a pattern of the codes that are looked for. Raises Refusal when the file holds no areas.
    """
    with _opened(data, formats.format_of(data, name)) as (names, load):
        return tuple(_described(one, load, own) for one in names[:MOST_LAYERS])


@contextmanager
def _opened(data: bytes, form: str) -> Iterator[tuple[Sequence[str], Any]]:
    if form == "geopackage":
        with geofiles.opened_geopackage(data) as base:
            yield geofiles.geopackage_layers(base), lambda layer: geofiles.load_geopackage(base, layer)
    elif form == "zipped shapefile":
        with opened(data) as archive:
            stems = geofiles.shapefiles_in(archive)
            yield list(stems), lambda layer: geofiles.load_zipped_shapefile(archive, stems[layer])
    elif form == "parquet":
        yield [""], lambda _: geofiles.load_geoparquet(data)
    elif form == "shapefile":
        yield [""], lambda _: geofiles.load_shapefile({"shp": data})
    elif form == "json" and geography.is_geojson(found := read_json(data)):
        names = topojson.layer_names(found) if found["type"] == "Topology" else [""]
        yield names, lambda layer: geography.load_geojson(found, layer)
    else:
        raise Refusal("not_areas")


def _described(name: str, load: Any, own: str) -> Layer:
    try:
        loaded: Loaded = load(name)
        columns = _columns(loaded.features)
        reading = loaded.read({"own_areas": own})
    except Refusal as refusal:
        return Layer(name[:WIDEST], 0, 0, 0, (), is_swapped=False, refusal=refusal.code)
    kinds = [one.geometry.geom_type for one in loaded.features if one.geometry and not one.geometry.is_empty]
    areas = sum(kind in POLYGONS for kind in kinds)
    wanted = re.compile(own)
    return Layer(
        name,
        areas,
        len(kinds) - areas,
        sum(wanted.fullmatch(shape.area_code) is not None for shape in reading.shapes),
        columns,
        is_swapped=any(note.code in SWAPPED for note in reading.notes),
    )


def _columns(features: Sequence[Feature]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Each column with some of what it holds. What may point out a person is not shown."""
    found: dict[str, dict[str, None]] = {}
    for feature in features[:LOOKED_AT]:
        for key, value in feature.properties.items():
            texts = found.setdefault(str(key), {})
            text = "" if value is None else " ".join(str(value).split())
            if text:
                texts[text] = None
    return tuple(
        (header[:WIDEST], _shown(header, list(texts))) for header, texts in list(found.items())[:MOST_COLUMNS]
    )


def _shown(header: str, texts: Sequence[str]) -> tuple[str, ...]:
    if is_identifying_header(header) or any(SUSPECT.search(text) and screen(text) for text in texts):
        return ()
    return tuple(text[:WIDEST] for text in texts[:SAMPLES])
