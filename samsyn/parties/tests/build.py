"""Valid parties and people, made through the real commands."""

from dataclasses import dataclass
from datetime import date

from samsyn.core.actors import SYSTEM, Actor
from samsyn.parties import queries, services
from samsyn.parties.models import Area, Organisation, Partnership, Title, User

SECRET = "Hemligfors"
START = date(2020, 1, 1)
PASSWORD = "ett-langt-losenord"


@dataclass
class Town:
    """A partnership of municipality and police, and another one that the police also belong to."""

    municipality: Organisation
    police: Organisation
    partnership: Partnership
    stranger: Organisation
    elsewhere: Partnership
    coordinator: Actor  # municipality: editor
    officer: Actor  # police: editor
    chair: Actor  # municipality: approver
    chief: Actor  # police: approver
    secretary: Actor  # municipality: approver, board secretary
    owner: Actor  # municipality: contributor
    auditor: Actor  # municipality: reader
    administrator: Actor  # municipality: administrator
    outsider: Actor  # coordinator of the other municipality

    def actors(self) -> dict[str, Actor]:
        """Everybody in the partnership by title."""
        names = ("coordinator", "officer", "chair", "chief", "secretary", "owner", "auditor", "administrator")
        return {name: getattr(self, name) for name in names}


def person(organisation: Organisation, *titles: Title) -> Actor:
    appointments = [
        services.appoint(
            organisation,
            email=f"{titles[0]}@{organisation.code or organisation.pk.hex[-8:]}.example",
            name=str(titles[0]).capitalize(),
            title=title,
            by=SYSTEM,
            since=START,
        )
        for title in titles
    ]
    user = appointments[0].user
    user.set_password(PASSWORD)
    user.save()
    return queries.member(user, party=organisation)


def user_of(actor: Actor) -> User:
    """To sign in with: `client.force_login(build.user_of(town.coordinator))`."""
    return User.objects.get(pk__in=[actor.user_id])


def town() -> Town:
    kind = Organisation.Kind
    municipality = services.found_organisation(
        "Granviks kommun", kind=kind.MUNICIPALITY, code="9902", by=SYSTEM
    )
    police = services.found_organisation("Lokalpolisområde Granvik", kind=kind.LOCAL_POLICE_AREA, by=SYSTEM)
    stranger = services.found_organisation("Tallnäs kommun", kind=kind.MUNICIPALITY, code="9903", by=SYSTEM)
    partnership = services.found_partnership(
        "Granviks kommun och lokalpolisområde Granvik",
        slug="granvik",
        municipality_code="9902",
        parties=[municipality, police],
        by=SYSTEM,
    )
    elsewhere = services.found_partnership(
        "Tallnäs kommun och lokalpolisområde Granvik",
        slug="tallnas",
        municipality_code="9903",
        parties=[stranger, police],
        by=SYSTEM,
    )
    services.add_area(
        partnership, code="9902", name="Granviks kommun", slug="hela", kind=Area.Kind.MUNICIPALITY, by=SYSTEM
    )
    return Town(
        municipality=municipality,
        police=police,
        partnership=partnership,
        stranger=stranger,
        elsewhere=elsewhere,
        coordinator=person(municipality, Title.COORDINATOR),
        officer=person(police, Title.KOMMUNPOLIS),
        chair=person(municipality, Title.CHAIR),
        chief=person(police, Title.AREA_CHIEF),
        secretary=person(municipality, Title.BOARD_SECRETARY),
        owner=person(municipality, Title.MEASURE_OWNER),
        auditor=person(municipality, Title.AUDITOR),
        administrator=person(municipality, Title.ADMINISTRATOR),
        outsider=person(stranger, Title.COORDINATOR),
    )
