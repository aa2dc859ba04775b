"""Umeå: the real agreement with its parties, and nothing else."""

from datetime import date

from samsyn.agreements import services as agreements
from samsyn.agreements.reading import read
from samsyn.core.actors import SYSTEM
from samsyn.council import services as council
from samsyn.council.models import Body
from samsyn.demo.diary import HERE, Diary
from samsyn.demo.sign_ins import PEOPLE
from samsyn.demo.town import appoint, member
from samsyn.parties import services as founding
from samsyn.parties.models import Area, Organisation

SIGNED = date(2025, 3, 11)
CONTACT = ("visiting_address", "postal_address", "phone", "email", "web")


def begin(diary: Diary) -> None:
    diary.on(SIGNED, _umea)


def _umea() -> None:
    file = read((HERE / "umea.yaml").read_bytes())
    municipality, police = [_party(given, file.data["agreement"]["area"]) for given in file.data["parties"]]
    partnership = founding.found_partnership(
        f"{municipality.name} och lokalpolisområde Umeå",
        slug="umea",
        municipality_code=municipality.code,
        parties=[municipality, police],
        by=SYSTEM,
    )
    founding.add_area(
        partnership,
        code=municipality.code,
        name=municipality.name,
        slug="hela-kommunen",
        kind=Area.Kind.MUNICIPALITY,
        by=SYSTEM,
    )
    of_party = {"umea": municipality, "umea-police": police}
    for person in PEOPLE:
        if person.party in of_party:
            appoint(person, partnership, of_party[person.party])
    coordinator = member("samordnare@umea.example", partnership, municipality)
    council.found_body(partnership, name=file.data["council"]["name"], kind=Body.Kind.COUNCIL, by=coordinator)
    council.found_body(partnership, name="Kommunstyrelsen", kind=Body.Kind.EXECUTIVE_BOARD, by=coordinator)
    agreement = agreements.import_agreement(partnership, file=file, by=coordinator)
    agreements.publish_agreement(agreement, by=coordinator)


def _party(given: dict[str, str], area: dict[str, str]) -> Organisation:
    kind = Organisation.Kind(given["kind"])
    code = area["municipality_code"] if kind == Organisation.Kind.MUNICIPALITY else ""
    contact = {name: given.get(name) or "" for name in CONTACT}
    contact["web"] = f"https://{contact['web']}"  # the agreement writes it as people say it
    return founding.found_organisation(given["name"], kind=kind, code=code, by=SYSTEM, **contact)
