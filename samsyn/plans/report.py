"""What a follow-up report says, as plain words in every language. Reads rows that are given, asks nothing."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils import translation

from samsyn.plans import evaluating, rollup
from samsyn.plans.evaluating import Facts, both
from samsyn.plans.models import Evaluation, FollowUp, Measure
from samsyn.plans.rollup import Row, Standing

VALUES = ("own", "official")


def content_of(
    follow_up: FollowUp, measures: Sequence[Measure], *, parties: Sequence[str], today: date
) -> Facts:
    """The whole report: how many stand where, each measure that was looked back at, and those that were not.

    What was cancelled with a reason has come to its end, also without an evaluation.
    """
    told = [_measure(one) for one in measures]
    standings = [rollup.standing_of(one, today) for one in measures]
    return {
        "starts": follow_up.starts.isoformat(),
        "ends": follow_up.ends.isoformat(),
        "as_of": today.isoformat(),
        "parties": list(parties),
        "numbers": _numbers(standings, today),
        "choices": _choices(told),
        "evaluated": [one for one in told if one["evaluation"] and not one["is_cancelled"]],
        "cancelled": [one for one in told if one["is_cancelled"]],
        "not_evaluated": [one for one in told if not one["evaluation"] and not one["is_cancelled"]],
        "learned": follow_up.learned,
    }


def _measure(measure: Measure) -> Facts:
    held = [one for one in measure.evaluations.all() if not one.is_superseded]
    reason = evaluating.why_cancelled(measure.reports.all())
    return {
        "measure": str(measure.pk),
        "title": measure.title,
        "owner": measure.owner.name,
        "owner_title": measure.owner_title,
        "is_own": measure.is_the_municipalitys,
        "starts": measure.starts.isoformat(),
        "ends": measure.ends.isoformat(),
        "state": both(measure.get_state_display),
        "is_cancelled": measure.state == Measure.State.CANCELLED,
        "why_cancelled": reason,
        "evaluation": evaluating.content_of(held[-1], why_cancelled=reason) if held else None,
    }


def _numbers(standings: Sequence[Standing], today: date) -> Facts:
    """The roll-up in its own words, which are those of the page of measures."""
    found = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found[language] = rollup.rollup(standings, today)
    one = found[settings.LANGUAGES[0][0]]

    def rows(of: Callable[[rollup.Rollup], list[Row]]) -> list[Facts]:
        return [
            {
                "label": {language: of(said)[place].label for language, said in found.items()},
                "own": row.own,
                "others": row.others,
                "depth": int(row.depth),
            }
            for place, row in enumerate(of(one))
        ]

    return {
        "total": one.total,
        "cancelled": one.cancelled,
        "own": one.own,
        "others": one.others,
        "activity": rows(lambda said: said.activity),
        "outcome": rows(lambda said: said.outcome),
    }


def _choices(told: Sequence[Facts]) -> list[Facts]:
    """How many of the measures that went on came to which choice."""
    chosen = [one["evaluation"]["choice"] for one in told if one["evaluation"] and not one["is_cancelled"]]
    return [
        {"label": both(lambda choice=choice: choice.label), "number": chosen.count(choice)}  # type: ignore[misc]
        for choice in Evaluation.Choice
    ]


def without_verdict(content: Facts) -> int:
    """Measures of which nothing is said. *Cannot say* is a verdict; so is a cancellation with its reason."""
    return len(content["not_evaluated"])


def guarded(content: Facts, threshold: int) -> Facts:
    """As the public gets it: no number of an outcome that is smaller than the partnership's threshold.

    What an indicator counts is said in words that nobody can read here, so a small share is hidden too.
    """
    kept = dict(content)
    for part in ("evaluated", "cancelled"):
        kept[part] = [_guarded(one, threshold) for one in content[part]]
    return kept


def _guarded(told: Facts, threshold: int) -> Facts:
    if not told["evaluation"]:
        return told
    indicators = [
        _hidden(one, threshold) if one["is_outcome"] else one for one in told["evaluation"]["indicators"]
    ]
    return told | {"evaluation": told["evaluation"] | {"indicators": indicators}}


def _hidden(indicator: Facts, threshold: int) -> Facts:
    kept = dict(indicator)
    for name in VALUES:
        value = indicator[name]
        if value and any(_is_small(value[part], threshold) for part in ("value", "low", "high")):
            kept[name] = {"is_too_few": True, "starts": value["starts"], "day": value["day"]}
    if _is_small(indicator["baseline"], threshold):
        kept |= {"baseline": None, "is_baseline_too_few": True}
    return kept


def _is_small(number: Any, threshold: int) -> bool:
    return number is not None and 0 < abs(Decimal(number)) < threshold
