"""Where heavy work runs: here, in processes, or on a Dask cluster; the numbers are the same everywhere.

Work is cut into pieces (ranges of numbered units: replications, places, series). What a unit gives depends on
its number alone, random numbers included, and pieces are put together in the order of their numbers; so the
result is equal to the last bit whatever the executor, the size of the pieces and the order they finish in.

Other heavy methods take none, for measured reasons (``docs/reference/benchmarks.md``). ``points_in_areas``,
``gi_star`` and ``lisa`` use all cores in their kernels and need a tenth of a second for a million: to send
the input would take longer. ``suppress`` and ``best_pattern`` go on from what the cells before have hidden,
and the audits from the last basis, so that most cells need no programme of their own: pieces would solve them
anew.
"""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sized
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Protocol, Self, TypeVar

R = TypeVar("R")
P = TypeVar("P")
DEATHS = 3  # a piece that was there when so many workers died is given up
AHEAD = 2  # pieces per worker that are under way or wait to be taken: what bounds memory

Progress = Callable[[int, int], None]


def shares(units: int, executor: Executor | None, *, of: int = 1) -> list[range]:
    """Units cut so that each worker gets about four pieces; one piece when the work is done here.

    ``of`` makes every piece but the last a multiple of it, for work that is done in blocks.

    >>> shares(10, None)
    [range(0, 10)]
    """
    size = units if executor is None else -(-units // (4 * executor.workers))
    return pieces_of(units, max(1, -(-size // of) * of))


class WorkerLost(RuntimeError):
    """Workers died again and again over the same piece: memory, most likely."""

    def __init__(self, piece: object) -> None:
        super().__init__(f"Workers died {DEATHS} times over {piece!r} or a piece beside it.")
        self.piece = piece

    def __reduce__(self) -> tuple[object, ...]:
        return (type(self), (self.piece,))


class Executor(Protocol):
    """What a method needs of a place to work: how many pieces to keep under way, and handing one over."""

    @property
    def workers(self) -> int:
        """How many pieces can be worked on at once."""

    def submit(self, work: Callable[[P], R], piece: P) -> Future[R]:
        """Hand over one piece; both must survive pickling."""

    def again(self, failure: BaseException) -> bool:
        """Whether a failure was the worker's death rather than the work's error; then it is ready anew."""


def pieces_of(units: int, size: int) -> list[range]:
    """Cut units 0 to ``units`` - 1 into ranges of at most ``size``.

    >>> pieces_of(7, 3)
    [range(0, 3), range(3, 6), range(6, 7)]
    """
    return [range(start, min(start + size, units)) for start in range(0, units, size)]


def run(
    work: Callable[[P], R],
    pieces: Iterable[P],
    executor: Executor | None = None,
    *,
    progress: Progress | None = None,
) -> Iterator[R]:
    """Results in the order of the pieces, each as soon as it and all before it are there.

    Parameters
    ----------
    work : a function of one piece, at the top of a module (or a ``functools.partial`` of one).
    pieces : taken one by one as there is room: at most two per worker are under way or wait to be taken.
    executor : None works here, one after the other. progress : called with (done, known) after every piece,
        in this thread; known is the number of pieces when it can be told, else those taken so far.

    A worker that dies has its pieces done again by another; raises WorkerLost when that happened three times
    over one piece. An error of the work itself is raised where its result would have come.

    >>> [total for total in run(sum, pieces_of(6, 2))]
    [1, 5, 9]
    """
    known = len(pieces) if isinstance(pieces, Sized) else 0
    if executor is None:
        for number, piece in enumerate(pieces, start=1):
            result = work(piece)
            if progress is not None:
                progress(number, max(known, number))
            yield result
        return
    yield from _Under(work, executor, progress, known).over(iter(pieces))


@dataclass
class _Piece:
    """A piece handed over, and how many workers died over it."""

    piece: Any
    future: Future[Any]
    deaths: int = 0
    counted: bool = False


class _Under:
    """Pieces under way, oldest first."""

    def __init__(
        self, work: Callable[[Any], Any], executor: Executor, progress: Progress | None, known: int
    ) -> None:
        self._work, self._executor, self._progress = work, executor, progress
        self._known, self._done, self._taken = known, 0, 0
        self._queue: deque[_Piece] = deque()

    def over(self, pieces: Iterator[Any]) -> Iterator[Any]:
        try:
            more = True
            while more or self._queue:
                while more and len(self._queue) < AHEAD * self._executor.workers:
                    try:
                        piece = next(pieces)
                    except StopIteration:
                        more = False
                        break
                    self._taken += 1
                    self._queue.append(_Piece(piece, self._executor.submit(self._work, piece)))
                if not self._queue:
                    return
                self._settle()
                if self._queue[0].future.done():
                    yield self._queue.popleft().future.result()
        finally:
            for one in self._queue:
                one.future.cancel()

    def _settle(self) -> None:
        """Wait until a piece is finished, hand over anew what died, and tell the progress."""
        wait([one.future for one in self._queue if not one.counted] or [self._queue[0].future],
             return_when=FIRST_COMPLETED)  # fmt: skip
        for one in self._queue:
            if one.counted or not one.future.done():
                continue
            failure = one.future.exception()
            if failure is not None and self._executor.again(failure):
                one.deaths += 1
                if one.deaths >= DEATHS:
                    raise WorkerLost(one.piece) from failure
                one.future = self._executor.submit(self._work, one.piece)
                continue
            one.counted = True
            self._done += 1
            if failure is None and self._progress is not None:
                self._progress(self._done, max(self._known, self._taken))


def _one_thread_each(threads: int) -> None:
    """In a new process: its kernels take their share of the cores and no more."""
    os.environ["NUMBA_NUM_THREADS"] = str(threads)


class Processes:
    """Processes on this machine, started fresh (never forked: threads of kernels would not survive it).

    >>> with Processes(2) as pool:  # doctest: +SKIP
    ...     list(run(sum, pieces_of(6, 2), pool))
    [1, 5, 9]
    """

    def __init__(self, workers: int | None = None) -> None:
        self.workers = workers or os.cpu_count() or 1
        self._pool = self._started()

    def _started(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(
            self.workers,
            mp_context=multiprocessing.get_context("spawn"),
            initializer=_one_thread_each,
            initargs=(max(1, (os.cpu_count() or 1) // self.workers),),
        )

    def submit(self, work: Callable[[P], R], piece: P) -> Future[R]:
        """Hand over one piece; a pool that broke a moment ago is started anew."""
        try:
            return self._pool.submit(work, piece)
        except BrokenProcessPool:
            self._restart()
            return self._pool.submit(work, piece)

    def again(self, failure: BaseException) -> bool:
        """A dead process takes the whole pool with it: all its pieces fail alike and are done again."""
        return isinstance(failure, BrokenProcessPool)

    def _restart(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._pool = self._started()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)


class Dask:
    """Workers of a Dask cluster (the extra ``samsyn[dask]``), from its scheduler's address or a client.

    The cluster does a dead worker's pieces again itself, ``DEATHS`` times at most; then they are handed over
    anew as with processes. Nothing is kept on the cluster: a result is let go once it has been fetched.
    """

    def __init__(self, scheduler: Any) -> None:
        from distributed import Client

        self._own = isinstance(scheduler, str)
        made: Any = Client
        self._client = made(scheduler, set_as_default=False) if self._own else scheduler
        self._futures = self._client.get_executor(pure=False)

    @property
    def workers(self) -> int:
        """Threads of all workers that are there now."""
        return max(1, sum(int(threads) for threads in self._client.nthreads().values()))

    def submit(self, work: Callable[[P], R], piece: P) -> Future[R]:
        """Hand over one piece."""
        future: Future[R] = self._futures.submit(work, piece)
        return future

    def again(self, failure: BaseException) -> bool:
        """Whether the scheduler gave the piece up because workers died over it."""
        from distributed.scheduler import KilledWorker

        return isinstance(failure, KilledWorker)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._futures.shutdown(wait=False)
        if self._own:
            self._client.close()
