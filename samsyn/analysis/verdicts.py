"""What a comparison may say in words, and how few events are too few to say anything.

The thresholds are conventions, chosen to be conservative and said on every page that uses them:

* below ``FEWEST_EVENTS`` no comparison is made at all: with 10 events in two equal periods even a doubling
  is missed nine times of ten;
* below ``FEW_EVENTS`` a difference must stand at the 99 % level, and a rate is marked as unreliable. 20
  events is the limit of the US National Center for Health Statistics (relative standard error 22 %);
* below ``FEW_ANSWERS`` a share in a survey is marked as resting on few answers.
"""

from __future__ import annotations

import enum

FEWEST_EVENTS = 10
FEW_EVENTS = 20
FEW_ANSWERS = 50
STRICT_LEVEL = 0.99


class Verdict(enum.StrEnum):
    """The four things a comparison may say; ``CANNOT_SAY`` is the default of every method."""

    MORE = "more"
    FEWER = "fewer"
    CANNOT_SAY = "cannot_say"
    TOO_FEW = "too_few"


def verdict_from_interval(low: float, high: float, *, neutral: float) -> Verdict:
    """More or fewer only when the whole interval lies on one side of ``neutral``.

    >>> verdict_from_interval(1.1, 1.9, neutral=1.0).value, verdict_from_interval(0.8, 1.9, neutral=1.0).value
    ('more', 'cannot_say')
    """
    if low > neutral:
        return Verdict.MORE
    if high < neutral:
        return Verdict.FEWER
    return Verdict.CANNOT_SAY
