"""The guard on free text and file cells. Personal numbers are the Tax Agency's published test numbers."""

import csv
import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samsyn.core.screening import Kind, identifying_column, is_identifying_header, screen

REAL = Path(__file__).resolve().parents[4] / "shared" / "real"


@pytest.mark.parametrize(
    ("text", "kind", "part"),
    [
        ("Ring 19121212-1212 om det", Kind.PERSONAL_NUMBER, "19121212-1212"),
        ("811218-9876", Kind.PERSONAL_NUMBER, "811218-9876"),
        ("8112189876", Kind.PERSONAL_NUMBER, "8112189876"),
        ("(121212+1212)", Kind.PERSONAL_NUMBER, "121212+1212"),
        ("samordningsnummer 701063-2391.", Kind.COORDINATION_NUMBER, "701063-2391"),
        ("nås på 070-123 45 67", Kind.PHONE, "070-123 45 67"),
        ("0701234567", Kind.PHONE, "0701234567"),
        ("tfn 090-16 10 00", Kind.PHONE, "090-16 10 00"),
        ("+46 70 123 45 67", Kind.PHONE, "+46 70 123 45 67"),
        ("skriv till anna.lund@exempel.se!", Kind.MAIL, "anna.lund@exempel.se"),
        ("vit Volvo, ABC 123, körde bort", Kind.PLATE, "ABC 123"),
        ("mc med skylten XYZ12D", Kind.PLATE, "XYZ12D"),
        ("Anna Lundgren såg det", Kind.NAME, "Anna Lundgren"),
        ("kontakta Eva-Lena Karlsson", Kind.NAME, "Eva-Lena Karlsson"),
        ("Andersson, Mohamed", Kind.NAME, "Andersson, Mohamed"),
        ("grannen lars persson sa", Kind.NAME, "lars persson"),
        ("Anna Maria Lindström", Kind.NAME, "Anna Maria Lindström"),
    ],
)
def test_what_identifies_a_person_is_found_where_it_stands(text: str, kind: Kind, part: str) -> None:
    found = screen(text)

    assert [(finding.kind, text[finding.start : finding.end]) for finding in found] == [(kind, part)]


@pytest.mark.parametrize(
    "text",
    [
        "2024-05-03 08:15", "2024-01-01–2024-12-31", "20240503", "KS 2024/00123", "BUN-2024-00123-4", "5000-K1234-24",
        "TAB6471", "TAB001", "BE0101", "HE0110", "N07402", "000007SF", "0180C1010", "2480R001", "E01007329",
        "1 234 567 kr", "12 500 000", "7 088 286", "758805,5 7088286,2", "63.825847, 20.263035", "59.32938 18.06871",
        "0180-0184", "0114 Upplands Väsby", "2480 Umeå", "556036-0793", "212000-2627", "811218-9875",
        "170c41944fe890a7f20d58e7595c51c9baf1ff3ef0bd57659c74028583607e9f", "HY411648", "JAN 2024", "MAJ 202",
        "Anna Lindhs plats", "Karin Larssons gata", "Olof Palmes gata", "Karl Johans torg", "Sankt Olof", "Region Nord",
        "Hot-, kränknings- och frihetsbrott", "8-12 kap. Brott mot förmögenhet", "SHA-256", "SOU 2023:196", "kap 3 5 §",
        "Jan Feb Mar", "112", "114 14", "Maria Park", "Stockholms län", "Adam och Eva", "@umea", "10-19 år", "100+10",
    ],
)  # fmt: skip
def test_dates_case_numbers_codes_amounts_and_places_are_let_through(text: str) -> None:
    assert screen(text) == []


@given(st.text(alphabet="0123456789-+ .,/@abcÅÄÖABC", max_size=60))
def test_any_text_is_screened_without_fault_and_findings_lie_inside_it(text: str) -> None:
    found = screen(text)

    assert all(0 <= finding.start < finding.end <= len(text) for finding in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


@given(st.integers(min_value=0, max_value=9), st.integers(min_value=1, max_value=9))
def test_one_wrong_digit_makes_a_personal_number_a_number(place: int, change: int) -> None:
    digits = list("8112189876")
    digits[place] = str((int(digits[place]) + change) % 10)

    assert screen("".join(digits)) == []


def test_a_long_text_is_screened_in_a_moment() -> None:
    import time

    began = time.monotonic()
    for text in (
        "a" * 100_000 + "!",
        "0" * 100_000,
        "Anna " * 20_000,
        "07" * 50_000,
        "a@" * 50_000,
        "1 " * 50_000,
    ):
        screen(text)

    assert time.monotonic() - began < 3


def test_columns_that_hold_identifiers_are_known_by_name_and_by_look() -> None:
    assert is_identifying_header("Personnummer")
    assert is_identifying_header("e-post")
    assert not is_identifying_header("Kommunnamn")
    assert identifying_column(["810101-1234", "790203-4321", "650406-1111"]) is Kind.PERSONAL_NUMBER
    assert identifying_column(["Ersboda", "Teg", "Haga"]) is None


@pytest.mark.skipif(
    not REAL.exists(), reason="the real files (../shared/real) are not beside this repository"
)
def test_false_alarms_are_below_one_in_a_hundred_cells_of_the_real_files() -> None:
    cells: list[str] = []
    for path in sorted(REAL.rglob("*")):
        if path.suffix in (".csv", ".txt"):
            text = path.read_bytes().decode("utf-8" if path.suffix == ".csv" else "windows-1252")
            for delimiter in (";",) if path.suffix == ".txt" else (",",):
                cells += [cell for row in csv.reader(text.splitlines(), delimiter=delimiter) for cell in row]
        elif path.suffix in (".json", ".px", ".geojson"):
            cells += re.findall(r'"([^"]+)"', path.read_bytes().decode("windows-1252"))

    alarms = sum(bool(screen(cell)) for cell in cells)

    assert len(cells) > 100_000
    assert alarms < 0.001 * len(cells)  # and those there are, are the offices' contact persons
