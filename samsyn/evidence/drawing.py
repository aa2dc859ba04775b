"""Draws a figure's series as SVG, in each language and for wide and narrow pages. For workers.

Colours are custom properties with the light palette as fallback, so that one drawing follows the theme on the
web and goes unchanged into a document.
"""

import json
import re
from collections.abc import Sequence
from html import escape
from typing import Any, Final

from django.utils import translation
from django.utils.translation import gettext as _

from samsyn.analysis.verdicts import Verdict
from samsyn.evidence import phrases, place_words
from samsyn.evidence.asking import PER, Asked
from samsyn.evidence.computing import Computed, Point
from samsyn.evidence.outlines import Outline
from samsyn.evidence.spans import Span, span_of
from samsyn.evidence.wording import alternative
from samsyn.graphics.maps import AreaOnMap, Look, Piece, area_map, under
from samsyn.graphics.rows import RowOfPlace, rows

VERSION: Final = 1
WIDTHS: Final = {"wide": 760, "narrow": 360}
INK, BAND, DOT, GRID, TEXT = "#24405f", "#b4c3d3", "#6f7a86", "#dfe3e7", "#47525e"
LOOKS: Final = {
    Verdict.MORE: Look.MORE,
    Verdict.FEWER: Look.FEWER,
    Verdict.CANNOT_SAY: Look.LIKE,
    Verdict.TOO_FEW: Look.TOO_FEW,
}
PALETTE: Final = {
    INK: "--sam-data-1",
    BAND: "--sam-data-1-band",
    DOT: "--sam-data-point",
    GRID: "--sam-data-grid",
    TEXT: "--sam-data-text",
}


def draw(
    asked: Asked, computed: Computed, *, ident: str, outlines: Sequence[Outline] = ()
) -> dict[str, dict[str, str]]:
    """SVG text by language and width; of places that have outlines with a map under the chart."""
    drawn: dict[str, dict[str, str]] = {}
    for language in phrases.LANGUAGES:
        with translation.override(language):
            drawn[language] = {
                width: _drawn(
                    asked,
                    computed,
                    width=width,
                    language=language,
                    ident=f"{ident}-{width}",
                    outlines=outlines,
                )
                for width in WIDTHS
            }
    return drawn


def _drawn(
    asked: Asked,
    computed: Computed,
    *,
    width: str,
    language: str,
    ident: str,
    outlines: Sequence[Outline],
) -> str:
    if asked.question.is_of_places:
        chart = _rows(asked, computed, width=width, ident=ident)
        return under(chart, _map(asked, computed, outlines, width, ident)) if outlines else chart
    return _svg(asked, computed, width=width, language=language, ident=ident)


def _map(asked: Asked, computed: Computed, outlines: Sequence[Outline], width: str, ident: str) -> Piece:
    areas = [
        AreaOnMap(spot.place.name, outline.rings, outline.inside, LOOKS[Verdict(spot.verdict)])
        for spot, outline in zip(computed.spots, outlines, strict=True)
    ]
    words = {LOOKS[verdict]: said for verdict, said in place_words.judgements(asked).items()}
    return area_map(areas, width=WIDTHS[width], ident=ident, legend=words, length_said=phrases.length)


def _rows(asked: Asked, computed: Computed, *, width: str, ident: str) -> str:
    """Many places: each with its interval, beside all of them together."""
    places = [
        RowOfPlace(
            one.place.name,
            one.count if one.rate is None else one.rate,
            phrases.number(one.count) if one.rate is None else phrases.rate(one.rate),
            one.low,
            one.high,
            marked=one.verdict in (Verdict.MORE, Verdict.FEWER),
        )
        for one in place_words.ordered(computed)
    ]
    people = sum(one.place.number for one in computed.spots if one.rate is not None)
    together = sum(one.count for one in computed.spots) / people * PER if people else None
    return rows(
        places,
        width=WIDTHS[width],
        ident=ident,
        title=f"{asked.measure}, {asked.name}",
        alt=alternative(asked, computed),
        reference=together,
        reference_said=_("all together"),
    ).replace("<svg", f'<svg data-width="{width}"', 1)


def _svg(asked: Asked, computed: Computed, *, width: str, language: str, ident: str) -> str:
    import vl_convert

    svg: str = vl_convert.vegalite_to_svg(
        json.dumps(_spec(computed, width=WIDTHS[width])),
        vl_version="6.4",
        allowed_base_urls=[],  # else it fetches what a specification names
        format_locale="sv-SE" if language == "sv" else None,
        time_format_locale="sv-SE" if language == "sv" else "en-GB",
    )
    for colour, variable in PALETTE.items():
        svg = svg.replace(colour, f"var({variable}, {colour})")
    svg = re.sub(r'(<svg[^>]*?) width="[\d.]+" height="[\d.]+"', r"\1", svg, count=1)
    svg = re.sub(r' (?:role|aria-[a-z]+|class)="[^"]*"', "", svg)
    title = f"{asked.measure}, {asked.name}"
    head = f'<svg role="img" aria-labelledby="{ident}-t {ident}-d" focusable="false" data-width="{width}"'
    names = (
        f'<title id="{ident}-t">{escape(title)}</title>'
        f'<desc id="{ident}-d">{escape(alternative(asked, computed))}</desc>'
    )
    return svg.replace("<svg", head, 1).replace(">", f">{names}", 1)


def _spec(computed: Computed, *, width: int) -> dict[str, Any]:
    """Each period as a dot with its interval; a line joins them when there are several."""
    rows = [_row(point) for point in computed.points if point.count is not None]
    spans = {span_of((point.start, point.end)) for point in computed.points}
    many = len(rows) > 1
    x: dict[str, Any] = {"field": "label", "type": "nominal", "sort": None, "axis": {"labelAngle": 0}}
    if len({row["day"][:4] for row in rows}) > 1:
        # Days are read as UTC: in Swedish time the first year would begin an hour before the axis does.
        x = {"field": "day", "type": "temporal", "scale": {"type": "utc"}}
        x["axis"] = {"format": "%Y", "grid": False}
    if Span.YEAR in spans and many:
        x["axis"]["tickCount"] = "year"
    x["title"] = None
    y = {
        "field": "value",
        "type": "quantitative",
        "title": None,
        "scale": {"zero": True},
        "axis": {"tickCount": 4},
    }
    layers: list[dict[str, Any]] = []
    if any(row["low"] is not None for row in rows):
        limits = {"x": x, "y": y | {"field": "low"}, "y2": {"field": "high"}}
        mark = (
            {"type": "area", "color": BAND, "opacity": 0.75}
            if len(rows) > 12
            else {"type": "rule", "color": INK, "strokeWidth": 3}
        )
        layers.append({"mark": mark, "encoding": limits})
    if many:
        layers.append(
            {"mark": {"type": "line", "color": INK, "strokeWidth": 2.5}, "encoding": {"x": x, "y": y}}
        )
    layers.append(
        {
            "mark": {
                "type": "circle",
                "color": DOT if len(rows) > 12 else INK,
                "size": 60 if len(rows) <= 12 else 22,
                "opacity": 1,
            },
            "encoding": {"x": x, "y": y},
        }
    )
    layers.append(
        {
            "data": {"values": rows[-1:]},
            "mark": {
                "type": "text",
                "color": INK,
                "align": "left",
                "dx": 10,
                "fontSize": 16,
                "fontWeight": 700,
            },
            "encoding": {"x": x, "y": y, "text": {"field": "said", "type": "nominal"}},
        }
    )
    return {
        "data": {"values": rows},
        "layer": layers,
        "width": width - 110,
        "height": 250 if width > 500 else 200,
        "padding": {"left": 2, "right": 44, "top": 6, "bottom": 2},
        "background": "#00000000",
        "config": {
            "font": "Public Sans",
            "aria": False,
            "view": {"stroke": None},
            "axis": {
                "labelColor": TEXT,
                "labelFontSize": 13,
                "gridColor": GRID,
                "domainColor": GRID,
                "ticks": False,
                "labelPadding": 6,
            },
        },
    }


def _row(point: Point) -> dict[str, Any]:
    value = point.count if point.rate is None else point.rate
    return {
        "day": point.start.isoformat(),
        "label": phrases.period(point.start, point.end),
        "value": value,
        "low": point.low,
        "high": point.high,
        "said": phrases.rate(point.rate) if point.rate is not None else phrases.number(point.count or 0),
    }
