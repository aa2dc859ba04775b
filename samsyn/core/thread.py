"""The golden thread as a registry: each room says what its nodes are, what they want, and what needs doing.

Low rooms never know the rooms above them. So the room that owns the command which closes a gap also
registers the want: `plans` says that a finding wants a measure, and where to write one.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from samsyn.core import permissions
from samsyn.core.actors import Actor
from samsyn.core.errors import Sentence


class Sign(StrEnum):
    """How a state is drawn, beside its word. Never colour alone."""

    PLANNED = "planned"  # hollow ring
    UNDER_WAY = "under_way"  # half ring
    DONE = "done"  # check
    LATE = "late"  # warning triangle
    STOPPED = "stopped"  # struck ring
    NONE = ""


class Who(StrEnum):
    """Which circle is filled: municipality left, police right."""

    MUNICIPALITY = "municipality"
    POLICE = "police"
    BOTH = "both"
    DIFFERENT = "different"
    NONE = ""


@dataclass(frozen=True)
class Node:
    kind: str
    id: UUID
    title: str
    url: str
    parents: tuple[UUID, ...] = ()
    state: Sentence = ""
    sign: Sign = Sign.NONE
    who: Who = Who.NONE
    remark: Sentence = ""  # certainty, end day: small text beside the state
    position: tuple[int | str, ...] = ()
    absent: bool = False  # a decided absence: closes the gap, and says which decision
    late: Sentence = ""  # what should have been done by now
    text: str = ""  # searched, not shown


@dataclass(frozen=True)
class Want:
    """A node of one kind should have a child of another; else the thread has a gap there."""

    parent: str
    child: str
    missing: Sentence  # "A measure is missing"
    action: Sentence  # "Propose a measure"
    command: str  # who may close it
    url: Callable[[Node, str], str]  # (parent node, slug of the partnership)


@dataclass(frozen=True)
class Gap:
    node: Node
    missing: Sentence
    action: Sentence
    url: str  # empty when the actor may not close it
    child: str


@dataclass(frozen=True)
class Task:
    """Something that waits for this actor today."""

    title: Sentence
    url: str
    reason: Sentence = ""
    due: date | None = None


@dataclass(frozen=True)
class Place:
    """The partnership whose thread is asked for; core knows no partnership."""

    id: UUID
    slug: str


Nodes = Callable[[Actor, Place], Iterable[Node]]
Tasks = Callable[[Actor, Place], Iterable[Task]]


@dataclass(frozen=True)
class Registry:
    nodes_of: dict[str, Nodes] = field(default_factory=dict)
    tasks_of: dict[str, Tasks] = field(default_factory=dict)
    found_in: dict[str, Nodes] = field(default_factory=dict)
    wants: list[Want] = field(default_factory=list)

    def register(
        self, room: str, nodes: Nodes, *, tasks: Tasks | None = None, searched: Nodes | None = None
    ) -> None:
        """`searched` are more things to find than the thread shows: a party's own drafts, say."""
        self.nodes_of[room] = nodes
        if tasks:
            self.tasks_of[room] = tasks
        if searched:
            self.found_in[room] = searched

    def want(self, want: Want) -> None:
        self.wants.append(want)

    def nodes(self, actor: Actor, place: Place) -> list[Node]:
        return [node for nodes in self.nodes_of.values() for node in nodes(actor, place)]

    def tasks(self, actor: Actor, place: Place) -> list[Task]:
        found = [task for tasks in self.tasks_of.values() for task in tasks(actor, place)]
        return sorted(found, key=lambda task: (task.due is None, task.due or date.max, str(task.title)))

    def gaps(self, nodes: list[Node], actor: Actor, place: Place) -> list[Gap]:
        """Wanted children that nobody has written, each with the page that closes it."""
        has = {(parent, node.kind) for node in nodes for parent in node.parents}
        return [
            Gap(
                node,
                want.missing,
                want.action,
                want.url(node, place.slug) if permissions.allowed(want.command, actor, None) else "",
                want.child,
            )
            for node in nodes
            for want in self.wants
            if want.parent == node.kind and not node.absent and (node.id, want.child) not in has
        ]

    def search(self, words: str, actor: Actor, place: Place) -> list[Node]:
        """What the actor may see and all words stand in, Swedish folding: `ålid` finds Ålidhem."""
        wanted = words.casefold().split()
        more = [node for found in self.found_in.values() for node in found(actor, place)]
        return [
            node
            for node in self.nodes(actor, place) + more
            if wanted and all(word in f"{node.title} {node.text}".casefold() for word in wanted)
        ]


thread = Registry()
