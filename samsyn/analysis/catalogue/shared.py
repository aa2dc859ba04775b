"""Parameters that many methods take."""

from __future__ import annotations

from samsyn.analysis.registry import Parameter

LEVEL = Parameter("level", "confidence level", "share")
PER = Parameter("per", "inhabitants the rate is given for", "inhabitants")
SEED = Parameter("seed", "seed of the draws", required=True)
