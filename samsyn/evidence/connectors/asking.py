"""What is fetched for a municipality, beside county, country and those like it. Whole or not at all."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from django.conf import settings

from samsyn.evidence.connectors import kolada, pxweb
from samsyn.evidence.connectors.catalogue import TITLE_WORDS
from samsyn.evidence.connectors.session import Fault, FetchFailed, Session
from samsyn.evidence.connectors.surveys import SHARE, SURVEYS

COUNTRY: Final = "00"  # Kolada writes 0000
MONTHS: Final = "TAB6471"  # inhabitants per month; its cells carry noise that nobody may repair
YEARS: Final = "TAB638"  # inhabitants on 31 December since 1968


@dataclass(frozen=True)
class Fetched:
    """A raw answer as the readers want it."""

    name: str
    content: bytes
    answers: Mapping[str, object] = field(default_factory=dict)
    about: str = ""  # which of Kolada's groups it holds, in its own words


def fetch(service: str, *, municipality: str, name: str, kpis: Sequence[str]) -> Fetched:
    """Ask the service. Raises FetchFailed; takes seconds to minutes and holds no lock."""
    if service == "kolada":
        return _indicators(municipality, name, kpis)
    areas = [municipality, municipality[:2], COUNTRY]
    return _surveys(areas) if service == "fohm" else _population(areas)


def _indicators(municipality: str, name: str, kpis: Sequence[str]) -> Fetched:
    """Indicators that the catalogue names but Kolada has ended, or means something else by, are left out."""
    visit = kolada.session(settings.KOLADA_URL)
    known = kolada.titles(visit, kpis, needed=[kpi for kpi in kpis if kpi not in TITLE_WORDS])
    meant = {kpi: title for kpi, title in known.items() if TITLE_WORDS.get(kpi, "") in title.casefold()}
    alike = kolada.similar(visit, code=municipality, name=name) if name else kolada.Similar()
    areas = [municipality, f"00{municipality[:2]}", f"00{COUNTRY}", *alike.codes]  # 0024 is a region
    if not meant:
        raise FetchFailed(Fault.REFUSED, ", ".join(kpis)[:200])
    content = kolada.values(visit, list(meant), areas=areas)
    return Fetched("kolada.json", content, {"titles": meant}, about=alike.group)


def _population(areas: Sequence[str]) -> Fetched:
    visit = Session(settings.SCB_URL)
    months = pxweb.table_v2(visit, MONTHS, choice={"Region": areas, "Alder": ["TotSA"], "Kon": ["TotSa"]})
    whole = {"Civilstand": (), "Alder": (), "Kon": ()}  # the service's own totals, not sums of ours
    years = pxweb.table_v2(visit, YEARS, choice={"Region": areas, "ContentsCode": ["BE0101N1"], **whole})
    return Fetched("scb.json", _bundle({"years": years, "months": months}))


def _surveys(areas: Sequence[str]) -> Fetched:
    visit = Session(settings.FOHM_URL, calls=1)
    tables = {
        survey.name: pxweb.table_v1(
            visit,
            survey.table,
            choice={survey.dimension: [survey.code], **SHARE},
            where_known={"Region": areas},
        )
        for survey in SURVEYS
    }
    return Fetched("fohm.json", _bundle(tables), {"unit": "percent"})


def _bundle(tables: Mapping[str, bytes]) -> bytes:
    """Several tables as one JSON-stat bundle, each as it came."""
    return json.dumps(
        {name: json.loads(table) for name, table in tables.items()}, ensure_ascii=False
    ).encode()
