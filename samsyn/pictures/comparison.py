"""Two pictures, finding by finding: unchanged, reworded, new or gone. Reads plain words, asks nothing."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from samsyn.core.differing import Part, differing
from samsyn.core.errors import Sentence
from samsyn.evidence.models import Revision
from samsyn.pictures.models import Certainty

Told = Mapping[str, Any]  # a finding as a release freezes it
LEFT = 0.5  # share of the words that must be left for a difference in words to be read
WORDS = ("title", "text", "extent", "consequence", "unknown")


class Kind(StrEnum):
    SAME = "same"
    REWORDED = "reworded"
    NEW = "new"
    GONE = "gone"


class FigureKind(StrEnum):
    SAME = "same"
    REVISED = "revised"  # made of newer numbers, by its party's own saying
    NEW = "new"
    GONE = "gone"


@dataclass(frozen=True)
class FigureChange:
    kind: FigureKind
    before: Told | None
    after: Told | None
    how: str = ""  # of the revision: holds, stronger, weaker, turned, cannot_say

    @property
    def how_words(self) -> Sentence:
        return Revision.How(self.how).label


@dataclass(frozen=True)
class Change:
    kind: Kind
    number: int | None  # place in the newer picture
    before: Told | None
    after: Told | None
    parts: Mapping[str, tuple[Part, ...]] = field(default_factory=dict)  # of each text that differs
    figures: Sequence[FigureChange] = ()
    reason: str = ""
    is_split: bool = False  # another finding carries on the same one

    @property
    def has_other_certainty(self) -> bool:
        return bool(self.before and self.after and self.before["certainty"] != self.after["certainty"])

    @property
    def certainty_before(self) -> Sentence:
        return Certainty(self.before["certainty"]).label if self.before else ""

    @property
    def certainty_after(self) -> Sentence:
        return Certainty(self.after["certainty"]).label if self.after else ""


@dataclass(frozen=True)
class Comparison:
    changes: Sequence[Change]
    has_gaps: bool = False  # the newer one holds something back: what seems gone may stand there

    @property
    def counts(self) -> dict[str, int]:
        found = Counter(str(one.kind) for one in self.changes)
        return {str(kind): found[str(kind)] for kind in Kind}


def compare(before: Sequence[Told], after: Sequence[Told], reasons: Mapping[str, str]) -> Comparison:
    """The findings in the order of the newer picture; those that are gone last, with or without a reason.

    What one of them holds back is compared with nothing: which finding it was would tell what it is about.
    What a finding carries on is what the parties said when they took it over, never guessed from its words.
    """
    earlier = {str(one["point"]): one for one in before if not one.get("held_back")}
    shown = [(number, one) for number, one in enumerate(after, start=1) if not one.get("held_back")]
    times = Counter(str(one["continues"]) for _place, one in shown if one.get("continues"))
    changes = []
    for number, one in shown:
        origin = earlier.get(str(one.get("continues")))
        if origin is None:
            figures = _figures([], one["figures"])
            changes.append(Change(Kind.NEW, number, None, one, figures=figures))
        else:
            changes.append(_carried(number, origin, one, is_split=times[str(origin["point"])] > 1))
    gone = [one for key, one in earlier.items() if key not in times]
    return Comparison(
        [
            *changes,
            *(Change(Kind.GONE, None, one, None, reason=reasons.get(str(one["point"]), "")) for one in gone),
        ],
        has_gaps=len(shown) < len(after),
    )


def _carried(number: int, before: Told, after: Told, *, is_split: bool) -> Change:
    told = [(name, str(before.get(name, "")), str(after.get(name, ""))) for name in WORDS]
    parts = {name: _parts(earlier, later) for name, earlier, later in told if earlier != later}
    changed = parts or before["certainty"] != after["certainty"]
    return Change(
        Kind.REWORDED if changed else Kind.SAME,
        number,
        before,
        after,
        parts,
        _figures(before["figures"], after["figures"]),
        is_split=is_split,
    )


def _parts(before: str, after: str) -> tuple[Part, ...]:
    """The words that differ, or both texts whole where so little is left that the pieces say nothing."""
    parts = tuple(differing(before, after))
    kept = sum(len(part.text.split()) for part in parts if part.kind == "same")
    if kept < LEFT * max(len(before.split()), len(after.split())):
        return tuple(part for part in (Part("removed", before), Part("added", after)) if part.text)
    return parts


def _figures(before: Sequence[Told], after: Sequence[Told]) -> list[FigureChange]:
    left = list(before)
    found = []
    for one in after:
        origin, how = _origin(one, left)
        if origin is None:
            found.append(FigureChange(FigureKind.REVISED if how else FigureKind.NEW, None, one, how))
            continue
        left.remove(origin)
        found.append(FigureChange(FigureKind.REVISED if how else FigureKind.SAME, origin, one, how))
    return found + [FigureChange(FigureKind.GONE, one, None) for one in left]


def _origin(figure: Told, earlier: Sequence[Told]) -> tuple[Told | None, str]:
    """The same figure, or the one whose revision it is. Where its hashes may not be shown, its words tell."""
    revises = figure.get("revises") or []
    how_of = {one["of"]: str(one["how"]) for one in revises if "of" in one}
    for one in earlier:
        if how := how_of.get(one.get("identity")):
            return one, how
    for one in earlier:
        if _same(figure, one):
            return one, ""
    return None, str(revises[0]["how"]) if revises and not how_of else ""


def _same(one: Told, other: Told) -> bool:
    if one.get("identity") and other.get("identity"):
        return bool(one["identity"] == other["identity"])
    return bool(one["sentence"] == other["sentence"] and one["source"] == other["source"])
