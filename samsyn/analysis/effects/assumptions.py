"""What a claim of an effect rests on, and what may be said when it does not hold."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass

from samsyn.analysis.verdicts import Verdict, verdict_from_interval

DETECTED = 0.8  # "could have been seen" means with this probability


class Assumption(enum.StrEnum):
    """What must hold for a difference to be the measure's doing."""

    STRAIGHT_BEFORE = "straight_before"  # the trend before was a straight line
    INDEPENDENT_PERIODS = "independent_periods"  # what is left does not hang together over time
    QUIET_BEFORE = "quiet_before"  # no such effect at dates on which nothing was done
    CONTROL_UNCHANGED = "control_unchanged"  # what the measure cannot touch stayed as it was
    PARALLEL_BEFORE = "parallel_before"  # the places compared went the same way before
    RARE_ELSEWHERE = "rare_elsewhere"  # places where nothing was done seldom show so clear a difference
    FITS_BEFORE = "fits_before"  # the comparison followed the place before the measure
    NO_SINGLE_DONOR = "no_single_donor"  # the answer does not hang on one place in the comparison
    COMPARISON_UNTOUCHED = (
        "comparison_untouched"  # the measure did not reach the comparison; only people can tell
    )
    NOTHING_ELSE = "nothing_else"  # nothing else happened there at that time; only people can tell


@dataclass(frozen=True, slots=True)
class Check:
    """One assumption: held, broken, or ``None`` where numbers cannot tell; with the number it rests on."""

    assumption: Assumption
    holds: bool | None
    value: float = float("nan")


def verdict_of_effect(low: float, high: float, *, neutral: float, checks: Sequence[Check]) -> Verdict:
    """More or fewer only when the interval is clear of ``neutral`` and no check fails.

    >>> bent = Check(Assumption.STRAIGHT_BEFORE, False)
    >>> [verdict_of_effect(0.6, 0.8, neutral=1.0, checks=checks).value for checks in ((), (bent,))]
    ['fewer', 'cannot_say']
    """
    if any(check.holds is False for check in checks):
        return Verdict.CANNOT_SAY
    return verdict_from_interval(low, high, neutral=neutral)
