"""The first twelve indicators of crime and safety that open data can answer, each with its trap.

Only those whose id at the service is known are fetched by themselves; the others say where they are found,
or that no open figure exists. An id is never guessed: one whose title at Kolada lacks the word that it is
known by means something else there now, and is left out.
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
    gap: Sentence = ""  # what of it no open source says about a municipality


TITLE_WORDS: Final = {
    "N07540": "brott",
    "N07403": "våldsbrott",
    "N07402": "kvinnofrid",
    "N07544": "narkotika",
    "U07452": "skadegörelse",
    "U07417": "stöld",
    "N07546": "bostadsinbrott",
    "N02905": "lagför",
    "N02904": "utsatta hushåll",
    "N15428": "behörig",
}
SURVEY: Final = _("Folkhälsomyndigheten, Hälsa på lika villkor")
KOLADA: Final = _("Kolada")
KOLADA_AND_BRA: Final = _("Kolada by year; Brå's database file by month")
BRA_FILE: Final = _("Brå, reported crime: fetch the database file and upload it")

CATALOGUE: Final = (
    Indicator(
        1,
        _("Reported crime in all, per 100 000 inhabitants"),
        KOLADA_AND_BRA,
        _(
            "Moved by fraud, drug checks and visitors. Some fraud has no place. The numbers are preliminary "
            "until spring."
        ),
        ("N07540",),
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
        gap=_("Assault on women in close relations is not in Kolada: upload Brå's database file."),
    ),
    Indicator(
        4,
        _("Rape"),
        BRA_FILE,
        _("One case can be many offences. The law changed in 2018. The day is that of the report."),
        gap=_("Rape is not fetched by itself: upload Brå's database file."),
    ),
    Indicator(
        5,
        _("Drug offences"),
        KOLADA_AND_BRA,
        _("They measure how much the police look for them. Never use them as an outcome."),
        ("N07544",),
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
        _("Kolada for theft and burglary; Brå's database file for bicycles"),
        _("In a centre, residents are the wrong thing to divide by. Show the numbers themselves."),
        ("U07417", "N07546"),
        gap=_("Bicycle theft is not in Kolada: upload Brå's database file."),
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
        gap=_(
            "Feeling unsafe and exposure to crime: the national safety survey gives no open number for a "
            "single municipality. Upload its table, or the police's own survey if you have one."
        ),
    ),
    Indicator(
        10,
        _("Stayed in for fear; trust in others"),
        SURVEY,
        _(
            "Means of four years that overlap. For a municipality only where it ordered more answers. "
            "Always show women and men apart."
        ),
    ),
    Indicator(
        11,
        _("Risk drinking and tobacco"),
        SURVEY,
        _("Means of four years that overlap, and for a municipality only where it ordered more answers."),
        gap=_(
            "Narcotics, doping and gambling: there is no open local figure. CAN's survey of year 9 can be "
            "bought."
        ),
    ),
    Indicator(
        12,
        _("Conditions of growing up: child poverty, eligibility in year 9, not in education or work"),
        KOLADA,
        _(
            "Risk factors, never a cause. Nothing about an area says anything about a person. Small numbers "
            "of Statistics Sweden carry noise on purpose."
        ),
        ("N02904", "N15428"),
        gap=_(
            "Young people not in education or work: choose an id at kolada.se. Injuries in traffic: STRADA "
            "must be ordered from Transportstyrelsen."
        ),
    ),
)
BY_KPI: Final = {kpi: indicator for indicator in CATALOGUE for kpi in indicator.kpis}
