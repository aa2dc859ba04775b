"""What a difference-in-differences rests on, as far as the numbers can tell."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from math import comb

import numpy as np
from scipy import special

from samsyn.analysis.effects.assumptions import Assumption, Check
from samsyn.analysis.effects.did_errors import Collapsed
from samsyn.analysis.effects.panels import Levels, Panel
from samsyn.analysis.effects.segment_checks import FEWEST_FALSE_DATES, QUIET_SHARE, SUSPECT
from samsyn.analysis.regression import Array

FEWEST_BEFORE = 4  # periods from which a drift before can be told
FEWEST_ASSIGNMENTS = 20  # ways to choose the treated places, for a p-value of 5 %
MOST_ASSIGNMENTS = 5000  # beyond it they are drawn


@dataclass(frozen=True, slots=True)
class Drift:
    """How the ratio between the places compared moved per period before the measure."""

    ratio: float
    low: float
    high: float
    p_value: float


def drift_before(given: Panel, levels: Levels, *, level: float) -> Drift | None:
    """A straight line in the log ratio of the two groups' counts before; binomial regression with its
    dispersion. None with fewer than four usable periods."""
    here = np.where(given.known & given.treated[:, None], given.y, 0.0).sum(axis=0)[~given.after]
    both = np.where(given.known, given.y, 0.0).sum(axis=0)[~given.after]
    expected = [
        np.where(given.known & rows[:, None], levels.without, 0.0).sum(axis=0)[~given.after]
        for rows in (given.treated, ~given.treated)
    ]
    used = (both > 0) & (expected[0] > 0) & (expected[1] > 0)
    if used.sum() < FEWEST_BEFORE or here[used].sum() in (0.0, both[used].sum()):
        return None
    time = np.arange(used.size, dtype=float)[used]
    design = np.column_stack([np.ones_like(time), time - time.mean()])
    offset = np.log(expected[0][used] / expected[1][used])
    y, n = here[used], both[used]
    beta = np.zeros(2)
    for _ in range(50):
        share = special.expit(np.clip(design @ beta + offset, -30, 30))
        weight = np.maximum(n * share * (1 - share), 1e-12)
        step = np.linalg.lstsq(design.T @ (design * weight[:, None]), design.T @ (y - n * share), rcond=None)[
            0
        ]
        beta = np.clip(beta + np.clip(step, -5, 5), -30, 30)
        if float(np.abs(step).max()) < 1e-10:
            break
    free = float(time.size - 2)
    share = special.expit(np.clip(design @ beta + offset, -30, 30))
    weight = np.maximum(n * share * (1 - share), 1e-12)
    dispersion = max(1.0, float(((y - n * share) ** 2 / weight).sum()) / free)
    error = float(np.sqrt(dispersion * np.linalg.pinv(design.T @ (design * weight[:, None]))[1, 1]))
    reach = float(special.stdtrit(free, 0.5 + level / 2.0)) * error
    low, high = np.exp(np.clip([beta[1] - reach, beta[1] + reach], -700, 700))
    p_value = 2.0 * float(special.stdtr(free, -abs(beta[1]) / error)) if error > 0 else 1.0
    return Drift(float(np.exp(beta[1])), float(low), float(high), p_value)


def parallel_check(drift: Drift | None) -> Check:
    if drift is None:
        return Check(Assumption.PARALLEL_BEFORE, None)
    return Check(Assumption.PARALLEL_BEFORE, drift.p_value > SUSPECT, drift.p_value)


def quiet_check(given: Panel, score: float, dispersion: float, degrees: float) -> Check:
    """The share of earlier dates, when nothing was done, at which the groups parted as clearly."""
    least = max(score, float(special.stdtrit(degrees, 1.0 - SUSPECT / 2.0)))
    tried, as_clear = 0, 0
    early = np.flatnonzero(~given.after)
    y = np.where(given.known, given.y, 0.0)
    here = y[given.treated].sum(axis=0)[early]
    there = y[~given.treated].sum(axis=0)[early]
    for date in range(2, early.size - 1):
        sums = np.array([here[date:].sum(), here[:date].sum(), there[date:].sum(), there[:date].sum()]) + 0.5
        error = np.sqrt(dispersion * (1.0 / sums).sum())
        tried += 1
        as_clear += bool(abs(np.log(sums[0] * sums[3] / (sums[1] * sums[2]))) / error >= least)
    if tried < FEWEST_FALSE_DATES:
        return Check(Assumption.QUIET_BEFORE, None)
    return Check(Assumption.QUIET_BEFORE, as_clear / tried <= QUIET_SHARE, as_clear / tried)


def assignments(collapsed: Collapsed, *, seed: int, draws: int) -> tuple[float, int]:
    """Randomisation: how often would other places, called treated, show so clear a difference?

    Fisher (1935): every other choice of as many places (or ``draws`` of them) gets the same studentised
    difference; the p-value counts the true choice among them. Returns it and the number of choices.
    """
    usable = np.flatnonzero(collapsed.before + collapsed.after > 0)
    chosen = collapsed.treated[usable]
    places, number = usable.size, int(chosen.sum())
    if number == 0 or number == places:
        return float("nan"), 0
    after = collapsed.after[usable]
    expected = (collapsed.before * collapsed.pace)[usable]
    if comb(places, number) <= MOST_ASSIGNMENTS:
        groups = np.zeros((comb(places, number), places), dtype=bool)
        for row, group in enumerate(combinations(range(places), number)):
            groups[row, list(group)] = True
    else:
        rng = np.random.default_rng(seed)
        order = np.argsort(rng.random((draws, places)), axis=1)[:, :number]
        groups = np.zeros((draws + 1, places), dtype=bool)
        groups[np.arange(draws)[:, None], order] = True
        groups[draws] = chosen
    score = _scores(groups, after, expected)
    own = float(_scores(chosen[None, :], after, expected)[0])
    return float((score >= own - 1e-12).mean()), groups.shape[0]


def _scores(groups: np.ndarray[tuple[int, int], np.dtype[np.bool_]], after: Array, expected: Array) -> Array:
    """|log ratio of ratios| over its Poisson error, half an event added to every sum."""
    member = groups.astype(float)
    here, there = member @ after + 0.5, (1 - member) @ after + 0.5
    own, other = member @ expected + 0.5, (1 - member) @ expected + 0.5
    return np.asarray(
        np.abs(np.log(here * other / (there * own))) / np.sqrt(1 / here + 1 / there + 1 / own + 1 / other)
    )


def rare_check(p_value: float, choices: int) -> Check:
    if choices < FEWEST_ASSIGNMENTS:
        return Check(Assumption.RARE_ELSEWHERE, None, p_value)
    return Check(Assumption.RARE_ELSEWHERE, p_value <= SUSPECT, p_value)
