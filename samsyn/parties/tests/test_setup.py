"""An empty installation begins with one link, once."""

import pytest
from django.core import mail
from django.test import Client

from samsyn.core.actors import Kind
from samsyn.core.journal import Entry
from samsyn.parties import queries, setup
from samsyn.parties.models import Area, Invitation, Membership, Organisation, Partnership, Title, User
from samsyn.parties.municipalities import find, municipalities
from samsyn.parties.tests import build

FILLED = {
    "name": "Ada Administratör",
    "email": "Ada@skellefte.example",
    "password": "fyra-ord-som-ingen-gissar",
    "municipality": "skellefteå",
    "police_name": "Lokalpolisområde Skellefteå",
    "deciding_body": "Kommunstyrelsen",
    "slug": "",
    "municipality_email": "samordnare@skellefte.example",
    "municipality_title": Title.COORDINATOR,
    "police_email": "chef@polisen.example",
    "police_title": Title.AREA_CHIEF,
}


@pytest.fixture
def link(db: None) -> str:
    return setup.setup_link().split("8000", 1)[1]


def test_the_link_sets_everything_up(client: Client, link: str) -> None:
    assert client.get(link).status_code == 200

    answer = client.post(link, FILLED)

    partnership = Partnership.objects.get()
    assert answer["Location"] == f"/arbete/{partnership.slug}/manniskor/"
    assert partnership.name == "Skellefteå kommun och lokalpolisområde Skellefteå"
    assert (partnership.slug, partnership.municipality_code) == ("skelleftea", "2482")
    assert Area.objects.get().name == "Skellefteå kommun" and Membership.objects.count() == 2
    assert {one.to[0] for one in mail.outbox} == {"samordnare@skellefte.example", "chef@polisen.example"}
    assert client.get(answer["Location"]).status_code == 200
    ((_, party),) = queries.partnerships_of(User.objects.get())
    assert party.kind == Organisation.Kind.MUNICIPALITY
    assert queries.titles_of(queries.member(User.objects.get(), party=party)) == [Title.ADMINISTRATOR]
    assert {entry.actor_kind for entry in Entry.objects.all()} == {Kind.SYSTEM}


def test_an_invitation_to_a_wrong_address_can_be_withdrawn_and_sent_anew(client: Client, link: str) -> None:
    people = client.post(link, FILLED | {"police_email": "fel@polisen.example"})["Location"]
    wrong = Invitation.objects.get(email="fel@polisen.example")

    client.post(f"{people}inbjudan/{wrong.pk}/dra-tillbaka/")
    answer = client.post(
        f"{people}{wrong.organisation_id}/bjud-in/",
        {"email": "chef@polisen.example", "title": Title.AREA_CHIEF, "language": "sv"},
    )

    assert answer["Location"] == people and mail.outbox[-1].to == ["chef@polisen.example"]


def test_a_used_link_is_not_there_any_more(client: Client, link: str) -> None:
    client.post(link, FILLED)

    assert Client().get(link).status_code == 404
    assert Client().post(link, FILLED | {"email": "tjuv@x.example", "slug": "annat"}).status_code == 404
    assert Client().get(setup.setup_link().split("8000", 1)[1]).status_code == 404
    assert Partnership.objects.count() == 1


def test_only_the_newest_link_works(client: Client, link: str) -> None:
    newer = setup.setup_link().split("8000", 1)[1]

    assert client.get(link).status_code == 404 and client.get(newer).status_code == 200
    assert client.get("/start/gissat/").status_code == 404


@pytest.mark.parametrize(
    "fault",
    [
        {"municipality": "Skelleft"},
        {"password": "kort"},
        {"email": "ingen"},
        {"slug": "arbete"},
        {"slug": "Två ord"},
        {"police_email": "ada@skellefte.example"},
        {"police_name": ""},
        {"police_title": Title.COORDINATOR},
    ],
    ids=str,
)
def test_bad_input_is_said_kept_and_leaves_nothing(client: Client, link: str, fault: dict[str, str]) -> None:
    answer = client.post(link, FILLED | fault)

    shown = answer.content.decode()
    assert answer.status_code == 422 and "ds-validation-message" in shown
    assert "Ada Administratör" in shown and "samordnare@skellefte.example" in shown
    assert not Partnership.objects.exists() and not User.objects.exists() and not mail.outbox
    assert client.get(link).status_code == 200


def test_nothing_begins_where_there_is_a_partnership(client: Client, town: build.Town) -> None:
    assert client.get(setup.setup_link().split("8000", 1)[1]).status_code == 404


def test_the_290_municipalities_have_names_that_stand_alone() -> None:
    assert len(municipalities()) == 290
    for text, official in (
        ("2480", "Umeå kommun"),
        ("Falun", "Falu kommun"),
        ("kalmar", "Kalmar kommun"),
        ("Gotland", "Region Gotland"),
        ("Upplands Väsby kommun", "Upplands Väsby kommun"),
        ("1480 Göteborgs kommun", "Göteborgs kommun"),
        ("Lunds kommun", "Lunds kommun"),
    ):
        found = find(text)
        assert found is not None and found.official_name == official
    assert find("Atlantis") is None
    assert len({one.address for one in municipalities()}) == 289  # Habo and Håbo share theirs


def test_the_table_agrees_with_the_one_that_readers_use() -> None:
    from samsyn.evidence.readers.places import register

    theirs = {
        (one.code, one.name, one.county)
        for one in register()
        if one.level == "municipality" and not one.until
    }

    assert {(one.code, one.name, one.county_code) for one in municipalities()} == theirs
