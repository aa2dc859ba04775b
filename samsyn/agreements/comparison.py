"""Two agreements side by side, clause by clause, in words."""

from dataclasses import dataclass
from enum import StrEnum

from samsyn.core.differing import Part, differing


class Kind(StrEnum):
    SAME = "same"
    CHANGED = "changed"
    MOVED = "moved"  # the same words at another address
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class ClauseText:
    address: str
    heading: str
    text: str


@dataclass(frozen=True)
class Difference:
    kind: Kind
    before: ClauseText | None
    after: ClauseText | None
    parts: tuple[Part, ...] = ()


def compare(before: list[ClauseText], after: list[ClauseText]) -> list[Difference]:
    """Clauses of both, in the order of the new one; those that are gone last. `O(n · words²)`."""
    old, new = {one.address: one for one in before}, {one.address: one for one in after}
    by_text = {one.text: one for one in before}
    found = []
    for clause in after:
        match = old.get(clause.address)
        if match is None and (moved := by_text.get(clause.text)) and moved.address not in new:
            found.append(Difference(Kind.MOVED, moved, clause))
        elif match is None:
            found.append(Difference(Kind.ADDED, None, clause))
        elif match.text == clause.text:
            found.append(Difference(Kind.SAME, match, clause))
        else:
            found.append(Difference(Kind.CHANGED, match, clause, tuple(differing(match.text, clause.text))))
    met = {one.before.address for one in found if one.before}
    return found + [Difference(Kind.REMOVED, one, None) for one in before if one.address not in met]
