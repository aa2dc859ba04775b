"""Sweden's 290 municipalities (SCB, regional divisions 2026): what a new partnership begins with."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

SPELLED_OUT = str.maketrans("åäöéü", "aaoeu")


@dataclass(frozen=True)
class Municipality:
    code: str
    name: str  # Umeå
    official_name: str  # Umeå kommun
    county_code: str

    @property
    def address(self) -> str:
        """The word for it in web addresses: `upplands-vasby`."""
        return "-".join(self.name.lower().translate(SPELLED_OUT).split())


@cache
def municipalities() -> tuple[Municipality, ...]:
    with Path(__file__).with_name("municipalities.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            Municipality(row["code"], row["name"], row["official_name"], row["county"])
            for row in csv.DictReader(file)
        )


@cache
def _known_as() -> dict[str, Municipality]:
    names: dict[str, Municipality] = {}
    for one in municipalities():
        for word in (one.code, one.name, one.official_name, f"{one.name} kommun", f"{one.name} stad"):
            names[word.casefold()] = one
        names[f"{one.code} {one.official_name}".casefold()] = one
    return names


def find(text: str) -> Municipality | None:
    """The municipality of a code (2480), a name (umeå), an official name, or code and name together."""
    word = " ".join(text.split()).casefold()
    return _known_as().get(word) or _known_as().get(word.removesuffix(" kommun").removesuffix("s"))
