"""The sentences behind the codes of refusals, notes and questions: what happened, and what to do about it.

Marked for translation here and translated by whoever shows them, so that the readers need no settings.
"""

from typing import Final

from samsyn.evidence.readers.table import Note, Question, Refusal


def gettext_noop(message: str) -> str:
    """Marks a sentence for the translators."""
    return message


REFUSALS: Final = {
    "broken_archive": gettext_noop("The file is damaged and cannot be unpacked. Fetch it again."),
    "broken_encoding": gettext_noop(
        "The text does not fit the encoding it claims (%(encoding)s). Save it as UTF-8."
    ),
    "broken_geometry": gettext_noop("An outline in the file is broken. Export the areas again."),
    "broken_geopackage": gettext_noop("The file is no whole GeoPackage. Export the areas again."),
    "broken_json": gettext_noop("The file is no whole JSON. Fetch it again."),
    "broken_json_stat": gettext_noop(
        "The dimensions of the JSON-stat file do not fit each other. Fetch it again."
    ),
    "broken_parquet": gettext_noop("The file is no whole Parquet file. Export it again."),
    "broken_px": gettext_noop("The PX file breaks off or has a fault. Fetch it again."),
    "broken_quotes": gettext_noop("A quotation mark in the file is never closed. Export it again."),
    "broken_rows": gettext_noop("A row has more cells than the header. Export the file again."),
    "broken_workbook": gettext_noop("The workbook is damaged. Open it, save it as a new file and try again."),
    "cell_too_long": gettext_noop("A cell holds more text than any table needs. Remove it and try again."),
    "cells_missing": gettext_noop(
        "The file promises %(promised)s cells but holds %(given)s. It is not whole; fetch it again."
    ),
    "empty_file": gettext_noop("The file is empty."),
    "encrypted": gettext_noop("The file is protected by a password. Save it without one."),
    "external_entities": gettext_noop("The file asks for content from elsewhere, which is not allowed."),
    "formula": gettext_noop("A cell holds a formula. Save the sheet with values only and try again."),
    "half_download": gettext_noop("The answer has more pages than the file holds. Fetch all pages."),
    "hidden_characters": gettext_noop(
        "A cell holds characters that cannot be seen. Remove them and try again."
    ),
    "identifier_column": gettext_noop(
        "The column “%(header)s” seems to identify persons. Leave it out and try again; nothing was kept."
    ),
    "lies_about_its_type": gettext_noop(
        "The name says .%(says)s but the content is %(holds)s. "
        "Give the file its right name, or export it again."
    ),
    "macros": gettext_noop("The workbook holds macros. Save it as .xlsx without macros."),
    "no_code_column": gettext_noop(
        "No column holds the codes of the areas. Export the areas again with their codes, written as those "
        "of your areas here."
    ),
    "no_header": gettext_noop("No row with column names was found. Add one at the top."),
    "no_period": gettext_noop("“%(text)s” is no period. Correct it and try again."),
    "no_such_week": gettext_noop("“%(text)s” does not exist: that year has %(weeks)s weeks. Correct it."),
    "no_table": gettext_noop("No table with figures was found in the file."),
    "not_a_number": gettext_noop("“%(text)s” is no number that can be kept. Correct the cell and try again."),
    "not_areas": gettext_noop("The file holds no areas. Bring one with their outlines, such as a GeoJSON."),
    "not_geographic": gettext_noop("The Parquet file holds no areas."),
    "not_polygons": gettext_noop(
        "%(area)s is drawn as a point or a line. Export the areas as polygons and bring them again."
    ),
    "number_too_long": gettext_noop("A number has more digits than any figure needs."),
    "other_areas": gettext_noop(
        "None of the codes in the file, such as %(found)s, is one of your areas. Choose a file with your own "
        "areas, or with SCB's areas (DeSO, RegSO) of your municipality."
    ),
    "outside_sweden": gettext_noop(
        "The coordinates do not lie in Sweden. Export the areas again in SWEREF 99 TM or WGS 84, with the "
        "coordinate system in the file."
    ),
    "personal_data": gettext_noop(
        "A cell in the column “%(header)s” seems to identify a person. Leave the column out and try again; "
        "nothing was kept."
    ),
    "row_too_short": gettext_noop("A row has only %(cells)s cells. Export the file again."),
    "too_large": gettext_noop("The file is too large to be read, or grows too large when unpacked."),
    "too_many_areas": gettext_noop("The file has %(areas)s of your areas. A map shows at most %(most)s."),
    "too_many_columns": gettext_noop("The table has %(columns)s columns; at most %(most)s can be read."),
    "too_many_rows": gettext_noop("The table has %(rows)s rows; at most %(most)s can be read at once."),
    "too_slow": gettext_noop("The file took too long to read. Divide it and try again."),
    "unknown_answer": gettext_noop("The answer “%(answer)s” to %(key)s does not fit. Choose another."),
    "unknown_json": gettext_noop("The JSON file has a layout that is not known. Export it as a table."),
    "unknown_system": gettext_noop("The coordinate system of the file is not known."),
    "turned_round": gettext_noop(
        "The coordinates stand the other way round: northing or latitude first. Export the areas again with "
        "easting or longitude first."
    ),
    "unreadable": gettext_noop("The file could not be read. Export it as CSV or XLSX and try again."),
    "unreadable_format": gettext_noop("A file of this kind (%(format)s) holds no table that can be read."),
    "web_page": gettext_noop("The file is a web page. Export it as CSV or XLSX instead."),
    "which_layer": gettext_noop("The file has several layers: %(layers)s. Choose one."),
}
NOTES: Final = {
    "area_from": gettext_noop("The area %(area)s was taken from the %(where)s."),
    "area_list": gettext_noop("A list of %(areas)s areas, without figures."),
    "area_levels": gettext_noop("Kinds of area: %(list)s."),
    "axes_swapped": gettext_noop("Northing stood before easting; they were swapped."),
    "bundle": gettext_noop("%(count)s data sets in one file: %(datasets)s."),
    "cells_beside": gettext_noop(
        "%(rows)s rows have cells to the right of the last column name; they were left out, "
        "the first at %(where)s."
    ),
    "clashes": gettext_noop("%(rows)s rows have the same key but another figure; both were kept."),
    "column": gettext_noop("The column “%(header)s” was read as %(role)s."),
    "columns_not_kept": gettext_noop("These columns were not kept: %(headers)s."),
    "counted": gettext_noop("%(events)s events were counted into %(rows)s rows."),
    "deleted": gettext_noop("%(rows)s values that the source has deleted were left out."),
    "decimal": gettext_noop("Decimal sign: %(sign)s"),
    "delimiter": gettext_noop("Columns are parted by %(delimiter)s."),
    "distinct_keys": gettext_noop("%(keys)s different areas, offences and periods."),
    "encoding": gettext_noop("The text was read as %(encoding)s."),
    "events_are_counted": gettext_noop(
        "Single events are shown here only; they are counted before they are kept."
    ),
    "footnote": gettext_noop("Note in the file: %(text)s"),
    "format": gettext_noop("The file is %(format)s."),
    "header_rows": gettext_noop("The column names stand in row %(row)s (%(rows)s rows)."),
    "headers_are_areas": gettext_noop("The column names are areas: %(headers)s."),
    "hidden_sheet": gettext_noop("The hidden sheet “%(sheet)s” was left out."),
    "latitude_first": gettext_noop("Latitude stood before longitude; they were swapped."),
    "layer": gettext_noop("The layer “%(layer)s” was read."),
    "layer_of_several": gettext_noop("The layer “%(layer)s” was read, and these were not: %(others)s."),
    "leading_zeros": gettext_noop("Codes had lost their leading zero; it was put back."),
    "marks": gettext_noop("The column names carry footnote marks: %(marks)s."),
    "metadata_only": gettext_noop("The file describes a table but holds no figures."),
    "missing_part": gettext_noop("The workbook lacks a part that no figure needs: %(part)s."),
    "news_not_counts": gettext_noop("These are news, not crimes: they are never counted."),
    "not_yet": gettext_noop("These months are not there yet: %(headers)s."),
    "parts": gettext_noop("%(rows)s rows are parts of the row above (därav)."),
    "parts_differ": gettext_noop(
        "“%(text)s” says %(total)s but its parts make %(sum)s. Both were kept as they stand."
    ),
    "period_from": gettext_noop("The period was taken from the %(where)s: %(start)s to %(end)s."),
    "period_kinds": gettext_noop("Kinds of period: %(list)s."),
    "period_kind": gettext_noop("Kind of period: %(kind)s."),
    "place_of_crime": gettext_noop("Municipality is where the crime happened, region where it is handled."),
    "placed_on_county": gettext_noop("%(rows)s events are placed on a county only."),
    "preliminary": gettext_noop("%(rows)s rows are preliminary."),
    "repeated_headers": gettext_noop("Several columns have the same name: %(headers)s."),
    "repeated_keys": gettext_noop("%(rows)s rows repeat the same area, measure and period."),
    "repeats": gettext_noop("%(rows)s repeated rows were read once."),
    "row_skipped": gettext_noop("Left out as no figure: %(text)s (%(where)s)"),
    "series_break": gettext_noop("The same period stands twice, as two series: %(headers)s."),
    "sheets": gettext_noop("Sheets: %(sheets)s."),
    "six_digits": gettext_noop("Six digits such as 202401 are a %(kind)s here: the other columns show it."),
    "snapped_points": gettext_noop(
        "Up to %(rows)s events share one point: places are rounded in the source."
    ),
    "source": gettext_noop("Source: %(text)s"),
    "summaries": gettext_noop("%(rows)s news sum up many events."),
    "system": gettext_noop("Coordinate system: EPSG:%(epsg)s."),
    "system_assumed": gettext_noop("The coordinates fit EPSG:%(epsg)s; the file does not say."),
    "texts_not_kept": gettext_noop("The texts of the news are not kept."),
    "title": gettext_noop("Title: %(text)s"),
    "units": gettext_noop("Units: %(list)s."),
    "unit_assumed": gettext_noop("No unit is stated; whole numbers were read as %(unit)s: %(header)s."),
    "unknown_areas": gettext_noop("%(count)s areas are not in the register: %(areas)s."),
    "unweighted_groups": gettext_noop("%(rows)s values are unweighted means of groups."),
    "updated": gettext_noop("Updated by the source: %(text)s"),
    "web_page": gettext_noop("The file is a web page with a table, whatever its name says."),
    "without_place": gettext_noop("%(rows)s events have no coordinates."),
}
QUESTIONS: Final = {
    "area": gettext_noop("Which area do the figures hold for?"),
    "area_field": gettext_noop("Which field names the areas?"),
    "crs": gettext_noop("Which coordinate system are the coordinates in?"),
    "date_order": gettext_noop("Does the day or the month stand first in the dates?"),
    "decimal": gettext_noop("Is “%(sign)s” in the column %(where)s a decimal sign?"),
    "first_days": gettext_noop("Does a date such as %(text)s stand for the whole month or for that day?"),
    "headers": gettext_noop("What are the column names %(headers)s?"),
    "fill_down": gettext_noop(
        "A cell in the column “%(header)s” is empty (%(where)s). Does the cell above hold for it?"
    ),
    "period": gettext_noop("Which period do the figures hold for? The file does not say."),
    "period_kind": gettext_noop("Is %(text)s a month or a quarter?"),
    "titles": gettext_noop("What are these indicators called, and in which unit: %(ids)s?"),
    "unit": gettext_noop("Which unit do the figures have (%(where)s)?"),
    "unreadable_cells": gettext_noop(
        "%(cells)s cells are no numbers, the first at %(where)s. Read them as missing?"
    ),
    "unreadable_periods": gettext_noop("“%(text)s” is no period that is known (%(where)s). Which one is it?"),
}


def sentence(said: Refusal | Note | Question) -> tuple[str, dict[str, str | int]]:
    """The English sentence and what is put into it; the code itself when it has no sentence."""
    if isinstance(said, Note):
        return NOTES.get(said.code, said.code), dict(said.params)
    if isinstance(said, Question):
        return QUESTIONS.get(said.key, said.key), {"where": said.where, **said.params}
    return REFUSALS.get(said.code, said.code), {"where": said.where, **said.params}


def in_english(said: Refusal | Note | Question) -> str:
    """The whole sentence, for the command line."""
    text, params = sentence(said)
    try:
        return text % params
    except (KeyError, ValueError):
        return text
