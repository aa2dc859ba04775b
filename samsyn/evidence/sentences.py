"""What readers refuse, note and ask, as sentences. Readers themselves speak in codes."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samsyn.core.errors import Sentence

BROKEN = gettext_lazy(
    "The file is broken or only half downloaded. Save it again from the source and try once more."
)
HIDES = gettext_lazy(
    "The file holds something that can run or reach out by itself. Save it as CSV and upload that."
)

REFUSALS: dict[str, Sentence] = {
    "empty_file": gettext_lazy("The file is empty. Choose another one."),
    "too_large": gettext_lazy(
        "The file is too large, or grows too large when it is opened. Upload a smaller part of it."
    ),
    "too_slow": gettext_lazy("The file took too long to read. Upload a smaller part of it."),
    "too_many_rows": gettext_lazy(
        "The file has %(rows)s rows; at most %(most)s can be read. Upload a smaller part of it."
    ),
    "too_many_columns": gettext_lazy("The table has %(columns)s columns; at most %(most)s can be read."),
    "unreadable": gettext_lazy(
        "The file cannot be read. Save it again from the source, or as CSV, and try once more."
    ),
    "unreadable_format": gettext_lazy(
        "Files of this kind cannot be read. Save it as XLSX or CSV and upload that."
    ),
    "hour_is_over": gettext_lazy("The file waited for more than an hour and is gone. Upload it again."),
    "kind_news": gettext_lazy(
        "This is a feed of news. News are never counted as events. Use Brå's figures instead."
    ),
    "kind_areas": gettext_lazy("This is a map of areas without figures. Upload a table with figures."),
    "kind_description": gettext_lazy(
        "This file describes tables but holds no figures. Fetch the table itself from the source."
    ),
    "no_table": gettext_lazy(
        "There is no table with figures in the file. It needs a row of headings and figures below it."
    ),
    "no_header": gettext_lazy("The table has no row of headings. Add one that says what the columns are."),
    "broken_archive": BROKEN,
    "broken_encoding": BROKEN,
    "broken_geometry": BROKEN,
    "broken_geopackage": BROKEN,
    "broken_json": BROKEN,
    "broken_json_stat": BROKEN,
    "broken_parquet": BROKEN,
    "broken_px": BROKEN,
    "broken_quotes": gettext_lazy(
        "A quotation mark is opened and never closed, so the cells cannot be told apart."
    ),
    "broken_rows": BROKEN,
    "broken_workbook": BROKEN,
    "half_download": BROKEN,
    "cells_missing": gettext_lazy(
        "The file promises %(promised)s numbers and holds %(given)s. Fetch it again from the source."
    ),
    "cell_too_long": gettext_lazy("A cell is longer than any figure or name. Take it away and try again."),
    "row_too_short": gettext_lazy("A row has fewer cells than the headings. Correct it and try again."),
    "number_too_long": gettext_lazy("A number has more digits than any count. Correct it and try again."),
    "not_a_number": gettext_lazy("“%(text)s” stands where a number should be. Correct it and try again."),
    "no_period": gettext_lazy(
        "“%(text)s” is not a period that can be read. Write it as 2016, 2016-12 or 2016 K4."
    ),
    "no_such_week": gettext_lazy("There is no week %(text)s: that year has %(weeks)s weeks."),
    "hidden_characters": gettext_lazy(
        "The file holds characters that cannot be seen. Save it again as CSV in UTF-8."
    ),
    "lies_about_its_type": gettext_lazy(
        "The file is called %(says)s but holds %(holds)s. Save it under its right type."
    ),
    "encrypted": gettext_lazy("The file is locked with a password. Save it without one."),
    "macros": HIDES,
    "external_entities": HIDES,
    "formula": gettext_lazy("The file holds formulas that could fetch or run things. Save the values only."),
    "identifier_column": gettext_lazy(
        "The column “%(header)s” looks as if it points out persons. Nothing was kept. Take the column away, "
        "or choose not to read it, and upload the file again."
    ),
    "personal_data": gettext_lazy(
        "A cell points out a person. Nothing was kept. Take it away from the file and upload it again."
    ),
    "web_page": gettext_lazy("This is a web page without a table. Fetch the table itself from the source."),
    "unknown_json": gettext_lazy(
        "This JSON file is of no kind that is known here. Save the table as CSV instead."
    ),
    "unknown_system": gettext_lazy("The file's coordinates are in a system that is not known here."),
    "unknown_answer": gettext_lazy("“%(answer)s” cannot be used as an answer. Choose another one."),
    "not_geographic": gettext_lazy("The file has no areas in it."),
    "which_layer": gettext_lazy(
        "The file has several layers: %(layers)s. Save one of them to a file of its own."
    ),
}

NOTES: dict[str, Sentence] = {
    "encoding": gettext_lazy("The text was read as %(encoding)s."),
    "delimiter": gettext_lazy("Columns were told apart by: %(delimiter)s."),
    "header_rows": gettext_lazy("The headings stand in row %(row)s."),
    "column": gettext_lazy("The column “%(header)s” was read as: %(role)s."),
    "title": gettext_lazy("Title in the file: %(text)s"),
    "source": gettext_lazy("Source in the file: %(text)s"),
    "footnote": gettext_lazy("Footnote in the file: %(text)s"),
    "period_kind": gettext_lazy("The periods are: %(kind)s."),
    "six_digits": gettext_lazy("Six digits were read as: %(kind)s."),
    "period_from": gettext_lazy(
        "The period %(start)s to %(end)s was taken from the title or the name of the file."
    ),
    "area_from": gettext_lazy("The area %(area)s was taken from the title or the name of the file."),
    "place_of_crime": gettext_lazy(
        "The municipality is where the crime was committed, not where somebody lives."
    ),
    "distinct_keys": gettext_lazy("%(keys)s different combinations of area, kind and period."),
    "repeats": gettext_lazy("%(rows)s rows said the same thing twice and were read once."),
    "clashes": gettext_lazy(
        "%(rows)s rows give another number for the same thing. All are kept; none is used in a figure."
    ),
    "parts": gettext_lazy("%(rows)s rows are parts of other rows. Do not add them up."),
    "preliminary": gettext_lazy("%(rows)s numbers are preliminary."),
    "unknown_areas": gettext_lazy("%(count)s areas are not known here: %(areas)s."),
    "unit_assumed": gettext_lazy("“%(header)s” holds whole numbers and was read as a count."),
    "leading_zeros": gettext_lazy("Area codes had lost their first zero; it was put back."),
    "not_yet": gettext_lazy("These months are not there yet and were left out: %(headers)s."),
    "row_skipped": gettext_lazy("A row was left out (%(where)s): %(text)s"),
    "marks": gettext_lazy("The headings carry marks: %(marks)s. Look up what the source means by them."),
    "series_break": gettext_lazy("The series is broken: the same period stands twice (%(headers)s)."),
    "repeated_headers": gettext_lazy("Headings that stand more than once: %(headers)s."),
    "hidden_sheet": gettext_lazy("A hidden sheet was left out: %(sheet)s."),
    "sheets": gettext_lazy("Sheets: %(sheets)s."),
    "events_are_counted": gettext_lazy(
        "The file lists single events. They were counted, and no single event is kept."
    ),
    "counted": gettext_lazy("%(events)s events became %(rows)s counts."),
    "unweighted_groups": gettext_lazy("%(rows)s numbers are means of groups without weights."),
    "without_place": gettext_lazy("%(rows)s events have no place and were left out."),
    "web_page": gettext_lazy("The file is a web page that calls itself a workbook. Its table was read."),
}

QUESTIONS: dict[str, Sentence] = {
    "period": gettext_lazy("Which period do the figures tell of?"),
    "period_kind": gettext_lazy("Is %(text)s a month or a quarter?"),
    "area": gettext_lazy("Which area do the figures tell of?"),
    "unit": gettext_lazy("In what unit are the figures?"),
    "decimal": gettext_lazy("Which sign stands before the decimals?"),
    "fill_down": gettext_lazy("Cells under “%(header)s” are empty. Do they mean the same as the cell above?"),
    "unreadable_cells": gettext_lazy("%(cells)s cells cannot be read as numbers. Are they missing values?"),
    "unreadable_periods": gettext_lazy(
        "“%(text)s” is not a period that can be read. Correct it in the file."
    ),
    "date_order": gettext_lazy("Does the day or the month come first in the dates?"),
    "crs": gettext_lazy("In which system are the coordinates?"),
}
HINTS: dict[str, Sentence] = {
    "period": gettext_lazy("As 2016, 2016-12 or 2016 K4."),
    "area": gettext_lazy("Its name, or SCB's code."),
    "unit": gettext_lazy("For example: count, percent, per 100 000 inhabitants."),
}
OPTIONS: dict[str, Sentence] = {
    "month": gettext_lazy("month"),
    "quarter": gettext_lazy("quarter"),
    "year": gettext_lazy("year"),
    "day": gettext_lazy("day"),
    "yes": gettext_lazy("yes"),
    "no": gettext_lazy("no"),
    "missing": gettext_lazy("yes, they are missing"),
    "percent": gettext_lazy("per cent"),
    "share": gettext_lazy("shares of one"),
    "count": gettext_lazy("count"),
    "mixed": gettext_lazy("several"),
    ",": gettext_lazy("comma"),
    ".": gettext_lazy("full stop"),
    "semicolon": gettext_lazy("semicolon"),
    "comma": gettext_lazy("comma"),
    "tab": gettext_lazy("tab"),
    "municipality": gettext_lazy("municipality"),
    "county": gettext_lazy("county"),
    "country": gettext_lazy("country"),
    "place": gettext_lazy("place"),
    "square": gettext_lazy("squares of 100 metres"),
    "per 100 000 inhabitants": gettext_lazy("per 100 000 inhabitants"),
}
ROLES: dict[str, Sentence] = {
    "area_code": gettext_lazy("code of the area"),
    "area_name": gettext_lazy("name of the area"),
    "parent": gettext_lazy("larger area around it"),
    "period": gettext_lazy("period"),
    "month": gettext_lazy("month"),
    "quarter": gettext_lazy("quarter"),
    "week": gettext_lazy("week"),
    "measure": gettext_lazy("what is measured"),
    "dimension": gettext_lazy("part of what is measured"),
    "unit": gettext_lazy("unit"),
    "status": gettext_lazy("status of the number"),
    "value": gettext_lazy("figure"),
    "skip": gettext_lazy("not read"),
}
STATUSES: dict[str, Sentence] = {
    "ok": "",
    "zero": "",
    "prel": gettext_lazy("preliminary"),
    "est": gettext_lazy("estimate"),
    "missing": gettext_lazy("missing"),
    "not_applicable": gettext_lazy("not applicable"),
}


def refusal(found: Mapping[str, Any]) -> str:
    """Why a file cannot be used, with the place in it."""
    said = _said(REFUSALS, found["code"], found.get("params", {}))
    said = said or _("The file cannot be read as evidence (%(code)s).") % {"code": found["code"]}
    return f"{said} ({place})" if (place := where(found.get("where", ""))) else said


def where(place: str) -> str:
    """The place in the file, as the reader names it."""
    return _("Place in the file: %(place)s") % {"place": place} if place else ""


def note(found: Mapping[str, Any]) -> str:
    """What the reader did; empty for what a person has no use of."""
    return _said(NOTES, found["code"], found.get("params", {}))


def question(found: Mapping[str, Any]) -> str:
    said = _said(QUESTIONS, found["key"], found.get("params", {}))
    return said or _("How is “%(key)s” to be read?") % {"key": found["key"]}


def word(term: str) -> str:
    """A term of the readers in the reader's language; one that is not known stands as it is."""
    return str(OPTIONS.get(term, ROLES.get(term, term)))


def _said(sentences: Mapping[str, Sentence], code: str, params: Mapping[str, Any]) -> str:
    sentence = sentences.get(code)
    if sentence is None:
        return ""
    try:
        return str(sentence) % {name: word(str(value)) for name, value in params.items()}
    except KeyError:  # the reader gave fewer facts than the sentence names
        return ""
