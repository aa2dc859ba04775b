"""Saying what shows whether a measure helps, and reporting values, which are never overwritten."""

from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from samsyn.core import clock, door, journal
from samsyn.core.actors import Actor
from samsyn.core.canonical import Digest
from samsyn.core.commands import command
from samsyn.core.errors import Invalid, NotAllowed, Refused
from samsyn.evidence.models import Figure
from samsyn.evidence.services import Form, record_export
from samsyn.plans.models import Indicator, IndicatorValue, Measure
from samsyn.plans.services.columns import refuse_what_is_over

WORDS = ("definition", "unit", "denominator", "source")
MEANING = ("kind", "definition", "unit", "direction", "denominator")  # what a value that is there rests on


@dataclass(frozen=True)
class Terms:
    """What an indicator says of itself."""

    kind: Indicator.Kind
    definition: str
    unit: str = ""
    direction: str = ""
    denominator: str = ""
    source: str = ""
    baseline: Decimal | None = None
    baseline_day: date | None = None
    target: Decimal | None = None
    target_day: date | None = None


@command("plans.add_indicator")
def add_indicator(measure: Measure, *, terms: Terms, by: Actor) -> Indicator:
    """Say what will show what is done, or what becomes different.

    Refused when the measure is over; for a target without baseline, unit, direction and day, or one that is
    not on the wanted side of the baseline; and for words that point out a person.
    """
    refuse_what_is_over(measure)
    indicator = Indicator(partnership_id=measure.partnership_id, measure=measure)
    _fill_in(indicator, terms)
    indicator.save()
    journal.note(indicator=indicator.pk, has_target=terms.target is not None)
    return indicator


@command("plans.rewrite_indicator")
def rewrite_indicator(indicator: Indicator, *, terms: Terms, seen: int, by: Actor) -> Indicator:
    """Change an indicator. Refused when a colleague saved meanwhile, and for what `add_indicator` refuses.

    Once there are values, what they are values *of* stands: else the old ones would be read as something
    they are not. Baseline, target and source may still change; the page says when the target did.
    """
    indicator.expect(seen, stored=indicator.definition)
    refuse_what_is_over(indicator.measure)
    _refuse_what_has_ended(indicator)
    before = {name: getattr(indicator, name) for name in MEANING}
    _fill_in(indicator, terms)
    changed = [name for name in MEANING if getattr(indicator, name) != before[name]]
    if changed and indicator.values.exists():
        raise Invalid(
            _("There are values of this already. End the indicator and begin a new one instead."),
            field=changed[0],
        )
    indicator.save()
    journal.note(has_target=terms.target is not None)
    return indicator


def _fill_in(indicator: Indicator, terms: Terms) -> None:
    given: dict[str, Any] = {field.name: getattr(terms, field.name) for field in fields(terms)}
    for name in WORDS:
        given[name] = given[name].strip()
        door.refuse_persons(given[name], field=name)
    if not given["definition"]:
        raise Invalid(_("Say what is counted or measured."), field="definition")
    if given["baseline"] is not None and given["baseline_day"] is None:
        raise Invalid(_("Say which day the baseline is for."), field="baseline_day")
    if given["baseline"] is None and given["baseline_day"] is not None:
        raise Invalid(_("Say the baseline too, or leave its day empty."), field="baseline")
    _check_target(given)
    if (given["target"], given["target_day"]) != (indicator.target, indicator.target_day):
        indicator.target_set_on = None if given["target"] is None else clock.today()
    for name, value in given.items():
        setattr(indicator, name, value)


def _check_target(given: dict[str, Any]) -> None:
    if given["target"] is None:
        if given["target_day"] is not None:
            raise Invalid(_("Say the target too, or leave its day empty."), field="target")
        return
    needed = {
        "baseline": _("A target needs a baseline: without it nobody can see how far there is to go."),
        "unit": _("A target needs a unit."),
        "direction": _("A target needs a wanted direction."),
        "target_day": _("A target needs a day."),
    }
    for name, sentence in needed.items():
        if given[name] in ("", None):
            raise Invalid(sentence, field=name)
    if given["target_day"] <= given["baseline_day"]:
        raise Invalid(_("Choose a day that is after that of the baseline."), field="target_day")
    is_more = given["direction"] == Indicator.Direction.MORE
    if (given["target"] > given["baseline"]) != is_more or given["target"] == given["baseline"]:
        raise Invalid(
            _("The target is not on the wanted side of the baseline. Look at both and at the direction."),
            field="target",
        )


@command("plans.drop_indicator")
def drop_indicator(indicator: Indicator, *, by: Actor) -> None:
    """Take an indicator out of the plan. Refused once a value exists: then it is ended, with a reason."""
    if indicator.values.exists():
        raise Refused(_("There are values of this indicator, so it stays. You can end it and say why."))
    journal.note(indicator=indicator.pk)
    indicator.delete()


@command("plans.end_indicator")
def end_indicator(indicator: Indicator, *, reason: str, by: Actor) -> Indicator:
    """Follow it no more. What was reported stays. Refused twice, and without a reason."""
    _refuse_what_has_ended(indicator)
    if not reason.strip():
        raise Invalid(_("Write why: the reason is what others learn from."), field="reason")
    door.refuse_persons(reason, field="reason")
    indicator.ended_on, indicator.end_reason = clock.today(), reason.strip()
    indicator.save()
    return indicator


@command("plans.report_value")
def report_value(
    indicator: Indicator,
    *,
    standing: IndicatorValue.Standing,
    value: Decimal,
    day: date,
    note: str,
    by: Actor,
    starts: date | None = None,
    low: Decimal | None = None,
    high: Decimal | None = None,
    corrects: IndicatorValue | None = None,
) -> IndicatorValue:
    """Report a number by hand, for a day or a period. It stands beside those before it.

    Refused for a day that has not come, for half an interval or a value outside it, without a word on how it
    was counted, and for words that point out a person. A second number of the same standing for the same day
    must say that it corrects the first.
    """
    if not note.strip():
        raise Invalid(_("Say how it was counted, or where the number stands."), field="note")
    door.refuse_persons(note, field="note")
    made = IndicatorValue(
        standing=standing, value=value, starts=starts, day=day, low=low, high=high, note=note.strip()
    )
    return _keep(indicator, made, corrects=corrects, by=by)


@command("plans.value_from_figure")
def value_from_figure(
    indicator: Indicator,
    *,
    figure: Figure,
    standing: IndicatorValue.Standing,
    is_open: bool,
    by: Actor,
    corrects: IndicatorValue | None = None,
) -> IndicatorValue:
    """Copy the number of one's own figure to the joint measure, with its interval, source and period.

    The figure stays private; the copy is read by all who may read the measure, and the party's own journal
    says that it was handed over. Refused until the party has decided that no secrecy hinders it; for a figure
    without a number, or in another unit than the indicator; and twice for the same figure.
    """
    if not is_open:
        raise Invalid(_("Decide on secrecy first: what is copied cannot be taken back."), field="is_open")
    result = figure.unpacked("result")
    if not result.get("number"):
        raise Invalid(_("This figure has no number to copy."), field="figure")
    _check_unit(indicator, result["unit"])
    if indicator.values.filter(figure_identity=figure.identity).exists():
        raise Invalid(_("The number of this figure is here already."), field="figure")
    interval = result.get("interval") or {}
    low, high = interval.get("low"), interval.get("high")
    limits = (Decimal(low), Decimal(high)) if low and high else (None, None)
    made = IndicatorValue(
        standing=standing,
        value=Decimal(result["number"]),
        starts=date.fromisoformat(result["period"]["start"]),
        day=date.fromisoformat(result["period"]["end"]),
        low=limits[0],
        high=limits[1],
        figure={name: result[name] for name in ("sentence", "unit", "source", "caveats")},
        figure_identity=figure.identity,
        figure_hash=figure.result_hash,
    )
    record_export(figure, form=Form.INDICATOR, by=by)
    journal.note(figure=Digest(figure.result_hash))
    return _keep(indicator, made, corrects=corrects, by=by)


def _check_unit(indicator: Indicator, unit: dict[str, str]) -> None:
    """A number per 100 000 inhabitants is no number of reports, and never compared with one."""
    spoken = {" ".join(one.casefold().split()) for one in unit.values()}
    mine = {" ".join(one.casefold().split()) for one in (indicator.unit, indicator.denominator)}
    if not spoken & mine:
        raise Invalid(
            _("The figure is “%(unit)s”. An indicator that it measures says so in unit or per what.")
            % {"unit": unit.get("sv", "")},
            field="figure",
        )


def _keep(
    indicator: Indicator, made: IndicatorValue, *, corrects: IndicatorValue | None, by: Actor
) -> IndicatorValue:
    if by.user_id is None or by.party_id is None:
        raise NotAllowed
    if indicator.measure.state == Measure.State.CANCELLED:
        raise Refused(_("This measure was cancelled, so its indicators are not followed."))
    _refuse_what_has_ended(indicator)
    _check_days_and_interval(made)
    if corrects is not None and corrects.indicator_id != indicator.pk:
        raise Invalid(_("Choose a value of this indicator."), field="corrects")
    if corrects is not None and corrects.is_corrected:
        raise Refused(_("That value has been corrected already. Correct the newer one."))
    same = indicator.values.filter(standing=made.standing, day=made.day, corrected_by=None)
    if (same.exclude(pk=corrects.pk) if corrects else same).exists():
        raise Invalid(
            _("There is a value for that day. Choose it as the one that you correct."), field="corrects"
        )
    made.partnership_id, made.indicator, made.corrects = indicator.partnership_id, indicator, corrects
    made.reported_on, made.reported_by_id, made.party_id = clock.today(), by.user_id, by.party_id
    made.save()
    journal.note(value=made.pk, is_correction=corrects is not None)
    return made


def _check_days_and_interval(made: IndicatorValue) -> None:
    if made.day > clock.today():
        raise Invalid(_("That day has not come yet."), field="day")
    if made.starts is not None and made.starts > made.day:
        raise Invalid(_("Choose a first day that is not after the last."), field="starts")
    if (made.low is None) != (made.high is None):
        raise Invalid(
            _("Write both limits of the interval, or none."), field="high" if made.high is None else "low"
        )
    if made.low is not None and made.high is not None and not made.low <= made.value <= made.high:
        raise Invalid(_("The value does not lie between the limits of its interval."), field="value")


def _refuse_what_has_ended(indicator: Indicator) -> None:
    if indicator.ended_on is not None:
        raise Refused(_("This indicator has ended, and what was reported stays."))
