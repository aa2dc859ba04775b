"""GeoParquet, GeoPackage and Shapefile: small formats, opened without another geographic library."""

import io
import json
import sqlite3
import struct
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import pairwise
from pathlib import Path, PurePath
from typing import Any, Final
from zipfile import ZipFile

from samsyn.evidence.readers.archive import opened
from samsyn.evidence.readers.geography import MOST_FEATURES, Feature, Loaded, chosen_layer, system_of
from samsyn.evidence.readers.table import Answers, Reading, Refusal
from samsyn.evidence.readers.text import ENCODINGS

ENVELOPES: Final = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}


def geometry_of(wkb: bytes, where: str) -> Any:
    import shapely

    try:
        return shapely.from_wkb(wkb)
    except (shapely.errors.ShapelyError, TypeError, ValueError):
        raise Refusal("broken_geometry", where=where) from None


def load_geoparquet(data: bytes) -> Loaded:
    """GeoParquet with WKB; the system is stated in its metadata, without one it is longitude and latitude."""
    import polars as pl
    import polars.exceptions as faults

    try:
        metadata = pl.read_parquet_metadata(io.BytesIO(data))
        described = json.loads(metadata.get("geo", "null"))
        if not isinstance(described, dict):
            raise Refusal("not_geographic")
        column = str(described.get("primary_column", "geometry"))
        about = described.get("columns", {}).get(column, {})
        if str(about.get("encoding", "WKB")).upper() != "WKB":
            raise Refusal("unreadable_format", format="geoarrow")
        if pl.scan_parquet(io.BytesIO(data)).select(pl.len()).collect().item() > MOST_FEATURES:
            raise Refusal("too_large")
        frame = pl.read_parquet(io.BytesIO(data))
        others = [name for name, kind in frame.schema.items() if name != column and not kind.is_nested()]
        rows = frame.select(others).to_dicts()
        shapes = frame[column].to_list()
    except (faults.PolarsError, OSError, ValueError, AttributeError, faults.PanicException) as error:
        raise Refusal("broken_parquet", fault=type(error).__name__) from None
    stated = about.get("crs", "OGC:CRS84")
    system = system_of(json.dumps(stated) if isinstance(stated, dict) else str(stated)) if stated else None
    features = [
        Feature(row, geometry_of(shape, f"row {index + 1}") if shape else None)
        for index, (row, shape) in enumerate(zip(rows, shapes, strict=True))
    ]
    return Loaded(features, system, "geoparquet")


def read_geopackage(data: bytes, answers: Answers) -> Reading:
    """One layer of the package."""
    with opened_geopackage(data) as base:
        layer, notes = chosen_layer(geopackage_layers(base), answers)
        return load_geopackage(base, layer).read(answers, *notes)


@contextmanager
def opened_geopackage(data: bytes) -> Iterator[sqlite3.Connection]:
    """The package as a database that nothing in it can act on."""
    with tempfile.NamedTemporaryFile(suffix=".gpkg") as file:
        Path(file.name).write_bytes(data)
        try:
            with closing(sqlite3.connect(f"file:{file.name}?mode=ro&immutable=1", uri=True)) as base:
                base.execute("PRAGMA trusted_schema = OFF")
                yield base
        except sqlite3.Error as error:
            raise Refusal("broken_geopackage", fault=type(error).__name__) from None


def geopackage_layers(base: sqlite3.Connection) -> list[str]:
    return [str(name) for (name,) in base.execute("SELECT table_name FROM gpkg_geometry_columns")]


def load_geopackage(base: sqlite3.Connection, layer: str) -> Loaded:
    table, column, system = base.execute(
        "SELECT table_name, column_name, srs_id FROM gpkg_geometry_columns WHERE table_name = ?", (layer,)
    ).fetchone()
    if base.execute("SELECT type FROM sqlite_master WHERE name = ?", (table,)).fetchone() != ("table",):
        raise Refusal("broken_geopackage", fault="view")
    quoted = '"' + str(table).replace('"', '""') + '"'
    cursor = base.execute(f"SELECT * FROM {quoted} LIMIT {MOST_FEATURES + 1}")  # noqa: S608 an identifier, quoted
    heads = [str(head[0]) for head in cursor.description]
    features = []
    for number, row in enumerate(cursor, start=1):
        cells = dict(zip(heads, row, strict=True))
        blob = cells.pop(str(column), None)
        properties = {key: value for key, value in cells.items() if not isinstance(value, bytes)}
        features.append(Feature(properties, _from_blob(blob, f"row {number}") if blob else None))
    return Loaded(features, int(system) if int(system) > 0 else None, "geopackage")


def _from_blob(blob: Any, where: str) -> Any:
    """A GeoPackage geometry: its own header before ordinary WKB."""
    if not isinstance(blob, bytes) or len(blob) < 8 or blob[:2] != b"GP":
        raise Refusal("broken_geometry", where=where)
    flags = blob[3]
    if flags & 0b10000:  # an empty geometry
        return None
    envelope = ENVELOPES.get((flags >> 1) & 7)
    if envelope is None:
        raise Refusal("broken_geometry", where=where)
    return geometry_of(blob[8 + envelope :], where)


def read_zipped_shapefile(data: bytes, answers: Answers) -> Reading:
    """One of the shapefiles in a zip, as they are handed out: .shp, .dbf, .prj and .cpg of each."""
    with opened(data) as archive:
        stems = shapefiles_in(archive)
        layer, notes = chosen_layer(list(stems), answers)
        return load_zipped_shapefile(archive, stems[layer]).read(answers, *notes)


def shapefiles_in(archive: ZipFile) -> dict[str, str]:
    """Path without ending by layer: the file's own name, with its folders where two are called alike."""
    paths = [
        name[:-4]
        for name in archive.namelist()
        if name.casefold().endswith(".shp") and not name.startswith("__MACOSX")
    ]
    names = [PurePath(path).name for path in paths]
    return {name if names.count(name) == 1 else path: path for name, path in zip(names, paths, strict=True)}


def load_zipped_shapefile(archive: ZipFile, stem: str) -> Loaded:
    names = {name.casefold(): name for name in archive.namelist()}
    ends = {end: f"{stem}.{end}".casefold() for end in ("shp", "dbf", "prj", "cpg")}
    return load_shapefile({end: archive.read(names[name]) for end, name in ends.items() if name in names})


def load_shapefile(parts: dict[str, bytes]) -> Loaded:
    """Outlines from .shp, properties from .dbf; without .prj the coordinates tell, or it is asked."""
    shapes = _shapes(parts["shp"])
    records = (
        _records(parts["dbf"], _codepage(parts.get("cpg", b""))) if "dbf" in parts else [{} for _ in shapes]
    )
    if len(records) != len(shapes):
        raise Refusal("cells_missing", promised=len(records), given=len(shapes))
    system = system_of(parts["prj"].decode("utf-8", errors="replace").strip()) if "prj" in parts else None
    features = [Feature(record, shape) for record, shape in zip(records, shapes, strict=True)]
    return Loaded(features, system, "shapefile")


def _codepage(cpg: bytes) -> str:
    text = cpg.decode("ascii", errors="replace").strip().casefold()
    names = {
        "1252": "windows-1252",
        "cp1252": "windows-1252",  # as GDAL and QGIS write it
        "ansi 1252": "windows-1252",
        "utf8": "utf-8",
        "65001": "utf-8",
        "88591": "iso-8859-1",
        "8859-1": "iso-8859-1",
        "cp65001": "utf-8",
    }
    text = names.get(text, text)
    return text if text in ENCODINGS else ""


def _shapes(data: bytes) -> list[Any]:
    shapes: list[Any] = []
    place = 100
    while place + 12 <= len(data):
        length = struct.unpack(">i", data[place + 4 : place + 8])[0] * 2
        record = data[place + 8 : place + 8 + length]
        if length < 4 or len(record) != length or len(shapes) > MOST_FEATURES:
            raise Refusal("broken_geometry", where=f"record {len(shapes) + 1}")
        shapes.append(_shape(record, f"record {len(shapes) + 1}"))
        place += 8 + length
    return shapes


def _shape(record: bytes, where: str) -> Any:
    import shapely

    kind = struct.unpack("<i", record[:4])[0]
    try:
        if kind == 0:
            return None
        if kind in (1, 11, 21):
            return shapely.Point(struct.unpack("<2d", record[4:20]))
        if kind not in (3, 5, 13, 15, 23, 25):
            raise Refusal("unreadable_format", format=f"shape type {kind}")
        count, points = struct.unpack("<2i", record[36:44])
        if count < 0 or points < 0 or 44 + 4 * count + 16 * points > len(record):
            raise Refusal("broken_geometry", where=where)
        starts = [*struct.unpack(f"<{count}i", record[44 : 44 + 4 * count]), points]
        flat = struct.unpack(f"<{2 * points}d", record[44 + 4 * count : 44 + 4 * count + 16 * points])
        pairs = list(zip(flat[::2], flat[1::2], strict=True))
        rings = [pairs[first:last] for first, last in pairwise(starts)]
        if kind in (3, 13, 23):
            return shapely.MultiLineString([ring for ring in rings if len(ring) > 1])
        return _polygons([ring for ring in rings if len(ring) > 3])
    except (struct.error, ValueError, shapely.errors.ShapelyError):
        raise Refusal("broken_geometry", where=where) from None


def _polygons(rings: list[list[tuple[float, float]]]) -> Any:
    """Clockwise rings are outlines, the others holes of the outline around them."""
    import shapely

    outer = [ring for ring in rings if not shapely.LinearRing(ring).is_ccw]
    holes = [ring for ring in rings if shapely.LinearRing(ring).is_ccw]
    if not outer:
        outer, holes = holes, []
    shells = [shapely.Polygon(ring) for ring in outer]
    inside: list[list[list[tuple[float, float]]]] = [[] for _ in outer]
    for hole in holes:
        point = shapely.Polygon(hole).representative_point()
        index = next((index for index, shell in enumerate(shells) if shell.contains(point)), None)
        if index is not None:
            inside[index].append(hole)
    return shapely.MultiPolygon(
        [shapely.Polygon(ring, within) for ring, within in zip(outer, inside, strict=True)]
    )


def _records(data: bytes, encoding: str) -> list[dict[str, Any]]:
    """dBase: fixed-width fields; an unknown code page is UTF-8 where that fits, else Windows-1252."""
    try:
        count, head, width = struct.unpack("<IHH", data[4:12])
        fields, place = [], 32
        while place < head - 1 and data[place] != 0x0D:
            name = data[place : place + 11].split(b"\0")[0].decode("windows-1252", errors="replace")
            fields.append((name, data[place + 16]))
            place += 32
    except (struct.error, IndexError):
        raise Refusal("broken_geometry", where="dbf") from None
    if width < 1 or head + count * width > len(data) + 1 or count > MOST_FEATURES:
        raise Refusal("broken_geometry", where="dbf")
    body = data[head : head + count * width]
    if not encoding:
        try:
            body.decode("utf-8")
            encoding = "utf-8"
        except UnicodeDecodeError:
            encoding = "windows-1252"
    records = []
    for start in range(0, count * width, width):
        cells, place = {}, start + 1
        for name, size in fields:
            cells[name] = body[place : place + size].decode(encoding, errors="replace").strip(" \0")
            place += size
        records.append(cells)
    return records
