"""Ways of laying a table out, each read as its maker meant it: across, down, beside, below, sheet by sheet."""

import io
from datetime import date

from samsyn.evidence.readers import read
from samsyn.evidence.tests.readers import build
from samsyn.evidence.tests.readers.build import asked, said, text

YEAR = "2025-01-01..2025-12-31"


def test_areas_side_by_side_are_areas() -> None:
    known = text("År;Umeå;Skellefteå\n2025;5;-\n", "rån.csv")
    other = "År;Ersboda;Ålidhem\n2025;5;6\n"

    assert said(known) == [f"2480 | rån | {YEAR} | count | 5 | ok", f"2482 | rån | {YEAR} | count | 0 | zero"]
    assert asked(text(other)) == {"headers"}
    assert [row.area_name for row in text(other, headers="areas").rows] == ["Ersboda", "Ålidhem"]
    assert asked(text(other, headers="measures")) == {"area"}


def test_first_days_of_months_are_asked_about() -> None:
    content = "Kommun;Datum;Antal\nUmeå;2025-01-01;5\nUmeå;2025-02-01;6\n"

    assert asked(text(content)) == {"first_days"}
    assert (
        said(text(content, first_days="month"))[1] == "2480 | Antal | 2025-02-01..2025-02-28 | count | 6 | ok"
    )
    assert asked(text(content, first_days="day")) == set()
    assert asked(text(content.replace("Datum", "Månad"))) == set()
    assert said(text(content.replace("Datum", "Månad"))) == said(text(content, first_days="month"))


def test_months_down_and_years_across() -> None:
    reading = text("Månad;2024;2025\nJanuari;5;6\nFebruari;7;8\n", area="2480", measure="rån")

    assert said(reading)[3] == "2480 | rån | 2025-02-01..2025-02-28 | count | 8 | ok"


def test_months_of_a_year_that_only_the_title_names() -> None:
    rows = [["Rån i Umeå kommun 2025"], ["Månad", "Antal"], ["Januari", 3], ["Februari", 4]]

    assert said(read(build.workbook(rows), name="a.xlsx")) == [
        "2480 | Rån i Umeå kommun, Antal | 2025-01-01..2025-01-31 | count | 3 | ok",
        "2480 | Rån i Umeå kommun, Antal | 2025-02-01..2025-02-28 | count | 4 | ok",
    ]


def test_tables_side_by_side_are_two() -> None:
    reading = text("Kommun;Antal 2025;;Kommun;Andel 2025\nUmeå;5;;Lund;1,5\n")

    assert said(reading) == [
        f"2480 | Antal | {YEAR} | count | 5 | ok",
        f"1281 | Andel | {YEAR} | percent | 1.5 | ok",
    ]


def test_areas_across_and_measures_down() -> None:
    reading = text(";Umeå;Vännäs\nFolkmängd;134000;9100\n", period="2025")

    assert said(reading) == [
        f"2480 | Folkmängd | {YEAR} | count | 134000 | ok",
        f"2460 | Folkmängd | {YEAR} | count | 9100 | ok",
    ]


def test_a_date_shown_without_its_day_is_a_month() -> None:

    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["Kommun", date(2025, 1, 1), date(2025, 2, 1)])
    book.active.append(["Umeå", 5, 6])
    for cell in book.active[1][1:]:
        cell.number_format = "mmm-yy"
    stream = io.BytesIO()
    book.save(stream)

    assert [(row.period_start, row.period_end) for row in read(stream.getvalue(), name="a.xlsx").rows] == [
        (date(2025, 1, 1), date(2025, 1, 31)),
        (date(2025, 2, 1), date(2025, 2, 28)),
    ]


def test_the_same_table_again_below_keeps_its_own_period() -> None:
    rows = [
        ["Anmälda brott 2024"],
        ["Kommun", "Antal"],
        ["Umeå", 5],
        [],
        ["Anmälda brott 2025"],
        ["Kommun", "Antal"],
        ["Umeå", 7],
    ]
    reading = read(build.workbook(rows), name="a.xlsx")

    assert [(row.period_start, row.value) for row in reading.rows] == [
        (date(2024, 1, 1), 5),
        (date(2025, 1, 1), 7),
    ]


def test_a_sheet_for_each_year_tells_the_year() -> None:
    data = build.workbook(
        [["Kommun", "Antal brott"], ["Umeå", 5]],
        title="2024",
        **{"2025": [["Kommun", "Antal brott"], ["Umeå", 6]]},
    )

    assert [(row.measure, row.period_start) for row in read(data, name="a.xlsx").rows] == [
        ("Antal brott", date(2024, 1, 1)),
        ("Antal brott", date(2025, 1, 1)),
    ]


def test_the_databases_excel_has_a_title_above_and_notes_below() -> None:
    rows = [
        ["Anmälda brott"],
        ["Region", "Brott", "År", "Period", "Antal", "/100 000 inv"],
        ["Umeå kommun", "Rån", "2025 prel.", "Helår", 11, 8],
        ["Källa: Brå"],
    ]

    assert said(read(build.workbook(rows), name="sol.xlsx")) == [
        f"2480 | Rån | {YEAR} | count | 11 | prel",
        f"2480 | Rån | {YEAR} | per 100 000 inhabitants | 8 | prel",
    ]


def test_cells_of_a_web_page_reach_over_rows_and_columns() -> None:
    page = (
        "<table><tr><th rowspan=2>Kommun</th><th colspan=2>2025</th></tr><tr><th>Antal</th><th>Andel</th></tr>"
        "<tr><td>Umeå</td><td>5</td><td>1,5</td></tr></table>"
    )

    assert said(read(f"<html><body>{page}</body></html>".encode(), name="a.html")) == [
        f"2480 | Antal | {YEAR} | count | 5 | ok",
        f"2480 | Andel | {YEAR} | percent | 1.5 | ok",
    ]
