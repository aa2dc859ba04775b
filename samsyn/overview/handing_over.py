"""What somebody needs who takes over, read from the one thread as that person may see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from samsyn.core import permissions
from samsyn.core.actors import Actor
from samsyn.core.thread import Gap, Node, Task, thread
from samsyn.overview.queries import PARTS, SHOWN, place_of
from samsyn.parties.models import Organisation, Partnership
from samsyn.parties.queries import People, parties_of, people_of

AHEAD = timedelta(days=365)
DECISIONS, BEGIN_WITH, LISTED = 12, 5, 40
MORE = ("picture", "evaluation", "decision", "meeting", "request")
COUNTED = ("priority", "finding", "measure", "promise")


@dataclass(frozen=True)
class Listed:
    """The first of many, so that the pack can be read in an evening, and how many it leaves out."""

    shown: Sequence[Node]
    left_out: int

    @classmethod
    def of(cls, nodes: Sequence[Node]) -> Self:
        return cls(nodes[:LISTED], max(len(nodes) - LISTED, 0))


@dataclass(frozen=True)
class Pack:
    """One page for a new coordinator or politician, without anything that its reader may not see."""

    standing: Sequence[Node]  # the agreement and the newest picture
    counts: dict[str, int]
    overdue: Listed
    coming: Listed
    decisions: Sequence[Node]  # newest first, with their text
    reasons: Sequence[tuple[Node, Node]]  # what was looked back at or decided against: the measure, and why
    parties: Sequence[Organisation]
    people: People  # of one's own party
    measures: Listed  # open
    promises: Listed  # open
    tasks: Sequence[Task]
    gaps: Sequence[Gap]  # where to begin after the tasks
    all_gaps: int
    sees_all: bool


def pack_of(actor: Actor, partnership: Partnership, today: date) -> Pack:
    """Nodes first and then tasks: a room reads what both need once."""
    place = place_of(partnership)
    nodes = thread.nodes(actor, place, kinds={*SHOWN, *MORE, *(want.parent for want in thread.wants)})
    sees_all = all(permissions.allowed(name, actor, partnership) for name in PARTS)
    gaps = thread.gaps(nodes, actor, place) if sees_all else []
    dated = sorted((node for node in nodes if node.due), key=lambda node: (node.due, str(node.title)))
    by_id = {node.id: node for node in nodes}
    return Pack(
        standing=[*_of(nodes, "agreement"), *_of(nodes, "picture")],
        counts={kind: len([one for one in _of(nodes, kind) if not one.absent]) for kind in COUNTED},
        overdue=Listed.of([node for node in dated if node.due and node.due < today]),
        coming=Listed.of([node for node in dated if node.due and today <= node.due <= today + AHEAD]),
        decisions=_of(nodes, "decision")[::-1][:DECISIONS],
        reasons=[
            (by_id[node.parents[0]], node)
            for node in nodes
            if node.parents and node.parents[0] in by_id and (node.kind == "evaluation" or _is_no(node))
        ],
        parties=parties_of(partnership),
        people=people_of(actor),
        measures=Listed.of([one for one in _of(nodes, "measure") if one.due]),
        promises=Listed.of([one for one in _of(nodes, "promise") if one.due]),
        tasks=thread.tasks(actor, place)[:BEGIN_WITH],
        gaps=gaps[:BEGIN_WITH],
        all_gaps=len(gaps),
        sees_all=sees_all,
    )


def _of(nodes: Sequence[Node], *kinds: str) -> list[Node]:
    return [node for node in nodes if node.kind in kinds]


def _is_no(node: Node) -> bool:
    """A promise that was decided against, with the reason."""
    return node.kind == "promise" and node.absent
