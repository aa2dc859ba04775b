"""The clients against a server that behaves as the real ones: a whole answer or none."""

import json
import socket
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest

from samsyn.evidence.connectors import kolada, pxweb
from samsyn.evidence.connectors.session import Fault, FetchFailed, Session
from samsyn.evidence.readers import read
from samsyn.evidence.tests.connectors import server
from samsyn.evidence.tests.connectors.server import State

MUNICIPALITIES = [f"{2400 + number}" for number in range(30)]


@pytest.fixture
def state() -> State:
    return State(calls=1_000)


@pytest.fixture
def base(state: State) -> Iterator[str]:
    with server.running(state) as address:
        yield address


@pytest.fixture
def waited() -> list[float]:
    return []


@pytest.fixture
def service(base: str, waited: list[float]) -> Session:
    """Patience without waiting: what it would have waited is noted."""
    return Session(f"{base}/kolada", calls=1_000, timeout_s=0.5, wait=waited.append)


def fault_of(service: Session) -> Fault:
    with pytest.raises(FetchFailed) as caught:
        kolada.values(service, ["N07403"], areas=["2480"])
    return caught.value.fault


def test_more_than_25_ids_and_many_pages_become_one_answer(service: Session, state: State) -> None:
    state.page_size = 10

    answer = json.loads(kolada.values(service, ["N07403", "N02905"], areas=MUNICIPALITIES))

    assert answer["count"] == len(answer["values"]) == 2 * 30 * 3 and not answer["next_url"]
    keys = {(row["kpi"], row["municipality"], row["period"]) for row in answer["values"]}
    assert keys == set(product(["N07403", "N02905"], MUNICIPALITIES, state.years))
    assert all(
        row["values"][0]["value"] == state.number(row["kpi"], row["municipality"], row["period"])
        for row in answer["values"]
    )


def test_the_reader_knows_the_joined_answer(service: Session, tmp_path: Path) -> None:
    path = tmp_path / "kolada.json"
    path.write_bytes(kolada.values(service, ["N07403"], areas=["2480", "0000"]))

    reading = read(path, answers={"titles": kolada.titles(service, ["N07403"])})

    assert len(reading.rows) == 6 and reading.source == "kolada" and not reading.questions


@pytest.mark.parametrize("place", [0, 1, 2])
def test_one_page_that_fails_fails_the_whole(service: Session, state: State, place: int) -> None:
    state.page_size = 1
    state.faults = [""] * place + ["500"] * 4

    assert fault_of(service) is Fault.FAILING


def test_a_service_that_asks_for_time_gets_it(service: Session, state: State, waited: list[float]) -> None:
    state.faults = ["429:7", "503"]

    assert json.loads(kolada.values(service, ["N07403"], areas=["2480"]))["count"] == 3
    assert waited == [7.0, 2.0]


def test_a_service_that_asks_for_an_hour_is_left_alone(
    service: Session, state: State, waited: list[float]
) -> None:
    state.faults = ["429:3600"]

    assert fault_of(service) is Fault.BUSY
    assert not waited and len(state.asked) == 1


@pytest.mark.parametrize(
    ("fault", "meant"),
    [
        ("half", Fault.HALF),
        ("slow", Fault.TOO_SLOW),
        ("page", Fault.CHANGED),
        ("404", Fault.REFUSED),
        ("502", Fault.FAILING),
    ],
)
def test_what_goes_wrong_is_told_apart(service: Session, state: State, fault: str, meant: Fault) -> None:
    state.faults = [fault] * 4

    assert fault_of(service) is meant


def test_without_a_network_it_is_offline() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        nobody = Session(f"http://127.0.0.1:{free.getsockname()[1]}", wait=lambda _: None)

        assert fault_of(nobody) is Fault.OFFLINE


def test_scbs_limits_are_read_and_kept(state: State, base: str) -> None:
    """Twelve cells at a time and three calls a second, as `/config` says: no call is refused as too hasty."""
    state.cells, state.calls = 12, 3
    service = Session(f"{base}/v2", calls=3)

    answer = json.loads(pxweb.table_v2(service, "TAB1", choice={}))

    assert answer["size"] == [4, 2, 3] and not state.hasty
    assert answer["value"] == [server.cell_of(codes) for codes in product(*server.SIZES.values())]


def test_version_1_gives_the_same_table(state: State, base: str, tmp_path: Path) -> None:
    state.cells = 6
    service = Session(f"{base}/v1", calls=1_000)
    path = tmp_path / "table.json"

    path.write_bytes(pxweb.table_v1(service, "halsa/hlv1.px", choice={"Region": ["2480", "2482"]}))

    assert json.loads(path.read_bytes())["size"] == [2, 2, 3]
    assert [row.value for row in read(path).rows] == [
        server.cell_of(codes) for codes in product(["2480", "2482"], server.SEXES, server.MONTHS)
    ]


def test_a_batch_that_fails_fails_the_table(state: State, base: str) -> None:
    state.cells, state.faults = 6, ["", "", "", "404"]

    with pytest.raises(FetchFailed) as caught:
        pxweb.table_v2(Session(f"{base}/v2", calls=1_000), "TAB1", choice={})

    assert caught.value.fault is Fault.REFUSED


def test_a_code_that_is_gone_is_a_changed_table(base: str) -> None:
    with pytest.raises(FetchFailed) as caught:
        pxweb.table_v2(Session(f"{base}/v2", calls=1_000), "TAB1", choice={"Region": ["2480", "1917"]})

    assert (caught.value.fault, caught.value.detail) == (Fault.CHANGED, "Region: 1917")


def test_one_region_with_too_many_cells_is_refused_and_not_cut(state: State, base: str) -> None:
    state.cells = 5

    with pytest.raises(FetchFailed) as caught:
        pxweb.table_v2(Session(f"{base}/v2", calls=1_000), "TAB1", choice={})

    assert caught.value.fault is Fault.TOO_LARGE
