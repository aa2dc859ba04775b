"""A long list of incidents is counted a batch at a time: the same answer as in one piece."""

from pathlib import Path

import pytest

from samsyn.evidence.readers import Refusal, incident_batches, incidents, read
from samsyn.evidence.readers.parquet import read_into
from samsyn.evidence.tests.readers import build

ROWS = [
    f"{number % 12 + 1:02d}/{number % 28 + 1:02d}/2025;{('Cykelstöld', 'Klotter')[number % 2]};"
    f'{63.80 + number % 97 / 970:.5f};{20.20 + number % 101 / 1010:.5f};"gata\nnummer {number % 7}"'
    for number in range(3_000)
]
HEADER = "Datum;Brottstyp;Lat;Lon;Plats"


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(incident_batches, "LARGE", 1_000)
    monkeypatch.setattr(incident_batches, "BATCH", 20_000)
    monkeypatch.setattr(incident_batches, "SAMPLE", 4_000)


def list_in(folder: Path, rows: list[str]) -> Path:
    file = folder / "handelser.csv"
    file.write_bytes("\n".join([HEADER, *rows]).encode("cp1252"))
    return file


@pytest.mark.usefixtures("small_batches")
def test_batches_and_one_piece_count_alike(tmp_path: Path) -> None:
    import polars as pl

    file = list_in(tmp_path, [*ROWS, "01/02/2025;Klotter;;;"])
    whole = incidents.load_text(file.read_bytes(), {})

    reading = read_into(tmp_path / "counted", file, name=file.name, source=None, answers={}, shown=10)
    kept = pl.read_parquet(tmp_path / "counted")

    counted = incidents.count(whole)
    assert kept["number"].to_list() == counted["events"].to_list()
    assert kept["x"].to_list() == counted["x"].to_list()
    assert kept["period_start"].to_list() == counted["start"].cast(pl.String).to_list()
    assert reading.row_count == counted.height
    assert {note.code: note.params for note in reading.notes}["counted"] == {
        "events": len(ROWS) + 1,
        "rows": counted.height,
    }
    assert {note.code: note.params for note in reading.notes}["without_place"] == {"rows": 1}
    assert [note.code for note in read(file).notes] == [note.code for note in reading.notes]


@pytest.mark.usefixtures("small_batches")
def test_the_order_of_day_and_month_is_one_for_the_whole_list(tmp_path: Path) -> None:
    early = [row.replace(row[:5], "01/02") for row in ROWS]  # only the last rows tell which is the month
    late = [row.replace(row[:5], "02/28") for row in ROWS[:400]]

    reading = read_into(
        tmp_path / "c", list_in(tmp_path, early + late), name="a.csv", source=None, answers={}, shown=9
    )

    assert {row.period_start.month for row in reading.rows if row.period_start} <= {1, 2}
    assert not reading.questions


@pytest.mark.usefixtures("small_batches")
def test_a_person_far_down_is_refused_with_the_row_of_the_file(tmp_path: Path) -> None:
    plain = [row.replace("\n", " ") for row in ROWS]
    plain[2_500] = plain[2_500].replace("nummer", "811218-9876 nummer")

    with pytest.raises(Refusal) as refused:
        read_into(tmp_path / "c", list_in(tmp_path, plain), name="a.csv", source=None, answers={}, shown=9)

    assert refused.value.code == "personal_data"
    assert refused.value.where == "row 2502, column 5"
    assert not (tmp_path / "c").exists()


def test_rows_of_unequal_length_on_a_sheet_lack_what_they_lack() -> None:
    rows = [
        ["Datum", "Kategori", "X", "Y"],
        ["2025-01-03", "Klotter"],
        ["2025-01-04", "Klotter", 758804, 7088286],
    ]

    reading = read(build.workbook(rows), name="a.xlsx")
    ragged = read(b"Skapad;;X;Y\n1,,n,,\n0;;;", name="a.csv")

    assert [(row.measure, row.x) for row in reading.rows] == [("Klotter", None), ("Klotter", 758804.0)]
    assert {row.x for row in ragged.rows} == {None}


def test_a_header_that_can_be_cut_in_two_ways_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        read(b'\xc5r;""\xa0";X;Y', name="a.csv")

    assert (refused.value.code, refused.value.where) == ("broken_quotes", "row 1")
