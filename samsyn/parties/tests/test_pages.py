"""The pages about people: what they show, to whom, and what they answer to bad input."""

import logging
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from samsyn.core import clock
from samsyn.parties import services
from samsyn.parties.models import Appointment, Invitation, Title, User
from samsyn.parties.tests import build

PASSWORD = "fyra-ord-som-ingen-gissar"


def page(name: str, town: build.Town, *more: object) -> str:
    return reverse(f"parties:{name}", args=[town.partnership.slug, *more])


def sign_in(client: Client, actor: object) -> User:
    user = build.user_of(actor)  # type: ignore[arg-type]
    client.force_login(user)
    return user


def link_in_mail() -> str:
    return next(line for line in mail.outbox[-1].body.splitlines() if "/konto/inbjudan/" in line)


def main_part(answer: Any) -> str:
    return str(answer.content.decode().split("<main")[1].split("</main>")[0])


@pytest.fixture
def invited(client: Client, town: build.Town) -> str:
    """The path of an invitation that the chair sent to a newcomer."""
    sign_in(client, town.chair)
    client.post(
        page("invite", town, town.municipality.pk),
        {"email": "Ny@granvik.example", "title": Title.ANALYST, "language": "sv"},
    )
    client.logout()
    return link_in_mail().split("8000", 1)[1]


def test_people_sees_ones_own_party_only(client: Client, town: build.Town) -> None:
    sign_in(client, town.auditor)

    shown = client.get(page("people", town)).content.decode()

    assert build.user_of(town.coordinator).name in shown
    assert build.user_of(town.officer).name not in shown
    assert page("invite", town, town.municipality.pk) not in shown


@pytest.mark.parametrize("who", ["coordinator", "owner", "auditor"])
def test_inviting_is_refused_to_those_who_may_not(client: Client, town: build.Town, who: str) -> None:
    sign_in(client, town.actors()[who])

    assert client.get(page("invite", town, town.municipality.pk)).status_code == 403


def test_an_invitation_is_mailed_with_the_configured_address(
    client: Client, town: build.Town, settings: object
) -> None:
    settings.ORIGIN = "https://samsyn.example"  # type: ignore[attr-defined]
    sign_in(client, town.chair)

    answer = client.post(
        page("invite", town, town.municipality.pk),
        {"email": "ny@granvik.example", "title": Title.ANALYST, "language": "en"},
        headers={"X-Forwarded-Host": "evil.example"},
    )

    assert answer.status_code == 302
    assert link_in_mail().startswith("https://samsyn.example/konto/inbjudan/")
    assert "You are invited" in mail.outbox[-1].body and "evil" not in mail.outbox[-1].body


def test_a_wrong_address_is_said_and_kept(client: Client, town: build.Town) -> None:
    sign_in(client, town.chair)

    answer = client.post(
        page("invite", town, town.municipality.pk),
        {"email": "ny@", "title": Title.ANALYST, "language": "sv"},
    )

    assert answer.status_code == 422 and 'value="ny@"' in answer.content.decode() and not mail.outbox


def test_inviting_answers_alike_whether_the_address_has_an_account(client: Client, town: build.Town) -> None:
    sign_in(client, town.chair)
    bodies = []
    for email in (build.user_of(town.outsider).email, "okand@x.example"):
        answer = client.post(
            page("invite", town, town.municipality.pk),
            {"email": email, "title": Title.ANALYST, "language": "sv"},
            follow=True,
        )
        said = answer.content.decode().split('role="status"')[1].split("</div>")[0]
        bodies.append(said.replace(email, "…"))
        Invitation.objects.get(email=email)

    assert bodies[0] == bodies[1]


def test_opening_the_link_changes_nothing(client: Client, town: build.Town, invited: str) -> None:
    for _ in range(3):
        assert client.get(invited).status_code == 200

    assert (
        Invitation.objects.get().is_waiting and not User.objects.filter(email="ny@granvik.example").exists()
    )


def test_the_button_makes_the_account_and_signs_in(client: Client, town: build.Town, invited: str) -> None:
    answer = client.post(invited, {"name": "Nils Ny", "password": PASSWORD})

    assert answer.status_code == 302 and answer["Location"] == "/arbete/"
    assert client.get("/konto/").status_code == 200
    user = User.objects.get(email="ny@granvik.example")
    assert user.name == "Nils Ny" and Appointment.objects.get(user=user).title == Title.ANALYST


def test_used_unknown_withdrawn_and_old_links_answer_alike(
    client: Client, town: build.Town, invited: str
) -> None:
    with clock.at(clock.now() + timedelta(days=8)):
        old = client.get(invited)
    client.post(invited, {"name": "Nils Ny", "password": PASSWORD})
    other = Client()

    answers = [old, other.get(invited), other.get("/konto/inbjudan/finns-inte/")]
    again = other.post(invited, {"name": "Tjuv", "password": PASSWORD})

    assert {answer.status_code for answer in [*answers, again]} == {404}
    assert len({main_part(answer) for answer in answers}) == 1
    assert User.objects.get(email="ny@granvik.example").name == "Nils Ny"


def test_a_short_password_is_refused_and_the_name_kept(
    client: Client, town: build.Town, invited: str
) -> None:
    answer = client.post(invited, {"name": "Nils Ny", "password": "kort"})

    assert answer.status_code == 422 and "Nils Ny" in answer.content.decode()
    assert 'value="kort"' not in answer.content.decode()


def test_whoever_has_an_account_signs_in_to_accept(client: Client, town: build.Town) -> None:
    services.invite(
        town.municipality,
        email=build.user_of(town.outsider).email,
        title=Title.ANALYST,
        partnership=town.partnership,
        by=town.chair,
    )
    path = reverse("parties:invitation", args=[Invitation.objects.get().token])

    before = client.get(path).content.decode()
    refused = client.post(path)
    user = sign_in(client, town.outsider)
    key = client.session.session_key
    accepted = client.post(path)

    assert 'name="password"' not in before and reverse("account_login") in before
    assert refused.status_code == 409
    assert accepted.status_code == 302 and Appointment.objects.filter(user=user).count() == 2
    assert client.get("/konto/").status_code == 200 and client.session.session_key != key


def test_ending_a_title_signs_the_person_out_everywhere(client: Client, town: build.Town) -> None:
    theirs = Client()
    sign_in(theirs, town.coordinator)
    appointment = Appointment.objects.get(user=town.coordinator.user_id)
    sign_in(client, town.chair)

    answer = client.post(page("end", town, appointment.pk), {"last_day": clock.today()})

    assert answer.status_code == 302
    assert theirs.get("/konto/").status_code == 302  # to sign in


def test_a_title_that_ended_yesterday_opens_nothing(client: Client, town: build.Town) -> None:
    appointment = Appointment.objects.get(user=town.coordinator.user_id)
    services.end_appointment(appointment, last_day=clock.today() - timedelta(days=1), by=town.chair)
    sign_in(client, town.coordinator)

    assert client.get(page("people", town)).status_code == 404


def test_a_new_title_ends_earlier_sessions(client: Client, town: build.Town) -> None:
    user = sign_in(client, town.coordinator)

    services.appoint(town.municipality, email=user.email, title=Title.CHAIR, by=town.administrator)

    assert client.get("/konto/").status_code == 302


@pytest.mark.parametrize("who", ["officer", "chief", "coordinator"])
def test_ending_a_title_of_others_is_refused(client: Client, town: build.Town, who: str) -> None:
    appointment = Appointment.objects.get(user=town.auditor.user_id)
    sign_in(client, town.actors()[who])

    answer = client.post(page("end", town, appointment.pk), {"last_day": clock.today()})

    assert answer.status_code == (403 if who == "coordinator" else 404)
    appointment.refresh_from_db()
    assert appointment.last_day is None


def test_the_last_one_who_may_invite_stays(client: Client, town: build.Town) -> None:
    sign_in(client, town.chief)
    appointment = Appointment.objects.get(user=town.chief.user_id)

    answer = client.post(page("end", town, appointment.pk), {"last_day": clock.today()})

    assert answer.status_code == 422
    appointment.refresh_from_db()
    assert appointment.last_day is None


def test_an_invitation_is_withdrawn_after_confirming(client: Client, town: build.Town, invited: str) -> None:
    sign_in(client, town.administrator)
    path = page("revoke", town, Invitation.objects.get().pk)

    assert client.get(path).status_code == 200 and Invitation.objects.get().is_waiting
    assert client.post(path).status_code == 302
    assert client.get(invited).status_code == 404


@pytest.mark.parametrize(("who", "status"), [("coordinator", 403), ("chief", 404), ("officer", 404)])
def test_others_do_not_withdraw_it(
    client: Client, town: build.Town, invited: str, who: str, status: int
) -> None:
    sign_in(client, town.actors()[who])

    assert client.post(page("revoke", town, Invitation.objects.get().pk)).status_code == status
    assert Invitation.objects.get().is_waiting


def test_work_opens_at_once_for_whoever_has_one_partnership(client: Client, town: build.Town) -> None:
    sign_in(client, town.coordinator)

    assert client.get("/arbete/")["Location"] == "/arbete/granvik/"


def test_whoever_has_several_chooses(client: Client, town: build.Town) -> None:
    sign_in(client, town.officer)

    shown = client.get("/arbete/").content.decode()
    answer = client.post("/arbete/", {"partnership": "tallnas", "party": town.police.pk})

    assert "granvik" in shown and "tallnas" in shown and answer["Location"] == "/arbete/tallnas/"
    assert client.post("/arbete/", {"partnership": "x", "party": town.stranger.pk}).status_code == 404


def test_without_a_title_the_page_says_what_to_do(client: Client, town: build.Town) -> None:
    client.force_login(User.objects.create(email="ledig@x.example"))

    answer = client.get("/arbete/")

    assert answer.status_code == 200 and "<h1>" in answer.content.decode()


@pytest.mark.parametrize("path", ["/arbete/", "/konto/", "/konto/sessioner/", "/arbete/granvik/manniskor/"])
def test_pages_about_oneself_need_a_sign_in(client: Client, town: build.Town, path: str) -> None:
    assert reverse("account_login") in client.get(path)["Location"]


def test_no_log_line_holds_the_secret_of_a_link(
    client: Client, town: build.Town, invited: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = invited.rstrip("/").rsplit("/", 1)[1]
    (handler,) = [one for one in logging.getLogger().handlers if type(one) is logging.StreamHandler]
    monkeypatch.setattr(handler, "stream", StringIO())

    client.post(invited, {"name": "", "password": ""})
    client.get(f"/start/{token}/")

    logged = handler.stream.getvalue()
    assert "/konto/inbjudan/" in logged and "/start/" in logged and token not in logged
