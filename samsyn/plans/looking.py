"""Other ways to look at the same measures: a board by state, and bars along the days."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samsyn.core.errors import Sentence
from samsyn.graphics.timeline import Look, Span, timeline_svg
from samsyn.plans.models import Measure
from samsyn.plans.rollup import Standing

State = Measure.State
VIEWS: dict[str, Sentence] = {  # in the address: the list needs no word
    "": gettext_lazy("List"),
    "tavla": gettext_lazy("Board"),
    "tidslinje": gettext_lazy("Timeline"),
}
LOOKS = {
    State.PROPOSED: Look.PLANNED,
    State.DECIDED: Look.PLANNED,
    State.ONGOING: Look.UNDER_WAY,
    State.PAUSED: Look.STOPPED,
    State.DONE: Look.DONE,
    State.CANCELLED: Look.STOPPED,
}
WIDE, NARROW = 900, 340


@dataclass(frozen=True)
class Column:
    """The measures that stand alike."""

    label: Sentence
    standings: list[Standing]


def board(standings: Sequence[Standing]) -> list[Column]:
    """A column for every state, also the empty ones: that nothing is under way is worth seeing."""
    return [Column(state.label, [one for one in standings if one.measure.state == state]) for state in State]


@dataclass(frozen=True)
class Timeline:
    """The drawing in both widths, and what it shows in words."""

    wide: SafeString
    narrow: SafeString
    alt: str


def timeline(standings: Iterable[Standing], today: date) -> Timeline | None:
    """In the order they begin. Nothing when there is nothing to draw."""
    measures = sorted((one.measure for one in standings), key=lambda one: (one.starts, one.ends, one.title))
    if not measures:
        return None
    spans = [
        Span(one.title, one.get_state_display(), one.starts, one.ends, LOOKS[State(one.state)])
        for one in measures
    ]

    def drawn(width: int) -> SafeString:
        return SafeString(timeline_svg(spans, today=today, today_word=_("today"), width=width))

    return Timeline(drawn(WIDE), drawn(NARROW), _said(measures, today))


def _said(measures: Sequence[Measure], today: date) -> str:
    first = date_format(min(one.starts for one in measures), "j F Y")
    last = date_format(max(one.ends for one in measures), "j F Y")
    running = sum(one.starts <= today <= one.ends for one in measures)
    return ngettext(
        "%(n)d measure between %(first)s and %(last)s, of which %(running)d between its days today. "
        "The table below has all days.",
        "%(n)d measures between %(first)s and %(last)s, of which %(running)d between their days today. "
        "The table below has all days.",
        len(measures),
    ) % {"n": len(measures), "first": first, "last": last, "running": running}
