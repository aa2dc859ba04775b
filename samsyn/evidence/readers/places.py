"""Which area a code or a name means: municipalities, counties, regions, police regions, SCB's small areas."""

import csv
import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final


@dataclass(frozen=True, slots=True)
class Area:
    level: str
    code: str
    name: str
    county: str = ""
    bra_id: str = ""
    since: date | None = None
    until: date | None = None


COUNTRY: Final = {
    "riket",
    "hela landet",
    "hela riket",
    "sverige",
    "sweden",
    "riket totalt",
    "the whole country",
    "landet",
}
DESO: Final = re.compile(r"(\d{4})[ABC]\d{4}")
REGSO: Final = re.compile(r"(\d{4})R\d{3}")
VINTAGE: Final = re.compile(r"_(?:DeSO|RegSO)(?P<year>20\d\d)$", re.I)
CODE_NAME: Final = re.compile(
    r"(?P<code>\d{2}|\d{4}|\d{4}[ABC]\d{4}|\d{4}R\d{3})(?:_(?:DeSO|RegSO)20\d\d)?[\s\u00a0,:-]+(?P<name>\D.*)"
)
NAME_CODE: Final = re.compile(r"(?P<name>\D.*?)\s*\((?P<code>\d{2}|\d{4})\)")
KINDS: Final = (
    (" kommun", "municipality"),
    (" stad", "municipality"),
    (" municipality", "municipality"),
    (" län", "county"),
    (" county", "county"),
)


@cache
def register() -> tuple[Area, ...]:
    """Our own table of areas, ended ones last."""
    with Path(__file__).with_name("areas.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            Area(
                row["level"],
                row["code"],
                row["name"],
                row["county"],
                row["bra_id"],
                date.fromisoformat(row["since"]) if row["since"] else None,
                date.fromisoformat(row["until"]) if row["until"] else None,
            )
            for row in csv.DictReader(file)
        )


@cache
def by_code() -> dict[tuple[str, str], Area]:
    return {(area.level, area.code): area for area in register()}


@cache
def by_name() -> dict[tuple[str, str], Area]:
    """Names in all the forms the registers use, per level."""
    names: dict[tuple[str, str], Area] = {}
    for area in register():
        plain = fold(area.name)
        forms = {plain}
        if area.level == "county":
            bare = plain.removesuffix(" län")
            forms |= {bare, bare.removesuffix("s")}
        elif area.level == "region":
            bare = plain.removeprefix("region ").removesuffix(" län")
            forms |= {bare, f"region {bare}", f"region {bare.removesuffix('s')}"}
        elif area.level == "municipality":
            forms |= {plain + "s"}
        for form in forms:
            names.setdefault((area.level, form), area)
    names["county", "jönköping"] = by_code()["county", "06"]
    names["municipality", "gotlands"] = by_code()["municipality", "0980"]
    return names


@cache
def by_plain_name() -> dict[str, Area]:
    """Municipalities by name without dots and rings, where that still tells them apart."""
    plain: dict[str, list[Area]] = {}
    for (level, name), area in by_name().items():
        if level == "municipality":
            plain.setdefault(undotted(name), []).append(area)
    return {name: areas[0] for name, areas in plain.items() if len({area.code for area in areas}) == 1}


@cache
def bra_ids() -> frozenset[str]:
    return frozenset(area.bra_id for area in register() if area.bra_id)


def fold(name: str) -> str:
    return " ".join(name.replace("\u00a0", " ").split()).casefold()


def undotted(name: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKD", name) if not unicodedata.combining(sign))


def of_code(code: str, *, level: str = "", numeric: bool = False) -> Area | None:
    """The area of a code; `numeric` when a spreadsheet may have lost the leading zero."""
    code = VINTAGE.sub("", code.strip())
    if DESO.fullmatch(code) and code[:2] in county_codes():
        return Area("deso", code, "", code[:2])
    if REGSO.fullmatch(code) and code[:2] in county_codes():
        return Area("regso", code, "", code[:2])
    if not code.isdecimal() or not code.isascii():
        return by_code().get(("police_region", code)) or (
            Area("country", "00", "Riket") if code == "SE" else None
        )
    if numeric and len(code) in (1, 3):
        code = "0" + code
    if code in ("00", "0000"):
        return by_code()["country", "00"]
    if len(code) == 4 and code.startswith("00"):  # Kolada's own ids of the regions
        return by_code().get(("region", code[2:]))
    if len(code) == 4:
        return by_code().get(("municipality", code))
    if len(code) == 2:
        return by_code().get(("region" if level == "region" else "county", code))
    return None


@cache
def county_codes() -> frozenset[str]:
    return frozenset(area.code for area in register() if area.level == "county")


def of_name(name: str, *, level: str = "") -> Area | None:
    """The area of a name in any usual form; a bare name is the municipality unless `level` says otherwise."""
    plain = fold(name)
    if plain in COUNTRY:
        return by_code()["country", "00"]
    for ending, kind in KINDS:
        if plain.endswith(ending):
            if level and level != kind and level != "place":
                return None
            bare = plain.removesuffix(ending)
            return by_name().get(
                (kind, plain if kind == "county" and ending == " län" else bare)
            ) or by_name().get((kind, bare))
    if plain.startswith(("region ", "västra götalandsregionen")) or plain.endswith("regionen"):
        if plain.removeprefix("polis") != plain:
            return by_name().get(("police_region", f"region {plain.removeprefix('polisregion ')}"))
        kinds = ("police_region", "region") if level == "police_region" else ("region", "police_region")
        return next((area for kind in kinds if (area := by_name().get((kind, plain)))), None)
    if plain.startswith("polisregion "):
        return by_name().get(("police_region", plain.removeprefix("polis")))
    order: tuple[str, ...] = (
        (level,) if level in ("municipality", "county", "region") else ("municipality", "county")
    )
    found = next((area for kind in order if (area := by_name().get((kind, plain)))), None)
    if found is None and order[0] == "municipality" and plain.isascii():
        found = by_plain_name().get(plain)
    return found


def ended_namesake(area: Area) -> Area | None:
    """The ended area of the same name under another code: Heby before it changed county."""
    return next(
        (old for old in register() if old.until and old.name == area.name and old.code != area.code), None
    )


def of_text(text: str, *, level: str = "", numeric: bool = False) -> Area | None:
    """The area of one cell: a code, a name, or both together ("2480 Umeå", "Umeå (2480)")."""
    plain = text.strip()
    if found := CODE_NAME.fullmatch(plain) or NAME_CODE.fullmatch(plain):
        area = of_code(found["code"], level=level)
        if area is not None:
            return area if area.name else Area(area.level, area.code, found["name"].strip(), area.county)
    return of_code(plain, level=level, numeric=numeric) or of_name(plain, level=level)
