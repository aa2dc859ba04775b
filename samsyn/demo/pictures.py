"""The two pictures: each party's own draft, the merge of both, and the decisions."""

from typing import Any

from samsyn.core.actors import Actor
from samsyn.demo.diary import Diary, told
from samsyn.demo.evidence import Room
from samsyn.demo.town import Town
from samsyn.pictures import services as pictures
from samsyn.pictures.models import (
    Certainty,
    DraftFinding,
    Picture,
    Point,
    PrivateDraft,
    Secrecy,
    StaffDialogue,
    Stance,
)
from samsyn.pictures.services.drafting import Words
from samsyn.pictures.services.staff import Held
from samsyn.releases.models import Release

SIDES = (("municipality", "samordnare", "police"), ("police", "kommunpolis", "municipality"))
Told = dict[str, Any]


def draw(diary: Diary, town: Town, name: str) -> None:
    """One picture, from drafts to adoption."""
    given = told(name)
    diary.on(given["begun"], lambda: _draft(town, given))
    shared: dict[str, Release] = {}
    diary.on(given["shared"], lambda: _share(town, given, shared))
    diary.on(given["merged"], lambda: _merge(town, given, shared))
    diary.on(given["settled"], lambda: _settle(town, given))
    decisions = {one["name"]: one["day"] for one in told("council")["decisions"]}
    diary.on(decisions[given["endorsed"]], lambda: _endorse(town, given))
    diary.on(decisions[given["adopted"]], lambda: _adopt(town, given))


def _draft(town: Town, given: Told) -> None:
    for side, said, _other in SIDES:
        actor, party = town.actor(said), town.party(side)
        draft = pictures.start_draft(
            party,
            period=given["period"],
            title=f"Vår bild {given['period']}",
            carry_over=town.pictures.get(given.get("follows", "")),
            by=actor,
        )
        carried = {str(one.title): one for one in DraftFinding.objects.visible_to(actor).filter(draft=draft)}
        room = Room(party, actor, town.partnership)
        for point in given["points"]:
            if side in point:
                finding = _write(town, draft, point, side, carried)
                if asked := point[side].get("figure"):
                    pictures.cite_figure(finding, figure=room.figure(**asked), note="", by=actor)
        if secret := given.get("held_back", {}).get(side):
            _write(town, draft, {side: secret, "priority": "P1"}, side, {})
        for finding in carried.values():  # what nobody wrote on is not carried over after all
            pictures.drop_finding(finding, by=actor)
        for one in given.get("staff", ()):
            if one["side"] == side:
                _ask_staff(draft, one, actor)
        pictures.approve_draft(draft, by=actor)


def _ask_staff(draft: PrivateDraft, given: Told, actor: Actor) -> None:
    """Held before the draft was begun, and written down with it."""
    told_of = ("day", "group", "participants", "summary", "led_by")
    held = Held(guide=StaffDialogue.Guide(given["guide"]), **{name: given[name] for name in told_of})
    written = DraftFinding.objects.visible_to(actor).filter(draft=draft)
    by_title = {str(one.title): one for one in written}
    rests = [by_title[title] for title in given["findings"]]
    pictures.record_staff_dialogue(draft, held=held, findings=rests, by=actor)


def _write(
    town: Town, draft: PrivateDraft, point: Told, side: str, carried: dict[str, DraftFinding]
) -> DraftFinding:
    said = point[side]
    words = Words(
        **{name: said.get(name, "") for name in ("title", "text", "extent", "consequence", "unknown")}
    )
    by = town.actor(next(actor for one, actor, _ in SIDES if one == side))
    certainty, priority_key = Certainty(said["certainty"]), point.get("priority", "")
    secrecy = said.get("secrecy", "none")
    ground = said.get("secrecy_ground", "")
    if earlier := carried.pop(said.get("continues", ""), None):
        return pictures.rewrite_finding(
            earlier,
            words=words,
            certainty=certainty,
            priority_key=priority_key,
            secrecy=secrecy,
            secrecy_ground=ground,
            seen=earlier.version,
            by=by,
        )
    return pictures.write_finding(
        draft,
        words=words,
        certainty=certainty,
        priority_key=priority_key,
        secrecy=secrecy,
        secrecy_ground=ground,
        by=by,
    )


def _share(town: Town, given: Told, shared: dict[str, Release]) -> None:
    for side, said, other in SIDES:
        actor = town.actor(said)
        draft = PrivateDraft.objects.visible_to(actor).get(period=given["period"])
        shared[side] = pictures.share_draft(
            draft,
            partnership=town.partnership,
            receiver=town.party(other),
            purpose="handed_over",
            ground="lag (2023:196) 4 § och överenskommelsen",
            by=actor,
        )


def _merge(town: Town, given: Told, shared: dict[str, Release]) -> None:
    """What both wrote of becomes one finding; where the drafts differ, the police say so at first."""
    coordinator, officer = town.actor("samordnare"), town.actor("kommunpolis")
    picture = pictures.open_picture(
        town.partnership, period=given["period"], scope=given["scope"], by=coordinator
    )
    town.pictures[given["period"]] = picture
    index = {
        (side, finding.get("title")): number
        for side, release in shared.items()
        for number, finding in enumerate(release.payload["content"]["findings"])
    }
    for said in given["points"]:
        point = None
        for side in ("municipality", "police"):
            if side in said:
                number = index[side, said[side]["title"]]
                point = pictures.place_finding(
                    picture, release=shared[side], index=number, point=point, by=coordinator
                )
        assert point is not None
        town.points[given["period"], point.title] = point
        for theme in said.get("voices", ()):
            pictures.add_voice(point, theme=town.themes[theme], by=coordinator)
        pictures.take_stance(point, position=Stance.Position.AGREES, by=coordinator)
        differs = said.get("difference", "")
        position = Stance.Position.DIFFERS if differs else Stance.Position.AGREES
        pictures.take_stance(point, position=position, note=differs, by=officer)


def _settle(town: Town, given: Told) -> None:
    """Where the parties found words that both stand behind, the joint text is written anew."""
    for said in given["points"]:
        if words := said.get("settled"):
            point = town.points.pop((given["period"], said["municipality"]["title"]))
            point = Point.objects.visible_to(town.actor("samordnare")).get(pk=point.pk)
            pictures.rewrite_point(
                point,
                words=Words(words["title"], words["text"], point.extent, point.consequence, point.unknown),
                certainty=Certainty(point.certainty),
                priority=point.priority,
                seen=point.version,
                by=town.actor("samordnare"),
            )
            for who in ("samordnare", "kommunpolis"):
                pictures.take_stance(point, position=Stance.Position.AGREES, by=town.actor(who))
            town.points[given["period"], words["title"]] = point


def _endorse(town: Town, given: Told) -> None:
    picture = _now(town, given)
    for who in ("samordnare", "kommunpolis"):
        actor = town.actor(who)
        own = Point.objects.visible_to(actor).filter(picture=picture, sources__release__sender=actor.party_id)
        if own:
            pictures.decide_on_secrecy(
                picture, points=list(own.distinct()), section=Secrecy.NONE, ground="", by=actor
            )
    by = town.actor("rådets ordförande")
    pictures.endorse_picture(_now(town, given), decision=town.decisions[given["endorsed"]], by=by)


def _adopt(town: Town, given: Told) -> None:
    by = town.actor("rådets ordförande")
    pictures.adopt_picture(_now(town, given), decision=town.decisions[given["adopted"]], by=by)
    town.pictures[given["period"]] = _now(town, given)


def _now(town: Town, given: Told) -> Picture:
    known = town.pictures[given["period"]]
    return Picture.objects.visible_to(town.actor("rådets ordförande")).get(pk=known.pk)
