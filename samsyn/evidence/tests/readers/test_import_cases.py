"""Public bug reports turned into inputs (research/import-cases.md D2-D15): the right value or the right refusal."""

from datetime import date
from decimal import Decimal

import pytest

from samsyn.evidence.readers import Refusal, Status, read, total
from samsyn.evidence.tests.readers import build

PX = (
    'CHARSET="ANSI";\n%sSTUB="typ";\nHEADING="år";\nCONTENTS="Brott";\nUNITS="antal";\n'
    'VALUES("typ")="Skadegörelse; klotter","Ålder >= 18","A=B";\nVALUES("år")="2024";\nDATA=\n%s;\n'
)


def test_a_sum_over_a_missing_cell_is_unknown_and_says_what_is_known() -> None:
    reading = read("område;antal\nErsboda;12\nÅlidhem;..\nTeg;-\n".encode(), name="antal_2024.csv")

    whole = total(reading.rows)

    assert (whole.value, whole.known, whole.parts, whole.known_sum) == (None, 2, 3, 12)
    assert [row.status for row in reading.rows] == [Status.OK, Status.MISSING, Status.ZERO]


def test_equal_signs_and_semicolons_inside_px_values_are_text() -> None:
    reading = read((PX % ("", "1\n2\n3")).encode("windows-1252"), name="brott.px")

    assert [row.measure for row in reading.rows] == [
        "Brott, Skadegörelse; klotter",
        "Brott, Ålder >= 18",
        "Brott, A=B",
    ]
    assert build.values(reading) == [1, 2, 3]


def test_a_px_file_may_say_itself_what_its_dots_mean() -> None:
    symbols = 'DATASYMBOL1="uppgift saknas";\nDATASYMBOL2="hemligt";\n'

    reading = read((PX % (symbols, '".." "." "-"')).encode("windows-1252"), name="brott.px")

    assert [row.status for row in reading.rows] == [Status.MISSING, Status.MISSING, Status.ZERO]
    assert "hemligt" in reading.rows[0].original
    assert "uppgift saknas" in reading.rows[1].original


def test_a_byte_order_mark_is_no_part_of_the_first_column() -> None:
    data = b"\xef\xbb\xbf" + '"Kommun";"Antal"\r\n"Umeå";"1\u00a0234"'.encode()

    reading = read(data, name="2024.csv")

    assert build.values(reading) == [1234]
    assert (reading.rows[0].area_code, reading.rows[0].measure) == ("2480", "Antal")
    assert build.notes(reading)["delimiter"] == {"delimiter": "semicolon"}
    assert {"header": "Kommun", "role": "area_name"} in [dict(n.params) for n in reading.notes]


def test_a_decimal_comma_under_a_comma_delimiter_is_a_decimal() -> None:
    reading = read('område,andel\n"Teg","12,5"\n"Haga","7"\n'.encode(), name="2024.csv")

    assert build.values(reading) == [Decimal("12.5"), 7]


def test_a_text_with_two_commas_is_asked_about_and_never_a_number() -> None:
    reading = read('område,andel\n"Teg","12,5"\n"Haga","1,2,3"\n'.encode(), name="2024.csv")

    assert build.values(reading) == [Decimal("12.5"), None]
    assert reading.rows[1].original == "1,2,3"
    assert "unreadable_cells" in build.asked(reading)


def test_only_merged_cells_are_filled_down() -> None:
    rows = [
        ["brott", "område", "antal"],
        ["Stöld", "Teg", 5],
        [None, "Haga", 6],
        ["Rån", "Teg", 1],
        [None, "Haga", 2],
    ]

    reading = read(build.workbook(rows, merged=["A2:A3"]), name="brott_2024.xlsx")

    assert [row.measure for row in reading.rows][:3] == ["Stöld", "Stöld", "Rån"]
    assert "Rån" not in reading.rows[3].measure
    assert [(q.key, q.where) for q in reading.questions if q.key == "fill_down"] == [
        ("fill_down", "Blad1!A5")
    ]


def test_rare_texts_far_down_a_column_are_not_lost() -> None:
    column: list[object] = [number + 1 for number in range(2000)]
    column[1499], column[1899] = "..", "1 234*"
    rows = [["Kommun", "Antal"], *(["Umeå", cell] for cell in column)]

    reading = read(build.workbook(rows), name="2024.xlsx")

    found = build.values(reading)
    assert len(found) == 2000
    assert sum(value is not None for value in found) == 1999
    assert found[1899] == 1234
    assert reading.rows[1499].status is Status.MISSING
    assert reading.rows[1899].original == "1 234*"


def test_a_sheet_that_lies_about_its_size_is_read_whole() -> None:
    data = build.workbook([["Kommun", "År", "Antal"], *(["Umeå", 2000 + n, n + 1] for n in range(9))])
    sheet = build.part_of(data, "xl/worksheets/sheet1.xml").replace(b'ref="A1:C10"', b'ref="A1"')

    reading = read(build.rezipped(data, xl__worksheets__sheet1_dot_xml=sheet), name="a.xlsx")

    assert b'ref="A1"' in sheet
    assert build.values(reading) == list(range(1, 10))


def test_a_web_page_called_xls_is_read_with_its_comma() -> None:
    page = "<html><table><tr><th>Kommun</th><th>Andel</th></tr><tr><td>Umeå</td><td>53,2</td></tr></table></html>"

    reading = read(page.encode("iso-8859-1"), name="uttag.xls")

    assert build.values(reading) == [Decimal("53.2")]
    assert "web_page" in build.notes(reading)


def test_a_web_page_called_geojson_is_refused() -> None:
    with pytest.raises(Refusal) as caught:
        read(b"<!DOCTYPE html><html><body>404</body></html>", name="lan.geojson")

    assert caught.value.code == "web_page"


P4M = [
    ["P4M. Anmälda brott per månad, Region Nord, 2026"],
    [
        "Lagrum",
        "Brottstyp",
        *["Jan", "Feb", "Mar", "Apr", "Maj", "Jun", "Jul", "Aug", "Sep", "Okt", "Nov", "Dec"],
    ],
    [None, "SAMTLIGA BROTT2", 10, 11, 12, 13, 14, 15, 16, 17, None, None, None, None],
    ["3 kap.", "Misshandel", 1, 2, 3, 4, 5, 6, 7, 8, None, None, None, None],
]


def test_months_to_come_are_not_yet_and_a_footnote_digit_is_no_part_of_the_offence() -> None:
    reading = read(build.workbook(P4M), name="P4Rn01Aug-2026.xlsx")

    assert len(reading.rows) == 16
    last = reading.rows[7]
    assert (last.measure, last.value) == ("SAMTLIGA BROTT", 17)
    assert (last.period_start, last.period_end) == (date(2026, 8, 1), date(2026, 8, 31))
    assert {(row.area_level, row.area_code, row.area_name) for row in reading.rows} == {
        ("police_region", "Rn01", "Region Nord")
    }
    assert build.notes(reading)["not_yet"] == {"headers": "Sep, Okt, Nov, Dec"}
    assert not reading.questions


def test_the_year_and_area_may_stand_in_the_files_name_only() -> None:
    rows = [["Anmälda brott per månad, P4M"], *P4M[1:]]

    reading = read(build.workbook(rows), name="P4Rn01Aug-2026.xlsx")

    assert {row.area_code for row in reading.rows} == {"Rn01"}
    assert max(row.period_end for row in reading.rows if row.period_end) == date(2026, 8, 31)


def test_the_old_and_the_new_table_100_say_the_same() -> None:
    months = ["Jan", "Feb", "Mar", "Apr", "Maj", "Jun", "Jul", "Aug", "Sep", "Okt", "Nov", "Dec"]
    old = [["Tabell 100. Anmälda brott, hela landet, 2023"], ["Brottstyp", *months, "Totalt"]]
    old.append(["Misshandel", *range(1, 13), 78])
    new = [
        ["Tabell 100. Anmälda brott, hela landet, 2023"],
        ["Lagrum", "Brottstyp", "Totalt", "Per 100 000 av medelfolkmängden"],
        ["3 kap. 5 §", "Misshandel", 78, "0,74"],
    ]

    of_old = read(build.workbook(old), name="100L2023.xlsx")
    of_new = read(build.workbook(new), name="100L2023.xlsx")

    def year(reading: object) -> list[object]:
        rows = getattr(reading, "rows")  # noqa: B009
        return [
            (r.area_code, r.measure, r.period_start, r.period_end, r.unit, r.value)
            for r in rows
            if r.unit == "count" and r.period_end.month == 12 and r.period_start.month == 1
        ]

    assert (
        year(of_old)
        == year(of_new)
        == [("00", "Misshandel", date(2023, 1, 1), date(2023, 12, 31), "count", 78)]
    )
    assert [(r.unit, r.value) for r in of_new.rows][1] == ("per 100 000 of mean population", Decimal("0.74"))


REPORTS = (
    "Ärendenr;Skapad;Kategori;Status;Adress;X;Y;Beskrivning\n"
    "1;2024-05-03 08:15;Klotter;Stängd;Storgatan 1;150321,5;7085210,2;Klotter på vägg\n"
    "2;2024-05-04 09:00;Trasig lampa;Öppen;Västra Esplanaden 2;149100;7084500;Ring mig på 070-123 45 67\n"
)


def test_a_phone_number_in_a_report_stops_the_import_until_its_column_is_dropped() -> None:
    data = REPORTS.encode("windows-1252")

    with pytest.raises(Refusal) as caught:
        read(data, name="felanmalan.csv")

    assert (caught.value.code, caught.value.where) == ("personal_data", "row 3, column 8")
    assert caught.value.params == {"kind": "phone", "header": "Beskrivning"}
    assert build.asked(read(data, name="felanmalan.csv", answers={"drop": ["Beskrivning"]})) == {"crs"}


def test_local_coordinates_are_projected_only_when_the_system_is_named() -> None:
    answers = {"drop": ["Beskrivning"]}

    before = read(REPORTS.encode("windows-1252"), name="felanmalan.csv", answers=answers)
    after = read(
        REPORTS.encode("windows-1252"), name="felanmalan.csv", answers={**answers, "crs": "EPSG:3016"}
    )

    assert [row.x for row in before.rows] == [None, None]
    # EPSG:3016 → EPSG:3006 of the first point by pyproj alone: E 758757.9 N 7089054.8 lies within a metre of it.
    from pyproj import Transformer

    east, north = Transformer.from_crs(3016, 3006, always_xy=True).transform(150321.5, 7085210.2)
    assert (after.rows[0].x, after.rows[0].y) == (pytest.approx(east, abs=0.1), pytest.approx(north, abs=0.1))
    assert after.rows[0].measure == "Klotter"
    assert after.rows[0].period_start == date(2024, 5, 3)


def test_a_web_table_of_scb_gives_measure_and_year_from_its_headers() -> None:
    text = (
        '"Folkmängd efter region, ålder, kön och år"\n\n"region";"ålder";"kön";"Folkmängd 2023";"Folkmängd 2024"\n'
        '"2480 Umeå";"0 år";"män";"712";"698"\n"2480 Umeå";"0 år";"kvinnor";"655";".."\n\n'
        + "\n".join(f'"Fotnot {n}: Uppgifterna avser förhållandena den 31 december."' for n in range(12))
        + "\n"
    )

    reading = read(text.encode("windows-1252"), name="000001.csv")

    first = reading.rows[0]
    assert (first.area_level, first.area_code, first.area_name) == ("municipality", "2480", "Umeå")
    assert (first.measure, first.value, first.unit) == ("Folkmängd, 0 år, män", 712, "count")
    assert (first.period_start, first.period_end) == (date(2023, 1, 1), date(2023, 12, 31))
    assert [row.status for row in reading.rows][3] is Status.MISSING
    assert len(reading.rows) == 4
    assert sum(note.code == "footnote" for note in reading.notes) == 12


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2024-W01", date(2024, 1, 1), date(2024, 1, 7)),
        ("2020v53", date(2020, 12, 28), date(2021, 1, 3)),
        ("2024K1", date(2024, 1, 1), date(2024, 3, 31)),
        ("kv 1 2024", date(2024, 1, 1), date(2024, 3, 31)),
        ("2024M05", date(2024, 5, 1), date(2024, 5, 31)),
        ("maj 2024", date(2024, 5, 1), date(2024, 5, 31)),
        ("2024-05", date(2024, 5, 1), date(2024, 5, 31)),
    ],
)
def test_weeks_quarters_and_months_in_all_spellings(text: str, start: date, end: date) -> None:
    reading = read(f"kommun;period;antal\nUmeå;{text};4\n".encode(), name="a.csv")

    assert [(row.period_start, row.period_end) for row in reading.rows] == [(start, end)]


def test_a_week_that_does_not_exist_is_refused() -> None:
    with pytest.raises(Refusal) as caught:
        read("kommun;period;antal\nUmeå;2024v53;4\n".encode(), name="a.csv")

    assert (caught.value.code, caught.value.params["weeks"]) == ("no_such_week", 52)


def test_six_digits_are_asked_about_until_answered() -> None:
    data = "kommun;period;antal\nUmeå;202401;4\n".encode()

    reading = read(data, name="a.csv")
    answered = read(data, name="a.csv", answers={"period_kind": "quarter"})

    assert [(q.key, q.options) for q in reading.questions] == [("period_kind", ("month", "quarter"))]
    assert reading.rows[0].period_start is None
    assert answered.rows[0].period_end == date(2024, 3, 31)
    assert not answered.questions
