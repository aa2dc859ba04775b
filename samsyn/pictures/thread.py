"""The findings of the joint picture as nodes. Private drafts are no nodes; one's own can be searched for."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samsyn.core import next_steps, permissions
from samsyn.core.actors import WORKING, Actor, Role
from samsyn.core.next_steps import Step
from samsyn.core.paths import path
from samsyn.core.thread import Node, Place, Sign, Task, Want, Who, thread
from samsyn.pictures.models import (
    Cause,
    DraftFinding,
    Erratum,
    ErratumApproval,
    Picture,
    PrivateDraft,
    StaffDialogue,
    Stance,
)
from samsyn.pictures.queries import carried_on, points_here
from samsyn.pictures.why import causes_here, short


def _pictures(actor: Actor, place: Place) -> list[Picture]:
    """Oldest first, once for nodes and tasks. One query."""
    seen = Picture.objects.visible_to(actor).filter(partnership=place.id)
    return place.once(actor, "pictures.pictures", lambda: list(seen.order_by("number")))


def nodes(actor: Actor, place: Place) -> Iterable[Node]:
    """The newest picture, its findings and the causes of all findings. Three queries."""
    picture = next(reversed(_pictures(actor, place)), None)
    if picture is None:
        return
    state, sign = (_("Adopted"), Sign.DONE) if picture.is_adopted else (_("Being merged"), Sign.UNDER_WAY)
    yield Node(
        "picture",
        picture.pk,
        _("Picture %(period)s") % {"period": picture.period},
        path("pictures:picture", place.slug, picture.pk),
        state=state,
        sign=sign,
    )
    for point in points_here(actor, place):
        if point.picture_id != picture.pk:
            continue
        yield Node(
            "finding",
            point.pk,
            point.title,
            path("pictures:point", place.slug, point.pk),
            tuple(key for key in (point.priority_id, picture.pk) if key),
            who=_who(point),
            remark=point.get_certainty_display(),
            text=point.text,
            not_yet=_not_yet(point),
        )
    yield from _causes(actor, place)


def _not_yet(point: Any) -> frozenset[str]:
    """Causes are wanted of what was put first, as `points_here` reads it."""
    return frozenset() if point.is_ranked else frozenset({"cause"})


def _causes(actor: Actor, place: Place) -> Iterable[Node]:
    """Also under the finding of the newest picture that carries theirs on, where they did not come along."""
    left = (
        [one for one in points_here(actor, place) if not one.has_carried_causes] if place.with_links else []
    )
    newest = carried_on(left)
    for cause in causes_here(actor, place):
        yield Node(
            "cause",
            cause.pk,
            cause.claim,
            f"{path('pictures:causes', place.slug, cause.point_id)}#orsak-{cause.pk}",
            tuple(dict.fromkeys([newest.get(cause.point_id, cause.point_id), cause.point_id])),
            state=short(Cause.Kind(cause.kind)),
            remark=_("does it still hold?") if cause.is_unconfirmed else cause.get_confidence_display(),
            text=cause.evidence,
        )


def _who(point: Any) -> Who:
    """Whose drafts it was written from, as `with_senders` reads it; both where nobody sent it in."""
    if point.differs:
        return Who.DIFFERENT
    if point.from_municipality and not (point.from_police or point.from_others):
        return Who.MUNICIPALITY
    if point.from_police and not (point.from_municipality or point.from_others):
        return Who.POLICE
    return Who.BOTH


def tasks(actor: Actor, place: Place) -> Iterable[Task]:
    """Texts that wait for one's party's stance, and a picture that is ready. One to three after the nodes."""
    if not actor.roles & WORKING:
        return
    yield from _corrections(actor, place)
    yield from _causes_to_confirm(actor, place)
    picture = next((one for one in _pictures(actor, place) if not one.is_adopted), None)
    if picture is None:
        drafts = list(PrivateDraft.objects.visible_to(actor).order_by("period"))
        if Role.EDITOR in actor.roles and not drafts:
            address = path("pictures:start_draft", place.slug)
            yield Task(_("Begin your own draft"), address, _("Nobody but your own party sees it."))
        adopted = {one.period for one in _pictures(actor, place) if one.is_adopted}
        for draft in [one for one in drafts if one.period in adopted and not one.is_settled]:
            address = path("pictures:weed_draft", place.slug, draft.pk)
            yield Task(_("Say what becomes of your draft"), address, draft.period)
        return
    taken = Exists(Stance.objects.filter(point=OuterRef("pk"), party=actor.party_id))
    stances = list(picture.points.values_list(taken, flat=True))
    if waiting := stances.count(False):
        address = path("pictures:merge", place.slug, picture.pk)
        yield Task(_("Take a stance on the joint text"), address, _("%(count)d wait") % {"count": waiting})
    elif stances and _has_to_clear(actor, picture):
        address = path("pictures:clearing", place.slug, picture.pk)
        yield Task(_("Decide on secrecy before publication"), address)
    elif picture.endorsement_id and Role.APPROVER in actor.roles and stances:
        address = path("pictures:picture", place.slug, picture.pk)
        yield Task(_("Record the decision on the picture"), address)


def _causes_to_confirm(actor: Actor, place: Place) -> Iterable[Task]:
    """Causes of the picture before that nobody has read again. None after the nodes."""
    if Role.EDITOR not in actor.roles:
        return
    if asked := [one for one in causes_here(actor, place) if one.is_unconfirmed]:
        address = path("pictures:causes", place.slug, asked[0].point_id)
        waiting = _("%(count)d wait") % {"count": len(asked)}
        yield Task(_("Say whether earlier causes still hold"), address, waiting)


def _has_to_clear(actor: Actor, picture: Picture) -> bool:
    """Whether a finding from one's own party that was shared lacks its decision. One query."""
    from_us = picture.points.filter(sources__release__sender=actor.party_id)
    return from_us.exclude(secrecy__party=actor.party_id).exists()


def _corrections(actor: Actor, place: Place) -> Iterable[Task]:
    """Those that wait for one's own party. One query, for approvers."""
    if Role.APPROVER not in actor.roles:
        return
    ours = Exists(ErratumApproval.objects.filter(erratum=OuterRef("pk"), party=actor.party_id))
    waiting = Erratum.objects.visible_to(actor).filter(~ours, partnership=place.id, published_on=None)
    for erratum in waiting.order_by("id"):
        address = path("pictures:picture", place.slug, erratum.picture_id)
        yield Task(_("Approve a correction of the picture"), f"{address}#rattelser", erratum.right)


def searched(actor: Actor, place: Place) -> Iterable[Node]:
    """One's own drafts, opened for the search."""
    for finding in DraftFinding.objects.visible_to(actor).order_by("id"):
        if not str(finding.title):  # weeded out
            continue
        address = path("pictures:rewrite_finding", place.slug, finding.pk)
        yield Node("draft", finding.pk, finding.title, address, state=_("Your draft"), text=finding.text)
    for dialogue in StaffDialogue.objects.visible_to(actor).order_by("id"):
        address = path("pictures:rewrite_staff_dialogue", place.slug, dialogue.pk)
        if said := str(dialogue.summary):
            yield Node("draft", dialogue.pk, dialogue.source_line, address, state=_("Your draft"), text=said)


def _write_point(node: Node, slug: str) -> str:
    return f"{path('pictures:index', slug)}?prioritering={node.id}"


def _state_cause(node: Node, slug: str) -> str:
    return path("pictures:state_cause", slug, node.id)


KINDS = {"picture": [], "finding": ["priority", "picture"], "cause": ["finding"]}
thread.register("pictures", nodes, kinds=KINDS, tasks=tasks, searched=searched)
thread.want(
    Want(
        "priority",
        "finding",
        gettext_lazy("A finding is missing"),
        gettext_lazy("Add a finding"),
        "pictures.write_point",
        _write_point,
    )
)
thread.want(
    Want(
        "finding",
        "cause",
        gettext_lazy("Its causes are not stated"),
        gettext_lazy("State a cause"),
        "pictures.state_cause",
        _state_cause,
    )
)


@next_steps.offers("evidence.revisions")
def carry_on(actor: Actor, place: Place) -> Step | None:
    """Newer numbers stand there: the next picture can begin with what they say of this one. One query."""
    adopted = any(picture.is_adopted for picture in _pictures(actor, place))
    if not adopted or not permissions.allowed("pictures.draft_next_picture", actor, None):
        return None
    return Step(
        heading=_("Begin the next picture from here"),
        text=_(
            "A private draft with the findings of the adopted picture, and with each of your figures what "
            "was said and what the newer numbers say. You read it again and decide what holds."
        ),
        action=_("Draft the next picture"),
        url=path("pictures:start_from_new_numbers", place.slug),
    )
