"""The first twelve indicators of crime and safety that open data can answer, each with its trap.

Only those whose id at the service is known are fetched by themselves; the others say where they are found,
or that no open figure exists. An id is never guessed.
"""

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _

from samsyn.core.errors import Sentence


@dataclass(frozen=True)
class Indicator:
    number: int
    name: Sentence
    found_at: Sentence
    trap: Sentence
    kpis: tuple[str, ...] = ()  # ids at Kolada


KOLADA: Final = _("Kolada")
BRA_FILE: Final = _("Brå, reported crime: fetch the database file and upload it")

CATALOGUE: Final = (
    Indicator(
        1,
        _("Reported crime in all, per 100 000 inhabitants"),
        BRA_FILE,
        _(
            "Moved by fraud, drug checks and visitors. Some fraud has no place. The numbers are preliminary "
            "until spring."
        ),
    ),
    Indicator(
        2,
        _("Reported violent crime"),
        KOLADA,
        _(
            "The sum of seven groups of offences, and only those traced to the municipality. What is missing "
            "is counted as nought. It is not the same as Brå's “Våldsbrott”."
        ),
        ("N07403",),
    ),
    Indicator(
        3,
        _("Assault on women in close relations, gross violation of a woman's integrity"),
        _("Kolada for gross violation; Brå's database file for assault"),
        _("They are few: add three years together. More reports may mean better help."),
        ("N07402",),
    ),
    Indicator(
        4,
        _("Rape"),
        BRA_FILE,
        _("One case can be many offences. The law changed in 2018. The day is that of the report."),
    ),
    Indicator(
        5,
        _("Drug offences"),
        BRA_FILE,
        _("They measure how much the police look for them. Never use them as an outcome."),
    ),
    Indicator(
        6,
        _("Vandalism"),
        KOLADA,
        _("One owner's habit of reporting can move it. Check that it is still updated."),
        ("U07452",),
    ),
    Indicator(
        7,
        _("Theft, burglary in homes, bicycle theft"),
        _("Kolada for theft; Brå's database file for burglary and bicycles"),
        _("In a centre, residents are the wrong thing to divide by. Show the numbers themselves."),
        ("U07417",),
    ),
    Indicator(
        8,
        _("Young people of 15–17 years found guilty of offences"),
        KOLADA,
        _("Few, late, and dependent on how many offences are cleared up."),
        ("N02905",),
    ),
    Indicator(
        9,
        _("Unsafe late in the evening, and exposed to crime"),
        _("Brå, the national safety survey: fetch its table and upload it"),
        _(
            "For a municipality only over several years together, with a wide interval. "
            "The series breaks in 2017."
        ),
    ),
    Indicator(
        10,
        _("Stayed in for fear; trust in others"),
        _("Folkhälsomyndigheten, Hälsa på lika villkor: fetch its table and upload it"),
        _(
            "Means of four years that overlap. For a municipality only where it ordered more answers. "
            "Always show women and men apart."
        ),
    ),
    Indicator(
        11,
        _("Risk drinking and tobacco"),
        _("Folkhälsomyndigheten, Hälsa på lika villkor: fetch its table and upload it"),
        _("A gap: there is no open local figure for narcotics, doping or gambling."),
    ),
    Indicator(
        12,
        _("Conditions of growing up: child poverty, eligibility in year 9, not in education or work"),
        _("Kolada, by ids that you choose below"),
        _(
            "Risk factors, never a cause. Nothing about an area says anything about a person. Small numbers "
            "of Statistics Sweden carry noise on purpose. Traffic injuries are a gap: STRADA must be ordered."
        ),
    ),
)
OFFERED: Final = tuple(kpi for indicator in CATALOGUE for kpi in indicator.kpis)
