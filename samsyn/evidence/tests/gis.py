"""Files with areas as GIS programs write them: made by GDAL, which none of our readers is made with."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyogrio.raw
import shapely
from pyproj import Transformer

SWEREF, WGS84 = "EPSG:3006", "EPSG:4326"
SHAPEFILE: Final = ("shp", "dbf", "prj", "cpg", "shx")


@dataclass(frozen=True)
class Made:
    """One layer: squares of a kilometre by code, with a name each."""

    squares: Mapping[str, tuple[int, int]]
    names: Mapping[str, str]
    code: str = "kod"
    name: str = "namn"
    system: str = SWEREF
    is_swapped: bool = False
    kind: str = "Polygon"
    more: Mapping[str, Sequence[str]] | None = None  # further columns

    @property
    def shapes(self) -> list[Any]:
        west, south = 600_000, 6_600_000
        squares = [
            shapely.box(west + x * 1000, south + y * 1000, west + x * 1000 + 1000, south + y * 1000 + 1000)
            for x, y in self.squares.values()
        ]
        if self.kind == "Point":
            squares = [one.centroid for one in squares]
        to_system = Transformer.from_crs(SWEREF, self.system, always_xy=True)

        def moved(points: Any) -> Any:
            found = np.column_stack(to_system.transform(points[:, 0], points[:, 1]))
            return found[:, ::-1] if self.is_swapped else found

        return [shapely.transform(one, moved) for one in squares]

    @property
    def columns(self) -> dict[str, list[str]]:
        names = [self.names.get(code, f"Om {code}") for code in self.squares]
        more = {header: list(texts) for header, texts in (self.more or {}).items()}
        return {self.code: list(self.squares), self.name: names, **more}


def _write(path: Path, made: Made, driver: str, **options: Any) -> None:
    columns = made.columns
    pyogrio.raw.write(
        str(path),
        geometry=np.array([shapely.to_wkb(one) for one in made.shapes], dtype=object),
        field_data=[np.array(texts, dtype=object) for texts in columns.values()],
        fields=list(columns),
        geometry_type=made.kind,
        crs=made.system,
        driver=driver,
        **options,
    )


def geopackage(folder: Path, **layers: Made) -> bytes:
    path = folder / "omraden.gpkg"
    for name, made in layers.items():
        _write(path, made, "GPKG", layer=name, append=path.exists())
    return path.read_bytes()


def zipped_shapefiles(
    folder: Path, *, encoding: str = "cp1252", without: Sequence[str] = (), **layers: Made
) -> bytes:
    """Each shapefile with its parts; `without` some of them, as they are often handed out."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, made in layers.items():
            _write(folder / f"{name}.shp", made, "ESRI Shapefile", encoding=encoding)
            for end in SHAPEFILE:
                part = folder / f"{name}.{end}"
                if part.exists() and end not in without:
                    archive.write(part, f"uttag/{part.name}")
    return content.getvalue()
