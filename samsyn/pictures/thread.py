"""The findings of the joint picture as nodes. Private drafts are no nodes; one's own can be searched for."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samsyn.core.actors import WORKING, Actor, Role
from samsyn.core.thread import Node, Place, Sign, Task, Want, Who, thread
from samsyn.parties.models import Organisation
from samsyn.pictures.models import DraftFinding, Picture, Point, PrivateDraft, Stance

WHO: dict[frozenset[str], Who] = {
    frozenset({Organisation.Kind.MUNICIPALITY}): Who.MUNICIPALITY,
    frozenset({Organisation.Kind.LOCAL_POLICE_AREA}): Who.POLICE,
}


def nodes(actor: Actor, place: Place) -> Iterable[Node]:
    """The newest picture and its findings. Five queries."""
    picture = Picture.objects.visible_to(actor).filter(partnership=place.id).order_by("-number").first()
    if picture is None:
        return
    state, sign = (_("Adopted"), Sign.DONE) if picture.is_adopted else (_("Being merged"), Sign.UNDER_WAY)
    yield Node(
        "picture",
        picture.pk,
        _("Picture %(period)s") % {"period": picture.period},
        reverse("pictures:picture", args=[place.slug, picture.pk]),
        state=state,
        sign=sign,
    )
    points = Point.objects.visible_to(actor).filter(picture=picture).order_by("id")
    for point in points.prefetch_related("stances", "sources__release__sender"):
        kinds = frozenset(source.release.sender.kind for source in point.sources.all())
        differs = any(stance.position == Stance.Position.DIFFERS for stance in point.stances.all())
        yield Node(
            "finding",
            point.pk,
            point.title,
            reverse("pictures:point", args=[place.slug, point.pk]),
            tuple(key for key in (point.priority_id, picture.pk) if key),
            who=Who.DIFFERENT if differs else WHO.get(kinds, Who.BOTH),
            remark=point.get_certainty_display(),
            text=point.text,
        )


def tasks(actor: Actor, place: Place) -> Iterable[Task]:
    """Texts that wait for one's party's stance, and a picture that is ready. Three queries."""
    if not actor.roles & WORKING:
        return
    picture = Picture.objects.visible_to(actor).filter(partnership=place.id, release=None).first()
    if picture is None:
        if Role.EDITOR in actor.roles and not PrivateDraft.objects.visible_to(actor).exists():
            address = reverse("pictures:start_draft", args=[place.slug])
            yield Task(_("Begin your own draft"), address, _("Nobody but your own party sees it."))
        return
    waiting = picture.points.exclude(stances__party=actor.party_id).count()
    if waiting:
        address = reverse("pictures:merge", args=[place.slug, picture.pk])
        yield Task(_("Take a stance on the joint text"), address, _("%(count)d wait") % {"count": waiting})
    elif picture.endorsement_id and Role.APPROVER in actor.roles and picture.points.exists():
        address = reverse("pictures:picture", args=[place.slug, picture.pk])
        yield Task(_("Record the decision on the picture"), address)


def searched(actor: Actor, place: Place) -> Iterable[Node]:
    """One's own drafts, opened for the search."""
    for finding in DraftFinding.objects.visible_to(actor).order_by("id"):
        address = reverse("pictures:rewrite_finding", args=[place.slug, finding.pk])
        yield Node("draft", finding.pk, finding.title, address, state=_("Your draft"), text=finding.text)


def _write_point(node: Node, slug: str) -> str:
    return f"{reverse('pictures:index', args=[slug])}?prioritering={node.id}"


thread.register("pictures", nodes, tasks=tasks, searched=searched)
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
