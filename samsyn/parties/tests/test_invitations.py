"""Who may invite whom, and what a link is good for."""

from datetime import timedelta

import pytest

from samsyn.core import clock
from samsyn.core.actors import SYSTEM, Actor, Kind
from samsyn.core.errors import DomainError, Invalid, Missing, NotAllowed, Refused
from samsyn.core.journal import Entry
from samsyn.parties import queries, services
from samsyn.parties.models import Appointment, Invitation, Organisation, Partnership, Title, User
from samsyn.parties.tests import build

PASSWORD = "fyra-ord-som-ingen-gissar"


def invite(town: build.Town, by: Actor, **changes: object) -> Invitation:
    arguments = {"email": "ny@granvik.example", "title": Title.ANALYST, "partnership": town.partnership}
    return services.invite(town.municipality, by=by, **(arguments | changes))  # type: ignore[arg-type]


def link(invitation: Invitation, user: User | None = None) -> Actor:
    return Actor(Kind.LINK, user_id=user.pk if user else None, object_id=invitation.pk)


@pytest.mark.parametrize("who", ["chair", "administrator"])
def test_approver_and_administrator_invite_to_their_own_party(town: build.Town, who: str) -> None:
    invitation = invite(town, town.actors()[who])

    appointment = services.accept_invitation(invitation, by=link(invitation), name="Ny", password=PASSWORD)

    assert appointment.user.email == "ny@granvik.example" and appointment.user.check_password(PASSWORD)
    assert appointment.first_day == clock.today() and appointment.partnership == town.partnership


@pytest.mark.parametrize("who", ["coordinator", "owner", "auditor", "officer", "chief"])
def test_nobody_else_invites_to_the_municipality(town: build.Town, who: str) -> None:
    with pytest.raises(DomainError):
        invite(town, town.actors()[who])

    assert not Invitation.objects.exists()


def test_the_other_party_is_not_the_administrators_to_fill(town: build.Town) -> None:
    with pytest.raises(NotAllowed):
        services.invite(
            town.police,
            email="jag@mail.example",
            title=Title.AREA_CHIEF,
            partnership=town.partnership,
            by=town.administrator,
        )


@pytest.fixture
def empty_police(town: build.Town) -> tuple[Organisation, Partnership]:
    """A partnership of the municipality with a police area where nobody has a title yet."""
    police = services.found_organisation(
        "Lokalpolisområde Nord", kind=Organisation.Kind.LOCAL_POLICE_AREA, by=SYSTEM
    )
    partnership = services.found_partnership(
        "Granviks kommun och lokalpolisområde Nord",
        slug="granvik-nord",
        municipality_code="9902",
        parties=[town.municipality, police],
        by=SYSTEM,
    )
    return police, partnership


def first(town: build.Town, empty: tuple[Organisation, Partnership], email: str, title: Title) -> Invitation:
    police, partnership = empty
    administrator = queries.member(
        build.user_of(town.administrator), party=town.municipality, partnership=partnership
    )
    return services.invite(police, email=email, title=title, partnership=partnership, by=administrator)


def test_the_administrator_sends_another_party_its_first_invitation_only(
    town: build.Town, empty_police: tuple[Organisation, Partnership]
) -> None:
    invitation = first(town, empty_police, "chef@polisen.example", Title.AREA_CHIEF)
    with pytest.raises(NotAllowed):  # while it waits
        first(town, empty_police, "jag@mail.example", Title.AREA_CHIEF)
    services.accept_invitation(invitation, by=link(invitation), name="Chef", password=PASSWORD)
    with pytest.raises(NotAllowed):
        first(town, empty_police, "jag@mail.example", Title.AREA_CHIEF)
    chief = Appointment.objects.get(organisation=empty_police[0])
    services.end_appointment(chief, last_day=clock.today() - timedelta(days=1), by=SYSTEM)

    with pytest.raises(NotAllowed):  # also when they have all left
        first(town, empty_police, "jag@mail.example", Title.AREA_CHIEF)


def test_the_first_invitation_can_be_withdrawn_by_its_sender_and_sent_anew(
    town: build.Town, empty_police: tuple[Organisation, Partnership]
) -> None:
    wrong = first(town, empty_police, "fel@polisen.example", Title.AREA_CHIEF)

    services.revoke_invitation(wrong, by=town.administrator)

    assert first(town, empty_police, "chef@polisen.example", Title.AREA_CHIEF).is_waiting
    with pytest.raises(Missing):
        services.accept_invitation(wrong, by=link(wrong), name="Fel", password=PASSWORD)


def test_nobody_of_the_municipality_is_invited_behind_the_wall(
    town: build.Town, empty_police: tuple[Organisation, Partnership]
) -> None:
    for actor in (town.administrator, town.coordinator):
        with pytest.raises((Refused, Invalid)):
            first(town, empty_police, build.user_of(actor).email, Title.AREA_CHIEF)


def test_the_first_one_of_a_party_can_invite_the_others(
    town: build.Town, empty_police: tuple[Organisation, Partnership]
) -> None:
    with pytest.raises(Invalid):
        first(town, empty_police, "kommunpolis@polisen.example", Title.KOMMUNPOLIS)


def test_nobody_gives_themself_a_title(town: build.Town) -> None:
    with pytest.raises(Refused):
        invite(town, town.administrator, email=build.user_of(town.administrator).email)


def test_a_title_of_the_other_party_is_not_on_offer(town: build.Town) -> None:
    with pytest.raises(Invalid):
        invite(town, town.chair, title=Title.KOMMUNPOLIS)


def test_a_title_in_all_partnerships_is_not_given_from_within_one(town: build.Town) -> None:
    with pytest.raises(NotAllowed):
        invite(town, town.chair, partnership=None)


def test_an_invitation_works_once(town: build.Town) -> None:
    invitation = invite(town, town.chair)
    services.accept_invitation(invitation, by=link(invitation), name="Ny", password=PASSWORD)

    with pytest.raises(Missing):
        services.accept_invitation(invitation, by=link(invitation), name="Ny", password=PASSWORD)

    assert Appointment.objects.filter(user__email="ny@granvik.example").count() == 1


def test_an_invitation_ends_after_seven_days(town: build.Town) -> None:
    invitation = invite(town, town.chair)

    with clock.at(clock.now() + timedelta(days=7)), pytest.raises(Missing):
        services.accept_invitation(invitation, by=link(invitation), name="Ny", password=PASSWORD)


def test_a_link_opens_its_own_invitation_only(town: build.Town) -> None:
    one, other = invite(town, town.chair), invite(town, town.chair, email="annan@granvik.example")

    with pytest.raises(Missing):
        services.accept_invitation(other, by=link(one), name="Ny", password=PASSWORD)


def test_a_forwarded_link_gives_nobody_elses_account_a_title(town: build.Town) -> None:
    known = build.user_of(town.outsider)
    invitation = invite(town, town.chair, email=known.email)

    for by in (link(invitation), link(invitation, build.user_of(town.officer))):
        with pytest.raises(Refused):
            services.accept_invitation(invitation, by=by, name="Tjuv", password=PASSWORD)
    services.accept_invitation(invitation, by=link(invitation, known))

    known.refresh_from_db()
    assert known.check_password(build.PASSWORD) and known.name != "Tjuv"


def test_neither_database_nor_journal_holds_the_token_or_the_address(town: build.Town) -> None:
    invitation = invite(town, town.chair)

    stored = {str(value) for value in Invitation.objects.filter(pk=invitation.pk).values()[0].values()}
    entry = Entry.objects.get(command="parties.invite")

    assert len(invitation.token) >= 43 and invitation.token not in stored
    assert "@" not in str(entry.facts) + str(entry.changes)
    assert entry.chain == town.municipality.pk


def test_a_weak_password_leaves_the_invitation_waiting(town: build.Town) -> None:
    invitation = invite(town, town.chair)

    with pytest.raises(Invalid) as refused:
        services.accept_invitation(invitation, by=link(invitation), name="Ny", password="kort")

    assert refused.value.field == "password"
    assert Invitation.objects.get().is_waiting and not User.objects.filter(email=invitation.email).exists()


def test_the_other_party_does_not_see_whom_one_invites(town: build.Town) -> None:
    invite(town, town.chair)

    assert not Invitation.objects.visible_to(town.chief).exists()
    assert Invitation.objects.visible_to(town.coordinator).count() == 1


def test_revoking_is_for_those_who_may_invite(town: build.Town) -> None:
    invitation = invite(town, town.chair)
    for by in (town.coordinator, town.auditor, town.chief):
        with pytest.raises(DomainError):
            services.revoke_invitation(invitation, by=by)

    services.revoke_invitation(invitation, by=town.chair)

    assert not Invitation.objects.get().is_waiting
