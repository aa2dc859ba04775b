"""Every method of ``samsyn.analysis``: what it answers, what it takes, and where it is described."""

from __future__ import annotations

from samsyn.analysis.catalogue.comparison import COMPARISON
from samsyn.analysis.catalogue.disclosure import DISCLOSURE
from samsyn.analysis.catalogue.effects import EFFECTS
from samsyn.analysis.catalogue.places import PLACES
from samsyn.analysis.catalogue.rates import RATES
from samsyn.analysis.catalogue.series import SERIES, TRENDS
from samsyn.analysis.catalogue.surveillance import SURVEILLANCE
from samsyn.analysis.registry import Method, Registry

GROUPS: dict[str, tuple[Method, ...]] = {  # by what one wants to know
    "How much, and how sure?": RATES,
    "More or fewer over time": (*TRENDS, *SERIES),
    "Is this unexpected?": SURVEILLANCE,
    "Places and problems beside each other": COMPARISON,
    "Where and when": PLACES,
    "Did it help?": EFFECTS,
    "What may be shown?": DISCLOSURE,
}
METHODS = Registry(method for group in GROUPS.values() for method in group)
