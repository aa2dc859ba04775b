"""Methods of disclosure control."""

from __future__ import annotations

from samsyn.analysis.registry import Method, Parameter

DISCLOSURE = (
    Method(
        name="suppress",
        version=1,
        question="What must be hidden so that small cells stay hidden?",
        path="disclosure.suppression:suppress",
        source="Kelly, Golden and Assad 1992; Castro 2012; whole-number audit",
        parameters=(
            Parameter("system", "cells and the equations between them", required=True),
            Parameter("policy", "the partnership's disclosure policy", required=True),
            Parameter("widths", "interval each cell must keep, instead of the policy's"),
            Parameter("weights", "cost of hiding each cell"),
            Parameter("already_shown", "cells that are out"),
            Parameter("already_hidden", "cells hidden before"),
            Parameter("whole_numbers", "counts, not amounts"),
            Parameter("tidy", "show again what is not needed"),
        ),
        heavy=True,
    ),
    Method(
        name="best_pattern",
        version=1,
        question="Which safe pattern is the cheapest of all?",
        path="disclosure.optimum:best_pattern",
        source="Fischetti and Salazar-González 2000",
        parameters=(
            Parameter("system", "cells and the equations between them", required=True),
            Parameter("policy", "the partnership's disclosure policy", required=True),
            Parameter("widths", "interval each cell must keep, instead of the policy's"),
            Parameter("weights", "cost of hiding each cell"),
            Parameter("seconds", "time after which the quick pattern comes back with a bound", "s"),
        ),
        heavy=True,
    ),
    Method(
        name="audit",
        version=1,
        question="What can an attacker infer about every hidden cell?",
        path="disclosure.audit:audit",
        source="Hundepool et al. 2012, ch. 4",
        parameters=(
            Parameter("system", "cells and the equations between them", required=True),
            Parameter("hidden", "which cells are hidden", required=True),
            Parameter("policy", "the partnership's disclosure policy", required=True),
            Parameter("widths", "interval each cell must keep, instead of the policy's"),
            Parameter("whole_numbers", "counts, not amounts"),
        ),
        heavy=True,
    ),
    Method(
        name="audit_publications",
        version=1,
        question="What can be inferred from everything ever published, side by side?",
        path="disclosure.publications:audit_publications",
        source="Hundepool et al. 2012, ch. 4 and 5; differencing",
        parameters=(
            Parameter("finest", "true counts of the finest cells", "events", required=True),
            Parameter("tables", "tables as the public sees them", required=True),
            Parameter("policy", "the partnership's disclosure policy", required=True),
        ),
        heavy=True,
    ),
    Method(
        name="publish_next",
        version=1,
        question="What must a new table hide, given everything published before?",
        path="disclosure.publications:publish_next",
        source="Hundepool et al. 2012, ch. 4",
        parameters=(
            Parameter("finest", "true counts of the finest cells", "events", required=True),
            Parameter("earlier", "tables published before", required=True),
            Parameter("name", "name of the new table", required=True),
            Parameter("cells", "finest cells of each new cell", required=True),
            Parameter("policy", "the partnership's disclosure policy", required=True),
        ),
        heavy=True,
    ),
    Method(
        name="round_together",
        version=1,
        question="How can a table be rounded so that it still adds up?",
        path="disclosure.rounding:round_together",
        source="Cox 1987",
        parameters=(
            Parameter("system", "cells and the equations between them", required=True),
            Parameter("base", "multiple to round to"),
        ),
    ),
    Method(
        name="round_randomly",
        version=1,
        question="How can single counts be rounded without changing their mean?",
        path="disclosure.rounding:round_randomly",
        source="Hundepool et al. 2012, sec. 5.4.3",
        parameters=(
            Parameter("counts", "events", "events", required=True),
            Parameter("base", "multiple to round to"),
            Parameter("seed", "seed of the draws", required=True),
        ),
        seeded=True,
    ),
    Method(
        name="perturb",
        version=1,
        question="Which small noise does each cell get, the same in every table?",
        path="disclosure.cellkey:perturb",
        source="Fraser and Wooton 2005; Giessing 2016",
        parameters=(
            Parameter("counts", "events per cell", "events", required=True),
            Parameter("keys", "cell keys", required=True),
            Parameter("table", "probabilities of the deviations", required=True),
        ),
    ),
)
