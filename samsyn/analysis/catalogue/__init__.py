"""Every method of ``samsyn.analysis``: what it answers, what it takes, and where it is described."""

from __future__ import annotations

from samsyn.analysis.catalogue.comparison import COMPARISON
from samsyn.analysis.catalogue.disclosure import DISCLOSURE
from samsyn.analysis.catalogue.effects import EFFECTS
from samsyn.analysis.catalogue.places import PLACES
from samsyn.analysis.catalogue.rates import RATES
from samsyn.analysis.catalogue.series import SERIES, TRENDS
from samsyn.analysis.catalogue.surveillance import SURVEILLANCE
from samsyn.analysis.registry import Registry

METHODS = Registry((*RATES, *TRENDS, *SERIES, *SURVEILLANCE, *COMPARISON, *PLACES, *EFFECTS, *DISCLOSURE))
