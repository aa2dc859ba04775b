"""The exercise municipality's history, made through the real commands with the clock set back."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import uuid4

from samsyn.agreements import services as agreements
from samsyn.agreements.reading import read
from samsyn.core import clock
from samsyn.core.actors import SYSTEM, VISITOR, Actor
from samsyn.council import services as council
from samsyn.council.models import Body, Decision
from samsyn.demo import content, more
from samsyn.demo.evidence import Room
from samsyn.demo.sign_ins import PASSWORD, PEOPLE
from samsyn.dialogue import services as dialogues
from samsyn.dialogue.models import Dialogue, Theme, Voice
from samsyn.parties import queries as parties
from samsyn.parties import services as founding
from samsyn.parties.models import Area, Organisation, Partnership, User
from samsyn.pictures import services as pictures
from samsyn.pictures.models import Certainty, Picture, Point, Stance
from samsyn.pictures.services.drafting import Words
from samsyn.plans import services as plans
from samsyn.plans.models import Measure
from samsyn.promises import services as promises
from samsyn.promises.models import Outcome

HERE = Path(__file__).parent
Say = Callable[[str], object]


def on(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 9, tzinfo=UTC)


def load(*, say: Say) -> None:
    """Both partnerships, from nothing to today."""
    say("Umeå: the real agreement, and nothing else")
    _umea()
    say("Älvhamra: parties, people and agreement")
    with clock.at(on(2025, 2, 3)):
        town = _Town()
    with clock.at(on(2025, 2, 10)):
        file = read((HERE / "alvhamra.yaml").read_bytes())
        agreement = agreements.import_agreement(town.partnership, file=file, by=town.actor("samordnare"))
        agreements.publish_agreement(agreement, by=town.actor("samordnare"))
    _history(town)
    say("The dialogue of 2025")
    themes = _dialogue(town)
    say("Two drafts, one picture")
    points = _picture(town, themes)
    say("Measures and promises")
    _plan(town, points, themes)


def _people(partnership: Partnership, parties_by_name: dict[str, Organisation], *, since: date) -> None:
    for person in PEOPLE:
        if person.party not in parties_by_name:
            continue
        appointment = founding.appoint(
            parties_by_name[person.party],
            email=person.email,
            name=person.name,
            title=person.title,
            partnership=partnership,
            since=since,
            by=SYSTEM,
        )
        user = User.objects.get(pk=appointment.user_id)
        user.set_password(PASSWORD)
        user.save()


def _umea() -> None:
    file = read((HERE / "umea.yaml").read_bytes())
    kinds = Organisation.Kind
    found = []
    for given in file.data["parties"]:
        names = ("visiting_address", "postal_address", "phone", "email", "web")
        contact = {name: given.get(name) or "" for name in names}
        kind = kinds(given["kind"])
        code = file.data["agreement"]["area"]["municipality_code"] if kind == kinds.MUNICIPALITY else ""
        found.append(founding.found_organisation(given["name"], kind=kind, code=code, by=SYSTEM, **contact))
    partnership = founding.found_partnership(
        f"{found[0].name} och lokalpolisområde Umeå",
        slug="umea",
        municipality_code=found[0].code,
        parties=found,
        by=SYSTEM,
    )
    founding.add_area(
        partnership,
        code=found[0].code,
        name=found[0].name,
        slug="hela-kommunen",
        kind=Area.Kind.MUNICIPALITY,
        by=SYSTEM,
    )
    _people(partnership, {"umea": found[0], "umea-police": found[1]}, since=date(2025, 1, 1))
    coordinator = _actor("samordnare@umea.example", partnership, found[0])
    council.found_body(partnership, name=file.data["council"]["name"], kind=Body.Kind.COUNCIL, by=coordinator)
    council.found_body(partnership, name="Kommunstyrelsen", kind=Body.Kind.EXECUTIVE_BOARD, by=coordinator)
    agreement = agreements.import_agreement(partnership, file=file, by=coordinator)
    agreements.publish_agreement(agreement, by=coordinator)


def _actor(email: str, partnership: Partnership, party: Organisation) -> Actor:
    return parties.member(User.objects.get(email=email), party=party, partnership=partnership)


class _Town:
    """Älvhamra's parties and people, by the words that the sign-ins use."""

    def __init__(self) -> None:
        kinds = Organisation.Kind
        found = founding.found_organisation
        self.municipality = found("Älvhamra kommun", kind=kinds.MUNICIPALITY, code="9901", by=SYSTEM)
        self.police = found("Lokalpolisområde Älvhamra", kind=kinds.LOCAL_POLICE_AREA, by=SYSTEM)
        self.partnership = founding.found_partnership(
            "Älvhamra kommun och lokalpolisområde Älvhamra",
            slug="alvhamra",
            municipality_code="9901",
            parties=[self.municipality, self.police],
            is_exercise=True,
            by=SYSTEM,
        )
        for code, name, slug, kind in content.AREAS:
            founding.add_area(
                self.partnership, code=code, name=name, slug=slug, kind=Area.Kind(kind), by=SYSTEM
            )
        organisations = {"municipality": self.municipality, "police": self.police}
        _people(self.partnership, organisations, since=date(2024, 1, 1))
        coordinator = self.actor("samordnare")
        body = council.found_body
        self.council = body(
            self.partnership, name="Trygghetsrådet i Älvhamra", kind=Body.Kind.COUNCIL, by=coordinator
        )
        self.board = body(
            self.partnership, name="Kommunstyrelsen", kind=Body.Kind.EXECUTIVE_BOARD, by=coordinator
        )
        self.assembly = body(
            self.partnership, name="Kommunfullmäktige", kind=Body.Kind.MUNICIPAL_COUNCIL, by=coordinator
        )

    def actor(self, said: str) -> Actor:
        person = next(one for one in PEOPLE if one.said == said)
        party = self.municipality if person.party == "municipality" else self.police
        return _actor(person.email, self.partnership, party)

    def area(self, slug: str) -> Area:
        return Area.objects.visible_to(SYSTEM).get(partnership=self.partnership, slug=slug)


def _dialogue(town: _Town) -> dict[str, Theme]:
    coordinator = town.actor("samordnare")
    with clock.at(on(2025, 4, 1)):
        dialogue = dialogues.open_dialogue(
            town.partnership,
            question=content.QUESTION,
            introduction="Berätta med egna ord. Det tar ungefär tre minuter.",
            about=Dialogue.About.PICTURE,
            area=town.area("hela-kommunen"),
            opens=date(2025, 4, 1),
            closes=date(2025, 4, 30),
            by=coordinator,
        )
        dialogues.publish_dialogue(dialogue, by=coordinator)
        themes = {}
        for title, words, count in content.VOICES:
            theme = dialogues.add_theme(dialogue, title=title, summary="", by=coordinator)
            themes[title] = theme
            for number in range(count):
                dialogues.answer(dialogue, text=words, submission=uuid4(), by=VISITOR)
                voice = Voice.objects.visible_to(coordinator).filter(dialogue=dialogue).latest("id")
                dialogues.accept_voice(voice, by=coordinator)
                dialogues.sort_voice(voice, theme=theme, is_quoted=number == 0, by=coordinator)
        for words, reason, count in more.REFUSED:
            for _number in range(count):
                dialogues.answer(dialogue, text=words, submission=uuid4(), by=VISITOR)
                voice = Voice.objects.visible_to(coordinator).filter(dialogue=dialogue).latest("id")
                dialogues.refuse_voice(voice, reason=Voice.Reason(reason), by=coordinator)
        words, count = more.WITHDRAWN
        for _number in range(count):
            code = dialogues.answer(dialogue, text=words, submission=uuid4(), by=VISITOR)
            dialogues.withdraw_voice(dialogue, code=code, by=VISITOR)
    with clock.at(on(2025, 5, 5)):
        dialogues.summarise(dialogue, not_heard=content.NOT_HEARD, by=coordinator)
    return themes


def _picture(town: _Town, themes: dict[str, Theme]) -> dict[str, Point]:
    coordinator, ours = town.actor("samordnare"), town.municipality
    officer, theirs = town.actor("kommunpolis"), town.police
    written = ((coordinator, ours, theirs, content.MUNICIPALITY), (officer, theirs, ours, content.POLICE))
    releases = []
    for actor, party, receiver, findings in written:
        with clock.at(on(2026, 1, 20)):
            draft = pictures.start_draft(party, period="2026", title="Vår bild 2026", by=actor)
            room = Room(party, actor, town.partnership)
            for priority, title, text, extent, certainty, secrecy in findings:
                finding = pictures.write_finding(
                    draft,
                    words=Words(title, text, extent),
                    certainty=Certainty(certainty),
                    priority_key=priority,
                    secrecy=secrecy,
                    by=actor,
                )
                if figure := room.figure_for(title):
                    pictures.cite_figure(finding, figure=figure, note="", by=actor)
            pictures.approve_draft(draft, by=actor)
        with clock.at(on(2026, 2, 3)):
            release = pictures.share_draft(
                draft,
                partnership=town.partnership,
                receiver=receiver,
                purpose="handed_over",
                ground="lag (2023:196) 4 § och överenskommelsen",
                by=actor,
            )
            releases.append(release)
    with clock.at(on(2026, 2, 10)):
        picture = pictures.open_picture(
            town.partnership, period="2026", scope="Hela Älvhamra kommun", by=coordinator
        )
        points: dict[str, Point] = {}
        for release in releases:
            for index, finding in enumerate(release.payload["content"]["findings"]):
                if finding.get("held_back"):
                    continue
                joined = points.get(content.JOINED[1]) if finding["title"] == content.JOINED[0] else None
                point = pictures.place_finding(
                    picture, release=release, index=index, point=joined, by=coordinator
                )
                points[finding["title"]] = point
        path = points[content.JOINED[1]]
        pictures.add_voice(path, theme=themes["Belysning på gångvägen"], by=coordinator)
        for point in Point.objects.visible_to(coordinator).filter(picture=picture):
            pictures.take_stance(point, position=Stance.Position.AGREES, by=coordinator)
            differs = point.title == content.DIFFERS
            position = Stance.Position.DIFFERS if differs else Stance.Position.AGREES
            note = content.DIFFERENCE if differs else ""
            pictures.take_stance(point, position=position, note=note, by=officer)
    _adopt(town, picture)
    return points


def _history(town: _Town) -> None:
    """The meetings of 2025 and the decisions beside the picture. Those of 2024 are entered afterwards."""
    coordinator = town.actor("samordnare")
    bodies = {"board": town.board, "assembly": town.assembly}
    for day, notes in more.MEETINGS:
        with clock.at(on(day.year, day.month, day.day)):
            meeting = council.call_meeting(
                town.partnership, body=town.council, day=day, place="Stadshuset", by=coordinator
            )
            council.record_notes(
                meeting, present="Båda parterna", notes=notes, seen=meeting.version, by=coordinator
            )
    for recorded, body, day, section, number, text in more.DECISIONS:
        with clock.at(on(recorded.year, recorded.month, recorded.day)):
            council.record_decision(
                town.partnership,
                body=bodies[body],
                kind=Decision.Kind.DECIDE,
                day=day,
                section=section,
                registration_number=number,
                text=text,
                by=town.actor("nämndsekreterare"),
            )


def _decide(town: _Town, body: Body, kind: Decision.Kind, *, day: date, section: str, text: str) -> Decision:
    return council.record_decision(
        town.partnership,
        body=body,
        kind=kind,
        day=day,
        section=section,
        registration_number="KS-2026/00012" if section else "",
        text=text,
        by=town.actor("nämndsekreterare"),
    )


def _adopt(town: _Town, picture: Picture) -> None:
    coordinator = town.actor("samordnare")
    with clock.at(on(2026, 2, 12)):
        meeting = council.call_meeting(
            town.partnership, body=town.council, day=date(2026, 3, 3), place="Stadshuset", by=coordinator
        )
        council.add_agenda_item(meeting, title="Lägesbild 2026", by=coordinator)
    with clock.at(on(2026, 3, 3)):
        council.record_notes(
            meeting,
            present="Kommunstyrelsens ordförande, chef för lokalpolisområdet, kommundirektör",
            notes="Rådet gick igenom lägesbilden. Parterna ser olika på var rekryteringen sker.",
            seen=meeting.version,
            by=coordinator,
        )
        endorsed = _decide(
            town,
            town.council,
            Decision.Kind.ENDORSE,
            day=date(2026, 3, 3),
            section="",
            text="Rådet ställer sig bakom lägesbilden 2026.",
        )
        pictures.endorse_picture(picture, decision=endorsed, by=town.actor("rådets ordförande"))
    with clock.at(on(2026, 3, 31)):
        adopted = _decide(
            town,
            town.board,
            Decision.Kind.DECIDE,
            day=date(2026, 3, 31),
            section="62",
            text="Kommunstyrelsen antar lägesbilden 2026.",
        )
        pictures.adopt_picture(picture, decision=adopted, by=town.actor("rådets ordförande"))
    with clock.at(on(2026, 11, 10)):
        coming = date(2026, 12, 1)
        council.call_meeting(
            town.partnership, body=town.council, day=coming, place="Stadshuset", by=coordinator
        )


def _plan(town: _Town, points: dict[str, Point], themes: dict[str, Theme]) -> None:
    coordinator, officer = town.actor("samordnare"), town.actor("kommunpolis")
    measures: dict[str, Measure] = {}
    for finding, title, text, kind, party, owner_title, starts, ends, state, report in (
        *content.MEASURES,
        *more.MEASURES,
    ):
        point = points[finding]
        with clock.at(on(2026, 4, 7)):
            measure = plans.propose_measure(
                town.partnership,
                title=title,
                text=text,
                kind=Measure.Kind(kind),
                owner=town.municipality if party == "municipality" else town.police,
                owner_title=owner_title,
                starts=starts,
                ends=ends,
                follow_up=ends,
                points=[point],
                priorities=[point.priority] if point.priority else [],
                by=coordinator,
            )
        measures[title] = measure
        if report:
            with clock.at(on(2026, 10, 20)):
                by = coordinator if party == "municipality" else officer
                plans.report_status(measure, state=Measure.State(state), text=report, by=by)
    for promise in (*content.PROMISES, *more.PROMISES):
        _promise(town, promise, measures, themes)
    with clock.at(on(2026, 5, 12)):
        title, why = content.NO_PROMISE
        decided = _decide(
            town,
            town.council,
            Decision.Kind.NOTE,
            day=date(2026, 5, 12),
            section="",
            text="Inget löfte om hot.",
        )
        promises.decide_no_promise(measures[title], decision=decided, why=why, by=coordinator)


def _promise(
    town: _Town, given: content.Promise, measures: dict[str, Measure], themes: dict[str, Theme]
) -> None:
    theme, measure, area, text, how_often, how_seen, ends, outcome, done, why, next_step = given
    coordinator = town.actor("samordnare")
    with clock.at(on(2026, 4, 20)):
        promise = promises.write_promise(
            town.partnership,
            text=text,
            how_often=how_often,
            how_seen=how_seen,
            area=town.area(area),
            starts=date(2025, 6, 12),
            ends=ends,
            contact="Kommunens kontaktcenter, 0999-10 00 00",
            measures=[measures[measure]],
            themes=[themes[theme]],
            by=coordinator,
        )
        for said in ("rådets ordförande", "chef för lokalpolisområdet"):
            promises.approve_promise(promise, by=town.actor(said))
        promises.publish_promise(promise, by=coordinator)
    if outcome == Outcome.RUNNING:
        return
    with clock.at(on(2026, 11, 3)):
        promises.report_promise(
            promise, outcome=Outcome(outcome), done=done, why=why, next_step=next_step, by=coordinator
        )
