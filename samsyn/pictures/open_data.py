"""What open numbers say of a municipality, a sentence an indicator, and what they cannot say."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final, TypeAlias

from django.utils.translation import gettext as _

from samsyn.core.templatetags.words import number
from samsyn.evidence import queries as evidence

Year: TypeAlias = str
YEARS_BACK: Final = 10


def statements(rows: Sequence[Sequence[str]], *, municipality: str) -> list[tuple[str, str]]:
    """Title and text for each measure: the latest year beside region and country, and its own ten years.

    Says how numbers differ and never why, nor whether it is more than chance: that is for a figure to say.
    """
    measures: dict[str, dict[tuple[str, str], dict[Year, Decimal]]] = {}
    own = ("municipality", municipality)
    for level, code, _name, measure, _start, end, _unit, value, _status, _text in rows:
        area = own if code == municipality else (level, code)  # readers call an unknown code a unit
        series = measures.setdefault(measure, {}).setdefault(area, {})
        if value:
            series[end[:4]] = Decimal(value)
    return [_statement(name, areas, own) for name, areas in measures.items() if areas.get(own)]


def without_values(rows: Sequence[Sequence[str]], *, municipality: str) -> list[str]:
    """Measures of which the municipality has no number at all."""
    known = {row[3] for row in rows if row[1] == municipality and row[7]}
    return sorted({row[3] for row in rows} - known)


def gaps(wanted: Sequence[str]) -> list[str]:
    """The first indicators that are not fetched, with where they are found or why they cannot be."""
    return [
        f"{indicator.name}: {indicator.found_at}. {indicator.trap}"
        for indicator in evidence.indicators()
        if not set(indicator.kpis) & set(wanted)
    ]


def _statement(
    measure: str, areas: dict[tuple[str, str], dict[Year, Decimal]], own: tuple[str, str]
) -> tuple[str, str]:
    series = areas[own]
    latest = max(series)
    said = [
        _("%(measure)s was %(value)s in %(year)s.")
        % {"measure": measure, "value": number(series[latest]), "year": latest}
    ]
    beside = {
        _("The region"): areas.get(("region", own[1][:2]), {}).get(latest),
        _("The country"): areas.get(("country", "00"), {}).get(latest),
    }
    for where, value in beside.items():
        said.append(
            _("%(where)s: no number for that year.") % {"where": where}
            if value is None
            else _("%(where)s: %(value)s.") % {"where": where, "value": number(value)}
        )
    before = {year: value for year, value in series.items() if int(latest) - int(year) <= YEARS_BACK}
    first = min(before)
    if first != latest:
        said.append(
            _("In %(year)s it was %(value)s; from then on between %(low)s and %(high)s.")
            % {
                "year": first,
                "value": number(before[first]),
                "low": number(min(before.values())),
                "high": number(max(before.values())),
            }
        )
    title = _("%(measure)s: %(value)s in %(year)s") % {
        "measure": measure[:170],
        "value": number(series[latest]),
        "year": latest,
    }
    return title, " ".join(said)
