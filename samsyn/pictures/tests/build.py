"""Drafts and pictures, made through the real commands."""

from typing import Any

from samsyn.agreements.models import Priority
from samsyn.agreements.tests import build as agreements
from samsyn.core import clock
from samsyn.core.actors import Actor
from samsyn.council.models import Body, Decision
from samsyn.council.services import found_body, record_decision
from samsyn.evidence.models import Figure
from samsyn.parties.tests.build import SECRET, Town
from samsyn.parties.tests.build import town as build_town
from samsyn.pictures import clearing, services
from samsyn.pictures.models import (
    Cause,
    Certainty,
    Criterion,
    DraftFinding,
    Level,
    Picture,
    Point,
    PrivateDraft,
    Secrecy,
    StaffDialogue,
    Stance,
)
from samsyn.pictures.services.causes import Claim
from samsyn.pictures.services.drafting import Words
from samsyn.pictures.services.ranking import Scored
from samsyn.pictures.services.staff import Held
from samsyn.releases.models import Release


def draft(town: Town, *, by: str = "coordinator", period: str = "2027", word: str = SECRET) -> PrivateDraft:
    """With one finding that may be shared."""
    actor = getattr(town, by)
    party = town.municipality if actor.party_id == town.municipality.pk else town.police
    made = services.start_draft(party, period=period, title=f"Läget i {word}", by=actor)
    finding(town, made, by=by, title=f"Stölder i {word}")
    return made


def finding(
    town: Town, draft: PrivateDraft, *, title: str, by: str = "coordinator", secrecy: str = "none"
) -> DraftFinding:
    return services.write_finding(
        draft,
        words=Words(title, f"{title} har ökat."),
        certainty=Certainty.FAIRLY,
        priority_key="P1",
        secrecy=secrecy,
        secrecy_ground="" if secrecy in ("", "none") else "Pågående ärende.",
        by=getattr(town, by),
    )


def held(**given: Any) -> Held:
    """A dialogue with home care, today."""
    told = {
        "day": clock.today(),
        "group": "hemtjänsten",
        "participants": 14,
        "guide": StaffDialogue.Guide.DIALOGUE,
        "summary": "Ingen vågar gå hem ensam",
        "led_by": "enhetschefen",
    }
    return Held(**(told | given))


def shared(
    town: Town,
    *,
    by: str = "coordinator",
    word: str = SECRET,
    figure: Figure | None = None,
    period: str = "2027",
) -> Release:
    made = draft(town, by=by, word=word, period=period)
    actor = getattr(town, by)
    if figure:
        services.cite_figure(made.findings.get(), figure=figure, note="", by=actor)
    return hand_over(town, made, by=by)


def hand_over(town: Town, draft: PrivateDraft, *, by: str = "coordinator") -> Release:
    """A copy of a draft that is there, to the other party."""
    actor = getattr(town, by)
    return services.share_draft(
        draft,
        partnership=town.partnership,
        receiver=town.police if actor.party_id == town.municipality.pk else town.municipality,
        purpose="handed_over",
        ground="2023:196 4 §",
        by=actor,
    )


def decision(town: Town, kind: Decision.Kind) -> Decision:
    name, body_kind = {
        Decision.Kind.ENDORSE: ("Rådet", Body.Kind.COUNCIL),
        Decision.Kind.DECIDE: ("Kommunstyrelsen", Body.Kind.EXECUTIVE_BOARD),
    }[kind]
    body = Body.objects.filter(partnership=town.partnership, name=name).first()
    body = body or found_body(town.partnership, name=name, kind=body_kind, by=town.coordinator)
    return record_decision(
        town.partnership,
        body=body,
        kind=kind,
        day=clock.today(),
        section="12",
        registration_number="",
        text="Enligt förslag.",
        by=town.secretary,
    )


def picture(town: Town, *, period: str = "2027") -> Picture:
    return services.open_picture(town.partnership, period=period, scope="hela kommunen", by=town.coordinator)


def agreed_picture(town: Town, *, figure: Figure | None = None, period: str = "2027") -> Picture:
    """One point on which the parties differ, endorsed, ready to be adopted."""
    made = picture(town, period=period)
    release = shared(town, figure=figure, period=period)
    point = services.place_finding(made, release=release, index=0, by=town.coordinator)
    agree(town, point)
    services.take_stance(point, position=Stance.Position.DIFFERS, note="Bara i juni.", by=town.officer)
    services.endorse_picture(made, decision=decision(town, Decision.Kind.ENDORSE), by=town.chair)
    return Picture.objects.get(pk=made.pk)


def agree(town: Town, point: Point) -> None:
    for actor in (town.coordinator, town.officer):
        services.take_stance(point, position=Stance.Position.AGREES, by=actor)
    cleared(town, point)


def cleared(town: Town, *points: Point, section: Secrecy = Secrecy.NONE, ground: str = "") -> None:
    """Decided on by each party that they are from."""
    for actor in (town.coordinator, town.officer):
        picture = Picture.objects.get(pk=points[0].picture_id)
        own = {one.pk for one in clearing.points_of_party(picture, actor.party_id)}
        if mine := [one for one in points if one.pk in own]:
            services.decide_on_secrecy(picture, points=mine, section=section, ground=ground, by=actor)


def adopted_picture(town: Town, *, figure: Figure | None = None, period: str = "2027") -> Picture:
    return adopted(town, agreed_picture(town, figure=figure, period=period))


def adopted(town: Town, agreed: Picture) -> Picture:
    services.adopt_picture(agreed, decision=decision(town, Decision.Kind.DECIDE), by=town.chair)
    return Picture.objects.get(pk=agreed.pk)


def agreed_town() -> Town:
    """With an agreement, and a picture that is endorsed."""
    town = build_town()
    agreements.agreement(town)
    agreed_picture(town)
    return town


def adopted_town() -> Town:
    town = agreed_town()
    adopted(town, Picture.objects.get())
    return town


def priority(town: Town) -> Priority | None:
    return Priority.objects.filter(partnership=town.partnership).order_by("key").first()


def cause(
    town: Town,
    point: Point,
    *,
    claim: str = "Lamporna är trasiga",
    kind: Cause.Kind = Cause.Kind.PLACE,
    confidence: Certainty = Certainty.UNCERTAIN,
    **given: Any,
) -> Cause:
    """In words alone, unless more is given: `parent`, `figures` and `voices` are the command's own."""
    own = {name: given.pop(name) for name in ("parent", "figures", "voices") if name in given}
    said = Claim(claim=claim, kind=kind, confidence=confidence, **given)
    return services.state_cause(point, claim=said, by=town.coordinator, **own)


def score(town: Town, point: Point, *, by: Actor | None = None, **levels: str) -> None:
    """Each criterion that is named, with a reason."""
    scores = {Criterion(name): Scored(Level(level), "Så säger siffran.") for name, level in levels.items()}
    services.score_point(point, scores=scores, seen=None, by=by or town.coordinator)
