"""TopoJSON: outlines as shared arcs, put back together as ordinary features. Each object is a layer."""

from collections.abc import Mapping
from typing import Any

from samsyn.evidence.readers.table import Refusal

DEPTHS = {"Polygon": 2, "MultiPolygon": 3, "LineString": 1, "MultiLineString": 2}


def layer_names(data: Mapping[str, Any]) -> list[str]:
    """The objects of the topology."""
    objects = data.get("objects")
    if not isinstance(objects, Mapping):
        raise Refusal("broken_geometry", where="topology")
    return [str(name) for name in objects]


def features_of(data: Mapping[str, Any], layer: str) -> list[dict[str, Any]]:
    """One object of the topology as GeoJSON features."""
    try:
        arcs, item, features = _arcs(data), data["objects"][layer], []
        parts = item["geometries"] if item.get("type") == "GeometryCollection" else [item]
        for part in parts:
            properties = dict(part.get("properties") or {})
            properties.setdefault("id", part.get("id", layer))
            features.append({"type": "Feature", "properties": properties, "geometry": _geometry(part, arcs)})
        return features
    except (KeyError, TypeError, IndexError, ValueError, AttributeError, RecursionError):
        raise Refusal("broken_geometry", where="topology") from None


def _arcs(data: Mapping[str, Any]) -> list[list[tuple[float, float]]]:
    """The arcs in coordinates: whole steps from point to point when the file is quantised."""
    transform = data.get("transform")
    if not transform:
        return [[(float(point[0]), float(point[1])) for point in arc] for arc in data["arcs"]]
    (scale_x, scale_y), (shift_x, shift_y) = transform["scale"], transform["translate"]
    arcs = []
    for arc in data["arcs"]:
        x = y = 0
        points = []
        for step in arc:
            x, y = x + step[0], y + step[1]
            points.append(
                (float(x) * float(scale_x) + float(shift_x), float(y) * float(scale_y) + float(shift_y))
            )
        arcs.append(points)
    return arcs


def _geometry(part: Mapping[str, Any], arcs: list[list[tuple[float, float]]]) -> dict[str, Any] | None:
    kind = part.get("type")
    if kind is None:
        return None
    if kind in ("Point", "MultiPoint"):
        return {"type": kind, "coordinates": part["coordinates"]}
    depth = DEPTHS[kind]
    return {"type": kind, "coordinates": _join(part["arcs"], arcs, depth)}


def _join(indexes: Any, arcs: list[list[tuple[float, float]]], depth: int) -> Any:
    if depth > 1:
        return [_join(inner, arcs, depth - 1) for inner in indexes]
    line: list[tuple[float, float]] = []
    for index in indexes:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        line += arc[1:] if line else arc
    return line
