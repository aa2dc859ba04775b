"""How many measures stand where: activity and outcome beside each other, each number with its base.

Never a mean and never one number for the whole: a plan is not three quarters done. Reads rows that are given.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samsyn.plans import verdicts
from samsyn.plans.models import Measure, Outlook

QUARTER = timedelta(days=91)


class Depth(IntEnum):
    """Whether a row is counted of all measures, or of those in the row above it that is less deep."""

    ALL = 0
    OF_THESE = 1


@dataclass(frozen=True)
class Row:
    """One number, of the municipality's own measures and of those that others do."""

    label: str
    own: int
    others: int
    depth: Depth = Depth.ALL


@dataclass(frozen=True)
class Standing:
    """What a summary needs of one measure."""

    measure: Measure
    is_unknown: bool  # it is not over, and nobody has reported in a quarter
    outlook: Outlook | None  # None: no outcome indicator


@dataclass(frozen=True)
class Rollup:
    total: int
    cancelled: int
    own: int  # the base of the first column: what the law's plan (5 §) asks for
    others: int  # of the second: what rides along
    activity: list[Row]
    outcome: list[Row]


def standing_of(measure: Measure, today: date) -> Standing:
    """No query when indicators, values and the day of the last report are fetched along."""
    followed = [verdicts.follow(one, today) for one in measure.indicators.all() if one.ended_on is None]
    return Standing(measure, is_unknown(measure, today), verdicts.of_measure(followed))


def is_unknown(measure: Measure, today: date) -> bool:
    """A quarter has gone since it began, and since anybody last said how it stands."""
    known = max(last_report_of(measure) or measure.starts, measure.starts)
    return measure.is_open and known < today - QUARTER


def last_report_of(measure: Measure) -> date | None:
    """As `queries.followed_measures` fetched it."""
    return measure.last_reported_on  # type: ignore[attr-defined,no-any-return]


def rollup(standings: Sequence[Standing], today: date) -> Rollup:
    """The cancelled are left out of all rows, and said: there is nothing to follow in what was called off."""
    counted = [one for one in standings if one.measure.state != Measure.State.CANCELLED]
    own = sum(one.measure.is_the_municipalitys for one in counted)
    base = _row(_("Measures"), counted, lambda one: True)
    return Rollup(
        total=len(standings),
        cancelled=len(standings) - len(counted),
        own=own,
        others=len(counted) - own,
        activity=[base, *_activity(counted, today)],
        outcome=[base, *_outcome(counted)],
    )


def _activity(counted: Sequence[Standing], today: date) -> Iterable[Row]:
    for state in Measure.State:
        if state != Measure.State.CANCELLED:
            yield _row(str(state.label), counted, lambda one, state=state: one.measure.state == state)  # type: ignore[misc]
    since = {"day": date_format(today - QUARTER, "j F Y")}
    yield _row(
        _("Unknown now: begun before, and no report since %(day)s") % since,
        counted,
        lambda one: one.is_unknown,
    )


def _outcome(counted: Sequence[Standing]) -> Iterable[Row]:
    yield _row(_("No indicator of outcome: unknown"), counted, lambda one: one.outlook is None)
    yield _row(_("Have an indicator of outcome"), counted, lambda one: one.outlook is not None)
    for outlook in Outlook:
        yield _row(
            str(outlook.label),
            counted,
            lambda one, outlook=outlook: one.outlook is outlook,  # type: ignore[misc]
            depth=Depth.OF_THESE,
        )


def _row(
    label: str,
    counted: Sequence[Standing],
    holds: Callable[[Standing], bool],
    *,
    depth: Depth = Depth.ALL,
) -> Row:
    found = [one for one in counted if holds(one)]
    own = sum(one.measure.is_the_municipalitys for one in found)
    return Row(label, own, len(found) - own, depth)
