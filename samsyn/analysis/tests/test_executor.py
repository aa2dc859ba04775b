"""The same numbers everywhere: here, in processes and on a Dask cluster over TCP, also when workers die."""

import inspect
import os
import signal
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samsyn.analysis import METHODS
from samsyn.analysis.executor import Dask, Executor, Processes, WorkerLost, pieces_of, run, shares
from samsyn.analysis.results import as_plain

HERE = Path(__file__).parents[3]


def draws(units: range) -> np.ndarray:
    """A number per unit, from the unit's own stream."""
    return np.array([np.random.default_rng([7, unit]).normal() for unit in units])


def doubled(number: int) -> int:
    return 2 * number


def late(number: int) -> int:
    """The first pieces finish last."""
    time.sleep(0.05 if number < 2 else 0.0)
    return number


def fails_at_three(number: int) -> int:
    if number == 3:
        raise ValueError("three")
    return number


def killed_once(folder: str, number: int) -> int:
    """The worker of piece 3 is killed with -9 the first time it comes."""
    mark = Path(folder) / "killed"
    if number == 3 and not mark.exists():
        mark.write_text(str(os.getpid()))
        os.kill(os.getpid(), signal.SIGKILL)
    return 10 * number


def always_killed(number: int) -> int:
    if number == 1:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


@pytest.fixture(scope="module")
def processes() -> Iterator[Processes]:
    with Processes(2) as pool:
        yield pool


@pytest.fixture(scope="module")
def cluster() -> Iterator[Dask]:
    import dask
    from distributed import LocalCluster

    quiet = {"distributed.admin.log-format": "", "distributed.worker.daemon": True}
    with (
        dask.config.set(quiet),
        LocalCluster(
            n_workers=2,
            threads_per_worker=1,
            protocol="tcp://",
            dashboard_address=None,
            memory_limit=0,
            silence_logs=50,
            env={"PYTHONPATH": str(HERE)},
        ) as started,
        Dask(started.scheduler_address) as dask_cluster,
    ):
        yield dask_cluster


@pytest.fixture(params=["processes", pytest.param("cluster", marks=pytest.mark.slow)])
def executor(request: pytest.FixtureRequest) -> Executor:
    found: Executor = request.getfixturevalue(request.param)
    return found


def whole(units: int, size: int, executor: Executor | None = None) -> bytes:
    return np.concatenate(list(run(draws, pieces_of(units, size), executor))).tobytes()


@settings(max_examples=50, deadline=None)
@given(st.integers(1, 60), st.integers(1, 70))
def test_pieces_of_any_size_give_the_same_bits(units: int, size: int) -> None:
    assert whole(units, size) == whole(units, 1)


def test_every_executor_gives_the_same_bits_at_any_size(executor: Executor) -> None:
    here = whole(40, 40)

    assert all(whole(40, size, executor) == here for size in (1, 7, 40))


def test_results_come_in_the_order_of_the_pieces(executor: Executor) -> None:
    assert list(run(late, range(8), executor)) == list(range(8))


def asked(name: str) -> tuple[tuple[Any, ...], dict[str, Any]]:
    """Small data for every method that takes an executor, cut into more pieces than there are workers."""
    rng = np.random.default_rng(8)
    points, times = rng.uniform(0, 3_000, (300, 2)), rng.integers(0, 365, 300)
    series = rng.poisson(rng.gamma(2, 3, (37, 1)), (37, 90)).astype(float)
    counts, values = rng.poisson(2, (60, 6)), 30 + np.cumsum(rng.normal(0, 1, (40, 20)), axis=1)
    return {
        "knox": ((points, times), {"distance": 200.0, "days": 14.0, "seed": 3, "permutations": 300}),
        "near_repeat_bands": (
            (points, times),
            {"distances": [100.0, 200.0], "days": [7.0], "seed": 3, "permutations": 130},
        ),
        "scan": (
            (counts, np.full(60, 100.0), points[:60]),
            {"seed": 3, "replications": 199, "most_areas": 10},
        ),
        "synthetic_control": ((values, 4, 14), {}),
        "farrington": ((series,), {"monitored": 6}),
        "farrington_flexible": ((series,), {"monitored": 6}),
    }[name]


TAKE_ONE = [name for name, one in METHODS.items() if "executor" in inspect.signature(one.load()).parameters]


@pytest.mark.parametrize("name", TAKE_ONE)
def test_a_method_gives_the_same_result_everywhere(name: str, executor: Executor) -> None:
    method = METHODS[name].load()
    given, named = asked(name)

    here, there = method(*given, **named), method(*given, **named, executor=executor)

    if name.startswith("farrington"):  # sums of a batch depend in their last bits on how many are in it
        assert np.allclose(there.upper, here.upper, rtol=1e-6, equal_nan=True)
        assert (there.alarm == here.alarm).all()
        assert there.first == here.first
    else:
        assert as_plain(there) == as_plain(here)


class OneDies(Processes):
    """Processes of which one is killed over the first piece that it takes."""

    def __init__(self, folder: Path) -> None:
        super().__init__(2)
        self._folder = folder

    def submit(self, work: Callable[[Any], Any], piece: Any) -> Future[Any]:
        return super().submit(partial(dies_once, str(self._folder), work), piece)


def dies_once(folder: str, work: Callable[[Any], Any], piece: Any) -> Any:
    try:
        mark = os.open(Path(folder) / "killed", os.O_CREAT | os.O_EXCL | os.O_WRONLY)
    except FileExistsError:
        return work(piece)
    os.write(mark, str(os.getpid()).encode())
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("killed processes run no further")


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_worker_killed_under_a_method_changes_nothing(tmp_path: Path) -> None:
    with OneDies(tmp_path) as pool:
        for name in ("synthetic_control", "knox"):
            method, mark = METHODS[name].load(), tmp_path / "killed"
            given, named = asked(name)

            found = method(*given, **named, executor=pool)

            assert int(mark.read_text()) != os.getpid()  # somebody did die
            mark.unlink()
            assert as_plain(found) == as_plain(method(*given, **named))


def test_pieces_for_workers_are_cut_at_whole_blocks() -> None:
    class Two:
        workers = 2

    assert shares(999, Two(), of=64) == pieces_of(999, 128)
    assert shares(3, Two()) == pieces_of(3, 1)
    assert shares(0, None) == []


def test_progress_is_told_once_per_piece_and_never_goes_back(executor: Executor) -> None:
    for where in (None, executor):
        told: list[tuple[int, int]] = []

        list(run(late, range(6), where, progress=lambda done, known, told=told: told.append((done, known))))

        assert told == [(number, 6) for number in range(1, 7)]


def test_pieces_are_taken_only_as_there_is_room(executor: Executor) -> None:
    taken = []

    def pieces() -> Iterator[int]:
        for number in range(100):
            taken.append(number)
            yield number

    results = run(doubled, pieces(), executor)
    got = [next(results) for _ in range(10)]
    most = len(taken)
    results.close()

    assert got == [2 * number for number in range(10)]
    assert most <= 10 + 2 * executor.workers


def test_an_error_of_the_work_comes_where_its_result_would_have_come(executor: Executor) -> None:
    results = run(fails_at_three, range(6), executor)

    assert [next(results) for _ in range(3)] == [0, 1, 2]
    with pytest.raises(ValueError, match="three"):
        next(results)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_piece_whose_worker_was_killed_is_done_again(executor: Executor, tmp_path: Path) -> None:
    told: list[int] = []

    results = list(
        run(
            partial(killed_once, str(tmp_path)),
            range(8),
            executor,
            progress=lambda done, known: told.append(done),
        )
    )

    assert int((tmp_path / "killed").read_text()) != os.getpid()  # somebody did die
    assert results == [10 * number for number in range(8)]
    assert told == list(range(1, 9))


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_piece_that_kills_every_worker_is_given_up(processes: Processes) -> None:
    with pytest.raises(WorkerLost):
        list(run(always_killed, range(3), processes))

    assert list(run(doubled, range(3), processes)) == [0, 2, 4]  # and the pool is ready anew
