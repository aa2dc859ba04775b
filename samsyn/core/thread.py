"""The golden thread as a registry: each room says what its nodes are, what they want, and what needs doing.

Low rooms never know the rooms above them. So the room that owns the command which closes a gap also
registers the want: `plans` says that a finding wants a measure, and where to write one.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar
from uuid import UUID

from samsyn.core import permissions
from samsyn.core.actors import Actor
from samsyn.core.errors import Sentence

Found = TypeVar("Found")


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
    due: date | None = None  # when it should be done, reported or over
    not_yet: frozenset[str] = frozenset()  # kinds of children that it does not want before its day


@dataclass(frozen=True)
class Want:
    """A node of one kind should have a child of another; else the thread has a gap there.

    `upwards`: it should hang on one of the other kind instead, as a measure on the cause that it changes.
    """

    parent: str
    child: str
    missing: Sentence  # "A measure is missing"
    action: Sentence  # "Propose a measure"
    command: str  # who may close it
    url: Callable[[Node, str], str]  # (parent node, slug of the partnership)
    upwards: bool = False


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
    """The partnership whose thread is asked for, for one page; core knows no partnership."""

    id: UUID
    slug: str
    with_links: bool = True  # False for the search, which follows no thread: rooms need not read their links
    _read: dict[tuple[Actor, str], Any] = field(default_factory=dict, compare=False, repr=False)

    def once(self, actor: Actor, name: str, read: Callable[[], Found]) -> Found:
        """What a room reads for its nodes and again for its tasks: asked once for the page.

        Kept under the actor too, so that nobody is ever answered with what another may see.
        """
        key = (actor, name)
        if key not in self._read:
            self._read[key] = read()
        found: Found = self._read[key]
        return found


Nodes = Callable[[Actor, Place], Iterable[Node]]
Tasks = Callable[[Actor, Place], Iterable[Task]]


@dataclass(frozen=True)
class Registry:
    nodes_of: dict[str, Nodes] = field(default_factory=dict)
    tasks_of: dict[str, Tasks] = field(default_factory=dict)
    found_in: dict[str, Nodes] = field(default_factory=dict)
    parents_of: dict[str, frozenset[str]] = field(default_factory=dict)
    kinds_of: dict[str, frozenset[str]] = field(default_factory=dict)
    wants: list[Want] = field(default_factory=list)

    def register(
        self,
        room: str,
        nodes: Nodes,
        *,
        kinds: Mapping[str, Collection[str]],
        tasks: Tasks | None = None,
        searched: Nodes | None = None,
    ) -> None:
        """`kinds` says which nodes the room has and what they hang on, so that a page asks only whom it must.

        `searched` are more things to find than the thread shows: a party's own drafts, say.
        """
        self.nodes_of[room] = nodes
        self.kinds_of[room] = frozenset(kinds)
        self.parents_of.update({kind: frozenset(parents) for kind, parents in kinds.items()})
        if tasks:
            self.tasks_of[room] = tasks
        if searched:
            self.found_in[room] = searched

    def want(self, want: Want) -> None:
        self.wants.append(want)

    def nodes(self, actor: Actor, place: Place, *, kinds: Collection[str] | None = None) -> list[Node]:
        """All of them, or those of some kinds: rooms without such nodes are not asked."""
        asked = [room for room in self.nodes_of if kinds is None or self.kinds_of[room] & {*kinds}]
        found = [node for room in asked for node in self.nodes_of[room](actor, place)]
        return found if kinds is None else [node for node in found if node.kind in kinds]

    def kinds_on(self, *kinds: str) -> set[str]:
        """These kinds, and those that hang right on them."""
        return {*kinds, *(kind for kind, parents in self.parents_of.items() if parents & {*kinds})}

    def tasks(self, actor: Actor, place: Place) -> list[Task]:
        found = [task for tasks in self.tasks_of.values() for task in tasks(actor, place)]
        return sorted(found, key=lambda task: (task.due is None, task.due or date.max, str(task.title)))

    def gaps(self, nodes: list[Node], actor: Actor, place: Place) -> list[Gap]:
        """Wanted children that nobody has written, each with the page that closes it."""
        has = {(parent, node.kind) for node in nodes for parent in node.parents}
        kinds = {node.id: node.kind for node in nodes}
        hangs = {(node.id, kinds[parent]) for node in nodes for parent in node.parents if parent in kinds}
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
            if want.parent == node.kind
            and not node.absent
            and want.child not in node.not_yet
            and (node.id, want.child) not in (hangs if want.upwards else has)
        ]

    def search(self, words: str, actor: Actor, place: Place) -> list[Node]:
        """What the actor may see and all words stand in, Swedish folding: `ålid` finds Ålidhem."""
        wanted = words.casefold().split()
        place = Place(place.id, place.slug, with_links=False)
        more = [node for found in self.found_in.values() for node in found(actor, place)]
        return [
            node
            for node in self.nodes(actor, place) + more
            if wanted and all(word in f"{node.title} {node.text}".casefold() for word in wanted)
        ]


thread = Registry()
