"""What the rooms hold of the round that is worked on, counted for the page of the five steps."""

from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from samsyn.agreements.models import Agreement
from samsyn.agreements.queries import agreements_with_deeds
from samsyn.agreements.validity import State
from samsyn.core.actors import Actor
from samsyn.council.models import Body
from samsyn.duties.models import Event, EventKind
from samsyn.parties.models import Membership, Organisation, Partnership, Title
from samsyn.parties.queries import titles_held
from samsyn.pictures.models import Cause, Picture, Point, PointVoice, PrivateDraft, RankedPoint, Stance
from samsyn.pictures.queries import shared_drafts
from samsyn.plans.models import (
    Evaluation,
    FollowUp,
    Indicator,
    Measure,
    MeasureCause,
    MeasurePoint,
    Plan,
    PlanMeasure,
)
from samsyn.promises.models import Outcome, Promise

WANTED = {
    Organisation.Kind.MUNICIPALITY: {Title.COORDINATOR, Title.CHAIR},
    Organisation.Kind.LOCAL_POLICE_AREA: {Title.KOMMUNPOLIS, Title.AREA_CHIEF},
}


@dataclass(frozen=True)
class Counts:
    """Facts of one moment, as one party may see them. The rows carry their own counts."""

    today: date
    agreement: Agreement | None
    is_signed: bool
    last_met: date | None
    has_council: bool
    roles_missing: frozenset[Title]
    roles_wanted: int
    period: str  # of the round; empty before anybody has begun
    draft: Any  # PrivateDraft with `written`, `undecided` and `dialogues`, or None
    is_shared: bool
    is_received: bool
    picture: Any  # Picture with its counts, or None while the drafts of the round are written
    before: Picture | None  # the adopted picture that holds meanwhile
    plan: Any  # Plan with its counts, or None
    has_any_plan: bool
    promises: dict[str, int]
    is_declared: bool  # what the law asks is gone through


def counts_of(actor: Actor, partnership: Partnership, today: date) -> Counts:
    """Twelve queries, however much there is."""
    agreements = agreements_with_deeds(actor, partnership.pk)
    agreement = agreements.current(today)
    bodies = list(_councils(actor, partnership))
    kind, titles = titles_held(actor)
    wanted = WANTED.get(Organisation.Kind(kind), set()) if kind else set()
    newest = _pictures(actor, partnership).first()
    drafts = list(_drafts(actor))
    period = _period(newest, drafts)
    picture = newest if newest and newest.period == period else None
    shares = {
        one.sender_id
        for one in shared_drafts(actor, partnership)
        if one.payload["content"]["period"] == period
    }
    plans = list(_plans(actor, partnership, today))
    return Counts(
        today=today,
        agreement=agreement,
        is_signed=agreement is not None
        and agreements.standing_of(agreement, today).state is not State.UNSIGNED,
        last_met=max((one.last_met for one in bodies if one.last_met), default=None),
        has_council=bool(bodies),
        roles_missing=frozenset(wanted - titles),
        roles_wanted=len(wanted),
        period=period,
        draft=next((one for one in drafts if one.period == period), None),
        is_shared=actor.party_id in shares,
        is_received=bool(shares - {actor.party_id}),
        picture=picture,
        before=newest if newest is not picture else None,
        plan=next((one for one in plans if picture and one.picture_id == picture.pk), None),
        has_any_plan=any(one.all for one in plans),
        promises=_promises(actor, partnership, today),
        is_declared=_declared(actor, partnership),
    )


def _period(picture: Picture | None, drafts: list[Any]) -> str:
    """That of the newest picture; of one's own draft once the next round is begun."""
    newest = max((one.period for one in drafts if not one.is_settled), default="")
    if picture is None:
        return newest
    return max(picture.period, newest) if picture.is_adopted else picture.period


def _count(rows: QuerySet[Any], by: str) -> Any:
    return Coalesce(Subquery(rows.order_by().values(by).annotate(n=Count("pk")).values("n")), 0)


def _councils(actor: Actor, partnership: Partnership) -> QuerySet[Any]:
    found = Body.objects.visible_to(actor).filter(partnership=partnership, kind=Body.Kind.COUNCIL)
    return found.annotate(last_met=Max("meetings__day", filter=Q(meetings__is_held=True)))


def _drafts(actor: Actor) -> QuerySet[Any]:
    return PrivateDraft.objects.visible_to(actor).annotate(
        written=Count("findings", distinct=True),
        undecided=Count("findings", filter=Q(findings__secrecy=""), distinct=True),
        dialogues=Count("staff_dialogues", distinct=True),
    )


def _pictures(actor: Actor, partnership: Partnership) -> QuerySet[Any]:
    """The newest first, with what is done of its findings. What a finding carries on counts for it."""
    points = Point.objects.filter(picture=OuterRef("pk"))
    said = Stance.objects.filter(point=OuterRef(OuterRef("pk"))).values("party")
    silent = Membership.objects.filter(partnership=OuterRef("partnership"), is_party=True).exclude(
        organisation__in=said
    )
    itself = Q(point=OuterRef("pk")) | Q(point=OuterRef("continues"))
    first = points.filter(Exists(RankedPoint.objects.filter(point=OuterRef("pk"))))
    found = Picture.objects.visible_to(actor).filter(partnership=partnership)
    return found.annotate(
        findings=_count(points, "picture"),
        waiting=_count(points.filter(Exists(silent)), "picture"),
        heard=_count(points.filter(Exists(PointVoice.objects.filter(point=OuterRef("pk")))), "picture"),
        chosen_on=F("ranking__chosen_on"),
        first=_count(first, "picture"),
        explained=_count(first.filter(Exists(Cause.objects.filter(itself))), "picture"),
        answered=_count(first.filter(Exists(MeasurePoint.objects.filter(itself))), "picture"),
    ).order_by("-number")


def _plans(actor: Actor, partnership: Partnership, today: date) -> QuerySet[Any]:
    """The newest first, with what is said of the measures in it that are not cancelled."""
    links = PlanMeasure.objects.filter(plan=OuterRef("pk")).exclude(measure__state=Measure.State.CANCELLED)
    of_measure = {"measure": OuterRef("measure")}
    targets = Indicator.objects.filter(**of_measure, ended_on=None).exclude(target=None)
    approved = Evaluation.objects.filter(**of_measure).exclude(approved_on=None)
    ended = links.filter(Q(measure__state=Measure.State.DONE) | Q(measure__follow_up__lt=today))
    late = links.filter(measure__ends__lt=today).exclude(measure__state=Measure.State.DONE)
    dealt_with = FollowUp.objects.filter(partnership=OuterRef("partnership"), ends__gte=OuterRef("starts"))
    found = Plan.objects.visible_to(actor).filter(partnership=partnership)
    return found.annotate(
        all=_count(links, "plan"),
        owned=_count(links.exclude(measure__owner_title=""), "plan"),
        aimed=_count(links.filter(Exists(MeasureCause.objects.filter(**of_measure))), "plan"),
        measured=_count(links.filter(Exists(targets)), "plan"),
        of_police=_count(links.filter(measure__owner__kind=Organisation.Kind.LOCAL_POLICE_AREA), "plan"),
        late=_count(late, "plan"),
        ended=_count(ended, "plan"),
        looked_at=_count(ended.filter(Exists(approved)), "plan"),
        followed_up=Exists(dealt_with.exclude(release=None)),
        is_followed=Exists(dealt_with.filter(release=None)),
    ).order_by("-starts", "-id")


def _promises(actor: Actor, partnership: Partnership, today: date) -> dict[str, int]:
    found = Promise.objects.visible_to(actor).filter(partnership=partnership)
    public = Q(release__isnull=False)
    ended = public & Q(ends__lt=today) | public & ~Q(outcome=Outcome.RUNNING)
    counted = found.aggregate(
        written=Count("pk"),
        published=Count("pk", filter=public),
        ended=Count("pk", filter=ended),
        answered=Count("pk", filter=public & ~Q(outcome=Outcome.RUNNING)),
    )
    return cast(dict[str, int], counted)


def _declared(actor: Actor, partnership: Partnership) -> bool:
    found = Event.objects.visible_to(actor).filter(partnership=partnership, kind=EventKind.COMPLETE)
    return found.filter(retracted_why="").exists()
