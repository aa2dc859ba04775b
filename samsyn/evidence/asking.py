"""What a figure is asked for: the question, the series, the period, the population. All that decides it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from samsyn.analysis.catalogue import METHODS
from samsyn.core import canonical
from samsyn.core.canonical import Digest, Plain

PER = 100_000
LEVEL = "0.95"


class Question(StrEnum):
    """Named as the method that answers it."""

    RATE = "rate"
    CHANGE = "change"
    TREND = "trend"
    SHIFT = "change_points"
    FORECAST = "forecast"
    SEASON = "farrington"
    JUST_NOW = "ears"
    FUNNEL = "funnel"
    BESIDE = "relative_rates"
    GATHERED = "concentration"
    AROUND = "hot_spots"

    @property
    def is_of_places(self) -> bool:
        """About many places in one period, not about one place over time."""
        return self in (Question.FUNNEL, Question.BESIDE, Question.GATHERED, Question.AROUND)

    @property
    def needs_people(self) -> bool:
        return self in (Question.RATE, Question.FUNNEL, Question.BESIDE, Question.AROUND)

    @property
    def is_mapped(self) -> bool:
        """Something is said of each place by itself, so that a map can say it. Never of bare counts."""
        return self in (Question.FUNNEL, Question.BESIDE, Question.AROUND)

    @property
    def version(self) -> int:
        return METHODS[self.value].version

    @property
    def tolerance(self) -> float:
        return METHODS[self.value].tolerance


@dataclass(frozen=True)
class Inhabitants:
    """A population as the figure uses it, with its day and who says so."""

    day: date
    number: int
    source: str

    @property
    def plain(self) -> dict[str, Plain]:
        return {"day": self.day, "number": self.number, "source": self.source}

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> "Inhabitants":
        return cls(date.fromisoformat(plain["day"]), plain["number"], plain["source"])


def nearest(population: Iterable[Inhabitants], day: date) -> Inhabitants | None:
    """The population of the day nearest to the period's last one; the earlier of two equally near."""
    known = sorted(population, key=lambda one: (abs((one.day - day).days), one.day))
    return known[0] if known else None


@dataclass(frozen=True)
class Place:
    """One of the places that a figure compares, with how many live there when that is known."""

    code: str
    name: str
    number: int = 0

    @property
    def key(self) -> str:
        return self.code or self.name

    @property
    def plain(self) -> dict[str, Plain]:
        return {"code": self.code, "name": self.name, "number": self.number}


@dataclass(frozen=True)
class Ground:
    """The outlines that places are drawn on, and who drew them under which licence."""

    key: str  # object
    by: str

    @property
    def plain(self) -> dict[str, Plain]:
        return {"key": self.key, "by": self.by}


@dataclass(frozen=True)
class Asked:
    """One figure's question. Two equal ones over the same data are the same figure."""

    question: Question
    measure: str
    unit: str
    level: str
    code: str
    name: str
    start: date
    end: date
    before: tuple[date, date] | None
    population: tuple[Inhabitants, ...]
    source: str  # who made the figures
    events: str = "reported"  # reports are not all that happened; other counts are what they say
    places: tuple[
        Place, ...
    ] = ()  # of a question about many; `level` is theirs, `name` is that of all together
    ground: Ground | None = None  # what the places are drawn on, where all of them have an outline

    @property
    def plain(self) -> dict[str, Plain]:
        plain: dict[str, Plain] = {
            "question": self.question,
            "measure": self.measure,
            "unit": self.unit,
            "area": {"level": self.level, "code": self.code, "name": self.name},
            "period": [self.start, self.end],
            "before": list(self.before) if self.before else None,
            "population": [one.plain for one in self.population],
            "source": self.source,
            "events": self.events,
            "per": PER,
            "level": LEVEL,
        }
        # Only where there are some: a figure made before there were any keeps its identity.
        plain |= {"places": [one.plain for one in self.places]} if self.places else {}
        return plain | ({"outlines": self.ground.plain} if self.ground else {})

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> "Asked":
        area, before = plain["area"], plain["before"]
        return cls(
            question=Question(plain["question"]),
            measure=plain["measure"],
            unit=plain["unit"],
            level=area["level"],
            code=area["code"],
            name=area["name"],
            start=date.fromisoformat(plain["period"][0]),
            end=date.fromisoformat(plain["period"][1]),
            before=(date.fromisoformat(before[0]), date.fromisoformat(before[1])) if before else None,
            population=tuple(Inhabitants.of(one) for one in plain["population"]),
            source=plain["source"],
            events=plain["events"],
            places=tuple(Place(**one) for one in plain.get("places", ())),
            ground=Ground(**plain["outlines"]) if "outlines" in plain else None,
        )

    def identity(self, party: UUID, inputs: Iterable[str]) -> Digest:
        """The same party, method, version, parameters and data: the same figure."""
        return canonical.digest(
            {
                "party": party,
                "method": self.question,
                "version": self.question.version,
                "parameters": self.plain,
                "inputs": list(inputs),
            }
        )
