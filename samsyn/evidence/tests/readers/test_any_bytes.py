"""Whatever the bytes, a reader gives a Reading or a Refusal, never another error."""

import json
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from samsyn.evidence.readers import Reading, Refusal, Status, read
from samsyn.evidence.readers.periods import read_period
from samsyn.evidence.readers.values import decimal_sign, read_value
from samsyn.evidence.tests.readers import build

NAMES = ["a.csv", "a.txt", "a.json", "a.px", "a.xlsx", "a.xls", "a.geojson", "a", "P4Rn01Aug-2026.xlsx"]
slow = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@cache
def samples() -> list[tuple[str, bytes]]:
    """One small file of every kind."""
    stat: dict[str, Any] = {
        "version": "2.0", "class": "dataset", "label": "Brott efter region och år", "id": ["Region", "Tid"], "size": [2, 2],
        "dimension": {
            "Region": {"label": "region", "category": {"index": ["2480", "00"], "label": {"2480": "Umeå", "00": "Riket"}}},
            "Tid": {"label": "år", "category": {"index": {"2022": 0, "2023": 1}}},
        },
        "value": [1, 2.5, None, 4], "status": {"2": ".."}, "role": {"time": ["Tid"]},
    }  # fmt: skip
    kolada = {"values": [{"kpi": "N07402", "municipality": "2480", "period": 2023,
               "values": [{"gender": "T", "value": 1.5, "status": "", "isdeleted": False}]}], "count": 1}  # fmt: skip
    square = [[[700000, 7000000], [701000, 7000000], [701000, 7001000], [700000, 7000000]]]
    areas = {"type": "FeatureCollection", "features": [
        {"type": "Feature", "properties": {"deso": "2480A0010"}, "geometry": {"type": "Polygon", "coordinates": square}}]}  # fmt: skip
    topology = {"type": "Topology", "transform": {"scale": [1, 1], "translate": [700000, 7000000]},
                "arcs": [[[0, 0], [1000, 0], [0, 1000], [-1000, -1000]]],
                "objects": {"a": {"type": "Polygon", "arcs": [[0]], "properties": {"deso": "2480A0010"}}}}  # fmt: skip
    events = [{"id": 1, "datetime": "2023-05-11 8:40:17 +02:00", "name": "11 maj 08:25, Brand, Umeå", "summary": "",
               "type": "Brand", "location": {"name": "Umeå", "gps": "63.8,20.2"}}]  # fmt: skip
    columns = {"columns": [{"code": "Region", "text": "region", "type": "d"}, {"code": "Tid", "text": "år", "type": "t"},
               {"code": "A", "text": "Antal", "type": "c"}], "data": [{"key": ["2480", "2023"], "values": ["12"]}]}  # fmt: skip
    px = (
        'CHARSET="ANSI";\nSTUB="region";\nHEADING="år";\nCONTENTS="Brott";\nUNITS="antal";\nVALUES("region")="Umeå","Riket";\n'
        'TIMEVAL("år")=TLIST(A1),"2023";\nVALUES("år")="2023";\nDATA=\n1\n"..";\n'
    )
    sol = "Region;Brott;År;Period;Antal;/100 000 inv\nUmeå kommun;Stöld;2016 prel.;Dec;1;2;\n"
    reports = "Skapad;Kategori;X;Y\n2024-05-03;Klotter;758805;7088286\n"
    files: list[tuple[str, bytes]] = [
        (f"{n}.json", json.dumps(v).encode())
        for n, v in enumerate((stat, kolada, areas, topology, events, columns))
    ]
    return [
        *files,
        ("a.px", px.encode()),
        ("a.txt", sol.encode("iso-8859-1")),
        ("b.csv", reports.encode()),
        ("c.csv", '"Kommun";"2022";"2023*"\n"Umeå";"1\u00a0234,5";".."\n'.encode()),
        ("d.xls", b"<html><table><tr><th>Kommun<th>2023</tr><tr><td>Ume&aring;<td>53,2</table>"),
        ("e.xlsx", build.workbook([["Kommun", "År", "Antal"], ["Umeå", 2023, 5]], merged=["A2:A3"])),
    ]  # fmt: skip


def only_ours(data: bytes, name: str, answers: dict[str, Any] | None = None) -> Reading | None:
    try:
        return read(data, name=name, answers=answers)
    except Refusal:
        return None


def test_every_sample_is_read() -> None:
    assert all(reading and reading.rows for reading in (only_ours(data, name) for name, data in samples()))


@slow
@given(st.binary(max_size=300), st.sampled_from(NAMES))
@example(b"\xff\xfe\x00", "a.csv")
@example(b"PK\x03\x04", "a.xlsx")
def test_bytes(data: bytes, name: str) -> None:
    only_ours(data, name)


@slow
@given(
    st.text(alphabet='Umeå;,\t"\n0123456789.-*=[]{}():åÅKMVkv/ %§<>', max_size=200), st.sampled_from(NAMES)
)
def test_texts(text: str, name: str) -> None:
    only_ours(text.encode(), name)


@slow
@given(st.integers(0, 11), st.data())
def test_damaged_files_of_every_kind(number: int, data: st.DataObject) -> None:
    """Bytes of a good file cut, doubled, replaced."""
    name, good = samples()[number]
    bad = bytearray(good)
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(bad)))
        end = min(len(bad), place + data.draw(st.integers(0, 12)))
        bad[place:end] = data.draw(
            st.binary(max_size=6)
            | st.sampled_from([b"", b"-1", b"1e999", b"null", b'"', b"[", b"}", b"9" * 30])
        )

    only_ours(bytes(bad), name)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 10**20) | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(["dimension", "value", "id", "size", "category", "index", "label", "features", "type", "values", "kpi", "period",
                         "geometry", "coordinates", "arcs", "objects", "columns", "data", "key", "status", "role", "Tid"]), inner, max_size=5),
    max_leaves=15,
)  # fmt: skip


@slow
@given(JSON, st.integers(0, 5), st.data())
def test_json_of_any_shape_in_the_place_of_any_part(part: Any, number: int, data: st.DataObject) -> None:
    whole = json.loads(samples()[number][1])
    target = whole
    while isinstance(target, dict | list) and target and data.draw(st.booleans()):
        key = data.draw(st.sampled_from(sorted(target) if isinstance(target, dict) else range(len(target))))
        if not isinstance(target[key], dict | list) or not target[key]:
            break
        if data.draw(st.booleans()):
            target[key] = part
            break
        target = target[key]

    only_ours(json.dumps(whole).encode(), "a.json")
    only_ours(json.dumps(part).encode(), "a.json")


@slow
@given(
    st.dictionaries(
        st.sampled_from(["columns", "drop", "period", "period_kind", "decimal", "unit", "measure", "sheet", "fill_down", "area", "crs",
                         "encoding", "delimiter", "layer", "dataset", "titles", "date_order"]),
        st.text(max_size=5) | st.lists(st.text(max_size=3), max_size=2) | st.dictionaries(st.text(max_size=3), st.text(max_size=5), max_size=2),
        max_size=4,
    ),
    st.integers(0, 11),
)  # fmt: skip
def test_any_answers(answers: dict[str, Any], number: int) -> None:
    name, data = samples()[number]

    only_ours(data, name, answers)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**9), max_value=10**9))
def test_a_number_is_read_exactly_in_swedish_writing(number: Decimal) -> None:
    plain = f"{number:f}".replace("-0.000", "0.000")
    whole, _, part = plain.partition(".")
    grouped = f"{int(whole):,}".replace(",", "\u00a0") if int(whole) else whole
    swedish = f"{grouped},{part}".replace("-", "\u2212")

    cell = read_value(swedish, decimal=",")

    assert cell.value == Decimal(plain)
    assert cell.status is (Status.OK if number else Status.ZERO)


@given(st.text(max_size=30))
def test_any_cell_and_any_period_text(text: str) -> None:
    for asked in (lambda: read_value(text), lambda: read_period(text)):
        try:
            asked()
        except Refusal as refusal:
            assert refusal.code  # noqa: PT017
    decimal_sign([text, text])


@pytest.mark.parametrize(
    ("texts", "sign", "certain"),
    [
        (["1,234", "12,500"], ",", False),
        (["1,234", "12,5"], ",", True),
        (["0,123"], ",", True),
        (["1.234,5"], ",", True),
        (["1,234.5"], ".", True),
        (["1,234,567"], ".", True),
        (["12.5", "7"], ".", True),
        (["1 234", "7"], ",", True),
    ],
)
def test_the_decimal_sign_of_a_column(texts: list[str], sign: str, certain: bool) -> None:
    assert decimal_sign(texts) == (sign, certain)
