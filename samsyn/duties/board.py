"""How every duty stands on a day, as it was known on a day: `(entries, day, as known) → findings`."""

from collections.abc import Iterable
from datetime import date

from samsyn.duties.judging import Duty, Finding, judge
from samsyn.duties.record import Noted, View
from samsyn.duties.sources import agreement, decided, law

FIXED: tuple[Duty, ...] = (*law.DUTIES, *agreement.DUTIES)
BY_ID = {duty.id: duty for duty in FIXED}


def board(entries: Iterable[Noted], day: date, *, as_known: date | None = None) -> list[Finding]:
    """A pure function: the same entries give the same board, in whatever order they were typed."""
    return board_of(View(entries, as_known), day)


def board_of(view: View, day: date) -> list[Finding]:
    return [judge(duty, view, day) for duty in (*FIXED, *decided.duties(view))]


def is_vouched_for(view: View, day: date) -> bool:
    """Whether somebody has said that the record is complete on that day."""
    return any(one.day <= day for one in view.of("complete"))
