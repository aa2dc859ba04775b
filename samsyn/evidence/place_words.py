"""How many places at once are told: by name, with the limits of each."""

from django.utils.translation import gettext as _

from samsyn.analysis.verdicts import Verdict
from samsyn.core.canonical import Plain
from samsyn.evidence import phrases
from samsyn.evidence.asking import Asked, Question
from samsyn.evidence.computing import Computed
from samsyn.evidence.place_answers import Spot

NAMED = 4  # places by name in a sentence; more stand in the table


def _facts(asked: Asked, computed: Computed) -> dict[str, str]:
    return {
        "measure": asked.measure,
        "area": asked.name,
        "period": phrases.period(asked.start, asked.end),
        "all": phrases.number(len(computed.spots)),
        "count": phrases.number(sum(one.count for one in computed.spots)),
    }


def listed(spots: list[Spot]) -> str:
    """Ek, Fur, Gran, Hassel and 3 more."""
    names = [one.place.name for one in spots]
    if len(names) > NAMED:
        shown, rest = ", ".join(names[:NAMED]), len(names) - NAMED
        return _("%(names)s and %(rest)d more") % {"names": shown, "rest": rest}
    if len(names) > 1:
        return _("%(names)s and %(last)s") % {"names": ", ".join(names[:-1]), "last": names[-1]}
    return "".join(names)


def _beyond(computed: Computed, verdict: Verdict) -> str:
    return listed([one for one in computed.spots if one.verdict == verdict])


def sentence(asked: Asked, computed: Computed) -> str:
    facts = _facts(asked, computed)
    if asked.question is Question.FUNNEL:
        more, fewer = _beyond(computed, Verdict.MORE), _beyond(computed, Verdict.FEWER)
        if more:
            return _("More in %(places)s than size and chance explain, %(period)s: %(measure)s") % (
                facts | {"places": more}
            )
        if fewer:
            return _("Fewer in %(places)s than size and chance explain, %(period)s: %(measure)s") % (
                facts | {"places": fewer}
            )
        return _("No area differs by more than size and chance explain, %(period)s: %(measure)s") % facts
    if asked.question is Question.BESIDE:
        return _("%(place)s stands highest beside all areas of %(area)s, %(period)s: %(measure)s") % (
            facts | {"place": computed.estimate["place"]}
        )
    found = computed.estimate
    told = facts | {"places": phrases.number(found["places"])}
    if found["verdict"] == Verdict.TOO_FEW:
        return _("Too few to say whether it gathers anywhere, %(period)s: %(measure)s") % told
    return _("Half of it in %(places)s of %(all)s areas, %(period)s: %(measure)s") % told


def lead(asked: Asked, computed: Computed) -> str:
    facts, found = _facts(asked, computed), computed.estimate
    if asked.question is Question.FUNNEL:
        said = _(
            "%(count)s were counted in %(all)s areas. Each is set beside what an area of its size would have."
        )
        fewer = _beyond(computed, Verdict.FEWER)
        both = fewer and _beyond(computed, Verdict.MORE)
        more = " " + _("Fewer than that in %(places)s.") % {"places": fewer} if both else ""
        return said % facts + more
    if asked.question is Question.BESIDE:
        return _(
            "Its rate is %(ratio)s times that of all areas together. The interval reaches from %(low)s to "
            "%(high)s times; 1 is as in all of them."
        ) % {name: phrases.ratio(found[name]) for name in ("ratio", "low", "high")}
    if found["verdict"] == Verdict.TOO_FEW:
        return _("At least twenty events are needed. %(count)s were counted.") % facts
    told = facts | {
        "low": phrases.number(found["by_chance_low"] * 100),
        "high": phrases.number(found["by_chance_high"] * 100),
        "share": phrases.number(found["place_share"] * 100),
    }
    said = _(
        "Those are %(share)s per cent of the areas. By chance alone it would be %(low)s–%(high)s per cent."
    )
    more = {
        Verdict.MORE: _("So it gathers more than chance does."),
        Verdict.FEWER: _("So it is spread more evenly than chance does."),
    }.get(Verdict(found["verdict"]), _("So it cannot be said that it gathers."))
    return f"{said % told} {more}"


def main(asked: Asked, computed: Computed) -> tuple[str | None, dict[str, Plain] | None]:
    """The number as it is shown, with its limits where the method gives any."""
    found = computed.estimate
    if asked.question is Question.BESIDE:
        low, high = (f"{found[name]:.2f}" for name in ("low", "high"))
        return f"{found['ratio']:.2f}", {"low": low, "high": high, "level": "0.95"}
    if asked.question is Question.GATHERED and found["verdict"] != Verdict.TOO_FEW:
        return str(found["places"]), None
    return None, None


def unit(asked: Asked) -> str:
    if asked.question is Question.BESIDE:
        return _("times the rate of all areas together")
    return _("areas that hold half of it") if asked.question is Question.GATHERED else ""


def table(asked: Asked, computed: Computed) -> dict[str, Plain]:
    """A row for each place, the most first."""
    with_rates = all(one.rate is not None for one in computed.spots)
    columns: list[Plain] = [phrases.in_both(lambda: _("Area")), phrases.in_both(lambda: _("Number"))]
    if with_rates:
        columns += [
            {"sv": "Per 100 000", "en": "Per 100,000"},
            phrases.in_both(lambda: _("Lower limit")),
            phrases.in_both(lambda: _("Upper limit")),
        ]
    if asked.question is not Question.BESIDE:
        columns.append(phrases.in_both(lambda: _("Judgement")))
    return {
        "columns": columns,
        "rows": [_row(one, asked, with_rates) for one in ordered(computed)],
    }


def ordered(computed: Computed) -> list[Spot]:
    return sorted(computed.spots, key=lambda one: (-(one.rate or 0), -one.count, one.place.name))


def judgement(one: Spot, asked: Asked) -> str:
    if asked.question is Question.GATHERED:
        return _("among those that hold half") if one.verdict else ""
    return {
        Verdict.MORE: _("more than its size explains"),
        Verdict.FEWER: _("fewer than its size explains"),
        Verdict.TOO_FEW: _("too few to say"),
    }.get(Verdict(one.verdict), _("cannot say that it differs"))


def _row(one: Spot, asked: Asked, with_rates: bool) -> list[Plain]:
    cells: list[Plain] = [
        {"sv": one.place.name, "en": one.place.name},
        phrases.in_both(lambda: phrases.number(one.count)),
    ]
    if with_rates:
        cells += [
            phrases.in_both(lambda value=value: phrases.rate(value or 0))  # type: ignore[misc]
            for value in (one.rate, one.low, one.high)
        ]
    if asked.question is not Question.BESIDE:
        cells.append(phrases.in_both(lambda: judgement(one, asked)))
    return cells


def alternative(asked: Asked, computed: Computed) -> str:
    """What the chart shows: the highest and the lowest by name."""
    first, *_rest, last = ordered(computed)
    facts = _facts(asked, computed) | {"first": first.place.name, "last": last.place.name}
    if first.rate is None:
        counts = {"most": phrases.number(first.count), "least": phrases.number(last.count)}
        return _(
            "%(measure)s in %(all)s areas, %(period)s. Most: %(first)s, %(most)s. Fewest: %(last)s, "
            "%(least)s."
        ) % (facts | counts)
    rates = {"most": phrases.rate(first.rate), "least": phrases.rate(last.rate or 0)}
    return _(
        "%(measure)s per 100 000 inhabitants in %(all)s areas with their intervals, %(period)s. Highest: "
        "%(first)s, %(most)s. Lowest: %(last)s, %(least)s."
    ) % (facts | rates)
