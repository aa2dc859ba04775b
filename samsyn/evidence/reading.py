"""Reads a waiting file in the sandbox and says what was understood, or why it cannot be used."""

import tempfile
from pathlib import Path
from typing import Any, Final

from django.conf import settings

from samsyn.evidence import long_table, quarantine
from samsyn.evidence.models import Upload
from samsyn.evidence.readers.table import Kind, Reading, Refusal, row_texts
from samsyn.evidence.sandbox import Limits, read_in_sandbox

SHOWN: Final = 40
USABLE: Final = (Kind.FIGURES, Kind.EVENTS)


def understand(upload: Upload) -> dict[str, Any]:
    """The outcome of reading: `refusal`, or `reading` with what it holds. Nothing of a refused file is kept.

    Takes up to a minute; holds no lock. The table that was read waits beside the file.
    """
    try:
        return _read(upload)
    except Refusal as refusal:
        quarantine.remove(upload.pk)
        return {
            "refusal": {"code": refusal.code, "where": refusal.where, "params": dict(refusal.params)},
        }


def _read(upload: Upload) -> dict[str, Any]:
    owner = upload.party_id
    limits = Limits(file_mib=settings.UPLOAD_MAX_BYTES // (1024 * 1024) + 1, shown=SHOWN)
    try:
        with (
            quarantine.opened(upload=upload.pk, owner=owner) as path,
            tempfile.TemporaryDirectory(dir=path.parent) as folder,
        ):
            target = Path(folder) / "table"
            reading = read_in_sandbox(
                path, name=str(upload.name), answers=upload.unpacked("answers"), limits=limits, into=target
            )
            if reading.kind not in USABLE:
                raise Refusal(f"kind_{reading.kind.value}")
            if not reading.row_count:
                raise Refusal("no_table")
            table = target.read_bytes()
    except FileNotFoundError:
        raise Refusal("hour_is_over") from None
    quarantine.put(table, upload=upload.pk, owner=owner, part=quarantine.TABLE)
    page = long_table.first_rows(table)
    quarantine.put(page, upload=upload.pk, owner=owner, part=quarantine.PAGE)
    return {"reading": _plain(reading)} | _described(table)


def _plain(reading: Reading) -> dict[str, Any]:
    return {
        "source": reading.source,
        "kind": reading.kind.value,
        "rows": [list(row_texts(row)) for row in reading.rows[:SHOWN]],
        "notes": [{"code": note.code, "params": dict(note.params)} for note in reading.notes],
        "questions": [
            {
                "key": question.key,
                "options": list(question.options),
                "where": question.where,
                "params": dict(question.params),
            }
            for question in reading.questions
        ],
    }


def _described(table: bytes) -> dict[str, Any]:
    summary = long_table.summarise(table)
    return {
        "row_count": summary.rows,
        "content_hash": summary.content_hash,
        "level": summary.level,
        "unit": summary.unit,
        "summary": summary.plain(),
    }
