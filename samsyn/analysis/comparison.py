"""Do places differ more than chance and the usual differences between places explain?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

from samsyn.analysis.errors import Unusable, checked_level
from samsyn.analysis.multiple import false_discovery
from samsyn.analysis.rates import poisson_limits
from samsyn.analysis.regression import Array
from samsyn.analysis.verdicts import FEWEST_EVENTS, Verdict

WARNING, ACTION = 1.959964, 3.090232  # two-sided 95 % and 99.8 %
TRIMMED = 0.10  # share of z-scores pulled in at each end before dispersion is estimated


@dataclass(frozen=True, slots=True)
class Funnel:
    """Every place's rate beside the limits that a place of its size would keep to; arrays of one value
    per place."""

    rate: Array
    reference: float
    per: float
    low_warning: Array
    high_warning: Array
    low_action: Array
    high_action: Array
    z: Array  # adjusted for overdispersion
    p_adjusted: Array  # false discovery rate
    dispersion: float
    verdicts: tuple[Verdict, ...]


def mid_p_scores(counts: Array, expected: Array) -> Array:
    """Normal scores of Poisson counts through the mid-P tail nearer the count, so that no far tail rounds
    to one."""
    some = np.maximum(counts, 1e-300)
    point = np.exp(special.xlogy(counts, expected) - expected - special.gammaln(counts + 1))
    above = np.where(counts > 0, special.gammainc(some, expected), 1.0) - 0.5 * point  # P(X > y) + half
    below = special.gammaincc(counts + 1, expected) - 0.5 * point
    upper = -special.ndtri(np.clip(above, 1e-300, 1.0))
    lower = special.ndtri(np.clip(below, 1e-300, 1.0))
    return np.asarray(np.where(counts > expected, upper, lower))


def funnel(
    counts: npt.ArrayLike,
    exposure: npt.ArrayLike,
    *,
    reference: float | None = None,
    per: float = 100_000.0,
    false_discoveries: float = 0.05,
) -> Funnel:
    """Which places differ from the average by more than their size explains?

    Normal scores of exact mid-P tails, with a multiplicative dispersion from the winsorised scores
    (Spiegelhalter 2005, sec. 3.2): places differ for many reasons, and without it most large places are
    "outliers". A verdict needs the false discovery rate over all places to stay below ``false_discoveries``.

    Parameters
    ----------
    counts, exposure : (places,); a place without exposure or count is left out (NaN, ``TOO_FEW``).
    reference : the rate compared with, per unit of exposure; default all places together.

    ``TOO_FEW`` where observed and expected together are below 10. Cost: O(places).

    >>> found = funnel([12, 9, 11, 10, 60, 8], [1_000] * 6)
    >>> found.verdicts[4].value, found.verdicts[1].value, round(found.dispersion, 1)
    ('more', 'cannot_say', 5.2)
    """
    y = np.asarray(counts, dtype=float)
    people = np.asarray(exposure, dtype=float)
    if y.ndim != 1 or y.shape != people.shape or bool(np.any(y < 0)):
        raise Unusable("groups_differ", "Every place needs a count of zero or more and an exposure.")
    known = np.isfinite(y) & (people > 0)
    if not bool(np.any(known)) or y[known].sum() == 0:
        raise Unusable("no_events", "There are no events to compare.")
    level = float(y[known].sum() / people[known].sum()) if reference is None else reference
    expected = np.where(known, people * level, np.nan)
    raw = np.where(known, mid_p_scores(np.where(known, y, 0.0), np.where(known, expected, 1.0)), np.nan)
    dispersion = _winsorised_dispersion(raw[known])
    z = raw / np.sqrt(dispersion)
    p_adjusted = false_discovery(2.0 * special.ndtr(-np.abs(z)))
    verdicts = []
    for place in range(y.size):
        if not known[place] or y[place] + expected[place] < FEWEST_EVENTS:
            verdicts.append(Verdict.TOO_FEW)
        elif p_adjusted[place] > false_discoveries:
            verdicts.append(Verdict.CANNOT_SAY)
        else:
            verdicts.append(Verdict.MORE if z[place] > 0 else Verdict.FEWER)
    limits = [_count_limits(expected, width * np.sqrt(dispersion)) for width in (WARNING, ACTION)]
    unit = per / np.where(known, people, np.nan)
    return Funnel(
        rate=y * unit,
        reference=level * per,
        per=per,
        low_warning=limits[0][0] * unit,
        high_warning=limits[0][1] * unit,
        low_action=limits[1][0] * unit,
        high_action=limits[1][1] * unit,
        z=z,
        p_adjusted=p_adjusted,
        dispersion=dispersion,
        verdicts=tuple(verdicts),
    )


def _winsorised_dispersion(z: Array) -> float:
    """Mean square of the scores with the outermost tenth at each end pulled in; at least 1, and 1 for few
    places."""
    if z.size < 5:
        return 1.0
    low, high = np.quantile(z, [TRIMMED, 1.0 - TRIMMED])
    return max(1.0, float((np.clip(z, low, high) ** 2).mean()))


def _count_limits(expected: Array, width: float) -> tuple[Array, Array]:
    """Counts whose mid-P score is ``width`` away from ``expected``: continuous, so that limits draw as a
    curve.

    Found by bisection on the count, which enters the gamma functions as a real number.
    """
    known = np.isfinite(expected)
    safe = np.where(known, expected, 1.0)
    low, high = np.zeros_like(safe), safe.copy()
    bottom, top = safe.copy(), safe + width * width + 3.0 * width * np.sqrt(safe + 1.0) + 5.0
    for _ in range(60):
        middle = (low + high) / 2.0
        outside = mid_p_scores(middle, safe) < -width
        low, high = np.where(outside, middle, low), np.where(outside, high, middle)
        centre = (bottom + top) / 2.0
        beyond = mid_p_scores(centre, safe) > width
        bottom, top = np.where(beyond, bottom, centre), np.where(beyond, centre, top)
    return np.where(known, low, np.nan), np.where(known, top, np.nan)


@dataclass(frozen=True, slots=True)
class Differences:
    """Exact limits of each place's rate relative to the reference; what a table beside a funnel shows."""

    ratio: Array
    low: Array
    high: Array


def relative_rates(counts: npt.ArrayLike, exposure: npt.ArrayLike, *, level: float = 0.95) -> Differences:
    """Each place's rate divided by that of all places together, with exact Poisson limits.

    The reference is taken as known: use it for many places, and ``rate_ratio`` for two. A place without
    exposure or count has no ratio (NaN). Raises Unusable when no place has an event.

    >>> relative_rates([20, 10], [100, 100]).ratio.round(3).tolist()
    [1.333, 0.667]
    """
    checked_level(level)
    y = np.asarray(counts, dtype=float)
    people = np.asarray(exposure, dtype=float)
    if y.ndim != 1 or y.shape != people.shape:
        raise Unusable("groups_differ", "Every place needs a count of zero or more and an exposure.")
    known = np.isfinite(y) & (people > 0)
    if not y[known].sum() > 0:
        raise Unusable("no_events", "There are no events to compare.")
    expected = np.where(known, people, np.nan) * (y[known].sum() / people[known].sum())
    low, high = poisson_limits(y, level=level)
    return Differences(y / expected, low / expected, high / expected)
