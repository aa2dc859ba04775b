"""How shifts, forecasts and what is unexpected are told: no stronger than the method allows."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from samsyn.analysis.verdicts import Verdict
from samsyn.evidence import phrases
from samsyn.evidence.asking import Asked, Question
from samsyn.evidence.computing import Computed

Facts = dict[str, str]
Say = Callable[[dict[str, Any], Facts], str]


def facts_of(asked: Asked, computed: Computed) -> Facts:
    last = computed.point(asked.start, asked.end)
    first = computed.points[0]
    return {
        "measure": asked.measure,
        "area": asked.name,
        "period": phrases.period(asked.start, asked.end),
        "first": phrases.period(first.start, first.end),
        "count": phrases.number(last.count or 0),
    }


def _shift_sentence(found: dict[str, Any], facts: Facts) -> str:
    facts = facts | {"since": found.get("since", "")[:4]}
    return {
        Verdict.MORE: _("A lasting higher level since %(since)s: %(measure)s in %(area)s"),
        Verdict.FEWER: _("A lasting lower level since %(since)s: %(measure)s in %(area)s"),
        Verdict.CANNOT_SAY: _("No lasting shift of level since %(first)s: %(measure)s in %(area)s"),
        Verdict.TOO_FEW: _("Too few to say whether the level has shifted: %(measure)s in %(area)s"),
    }[Verdict(found["verdict"])] % facts


def _shift_lead(found: dict[str, Any], facts: Facts) -> str:
    if found["verdict"] == Verdict.TOO_FEW:
        return _("A shift needs at least eight years and twenty events.")
    if not found.get("since"):
        return _("The years vary around one level by no more than events that come in bunches do.")
    return _(
        "The level is %(ratio)s times what it was before. The interval reaches from %(low)s to %(high)s "
        "times; 1 is no change. The shift may have begun between %(earliest)s and %(latest)s."
    ) % {
        "ratio": phrases.ratio(found["ratio"]),
        "low": phrases.ratio(found["low"]),
        "high": phrases.ratio(found["high"]),
        "earliest": found["earliest"][:4],
        "latest": found["latest"][:4],
    }


def _forecast_facts(found: dict[str, Any], facts: Facts) -> Facts:
    start, end = (date.fromisoformat(day) for day in found["next"])
    numbers = {name: phrases.number(found[name] or 0) for name in ("expected", "low", "high")}
    return facts | numbers | {"next": phrases.period(start, end)}


def _forecast_sentence(found: dict[str, Any], facts: Facts) -> str:
    if found["expected"] is None:
        return _("Too few to say what is to be expected: %(measure)s in %(area)s") % facts
    return _("About %(expected)s to be expected in %(next)s if nothing changes: %(measure)s in %(area)s") % (
        _forecast_facts(found, facts)
    )


def _forecast_lead(found: dict[str, Any], facts: Facts) -> str:
    if found["expected"] is None:
        return _("A forecast needs at least four periods and twenty events.")
    return _(
        "Between %(low)s and %(high)s would be no surprise. %(count)s were counted in %(period)s."
    ) % _forecast_facts(found, facts)


def _season_sentence(found: dict[str, Any], facts: Facts) -> str:
    return {
        Verdict.MORE: _("More in %(period)s than the season explains: %(measure)s in %(area)s"),
        Verdict.CANNOT_SAY: _("No more in %(period)s than the season explains: %(measure)s in %(area)s"),
        Verdict.TOO_FEW: _("Too few to say whether %(period)s was unusual: %(measure)s in %(area)s"),
    }[Verdict(found["verdict"])] % facts


def _just_now_sentence(found: dict[str, Any], facts: Facts) -> str:
    return {
        Verdict.MORE: _("More in %(period)s than just before: %(measure)s in %(area)s"),
        Verdict.CANNOT_SAY: _("Nothing unusual in %(period)s beside just before: %(measure)s in %(area)s"),
        Verdict.TOO_FEW: _("Too few to say whether %(period)s was unusual: %(measure)s in %(area)s"),
    }[Verdict(found["verdict"])] % facts


def _alarm_lead(found: dict[str, Any], facts: Facts) -> str:
    if found["upper"] is None:
        return _("%(count)s were counted in %(period)s.") % facts
    return _(
        "%(count)s were counted. About %(expected)s were to be expected, and up to %(upper)s would be no "
        "surprise."
    ) % (
        facts
        | {
            "expected": phrases.number(found["expected"], decimals=1),
            "upper": phrases.number(found["upper"], decimals=1),
        }
    )


SAID: dict[Question, tuple[Say, Say]] = {
    Question.SHIFT: (_shift_sentence, _shift_lead),
    Question.FORECAST: (_forecast_sentence, _forecast_lead),
    Question.SEASON: (_season_sentence, _alarm_lead),
    Question.JUST_NOW: (_just_now_sentence, _alarm_lead),
}


def sentence(asked: Asked, computed: Computed) -> str:
    return SAID[asked.question][0](computed.estimate, facts_of(asked, computed))


def lead(asked: Asked, computed: Computed) -> str:
    return SAID[asked.question][1](computed.estimate, facts_of(asked, computed))


MAIN = {
    Question.SHIFT: "ratio",
    Question.FORECAST: "expected",
    Question.SEASON: "observed",
    Question.JUST_NOW: "observed",
}


def unit(asked: Asked) -> str:
    if asked.question is Question.SHIFT:
        return _("times as many")
    return _("expected in the next period") if asked.question is Question.FORECAST else _("counted")
