"""A file from outside, waiting and read as cells, for a room that knows itself what they mean."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from samsyn.evidence import quarantine, sentences
from samsyn.evidence.readers.table import Refusal
from samsyn.evidence.sandbox import Limits, read_cells_in_sandbox

LIMITS = Limits(file_mib=8, answer_mib=32, rows=20_000, seconds=30)


def put_aside(content: bytes, *, file: UUID, owner: UUID) -> None:
    """Into quarantine, sealed: for an hour at most."""
    quarantine.put(content, upload=file, owner=owner)


def forget_file(file: UUID) -> None:
    quarantine.remove(file)


def cells_of(file: UUID, *, owner: UUID, name: str) -> dict[str, Any]:
    """What the sandbox read: `sheets`, or `refusal` as code and place. The file is gone after it, either way.

    Takes some seconds; for workers.
    """
    try:
        with quarantine.opened(upload=file, owner=owner) as path:
            sheets = read_cells_in_sandbox(path, name=name, limits=LIMITS)
    except FileNotFoundError:
        return {"refusal": {"code": "hour_is_over", "where": "", "params": {}}}
    except Refusal as refusal:
        return {"refusal": {"code": refusal.code, "where": refusal.where, "params": dict(refusal.params)}}
    finally:
        quarantine.remove(file)
    return {"sheets": [[sheet.name, sheet.rows, sheet.numbers] for sheet in sheets]}


def refusal_said(found: Mapping[str, Any]) -> str:
    """Why a file cannot be used, as a sentence."""
    return sentences.refusal(found)
