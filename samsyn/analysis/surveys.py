"""Survey waves: how sure a share is when answers are weighted and the next wave asks other people."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from samsyn.analysis.errors import Unusable, checked_level
from samsyn.analysis.rates import Share, share
from samsyn.analysis.verdicts import FEW_ANSWERS, Verdict, verdict_from_interval


@dataclass(frozen=True, slots=True)
class ShareChange:
    """The difference between two waves in share units (0.05 is five percentage points), and what may be
    said."""

    before: Share
    after: Share
    difference: float
    low: float
    high: float
    level: float
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Waves:
    """Every wave with its interval, each change from the wave before, and the change from the first to
    the last."""

    shares: tuple[Share, ...]
    steps: tuple[ShareChange, ...]
    first_to_last: ShareChange | None


def design_effect(weights: npt.ArrayLike) -> float:
    """How many times more uncertain weighted answers are than as many unweighted ones (Kish 1965, 1 + cv²).

    Weights of zero are people who do not count; missing weights raise Unusable.

    >>> round(design_effect([1, 1, 1, 3]), 3)
    1.333
    """
    given = np.asarray(weights, dtype=float)
    if given.size == 0 or bool(np.any(~(given >= 0))) or given.sum() == 0:
        raise Unusable("weights_unusable", "Weights must be zero or more, and not all zero.")
    kept = given[given > 0]
    return float(kept.size * (kept**2).sum() / kept.sum() ** 2)


def survey_share(found: float, answers: float, *, design: float = 1.0, level: float = 0.95) -> Share:
    """A survey's share (0-1) among ``answers`` people, Wilson's interval on the effective number of answers.

    ``few`` looks at how many people answered, not at the effective number. Raises Unusable for a design
    effect below 1: weighting never adds information.

    >>> asked = survey_share(0.41, 140, design=1.4)
    >>> round(asked.low, 2), round(asked.high, 2)
    (0.32, 0.51)
    """
    if not design >= 1.0:
        raise Unusable("design_below_one", "A design effect is one or more.", {"design": design})
    effective = share(found * answers / design, answers / design, level=level)
    return Share(
        found * answers,
        float(answers),
        found,
        effective.low,
        effective.high,
        level,
        few=answers < FEW_ANSWERS,
    )


def share_change(before: Share, after: Share) -> ShareChange:
    """Has the share changed between two independent samples? Newcombe's interval from the two Wilson
    intervals.

    Newcombe (1998, method 10); it keeps its level near 0 and 1. ``TOO_FEW`` when either base is below
    ``FEW_ANSWERS``.

    >>> from samsyn.analysis.rates import share
    >>> found = share_change(share(48, 80), share(56, 70))
    >>> round(found.low, 4), round(found.high, 4), found.verdict.value
    (0.0524, 0.3339, 'more')
    """
    difference = after.share - before.share
    low = difference - float(np.hypot(after.share - after.low, before.high - before.share))
    high = difference + float(np.hypot(after.high - after.share, before.share - before.low))
    few = before.few or after.few
    verdict = Verdict.TOO_FEW if few else verdict_from_interval(low, high, neutral=0.0)
    return ShareChange(before, after, difference, max(low, -1.0), min(high, 1.0), before.level, verdict)


def waves(
    shares: Sequence[float],
    answers: Sequence[float],
    *,
    designs: Sequence[float] | None = None,
    level: float = 0.95,
) -> Waves:
    """A question asked again and again: each wave, each step, and first to last.

    Parameters
    ----------
    shares : one share (0-1) per wave; answers : how many answered; designs : design effect per wave (default
    1).

    Steps are for reading, not for testing one by one: with many waves some step is clear by chance, so
    the words of a figure come from ``first_to_last``.

    >>> found = waves([0.23, 0.27, 0.31], [1_050, 980, 1_010], designs=[1.3, 1.3, 1.4])
    >>> [step.verdict.value for step in found.steps], found.first_to_last.verdict.value
    (['cannot_say', 'cannot_say'], 'more')
    """
    checked_level(level)
    designs = [1.0] * len(shares) if designs is None else designs
    if not len(shares) == len(answers) == len(designs):
        raise Unusable("waves_differ", "Every wave needs a share, a number of answers and a design effect.")
    found = tuple(
        survey_share(one, asked, design=design, level=level)
        for one, asked, design in zip(shares, answers, designs, strict=True)
    )
    steps = tuple(share_change(before, after) for before, after in itertools.pairwise(found))
    return Waves(found, steps, share_change(found[0], found[-1]) if len(found) > 1 else None)
