"""How the examples of the methods for rates and places are drawn."""

from collections import Counter
from itertools import combinations

import numpy as np

from samsyn.analysis.verdicts import Verdict
from tests.charts import (
    BAND,
    DOT,
    GRID,
    INK,
    LINE,
    MARK,
    MARKED,
    POINT,
    SHADE,
    THIN,
    WIDE,
    Example,
    Spec,
    axis,
    chart,
    layer,
    table,
    words,
)

ON_CELLS = {"align": "center", "dx": 0, "fontSize": 13}
DASHES = {name: {"strokeDash": [5, 4]} for name in "cd"}  # the outer limits


def rates(shown: Example) -> Spec:
    found = shown.found
    names = [
        f"{int(y)} of {int(n):,}".replace(",", " ")
        for y, n in zip(found.count, found.population, strict=True)
    ]
    rows = table(name=names, rate=found.rate, low=found.low, high=found.high)
    y = axis("name", None, type="nominal", labelPadding=14) | {"sort": None}
    x = axis("low", "per 100 000 inhabitants", scale={"zero": True})
    return chart(
        layer(rows, "rule", style=WIDE, y=y, x=x, x2="high"),
        layer(rows, "circle", style=POINT | {"size": 90}, y=y, x="rate"),
        height=130,
    )


def funnel(shown: Example) -> Spec:
    found = shown.found
    out = [one in (Verdict.MORE, Verdict.FEWER) for one in found.verdicts]
    limits = {"a": found.low_warning, "b": found.high_warning, "c": found.low_action, "d": found.high_action}
    rows = table(people=shown.people, rate=found.rate, out=out, **limits)[1:]  # the first is too few
    x = axis(
        "people",
        "inhabitants",
        scale={"type": "log", "domain": [600, 18_000]},
        values=[1_000, 2_000, 5_000, 10_000],
    )
    y = axis("rate", "per 1 000 inhabitants")
    reference = [{"reference": found.reference}]
    lines = [
        layer(rows, "line", style=THIN | {"interpolate": "monotone"} | DASHES.get(name, {}), x=x, y=name)
        for name in limits
    ]
    return chart(
        *lines,
        layer(reference, "rule", style={"color": BAND, "strokeWidth": 2}, y="reference"),
        layer([row for row in rows if not row["out"]], "circle", style=POINT, x=x, y=y),
        layer([row for row in rows if row["out"]], "point", style=MARKED, x=x, y=y),
    )


def rank_places(shown: Example) -> Spec:
    found, order = shown.found, np.argsort(shown.found.rank, kind="stable")
    names = [f"{shown.counts[one]} events, place {one + 1}" for one in order]
    rows = table(name=names, rank=found.rank[order], low=found.low[order], high=found.high[order])
    y = axis("name", None, type="nominal", labelPadding=14) | {"sort": None}
    x = axis("low", "rank", scale={"domain": [0.5, 8.5]}, values=list(range(1, 9)), format="d")
    return chart(
        layer(rows, "rule", style=WIDE, y=y, x=x, x2="high"),
        layer(rows, "circle", style=POINT | {"size": 90}, y=y, x="rank"),
    )


def cells(rows: list[Spec], x: Spec, y: Spec, darkest: float, **size: int) -> Spec:
    """A grid: the more events, the darker, and a frame around what stands out."""
    shade = {"field": "count", "type": "quantitative", "legend": None}
    shade["scale"] = {"domain": [0, darkest], "range": [0.05, 0.9], "clamp": True}
    marked = [row for row in rows if row["out"]]
    text = {"field": "count", "type": "quantitative"}
    return chart(
        layer(rows, "rect", style={"color": INK, "stroke": GRID}, x=x, y=y, opacity=shade),
        layer(marked, "rect", style={"filled": False, "stroke": MARK, "strokeWidth": 3}, x=x, y=y),
        *([words(rows, x=x, y=y, text=text, style=ON_CELLS)] if len(rows) < 50 else []),
        **size,
    )


def hot_spots(shown: Example) -> Spec:
    place = np.arange(36)
    found = [verdict is Verdict.MORE for verdict in shown.found.verdicts]
    people = [f"{n} people" for n in shown.people]
    rows = table(row=place // 6, column=place % 6, count=shown.counts, out=found, people=people)
    x, y = (axis(one, None, type="ordinal", labels=False, domain=False) for one in ("column", "row"))
    many = [row for row in rows if row["people"] != "100 people"]
    drawn = cells(rows, x, y, 40, width=330, height=300)
    drawn["layer"].append(
        words(
            many,
            x=x,
            y=y,
            text={"field": "people"},
            style={"align": "center", "dx": 0, "dy": 15, "fontSize": 10},
        )
    )
    return drawn


def hour_by_weekday(shown: Example) -> Spec:
    found = shown.found
    days = np.repeat(["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"], 24)
    rows = table(
        day=days, hour=np.tile(np.arange(24), 7), count=found.counts.ravel(), out=found.stands_out.ravel()
    )
    x = axis("hour", "hour", type="ordinal", labelAngle=0, values=[0, 6, 12, 18, 23])
    y = axis("day", None, type="ordinal") | {"sort": None}
    return cells(rows, x, y, 4, width=560, height=190)


def scan(shown: Example) -> Spec:
    where, inside = np.array(shown.points, dtype=float), set(shown.found.clusters[0].areas)
    rows = table(
        x=where[:, 0], y=where[:, 1], count=shown.counts, out=[one in inside for one in range(len(where))]
    )
    x, y = (
        axis(one, None, scale={"domain": [-0.7, top]}, labels=False, domain=False, grid=False)
        for one, top in (("x", 5.7), ("y", 4.6))
    )
    ring = {"filled": False, "size": 1_100, "strokeWidth": 2, "opacity": 1}
    return chart(
        layer([row for row in rows if not row["out"]], "point", style=ring | {"color": DOT}, x=x, y=y),
        layer(
            [row for row in rows if row["out"]],
            "point",
            style=ring | {"color": MARK, "strokeWidth": 5},
            x=x,
            y=y,
        ),
        words(rows, x=x, y=y, text={"field": "count"}, style=ON_CELLS),
        width=420,
    )


def knox(shown: Example) -> Spec:
    where, when = np.array(shown.places, dtype=float), np.array(shown.times, dtype=float)
    pairs = [
        (float(np.hypot(*(where[a] - where[b]))), float(abs(when[a] - when[b])))
        for a, b in combinations(range(len(when)), 2)
    ]
    rows = [{"m": m, "days": days, "pairs": n} for (m, days), n in Counter(pairs).items() if m <= 1_600]
    close = [{"m": 0, "far": 100, "days": 0, "late": 7}]
    x = axis("m", "metres apart", scale={"domain": [0, 1_600]})
    y = axis("days", "days apart", scale={"domain": [0, 40]})
    size = {"field": "pairs", "type": "quantitative", "legend": None, "scale": {"range": [20, 260]}}
    said = f"{shown.found.observed} pairs near and soon, {shown.found.expected:.0f} by chance"
    return chart(
        layer(close, "rect", style=SHADE, x=x, x2="far", y=y, y2="late"),
        layer(rows, "circle", style=POINT, x=x, y=y, size=size),
        words([{"m": 100, "days": 3}], x=x, y=y, text={"value": said}),
    )


def concentration(shown: Example) -> Spec:
    found, held = shown.few, np.sort(shown.counts)[::-1]
    share = np.arange(held.size + 1) / held.size
    rows = table(places=100 * share, events=100 * np.concatenate([[0], np.cumsum(held)]) / held.sum())
    low, high = 100 * found.by_chance_low, 100 * found.by_chance_high
    chance = [{"places": low, "high": high, "events": 50, "own": 100 * found.place_share}]
    x = axis("places", "per cent of the places, those with most events first", scale={"domain": [0, 60]})
    y = axis("events", "per cent of the events")
    band = WIDE | {"color": BAND, "strokeWidth": 9}
    return chart(
        layer([row for row in rows if row["places"] <= 60], "line", style=LINE, x=x, y=y),
        layer(chance, "rule", style=band, x=x, x2="high", y=y),
        layer(chance, "point", style=MARKED, x=x | {"field": "own"}, y=y),
        words(
            chance, x=x | {"field": "high"}, y=y, text={"value": "half of the events, if they fell by chance"}
        ),
    )
