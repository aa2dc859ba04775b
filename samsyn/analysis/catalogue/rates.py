"""Methods for rates, shares and surveys."""

from __future__ import annotations

from samsyn.analysis.catalogue.shared import LEVEL, PER
from samsyn.analysis.registry import Method, Parameter

RATES = (
    Method(
        name="rate",
        version=1,
        question="How common is it, and how sure can that be?",
        path="rates:rate",
        source="Garwood 1936; Lancaster 1961; Breslow and Day 1987, eq. 2.13",
        parameters=(
            Parameter("count", "events", "events", required=True),
            Parameter("population", "inhabitants or other exposure", "inhabitants", required=True),
            PER,
            LEVEL,
            Parameter("limits", "exact, mid_p or byar"),
        ),
    ),
    Method(
        name="rates",
        version=1,
        question="How common is it in each of many areas or periods?",
        path="rates:rates",
        source="Garwood 1936; Lancaster 1961; Breslow and Day 1987, eq. 2.13",
        parameters=(
            Parameter("count", "events per area", "events", required=True),
            Parameter("population", "inhabitants per area", "inhabitants", required=True),
            PER,
            LEVEL,
            Parameter("limits", "exact, mid_p or byar"),
        ),
    ),
    Method(
        name="share",
        version=1,
        question="What part of the whole, and how sure can that be?",
        path="rates:share",
        source="Wilson 1927",
        parameters=(
            Parameter("part", "those who answered so", "answers", required=True),
            Parameter("whole", "those who answered", "answers", required=True),
            LEVEL,
        ),
    ),
    Method(
        name="rate_ratio",
        version=1,
        question="How many times as common here as there?",
        path="rates:rate_ratio",
        source="Breslow and Day 1987, sec. 3.4; Clopper and Pearson 1934",
        parameters=(
            Parameter("count", "events here", "events", required=True),
            Parameter("population", "inhabitants here", "inhabitants", required=True),
            Parameter("reference_count", "events there", "events", required=True),
            Parameter("reference_population", "inhabitants there", "inhabitants", required=True),
            LEVEL,
        ),
    ),
    Method(
        name="standardised_rate",
        version=1,
        question="How common would it be if the place had the standard's ages?",
        path="standardised:standardised_rate",
        source="Fay and Feuer 1997",
        parameters=(
            Parameter("counts", "events per group", "events", required=True),
            Parameter("populations", "inhabitants per group", "inhabitants", required=True),
            Parameter("standard", "standard inhabitants per group", "inhabitants", required=True),
            PER,
            LEVEL,
        ),
    ),
    Method(
        name="survey_waves",
        version=1,
        question="Has the answer to a survey question changed between waves?",
        path="surveys:waves",
        source="Wilson 1927; Newcombe 1998, method 10; Kish 1965",
        parameters=(
            Parameter("shares", "share per wave", "share", required=True),
            Parameter("answers", "answers per wave", "answers", required=True),
            Parameter("designs", "design effect per wave"),
            LEVEL,
        ),
    ),
    Method(
        name="noisy_rate",
        version=1,
        question="How common is it when the population figure was perturbed by its publisher?",
        path="noise:noisy_rate",
        source="Donner and Zou 2012; Statistics Sweden, cell key method",
        parameters=(
            Parameter("count", "events", "events", required=True),
            Parameter("population", "published inhabitants", "inhabitants", required=True),
            Parameter("noise", "variance and largest deviation of the publisher's noise", required=True),
            Parameter("count_noise", "the same for the count, when it was perturbed too"),
            PER,
            LEVEL,
        ),
    ),
)
