"""What is said of many places at once: which differ, how they stand, where it gathers. For workers."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from samsyn.analysis.catalogue import METHODS
from samsyn.analysis.results import as_plain
from samsyn.analysis.verdicts import Verdict
from samsyn.evidence.asking import LEVEL, PER, Asked, Place, Question
from samsyn.evidence.outlines import Outline
from samsyn.evidence.problems import CannotCompute
from samsyn.evidence.readers.table import COLUMNS

if TYPE_CHECKING:
    from samsyn.analysis.places.neighbours import Neighbours

SEED = 1
FEWEST = 3  # places: with fewer there is nothing to compare
FEWEST_AROUND = 10  # places: with fewer, a place and those around it are most of the whole


@dataclass(frozen=True)
class Spot:
    """One place: what was counted there, its rate where people are known, and what is said of it."""

    place: Place
    count: int
    status: str
    rate: float | None = None
    low: float | None = None
    high: float | None = None
    verdict: str = ""
    score: float | None = None


def counted(asked: Asked, tables: Sequence[bytes]) -> dict[Place, tuple[int, str]]:
    """The number and its status in each asked place; of two tables the later one counts."""
    import polars as pl

    by_key = {place.key: place for place in asked.places}
    found: dict[Place, tuple[int, str]] = {}
    for table in tables:
        frame = pl.read_parquet(io.BytesIO(table), columns=list(COLUMNS)).filter(
            pl.col("measure") == asked.measure,
            pl.col("unit") == asked.unit,
            pl.col("area_level") == asked.level,
            pl.col("period_start").str.slice(0, 10) == asked.start.isoformat(),
            pl.col("period_end").str.slice(0, 10) == asked.end.isoformat(),
        )
        own: dict[Place, tuple[int, str]] = {}
        for row in frame.iter_rows(named=True):
            place = by_key.get(row["area_code"] or row["area_name"])
            if place is None or not row["value"]:
                continue
            value = Decimal(row["value"])
            if value != int(value):
                raise CannotCompute("not_a_count", value=str(value))
            if place in own and own[place][0] != int(value):
                raise CannotCompute(
                    "two_values", period=asked.start.isoformat(), first=own[place][0], second=int(value)
                )
            own[place] = int(value), row["status"]
        found |= own
    missing = len(asked.places) - len(found)
    if len(found) < FEWEST:
        raise CannotCompute("too_few_places", fewest=FEWEST)
    if missing:
        raise CannotCompute("places_without_number", places=missing)
    return {place: found[place] for place in asked.places}


def spots_of(
    asked: Asked, tables: Sequence[bytes], outlines: Sequence[Outline] = ()
) -> tuple[dict[str, Any], tuple[Spot, ...]]:
    """The estimate, and each place with what it says of it."""
    by_place = counted(asked, tables)
    bare = [_spot(place, *found) for place, found in by_place.items()]
    is_around = asked.question is Question.AROUND
    estimate = around(bare, outlines) if is_around else ANSWERS[asked.question](asked, bare)
    said = estimate.pop("places_said")
    spots = tuple(Spot(**(vars(one) | more)) for one, more in zip(bare, said, strict=True))
    return estimate, spots


def _spot(place: Place, count: int, status: str) -> Spot:
    if not place.number:
        return Spot(place, count, status)
    found = METHODS["rate"].load()(count, place.number, per=PER, level=float(LEVEL))
    return Spot(place, count, status, found.rate, found.low, found.high)


def _people(spots: Sequence[Spot]) -> list[int]:
    for one in spots:
        if not one.place.number:
            raise CannotCompute("no_population", area=one.place.name)
    return [one.place.number for one in spots]


def beyond_size(asked: Asked, spots: Sequence[Spot]) -> dict[str, Any]:
    """Which places differ from all of them together by more than their size explains."""
    found = METHODS["funnel"].load()([one.count for one in spots], _people(spots), per=float(PER))
    plain = as_plain(found)
    verdicts = plain.pop("verdicts")
    return {
        "reference": plain["reference"],
        "dispersion": plain["dispersion"],
        "score": plain["z"],
        "verdicts": verdicts,
        "places_said": [
            {"verdict": verdict, "score": score} for verdict, score in zip(verdicts, plain["z"], strict=True)
        ],
    }


def beside_all(asked: Asked, spots: Sequence[Spot]) -> dict[str, Any]:
    """Each place's rate beside that of all of them together; the highest is what is told."""
    plain = as_plain(
        METHODS["relative_rates"].load()([one.count for one in spots], _people(spots), level=float(LEVEL))
    )
    ratios = [one if one is not None else 0.0 for one in plain["ratio"]]
    top = max(range(len(ratios)), key=lambda place: ratios[place])
    return {
        "place": spots[top].place.name,
        **{name: plain[name][top] for name in ("ratio", "low", "high")},
        "ratios": ratios,
        "places_said": [
            {"score": ratio, "verdict": _beside(low, high)}
            for ratio, low, high in zip(ratios, plain["low"], plain["high"], strict=True)
        ],
    }


def _beside(low: float, high: float) -> Verdict:
    """Whether the place's own interval leaves out what all of them together have."""
    return Verdict.MORE if low > 1 else Verdict.FEWER if high < 1 else Verdict.CANNOT_SAY


def gathered(asked: Asked, spots: Sequence[Spot]) -> dict[str, Any]:
    """On how few places half of it happens, beside what chance gives with as many people there."""
    people = [one.place.number for one in spots]
    plain = as_plain(
        METHODS["concentration"].load()(
            [one.count for one in spots],
            seed=SEED,
            exposure=people if all(people) else None,
            level=float(LEVEL),
        )
    )
    order = sorted(range(len(spots)), key=lambda place: -spots[place].count)[: plain["places"]]
    return {
        **plain,
        "all": len(spots),
        "places_said": [{"verdict": "more" if i in order else ""} for i in range(len(spots))],
    }


def around(spots: Sequence[Spot], outlines: Sequence[Outline]) -> dict[str, Any]:
    """Where there is more or fewer than those who live there explain, each place with those it borders on.

    Reports come in bunches, so the counts are taken to vary as much more than chance as the funnel finds. Of
    200 simulated towns where nothing gathers (36 areas, 10 events each on average, gamma of shape 4) 69 %
    were told of a place without that, 10 % with it.
    """
    if len(spots) < FEWEST_AROUND:
        raise CannotCompute("too_few_around", fewest=FEWEST_AROUND)
    counts, people = [one.count for one in spots], _people(spots)
    spread = METHODS["funnel"].load()(counts, people).dispersion
    plain = as_plain(METHODS["hot_spots"].load()(counts, people, _neighbours(outlines), dispersion=spread))
    verdicts = plain.pop("verdicts")
    return {
        **plain,
        "dispersion": spread,
        "verdicts": verdicts,
        "places_said": [
            {"verdict": verdict, "score": score}
            for verdict, score in zip(verdicts, plain["score"], strict=True)
        ],
    }


def _neighbours(outlines: Sequence[Outline]) -> "Neighbours":
    """Who borders on whom, by their places in the figure. Areas outside the figure are nobody's neighbour."""
    import numpy as np

    from samsyn.analysis.places.neighbours import Neighbours

    place = {one.code: number for number, one in enumerate(outlines)}
    lists = [sorted(place[code] for code in one.beside if code in place) for one in outlines]
    first = np.cumsum([0, *map(len, lists)], dtype=np.int64)
    return Neighbours(first, np.array([number for near in lists for number in near], dtype=np.int32))


ANSWERS: dict[Question, Callable[[Asked, Sequence[Spot]], dict[str, Any]]] = {
    Question.FUNNEL: beyond_size,
    Question.BESIDE: beside_all,
    Question.GATHERED: gathered,
}
