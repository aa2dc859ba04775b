"""Reads a file from outside in a child process, so that a hostile or broken file can never harm the platform.

The child has limits on memory, time and what it may write, no settings and no secrets in its environment,
and answers in JSON. Whatever happens to it, the caller meets a Reading or a Refusal.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from samsyn.evidence.readers.exchange import (
    dump_file,
    dump_reading,
    load_cells,
    load_file,
    load_layers,
    load_prose,
    load_reading,
)
from samsyn.evidence.readers.grid import Sheet
from samsyn.evidence.readers.layer import Layer
from samsyn.evidence.readers.table import Answers, Reading, Refusal

ROOT: Final = Path(__file__).resolve().parents[2]  # where `samsyn` is imported from
PAGE: Final = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True, slots=True)
class Limits:
    """What one reading may cost."""

    memory_mib: int = 1024
    seconds: int = 60
    file_mib: int = 512  # the file itself
    answer_mib: int = 256  # what comes back over the pipe
    written_mib: int = 1024  # the Parquet file, when one is asked for
    rows: int = 2_000_000
    shown: int = 200  # rows that come back when the table goes to a Parquet file


def read_in_sandbox(
    path: Path,
    *,
    name: str,
    source: str | None = None,
    answers: Answers | None = None,
    limits: Limits | None = None,
    into: Path | None = None,
) -> Reading:
    """The reading of a file from outside.

    With `into`, the whole long table is written there as Parquet and only its first rows come back, with
    `row_count` for all of it; incident lists are counted per month, kind and 100-metre square first, so
    that no single event is stored.
    Raises Refusal: as the reader says, or too_large, too_slow, unreadable when the child had to be stopped.
    """
    bounds = limits or Limits()
    size = path.stat().st_size
    if size > bounds.file_mib * 1024 * 1024:
        raise Refusal("too_large", bytes=size)
    with tempfile.TemporaryDirectory(prefix="samsyn-reading-") as folder:
        target = Path(folder) / "table.parquet"
        request = {
            "path": str(path.resolve()),
            "name": name,
            "source": source,
            "answers": dict(answers or {}),
            "into": str(target) if into else "",
            "memory_mib": bounds.memory_mib,
            "seconds": bounds.seconds,
            "written_mib": bounds.written_mib,
            "rows": bounds.rows,
            "shown": bounds.shown,
        }
        answer = _run(json.dumps(request).encode(), bounds, Path(folder))
        reading = load_reading(answer)
        if into:
            shutil.move(target, into)
    return reading


def read_cells_in_sandbox(path: Path, *, name: str, limits: Limits | None = None) -> list[Sheet]:
    """The sheets of a table from outside, cell by cell as text. Raises Refusal, as `read_in_sandbox` does."""
    return load_cells(_asked("cells", path, name, limits))


def read_prose_in_sandbox(path: Path, *, name: str, limits: Limits | None = None) -> dict[str, Any]:
    """The headings and paragraphs of a text from outside, or its form. Raises Refusal, as the others do."""
    return load_prose(_asked("prose", path, name, limits))


def read_outlines_in_sandbox(
    path: Path,
    *,
    name: str,
    areas: Mapping[str, str],
    municipality: str,
    layers: Sequence[str] = (),
    may_turn: bool = False,
    limits: Limits | None = None,
) -> bytes:
    """The outlines of a partnership's areas as they are kept. Raises Refusal, as the others do."""
    more = {
        "areas": dict(areas),
        "municipality": municipality,
        "layers": list(layers),
        "may_turn": may_turn,
    }
    return load_file(_asked("outlines", path, name, limits, more))


def read_layers_in_sandbox(
    path: Path,
    *,
    name: str,
    areas: Mapping[str, str] | None = None,
    municipality: str = "",
    limits: Limits | None = None,
) -> tuple[Layer, ...]:
    """What each layer of a file with areas holds. Raises Refusal, as the others do."""
    more = {"areas": dict(areas or {}), "municipality": municipality}
    return load_layers(_asked("layers", path, name, limits, more))


def _asked(
    what: str, path: Path, name: str, limits: Limits | None, more: Mapping[str, object] | None = None
) -> bytes:
    bounds = limits or Limits()
    size = path.stat().st_size
    if size > bounds.file_mib * 1024 * 1024:
        raise Refusal("too_large", bytes=size)
    with tempfile.TemporaryDirectory(prefix="samsyn-reading-") as folder:
        request = {
            what: more or True,
            "path": str(path.resolve()),
            "name": name,
            "memory_mib": bounds.memory_mib,
            "seconds": bounds.seconds,
            "written_mib": bounds.written_mib,
            "rows": bounds.rows,
        }
        return _run(json.dumps(request).encode(), bounds, Path(folder))


def make_in_sandbox(
    wanted: dict[str, object], *, template: bytes = b"", limits: Limits | None = None
) -> bytes:
    """A file made of our own figure: beside us, since what makes it is heavy and its template from outside.

    Raises Refusal: as the maker says, or how the child ended.
    """
    bounds = limits or Limits()
    with tempfile.TemporaryDirectory(prefix="samsyn-making-") as folder:
        (Path(folder) / "template").write_bytes(template)
        request = {
            "make": wanted,
            "template": str(Path(folder) / "template"),
            "memory_mib": bounds.memory_mib,
            "seconds": bounds.seconds,
            "written_mib": bounds.written_mib,
        }
        return load_file(_run(json.dumps(request).encode(), bounds, Path(folder)))


def _run(request: bytes, bounds: Limits, folder: Path) -> bytes:
    """The child's answer, or the Refusal for how it ended."""
    asked, answered = folder / "request.json", folder / "answer.json"
    asked.write_bytes(request)
    with asked.open("rb") as stdin, answered.open("wb") as stdout:
        child = subprocess.Popen(
            [sys.executable, "-s", "-B", "-m", "samsyn.evidence.sandbox"],
            stdin=stdin,
            stdout=stdout,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            env=_environment(folder),
            start_new_session=True,
        )
        try:
            stopped = _watch(child, bounds, answered)
        finally:
            _end(child)
    if stopped:
        raise Refusal(stopped)
    if child.returncode != 0:
        # A failed allocation inside a reader's library aborts the process; a limit kills it.
        hungry = child.returncode in (-signal.SIGABRT, -signal.SIGKILL, -signal.SIGSEGV, -signal.SIGBUS, 137)
        slow = child.returncode == -signal.SIGXCPU
        raise Refusal("too_slow" if slow else "too_large" if hungry else "unreadable")
    return answered.read_bytes()


def _environment(folder: Path) -> dict[str, str]:
    """Nothing of ours but the way to the code: no secrets, no settings, no home."""
    return {
        "PYTHONPATH": str(ROOT),
        "PYTHONUTF8": "1",
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "POLARS_MAX_THREADS": "2",
        "RAYON_NUM_THREADS": "2",
        "PROJ_NETWORK": "OFF",
        "MALLOC_ARENA_MAX": "2",
    }


def _watch(child: "subprocess.Popen[bytes]", bounds: Limits, answered: Path) -> str:
    """Wait for the child; the refusal's code when it takes too much memory, time or answers too much."""
    deadline = time.monotonic() + bounds.seconds
    while True:
        try:
            child.wait(timeout=0.02)
            return ""
        except subprocess.TimeoutExpired:
            pass
        if time.monotonic() > deadline:
            return "too_slow"
        if _resident(child.pid) > bounds.memory_mib * 1024 * 1024:
            return "too_large"
        if answered.stat().st_size > bounds.answer_mib * 1024 * 1024:
            return "too_large"


def _resident(pid: int) -> int:
    """Bytes of memory that the child holds; 0 where the system does not say (the address limit holds)."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE
    except (OSError, IndexError, ValueError):
        return 0


def _end(child: "subprocess.Popen[bytes]") -> None:
    if child.poll() is None:
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()


def _confine(memory_mib: int, seconds: int, written_mib: int) -> None:
    """The kernel's limits, set before the file is opened."""
    import resource

    mib = 1024 * 1024
    wanted = {
        # Threads and memory maps reserve addresses they never use: the watch over resident memory is sharp.
        resource.RLIMIT_AS: memory_mib * mib + 6144 * mib,
        resource.RLIMIT_CPU: 2 * seconds + 5,
        resource.RLIMIT_FSIZE: written_mib * mib,
        resource.RLIMIT_NOFILE: 64,
        resource.RLIMIT_CORE: 0,
    }
    for kind, value in wanted.items():
        hard = resource.getrlimit(kind)[1]
        limit = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(kind, (limit, limit))
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG: never outlive the one who asked


def main() -> int:
    """The child: one request on standard input, one answer on standard output."""
    request = json.load(sys.stdin)
    _confine(request["memory_mib"], request["seconds"], request["written_mib"])
    try:
        answer = _answer(request)
    except Refusal as refusal:
        answer = {"refusal": [refusal.code, refusal.where, refusal.params]}
    except (MemoryError, RecursionError):
        answer = {"refusal": ["too_large", "", {}]}
    except Exception as error:
        answer = {"refusal": ["unreadable", "", {"fault": type(error).__name__}]}
    json.dump(answer, sys.stdout)
    return 0


def _cells(request: dict[str, object]) -> dict[str, object]:
    from samsyn.evidence.readers.cells import read_cells
    from samsyn.evidence.readers.exchange import dump_cells

    sheets = read_cells(Path(str(request["path"])).read_bytes(), name=str(request["name"]))
    rows, most = sum(len(sheet.rows) for sheet in sheets), int(str(request["rows"]))
    if rows > most:
        raise Refusal("too_many_rows", rows=rows, most=most)
    return dump_cells(sheets)


def _made(request: dict[str, object]) -> dict[str, object]:
    from samsyn.evidence.file_forms import made

    wanted = request["make"] if isinstance(request["make"], dict) else {}
    return dump_file(made(wanted, template=Path(str(request["template"])).read_bytes()))


def _answer(request: dict[str, object]) -> dict[str, object]:
    if request.get("cells"):
        return _cells(request)
    if request.get("make"):
        return _made(request)
    if request.get("prose"):
        from samsyn.evidence.readers.prose import read_prose

        return read_prose(Path(str(request["path"])).read_bytes(), name=str(request["name"]))
    if isinstance(asked := request.get("outlines"), dict):
        from samsyn.evidence.readers.outlines import read_outlines

        path, name = Path(str(request["path"])), str(request["name"])
        return dump_file(read_outlines(path.read_bytes(), name=name, **asked))
    if isinstance(asked := request.get("layers"), dict):
        from samsyn.evidence.readers.outlines import layers_to_choose

        path, name = Path(str(request["path"])), str(request["name"])
        return {"layers": [one.plain for one in layers_to_choose(path.read_bytes(), name=name, **asked)]}
    from samsyn.evidence.readers import read
    from samsyn.evidence.readers.parquet import read_into

    path, name = Path(str(request["path"])), str(request["name"])
    source = str(request["source"]) if request["source"] else None
    answers = request["answers"] if isinstance(request["answers"], dict) else {}
    most = int(str(request["rows"]))
    if request["into"]:
        reading = read_into(
            Path(str(request["into"])),
            path,
            name=name,
            source=source,
            answers=answers,
            shown=int(str(request["shown"])),
        )
    else:
        reading = read(path, name=name, source=source, answers=answers)
    if reading.row_count > most:
        raise Refusal("too_many_rows", rows=reading.row_count, most=most)
    return dump_reading(reading)


if __name__ == "__main__":
    sys.exit(main())
