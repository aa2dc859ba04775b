"""Which words differ between two texts."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher


@dataclass(frozen=True)
class Part:
    """Words that stay, that are new, or that are gone."""

    kind: str  # same, added, removed
    text: str


def differing(before: str, after: str) -> Iterator[Part]:
    """The parts of both in reading order; what is removed stands before what came instead. `O(words²)`."""
    old, new = before.split(), after.split()
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Part("same", " ".join(old[a:b]))
            continue
        if b > a:
            yield Part("removed", " ".join(old[a:b]))
        if d > c:
            yield Part("added", " ".join(new[c:d]))
