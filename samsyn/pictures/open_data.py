"""What open numbers say of a municipality, a sentence an indicator, and what they cannot say."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from statistics import median
from typing import Final, TypeAlias

from django.utils.translation import gettext as _

from samsyn.core.errors import Sentence
from samsyn.core.templatetags import words
from samsyn.evidence import queries as evidence

Year: TypeAlias = str
Area: TypeAlias = tuple[str, str]  # level and code
Rows: TypeAlias = Sequence[Sequence[str]]
YEARS_BACK: Final = 10
FEWEST_SIMILAR: Final = 3  # of two there is no middle one
WOMEN, MEN = "kvinnor", "män"
SHARE: Final = re.compile(r"andel(?: \(%\)|,? procent)?", re.I)
COUNTRY: Final = ("country", "00")


@dataclass
class Series:
    """One indicator: its years by area, and those of women and men in the municipality."""

    areas: dict[Area, dict[Year, Decimal]] = field(default_factory=dict)
    sexes: dict[str, dict[Year, Decimal]] = field(default_factory=dict)


@dataclass(frozen=True)
class Said:
    """One thing that open numbers say."""

    title: str
    text: str


def statements(rows: Rows, *, municipality: str, titles: Mapping[str, str]) -> list[Said]:
    """The latest year of each of Kolada's indicators beside region, country and similar municipalities.

    Says how numbers differ and never why, nor whether it is more than chance: that is for a figure to say.
    """
    own = ("municipality", municipality)
    found = _series(rows, own)
    traps = evidence.traps()
    said = []
    for kpi, title in sorted(titles.items(), key=lambda one: (_place(one[0]), one[0])):
        if (series := found.get(title)) and series.areas.get(own):
            said.append(_statement(title, series, own, traps.get(kpi)))
    return said


def _place(kpi: str) -> int:
    """The order of the first indicators; what a person added comes after them."""
    order = [one for indicator in evidence.indicators() for one in indicator.kpis]
    return order.index(kpi) if kpi in order else len(order)


def _series(rows: Rows, own: Area) -> dict[str, Series]:
    found: dict[str, Series] = {}
    for level, code, _name, measure, _start, end, _unit, value, _status, _text in rows:
        if not value:
            continue
        whole, _comma, sex = measure.rpartition(", ")
        area = own if code == own[1] else (level, code)  # readers call an unknown code a unit
        if sex in (WOMEN, MEN):
            if area == own:
                sexes = found.setdefault(whole, Series()).sexes
                sexes.setdefault(sex, {})[end[:4]] = Decimal(value)
        else:
            found.setdefault(measure, Series()).areas.setdefault(area, {})[end[:4]] = Decimal(value)
    return found


def without_values(rows: Rows, *, municipality: str, titles: Mapping[str, str]) -> list[str]:
    """Indicators of which the municipality has no number at all."""
    known = {row[3] for row in rows if row[1] == municipality and row[7]}
    return sorted(set(titles.values()) - known)


def gaps(*, wanted: Iterable[str], titles: Mapping[str, str], surveyed: bool) -> list[str]:
    """What open data does not say: not fetched, ended at its source, or open nowhere, and what to do."""
    lines = [
        _("%(id)s: Kolada has ended it, or means something else by the id now, so it is left out.")
        % {"id": one}
        for one in sorted(set(wanted) - set(titles))
    ]
    for indicator in evidence.indicators():
        by_survey = indicator.number in evidence.surveyed_indicators()
        missing = not (surveyed if by_survey else set(indicator.kpis) & set(titles))
        if missing and (by_survey or indicator.kpis):
            told = {"name": indicator.name, "where": indicator.found_at, "trap": indicator.trap}
            lines.append(_("%(name)s: not fetched. %(where)s. %(trap)s") % told)
        if indicator.gap:
            lines.append(str(indicator.gap))
    return lines


def _statement(measure: str, series: Series, own: Area, trap: Sentence | None) -> Said:
    years = series.areas[own]
    latest = max(years)
    value = years[latest]
    told = {"measure": measure, "value": number(value), "year": latest}
    said = [_("%(measure)s was %(value)s in %(year)s.") % told]
    beside = {
        _("The region"): series.areas.get(("region", own[1][:2]), {}).get(latest),
        _("The country"): series.areas.get(COUNTRY, {}).get(latest),
    }
    for where, there in beside.items():
        said.append(
            _("%(where)s: no number for that year.") % {"where": where}
            if there is None
            else _("%(where)s: %(value)s.") % {"where": where, "value": number(there)}
        )
    similar = {
        area: years for area, years in series.areas.items() if area[0] == "municipality" and area != own
    }
    said.append(
        _beside_similar(value, [years[latest] for years in similar.values() if latest in years], len(similar))
    )
    said += _own_years(years, latest)
    women, men = (series.sexes.get(sex, {}).get(latest) for sex in (WOMEN, MEN))
    if women is not None and men is not None:
        sexes = {"women": number(women), "men": number(men)}
        said.append(_("Women: %(women)s. Men: %(men)s.") % sexes)
    keep = _(
        "Medians and ranges are our own calculation. Nothing here says whether a difference is more than "
        "chance."
    )
    trapped = _("To keep in mind: %(trap)s") % {"trap": trap} if trap else ""
    title = _("%(measure)s: %(value)s in %(year)s") % (told | {"measure": measure[:170]})
    return Said(title, "\n\n".join(part for part in (" ".join(said), trapped, keep) if part))


def _beside_similar(value: Decimal, others: list[Decimal], fetched: int) -> str:
    """The middle one and both ends, and where the municipality lies: never a rank of good and bad."""
    if not fetched:
        return _("Similar municipalities: none are fetched.")
    if len(others) < FEWEST_SIMILAR:
        return _("Similar municipalities: too few have a number for that year to compare with.")
    return _(
        "Of %(n)d similar municipalities the middle one has %(median)s, the lowest %(low)s and the highest "
        "%(high)s; %(lower)d of them lie lower than here and %(higher)d higher."
    ) % {
        "n": len(others),
        "median": number(median(others)),
        "low": number(min(others)),
        "high": number(max(others)),
        "lower": sum(one < value for one in others),
        "higher": sum(one > value for one in others),
    }


def _own_years(years: Mapping[Year, Decimal], latest: Year) -> list[str]:
    before = {year: value for year, value in years.items() if int(latest) - int(year) <= YEARS_BACK}
    first = min(before)
    if first == latest:
        return []
    return [
        _("In %(year)s it was %(value)s; from then on between %(low)s and %(high)s.")
        % {
            "year": first,
            "value": number(before[first]),
            "low": number(min(before.values())),
            "high": number(max(before.values())),
        }
    ]


def number(value: Decimal) -> str:
    """As it came, without the nought that a whole number is sent with."""
    return words.number(value.to_integral_value() if value == value.to_integral_value() else value)


Answer: TypeAlias = dict[str, Decimal]  # share, low, high
BySex: TypeAlias = dict[str, Answer]


def survey_statements(rows: Rows, *, municipality: str) -> list[Said]:
    """What people answered, women and men apart, each share with its interval, nearest area first."""
    own = ("municipality", municipality)
    questions: dict[str, dict[tuple[Area, str], BySex]] = {}
    for level, code, _name, measure, start, end, _unit, value, _status, _text in rows:
        question, kind, sex = _parts(measure)
        if value and kind and sex:
            area = own if code == municipality else (level, code)
            answers = questions.setdefault(question, {}).setdefault((area, f"{start[:4]}–{end[:4]}"), {})
            answers.setdefault(sex, {})[kind] = Decimal(value)
    return [one for question, answers in questions.items() if (one := _survey(question, answers, own))]


def _parts(measure: str) -> tuple[str, str, str]:
    """Question, kind of number and sex, which a table's dimensions make one text of."""
    question, kind, sex = [], "", ""
    for part in measure.split(", "):
        plain = part.casefold()
        if plain in (WOMEN, MEN):
            sex = plain
        elif SHARE.fullmatch(plain):
            kind = "share"
        elif "nedre" in plain or "övre" in plain:
            kind = "low" if "nedre" in plain else "high"
        else:
            question.append(part)
    return ", ".join(question), kind, sex


def _survey(question: str, answers: Mapping[tuple[Area, str], BySex], own: Area) -> Said | None:
    county = ("county", own[1][:2])
    names = {own: _("The municipality"), county: _("The county"), COUNTRY: _("The country")}
    said, title = [], ""
    for area, name in names.items():
        period = max((when for where, when in answers if where == area), default="")
        by_sex = answers.get((area, period), {})
        if not all("share" in by_sex.get(sex, {}) for sex in (WOMEN, MEN)):
            said.append(_("%(where)s: no number.") % {"where": name})
            continue
        told = {"where": name, "years": period, "women": _share(by_sex[WOMEN]), "men": _share(by_sex[MEN])}
        said.append(_("%(where)s %(years)s: women %(women)s, men %(men)s.") % told)
        title = title or f"{question[:120]}: {said[-1]}"
    if not title:
        return None
    traps = " ".join(dict.fromkeys(str(trap) for trap in evidence.survey_traps()))
    return Said(title[:200], " ".join(said) + "\n\n" + _("To keep in mind: %(trap)s") % {"trap": traps})


def _share(answer: Answer) -> str:
    share = f"{number(answer['share'])} %"
    if "low" not in answer or "high" not in answer:
        return share
    return f"{share} ({number(answer['low'])}–{number(answer['high'])})"
