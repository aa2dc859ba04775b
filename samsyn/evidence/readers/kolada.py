"""Kolada's answers as its API sends them."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from samsyn.evidence.readers import places, units
from samsyn.evidence.readers.periods import read_period
from samsyn.evidence.readers.table import Answers, Note, Question, Reading, Refusal, Row, Status
from samsyn.evidence.readers.values import read_value

GENDERS: Final = {"T": "", "K": "kvinnor", "M": "män"}


def is_kolada(data: Any) -> bool:
    values = data.get("values") if isinstance(data, dict) else None
    first = values[0] if isinstance(values, list) and values else None
    return isinstance(first, dict) and {"kpi", "period", "values"} <= set(first)


def read_kolada(data: Mapping[str, Any], answers: Answers) -> Reading:
    """One row an indicator, unit, year and sex. Deleted values are left out and counted; null is missing.

    The unit stands in the indicator's title only: give `answers["titles"]` as id → title, else it is asked.
    """
    titles = answers.get("titles", {})
    titles = titles if isinstance(titles, Mapping) else {}
    rows: list[Row] = []
    deleted = groups = 0
    unnamed: set[str] = set()
    for index, item in enumerate(data["values"]):
        where = f"value {index + 1}"
        if not isinstance(item, Mapping) or not isinstance(item.get("values"), list):
            raise Refusal("broken_json", where=where)
        code, kpi = str(item.get("municipality", item.get("ou", ""))), str(item.get("kpi", ""))
        period = read_period(str(item.get("period", "")))
        if period is None:
            raise Refusal("no_period", where, text=str(item.get("period"))[:40])
        title = str(titles.get(kpi, ""))
        if not title:
            unnamed.add(kpi)
        area = places.of_code(code) or places.Area("group" if code.startswith("G") else "unit", code, "")
        groups += area.level == "group"
        for part in item["values"]:
            if not isinstance(part, Mapping):
                raise Refusal("broken_json", where=where)
            if part.get("isdeleted"):
                deleted += 1
                continue
            value, status, original = _value(part, where)
            gender = GENDERS.get(str(part.get("gender", "T")), str(part.get("gender")))
            measure = f"{title or kpi}, {gender}" if gender else title or kpi
            unit = units.unit_of(title) or str(answers.get("unit", ""))
            rows.append(
                Row(
                    area.level,
                    area.code,
                    area.name,
                    measure,
                    period.start,
                    period.end,
                    unit,
                    value,
                    status,
                    original,
                )
            )
    notes = [Note("format", {"format": "kolada"}), Note("source", {"text": "Kolada"})]
    notes += [Note("deleted", {"rows": deleted})] if deleted else []
    notes += [Note("unweighted_groups", {"rows": groups})] if groups else []
    questions = []
    if data.get("next_url"):
        raise Refusal("half_download")
    if unnamed and not answers.get("unit"):
        questions.append(Question("titles", params={"ids": ", ".join(sorted(unnamed))[:200]}))
    return Reading(tuple(rows), tuple(notes), tuple(questions), source="kolada")


def _value(part: Mapping[str, Any], where: str) -> tuple[Decimal | None, Status, str]:
    value = part.get("value")
    if value is None:
        return None, Status.MISSING, str(part.get("status") or "")
    if isinstance(value, bool) or not isinstance(value, (int, Decimal, str)):
        raise Refusal("not_a_number", where, text=str(value)[:40])
    if isinstance(value, str):
        cell = read_value(value, decimal=".", where=where)
        if not cell.readable:
            raise Refusal("not_a_number", where, text=value[:40])
        return cell.value, cell.status, value
    number = Decimal(value)
    if not number.is_finite() or abs(number.adjusted()) > 60:
        raise Refusal("not_a_number", where, text=str(value)[:40])
    return number, Status.OK if number else Status.ZERO, str(value)
