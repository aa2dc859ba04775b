"""The measures that a person chose, as tables to take along: what the page shows, with stable ids."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from samsyn.core.actors import Actor
from samsyn.core.downloads import Table
from samsyn.plans import queries, tallies, verdicts
from samsyn.plans.as_taken import CHECKSUM, checksum
from samsyn.plans.bringing import HEADS
from samsyn.plans.models import IndicatorValue, Measure
from samsyn.plans.rollup import Standing, last_report_of
from samsyn.plans.verdicts import Followed, Series

# What people write in further columns: last in the table, so that the file can be changed and brought back.
COLUMNS = ("text", "cause", "goal", "method", "elected_contact", "cost_sek", "funding", "legal_note")


def _day(value: date | None) -> str:
    return value.isoformat() if value else ""


def measures_table(standings: Sequence[Standing], actor: Actor) -> Table:
    """A row per measure. What nobody has said is empty, never zero."""
    heads = [
        "id",
        "version",
        _("Measure"),
        _("State"),
        _("Unknown how it stands"),
        _("Last report"),
        _("Owner"),
        _("Function that answers for it"),
        _("Counts for the law's plan (5 §)"),
        _("From"),
        _("To"),
        _("Followed up by"),
        _("Answers"),
        _("Serves"),
        _("The priority as a whole"),
        _("Outcome"),
        *(str(HEADS[name]) for name in COLUMNS),
        CHECKSUM,  # last, out of the reader's way
    ]
    whole = tallies.said_of(standings)
    return [heads, *(_measure_row(one, actor, whole) for one in standings)]


def _measure_row(standing: Standing, actor: Actor, whole: Mapping[object, str]) -> list[Any]:
    one = standing.measure
    return [
        str(one.pk),
        one.version,
        one.title,
        one.get_state_display(),
        _yes(standing.is_unknown),
        _day(last_report_of(one)),
        str(one.owner),
        one.owner_title,
        _yes(one.is_the_municipalitys),
        _day(one.starts),
        _day(one.ends),
        _day(one.follow_up),
        "; ".join(str(found.title) for found in queries.answered_by(one, actor)),
        "; ".join(link.priority.title for link in one.priorities.all()),
        " | ".join(whole[link.priority_id] for link in one.priorities.all()),
        str(standing.outlook.label) if standing.outlook else _("No indicator of outcome"),
        *(_number(getattr(one, name)) for name in COLUMNS),
        checksum([getattr(one, name) for name in HEADS]),
    ]


def _yes(is_so: bool) -> str:
    return _("yes") if is_so else _("no")


def indicators_table(measures: Sequence[Measure], today: date) -> Table:
    """A row per indicator, with its latest own and official value beside each other."""
    series = [
        title
        for label in IndicatorValue.Standing.labels
        for title in (f"{label}", f"{label}: {_('last day')}", f"{label}: {_('interval')}")
    ]
    heads = ["id", "measure_id", _("Measure"), _("What it shows"), _("Indicator"), _("Unit"), _("Per what")]
    heads += [
        _("Wanted direction"),
        _("Where the numbers come from"),
        _("Baseline"),
        _("Day of the baseline"),
    ]
    heads += [_("Target"), _("Day of the target"), *series, _("What can be said"), _("Why"), _("Ended")]
    return [heads, *(_indicator_row(one) for one in _followed(measures, today))]


def _followed(measures: Sequence[Measure], today: date) -> list[Followed]:
    return [verdicts.follow(one, today) for measure in measures for one in measure.indicators.all()]


def _indicator_row(followed: Followed) -> list[Any]:
    one = followed.indicator
    row: list[Any] = [str(one.pk), str(one.measure_id), one.measure.title, one.get_kind_display()]
    row += [one.definition, one.unit, one.denominator, one.get_direction_display(), one.source]
    row += [_number(one.baseline), _day(one.baseline_day), _number(one.target), _day(one.target_day)]
    for series in (followed.own, followed.official):
        row += _latest(series)
    return [*row, str(followed.verdict.outlook.label), followed.verdict.why, _day(one.ended_on)]


def _latest(series: Series) -> list[Any]:
    latest = series.latest
    if latest is None:
        return ["", "", ""]
    interval = f"{latest.low:f}–{latest.high:f}" if latest.has_interval else ""
    return [latest.value, _day(latest.day), interval]


def _number(value: Any) -> Any:
    return "" if value is None else value


def as_json(standings: Sequence[Standing], actor: Actor, today: date) -> dict[str, Any]:
    """Codes instead of words, so that a program reads the same in every language."""
    return {
        "measures": [_measure_json(one, actor, today) for one in standings],
        "priorities": [
            {"id": str(one.priority.pk), "title": one.priority.title, "standing": one.said}
            for one in tallies.tallies(standings)
        ],
    }


def _measure_json(standing: Standing, actor: Actor, today: date) -> dict[str, Any]:
    one = standing.measure
    return {
        "id": str(one.pk),
        "title": one.title,
        "state": one.state,
        "is_unknown": standing.is_unknown,
        "last_reported_on": _day(last_report_of(one)) or None,
        "owner": {"id": str(one.owner_id), "name": str(one.owner), "function": one.owner_title},
        "counts_for_5": one.is_the_municipalitys,
        "starts": _day(one.starts),
        "ends": _day(one.ends),
        "follow_up": _day(one.follow_up),
        "findings": [
            {"id": str(found.id), "title": str(found.title)}
            if found.is_named
            else {"title": str(found.title)}
            for found in queries.answered_by(one, actor)
        ],
        "priorities": [
            {"id": str(link.priority_id), "title": link.priority.title} for link in one.priorities.all()
        ],
        "sub_aims": [{"id": str(link.sub_aim_id), "text": link.sub_aim.text} for link in one.sub_aims.all()],
        "outcome": standing.outlook,
        "indicators": [_indicator_json(found) for found in _followed([one], today)],
    }


def _indicator_json(followed: Followed) -> dict[str, Any]:
    one = followed.indicator
    plain = {name: getattr(one, name) or None for name in ("unit", "denominator", "direction", "source")}
    return plain | {
        "id": str(one.pk),
        "kind": one.kind,
        "definition": one.definition,
        "baseline": _text(one.baseline),
        "baseline_day": _day(one.baseline_day) or None,
        "target": _text(one.target),
        "target_day": _day(one.target_day) or None,
        "ended_on": _day(one.ended_on) or None,
        "verdict": followed.verdict.outlook,
        "values": [
            {
                "id": str(value.pk),
                "standing": value.standing,
                "starts": _day(value.starts) or None,
                "day": _day(value.day),
                "value": _text(value.value),
                "low": _text(value.low),
                "high": _text(value.high),
                "note": value.note or None,
                "figure": value.figure_hash or None,
                "reported_on": _day(value.reported_on),
                "corrects": str(value.corrects_id) if value.corrects_id else None,
            }
            for value in one.values.all()
        ],
    }


def _text(value: Any) -> str | None:
    """With all its digits: a reader in floats would lose some."""
    return None if value is None else f"{value:f}"
