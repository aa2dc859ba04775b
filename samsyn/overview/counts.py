"""What the rooms tell of the round that is worked on, put together for the page of the five steps."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from samsyn.agreements.models import Agreement
from samsyn.agreements.queries import agreements_with_deeds
from samsyn.agreements.validity import State
from samsyn.core.actors import Actor
from samsyn.council.queries import councils_with_last_meeting
from samsyn.duties.queries import is_declared_complete
from samsyn.parties.models import Organisation, Partnership, Title
from samsyn.parties.queries import titles_held
from samsyn.pictures.models import Picture
from samsyn.pictures.progress import drafts_counted, pictures_counted
from samsyn.pictures.queries import shared_drafts
from samsyn.plans.progress import plans_counted, with_answered
from samsyn.promises.queries import promises_counted

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
    bodies = list(councils_with_last_meeting(actor, partnership))
    kind, titles = titles_held(actor)
    wanted = WANTED.get(Organisation.Kind(kind), set()) if kind else set()
    newest = with_answered(pictures_counted(actor, partnership)).first()
    drafts = list(drafts_counted(actor))
    period = _period(newest, drafts)
    picture = newest if newest and newest.period == period else None
    shares = {
        one.sender_id
        for one in shared_drafts(actor, partnership)
        if one.payload["content"]["period"] == period
    }
    plans = list(plans_counted(actor, partnership, today))
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
        promises=promises_counted(actor, partnership, today),
        is_declared=is_declared_complete(actor, partnership),
    )


def _period(picture: Picture | None, drafts: list[Any]) -> str:
    """That of the newest picture; of one's own draft once the next round is begun."""
    newest = max((one.period for one in drafts if not one.is_settled), default="")
    if picture is None:
        return newest
    return max(picture.period, newest) if picture.is_adopted else picture.period
