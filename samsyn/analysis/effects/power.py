"""What size of effect could have been seen? Asked before a measure begins, and beside every verdict."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import optimize, special

from samsyn.analysis.effects.assumptions import DETECTED
from samsyn.analysis.effects.segment_checks import enough_periods
from samsyn.analysis.errors import Unusable, checked_level
from samsyn.analysis.regression import fit_counts, season_columns
from samsyn.analysis.verdicts import FEW_EVENTS, FEWEST_EVENTS

LEAST_INFORMATION = 1e-9
LARGEST = 20.0  # on the log scale; an effect beyond it is "all" or "endless"


def detectable(error: float, degrees: float, *, level: float, power: float = DETECTED) -> float:
    """The smallest true difference that a t test would find with this probability (Bloom 1995).

    ``error`` is the standard error, ``degrees`` its degrees of freedom; infinite when either is unknown.

    >>> round(detectable(1.0, 1e6, level=0.95), 3)
    2.802
    """
    if not (np.isfinite(error) and degrees > 0):
        return float("inf")
    return float((special.stdtrit(degrees, 0.5 + level / 2.0) + special.stdtrit(degrees, power)) * error)


@dataclass(frozen=True, slots=True)
class Prospect:
    """What a series could show if the measure began now and was followed so long."""

    decrease: float  # the smallest (0.2 is a fifth fewer) that would probably be seen; 1 is "not even all"
    increase: float  # the smallest (0.2 is a fifth more); infinite is "none"
    dispersion: float  # NaN when the series would be too few to say anything of
    periods_after: int


def prospect(
    counts: npt.ArrayLike,
    periods_after: int,
    exposure: npt.ArrayLike | None = None,
    *,
    periods_per_year: int = 12,
    start: int = 0,
    level: float = 0.95,
    power: float = DETECTED,
) -> Prospect:
    """How large an effect could an interrupted time series show, given the series so far?

    The model of ``interrupted_series`` (trend, season, one step) is fitted to what is known, carried on for
    the periods to come, and the error that the step would have is computed for every size of effect. Where
    ``interrupted_series`` would say ``TOO_FEW`` nothing would be seen, and the answer is that: a decrease of
    1 and an infinite increase. Its verdict also takes the largest of three errors and asks for the checks, so
    it finds what is promised here somewhat less often.

    Parameters
    ----------
    counts : (periods,) events before; missing periods are NaN. exposure : (periods,) or one number.
    periods_after : periods that the measure would be followed. power : probability of seeing the effect, 0-1.

    Raises Unusable when the measure is followed for no period, or a season has less than two years.
    Source: Wald test in the model of McCullagh and Nelder (1989), ch. 6; Bloom (1995).
    Cost: O(periods · terms²) per step of the search.

    >>> found = prospect([30, 28, 33, 31, 29, 30, 32, 27, 31, 30, 29, 33] * 3, 12)
    >>> 0.1 < found.decrease < 0.3
    True
    """
    checked_level(level)
    y = np.asarray(counts, dtype=float)
    if periods_after < 1:
        raise Unusable("too_few_periods", "The measure must be followed for a period at least.")
    exposed = np.broadcast_to(np.asarray(1.0 if exposure is None else exposure, dtype=float), y.shape)
    total = y.size + periods_after
    years = np.arange(total) / periods_per_year
    season = season_columns(total, periods_per_year, start=start)
    if periods_per_year > 1 and y.size < 2 * periods_per_year:
        raise Unusable("too_few_periods", "A season needs two years to be told from a change.")
    base = np.column_stack([np.ones(total), years - years[: y.size].mean(), season])
    known = np.isfinite(y)
    events = float(y[known].sum())
    terms = base.shape[1] + 1
    enough = enough_periods(int(known.sum()), periods_after, terms=terms, periods_per_year=periods_per_year)
    if not enough or events < FEWEST_EVENTS:
        return Prospect(1.0, float("inf"), float("nan"), periods_after)
    fit = fit_counts(y[known], base[: y.size][known], exposure=exposed[known])
    dispersion = max(fit.dispersion, 1.0)
    offset = np.log(np.concatenate([exposed, np.full(periods_after, exposed[-1])]))
    expected = np.exp(np.clip(base @ fit.coefficients + offset, -30.0, 30.0))
    after = np.arange(total) >= y.size
    used = np.concatenate([known, np.ones(periods_after, dtype=bool)])
    design = np.column_stack([after.astype(float), base])[used]
    degrees = float(design.shape[0] - design.shape[1])

    def shortfall(effect: float) -> float:
        """How much larger the detectable size is than this one."""
        weight = (expected * np.where(after, np.exp(effect), 1.0))[used]
        if events + float(weight[-periods_after:].sum()) < FEW_EVENTS:
            return LARGEST
        rooted = design * np.sqrt(weight)[:, None]
        apart = rooted[:, 0] - rooted[:, 1:] @ np.linalg.lstsq(rooted[:, 1:], rooted[:, 0])[0]
        known_of_it = float(apart @ apart)  # what the other terms leave of the step's information
        if known_of_it < LEAST_INFORMATION:
            return LARGEST  # a series that dies out by itself: there is nothing left to see an effect on
        error = float(np.sqrt(dispersion / known_of_it))
        return detectable(error, degrees, level=level, power=power) - abs(effect)

    return Prospect(
        decrease=1.0 - float(np.exp(_smallest(shortfall, -1.0))),
        increase=float(np.expm1(_smallest(shortfall, 1.0))),
        dispersion=dispersion,
        periods_after=periods_after,
    )


def _smallest(shortfall: Callable[[float], float], sign: float) -> float:
    """The size at which the effect just could be seen, on the log scale; else infinite."""
    low = 1e-9
    for top in np.geomspace(0.01, LARGEST, 40):
        if shortfall(sign * float(top)) <= 0:
            return sign * float(optimize.brentq(lambda size: shortfall(sign * size), low, float(top)))
        low = float(top)
    return sign * float("inf")
