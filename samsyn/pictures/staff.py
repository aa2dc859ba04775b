"""The lines that say which staff dialogues a finding rests on: all of them that leaves their party."""

from collections.abc import Mapping
from typing import Any

from samsyn.core.canonical import Plain
from samsyn.pictures.models.staff import source_line


def lines_of(finding: Mapping[str, Any]) -> list[str]:
    """In the reader's language; none in copies of before."""
    return [source_line(one) for one in finding.get("staff", ())]


def open_facts(said: Mapping[str, Any], *, threshold: int) -> dict[str, Plain]:
    """What everybody may read: of a few participants, not how many."""
    few = said["participants"] < threshold
    return {**said, "participants": None if few else said["participants"]}
