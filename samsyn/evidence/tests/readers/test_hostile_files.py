"""Files that lie, explode or hide things: refused in seconds, nothing kept, the caller alive."""

import json
import os
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from samsyn.evidence.readers import Refusal, read
from samsyn.evidence.sandbox import Limits, read_in_sandbox
from samsyn.evidence.tests.readers import build

SHEET = "xl__worksheets__sheet1_dot_xml"
PLAIN = [["Kommun", "År", "Antal"], ["Umeå", 2023, 5], ["Luleå", 2023, 7]]


def sheet_with(content: str) -> bytes:
    """A workbook whose only sheet holds this XML."""
    body = (
        '<?xml version="1.0" encoding="UTF-8"?>%s<worksheet xmlns='
        '"http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'
    )
    doctype, _, rows = content.rpartition("|")
    return build.rezipped(build.workbook(PLAIN), **{SHEET: (body % (doctype, rows)).encode()})


def refusal_of(data: bytes, name: str, folder: Path, limits: Limits | None = None) -> Refusal:
    path = folder / "file"
    path.write_bytes(data)
    with pytest.raises(Refusal) as caught:
        read_in_sandbox(path, name=name, limits=limits)
    return caught.value


def cell(reference: str, text: str) -> str:
    row = reference.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return f'<row r="{row}"><c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c></row>'


def test_figures_for_street_numbers_are_refused_until_the_column_is_dropped() -> None:
    data = "Adress;År;Antal\nKungsgatan 12;2024;5\nÖstra Esplanaden 3 B;2024;1\n".encode()

    with pytest.raises(Refusal) as refused:
        read(data, name="a.csv")

    assert (refused.value.code, refused.value.where) == ("identifier_column", "row 1, column 1")
    assert len(read(data, name="a.csv", answers={"drop": ["Adress"]}).rows) == 2
    assert read("Adress;År;Antal\nStora torget;2024;5\n".encode(), name="a.csv").rows


def test_a_sheet_with_its_first_and_its_very_last_cell_is_too_large(tmp_path: Path) -> None:
    began = time.monotonic()

    refusal = refusal_of(sheet_with(cell("A1", "a") + cell("XFD1048576", "b")), "bomb.xlsx", tmp_path)

    assert refusal.code == "too_large"
    assert time.monotonic() - began < 5


def test_one_cell_of_400_megabytes_is_too_large(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            part.write(b"<worksheet><sheetData><row><c t='inlineStr'><is><t>")
            for _ in range(400):
                part.write(b"a" * 1024 * 1024)
            part.write(b"</t></is></c></row></sheetData></worksheet>")
    began = time.monotonic()

    with pytest.raises(Refusal) as caught:
        read_in_sandbox(bomb, name="bomb.xlsx")

    assert caught.value.code == "too_large"
    assert time.monotonic() - began < 5


def test_a_document_type_with_an_entity_is_refused(tmp_path: Path) -> None:
    data = sheet_with('<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>|' + cell("A1", "&e;"))

    assert refusal_of(data, "a.xlsx", tmp_path).code == "external_entities"


def test_macros_are_refused_whatever_the_name_says() -> None:
    data = build.rezipped(build.workbook(PLAIN), xl__vbaProject_dot_bin=b"\xcc\x61")

    for name in ("a.xlsm", "a.xlsx", "a"):
        with pytest.raises(Refusal) as caught:
            read(data, name=name)
        assert caught.value.code == "macros"


def test_a_formula_is_refused_with_its_cell() -> None:
    with pytest.raises(Refusal) as caught:
        read(build.workbook([*PLAIN, ["Summa", 2023, "=SUM(C2:C3)"]]), name="a.xlsx")

    assert (caught.value.code, caught.value.where) == ("formula", "Blad1!C4")


@pytest.mark.parametrize("text", ["=1+1", "=HYPERLINK(1)", "@SUM(1)", "+cmd|' /C calc'!A0", "-cmd|x"])
def test_a_formula_in_a_text_file_is_refused_with_its_row(text: str) -> None:
    with pytest.raises(Refusal) as caught:
        read(f"kommun;år;antal\nUmeå;2023;5\n{text};2023;7\n".encode(), name="a.csv")

    assert (caught.value.code, caught.value.where) == ("formula", "row 3, column 1")


@pytest.mark.parametrize("text", ["nan", "NaN", "inf", "-Infinity", "1e999", "-0"])
def test_what_is_no_number_is_refused_with_its_row(text: str) -> None:
    with pytest.raises(Refusal) as caught:
        read(f"kommun;år;antal\nUmeå;2023;5\nLuleå;2023;{text}\n".encode(), name="a.csv")

    assert (caught.value.code, caught.value.where) == ("not_a_number", "row 3, column 3")


@pytest.mark.parametrize("sign", ["\u202e", "\0", "\u200b", "\x07"])
def test_signs_that_hide_are_refused_with_their_row(sign: str) -> None:
    with pytest.raises(Refusal) as caught:
        read(f"kommun;år;antal\nUmeå{sign};2023;5\n".encode(), name="a.csv")

    assert caught.value.code == "hidden_characters"
    assert caught.value.where.startswith("row 2")


def test_a_million_columns_are_refused(tmp_path: Path) -> None:
    data = (";".join(["a"] * 1_000_000) + "\n" + ";".join(["1"] * 1_000_000)).encode()

    assert refusal_of(data, "a.csv", tmp_path).code == "too_many_columns"


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.csv", build.workbook(PLAIN), "lies_about_its_type"),
        ("a.xlsx", b"kommun;antal\nUme\xe5;1\n", "lies_about_its_type"),
        ("a.px", b'{"a": 1}', "lies_about_its_type"),
        ("a.parquet", b"kommun;antal\n", "lies_about_its_type"),
        ("a.csv", b"%PDF-1.7 ...", "unreadable_format"),
        ("a.csv", b"\x7fELF\x02\x01", "unreadable_format"),
        (
            "a.svg",
            b'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM "file:///x">]><svg/>',
            "unreadable_format",
        ),
        ("a.csv", b"", "empty_file"),
        ("a.csv", b" \n\n", "empty_file"),
        ("a.gz", b"\x1f\x8b\x08", "unreadable_format"),
    ],
)
def test_a_file_that_lies_about_its_type_is_refused(name: str, data: bytes, code: str) -> None:
    with pytest.raises(Refusal) as caught:
        read(data, name=name)

    assert caught.value.code == code


def test_a_parquet_header_that_promises_a_thousand_million_rows_is_refused(tmp_path: Path) -> None:
    refusal = refusal_of(
        b"PAR1" + b"\x15\xff\xff\xff\x7f" * 40 + b"\xff\xff\xff\x7f" + b"PAR1", "a.parquet", tmp_path
    )

    assert refusal.code in {"broken_parquet", "too_large"}


def test_deeply_nested_json_is_refused() -> None:
    with pytest.raises(Refusal) as caught:
        read(b"[" * 100_000 + b"]" * 100_000, name="a.json")

    assert caught.value.code == "broken_json"


def test_a_path_out_of_an_archive_is_refused(tmp_path: Path) -> None:
    data = build.rezipped(build.workbook(PLAIN), **{"..__..__x": b"x"})

    assert refusal_of(data, "a.xlsx", tmp_path).code == "broken_archive"


def test_a_reading_that_needs_more_memory_than_allowed_is_stopped(tmp_path: Path) -> None:
    row = b"Ume\xc3\xa5;2023;5\n"

    refusal = refusal_of(b"kommun;ar;antal\n" + row * 600_000, "a.csv", tmp_path, Limits(memory_mib=120))

    assert refusal.code == "too_large"


def test_a_reading_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    row = b"Ume\xc3\xa5;2023;5\n"

    refusal = refusal_of(b"kommun;ar;antal\n" + row * 600_000, "a.csv", tmp_path, Limits(seconds=1))

    assert refusal.code == "too_slow"


def test_the_child_gets_nothing_of_our_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMSYN_SECRET_KEY", "hemlig")
    from samsyn.evidence import sandbox

    assert "hemlig" not in json.dumps(sandbox._environment(tmp_path))
    assert set(sandbox._environment(tmp_path)) & set(os.environ) <= {
        "PYTHONPATH",
        "HOME",
        "TMPDIR",
        "PYTHONUTF8",
    }


def test_what_the_web_process_imports_loads_no_heavy_library_and_no_django() -> None:
    code = (
        "import sys; import samsyn.evidence.sandbox, samsyn.evidence.readers, samsyn.core.screening, "
        "samsyn.evidence.reading_cli; "
        "print([m for m in ('django', 'polars', 'numpy', 'fastexcel', 'shapely', 'pyproj') if m in sys.modules])"
    )

    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert answer.stdout.strip() == "[]"


def test_a_table_too_large_for_the_pipe_goes_to_a_parquet_file(tmp_path: Path) -> None:
    import polars as pl

    source, target = tmp_path / "a.csv", tmp_path / "table.parquet"
    source.write_text(
        "kommun;år;antal\n" + "".join(f"Umeå;{1900 + n};{n}\n" for n in range(120)), encoding="utf-8"
    )

    reading = read_in_sandbox(source, name="a.csv", into=target, limits=Limits(shown=5))

    table = pl.read_parquet(target)
    assert (len(reading.rows), reading.row_count, table.height) == (5, 120, 120)
    assert table.row(7, named=True) | {"x": None, "y": None} == {
        "area_level": "municipality", "area_code": "2480", "area_name": "Umeå", "measure": "antal",
        "period_start": "1907-01-01", "period_end": "1907-12-31", "unit": "count", "value": "7",
        "status": "ok", "original": "7", "number": 7.0, "x": None, "y": None,
    }  # fmt: skip
