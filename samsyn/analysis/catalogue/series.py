"""Methods for series in time."""

from __future__ import annotations

from samsyn.analysis.catalogue.shared import LEVEL
from samsyn.analysis.registry import Method, Parameter

TRENDS = (
    Method(
        name="change",
        version=1,
        question="Did it become more or fewer from one period to the next?",
        path="trends:change",
        source="Breslow and Day 1987, sec. 3.4, with dispersion (McCullagh and Nelder 1989)",
        parameters=(
            Parameter("before_count", "events before", "events", required=True),
            Parameter("before_exposure", "inhabitants times time before", required=True),
            Parameter("after_count", "events after", "events", required=True),
            Parameter("after_exposure", "inhabitants times time after", required=True),
            LEVEL,
            Parameter("dispersion", "known dispersion factor"),
            Parameter("history", "events in earlier periods of the same length", "events"),
            Parameter("history_exposure", "inhabitants times time of those periods"),
        ),
    ),
    Method(
        name="trend",
        version=1,
        question="Is there a steady change over the years, apart from season and noise?",
        path="trends:trend",
        source="McCullagh and Nelder 1989, ch. 6 and 9; Newey and West 1987",
        parameters=(
            Parameter("counts", "events per period", "events", required=True),
            Parameter("exposure", "inhabitants per period", "inhabitants"),
            Parameter("periods_per_year", "1, 4, 12 or 52"),
            Parameter("start", "place in the year of the first period, from 0"),
            LEVEL,
            Parameter("negative_binomial", "negative binomial instead of quasi-Poisson"),
        ),
        tolerance=1e-7,
    ),
)

SERIES = (
    Method(
        name="change_points",
        version=1,
        question="When did the level shift, if it did?",
        path="changepoints:change_points",
        source="Jackson et al. 2005, with Poisson likelihood",
        parameters=(
            Parameter("counts", "events per period", "events", required=True),
            Parameter("exposure", "inhabitants per period", "inhabitants"),
            Parameter("shortest", "fewest periods of a segment", "periods"),
            Parameter("penalty", "cost of a shift, default 3 log n"),
        ),
    ),
    Method(
        name="break_at",
        version=1,
        question="Did the series jump when the offence code changed?",
        path="breaks:break_at",
        source="McCullagh and Nelder 1989, ch. 6; Newey and West 1987",
        parameters=(
            Parameter("counts", "events per period", "events", required=True),
            Parameter("at", "first period counted the new way", required=True),
            Parameter("exposure", "inhabitants per period", "inhabitants"),
            Parameter("periods_per_year", "1, 4, 12 or 52"),
            Parameter("start", "place in the year of the first period, from 0"),
            LEVEL,
        ),
        tolerance=1e-7,
    ),
    Method(
        name="forecast",
        version=1,
        question="What is to be expected if things go on as they have?",
        path="forecasts:forecast",
        source="McCullagh and Nelder 1989, ch. 6; prediction limits by simulation",
        parameters=(
            Parameter("counts", "events per period", "events", required=True),
            Parameter("ahead", "periods to come", "periods", required=True),
            Parameter("exposure", "inhabitants per period", "inhabitants"),
            Parameter("seed", "seed of the draws", required=True),
            Parameter("exposure_ahead", "inhabitants in the periods to come", "inhabitants"),
            Parameter("periods_per_year", "1, 4, 12 or 52"),
            Parameter("start", "place in the year of the first period, from 0"),
            LEVEL,
            Parameter("draws", "number of draws"),
        ),
        tolerance=1e-6,
        seeded=True,
    ),
)
