"""A text from outside, waiting and read as headings and paragraphs, for a room that knows what they mean."""

from typing import Any
from uuid import UUID

from samsyn.evidence import quarantine
from samsyn.evidence.readers.table import Refusal
from samsyn.evidence.sandbox import Limits, read_prose_in_sandbox

LIMITS = Limits(file_mib=8, answer_mib=16, seconds=30)


def prose_of(file: UUID, *, owner: UUID, name: str) -> dict[str, Any]:
    """What the sandbox read: `blocks` or `form`, or `refusal` as code and place. The file is gone after it.

    Takes some seconds; for workers.
    """
    try:
        with quarantine.opened(upload=file, owner=owner) as path:
            return read_prose_in_sandbox(path, name=name, limits=LIMITS)
    except FileNotFoundError:
        return {"refusal": {"code": "hour_is_over", "where": "", "params": {}}}
    except Refusal as refusal:
        return {"refusal": {"code": refusal.code, "where": refusal.where, "params": dict(refusal.params)}}
    finally:
        quarantine.remove(file)
