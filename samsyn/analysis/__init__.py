"""Statistics for small places and small numbers, usable on its own in a notebook.

``METHODS`` lists every method without loading NumPy or SciPy; a worker or a notebook imports the module it
needs::

    from samsyn.analysis.rates import rate
    rate(7, 6_900)
"""

from samsyn.analysis.catalogue import METHODS
from samsyn.analysis.errors import Unusable
from samsyn.analysis.registry import Method, Parameter
from samsyn.analysis.verdicts import Verdict

__all__ = ["METHODS", "Method", "Parameter", "Unusable", "Verdict"]
