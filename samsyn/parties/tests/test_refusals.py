"""What the commands about people and parties refuse, and that nothing is saved then."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from django.test import RequestFactory

from samsyn.core import clock
from samsyn.core.actors import SYSTEM, Actor, Kind
from samsyn.core.errors import Invalid, Missing, Refused
from samsyn.parties import services
from samsyn.parties.models import Appointment, Invitation, Organisation, Partnership, Title, User
from samsyn.parties.municipalities import find
from samsyn.parties.queries import Member
from samsyn.parties.tests import build
from samsyn.parties.views import account, start

PASSWORD = "fyra-ord-som-ingen-gissar"


def invited(town: build.Town) -> Invitation:
    return services.invite(
        town.municipality,
        email="ny@granvik.example",
        title=Title.ANALYST,
        partnership=town.partnership,
        by=town.chair,
    )


def test_nobody_is_without_a_name(town: build.Town) -> None:
    user, invitation = build.user_of(town.coordinator), invited(town)
    link = Actor(Kind.LINK, object_id=invitation.pk)

    with pytest.raises(Invalid, match="Write your name") as changed:
        services.change_account(name="  ", language="en", by=town.coordinator)
    with pytest.raises(Invalid, match="Write your name") as accepted:
        services.accept_invitation(invitation, by=link, name="  ", password=PASSWORD)

    assert (changed.value.field, accepted.value.field) == ("name", "name")
    assert build.user_of(town.coordinator).language == user.language
    assert Invitation.objects.get().is_waiting and not User.objects.filter(email=invitation.email).exists()


def test_an_accepted_invitation_is_not_withdrawn(town: build.Town) -> None:
    invitation = invited(town)
    link = Actor(Kind.LINK, object_id=invitation.pk)
    services.accept_invitation(invitation, by=link, name="Ny", password=PASSWORD)

    with pytest.raises(Refused, match="accepted already"):
        services.revoke_invitation(invitation, by=town.chair)

    assert Invitation.objects.get().revoked_at is None


def test_a_title_that_ends_is_not_made_longer(town: build.Town) -> None:
    appointment = Appointment.objects.get(user=town.owner.user_id)
    last = clock.today() + timedelta(days=30)
    services.end_appointment(appointment, last_day=last, by=town.chair)

    with pytest.raises(Invalid, match="ends earlier already") as refused:
        services.end_appointment(appointment, last_day=last + timedelta(days=1), by=town.chair)

    assert refused.value.field == "last_day"
    assert Appointment.objects.get(pk=appointment.pk).last_day == last


def test_a_web_address_is_one(town: build.Town) -> None:
    with pytest.raises(Invalid, match="web address") as refused:
        services.found_organisation(
            "Granviks bostäder", kind=Organisation.Kind.HOUSING, web="javascript:alert(1)", by=SYSTEM
        )

    assert refused.value.field == "web"
    assert not Organisation.objects.filter(kind=Organisation.Kind.HOUSING).exists()


def test_an_installation_is_set_up_once(town: build.Town) -> None:
    municipality, before = find("2480"), Partnership.objects.count()
    assert municipality

    with pytest.raises(Missing):
        services.set_up(
            municipality,
            police_name="Lokalpolisområde Umeå",
            slug="umea",
            deciding_body="Kommunstyrelsen",
            administrator=services.Administrator("Ada", "ada@umea.example", PASSWORD),
            by=SYSTEM,
        )

    assert Partnership.objects.count() == before


def test_a_member_is_somebody(town: build.Town) -> None:
    nobody = Member(Kind.USER, user_id=None, party_id=town.municipality.pk, partnership_id=uuid4())

    with pytest.raises(TypeError, match="is somebody"):
        nobody.renewed()


@pytest.mark.parametrize("view", [account.account, account.sessions, start.choose])
def test_pages_about_oneself_are_for_our_own_accounts(rf: RequestFactory, view: Any) -> None:
    request: Any = rf.get("/konto/")
    request.user = SimpleNamespace(is_authenticated=True)

    with pytest.raises(Missing):
        view(request)
