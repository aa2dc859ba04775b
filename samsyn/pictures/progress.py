"""How far joint pictures, and a party's own drafts, have come: rows with counts of their own."""

from typing import Any, Final

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from samsyn.core.actors import Actor
from samsyn.core.counting import number_of
from samsyn.parties.models import Membership, Partnership
from samsyn.pictures.models import Cause, Picture, Point, PointVoice, PrivateDraft, RankedPoint, Stance

# For what hangs on a finding: it counts also when it hangs on the one that the finding carries on.
ON_IT_OR_BEFORE: Final = Q(point=OuterRef("pk")) | Q(point=OuterRef("continues"))


def first_of() -> QuerySet[Point]:
    """The findings of a picture that come first, for a count in a query over pictures."""
    return Point.objects.filter(
        Exists(RankedPoint.objects.filter(point=OuterRef("pk"))), picture=OuterRef("pk")
    )


def pictures_counted(actor: Actor, partnership: Partnership) -> QuerySet[Any]:
    """The newest first, each with `findings`, those that `waiting` for a stance, `heard` in a dialogue,
    `chosen_on`, those that come `first`, and of these the `explained`. One query."""
    points = Point.objects.filter(picture=OuterRef("pk"))
    said = Stance.objects.filter(point=OuterRef(OuterRef("pk"))).values("party")
    silent = Membership.objects.filter(partnership=OuterRef("partnership"), is_party=True).exclude(
        organisation__in=said
    )
    found = Picture.objects.visible_to(actor).filter(partnership=partnership)
    return found.annotate(
        findings=number_of(points, "picture"),
        waiting=number_of(points.filter(Exists(silent)), "picture"),
        heard=number_of(points.filter(Exists(PointVoice.objects.filter(point=OuterRef("pk")))), "picture"),
        chosen_on=F("ranking__chosen_on"),
        first=number_of(first_of(), "picture"),
        explained=number_of(first_of().filter(Exists(Cause.objects.filter(ON_IT_OR_BEFORE))), "picture"),
    ).order_by("-number")


def drafts_counted(actor: Actor) -> QuerySet[Any]:
    """One's own party's, each with findings `written`, those `undecided` on secrecy, and staff `dialogues`.
    One query."""
    return PrivateDraft.objects.visible_to(actor).annotate(
        written=Count("findings", distinct=True),
        undecided=Count("findings", filter=Q(findings__secrecy=""), distinct=True),
        dialogues=Count("staff_dialogues", distinct=True),
    )
