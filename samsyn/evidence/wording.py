"""A computed figure as its complete content: the sentence, number, interval, table, source and caveats.

Says what the interval allows and nothing more. What a release freezes of a figure is made here, once.
"""

import math
from collections.abc import Callable

from django.utils.translation import gettext as _

from samsyn.analysis.catalogue import METHODS
from samsyn.analysis.verdicts import Verdict
from samsyn.core.canonical import Plain
from samsyn.evidence import phrases, place_words, series_words
from samsyn.evidence.asking import LEVEL, PER, Asked, Question, nearest
from samsyn.evidence.computing import Computed, Point, plain_estimate


def content(
    asked: Asked, computed: Computed, *, inputs: list[dict[str, Plain]], areas_by: str = ""
) -> dict[str, Plain]:
    """All that is known of the figure but its drawings. ``areas_by``: who drew the map's areas, and terms."""
    sentence, lead = _said_of(asked.question)
    number, interval = _main_of(asked, computed)
    return {
        "sentence": phrases.in_both(lambda: sentence(asked, computed)),
        "lead": phrases.in_both(lambda: lead(asked, computed)),
        "number": number,
        "interval": interval,
        "verdict": computed.estimate.get("verdict"),
        "unit": phrases.in_both(lambda: _unit(asked)),
        "measure": asked.measure,
        "area": {"code": asked.code, "name": asked.name},
        "period": {
            "start": asked.start,
            "end": asked.end,
            "text": phrases.in_both(lambda: phrases.period(asked.start, asked.end)),
        },
        "source": phrases.in_both(lambda: _source(asked) + _drawn_by(areas_by)),
        "method": asked.question.value,
        "version": asked.question.version,
        "method_source": METHODS[asked.question].source,
        "parameters": asked.plain,
        "inputs": inputs,
        "estimate": plain_estimate(computed.estimate),
        "table": place_words.table(asked, computed)
        if asked.question.is_of_places
        else _table(asked, computed),
        "caveats": [phrases.caveat(code) for code in computed.caveats],
        "alt": phrases.in_both(lambda: alternative(asked, computed)),
    }


def _said_of(question: Question) -> tuple["Say", "Say"]:
    if question.is_of_places:
        return place_words.sentence, place_words.lead
    if question in series_words.SAID:
        return series_words.sentence, series_words.lead
    return _SAID[question]


def _main_of(asked: Asked, computed: Computed) -> tuple[str | None, dict[str, Plain] | None]:
    if asked.question.is_of_places:
        return place_words.main(asked, computed)
    return _number(asked, computed), _interval(asked, computed)


def _chosen(asked: Asked, computed: Computed) -> Point:
    return computed.point(asked.start, asked.end)


def _facts(asked: Asked, computed: Computed) -> dict[str, str]:
    return {
        "measure": asked.measure,
        "area": asked.name,
        "period": phrases.period(asked.start, asked.end),
        "count": phrases.number(_chosen(asked, computed).count or 0),
        "per": phrases.number(PER),
        "level": phrases.number(float(LEVEL) * 100),
    }


def _rate_sentence(asked: Asked, computed: Computed) -> str:
    facts = _facts(asked, computed) | {"rate": phrases.rate(computed.estimate["rate"])}
    if asked.events == "reported":
        return _("%(measure)s in %(area)s, %(period)s: %(rate)s reported per %(per)s inhabitants") % facts
    return _("%(measure)s in %(area)s, %(period)s: %(rate)s per %(per)s inhabitants") % facts


def _rate_lead(asked: Asked, computed: Computed) -> str:
    living = nearest(asked.population, asked.end)
    facts = _facts(asked, computed) | {
        "low": phrases.rate(computed.estimate["low"]),
        "high": phrases.rate(_finite(computed.estimate["high"])),
        "inhabitants": phrases.number(living.number if living else 0),
        "day": phrases.day(living.day) if living else "",
    }
    said = (
        _(
            "%(count)s were counted among %(inhabitants)s inhabitants (%(day)s). The %(level)s per cent "
            "interval is %(low)s–%(high)s per %(per)s inhabitants: so much can chance do to a number of "
            "this size."
        )
        % facts
    )
    few = _("So few events say more about chance than about the place.")
    return f"{said} {few}" if computed.estimate.get("few") else said


def _change_sentence(asked: Asked, computed: Computed) -> str:
    assert asked.before
    facts = _facts(asked, computed) | {"before": phrases.period(*asked.before)}
    return {
        Verdict.MORE: _("More in %(period)s than in %(before)s: %(measure)s in %(area)s"),
        Verdict.FEWER: _("Fewer in %(period)s than in %(before)s: %(measure)s in %(area)s"),
        Verdict.CANNOT_SAY: _(
            "It cannot be said whether they became more or fewer from %(before)s to %(period)s: "
            "%(measure)s in %(area)s"
        ),
        Verdict.TOO_FEW: _(
            "Too few to say whether they became more or fewer from %(before)s to %(period)s: "
            "%(measure)s in %(area)s"
        ),
    }[Verdict(computed.estimate["verdict"])] % facts


def _change_lead(asked: Asked, computed: Computed) -> str:
    assert asked.before
    found = computed.estimate
    facts = _facts(asked, computed) | {
        "before": phrases.period(*asked.before),
        "before_count": phrases.number(found["before_count"]),
    }
    said = _("%(before_count)s were counted in %(before)s and %(count)s in %(period)s.") % facts
    if not _is_number(found["ratio"]):
        return said
    limits = facts | _limits(computed)
    if found["high"] == "inf":
        return f"{said} " + _("That is %(ratio)s times as many; at least %(low)s times.") % limits
    return (
        f"{said} "
        + _(
            "That is %(ratio)s times as many. The interval reaches from %(low)s to %(high)s "
            "times; 1 is no change."
        )
        % limits
    )


def _trend_sentence(asked: Asked, computed: Computed) -> str:
    facts = _facts(asked, computed) | _reach(computed)
    return {
        Verdict.MORE: _("More and more since %(first)s: %(measure)s in %(area)s"),
        Verdict.FEWER: _("Fewer and fewer since %(first)s: %(measure)s in %(area)s"),
        Verdict.CANNOT_SAY: _("No certain direction since %(first)s: %(measure)s in %(area)s"),
        Verdict.TOO_FEW: _("Too few to say where it is heading: %(measure)s in %(area)s"),
    }[Verdict(computed.estimate["verdict"])] % facts


def _trend_lead(asked: Asked, computed: Computed) -> str:
    facts = _facts(asked, computed) | _reach(computed)
    if computed.estimate["verdict"] == Verdict.TOO_FEW:
        return _("%(count)s were counted in %(period)s. Number of periods: %(periods)s. ") % facts + _(
            "A direction needs at least four periods and twenty events, and more when there are seasons."
        )
    return _(
        "From %(first)s to %(period)s the number changed %(ratio)s times a year. The interval reaches from "
        "%(low)s to %(high)s times; 1 is no change."
    ) % (facts | _limits(computed))


def _limits(computed: Computed) -> dict[str, str]:
    found = computed.estimate
    return {
        "ratio": phrases.ratio(_finite(found.get("ratio", found.get("yearly_ratio")))),
        "low": phrases.ratio(found["low"]),
        "high": phrases.ratio(_finite(found["high"])),
    }


def _reach(computed: Computed) -> dict[str, str]:
    first = computed.points[0]
    return {
        "first": phrases.period(first.start, first.end),
        "periods": phrases.number(len(computed.points)),
    }


Say = Callable[[Asked, Computed], str]
_SAID: dict[Question, tuple[Say, Say]] = {
    Question.RATE: (_rate_sentence, _rate_lead),
    Question.CHANGE: (_change_sentence, _change_lead),
    Question.TREND: (_trend_sentence, _trend_lead),
}


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and math.isfinite(value)


def _finite(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


def _main(asked: Asked) -> str:
    known = {Question.RATE: "rate", Question.CHANGE: "ratio", Question.TREND: "yearly_ratio"}
    return (known | series_words.MAIN)[asked.question]


def _rounded(value: object, asked: Asked) -> str | None:
    """The number as it is shown, in plain digits; None where there is none."""
    if not isinstance(value, int | float):
        return None
    if asked.question in (Question.FORECAST, Question.SEASON, Question.JUST_NOW):
        return f"{value:.0f}"
    digits = (0 if value >= 100 else 1 if value >= 10 else 2) if asked.question is Question.RATE else 2
    return f"{value:.{digits}f}"


def _number(asked: Asked, computed: Computed) -> str | None:
    return _rounded(computed.estimate.get(_main(asked)), asked)


def _interval(asked: Asked, computed: Computed) -> dict[str, Plain] | None:
    found = computed.estimate
    if _number(asked, computed) is None or "low" not in found:
        return None
    return {
        "low": _rounded(found["low"], asked),
        "high": _rounded(found["high"], asked),
        "level": LEVEL,
    }


def _unit(asked: Asked) -> str:
    if asked.question.is_of_places:
        return place_words.unit(asked)
    if asked.question in series_words.MAIN:
        return series_words.unit(asked)
    if asked.question is Question.RATE:
        return _("per %(per)s inhabitants") % {"per": phrases.number(PER)}
    return _("times as many") if asked.question is Question.CHANGE else _("times a year")


def _drawn_by(areas_by: str) -> str:
    return " " + _("The areas of the map: %(source)s.") % {"source": areas_by} if areas_by else ""


def _source(asked: Asked) -> str:
    parts = [asked.source, *sorted({one.source for one in asked.population})]
    return _("Source: %(sources)s.") % {"sources": "; ".join(dict.fromkeys(parts))}


def _table(asked: Asked, computed: Computed) -> dict[str, Plain]:
    per = {"sv": "Per 100 000", "en": "Per 100,000"}
    columns: list[Plain] = [
        phrases.in_both(lambda: _("Period")),
        phrases.in_both(lambda: _("Number")),
    ]
    if asked.population:
        columns += [per, phrases.in_both(lambda: _("Lower limit")), phrases.in_both(lambda: _("Upper limit"))]
    return {"columns": columns, "rows": [_row(point, asked) for point in computed.points]}


def _row(point: Point, asked: Asked) -> list[Plain]:
    cells: list[Plain] = [
        phrases.in_both(lambda: phrases.period(point.start, point.end)),
        phrases.in_both(lambda: _("missing") if point.count is None else phrases.number(point.count)),
    ]
    if asked.population:
        for value in (point.rate, point.low, point.high):
            cells.append(
                phrases.in_both(lambda value=value: "" if value is None else phrases.rate(value))  # type: ignore[misc]
            )
    return cells


def alternative(asked: Asked, computed: Computed) -> str:
    """What the chart shows, for those who do not see it: the numbers that matter."""
    if asked.question.is_of_places:
        return place_words.alternative(asked, computed)
    last, first = _chosen(asked, computed), computed.points[0]
    if last.rate is None:
        return _("%(measure)s in %(area)s per period. %(period)s: %(count)s.") % _facts(asked, computed)
    facts = _facts(asked, computed) | {
        "rate": phrases.rate(last.rate),
        "low": phrases.rate(last.low or 0),
        "high": phrases.rate(last.high or 0),
        "first": phrases.period(first.start, first.end),
    }
    return (
        _(
            "%(measure)s in %(area)s per %(per)s inhabitants, from %(first)s to %(period)s. %(period)s: "
            "%(rate)s, interval %(low)s–%(high)s."
        )
        % facts
    )
