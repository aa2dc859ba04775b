"""What an interrupted series rests on, as far as the numbers can tell."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy import special

from samsyn.analysis.effects.assumptions import Assumption, Check
from samsyn.analysis.effects.segments import Fitting
from samsyn.analysis.regression import Array

FEWEST_BEFORE = 8  # a trend needs at least these (Penfold and Zhang 2013)
FEWEST_AFTER = 4
SUSPECT = 0.05  # a check fails when chance would give this less often
STRONG_ECHO = 0.5  # lag-one correlation beyond which no correction of a short series can be trusted
QUIET_SHARE = 0.20  # exceeded by 2 to 9 of 100 simulated series without any effect
FEWEST_FALSE_DATES = 10


def enough_periods(early: int, late: int, *, terms: int, periods_per_year: int) -> bool:
    """Whether a segmented regression may be made at all; below this the answer is too few to say."""
    least = max(FEWEST_BEFORE, 2 * periods_per_year if periods_per_year > 1 else 0)
    return early >= least and late >= FEWEST_AFTER and early + late >= terms + 4


def checks_before(
    y: Array,
    exposed: Array,
    base: Array,
    at: int,
    early: npt.NDArray[np.bool_],
    known: npt.NDArray[np.bool_],
    residuals: Array,
    score: float,
    fitting: Fitting,
) -> tuple[Check, ...]:
    return (
        _straight_before(y, exposed, base, early, fitting),
        _independent(known, residuals),
        _quiet_before(y, exposed, base, at, early, score, fitting),
    )


def _straight_before(
    y: Array, exposed: Array, base: Array, early: npt.NDArray[np.bool_], fitting: Fitting
) -> Check:
    """Whether a bend improves the trend before; a bent trend carries on elsewhere than a straight one."""
    bent = np.column_stack([base[:, 1] ** 2, base])[early]
    if early.sum() < bent.shape[1] + 4 or np.linalg.matrix_rank(bent) < bent.shape[1]:
        return Check(Assumption.STRAIGHT_BEFORE, None)
    fit = fitting(y[early], bent, exposed[early])
    error = fit.error(np.eye(bent.shape[1])[0])
    if not error > 0:
        return Check(Assumption.STRAIGHT_BEFORE, None)
    p_value = 2.0 * float(special.stdtr(fit.degrees, -abs(float(fit.coefficients[0])) / error))
    return Check(Assumption.STRAIGHT_BEFORE, p_value > SUSPECT, p_value)


def _independent(known: npt.NDArray[np.bool_], residuals: Array) -> Check:
    """Lag-one correlation of what is left, over pairs of periods that are both known."""
    whole = np.full(known.size, np.nan)
    whole[known] = residuals
    pairs = np.isfinite(whole[1:]) & np.isfinite(whole[:-1])
    power = float((residuals**2).mean())
    if pairs.sum() < FEWEST_BEFORE or power <= 0:
        return Check(Assumption.INDEPENDENT_PERIODS, None)
    echo = float((whole[1:] * whole[:-1])[pairs].mean()) / power
    return Check(Assumption.INDEPENDENT_PERIODS, echo <= STRONG_ECHO, echo)


def _quiet_before(
    y: Array,
    exposed: Array,
    base: Array,
    at: int,
    early: npt.NDArray[np.bool_],
    score: float,
    fitting: Fitting,
) -> Check:
    """The share of earlier dates, when nothing was done, that look like an effect as clear as the true
    one."""
    tried, as_clear = 0, 0
    for date in range(FEWEST_AFTER, at - FEWEST_AFTER + 1):
        step = (np.arange(y.size) >= date).astype(float)
        design = np.column_stack([step, base])[early]
        late = early & (step == 1)
        sides = min(late.sum(), early.sum() - late.sum())
        if sides < FEWEST_AFTER or early.sum() < design.shape[1] + 4:
            continue
        if np.linalg.matrix_rank(design) < design.shape[1]:
            continue
        fit = fitting(y[early], design, exposed[early])
        error = fit.error(np.eye(design.shape[1])[0])
        tried += 1
        least = max(score, float(special.stdtrit(fit.degrees, 1.0 - SUSPECT / 2.0)))
        as_clear += bool(error > 0 and abs(float(fit.coefficients[0])) / error >= least)
    if tried < FEWEST_FALSE_DATES:
        return Check(Assumption.QUIET_BEFORE, None)
    return Check(Assumption.QUIET_BEFORE, as_clear / tried <= QUIET_SHARE, as_clear / tried)
