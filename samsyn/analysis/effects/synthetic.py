"""Synthetic control: a mixture of other places that followed this one before, beside it after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt

from samsyn.analysis.effects.assumptions import Assumption, Check, verdict_of_effect
from samsyn.analysis.effects.its import Estimate
from samsyn.analysis.effects.segment_checks import SUSPECT
from samsyn.analysis.errors import Unusable, checked_level
from samsyn.analysis.executor import Executor, pieces_of, run
from samsyn.analysis.kernels.mixtures import mixtures
from samsyn.analysis.regression import Array
from samsyn.analysis.verdicts import FEW_EVENTS, FEWEST_EVENTS, Verdict

FEWEST_PLACES = 20  # a rank among fewer cannot reach 5 %
FEWEST_BEFORE = 5  # periods that the mixture is fitted to
POOR_FIT = 2.0  # times the middle place's error before: the mixture does not follow
USED = 1e-6  # a weight below it is none
PIECE = 32  # places whose weights are in memory at once


@dataclass(frozen=True, slots=True)
class Donor:
    """A place in the mixture and its share of it."""

    place: int
    weight: float


@dataclass(frozen=True, slots=True)
class SyntheticControl:
    """The place beside its mixture; differences in the unit of the values (or per ``per`` inhabitants)."""

    at: int
    place: int
    effect: Estimate  # average difference over the periods after; the interval inverts the permutation
    relative: float  # the same as a share of what the mixture leads one to expect
    level: float
    synthetic: Array  # (periods,)
    gap: Array  # (periods,)
    donors: tuple[Donor, ...]  # largest weight first
    error_before: float  # root mean square of the gap before
    p_value: float  # rank of the average difference over the error before, among all places
    p_ratio: float  # rank of the error after over the error before (Abadie, Diamond and Hainmueller 2010)
    p_well_fitted: float  # the former among places that their mixtures follow about as well
    places: int  # that are ranked
    left_out: tuple[int, ...]  # places with missing values
    without_one: tuple[float, float]  # the effect when one donor is left out, smallest and largest
    checks: tuple[Check, ...]
    verdict: Verdict


def nearest_mixtures(
    values: Array, before: int, targets: npt.ArrayLike, left_out: npt.ArrayLike
) -> tuple[Array, Array]:
    """Weights of zero or more with sum 1 that bring the other places nearest to each target before, and what
    then is left in all periods.

    The sum of squares over weights w with sum 1 is |D w|² with D = others - target. The nonnegative least
    squares problem |D u|² + s² (1 - sum u)² has its solution on the ray of the best w, whatever s: one exact
    active-set run (Lawson and Hanson 1974) without a penalty to choose; s is the root mean square of D, so
    that the unit of the values plays no part. With more places than periods several mixtures may follow a
    place equally well, as a rule only where they follow it to the last digit; the one given is that which
    the steps reach from the first place in the table, at most as many places as periods before and one more.

    Parameters
    ----------
    values : (places, periods) without gaps. before : periods to fit. targets : (questions,) rows. left_out :
        (questions,) a row that is no donor, beside the target itself.

    Returns weights (questions, places) and differences (questions, periods). Each question is answered by
    itself, to the same bit whichever others are asked. The conditions of the optimum are met to 1e-13 of the
    places' sum of squares around their mean. Cost: O(places · periods before) per step, some twenty steps
    per question; memory O(questions · places).

    >>> values = np.array([[0.0, 2.0, 5.0], [2.0, 2.0, 7.0], [9.0, 9.0, 9.0], [1.0, 2.0, 3.0]])
    >>> weights, left = nearest_mixtures(values, 2, [3], [3])
    >>> weights.round(3).tolist(), left[:, 2:].round(3).tolist()
    ([[0.5, 0.5, 0.0, 0.0]], [[-3.0]])
    """
    y = np.ascontiguousarray(values, dtype=float)
    rows, without = np.asarray(targets, dtype=np.int64), np.asarray(left_out, dtype=np.int64)
    apart = y[:, :before] - y[:, :before].mean(axis=0)
    scale = float(np.sqrt((apart**2).mean())) or 1.0
    weights, left = np.zeros((rows.size, y.shape[0])), y[rows]
    mixtures(np.ascontiguousarray((apart / scale).T), y, rows, without, weights, left)
    return weights, left


@dataclass(frozen=True, slots=True)
class _Question:
    """Values without gaps, the row asked about, and how many periods stand before."""

    y: Array  # (places, periods)
    treated: int
    before: int


def _gaps(question: _Question, places: range) -> Array:
    """(places, periods) differences from each place's own mixture, never with the treated place in it."""
    without = np.full(len(places), question.treated)
    return nearest_mixtures(question.y, question.before, places, without)[1]


def synthetic_control(
    values: npt.ArrayLike,
    place: int,
    at: int,
    exposure: npt.ArrayLike | None = None,
    *,
    per: float = 100_000.0,
    transition: int = 0,
    level: float = 0.95,
    executor: Executor | None = None,
) -> SyntheticControl:
    """Did a place become different from the mixture of other places that it used to resemble?

    Weights of zero or more with sum 1 are chosen on the outcomes before alone; every other place gets a
    mixture of its own (without the treated place), and the treated place's difference is ranked among
    theirs. The interval holds the constant effects that the ranking does not reject (Firpo and Possebom
    2018).

    Parameters
    ----------
    values : (places, periods) counts when ``exposure`` is given, else rates, shares or indices. Places with a
        missing value are left out and named; periods in which the treated place is missing are left out.
    place : row of the treated place. at : first period with the measure. exposure : inhabitants, (places,) or
        (places, periods); then differences are per ``per`` inhabitants. transition : periods of introduction
        left out. executor : where the placebos run.

    ``TOO_FEW`` with fewer than 20 places (no rank can then reach 5 %), fewer than 5 periods before, or, for
    counts, fewer than 10 events before or 20 in all in the treated place. ``CANNOT_SAY`` unless the interval
    is clear of 0 and the mixture followed the place before, no difference stood out at a false date before,
    and no single donor carries the answer. Raises Unusable ``groups_differ``, ``break_outside_series``,
    ``place_unknown``, ``count_negative``, ``exposure_not_positive``.

    Source: Abadie, Diamond and Hainmueller (2010, 2015). Cost: two active-set fits per place, one
    of them for the false date; 30 ms for 290 places and 30 periods. Memory O(places · periods).

    >>> rng = np.random.default_rng(1)
    >>> common = np.cumsum(rng.normal(0, 1, 10))
    >>> rates = 50 + np.outer(rng.uniform(0.5, 1.5, 24), common) + rng.normal(0, 0.3, (24, 10))
    >>> rates[5, 7:] -= 5
    >>> found = synthetic_control(rates, 5, 7)
    >>> round(found.effect.value, 1), round(found.p_value, 3), found.verdict.value
    (-5.0, 0.042, 'fewer')
    """
    checked_level(level)
    given, periods, kept, events = _checked(values, place, at, exposure, per, transition)
    before = int((periods < at).sum())
    left_out = tuple(int(one) for one in np.setdiff1d(np.arange(np.shape(values)[0]), kept))
    treated = int(np.flatnonzero(kept == place)[0])
    enough = events is None or (events[0] >= FEWEST_EVENTS and events[1] >= FEW_EVENTS)
    if kept.size < FEWEST_PLACES or before < FEWEST_BEFORE or before == periods.size or not enough:
        return _nothing(place, at, level, np.shape(values)[1], kept.size, left_out)
    question = _Question(given, treated, before)
    work = partial(_gaps, question)
    gaps = np.concatenate(list(run(work, pieces_of(kept.size, PIECE), executor)))
    weights = nearest_mixtures(given, before, [treated], [treated])[0][0]
    errors = _root(gaps[:, :before])
    floor = 1e-9 * max(float(np.abs(given).max()), 1e-300)  # a mixture that follows to the last digit
    errors = np.maximum(errors, floor)
    mean = gaps[:, before:].mean(axis=1)
    score, ratio = np.abs(mean) / errors, _root(gaps[:, before:]) / errors
    low, high = _interval(score, treated, float(mean[treated]), float(errors[treated]), level)
    alike = errors <= POOR_FIT * errors[treated]
    expected = given[treated, before:].mean() - mean[treated]
    used = np.flatnonzero(weights > USED)
    without_one = _leaving_one_out(question, used)
    checks = (
        Check(
            Assumption.FITS_BEFORE,
            bool(errors[treated] <= POOR_FIT * float(np.median(errors))),
            float(errors[treated]),
        ),
        _quiet_before(question),
        Check(Assumption.NO_SINGLE_DONOR, bool(np.all(np.sign(without_one) == np.sign(mean[treated])))),
        Check(Assumption.COMPARISON_UNTOUCHED, None),
        Check(Assumption.NOTHING_ELSE, None),
    )
    synthetic, gap = np.full(np.shape(values)[1], np.nan), np.full(np.shape(values)[1], np.nan)
    synthetic[periods], gap[periods] = given[treated] - gaps[treated], gaps[treated]
    return SyntheticControl(
        at=at,
        place=place,
        effect=Estimate(float(mean[treated]), low, high),
        relative=float(mean[treated] / expected) if expected != 0 else np.nan,
        level=level,
        synthetic=synthetic,
        gap=gap,
        donors=tuple(
            Donor(int(kept[one]), float(weights[one]))
            for one in used[np.argsort(-weights[used], kind="stable")]
        ),
        error_before=float(errors[treated]),
        p_value=_rank(score, treated),
        p_ratio=_rank(ratio, treated),
        p_well_fitted=_rank(ratio[alike], int(alike[:treated].sum())),
        places=int(kept.size),
        left_out=left_out,
        without_one=(float(np.min(without_one)), float(np.max(without_one))),
        checks=checks,
        verdict=verdict_of_effect(low, high, neutral=0.0, checks=checks),
    )


def _root(values: Array) -> Array:
    return np.asarray(np.sqrt((values**2).mean(axis=-1)))


def _rank(scores: Array, own: int) -> float:
    """The share of places whose score is at least as large, the place itself among them."""
    return float((scores >= scores[own] * (1 - 1e-12)).mean())


def _interval(scores: Array, treated: int, mean: float, error: float, level: float) -> tuple[float, float]:
    """Constant effects e for which |mean - e| / error is not among the largest shares of scores."""
    others = np.sort(np.delete(scores, treated))[::-1]
    # rejected while (1 + places with a larger score) / places <= 1 - level
    allowed = int(np.floor((1.0 - level) * scores.size + 1e-9)) - 1
    if allowed < 0:
        return -np.inf, np.inf
    reach = float(others[allowed]) * error
    return mean - reach, mean + reach


def _leaving_one_out(question: _Question, used: npt.NDArray[np.int64]) -> Array:
    """The average difference after with each donor left out in turn."""
    own = np.full(used.size, question.treated)
    left = nearest_mixtures(question.y, question.before, own, used)[1]
    return np.asarray(left[:, question.before :].mean(axis=1))


def _quiet_before(question: _Question) -> Check:
    """The same question with a false date two thirds into the time before: nothing should stand out."""
    date = 2 * question.before // 3
    if date < FEWEST_BEFORE or question.before - date < 2:
        return Check(Assumption.QUIET_BEFORE, None)
    early = _Question(question.y[:, : question.before], question.treated, date)
    gaps = np.concatenate([_gaps(early, piece) for piece in pieces_of(early.y.shape[0], PIECE)])
    floor = 1e-9 * max(float(np.abs(early.y).max()), 1e-300)
    score = np.abs(gaps[:, date:].mean(axis=1)) / np.maximum(_root(gaps[:, :date]), floor)
    p_value = _rank(score, early.treated)
    return Check(Assumption.QUIET_BEFORE, p_value > SUSPECT, p_value)


def _checked(
    values: npt.ArrayLike,
    place: int,
    at: int,
    exposure: npt.ArrayLike | None,
    per: float,
    transition: int,
) -> tuple[Array, npt.NDArray[np.int64], npt.NDArray[np.int64], tuple[float, float] | None]:
    """Values without gaps (rates when there is an exposure), the periods and places they belong to, and the
    treated place's events before and in all."""
    y = np.asarray(values, dtype=float)
    if y.ndim != 2 or bool(np.any(np.isinf(y))):
        raise Unusable("groups_differ", "Every place needs a finite or missing value per period.")
    if not 0 <= place < y.shape[0]:
        raise Unusable("place_unknown", "There is no such place.", {"place": place})
    if not 0 < at < y.shape[1] or transition < 0:
        raise Unusable("break_outside_series", "The measure must begin inside the series.", {"at": at})
    time = np.arange(y.shape[1])
    periods = time[np.isfinite(y[place]) & ~((time >= at) & (time < at + transition))]
    events = None
    if exposure is not None:
        if bool(np.any(y < 0)):
            raise Unusable("count_negative", "Counts must be zero or more.")
        given = np.asarray(exposure, dtype=float)
        given = given[:, None] if given.ndim == 1 else given
        if given.ndim != 2 or given.shape[0] != y.shape[0] or given.shape[1] not in (1, y.shape[1]):
            raise Unusable("groups_differ", "Exposure is one number per place, or per place and period.")
        if bool(np.any(~(given > 0))):
            raise Unusable("exposure_not_positive", "Every place needs an exposure above zero.")
        own = y[place, periods]
        events = (float(own[periods < at].sum()), float(own.sum()))
        y = y / given * per
    y = y[:, periods]
    kept = np.flatnonzero(np.isfinite(y).all(axis=1))
    if place not in kept:
        raise Unusable("place_unknown", "The place has no values.", {"place": place})
    return np.ascontiguousarray(y[kept]), periods, kept, events


def _nothing(
    place: int, at: int, level: float, periods: int, places: int, left_out: Sequence[int]
) -> SyntheticControl:
    blank = np.full(periods, np.nan)
    return SyntheticControl(
        at=at,
        place=place,
        effect=Estimate(np.nan, -np.inf, np.inf),
        relative=np.nan,
        level=level,
        synthetic=blank,
        gap=blank,
        donors=(),
        error_before=np.nan,
        p_value=np.nan,
        p_ratio=np.nan,
        p_well_fitted=np.nan,
        places=places,
        left_out=tuple(left_out),
        without_one=(np.nan, np.nan),
        checks=(),
        verdict=Verdict.TOO_FEW,
    )
