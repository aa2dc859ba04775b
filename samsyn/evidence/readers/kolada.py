"""Kolada's answers as its API sends them."""

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any, Final

from samsyn.evidence.readers import places, units
from samsyn.evidence.readers.grid import Sheet
from samsyn.evidence.readers.periods import read_period
from samsyn.evidence.readers.table import Answers, Note, Question, Reading, Refusal, Row, Status
from samsyn.evidence.readers.values import read_value

KPI: Final = re.compile(r"[NU]\d{5}", re.I)
BESIDE: Final = frozenset({"count", "municipality_type", "isdeleted", "is_deleted", "status", "gender"})
GENDERS: Final = {"T": "", "K": "kvinnor", "M": "män"}


def is_kolada(data: Any) -> bool:
    values = data.get("values") if isinstance(data, dict) else None
    first = values[0] if isinstance(values, list) and values else None
    return isinstance(first, dict) and {"kpi", "period", "values"} <= set(first)


def read_kolada(data: Mapping[str, Any], answers: Answers) -> Reading:
    """One row an indicator, unit, year and sex. Deleted values are left out and counted; null is missing.

    The unit stands in the indicator's title only: give `answers["titles"]` as id → title, else it is asked.
    """
    titles = titles_in(
        answers, {str(item.get("kpi")) for item in data["values"] if isinstance(item, Mapping)}
    )
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


def titles_in(answers: Answers, ids: set[str]) -> Mapping[str, Any]:
    """The titles that were answered: by id, or as people write them, "N07402: …; N07403: …"."""
    given = answers.get("titles", {})
    if isinstance(given, Mapping):
        return given
    text = str(given).strip()
    parts = re.split(r"([NU]\d{5})\s*[:=]\s*", text)
    if len(parts) == 1 and len(ids) == 1 and text:
        return {next(iter(ids)): text}
    return {
        kpi: title.strip(" ;,")
        for kpi, title in zip(parts[1::2], parts[2::2], strict=True)
        if title.strip(" ;,")
    }


def as_table(sheet: Sheet, answers: Answers) -> tuple[Sheet, tuple[Note, ...], tuple[Question, ...]] | None:
    """The table that Kolada's clients in R and Python make, in words; None for another table.

    The sex joins the indicator; deleted values go, and so do the numbers of units that a mean is of.
    """
    heads = [cell.strip().casefold() for cell in sheet.rows[0]] if sheet.rows else []
    if not {"kpi", "value"} <= set(heads) or not {"period", "year"} & set(heads):
        return None
    at = {head: index for index, head in enumerate(heads)}
    kept = [index for index, head in enumerate(heads) if head not in BESIDE]
    titles = titles_in(
        answers, {row[at["kpi"]].strip() for row in sheet.rows[1:] if at["kpi"] < len(row) and row[at["kpi"]]}
    )
    rows, numbers, deleted, unnamed = (
        [[sheet.rows[0][index] for index in kept]],
        sheet.numbers[:1],
        0,
        set[str](),
    )
    for row, number in zip(sheet.rows[1:], sheet.numbers[1:], strict=True):
        cells = [*row, *[""] * (len(heads) - len(row))]
        marks = [cells[at[head]] for head in ("isdeleted", "is_deleted") if head in at]
        if any(mark.strip().casefold() in ("true", "1") for mark in marks):
            deleted += 1
            continue
        kpi = cells[at["kpi"]].strip()
        if KPI.fullmatch(kpi) and kpi not in titles:
            unnamed.add(kpi)
        gender = cells[at["gender"]].strip() if "gender" in at else "T"
        sex = GENDERS.get(gender, gender)
        title = str(titles.get(kpi, kpi))
        cells[at["kpi"]] = f"{title}, {sex}" if sex else title
        rows.append([cells[index] for index in kept])
        numbers.append(number)
    notes = [Note("source", {"text": "Kolada"})]
    notes += [Note("deleted", {"rows": deleted})] if deleted else []
    left = [head for head in heads if head in BESIDE - {"gender", "isdeleted", "is_deleted"}]
    notes += [Note("columns_not_kept", {"headers": ", ".join(left)})] if left else []
    asks = unnamed and not answers.get("unit")
    questions = (Question("titles", params={"ids": ", ".join(sorted(unnamed))[:200]}),) if asks else ()
    return Sheet(sheet.name, rows, numbers), tuple(notes), questions


def without_guesses(reading: Reading) -> Reading:
    """An indicator whose title is not known has no unit yet: whole numbers are no counts here."""
    rows = tuple(
        replace(row, unit="") if KPI.fullmatch(row.measure.partition(", ")[0]) else row
        for row in reading.rows
    )
    notes = tuple(note for note in reading.notes if note.code != "unit_assumed")
    asked = tuple(question for question in reading.questions if question.key != "unit")
    return replace(reading, rows=rows, notes=notes, questions=asked)


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
