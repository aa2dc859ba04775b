"""Methods that ask whether a measure had an effect."""

from __future__ import annotations

from samsyn.analysis.catalogue.shared import LEVEL, PER
from samsyn.analysis.registry import Method, Parameter

SEASON = (
    Parameter("periods_per_year", "1 (no season), 4, 12 or 52"),
    Parameter("start", "place in the year of the first period, from 0"),
)
INTRODUCTION = Parameter("transition", "periods of introduction that are left out", "periods")
SHAPE = (Parameter("shape", "level, or level_and_slope"), INTRODUCTION)

EFFECTS = (
    Method(
        name="interrupted_series",
        version=1,
        question="Did the number of events change when the measure began, beyond trend and season?",
        path="effects.its:interrupted_series",
        source="Wagner et al. 2002; Lopez Bernal et al. 2017, 2018; Newey and West 1987",
        parameters=(
            Parameter("counts", "events per period", "events", required=True),
            Parameter("at", "first period with the measure", required=True),
            Parameter("exposure", "inhabitants per period", "inhabitants"),
            *SEASON,
            *SHAPE,
            Parameter("control", "events that the measure cannot touch", "events"),
            Parameter("control_exposure", "inhabitants of the control", "inhabitants"),
            Parameter("negative_binomial", "negative binomial instead of quasi-Poisson"),
            LEVEL,
        ),
        tolerance=1e-6,
    ),
    Method(
        name="interrupted_levels",
        version=1,
        question="Did a share or an index change when the measure began, beyond trend and season?",
        path="effects.its:interrupted_levels",
        source="Wagner et al. 2002; Newey and West 1987",
        parameters=(
            Parameter("values", "value per period", required=True),
            Parameter("at", "first period with the measure", required=True),
            *SEASON,
            *SHAPE,
            Parameter("control", "values that the measure cannot touch"),
            LEVEL,
        ),
        tolerance=1e-7,
    ),
    Method(
        name="difference_in_differences",
        version=1,
        question="Did the number of events change more where the measure was than where it was not?",
        path="effects.did:difference_in_differences",
        source="Card and Krueger 1994; Farrington et al. 2007; Bertrand, Duflo and Mullainathan 2004",
        parameters=(
            Parameter("counts", "events per place and period", "events", required=True),
            Parameter("treated", "whether the measure was there, per place", required=True),
            Parameter("at", "first period with the measure", required=True),
            Parameter("exposure", "inhabitants per place, or per place and period", "inhabitants"),
            INTRODUCTION,
            LEVEL,
            Parameter("seed", "seed of the randomisation"),
            Parameter("draws", "choices of places drawn when there are too many to try all"),
        ),
        tolerance=1e-6,
        seeded=True,
    ),
    Method(
        name="difference_in_levels",
        version=1,
        question="Did a share or an index change more where the measure was than where it was not?",
        path="effects.did:difference_in_levels",
        source="Card and Krueger 1994; Welch 1947; Donald and Lang 2007",
        parameters=(
            Parameter("values", "value per place and period", required=True),
            Parameter("treated", "whether the measure was there, per place", required=True),
            Parameter("at", "first period with the measure", required=True),
            INTRODUCTION,
            LEVEL,
        ),
    ),
    Method(
        name="synthetic_control",
        version=1,
        question="Did a place become different from the mixture of other places that it used to resemble?",
        path="effects.synthetic:synthetic_control",
        source="Abadie, Diamond and Hainmueller 2010, 2015; Firpo and Possebom 2018",
        parameters=(
            Parameter("values", "value or events per place and period", required=True),
            Parameter("place", "row of the place with the measure", required=True),
            Parameter("at", "first period with the measure", required=True),
            Parameter("exposure", "inhabitants; then values are events", "inhabitants"),
            PER,
            INTRODUCTION,
            LEVEL,
        ),
        tolerance=1e-6,
        heavy=True,
    ),
    Method(
        name="prospect",
        version=2,
        question="How large an effect could we see if a measure began now?",
        path="effects.power:prospect",
        source="McCullagh and Nelder 1989, ch. 6; Bloom 1995",
        parameters=(
            Parameter("counts", "events per period before", "events", required=True),
            Parameter("periods_after", "periods that the measure is followed", "periods", required=True),
            Parameter("exposure", "inhabitants per period", "inhabitants"),
            *SEASON,
            LEVEL,
            Parameter("power", "probability of seeing the effect", "share"),
        ),
        tolerance=1e-6,
    ),
)
