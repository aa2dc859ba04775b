"""Which point of the picture a shared finding says the same as."""

from collections import Counter
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from functools import cached_property
from typing import Any

from samsyn.pictures.models import Point

ALIKE = 0.45  # share of common text above which two findings are suggested as one
COMPARED = 2  # points whose words are compared in their order: those that share most words


class Likeness:
    """The points with their words counted once, for all findings of a page.

    To compare two texts word by word takes a millisecond, and sixty findings a side are thousands of pairs.
    How many words they share, whatever the order, is never less than the ratio and takes a hundredth of it.
    """

    def __init__(self, points: Sequence[Point] = ()) -> None:
        self.points = points

    @cached_property
    def _words(self) -> list[tuple[Point, list[str], Counter[str]]]:
        found = []
        for point in self.points:
            words = _words(point.title, point.text)
            found.append((point, words, Counter(words)))
        return found

    def nearest(self, finding: Mapping[str, Any]) -> Point | None:
        """The point that carries on the same earlier finding, else the one that shares most of its words."""
        if origin := finding.get("continues"):
            for point in self.points:
                if str(point.continues_id) == str(origin):
                    return point
        words = _words(finding["title"], finding["text"])
        counted = Counter(words)
        bounds = [
            (2 * sum((counted & theirs).values()) / max(len(words) + len(others), 1), number)
            for number, (_point, others, theirs) in enumerate(self._words)
        ]
        most, found = ALIKE, None
        match = SequenceMatcher()
        match.set_seq2(words)  # what it learns of the second text serves for all the first ones
        for bound, number in sorted(bounds, reverse=True)[:COMPARED]:
            if bound < most:
                break
            point, others, _theirs = self._words[number]
            match.set_seq1(others)
            if (ratio := match.ratio()) >= most:
                most, found = ratio, point
        return found


def _words(title: str, text: str) -> list[str]:
    return f"{title} {text}".casefold().split()
