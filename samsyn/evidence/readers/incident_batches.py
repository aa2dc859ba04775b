"""Incident lists too long to be held: counted a batch at a time, so that ten million events take little room.

What must be the same for the whole list (coordinate system, order of day and month) is settled first, on
events taken evenly from all of it.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from samsyn.evidence.readers import incidents
from samsyn.evidence.readers.incidents import Incidents
from samsyn.evidence.readers.table import Answers, Note, Refusal

if TYPE_CHECKING:
    import numpy as np
    import polars as pl

LARGE: Final = 64 * 1024 * 1024  # bytes; a shorter list is read in one piece
BATCH: Final = 16 * 1024 * 1024
SAMPLES: Final = 24
SAMPLE: Final = 256 * 1024
LONGEST_ROW: Final = 1024 * 1024
SUMMED: Final = ("without_place",)  # notes whose rows add up over the batches


def is_large(file: Path, answers: Answers) -> bool:
    """A long list of incidents in UTF-8 or an 8-bit encoding; other large files take the ordinary way."""
    if file.stat().st_size <= LARGE:
        return False
    with file.open("rb") as opened:
        head = opened.read(20_000)
    one_line = head.partition(b"\n")[0].count(b'"') % 2 == 0
    return b"\0" not in head and one_line and incidents.is_incident_list(head, answers)


def count_large(file: Path, answers: Answers) -> tuple["pl.DataFrame", Incidents, int]:
    """The counts of all events; what was noted and asked, on an empty list; and how many events."""
    import polars as pl

    size = file.stat().st_size
    with file.open("rb") as opened:
        header = opened.readline(LONGEST_ROW)
        sample = incidents.load_text(header + _sample(opened, size, len(header)), answers)
        decided = _decided(sample, answers)
        said = Incidents(
            sample.frame.clear(), [n for n in sample.notes if n.code not in SUMMED], sample.questions
        )
        said.metres = sample.metres
        parts: list[pl.DataFrame] = []
        points: list[np.ndarray] = []
        events = without_place = row = 0
        opened.seek(len(header))
        for batch in _batches(opened):
            try:
                found = incidents.load_text(header + batch, decided)
            except Refusal as refusal:
                raise _moved(refusal, row) from None
            row += batch.count(b"\n")
            events += len(found)
            without_place += sum(int(n.params["rows"]) for n in found.notes if n.code == "without_place")
            said.questions += [asked for asked in found.questions if asked not in said.questions]
            parts.append(incidents.count(found))
            points.append(found.frame.select(pl.struct("x", "y").hash()).to_series().to_numpy())
            if len(parts) > 8:
                parts = [_together(parts)]
    if without_place:
        said.notes.append(Note("without_place", {"rows": without_place}))
    if (most := _most_on_one_point(points)) >= 10:
        said.notes = [n for n in said.notes if n.code != "snapped_points"]
        said.notes.append(Note("snapped_points", {"rows": most}))
    return _together(parts).sort("start", "kind", "code", "x", "y"), said, events


def _decided(sample: Incidents, answers: Answers) -> dict[str, Any]:
    """The answers with what the sample settled for the whole list."""
    decided = dict(answers)
    system = next((n.params["epsg"] for n in sample.notes if n.code in ("system", "system_assumed")), None)
    if system:
        decided["crs"] = f"EPSG:{system}"
    order = incidents.order_of(sample.frame["time"])
    if order:
        decided["date_order"] = order
    return decided


def _sample(opened: BinaryIO, size: int, start: int) -> bytes:
    """Whole rows from evenly spread places of the file."""
    pieces = []
    for number in range(SAMPLES):
        opened.seek(start + (size - start) * number // SAMPLES)
        if number:
            opened.readline(LONGEST_ROW)  # the end of a row that began before
        piece = opened.read(SAMPLE)
        whole = piece[: piece.rfind(b"\n") + 1]
        if whole.count(b'"') % 2 == 0:
            pieces.append(whole)
    return b"".join(pieces)


def _batches(opened: BinaryIO) -> Iterator[bytes]:
    """The rest of the file cut between rows; a line break inside quotes is no end of a row."""
    while batch := opened.read(BATCH):
        batch += opened.readline(LONGEST_ROW)
        longest = len(batch) + LONGEST_ROW
        while batch.count(b'"') % 2 and (more := opened.readline(LONGEST_ROW)):
            batch += more
            if len(batch) > longest:
                raise Refusal("broken_quotes")
        yield batch if batch.endswith(b"\n") else batch + b"\n"


def _together(parts: list["pl.DataFrame"]) -> "pl.DataFrame":
    import polars as pl

    keys = [name for name in parts[0].columns if name != "events"]
    return pl.concat(parts).group_by(keys).agg(pl.col("events").sum())


def _most_on_one_point(points: list["np.ndarray"]) -> int:
    """How many events the fullest point has."""
    import numpy as np

    hashed = np.sort(np.concatenate(points))
    edges = np.flatnonzero(np.diff(hashed)) + 1
    return int(np.diff(np.concatenate(([0], edges, [hashed.size]))).max())


def _moved(refusal: Refusal, rows: int) -> Refusal:
    """The refusal with its row counted from the beginning of the file."""
    first, _, rest = refusal.where.partition(", ")
    number = first.removeprefix("row ")
    if not number.isdecimal():
        return refusal
    where = f"row {int(number) + rows}" + (f", {rest}" if rest else "")
    return Refusal(refusal.code, where, **refusal.params)
