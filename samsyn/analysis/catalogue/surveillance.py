"""Methods that watch series for what is unexpected."""

from __future__ import annotations

from samsyn.analysis.registry import Method, Parameter

SURVEILLANCE = (
    Method(
        name="farrington",
        version=2,
        question="Is this month unexpected beside the same season of earlier years?",
        path="surveillance:farrington",
        source="Farrington et al. 1996; exact predictive limit below ten events",
        parameters=(
            Parameter("counts", "events per series and period", "events", required=True),
            Parameter("periods_per_year", "12 or 52"),
            Parameter("monitored", "periods judged", "periods"),
            Parameter("years_back", "years in the baseline", "years"),
            Parameter("half_window", "periods each side of the same season", "periods"),
            Parameter("alpha", "chance of a false alarm per series and period", "share"),
            Parameter("with_trend", "allow a trend"),
            Parameter("reweight", "let past outbreaks count for less"),
            Parameter("exact_below", "baseline events below which the exact limit holds", "events"),
            Parameter("quiet", "no alarm below this many events in four periods", "events"),
        ),
        tolerance=1e-6,
    ),
    Method(
        name="farrington_flexible",
        version=1,
        question="Is this month unexpected, given all of the last years and their seasons?",
        path="flexible:farrington_flexible",
        source="Noufaily et al. 2013",
        parameters=(
            Parameter("counts", "events per series and period", "events", required=True),
            Parameter("periods_per_year", "12 or 52"),
            Parameter("monitored", "periods judged", "periods"),
            Parameter("years_back", "years in the baseline", "years"),
            Parameter("half_window", "periods each side of the same season", "periods"),
            Parameter("seasons", "blocks of the year"),
            Parameter("skipped", "periods before now that are left out", "periods"),
            Parameter("alpha", "chance of a false alarm per series and period", "share"),
            Parameter("exact_below", "baseline events below which the exact limit holds", "events"),
            Parameter("quiet", "no alarm below this many events in four periods", "events"),
        ),
        tolerance=1e-6,
    ),
    Method(
        name="ears",
        version=2,
        question="Is this period unexpected beside the few just before it?",
        path="surveillance:ears",
        source="Hutwagner et al. 2003; Fricker, Hegler and Dunfee 2008",
        parameters=(
            Parameter("counts", "events per series and period", "events", required=True),
            Parameter("rule", "c1, c2 or c3"),
            Parameter("monitored", "periods judged", "periods"),
            Parameter("baseline", "periods compared with", "periods"),
            Parameter("alpha", "chance of a false alarm per series and period", "share"),
            Parameter("exact_below", "baseline events below which the exact limit holds", "events"),
        ),
    ),
    Method(
        name="cusum",
        version=1,
        question="Has the series drifted upwards slowly?",
        path="surveillance:cusum",
        source="Rossi, Lampugnani and Marchi 1999, with reset",
        parameters=(
            Parameter("counts", "events per series and period", "events", required=True),
            Parameter("monitored", "periods judged", "periods"),
            Parameter("reference", "drift that is let pass, in standard units"),
            Parameter("threshold", "sum that is an alarm, in standard units"),
            Parameter("reset", "start again after an alarm"),
            Parameter("exact_below", "past events below which the exact limit holds", "events"),
        ),
    ),
)
