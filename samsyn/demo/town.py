"""The exercise municipality: its parties, people, bodies, places and agreements."""

from datetime import timedelta
from functools import cache
from typing import Any

from django.contrib.auth.hashers import make_password

from samsyn.agreements import services as agreements
from samsyn.agreements.models import Agreement
from samsyn.agreements.reading import read
from samsyn.core import clock
from samsyn.core.actors import SYSTEM, Actor
from samsyn.council import services as council
from samsyn.council.models import Body, Decision
from samsyn.demo.diary import HERE, Diary, told
from samsyn.demo.sign_ins import PASSWORD, PEOPLE, Person
from samsyn.dialogue.models import Theme
from samsyn.evidence import services as evidence
from samsyn.parties import queries as parties
from samsyn.parties import services as founding
from samsyn.parties.models import Appointment, Area, Organisation, Partnership, User
from samsyn.pictures.models import Picture, Point
from samsyn.plans.models import Indicator, Measure, Plan


class Town:
    """Älvhamra, and what has happened there so far: later chapters find it by the words of the story."""

    municipality: Organisation
    police: Organisation
    partnership: Partnership

    def __init__(self) -> None:
        self.agreement: Agreement | None = None
        self.bodies: dict[str, Body] = {}
        self.decisions: dict[str, Decision] = {}
        self.themes: dict[str, Theme] = {}
        self.pictures: dict[str, Picture] = {}
        self.points: dict[tuple[str, str], Point] = {}  # by period and title
        self.measures: dict[str, Measure] = {}
        self.plans: dict[str, Plan] = {}  # by first year
        self.indicators: dict[str, Indicator] = {}  # by definition

    def party(self, said: str) -> Organisation:
        return self.municipality if said == "municipality" else self.police

    def actor(self, said: str) -> Actor:
        """Who has the title today."""
        today = clock.today()
        person = next(one for one in PEOPLE if one.said == said and one.works_on(today))
        return member(person.email, self.partnership, self.party(person.party))

    def area(self, slug: str) -> Area:
        return Area.objects.visible_to(SYSTEM).get(partnership=self.partnership, slug=slug)


def member(email: str, partnership: Partnership, party: Organisation) -> Actor:
    return parties.member(User.objects.get(email=email), party=party, partnership=partnership)


def appoint(person: Person, partnership: Partnership, party: Organisation) -> Appointment:
    """With the password that everybody knows, as long as the person has not left."""
    appointment = founding.appoint(
        party,
        email=person.email,
        name=person.name,
        title=person.title,
        partnership=partnership,
        since=person.since,
        by=SYSTEM,
    )
    if person.until is None:
        user = User.objects.get(pk=appointment.user_id)
        user.password = _known()
        user.save()
    return appointment


@cache
def _known() -> str:
    """Hashed once for all: hashing is slow by design, and there is no secret here to guard."""
    return make_password(PASSWORD)


def begin(diary: Diary, town: Town) -> None:
    """The parties, their people and the agreements, each on its day."""
    given = told("town")
    diary.on(given["founded"], lambda: _found(town, given))
    for person in PEOPLE:
        if person.party in ("municipality", "police"):
            _come_and_go(diary, town, person)
    for one in given["agreements"]:
        diary.on(one["day"], lambda file=one["file"]: _agree(town, file))  # type: ignore[misc]
    living = given["population"]
    diary.on(living["entered"], lambda: _count(town, living, given["areas"]))
    diary.on(given["outlines"]["day"], lambda: _outline(town, given["outlines"]))


def _found(town: Town, given: dict[str, Any]) -> None:
    kinds, code = Organisation.Kind, given["code"]
    found = founding.found_organisation
    town.municipality = found(given["municipality"], kind=kinds.MUNICIPALITY, code=code, by=SYSTEM)
    town.police = found(given["police"], kind=kinds.LOCAL_POLICE_AREA, by=SYSTEM)
    town.partnership = founding.found_partnership(
        given["partnership"],
        slug=given["slug"],
        municipality_code=code,
        parties=[town.municipality, town.police],
        is_exercise=True,
        by=SYSTEM,
    )
    for area in given["areas"]:
        founding.add_area(town.partnership, **(area | {"kind": Area.Kind(area["kind"])}), by=SYSTEM)
    first = next(one for one in PEOPLE if one.said == "samordnare")
    appoint(first, town.partnership, town.municipality)
    for key, body in given["bodies"].items():
        town.bodies[key] = council.found_body(
            town.partnership, name=body["name"], kind=Body.Kind(body["kind"]), by=town.actor("samordnare")
        )


def _come_and_go(diary: Diary, town: Town, person: Person) -> None:
    def come() -> None:
        if not User.objects.filter(email=person.email).exists():
            appoint(person, town.partnership, town.party(person.party))

    def go() -> None:
        held = Appointment.objects.get(user__email=person.email)
        founding.end_appointment(held, last_day=clock.today(), by=SYSTEM)

    diary.on(person.since, come)
    if person.until:
        diary.on(person.until, go)


def _agree(town: Town, file: str) -> None:
    by = town.actor("samordnare")
    town.agreement = agreements.import_agreement(
        town.partnership, file=read((HERE / file).read_bytes()), predecessor=town.agreement, by=by
    )
    agreements.publish_agreement(town.agreement, by=by)


def _count(town: Town, living: dict[str, Any], areas: list[dict[str, str]]) -> None:
    names = {area["code"]: area["name"] for area in areas + living["small"]}
    small = {area["code"]: area["number"] for area in living["small"]}
    for code, number in (living["areas"] | small).items():
        evidence.enter_population(
            town.partnership,
            area_code=code,
            area_name=names[code],
            day=living["day"],
            number=number,
            source=living["source"],
            by=town.actor("samordnare"),
        )


def _outline(town: Town, given: dict[str, Any]) -> None:
    """Made-up areas, brought as a municipality brings its own."""
    by = town.actor("samordnare")
    file = HERE / "data" / given["file"]
    terms = evidence.Terms(given["source"], given["licence"], is_open=True)
    read = evidence.read_outlines(
        town.partnership,
        file.read_bytes(),
        name=file.name,
        terms=terms,
        owner=town.municipality.pk,
        by=by,
    )
    assert isinstance(read, evidence.OutlinesRead)
    evidence.keep_outlines(town.partnership, read=read, terms=terms, by=by)


def meet(diary: Diary, town: Town) -> None:
    """The meetings of the council, and what the bodies decided."""
    given = told("council")
    for meeting in given["meetings"]:
        _meeting(diary, town, meeting, called=given["called"])
    for decision in given["decisions"]:
        diary.on(decision["day"], lambda one=decision: _decide(town, one))  # type: ignore[misc]


def _meeting(diary: Diary, town: Town, given: dict[str, Any], *, called: int) -> None:
    held = {}

    def call() -> None:
        by = town.actor("samordnare")
        held["it"] = council.call_meeting(
            town.partnership, body=town.bodies["council"], day=given["day"], place="Stadshuset", by=by
        )
        for title in given.get("agenda", ()):
            council.add_agenda_item(held["it"], title=title, by=by)

    def note() -> None:
        council.record_notes(
            held["it"],
            present="Kommunstyrelsens ordförande, chef för lokalpolisområdet, kommundirektör",
            notes=given["notes"],
            seen=held["it"].version,
            by=town.actor("samordnare"),
        )

    diary.on(given["day"] - timedelta(days=called), call)
    if "notes" in given:
        diary.on(given["day"], note)


def _decide(town: Town, given: dict[str, Any]) -> None:
    town.decisions[given["name"]] = council.record_decision(
        town.partnership,
        body=town.bodies[given["body"]],
        kind=Decision.Kind(given["kind"]),
        day=given["day"],
        section=given.get("section", ""),
        registration_number=given.get("number", ""),
        text=given["text"],
        by=town.actor("nämndsekreterare"),
    )
