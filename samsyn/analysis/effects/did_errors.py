"""How uncertain a ratio of ratios is when places differ, months echo each other, and both are few."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy import special

from samsyn.analysis.effects.conditional import odds_ratio_limits
from samsyn.analysis.effects.panels import Flags, Levels, Panel
from samsyn.analysis.effects.segments import echo_inflation
from samsyn.analysis.regression import Array
from samsyn.analysis.trends import ASSUMED_DISPERSION

ASSUMED_PARTING = 0.15  # a place's level changes by some 15 % for reasons of its own; convention
FEWEST_PLACES = 4  # degrees of freedom from which the spread between places is estimated
FEWEST_OF_A_KIND = 3  # places with, and places without the measure, for leaving one out at a time


@dataclass(frozen=True, slots=True)
class Collapsed:
    """Per place: events before and after, and how many an unchanged share of the levels would give after for
    each one before (0 where the place had no events at all)."""

    before: Array
    after: Array
    pace: Array
    treated: Flags

    def factor(self, chosen: Flags) -> float:
        """How many times the common pace the chosen places' events kept."""
        expected = float((self.before * self.pace)[chosen].sum())
        return float(self.after[chosen].sum()) / expected if expected > 0 else np.nan


@dataclass(frozen=True, slots=True)
class Source:
    """One estimate of the standard error of the log ratio, with the degrees of freedom it has."""

    error: float
    degrees: float

    def reach(self, level: float) -> float:
        """Half the width of the interval."""
        return float(special.stdtrit(self.degrees, 0.5 + level / 2.0)) * self.error


@dataclass(frozen=True, slots=True)
class Errors:
    """All estimates of the error, the dispersion the model's rests on, and the four sums."""

    sources: tuple[Source, ...]
    dispersion: float
    sums: tuple[float, float, float, float]  # treated after, treated before, others after, others before
    offset: float  # the ratio of ratios that no effect would give

    def limits(self, center: float, level: float) -> tuple[float, float]:
        """The widest of all intervals at either end; the exact one among them when counts are whole."""
        reach = max(source.reach(level) for source in self.sources)
        low, high = float(np.exp(max(center - reach, -700.0))), float(np.exp(min(center + reach, 700.0)))
        exact_low, exact_high = self.exact(level)
        return min(low, exact_low), max(high, exact_high)

    def exact(self, level: float) -> tuple[float, float]:
        """The conditional interval, (infinite, 0) where it does not apply so that it widens nothing."""
        whole = all(one == round(one) for one in self.sums)
        if not whole:
            return float("inf"), 0.0
        low, high = odds_ratio_limits(*(round(one) for one in self.sums), level=level)
        if low == 0.0 and high == float("inf") and min(self.sums) > 0:
            return float("inf"), 0.0  # too many events to add up one by one: the normal limits are the same
        return low / self.offset, high / self.offset

    @property
    def widest(self) -> Source:
        """The estimate that gives the widest 95 % interval."""
        return max(self.sources, key=lambda source: source.reach(0.95))


def collapse(given: Panel, levels: Levels) -> Collapsed:
    """Before and after sums of every place. Two sums per place are free of the echo between months
    (Bertrand, Duflo and Mullainathan 2004)."""
    y = np.where(given.known, given.y, 0.0)
    shape = np.where(given.known, given.exposure * levels.period[None, :], 0.0)
    before, after = shape[:, ~given.after].sum(axis=1), shape[:, given.after].sum(axis=1)
    pace = np.divide(after, before, out=np.zeros_like(after), where=before > 0)
    return Collapsed(y[:, ~given.after].sum(axis=1), y[:, given.after].sum(axis=1), pace, given.treated)


def errors_of(given: Panel, levels: Levels, collapsed: Collapsed, raw: Panel) -> Errors:
    """The model's error with the spread between places, with that between months, and leaving places out."""
    model = 1.0 / np.sqrt(levels.information)
    months, months_free = _between_months(given, levels)
    sources = [Source(model * np.sqrt(months), months_free)]
    dispersion = months
    places, places_free = _between_places(collapsed)
    if places_free >= FEWEST_PLACES:
        sources.append(Source(model * np.sqrt(max(places, 1.0)), places_free))
        dispersion = max(dispersion, places)
    else:  # how far two places usually part cannot be seen here: it is assumed
        shares = 1.0 / given.treated.sum() + 1.0 / (~given.treated).sum()
        variance = max(months, ASSUMED_DISPERSION) * model**2 + ASSUMED_PARTING**2 * shares
        sources.append(Source(float(np.sqrt(variance)), months_free))
        dispersion = max(dispersion, ASSUMED_DISPERSION)
    jackknife = _leaving_one_out(collapsed)
    if jackknife is not None:
        sources.append(jackknife)
    sums = [
        float(raw.y[raw.block(treated=treated, after=after)].sum())
        for treated in (True, False)
        for after in (True, False)
    ]
    without = [
        float(levels.without[given.block(treated=treated, after=after)].sum())
        for treated in (True, False)
        for after in (True, False)
    ]
    offset = without[0] * without[3] / (without[1] * without[2])
    return Errors(tuple(sources), dispersion, (sums[0], sums[1], sums[2], sums[3]), offset)


def _between_months(given: Panel, levels: Levels) -> tuple[float, float]:
    """Pearson dispersion of the cells (at least 1) times what the echo between a place's months adds."""
    used = given.known & (levels.mean > 0)
    rows, columns = used.any(axis=1).sum(), used.any(axis=0).sum()
    free = float(used.sum() - rows - columns)  # one level is counted twice, the effect is one more
    if free < 1:
        return 1.0, float("inf")  # nothing is estimated: what is assumed has no degrees of freedom to lose
    residual = np.where(used, given.y - levels.mean, 0.0) / np.sqrt(np.where(used, levels.mean, 1.0))
    dispersion = max(float((residual**2).sum()) / free, 1.0)
    both = used[:, 1:] & used[:, :-1]
    power = float((residual**2).sum())
    if power <= 0 or both.sum() < 8:
        return dispersion, free
    # every place's levels before and after take two numbers: the echo is judged as in one long series
    order = np.concatenate([residual[row][used[row]] for row in range(used.shape[0])])
    return dispersion * echo_inflation(order, 1), free


def _between_places(collapsed: Collapsed) -> tuple[float, float]:
    """Pearson dispersion of the places' before and after about their group's common factor."""
    chi, free = 0.0, 0.0
    for group in (collapsed.treated, ~collapsed.treated):
        some = group & (collapsed.before + collapsed.after > 0) & (collapsed.pace > 0)
        factor = collapsed.factor(some)
        if some.sum() < 2 or not 0 < factor < np.inf:
            continue
        odds = factor * collapsed.pace[some]
        total = (collapsed.before + collapsed.after)[some]
        share = odds / (1.0 + odds)
        chi += float(((collapsed.after[some] - total * share) ** 2 / (total * share * (1 - share))).sum())
        free += float(some.sum() - 1)
    return (chi / free if free > 0 else 1.0), free


def _leaving_one_out(collapsed: Collapsed) -> Source | None:
    """The jackknife's error per group, with Welch's degrees of freedom (Efron 1982; Welch 1947)."""
    parts = []
    for group in (collapsed.treated, ~collapsed.treated):
        inside = np.flatnonzero(group & (collapsed.before + collapsed.after > 0))
        if inside.size < FEWEST_OF_A_KIND:
            return None
        after, expected = collapsed.after[inside], (collapsed.before * collapsed.pace)[inside]
        top, bottom = after.sum() - after, expected.sum() - expected
        if bool(np.any(top <= 0)) or bool(np.any(bottom <= 0)):
            return None  # all events of a side lie in one place: the others say nothing
        left = np.log(top / bottom)
        n = inside.size
        parts.append((float((n - 1) / n * ((left - left.mean()) ** 2).sum()), n - 1))
    (one, one_free), (other, other_free) = parts
    total = one + other
    if total <= 0:
        return None
    return Source(float(np.sqrt(total)), total**2 / (one**2 / one_free + other**2 / other_free))


def smoothed(given: Panel) -> Panel:
    """Half an event added to each of the four blocks when one of them is empty (Haldane 1956; Anscombe 1956),
    spread by exposure."""
    blocks = [given.block(treated=t, after=a) for t in (True, False) for a in (True, False)]
    if all(float(given.y[block].sum()) > 0 for block in blocks):
        return given
    y = given.y.copy()
    for block in blocks:
        y[block] += 0.5 * given.exposure[block] / given.exposure[block].sum()
    return replace(given, y=y)
