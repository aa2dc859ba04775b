"""New numbers have come: figures on what they replaced are asked anew, and compared. For workers."""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from samsyn.analysis.catalogue import METHODS
from samsyn.analysis.verdicts import Verdict
from samsyn.core.actors import Actor
from samsyn.evidence import computing, long_table, making, queries, services, spans
from samsyn.evidence.asking import LEVEL, Asked, Question, nearest
from samsyn.evidence.computing import CannotCompute, Computed
from samsyn.evidence.models import Dataset, Figure, Revision
from samsyn.parties.models import Organisation, Partnership

How = Revision.How
EFFECT = {Question.CHANGE: "ratio", Question.TREND: "yearly_ratio"}


def revise_all(partnership: Partnership, *, by: Actor) -> None:
    """Revise each of the party's figures that rests on a dataset which a newer one has replaced."""
    for figure in queries.outdated_figures(by):
        _revise(figure, partnership, by)


def _revise(figure: Figure, partnership: Partnership, by: Actor) -> None:
    asked = Asked.of(figure.unpacked("parameters"))
    before = making.in_order([one.dataset for one in figure.inputs.select_related("dataset")])
    try:
        anew = _Anew.of(asked, before, partnership, by)
        earlier = computing.compute(asked, making.tables(before), making.outlines_in(asked))
        now = computing.compute(anew.asked, anew.tables, making.outlines_in(anew.asked))
        how = compared(asked, earlier, anew.asked, now)
        successor = _made(anew, by)
    except CannotCompute as why:
        refusal = {"code": why.code, "params": why.params}
        services.record_revision(figure, successor=None, how=How.CANNOT_SAY, refusal=refusal, by=by)
    else:
        services.record_revision(figure, successor=successor, how=how, by=by)


@dataclass(frozen=True)
class _Anew:
    """The same question on the newest data and population, about the newest period of the same kind."""

    asked: Asked
    datasets: list[Dataset]
    tables: list[bytes]

    @classmethod
    def of(cls, asked: Asked, before: list[Dataset], partnership: Partnership, by: Actor) -> "_Anew":
        datasets = making.in_order(list({newest(one).pk: newest(one) for one in before}.values()))
        tables = making.tables(datasets)
        if asked.question.is_of_places:  # the same places and period, in the numbers that came since
            return cls(asked, datasets, tables)
        counts = long_table.series(
            tables,
            measure=asked.measure,
            unit=asked.unit,
            level=asked.level,
            code=asked.code,
            name=asked.name,
        )
        counted = [(one.start, one.end) for one in counts if one.value is not None]
        periods = spans.alike((asked.start, asked.end), counted)
        if not periods:
            raise CannotCompute("no_number", start=asked.start.isoformat(), end=asked.end.isoformat())
        start, end = periods[-1]
        living = queries.inhabitants_of(by, partnership, asked.code) if asked.population else ()
        before_it = spans.year_before(periods[-1], periods) if asked.before else None
        moved = replace(asked, start=start, end=end, before=before_it, population=living)
        return cls(moved, datasets, tables)


def newest(dataset: Dataset) -> Dataset:
    """What stands in its place today."""
    while dataset.is_superseded:
        dataset = dataset.superseded_by
    return dataset


def _made(anew: _Anew, by: Actor) -> Figure:
    party = Organisation.objects.get(pk=by.own_party)
    ordered = services.order_figure(party, asked=anew.asked, datasets=anew.datasets, by=by)
    if isinstance(ordered, Figure):
        return ordered
    made = making.make(ordered)
    return services.record_figure(ordered, content=made.content, drawings=made.drawings, by=by)


def compared(asked: Asked, earlier: Computed, again: Asked, now: Computed) -> How:
    """How what was said stands against the newer numbers.

    A rate: whether the newer one differs by more than chance does. A change or a trend: whether its
    direction stays, and whether the size said before is one that the newer interval allows.
    """
    if asked.question is Question.RATE:
        return _level(asked, earlier, again, now)
    if asked.question not in EFFECT:
        return _told(asked, earlier, now)
    before, after = (Verdict(one.estimate["verdict"]) for one in (earlier, now))
    said = {Verdict.MORE, Verdict.FEWER}
    if after not in said:
        return How.CANNOT_SAY if before in said else How.HOLDS
    if before not in said:
        return How.STRONGER
    if before is not after:
        return How.TURNED
    name = EFFECT[asked.question]
    size, new = float(earlier.estimate[name]), float(now.estimate[name])
    if float(now.estimate["low"]) <= size <= float(now.estimate["high"]):
        return How.HOLDS
    return How.STRONGER if _distance(new) > _distance(size) else How.WEAKER


def _places_told(found: dict[str, Any]) -> float:
    return float(sum(one in (Verdict.MORE, Verdict.FEWER) for one in found["verdicts"]))


STRENGTH: dict[Question, Callable[[dict[str, Any]], float]] = {
    Question.SHIFT: lambda found: float(found["shifts"]),
    Question.FORECAST: lambda found: 0.0,  # the next forecast is another one; it never contradicts the first
    Question.SEASON: lambda found: float(found["verdict"] == Verdict.MORE),
    Question.JUST_NOW: lambda found: float(found["verdict"] == Verdict.MORE),
    Question.FUNNEL: _places_told,
    Question.AROUND: _places_told,
    Question.BESIDE: lambda found: float(found["low"] > 1),
    Question.GATHERED: lambda found: float(found["verdict"] == Verdict.MORE),
}


def _told(asked: Asked, earlier: Computed, now: Computed) -> How:
    """How much is said: of how many places, shifts or alarms."""
    if now.estimate.get("verdict") == Verdict.TOO_FEW != earlier.estimate.get("verdict"):
        return How.CANNOT_SAY
    before, after = (STRENGTH[asked.question](one.estimate) for one in (earlier, now))
    if before == after:
        return How.HOLDS
    return How.STRONGER if after > before else How.WEAKER


def _level(asked: Asked, earlier: Computed, again: Asked, now: Computed) -> How:
    found: Any = METHODS["change"].load()(
        *_counted(asked, earlier), *_counted(again, now), level=float(LEVEL)
    )
    return {
        Verdict.MORE: How.STRONGER,
        Verdict.FEWER: How.WEAKER,
        Verdict.CANNOT_SAY: How.HOLDS,
        Verdict.TOO_FEW: How.CANNOT_SAY,
    }[Verdict(found.verdict)]


def _counted(asked: Asked, computed: Computed) -> tuple[int, float]:
    """Events, and inhabitants times days."""
    living = nearest(asked.population, asked.end)
    days = spans.days_of((asked.start, asked.end))
    return computed.point(asked.start, asked.end).count or 0, float(living.number if living else 1) * days


def _distance(ratio: float) -> float:
    """From no change, in either direction alike."""
    return abs(math.log(ratio)) if ratio > 0 else math.inf
