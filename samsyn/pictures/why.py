"""Reading why a finding is as it is: its causes as a tree, as a chain of events and as a drawing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from samsyn.core.actors import Actor
from samsyn.core.thread import Place
from samsyn.graphics.fishbone import Bone, Rib, fishbone
from samsyn.pictures.models import Cause, CauseFigure, CauseVoice, Point

WIDE, NARROW = 860, 330  # px


def causes_of(point: Point) -> list[Cause]:
    """As they were stated, with what they rest on. Three queries, however many."""
    figures = CauseFigure.objects.select_related("figure__source__release").order_by("id")
    voices = CauseVoice.objects.select_related("voice__theme").order_by("id")
    found = point.causes.prefetch_related(Prefetch("figures", figures), Prefetch("voices", voices))
    return list(found.order_by("id"))


def causes_here(actor: Actor, place: Place) -> list[Cause]:
    """Those of all findings, read once for the page that asks. One query."""
    seen: QuerySet[Cause] = Cause.objects.visible_to(actor).filter(partnership=place.id).order_by("id")
    return place.once(actor, "pictures.causes", lambda: list(seen))


def latest_of(causes: Iterable[Cause]) -> dict[UUID, UUID]:
    """Each cause with the newest among them that carries it on, itself where none does. No query."""
    seen = list(causes)
    later = {one.continues_id: one.pk for one in seen if one.continues_id}
    newest = {}
    for one in seen:
        last = one.pk
        while last in later:  # a cause carries on one of an earlier picture only, so this ends
            last = later[last]
        newest[one.pk] = last
    return newest


@dataclass(frozen=True)
class Branch:
    """A cause, and how many causes it lies behind."""

    cause: Cause
    depth: int


def tree_of(causes: Sequence[Cause]) -> list[Branch]:
    """Each cause followed by those that lie behind it."""

    def under(parent: Cause | None, depth: int) -> Iterable[Branch]:
        for one in causes:
            if one.parent_id == (parent.pk if parent else None):
                yield Branch(one, depth)
                yield from under(one, depth + 1)

    return list(under(None, 0))


@dataclass(frozen=True)
class StepOfChain:
    """A step in the chain of events and the causes that work there."""

    title: str
    causes: list[Cause]


def chain_of(causes: Iterable[Cause]) -> list[StepOfChain]:
    """Before, during and after, in that order; then what nobody has placed."""
    by_step = {str(step): [one for one in causes if one.step == step] for step in (*Cause.Step.values, "")}
    titles = {**{str(step): str(step.label) for step in Cause.Step}, "": _("not placed yet")}
    return [StepOfChain(titles[step], found) for step, found in by_step.items() if step or found]


@dataclass(frozen=True)
class Drawing:
    """The fishbone for a page: wide, narrow, and in words."""

    wide: SafeString
    narrow: SafeString
    words: str


def drawing_of(point: Point, branches: Sequence[Branch]) -> Drawing | None:
    """Nothing is drawn of nothing."""
    if not branches:
        return None
    bones = _bones(branches)
    wide, narrow = (SafeString(fishbone(point.title, bones, width=width)) for width in (WIDE, NARROW))
    told = "; ".join(f"{bone.title}: {', '.join(rib.text for rib in bone.ribs)}" for bone in bones)
    words = _("Fishbone. Why “%(title)s”? %(causes)s.") % {"title": point.title, "causes": told}
    return Drawing(wide, narrow, words)


def _bones(branches: Sequence[Branch]) -> list[Bone]:
    """One for each kind; a cause behind one of another kind begins anew on its own bone."""
    depths: dict[object, tuple[str, int]] = {}
    ribs: dict[str, list[Rib]] = {kind: [] for kind in Cause.Kind.values}
    for one in branches:
        cause = one.cause
        kind, depth = depths.get(cause.parent_id, ("", 0))
        own = depth + 1 if kind == cause.kind else 0
        depths[cause.pk] = (cause.kind, own)
        claim = _("%(claim)s (still so?)") % {"claim": cause.claim} if cause.is_unconfirmed else cause.claim
        ribs[cause.kind].append(Rib(claim, cause.confidence, min(own, 3)))
    return [Bone(short(Cause.Kind(kind)), found) for kind, found in ribs.items() if found]


def short(kind: Cause.Kind) -> str:
    """The word before the explanation."""
    return str(kind.label).partition(":")[0].capitalize()
