"""How the figures of the docs are drawn: plain colours that a dark page changes, and a text beside the picture."""

import json
import re
from html import escape
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np

PLACE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "figures"
MOST_BYTES = 40_000
PAPER, INK, BAND, DOT, GRID, TEXT = "#fdfdfb", "#24405f", "#b4c3d3", "#6f7a86", "#dfe3e7", "#47525e"
MARK = "#a23d12"  # what stands out: an alarm, a place that differs, the place with the measure
DARK = {
    PAPER: "#14191f",
    INK: "#9fc3e8",
    BAND: "#35506c",
    DOT: "#8d99a6",
    GRID: "#333d47",
    TEXT: "#b4bec8",
    MARK: "#f2a277",
}
NUMBER = re.compile(r"-?\d+\.\d+")
Spec = dict[str, Any]
Example = SimpleNamespace  # the variables that an example leaves behind
LINE: Spec = {"color": INK, "strokeWidth": 2}
WIDE: Spec = {"color": INK, "strokeWidth": 3}
THIN: Spec = {"color": DOT, "strokeWidth": 1.5}
DASHED: Spec = {"color": MARK, "strokeWidth": 1.5, "strokeDash": [5, 4]}
SHADE: Spec = {"color": BAND, "opacity": 0.6}
POINT: Spec = {"color": INK, "size": 45, "opacity": 1}
MARKED: Spec = {"color": MARK, "size": 90, "shape": "diamond", "filled": True, "opacity": 1}


def table(**columns: Any) -> list[Spec]:
    """Columns of equal length as rows of plain numbers; what is missing is left out of the row."""
    names, values = list(columns), [np.asarray(one).tolist() for one in columns.values()]
    rows = [dict(zip(names, row, strict=True)) for row in zip(*values, strict=True)]
    return [{name: one for name, one in row.items() if one == one} for row in rows]


def layer(values: list[Spec], mark: str, *, style: Spec | None = None, **channels: Any) -> Spec:
    """Some rows drawn with one mark; a channel is a field's name, a value or a whole definition."""
    encoding = {name: {"field": one} if isinstance(one, str) else one for name, one in channels.items()}
    for name, one in encoding.items():
        if name in ("x", "y"):
            one.setdefault("type", "quantitative")
    return {"data": {"values": values}, "mark": {"type": mark} | (style or {}), "encoding": encoding}


def axis(field: str, title: str | None, **more: Any) -> Spec:
    """A channel with its title in words; what is not told of the scale is told of the axis."""
    scale = {"nice": "domain" not in more.get("scale", {})} | more.pop("scale", {})
    kind = more.pop("type", "quantitative")
    return {"field": field, "type": kind, "title": title, "scale": scale, "axis": more}


def words(values: list[Spec], **channels: Any) -> Spec:
    """Labels beside what they name."""
    style = {"align": "left", "dx": 7, "fontSize": 13, "color": TEXT} | channels.pop("style", {})
    return layer(values, "text", style=style, **channels)


def chart(*layers: Spec, width: int = 560, height: int = 250) -> Spec:
    """Layers above each other, on one pair of axes."""
    return {"layer": list(layers), "width": width, "height": height}


def _rounded(found: re.Match[str]) -> str:
    return f"{float(found[0]):.1f}".removesuffix(".0")


def svg(spec: Spec, *, title: str, description: str) -> str:
    """The drawing with its text alternative inside; it fetches nothing and draws the same everywhere."""
    import vl_convert

    labels = {"labelColor": TEXT, "titleColor": TEXT, "labelFontSize": 12, "titleFontSize": 12}
    axes = labels | {"gridColor": GRID, "domainColor": GRID, "ticks": False, "titleFontWeight": "normal"}
    style = {
        "font": "Liberation Sans, Arial, Helvetica, sans-serif",
        "aria": False,
        "view": {"stroke": None},
        "axis": axes | {"labelPadding": 8, "titlePadding": 10},
        "axisX": {"grid": False},
        "legend": labels,
        "title": {"color": TEXT, "fontSize": 13, "fontWeight": "normal", "anchor": "start"},
    }
    whole = {"background": PAPER, "padding": 14, "config": style} | spec
    drawn: str = vl_convert.vegalite_to_svg(json.dumps(whole), vl_version="6.4", allowed_base_urls=[])
    drawn = re.sub(r'"[^"]*"', lambda part: NUMBER.sub(_rounded, part[0]), drawn)
    drawn = re.sub(r' (?:role|aria-[a-z]+|class)="[^"]*"', "", drawn)
    drawn = re.sub(r"<g>\s*</g>|<path d=\"\"[^>]*/?>(?:</path>)?", "", drawn)
    dark = "".join(
        f'[fill="{light}"]{{fill:{colour}}}[stroke="{light}"]{{stroke:{colour}}}'
        for light, colour in DARK.items()
    )
    inside = (
        f"<title>{escape(title)}</title><desc>{escape(description)}</desc>"
        f"<style>@media (prefers-color-scheme:dark){{{dark}}}</style>"
    )
    return drawn.replace("<svg", '<svg role="img"', 1).replace(">", f">{inside}", 1) + "\n"


def alike(one: str, other: str) -> bool:
    """The same drawing, but for a pixel: the last digit of a number may differ between machines."""
    if re.sub(r"-?\d+(?:\.\d+)?", "#", one) != re.sub(r"-?\d+(?:\.\d+)?", "#", other):
        return False
    pairs = zip(re.findall(r"-?\d+(?:\.\d+)?", one), re.findall(r"-?\d+(?:\.\d+)?", other), strict=True)
    return all(abs(float(a) - float(b)) <= 1.0 for a, b in pairs)
