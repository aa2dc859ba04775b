"""Numbers, periods and what figures say, in the language that is active."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from django.utils import formats, translation
from django.utils.dateformat import format as date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samsyn.analysis.verdicts import Verdict
from samsyn.core.errors import Sentence
from samsyn.evidence.spans import Span, span_of

LANGUAGES = ("sv", "en")

VERDICTS: dict[str, Sentence] = {
    Verdict.MORE: gettext_lazy("More"),
    Verdict.FEWER: gettext_lazy("Fewer"),
    Verdict.CANNOT_SAY: gettext_lazy("Cannot say"),
    Verdict.TOO_FEW: gettext_lazy("Too few to say"),
}
CAVEATS: dict[str, Sentence] = {
    "reports_only": gettext_lazy("What is counted is reports. Far from all crime is reported."),
    "preliminary": gettext_lazy("The numbers are preliminary and may change."),
    "estimated": gettext_lazy("The numbers are the source's own estimates."),
    "population_left_out": gettext_lazy(
        "No population is entered, so a change in the number of inhabitants is not allowed for."
    ),
    "population_of_another_year": gettext_lazy(
        "The population is from another year than the count, because no nearer one is entered."
    ),
    "spread_allowed_for": gettext_lazy(
        "Reports come in bunches and sway from year to year. That is allowed for, so a small difference "
        "is not called a change."
    ),
    "alarm_is_a_question": gettext_lazy(
        "What is unexpected is a reason to look, not a proof: among many series some stand out by chance."
    ),
    "forecast_is_no_goal": gettext_lazy(
        "A forecast is no goal. It says what the earlier periods lead one to expect if nothing changes."
    ),
    "size_allowed_for": gettext_lazy(
        "Small areas sway more than large ones. That is allowed for, and so is the number of comparisons."
    ),
    "judged_with_those_around": gettext_lazy(
        "An area is judged together with those that border on it: one that is marked need not have many "
        "itself. Some of the areas marked may be so by chance, so this is a reason to look and no proof."
    ),
    "each_by_itself": gettext_lazy(
        "Each area is judged by its own interval. Among many areas some stand out by chance, so this is a "
        "reason to look and no ranking."
    ),
    "who_lives_there": gettext_lazy(
        "The numbers are set against those who live there. Where many others come, as in a centre, the rate "
        "is high for that reason too."
    ),
}
REFUSALS: dict[str, Sentence] = {
    "other_version": gettext_lazy(
        "The method has a newer version than %(version)s. The figure stands as it was."
    ),
    "two_values": gettext_lazy(
        "The dataset gives two numbers, %(first)s and %(second)s, for the period that begins %(period)s. "
        "Find out which one is right, correct the file and upload it again."
    ),
    "no_number": gettext_lazy(
        "There is no number for the period %(start)s to %(end)s. Choose another period."
    ),
    "no_population": gettext_lazy("Enter the population of %(area)s first. A rate is measured against it."),
    "nothing_before": gettext_lazy("There is no earlier period to compare with. Add a dataset that has one."),
    "not_a_count": gettext_lazy("%(value)s is not a whole number, so it cannot be a count of events."),
    "count_negative": gettext_lazy("A count is below zero. Correct the file and upload it again."),
    "population_not_positive": gettext_lazy("The population is zero. Enter it again."),
    "exposure_not_positive": gettext_lazy("The population is zero. Enter it again."),
    "years_needed": gettext_lazy("This question needs whole years. Choose a year as the period."),
    "months_needed": gettext_lazy("This question needs months. Choose a month as the period."),
    "gap_in_series": gettext_lazy("A year in the series has no number. Add a dataset that has it."),
    "past_too_short": gettext_lazy(
        "There are too few earlier periods to compare with. Add a dataset that reaches further back."
    ),
    "periods_missing": gettext_lazy(
        "There are too few earlier periods to compare with. Add a dataset that reaches further back."
    ),
    "too_few_places": gettext_lazy("At least %(fewest)s areas with a number are needed to compare them."),
    "too_few_around": gettext_lazy(
        "Too few areas to say: at least %(fewest)s are needed, since with fewer an area and those around it "
        "are most of the whole."
    ),
    "places_without_number": gettext_lazy(
        "%(places)s of the areas have no number for the period. Choose another period."
    ),
    "damaged": gettext_lazy(
        "A dataset of this figure is not as it was stored. Ask those who run Samsyn to verify it."
    ),
}


METHODS: dict[str, Sentence] = {
    "rate": gettext_lazy("Rate with exact interval"),
    "change": gettext_lazy("Change between two periods"),
    "trend": gettext_lazy("Trend over a series"),
    "change_points": gettext_lazy("Shifts of level"),
    "forecast": gettext_lazy("Forecast of the next period"),
    "farrington": gettext_lazy("Unexpected for the season (Farrington)"),
    "ears": gettext_lazy("Unexpected beside the periods just before (EARS)"),
    "funnel": gettext_lazy("Comparison that allows for size (funnel)"),
    "relative_rates": gettext_lazy("Rates beside all areas together"),
    "concentration": gettext_lazy("Concentration on few places"),
    "hot_spots": gettext_lazy("Areas together with those around them (hot spots)"),
}


def method(name: str) -> str:
    """What a method is called on a page; one that is not known here stands as it is."""
    return str(METHODS.get(name, name))


def in_both(say: Callable[[], str]) -> dict[str, str]:
    """What is said, in Swedish and in English."""
    said = {}
    for language in LANGUAGES:
        with translation.override(language):
            said[language] = say()
    return said


def caveat(code: str) -> dict[str, str]:
    """What to keep in mind, in both languages."""
    return in_both(lambda: str(CAVEATS[code]))


def refusal(code: str, params: dict[str, str | int]) -> str:
    """Why a figure cannot be computed, as a sentence."""
    sentence = REFUSALS.get(code)
    if sentence is None:
        return _("The figure cannot be computed from these numbers (%(code)s).") % {"code": code}
    return str(sentence) % params


def number(value: float | int | Decimal, *, decimals: int = 0) -> str:
    """With the language's decimal sign and thin groups of three."""
    return formats.number_format(f"{value:.{decimals}f}", decimals, use_l10n=True, force_grouping=True)


def rate(value: float) -> str:
    """As many decimals as a reader can use: none from 100 on, one from 10, two below."""
    return number(value, decimals=0 if value >= 100 else 1 if value >= 10 else 2)


def ratio(value: float) -> str:
    return number(value, decimals=2)


def length(metres: int) -> str:
    return (
        _("%(number)s km") % {"number": number(metres // 1000)}
        if metres >= 1000
        else _("%(number)s m") % {"number": number(metres)}
    )


def day(moment: date) -> str:
    return date_format(moment, "j F Y")


def period(start: date, end: date) -> str:
    """In words: December 2016, the fourth quarter of 2016, 2016."""
    match span_of((start, end)):
        case Span.MONTH:
            return date_format(start, "F Y")
        case Span.QUARTER:
            return _("quarter %(number)d of %(year)d") % {"number": start.month // 3 + 1, "year": start.year}
        case Span.YEAR:
            return str(start.year)
    return f"{day(start)} – {day(end)}"


def verdict(word: str) -> str:
    return str(VERDICTS[word])
