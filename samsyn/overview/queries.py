"""The whole thread in the shape of its page, folded from the one registry."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext_lazy

from samsyn.core import permissions
from samsyn.core.actors import Actor
from samsyn.core.errors import Sentence
from samsyn.core.thread import Gap, Node, Place, Task, thread
from samsyn.evidence.requesting import ABOUT
from samsyn.parties.models import Partnership

SEARCH_LIMIT = 100
PARTS = ("pictures.see_pictures", "plans.see_measures", "promises.see_promises")
FOLDED, OPENED = 8, 40  # strands of a priority before and after somebody opens it
GAPS, GAPS_OPENED = 15, 60  # gaps beside the thread, likewise


@dataclass(frozen=True)
class Strand:
    """One finding, what is done about it and what is promised; gaps stand where something is missing."""

    finding: Node | None
    measure: Node | None = None
    promise: Node | None = None
    finding_gap: Gap | None = None
    measure_gap: Gap | None = None
    promise_gap: Gap | None = None
    causes: tuple[Node, ...] = ()  # why it is so: those that the measure is to change
    cause_gap: Gap | None = None
    repeats: bool = False  # the finding stands in the strand above

    @property
    def is_whole(self) -> bool:
        return not (self.finding_gap or self.cause_gap or self.measure_gap or self.promise_gap)


@dataclass(frozen=True)
class PriorityStrands:
    priority: Node
    strands: list[Strand]

    @property
    def whole(self) -> int:
        return sum(strand.is_whole for strand in self.strands)

    @property
    def has_causes(self) -> bool:
        return any(strand.causes or strand.cause_gap for strand in self.strands)


@dataclass(frozen=True)
class Whole:
    """Everything the thread page shows."""

    agreements: list[Node]
    goals: list[Node]
    priorities: list[PriorityStrands]
    gaps: list[Gap]
    totals: dict[str, int] = field(default_factory=dict)
    is_all: bool = True  # the reader sees every part; else nothing may be called missing

    @property
    def is_empty(self) -> bool:
        return not self.agreements


def place_of(partnership: Partnership) -> Place:
    return Place(partnership.pk, partnership.slug)


SHOWN = (
    "agreement",
    "goal",
    "priority",
    "finding",
    "cause",
    "measure",
    "promise",
)  # what the thread's page shows


def whole_thread(actor: Actor, partnership: Partnership) -> Whole:
    """One pass over the registry's nodes; as many queries as the rooms need, whatever the size."""
    return _whole(actor, partnership, place_of(partnership))


@dataclass(frozen=True)
class Start:
    """What somebody meets first: what waits for them, and how the thread stands."""

    tasks: list[Task]
    whole: Whole


def start_of(actor: Actor, partnership: Partnership) -> Start:
    """Nodes first and then tasks: a room reads what both need once."""
    place = place_of(partnership)
    whole = _whole(actor, partnership, place)
    return Start(thread.tasks(actor, place), whole)


def _whole(actor: Actor, partnership: Partnership, place: Place) -> Whole:
    wanted = {kind for want in thread.wants for kind in (want.parent, want.child)}
    nodes = thread.nodes(actor, place, kinds={*SHOWN, *wanted})
    sees_all = all(permissions.allowed(name, actor, partnership) for name in PARTS)
    gaps = thread.gaps(nodes, actor, place) if sees_all else []
    by_kind = _by_kind(nodes)
    children = _children(nodes)
    missing = {(gap.node.id, gap.child): gap for gap in gaps}
    priorities = [
        PriorityStrands(priority, list(_strands(priority, children, missing)))
        for priority in by_kind["priority"]
    ]
    totals = {kind: len([n for n in by_kind[kind] if not n.absent]) for kind in by_kind}
    return Whole(by_kind["agreement"], by_kind["goal"], priorities, gaps, totals, sees_all)


@dataclass(frozen=True)
class Part:
    """What the page shows of a priority: its first strands, or page after page once somebody opens it."""

    priority: Node
    whole: int
    all: int
    shown: Sequence[Strand]
    page: Page[Strand] | None = None
    has_causes: bool = False

    @property
    def is_folded(self) -> bool:
        return self.all > len(self.shown) and self.page is None


def parts_of(whole: Whole, *, opened: str, page: str) -> list[Part]:
    """Grown priorities folded, so that the page stays as light in the eighth year as in the first."""
    parts = []
    for one in whole.priorities:
        pages = Paginator(one.strands, OPENED)
        open_at = pages.get_page(page) if str(one.priority.id) == opened else None
        shown = [*open_at] if open_at else one.strands[:FOLDED]
        parts.append(Part(one.priority, one.whole, len(one.strands), shown, open_at, one.has_causes))
    return parts


def _by_kind(nodes: Iterable[Node]) -> dict[str, list[Node]]:
    found: dict[str, list[Node]] = defaultdict(list)
    for node in nodes:
        found[node.kind].append(node)
    return found


def _children(nodes: Iterable[Node]) -> dict[tuple[UUID, str], list[Node]]:
    found: dict[tuple[UUID, str], list[Node]] = defaultdict(list)
    for node in nodes:
        for parent in node.parents:
            found[parent, node.kind].append(node)
    return found


def _strands(
    priority: Node, children: dict[tuple[UUID, str], list[Node]], missing: dict[tuple[UUID, str], Gap]
) -> Iterable[Strand]:
    if gap := missing.get((priority.id, "finding")):
        yield Strand(None, finding_gap=gap)
    for finding in children[priority.id, "finding"]:
        causes = children[finding.id, "cause"]
        unstated = missing.get((finding.id, "cause"))
        if gap := missing.get((finding.id, "measure")):
            yield Strand(finding, measure_gap=gap, causes=tuple(causes), cause_gap=unstated)
        for index, measure in enumerate(children[finding.id, "measure"]):
            promises: list[Node | None] = [*children[measure.id, "promise"]] or [None]
            changed = tuple(one for one in causes if one.id in measure.parents)
            for turn, promise in enumerate(promises):
                yield Strand(
                    finding,
                    measure,
                    promise,
                    promise_gap=missing.get((measure.id, "promise")),
                    causes=changed,
                    cause_gap=missing.get((measure.id, "cause")) or (None if index or turn else unstated),
                    repeats=bool(index or turn),
                )


STEPS = {  # what a node is, in the words of the thread's page
    "agreement": gettext_lazy("What we have agreed"),
    "goal": gettext_lazy("Shared vision"),
    "priority": gettext_lazy("Priority"),
    "sub_aim": gettext_lazy("Sub-aim"),
    "change_for_us": gettext_lazy("Change of the agreement"),
    "change_for_others": gettext_lazy("Change of the agreement"),
    "picture": gettext_lazy("The joint picture"),
    "finding": gettext_lazy("What we see"),
    "cause": gettext_lazy("Why it is so"),
    "plan": gettext_lazy("The plan"),
    "measure": gettext_lazy("What we do"),
    "evaluation": gettext_lazy("What it led to"),
    "dialogue": gettext_lazy("What we asked"),
    "theme": gettext_lazy("What you said"),
    "promise": gettext_lazy("What we promise"),
    "meeting": gettext_lazy("The council's meeting"),
    "decision": gettext_lazy("What was decided"),
    "duty": gettext_lazy("What the law asks"),
    "request": gettext_lazy("What is asked for"),
}


@dataclass(frozen=True)
class Around:
    """One node with everything up to the agreement and everything down to the promises, with their steps."""

    node: Node
    step: Sentence
    up: list[tuple[Sentence, Node]]
    down: list[tuple[Sentence, Node]]

    @property
    def may_be_asked_about(self) -> bool:
        """Whether somebody can be asked for evidence on it."""
        return self.node.kind in ABOUT


def around(actor: Actor, partnership: Partnership, node_id: UUID) -> Around | None:
    """The thread through one object, both ways; None when the actor may not see it."""
    nodes = thread.nodes(actor, place_of(partnership))
    found = {node.id: node for node in nodes}
    if node_id not in found:
        return None
    children: dict[UUID, list[Node]] = defaultdict(list)
    for node in nodes:
        for parent in node.parents:
            children[parent].append(node)
    up = _reach(found[node_id], lambda node: [found[one] for one in node.parents if one in found])
    down = _reach(found[node_id], lambda node: children[node.id])
    return Around(found[node_id], STEPS[found[node_id].kind], _with_steps(up[::-1]), _with_steps(down))


def _with_steps(nodes: Iterable[Node]) -> list[tuple[Sentence, Node]]:
    """In the order of the thread, whatever the way there."""
    order = list(STEPS)
    ordered = sorted(nodes, key=lambda node: order.index(node.kind))
    return [(STEPS[node.kind], node) for node in ordered]


def _reach(start: Node, step: Callable[[Node], list[Node]]) -> list[Node]:
    """Breadth first, each node once."""
    seen: set[UUID] = {start.id}
    order: list[Node] = []
    waiting = [*step(start)]
    while waiting:
        node = waiting.pop(0)
        if node.id not in seen:
            seen.add(node.id)
            order.append(node)
            waiting.extend(step(node))
    return order


def tasks_for(actor: Actor, partnership: Partnership) -> list[Task]:
    """What waits for this person, the most urgent first."""
    return thread.tasks(actor, place_of(partnership))


def search(words: str, actor: Actor, partnership: Partnership) -> list[Node]:
    """What the actor may see that holds all the words. Nothing is asked where nothing is sought."""
    if not words.split():
        return []
    return thread.search(words, actor, place_of(partnership))[:SEARCH_LIMIT]
