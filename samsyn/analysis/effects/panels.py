"""Counts of many places over many periods, and the model in which every place and every period has a level
of its own."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from samsyn.analysis.errors import Unusable
from samsyn.analysis.regression import Array

Flags = npt.NDArray[np.bool_]
STEPS = 2000
SETTLED = 1e-12


@dataclass(frozen=True, slots=True)
class Panel:
    """(places, periods): numbers with NaN where unknown, their exposure, and which cells have the measure."""

    y: Array
    exposure: Array
    treated: Flags  # (places,)
    after: Flags  # (periods,)
    at: int

    @property
    def known(self) -> Flags:
        """Cells that count."""
        return np.isfinite(self.y)

    @property
    def with_measure(self) -> Flags:
        """(places, periods) cells in which the measure was at work."""
        return self.treated[:, None] & self.after[None, :]

    def block(self, *, treated: bool, after: bool) -> Flags:
        """Known cells of one of the four blocks."""
        rows = self.treated == treated
        return np.asarray(self.known & rows[:, None] & (self.after == after)[None, :])


def panel(
    values: npt.ArrayLike,
    treated: npt.ArrayLike,
    at: int,
    exposure: npt.ArrayLike | None,
    *,
    transition: int = 0,
    counts: bool = True,
) -> Panel:
    """A checked panel; periods of introduction become unknown everywhere, and so do places that lack a known
    period before or after.

    Raises Unusable ``groups_differ`` (shapes), ``break_outside_series``, ``no_comparison`` (all or no places
    treated), ``count_negative`` and ``exposure_not_positive``.
    """
    y = np.array(values, dtype=float)
    flags = np.asarray(treated, dtype=bool)
    if y.ndim != 2 or flags.shape != (y.shape[0],):
        raise Unusable(
            "groups_differ", "Every place needs a number per period and whether it had the measure."
        )
    if not 0 < at < y.shape[1] or transition < 0:
        raise Unusable("break_outside_series", "The measure must begin inside the series.", {"at": at})
    if flags.all() or not flags.any():
        raise Unusable("no_comparison", "There must be places with the measure and places without it.")
    known = np.isfinite(y)
    if counts and (bool(np.any(y[known] < 0)) or bool(np.any(np.isinf(y)))):
        raise Unusable("count_negative", "Counts must be zero or more, and finite.")
    given = np.asarray(1.0 if exposure is None else exposure, dtype=float)
    given = given[:, None] if given.ndim == 1 else given
    if given.ndim == 2 and (given.shape[0] != y.shape[0] or given.shape[1] not in (1, y.shape[1])):
        raise Unusable("groups_differ", "Exposure is one number, one per place, or one per place and period.")
    exposed = np.broadcast_to(given, y.shape).astype(float)
    if bool(np.any(~(exposed > 0))) or bool(np.any(np.isinf(exposed))):
        raise Unusable("exposure_not_positive", "Every period needs an exposure above zero.")
    y[:, at : at + transition] = np.nan
    after = np.arange(y.shape[1]) >= at
    one_sided = ~(np.isfinite(y[:, ~after]).any(axis=1) & np.isfinite(y[:, after]).any(axis=1))
    y[one_sided] = np.nan
    return Panel(y, exposed, flags, after, at)


@dataclass(frozen=True, slots=True)
class Levels:
    """mean = exposure · place · period · effect (where the measure was at work)."""

    place: Array  # (places,)
    period: Array  # (periods,)
    effect: float
    mean: Array  # (places, periods)
    without: Array  # the same had there been no effect
    information: float  # of the logarithm of the effect


def fit_levels(given: Panel) -> Levels:
    """Poisson regression with a level per place and per period and one effect, by proportional fitting.

    Each step makes one set of sums right (Deming and Stephan 1940), which is maximum likelihood for this
    model; with complete data and exposures that stay the same the effect is the ratio of ratios of the four
    sums. Cost: O(places · periods) per step.
    """
    known, active = given.known, given.with_measure
    y = np.where(known, given.y, 0.0)
    weight = np.where(known, given.exposure, 0.0)
    place, period, effect = np.ones(y.shape[0]), np.ones(y.shape[1]), 1.0
    touched = np.where(active, weight, 0.0)
    rows, columns, events = y.sum(axis=1), y.sum(axis=0), y[active].sum()
    for _ in range(STEPS):
        scaled = np.where(active, weight * effect, weight)
        place = _quotient(rows, scaled @ period)
        period = _quotient(columns, place @ scaled)
        new = float(events / max(float(place @ touched @ period), 1e-300))
        settled = abs(new - effect) <= SETTLED * max(new, 1e-300)
        effect = new
        if settled:
            break
    without = given.exposure * place[:, None] * period[None, :]
    mean = np.where(active, without * effect, without)
    return Levels(place, period, effect, mean, without, _information(np.where(known, mean, 0.0), active))


def _quotient(sums: Array, shares: Array) -> Array:
    return np.divide(sums, shares, out=np.zeros_like(sums), where=shares > 0)


def _information(mean: Array, active: Flags) -> float:
    """What the counts say of the effect once places and periods have taken their share."""
    left = active.astype(float)
    by_row, by_column = mean.sum(axis=1), mean.sum(axis=0)
    for _ in range(STEPS):
        step = _quotient((mean * left).sum(axis=1), by_row)
        left = left - step[:, None]
        turn = _quotient((mean * left).sum(axis=0), by_column)
        left = left - turn[None, :]
        if max(float(np.abs(step).max()), float(np.abs(turn).max())) < SETTLED:
            break
    return float((mean * left**2).sum())
