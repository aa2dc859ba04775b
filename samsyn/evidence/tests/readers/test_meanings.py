"""What tables of agencies mean by their words and signs: measure, unit, status, and what was left unsaid.

Made by hand after the descriptions in the research notes and after tables of the kind on the agencies' pages.
"""

import json
from datetime import date
from decimal import Decimal

import pytest

from samsyn.evidence.readers import Status, read
from samsyn.evidence.tests.readers import build
from samsyn.evidence.tests.readers.build import asked, said, text

YEAR = "2025-01-01..2025-12-31"


def test_a_count_beside_a_rate_of_mean_population_stays_a_count() -> None:
    rows = [
        ["Tabell 100. Anmälda brott, hela landet och per 100 000 av medelfolkmängden, år 2025"],
        ["Lagrum", "Brottstyp", "Totalt", "Kvartal 1", "Kvartal 2", "Per 100 000 inv."],
        ["3 kap.", "Misshandel1", 80000, 20000, 21000, 757],
    ]
    reading = read(build.workbook(rows), name="100La-2025.xlsx")

    assert said(reading) == [
        f"00 | Misshandel | {YEAR} | count | 80000 | ok",
        "00 | Misshandel | 2025-01-01..2025-03-31 | count | 20000 | ok",
        "00 | Misshandel | 2025-04-01..2025-06-30 | count | 21000 | ok",
        f"00 | Misshandel | {YEAR} | per 100 000 of mean population | 757 | ok",
    ]


def test_a_change_between_two_columns_is_no_figure_and_the_latest_year_is_preliminary() -> None:
    rows = [
        ["Tabell P1. Anmälda brott i hela landet. Preliminär statistik"],
        ["Brottstyp", "Oktober 2025", "Oktober 2026", "Förändring antal", "Förändring %"],
        ["Rån", 400, 380, -20, -5],
    ]
    reading = read(build.workbook(rows), name="P1La-Okt2026.xlsx")

    assert said(reading) == [
        "00 | Rån | 2025-10-01..2025-10-31 | count | 400 | ok",
        "00 | Rån | 2026-10-01..2026-10-31 | count | 380 | prel",
    ]


def test_a_preliminary_title_holds_for_the_months_below_it() -> None:
    rows = [
        ["Tabell P4M. Anmälda brott, januari-december 2026, preliminära uppgifter"],
        ["Lagrum", "Brottstyp", "Jan", "Feb", "Mar"],
        ["", "Rån", 3, 4, None],
    ]
    reading = read(build.workbook(rows), name="P4Rn01Feb-2026.xlsx")

    assert [row.status for row in reading.rows] == [Status.PRELIMINARY] * 2
    assert reading.rows[0].area_code == "Rn01"


def test_a_survey_table_keeps_question_group_and_what_its_signs_mean() -> None:
    rows = [
        ["Tabell 4.2. Otrygghet sent på kvällen, andel (%) 2024-2025, efter kön och ålder"],
        ["", "2024", "2025"],
        ["Samtliga 16-84 år", 26, 25],
        ["Kvinnor", 37, 36],
        ["  16-19 år", "-", 41],
        ["Män", 14, 13],
        ["Källa: undersökningen."],
        ["- Färre än 50 svarande"],
    ]
    reading = read(build.workbook(rows), name="tab.xlsx")
    last = {row.measure: row for row in reading.rows if row.period_end == date(2024, 12, 31)}

    assert list(last) == [
        "Otrygghet sent på kvällen, Samtliga 16-84 år",
        "Otrygghet sent på kvällen, Kvinnor",
        "Otrygghet sent på kvällen, Kvinnor, 16-19 år",
        "Otrygghet sent på kvällen, Män",
    ]
    assert last["Otrygghet sent på kvällen, Kvinnor, 16-19 år"].status is Status.MISSING
    assert {row.unit for row in reading.rows} == {"percent"}


def test_the_limits_of_an_interval_have_the_unit_of_what_they_surround() -> None:
    rows = [
        [
            "Tabell 3A. Utsatthet för rån, 2025. Andel (%) av befolkningen med 95-procentigt konfidensintervall."
        ],
        ["Region", "Andel", "Nedre", "Övre"],
        ["Hela landet", 1.2, 1.1, 1.3],
        ["Region Nord", 0.7, 0.5, 1],
    ]
    reading = read(build.workbook(rows), name="ntu.xlsx")

    assert said(reading)[3:] == [
        f"Rn01 | Utsatthet för rån, Andel | {YEAR} | percent | 0.7 | ok",
        f"Rn01 | Utsatthet för rån, Nedre | {YEAR} | percent | 0.5 | ok",
        f"Rn01 | Utsatthet för rån, Övre | {YEAR} | percent | 1 | ok",
    ]
    assert asked(reading) == set()  # "%" is said: 0.7 is no share of one


def test_a_title_names_what_is_measured_when_the_columns_are_years() -> None:
    rows = [
        ["Trygghetsmätning 2025, lokalpolisområde Umeå"],
        ["Andel som känner sig otrygga på kvällen, procent"],
        ["Område", "2024", "2025", "Antal svar 2025"],
        ["Ersboda", 33, "*", 18],
    ]
    reading = read(build.workbook(rows), name="trygghet.xlsx")

    assert said(reading) == [
        "Ersboda | Andel som känner sig otrygga på kvällen | 2024-01-01..2024-12-31 | percent | 33 | ok",
        f"Ersboda | Andel som känner sig otrygga på kvällen | {YEAR} | percent |  | missing",
        f"Ersboda | Antal svar | {YEAR} | count | 18 | ok",
    ]


KOLADA = (
    "kpi,municipality_id,municipality,municipality_type,year,gender,value,count,isdeleted\n"
    "N07402,2480,Umeå,K,2025,T,1200,1,False\nN07402,2480,Umeå,K,2025,K,,0,False\n"
    "N07402,0024,Region Västerbotten,L,2025,M,11.5,1,False\nN07402,0180,Stockholm,K,2025,T,9,1,True\n"
)


def test_a_table_that_koladas_clients_made_is_read_as_koladas_own_answer() -> None:
    reading = text(KOLADA, titles="Anmälda brott, antal/100 000 inv")

    assert said(reading) == [
        f"2480 | Anmälda brott, antal/100 000 inv | {YEAR} | per 100 000 inhabitants | 1200 | ok",
        f"2480 | Anmälda brott, antal/100 000 inv, kvinnor | {YEAR} | per 100 000 inhabitants |  | missing",
        f"24 | Anmälda brott, antal/100 000 inv, män | {YEAR} | per 100 000 inhabitants | 11.5 | ok",
    ]
    assert reading.source == "kolada"
    assert build.notes(reading)["deleted"] == {"rows": 1}


def test_an_indicator_without_a_title_is_asked_about_and_gets_no_guessed_unit() -> None:
    reading = text(KOLADA)

    assert asked(reading) == {"titles"}
    assert {row.unit for row in reading.rows} == {""}
    assert next(row.measure for row in text(KOLADA, titles="N07402: Rån, antal").rows) == "Rån, antal"


def test_a_px_file_may_name_only_the_ends_of_its_time() -> None:
    px = (
        'CHARSET="ANSI";\nCODEPAGE="windows-1252";\nCONTENTS="Andel";\nUNITS="procent";\nSTUB="region";\n'
        'HEADING="kvartal";\nTIMEVAL("kvartal")=TLIST(Q1,"20244"-"20251");\nVALUES("region")="Umeå";\n'
        'CODES("region")="2480";\nVALUES("kvartal")="fjärde","första";\nDATA=\n12.5 "..";\n'
    )

    assert said(read(px.encode("cp1252"), name="a.px")) == [
        "2480 | Andel | 2024-10-01..2024-12-31 | percent | 12.5 | ok",
        "2480 | Andel | 2025-01-01..2025-03-31 | percent |  | missing",
    ]


def test_a_survey_as_json_stat_has_one_unit_for_share_and_limits() -> None:
    kinds = {"01": "Andel", "02": "Konfidensintervall nedre gräns", "04": "Antal svar"}
    cube = {
        "class": "dataset",
        "label": "Tillit, efter region, Andel och konfidensintervall och år",
        "id": ["Region", "Andel och konfidensintervall", "År"],
        "size": [1, 3, 1],
        "dimension": {
            "Region": {"category": {"index": ["2480"], "label": {"2480": "Umeå"}}},
            "Andel och konfidensintervall": {"category": {"index": list(kinds), "label": kinds}},
            "År": {"category": {"index": ["2022-2025"]}},
        },
        "value": [25.5, 22.1, 900],
    }
    reading = read(json.dumps(cube).encode(), name="a.json")

    assert [(row.measure, row.unit) for row in reading.rows] == [
        ("Tillit, Andel", "percent"),
        ("Tillit, Konfidensintervall nedre gräns", "percent"),
        ("Tillit, Antal svar", "count"),
    ]


@pytest.mark.parametrize(
    ("content", "rows"),
    [
        pytest.param(
            "Kommun;År;Antal;Andel\nUmeå;2025;1.234;12,5\n",
            [f"2480 | Antal | {YEAR} | count | 1234 | ok", f"2480 | Andel | {YEAR} | percent | 12.5 | ok"],
            id="a point groups thousands where another column has decimal commas",
        ),
        pytest.param(
            "kommun;antal_brott_2025;andel_otrygga_2025\nUmeå;100;12,5\n",
            [
                f"2480 | antal_brott | {YEAR} | count | 100 | ok",
                f"2480 | andel_otrygga | {YEAR} | percent | 12.5 | ok",
            ],
            id="years and units inside column names of a program",
        ),
        pytest.param(
            "År;Kommun;Antal brott\n2025;Umeå;1 234*\n2025 (prel.);Lund;1\u202f300p\n",
            [
                f"2480 | Antal brott | {YEAR} | count | 1234 | ok",
                f"1281 | Antal brott | {YEAR} | count | 1300 | prel",
            ],
            id="marks at the numbers",
        ),
        pytest.param(
            "Kommun;År;Förändring (%)\nUmeå;2025;\u22123,5\nLund;2025;\u20131\n",
            [
                f"2480 | Förändring (%) | {YEAR} | percent | -3.5 | ok",
                f"1281 | Förändring (%) | {YEAR} | percent | -1 | ok",
            ],
            id="a minus that is a dash",
        ),
        pytest.param(
            "Läsår;Kommun;Årskurs;Andel trygga (%)\n2024/25;Umeå;5;82,5\n",
            ["2480 | Andel trygga (%), årskurs 5 | 2024-08-01..2025-06-30 | percent | 82.5 | ok"],
            id="a grade is no figure",
        ),
        pytest.param(
            "Kommun;Period;Antal\nUmeå;2025-01-01--2025-06-30;5\n",
            ["2480 | Antal | 2025-01-01..2025-06-30 | count | 5 | ok"],
            id="a span of days",
        ),
        pytest.param(
            "Område;Andel otrygga 2025;KI 2025\nErsboda;25;23-27\nTeg;..;..\n",
            [
                f"Ersboda | Andel otrygga | {YEAR} | percent | 25 | ok",
                f"Ersboda | KI, nedre gräns | {YEAR} | percent | 23 | ok",
                f"Ersboda | KI, övre gräns | {YEAR} | percent | 27 | ok",
                f"Teg | Andel otrygga | {YEAR} | percent |  | missing",
                f"Teg | KI, nedre gräns | {YEAR} | percent |  | missing",
                f"Teg | KI, övre gräns | {YEAR} | percent |  | missing",
            ],
            id="an interval in one cell",
        ),
        pytest.param(
            "Område;År;Otrygga (%)\nErsboda;2025;25 (23,5\u201327)\n",
            [
                f"Ersboda | Otrygga (%) | {YEAR} | percent | 25 | ok",
                f"Ersboda | Otrygga (%), nedre gräns | {YEAR} | percent | 23.5 | ok",
                f"Ersboda | Otrygga (%), övre gräns | {YEAR} | percent | 27 | ok",
            ],
            id="a share with its interval in one cell",
        ),
        pytest.param(
            "Kommun;År;Antal\nUmeå;2025;ej tillämpligt\nLund;2025;<5\nMalmö;2025;färre än 5\n",
            [
                f"2480 | Antal | {YEAR} | count |  | not_applicable",
                f"1281 | Antal | {YEAR} | count |  | missing",
                f"1280 | Antal | {YEAR} | count |  | missing",
            ],
            id="words for what is hidden",
        ),
        pytest.param(
            "regso;namn;antal\n2480R001;Umeå (Centrum);120\n",
            ["2480R001 | antal |  | count | 120 | ok"],
            id="a name beside a code",
        ),
    ],
)
def test_small_habits_of_tables(content: str, rows: list[str]) -> None:
    assert said(text(content)) == rows


def test_what_does_not_fit_is_told_and_never_repaired() -> None:
    ragged = text("Kommun;År;Antal\nUmeå;2025;13;mer\n")
    summed = text("Område;År;Antal\nErsboda;2025;12\nTeg;2025;13\nSumma;2025;26\n")
    partly = text("Län;Folkmängd 2025;Brott per 100 000\nVästerbottens län;281 000;11 650,5\n")

    assert build.notes(ragged)["cells_beside"] == {"rows": 1, "where": "row 2, column 4"}
    assert build.notes(summed)["parts_differ"] == {"text": "Summa", "total": "26", "sum": "25"}
    assert build.values(summed)[-1] == Decimal(26)
    assert asked(partly) == {"period"}


def test_the_reading_says_units_areas_and_kind_of_period() -> None:
    notes = build.notes(text("Kommun;2025 K1;2025 K2\nUmeå;1,5;2,5\n", unit="percent"))

    assert (notes["units"], notes["area_levels"], notes["period_kinds"], notes["decimal"]) == (
        {"list": "percent"},
        {"list": "municipality"},
        {"list": "quarter"},
        {"sign": ","},
    )
