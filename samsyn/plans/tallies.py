"""How the measures of a priority stand, in one line: counted, never averaged, and what is left out is named.

The same words on the page and in every file that leaves it. Reads rows that are given.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samsyn.agreements.models import Priority
from samsyn.plans.models import Measure
from samsyn.plans.rollup import Standing, last_report_of

State = Measure.State


@dataclass(frozen=True)
class Tally:
    """One priority and the measures that serve it, among those that are shown."""

    priority: Priority
    measures: Sequence[Measure]

    @property
    def said(self) -> str:
        """Each state with its number; *cannot say* when nobody has ever reported on any of them.

        An empty report is neither nothing done nor all done, so it is a number of its own and no percent.
        """
        left_out = [one for one in self.measures if one.state == State.CANCELLED]
        counted = [one for one in self.measures if one.state != State.CANCELLED]
        if not counted:
            states = _("no measure to count")
        elif not any(last_report_of(one) for one in counted):
            states = _("cannot say")
        else:
            states = ", ".join(_counted(counted))
        if not left_out:
            return states
        named = ", ".join(one.title for one in left_out)
        return ngettext(
            "%(states)s; %(n)d cancelled (%(named)s) not counted",
            "%(states)s; %(n)d cancelled (%(named)s) not counted",
            len(left_out),
        ) % {"states": states, "n": len(left_out), "named": named}


def _counted(measures: Sequence[Measure]) -> list[str]:
    reported = [one.state for one in measures if last_report_of(one)]
    numbers: list[tuple[int, Callable[[int], str]]] = [
        (reported.count(State.DONE), lambda n: ngettext("%(n)d done", "%(n)d done", n)),
        (reported.count(State.ONGOING), lambda n: ngettext("%(n)d ongoing", "%(n)d ongoing", n)),
        (reported.count(State.DECIDED), lambda n: ngettext("%(n)d decided", "%(n)d decided", n)),
        (
            len(measures) - len(reported),
            lambda n: ngettext("%(n)d not reported", "%(n)d not reported", n),
        ),
        (reported.count(State.PAUSED), lambda n: ngettext("%(n)d paused", "%(n)d paused", n)),
    ]
    return [words(number) % {"n": number} for number, words in numbers if number]


def tallies(standings: Sequence[Standing]) -> list[Tally]:
    """A line for each priority that a shown measure serves, in the agreement's order. No query."""
    served: dict[Priority, list[Measure]] = {}
    for one in standings:
        for link in one.measure.priorities.all():
            served.setdefault(link.priority, []).append(one.measure)
    return [Tally(priority, served[priority]) for priority in sorted(served, key=lambda one: one.key)]


def said_of(standings: Sequence[Standing]) -> dict[object, str]:
    """The line of each priority by its key in the database, for rows that name them. No query."""
    return {one.priority.pk: one.said for one in tallies(standings)}
