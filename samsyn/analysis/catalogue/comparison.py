"""Methods that compare places and rank problems."""

from __future__ import annotations

from samsyn.analysis.catalogue.shared import LEVEL, PER
from samsyn.analysis.registry import Method, Parameter

COMPARISON = (
    Method(
        name="funnel",
        version=1,
        question="Which places differ by more than their size explains?",
        path="comparison:funnel",
        source="Spiegelhalter 2005; Benjamini and Hochberg 1995",
        parameters=(
            Parameter("counts", "events per place", "events", required=True),
            Parameter("exposure", "inhabitants per place", "inhabitants", required=True),
            Parameter("reference", "rate compared with"),
            PER,
            Parameter("false_discoveries", "share of findings that may be chance", "share"),
        ),
        tolerance=1e-7,
    ),
    Method(
        name="relative_rates",
        version=1,
        question="How does each place relate to all places together?",
        path="comparison:relative_rates",
        source="Garwood 1936",
        parameters=(
            Parameter("counts", "events per place", "events", required=True),
            Parameter("exposure", "inhabitants per place", "inhabitants", required=True),
            LEVEL,
        ),
    ),
    Method(
        name="similar_places",
        version=1,
        question="Which places are like ours?",
        path="similar:similar_places",
        source="weighted distance on interquartile scale",
        parameters=(
            Parameter("features", "what the places are, one row each", required=True),
            Parameter("place", "row of our place", required=True),
            Parameter("number", "how many to choose"),
            Parameter("weights", "weight per feature"),
        ),
    ),
    Method(
        name="rank_places",
        version=1,
        question="Where do we stand in a ranking, and between which ranks may we truly be?",
        path="ranks:rank_places",
        source="Goldstein and Spiegelhalter 1996; Clayton and Kaldor 1987",
        parameters=(
            Parameter("counts", "events per place", "events", required=True),
            Parameter("exposure", "inhabitants per place", "inhabitants", required=True),
            Parameter("seed", "seed of the draws", required=True),
            Parameter("top", "how many count as the top"),
            Parameter("draws", "number of draws"),
            LEVEL,
        ),
        tolerance=1e-6,
        seeded=True,
    ),
    Method(
        name="prioritise",
        version=1,
        question="Which problems first, and how much does that hang on the weights?",
        path="ranking:prioritise",
        source="Lahdelma and Salminen 2001; exact turning points",
        parameters=(
            Parameter("scores", "options by criteria", required=True),
            Parameter("weights", "weight per criterion", required=True),
            Parameter("seed", "seed of the draws", required=True),
            Parameter("scale", "lowest and highest score"),
            Parameter("draws", "number of draws"),
            Parameter("firmness", "how firmly the weights are held"),
            Parameter("level", "share of draws the rank interval holds", "share"),
        ),
        seeded=True,
    ),
)
