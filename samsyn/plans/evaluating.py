"""What an evaluation copies of the counts and the indicators of a measure, and how it is said to an audience.

Reads rows that are given, asks the database nothing.
"""

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils import translation

from samsyn.core.errors import Sentence
from samsyn.plans import verdicts
from samsyn.plans.models import Evaluation, Indicator, IndicatorValue, Measure, Outlook
from samsyn.plans.verdicts import Followed, Series

Facts = dict[str, Any]  # plain: it is stored, and travels in a release
Bilingual = dict[str, str]


def both(sentence: Callable[[], Sentence]) -> Bilingual:
    """In every language: what is frozen is read in all of them."""
    found = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found[language] = str(sentence())
    return found


def facts_of(measure: Measure, today: date) -> Facts:
    """What the numbers say today. No query when activities, indicators and values are fetched along."""
    running = [one for one in measure.indicators.all() if one.ended_on is None]
    followed = [verdicts.follow(one, today) for one in running]
    return {
        "activities": [
            {"title": one.title, "times": one.times, "done": one.done} for one in measure.activities.all()
        ],
        "outlook": _outlook(measure, followed),
        "indicators": [_indicator(one, today) for one in followed],
    }


def _outlook(measure: Measure, followed: list[Followed]) -> str:
    """The strongest that may be said. Nothing is followed in what was called off."""
    if measure.state == Measure.State.CANCELLED:
        return str(Outlook.CANNOT_SAY)
    return str(verdicts.of_measure(followed) or Outlook.CANNOT_SAY)


def _indicator(followed: Followed, today: date) -> Facts:
    one = followed.indicator
    return {
        "definition": one.definition,
        "is_outcome": one.is_outcome,
        "unit": " ".join(part for part in (one.unit, one.denominator) if part),
        "source": one.source,
        "baseline": _written(one.baseline),
        "baseline_day": _day(one.baseline_day),
        "target": _written(one.target),
        "target_day": _day(one.target_day),
        "own": _value(followed.own),
        "official": _value(followed.official),
        "outlook": str(followed.verdict.outlook),
        "said": both(lambda: _said(one, today)),
    }


def _said(indicator: Indicator, today: date) -> str:
    verdict = verdicts.follow(indicator, today).verdict
    return f"{verdict.outlook.label}. {verdict.why}"


def _value(series: Series) -> Facts | None:
    latest: IndicatorValue | None = series.latest
    if latest is None:
        return None
    return {
        "value": _written(latest.value),
        "low": _written(latest.low),
        "high": _written(latest.high),
        "starts": _day(latest.starts),
        "day": _day(latest.day),
    }


def _written(number: Decimal | None) -> str | None:
    return None if number is None else f"{number.normalize():f}"


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def same_numbers(one: Facts, other: Facts) -> bool:
    """Whether both rest on the same counts and values: the words beside them tell of a day, too."""
    return _bare(one) == _bare(other)


def _bare(facts: Facts) -> Facts:
    indicators = [{name: row[name] for name in row if name != "said"} for row in facts.get("indicators", ())]
    return {**facts, "indicators": indicators}


def counts_fall_short(facts: Facts) -> bool:
    """Whether something was done less often than planned, or nobody has counted."""
    return any((one["done"] or 0) < one["times"] for one in facts["activities"])


def content_of(evaluation: Evaluation, *, why_cancelled: str = "") -> Facts:
    """The whole evaluation as plain words in every language, for a page and for a release.

    No person's name: an audience is told which party wrote it.
    """
    facts = evaluation.facts
    return {
        "done": evaluation.done,
        "done_label": both(evaluation.get_done_display),
        "done_text": evaluation.done_text,
        "activities": facts["activities"],
        "indicators": facts["indicators"],
        "has_outcome": any(one["is_outcome"] for one in facts["indicators"]),
        "outcome": evaluation.outcome,
        "outcome_label": both(lambda: Outlook(evaluation.outcome).label),
        "says_less": evaluation.outcome != facts["outlook"],
        "outcome_note": evaluation.outcome_note,
        "side_effects": evaluation.side_effects,
        "learning": evaluation.learning,
        "choice": evaluation.choice,
        "choice_label": both(lambda: evaluation.choice_words),
        "reason": evaluation.reason,
        "is_cancelled": evaluation.is_of_cancelled,
        "why_cancelled": why_cancelled,
        "party": evaluation.party.name,
        "written_on": _day(evaluation.written_on),
        "approved_on": _day(evaluation.approved_on),
    }


def why_cancelled(reports: Iterable[Any]) -> str:
    """The words of the report that cancelled it."""
    said = [one for one in reports if one.state == Measure.State.CANCELLED]
    return max(said, key=lambda one: (one.reported_on, one.pk)).text if said else ""
