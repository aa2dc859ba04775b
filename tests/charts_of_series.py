"""How the examples of the methods for series are drawn."""

from itertools import pairwise
from typing import Any

import numpy as np

from samsyn.analysis.effects.synthetic import synthetic_control as synthetic
from tests.charts import (
    BAND,
    DASHED,
    DOT,
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


def period(title: str = "period", **more: Any) -> Spec:
    return axis("period", title, tickMinStep=1, **more)


def trend(shown: Example) -> Spec:
    found = shown.steady
    year = np.arange(len(shown.counts))
    middle = float(np.exp(np.log(found.expected).mean()))
    slopes = [middle * ratio ** (year - year.mean()) for ratio in (found.low, found.high)]
    rows = table(period=year + 1, count=shown.counts, expected=found.expected, low=slopes[0], high=slopes[1])
    x = period("year", scale={"domain": [0.5, year.size + 0.5]})
    return chart(
        layer(rows, "area", style=SHADE, x=x, y=axis("low", "events"), y2="high"),
        layer(rows, "line", style=LINE, x=x, y="expected"),
        layer(rows, "circle", style=POINT, x=x, y="count"),
    )


def change_points(shown: Example) -> Spec:
    found, ends = shown.found, [*shown.found.starts, len(shown.counts)]
    levels = [
        {"first": first + 0.5, "last": last + 0.5, "level": float(rate), "said": f"{rate:.1f}"}
        for (first, last), rate in zip(pairwise(ends), found.rates, strict=True)
    ]
    shifts = [{"at": shift.at + 0.5} for shift in found.shifts]
    x = axis("first", "period", scale={"domain": [0.5, len(shown.counts) + 1.5]}, tickMinStep=1)
    return chart(
        layer(shifts, "rule", style=DASHED, x=x | {"field": "at"}),
        layer(levels, "rule", style=WIDE, x=x, x2="last", y=axis("level", "events")),
        layer(
            table(period=np.arange(len(shown.counts)) + 1, count=shown.counts),
            "circle",
            style=POINT | {"color": DOT},
            x=x | {"field": "period"},
            y="count",
        ),
        words(levels, x=x | {"field": "last"}, y="level", text={"field": "said"}),
    )


def forecast(shown: Example) -> Spec:
    found, known = shown.found, len(shown.counts)
    rows = table(
        period=known + 1 + np.arange(found.expected.size),
        expected=found.expected,
        low=found.low,
        high=found.high,
    )
    past = table(period=np.arange(known) + 1, count=shown.counts)
    x = period(scale={"domain": [0.5, known + found.expected.size + 0.5]})
    return chart(
        layer(
            rows,
            "rule",
            style=WIDE | {"color": BAND, "strokeWidth": 9},
            x=x,
            y=axis("low", "events"),
            y2="high",
        ),
        layer(past, "line", style=LINE, x=x, y="count"),
        layer(past, "circle", style=POINT, x=x, y="count"),
        layer(rows, "point", style=POINT | {"size": 70, "filled": False}, x=x, y="expected"),
    )


def watched(shown: Example) -> list[Spec]:
    """Counts with what was expected, the limit and the alarms of the periods that are judged."""
    found, counts = shown.found, np.array(shown.counts, dtype=float)
    when = np.arange(found.first, counts.size) + 1
    rows = table(period=when, count=counts[found.first :], upper=found.upper[0], expected=found.expected[0])
    x = period("period", scale={"domain": [found.first + 0.5, counts.size + 0.5]})
    return [
        layer(rows, "line", style=THIN | {"strokeDash": [5, 4]}, x=x, y=axis("upper", "events")),
        layer(rows, "line", style=THIN, x=x, y="expected"),
        *counted(when, counts[found.first :], found.alarm[0], x),
        words(rows[-1:], x=x, y="upper", text={"value": "limit"}),
        words(rows[-1:], x=x, y="expected", text={"value": "expected"}),
    ]


def counted(when: Any, counts: Any, alarm: Any, x: Spec) -> list[Spec]:
    rows = table(period=when, count=counts, alarm=alarm)
    alarms = [row for row in rows if row["alarm"]]
    return [
        layer(rows, "line", style=LINE, x=x, y=axis("count", "events")),
        layer(rows, "circle", style=POINT, x=x, y="count"),
        layer(alarms, "point", style=MARKED | {"size": 130}, x=x, y="count"),
        words(alarms, x=x, y="count", text={"value": "alarm"}, style={"color": MARK, "dx": 10, "dy": 13}),
    ]


def farrington(shown: Example) -> Spec:
    return chart(*watched(shown)) | {"padding": {"left": 14, "top": 14, "bottom": 14, "right": 60}}


def cusum(shown: Example) -> Spec:
    found, counts = shown.found, np.array(shown.counts, dtype=float)
    when = np.arange(found.first, counts.size) + 1
    rows = table(period=when, sum=found.statistic[0])
    x = period("period", scale={"domain": [found.first + 0.5, counts.size + 0.5]})
    above = chart(
        *counted(when, counts[found.first :], found.alarm[0], period("", scale=x["scale"])), height=150
    )
    limit = [{"h": 2.26, "period": counts.size + 0.5}]
    below = chart(
        layer(limit, "rule", style=DASHED, y=axis("h", "sum")),
        layer(rows, "bar", style={"color": INK, "width": 14}, x=x, y="sum"),
        words(limit, x=x, y="h", text={"value": "threshold"}, style={"color": MARK}),
        height=110,
    )
    return {"vconcat": [above, below], "padding": {"left": 14, "top": 14, "bottom": 14, "right": 60}}


def interrupted_series(shown: Example) -> Spec:
    found, when = shown.found, np.arange(len(shown.counts)) + 1
    rows = table(period=when, count=shown.counts, expected=found.expected, without=found.expected_without)
    x = period(scale={"domain": [0.5, len(when) + 0.5]})
    parts = [rows[: found.at], rows[found.at :]]
    return chart(
        layer([{"period": found.at + 0.5}], "rule", style=DASHED, x=x),
        *(
            layer(part, "line", style=LINE, x=x, y=axis("expected", "events", scale={"zero": True}))
            for part in parts
        ),
        layer(parts[1], "line", style=LINE | {"strokeDash": [5, 4]}, x=x, y="without"),
        layer(rows, "circle", style=POINT | {"color": DOT}, x=x, y="count"),
        words(
            parts[1][:1],
            x=x,
            y="without",
            text={"value": "had it gone on as before"},
            style={"dx": 0, "dy": -10},
        ),
        words(
            [{"period": found.at + 0.5, "top": 5}],
            x=x,
            y="top",
            text={"value": "the measure begins"},
            style={"color": MARK},
        ),
    )


def difference_in_differences(shown: Example) -> Spec:
    found = shown.found
    seen = found.by_period
    rows = table(period=np.arange(seen.value.size) + 1, value=seen.value, low=seen.low, high=seen.high)
    x = period(scale={"domain": [0.5, seen.value.size + 0.5]})
    y = axis(
        "low",
        "times the comparison",
        scale={"type": "log", "domain": [0.1, 3]},
        values=[0.1, 0.25, 0.5, 1, 2],
    )
    return chart(
        layer([{"one": 1.0}], "rule", style=THIN, y="one"),
        layer([{"period": found.at + 0.5}], "rule", style=DASHED, x=x),
        layer(rows, "rule", style=WIDE, x=x, y=y, y2="high"),
        layer(rows, "circle", style=POINT | {"size": 80}, x=x, y="value"),
    )


def synthetic_control(shown: Example) -> Spec:
    others = np.delete(shown.rates, shown.found.place, axis=0)
    gaps = [synthetic(others, place, shown.found.at).gap for place in range(len(others))]
    x = period(scale={"domain": [0.5, shown.found.gap.size + 0.5]})
    y = axis("gap", "above or below its mixture")
    lines = [
        layer(
            table(period=np.arange(one.size) + 1, gap=one.round(2)),
            "line",
            style=THIN | {"strokeWidth": 1, "opacity": 0.6},
            x=x,
            y=y,
        )
        for one in gaps
    ]
    own = table(period=np.arange(shown.found.gap.size) + 1, gap=shown.found.gap)
    return chart(
        layer([{"at": shown.found.at + 0.5}], "rule", style=DASHED, x="at"),
        *lines,
        layer(own, "line", style=LINE | {"color": MARK, "strokeWidth": 3}, x=x, y=y),
    )
