"""What the values of an indicator say of its target. Never more than they can: often *cannot say*.

Reads rows that are given, asks the database nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samsyn.plans.models import Indicator, IndicatorValue, MeasureActivity, Outlook

Standing = IndicatorValue.Standing


@dataclass(frozen=True)
class Verdict:
    outlook: Outlook
    why: str


@dataclass(frozen=True)
class Series:
    """The values of one standing: our own count, or official statistics."""

    standing: Standing
    latest: IndicatorValue | None
    verdict: Verdict


@dataclass(frozen=True)
class Followed:
    """An indicator with its two series beside each other, and what they say together."""

    indicator: Indicator
    own: Series
    official: Series
    verdict: Verdict

    @property
    def was_set_late(self) -> bool:
        """Whether the target was set when a value was known already: it is easy to hit what one has seen."""
        first = min((one.reported_on for one in self.indicator.values.all()), default=None)
        set_on = self.indicator.target_set_on
        return first is not None and set_on is not None and set_on > first


def follow(indicator: Indicator, today: date) -> Followed:
    """No query when the values are fetched along."""
    standing_values = [one for one in indicator.values.all() if not one.is_corrected]
    own, official = (_series(indicator, standing, standing_values, today) for standing in Standing)
    return Followed(indicator, own, official, together(own, official))


def _series(
    indicator: Indicator, standing: Standing, values: Sequence[IndicatorValue], today: date
) -> Series:
    mine = [one for one in values if one.standing == standing]
    latest = max(mine, key=lambda one: (one.day, one.pk), default=None)
    return Series(standing, latest, _verdict(indicator, latest, today))


def _cannot(why: str) -> Verdict:
    return Verdict(Outlook.CANNOT_SAY, why)


def _verdict(indicator: Indicator, latest: IndicatorValue | None, today: date) -> Verdict:
    if indicator.target is None or indicator.target_day is None:
        return _cannot(_("No target is set."))
    if latest is None:
        return _cannot(_("No value is reported."))
    if indicator.baseline_day is not None and latest.day <= indicator.baseline_day:
        return _cannot(_("Nothing is known of the time after the baseline."))
    if not indicator.is_outcome:
        is_there = _is_at(indicator, latest.value)
    elif latest.low is None or latest.high is None:
        if _is_at(indicator, latest.value):
            return _cannot(
                _("The number has come to the target, but it has no interval: chance may have done it.")
            )
        return _cannot(
            _("The number has not come to the target, and it has no interval: chance may hide a change.")
        )
    elif _is_at(indicator, latest.low) and _is_at(indicator, latest.high):
        is_there = True
    elif _is_at(indicator, latest.low) or _is_at(indicator, latest.high):
        return _cannot(_("The target lies inside the interval: both more and less are possible."))
    else:
        is_there = False
    if is_there:
        day = date_format(latest.day, "j F Y")
        return Verdict(Outlook.REACHED, _("By the value for %(day)s.") % {"day": day})
    target_day = date_format(indicator.target_day, "j F Y")
    if today <= indicator.target_day:
        return Verdict(Outlook.NOT_YET, _("There is time until %(day)s.") % {"day": target_day})
    if latest.day < indicator.target_day:
        return _cannot(_("No value is from %(day)s or later.") % {"day": target_day})
    return Verdict(Outlook.MISSED, _("It should have been by %(day)s.") % {"day": target_day})


def _is_at(indicator: Indicator, value: Decimal) -> bool:
    """At the target or on its better side."""
    target: Decimal = indicator.target
    return value >= target if indicator.direction == Indicator.Direction.MORE else value <= target


def together(own: Series, official: Series) -> Verdict:
    """What is known of one series when the other cannot say; nothing when they say different things."""
    said = [one.verdict for one in (own, official) if one.verdict.outlook is not Outlook.CANNOT_SAY]
    if len({one.outlook for one in said}) > 1:
        return _cannot(_("Our own count and official statistics say different things."))
    if said:
        return said[0]
    return official.verdict if own.latest is None and official.latest is not None else own.verdict


def of_measure(followed: Sequence[Followed]) -> Outlook | None:
    """What all outcome indicators of a measure say; None without any. Reached only when each one is."""
    outlooks = {one.verdict.outlook for one in followed if one.indicator.is_outcome}
    if not outlooks:
        return None
    for worst in (Outlook.MISSED, Outlook.CANNOT_SAY, Outlook.NOT_YET):
        if worst in outlooks:
            return worst
    return Outlook.REACHED


@dataclass(frozen=True)
class Tally:
    """Activity and outcome of one measure beside each other: labels with their numbers, then the rows."""

    done: list[tuple[str, int]]
    outcome: list[tuple[str, int]]
    activity: list[Followed]
    outcomes: list[Followed]


def tally_of(activities: Sequence[MeasureActivity], followed: Sequence[Followed]) -> Tally:
    """Numbers of activities and of indicators, each group with its base first. What is zero is left out."""
    counted = [one for one in activities if one.done is not None]
    full = sum((one.done or 0) >= one.times for one in counted)
    outcomes = [one for one in followed if one.indicator.is_outcome]
    running = [one for one in outcomes if one.indicator.ended_on is None]
    done = [
        (_("Done as often as planned"), full),
        (_("Done less often so far"), len(counted) - full),
        (_("Nobody has counted"), len(activities) - len(counted)),
    ]
    seen = [(str(name.label), sum(one.verdict.outlook is name for one in running)) for name in Outlook]
    return Tally(
        [(_("Activities in the plan"), len(activities)), *((label, n) for label, n in done if n)],
        [(_("Indicators that are followed"), len(running)), *((label, n) for label, n in seen if n)],
        [one for one in followed if not one.indicator.is_outcome],
        outcomes,
    )
