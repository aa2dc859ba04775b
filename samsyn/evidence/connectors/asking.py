"""What is fetched for a municipality: beside it its county and the country, whole or not at all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from django.conf import settings

from samsyn.evidence.connectors import kolada, pxweb
from samsyn.evidence.connectors.session import Session

POPULATION: Final = "TAB6471"  # inhabitants per month; its cells carry noise that nobody may repair
ALL_AGES, BOTH_SEXES = "TotSA", "TotSa"
COUNTRY: Final = {"kolada": "0000", "scb": "00"}


@dataclass(frozen=True)
class Fetched:
    """A raw answer as the readers want it."""

    name: str
    content: bytes
    answers: Mapping[str, object] = field(default_factory=dict)


def fetch(service: str, *, municipality: str, kpis: Sequence[str]) -> Fetched:
    """Ask the service. Raises FetchFailed; takes seconds to minutes and holds no lock."""
    county, country = municipality[:2], COUNTRY[service]
    if service == "kolada":
        visit = kolada.session(settings.KOLADA_URL)
        titles = kolada.titles(visit, kpis)
        areas = [municipality, f"00{county}", country]  # Kolada's own code for a region
        return Fetched("kolada.json", kolada.values(visit, kpis, areas=areas), {"titles": titles})
    choice = {"Region": [municipality, county, country], "Alder": [ALL_AGES], "Kon": [BOTH_SEXES]}
    return Fetched("scb.json", pxweb.table_v2(Session(settings.SCB_URL), POPULATION, choice=choice))
