"""Folkhälsomyndigheten's tables of how people say they feel and live, by area and sex."""

from dataclasses import dataclass
from typing import Final

# Share with both ends of its interval are values of one dimension; of the sexes all, women, men.
SHARE: Final = {"Andel och konfidensintervall": ("01", "02", "03"), "Kön": ("00", "01", "02")}


@dataclass(frozen=True)
class Survey:
    """One question of the survey Hälsa på lika villkor, and where its answers are."""

    name: str
    indicator: int  # its number in the catalogue
    table: str
    dimension: str
    code: str


SURVEYS: Final = (
    Survey("fear", 10, "5_Boende/02Bomrade/05.07raddens/raddensyreg.px", "Rädd att gå ut ensam", "01"),
    Survey("trust", 10, "7_Kontroll/02Civil/07.05lita/litaYreg.px", "Tillit", "40"),
    Survey("alcohol", 11, "6_Levanor/01Begrans/06.04alkrisk/alkriskyreg.px", "Alkoholkonsumtion", "01"),
    Survey(
        "tobacco",
        11,
        "6_Levanor/01Begrans/06.01tobakdag/tobakdagyreg.px",
        "Användning av tobaks- och nikotinprodukter",
        "01",
    ),
)
