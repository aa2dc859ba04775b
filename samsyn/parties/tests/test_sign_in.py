"""Signing in and out: closed, throttled, equal answers, second factors, sessions."""

import re
from collections.abc import Iterator
from statistics import median
from time import perf_counter
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from allauth.usersessions.models import UserSession
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import get_resolver, reverse

from samsyn.parties.models import User
from samsyn.parties.tests import build

LOGIN = "/konto/logga-in/"
RESET = "/konto/losenord/glomt/"
TOKEN = re.compile(r'csrfmiddlewaretoken" value="\w+"')
NEW = "fem-andra-ord-som-ingen-vet"


@pytest.fixture(autouse=True)
def fresh_counts() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def user(town: build.Town) -> User:
    return build.user_of(town.coordinator)


def sign_in(client: Client, user: User, password: str = build.PASSWORD, **more: Any) -> Any:
    return client.post(LOGIN, {"login": user.email, "password": password}, **more)


def main_part(answer: Any) -> str:
    return str(answer.content.decode().split("<main")[1].split("</main>")[0])


def test_the_right_password_opens_work_and_changes_the_session_key(client: Client, user: User) -> None:
    client.get(LOGIN)
    session = client.session
    session["planted"] = True
    session.save()
    before = session.session_key

    answer = sign_in(client, user)

    assert answer["Location"] == "/arbete/" and client.session.session_key != before
    assert client.cookies["language"].value == "sv" or client.get("/konto/").cookies["language"].value == "sv"


def test_wrong_password_and_unknown_address_answer_alike(client: Client, user: User) -> None:
    wrong = sign_in(client, user, "fel-losenord-har")
    unknown = client.post(LOGIN, {"login": "ingen@x.example", "password": "fel-losenord-har"})

    said = [main_part(wrong).replace(user.email, "…"), main_part(unknown).replace("ingen@x.example", "…")]
    assert wrong.status_code == unknown.status_code == 422
    assert TOKEN.sub("", said[0]) == TOKEN.sub("", said[1])


def test_many_tries_are_stopped_whatever_address_a_client_claims(client: Client, user: User) -> None:
    answers = [
        sign_in(client, user, "fel-losenord-har", headers={"X-Forwarded-For": f"10.0.0.{number}"})
        for number in range(40)
    ]

    assert answers[-1].status_code == 429 and "<main" in answers[-1].content.decode()
    assert sign_in(client, user).status_code == 429


def test_behind_a_trusted_proxy_each_client_is_counted_alone(
    client: Client, user: User, settings: Any
) -> None:
    settings.TRUSTED_PROXIES = 1
    for _ in range(31):
        sign_in(client, user, "fel-losenord-har", headers={"X-Forwarded-For": "6.6.6.6, 10.0.0.1"})

    other = client.get(LOGIN, headers={"X-Forwarded-For": "10.0.0.2"})
    forged = sign_in(client, user, headers={"X-Forwarded-For": "10.0.0.2, 10.0.0.1"})

    assert other.status_code == 200 and forged.status_code == 429


def test_a_forgotten_password_is_reset_by_mail_to_the_configured_address(
    client: Client, user: User, settings: Any
) -> None:
    settings.ORIGIN = "https://samsyn.example"
    theirs = Client()
    sign_in(theirs, user)

    answer = client.post(RESET, {"email": user.email}, headers={"X-Forwarded-Host": "evil.example"})

    link = next(line for line in mail.outbox[0].body.splitlines() if line.startswith("http"))
    assert answer.status_code == 302 and link.startswith("https://samsyn.example/konto/losenord/nytt/")
    form = client.get(link.removeprefix("https://samsyn.example"))["Location"]
    assert client.post(form, {"password1": "kort", "password2": "kort"}).status_code == 422
    assert client.post(form, {"password1": NEW, "password2": NEW}).status_code == 302
    user.refresh_from_db()
    assert user.check_password(NEW) and theirs.get("/konto/").status_code == 302  # signed out there


def test_reset_answers_alike_and_mails_both(client: Client, user: User) -> None:
    known = client.post(RESET, {"email": user.email}, follow=True)
    unknown = client.post(RESET, {"email": "ingen@x.example"}, follow=True)

    assert main_part(known) == main_part(unknown) and len(mail.outbox) == 2
    assert "/konto/losenord/nytt/" not in mail.outbox[1].body


def test_a_foreign_host_is_refused(client: Client, user: User) -> None:
    assert client.post(RESET, {"email": user.email}, headers={"Host": "evil.example"}).status_code == 400
    assert not mail.outbox


@pytest.mark.slow
def test_known_and_unknown_addresses_take_the_same_time(client: Client, user: User, settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    user.set_password(build.PASSWORD)
    user.save()

    def times(email: str) -> list[float]:
        found = []
        for _ in range(9):
            cache.clear()
            begun = perf_counter()
            client.post(LOGIN, {"login": email, "password": "fel-losenord-har"})
            found.append(perf_counter() - begun)
        return found

    times(user.email)
    known, unknown = median(times(user.email)), median(times("ingen@x.example"))

    assert abs(known - unknown) < 0.4 * max(
        known, unknown
    )  # without a dummy hash the unknown one is 10× faster


def test_nobody_signs_up(client: Client, db: None) -> None:
    answer = client.post(
        "/konto/registrera/", {"email": "tjuv@x.example", "password1": NEW, "password2": NEW}
    )

    assert "<form" not in main_part(answer) and not User.objects.exists()


def test_signing_out_needs_the_button(client: Client, user: User) -> None:
    client.force_login(user)

    assert client.get("/konto/logga-ut/").status_code == 200 and client.get("/konto/").status_code == 200
    client.post("/konto/logga-ut/")
    assert client.get("/konto/").status_code == 302


def test_a_sign_in_leads_to_own_pages_only(client: Client, user: User) -> None:
    answer = sign_in(client, user, QUERY_STRING="next=//evil.example/")

    assert answer["Location"] == "/arbete/"


def set_up_app(client: Client, user: User) -> str:
    sign_in(client, user)
    confirm = client.get("/konto/faktor/app/")["Location"]
    assert client.post(confirm, {"password": "fel-losenord-har"}).status_code == 422
    assert client.post(confirm, {"password": build.PASSWORD})["Location"] == "/konto/faktor/app/"
    client.get("/konto/faktor/app/")
    secret = str(client.session["mfa.totp.secret"])
    assert client.post("/konto/faktor/app/", {"code": code_of(secret)}).status_code == 302
    return secret


def code_of(secret: str) -> str:
    return str(
        totp.format_hotp_value(totp.hotp_value(secret, next(iter(totp.yield_hotp_counters_from_time()))))
    )


def test_the_app_is_asked_for_from_then_on(client: Client, user: User) -> None:
    secret = set_up_app(client, user)
    cache.clear()  # a code works once
    other = Client()

    first = sign_in(other, user)
    before = other.session.session_key
    wrong = other.post(first["Location"], {"code": "000000"})
    assert other.get("/konto/").status_code == 302
    right = other.post(first["Location"], {"code": code_of(secret)})

    assert first["Location"] == "/konto/faktor/logga-in/" and wrong.status_code == 422
    assert right["Location"] == "/arbete/" and other.session.session_key != before
    assert secret not in str(Authenticator.objects.get(type="totp").data)  # sealed in the database


def test_recovery_codes_are_there_and_sign_in_once(client: Client, user: User) -> None:
    set_up_app(client, user)
    code = client.get("/konto/faktor/koder/fil/").content.decode().split()[0]
    other = Client()

    answers = []
    for _ in range(2):
        sign_in(other, user)
        answers.append(other.post("/konto/faktor/logga-in/", {"code": code}).status_code)
        other.post("/konto/logga-ut/")

    assert answers == [302, 422]


def test_work_waits_for_the_second_factor_where_it_is_required(
    client: Client, user: User, settings: Any
) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    sign_in(client, user)

    assert client.get("/arbete/granvik/manniskor/")["Location"] == "/konto/faktor/"
    set_up_app(client, user)
    assert client.get("/arbete/granvik/manniskor/").status_code == 200


def test_readers_need_none(client: Client, town: build.Town, settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    client.force_login(build.user_of(town.auditor))

    assert client.get("/arbete/granvik/manniskor/").status_code == 200


def test_sessions_are_listed_and_ended_one_by_one(client: Client, user: User) -> None:
    theirs = Client(headers={"User-Agent": "En glömd dator"})
    sign_in(theirs, user)
    sign_in(client, user)
    forgotten = UserSession.objects.get(user_agent="En glömd dator")

    assert "En glömd dator" in client.get("/konto/sessioner/").content.decode()
    client.post(f"/konto/sessioner/{forgotten.pk}/avsluta/")

    assert theirs.get("/konto/").status_code == 302 and client.get("/konto/").status_code == 200


def test_all_others_are_ended_at_once(client: Client, user: User) -> None:
    theirs = Client()
    sign_in(theirs, user)
    sign_in(client, user)

    client.post("/konto/sessioner/avsluta-andra/")

    assert theirs.get("/konto/").status_code == 302 and client.get("/konto/").status_code == 200


def test_other_peoples_sessions_are_not_there(client: Client, town: build.Town, user: User) -> None:
    theirs = Client()
    sign_in(theirs, build.user_of(town.officer))
    sign_in(client, user)

    answer = client.post(f"/konto/sessioner/{UserSession.objects.exclude(user=user).get().pk}/avsluta/")

    assert answer.status_code == 404 and theirs.get("/konto/").status_code == 200


def test_name_and_language_are_ones_own_to_change(client: Client, user: User) -> None:
    client.force_login(user)

    answer = client.post("/konto/", {"name": "Åsa Lind", "language": "en"}, follow=True)

    assert client.cookies["language"].value == "en" and "Saved." in answer.content.decode()
    user.refresh_from_db()
    assert (user.name, user.language) == ("Åsa Lind", "en")
    assert client.post("/konto/", {"name": " ", "language": "xx"}).status_code == 422


def test_the_password_is_changed_with_the_old_one(client: Client, user: User) -> None:
    sign_in(client, user)

    wrong = client.post("/konto/losenord/", {"oldpassword": "x", "password1": NEW, "password2": NEW})
    right = client.post(
        "/konto/losenord/", {"oldpassword": build.PASSWORD, "password1": NEW, "password2": NEW}
    )

    assert wrong.status_code == 422 and right.status_code == 302


OWN = [
    "/konto/",
    "/konto/losenord/",
    "/konto/sessioner/",
    "/konto/faktor/",
    "/konto/faktor/app/",
    "/konto/faktor/nycklar/",
    "/konto/faktor/nycklar/ny/",
    "/konto/faktor/koder/nya/",
]
OPEN = [
    LOGIN,
    RESET,
    "/konto/losenord/glomt/skickat/",
    "/konto/losenord/nytt/klart/",
    "/konto/registrera/",
    "/konto/inaktivt/",
]


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("path", OPEN + OWN)
def test_every_page_has_one_heading_and_no_inline_script(
    client: Client, user: User, path: str, language: str
) -> None:
    if path in OWN:
        sign_in(client, user)
    client.cookies["language"] = language

    answer = client.get(path, follow=True)

    shown = answer.content.decode()
    assert answer.status_code == 200 and shown.count("<h1") == 1 and f'lang="{language}"' in shown
    assert not re.search(r"<script(?![^>]*(src=|application/json))|\son\w+=\"|\sstyle=\"", shown)


@pytest.mark.parametrize("path", OWN)
def test_own_pages_need_a_sign_in(client: Client, db: None, path: str) -> None:
    assert client.get(path)["Location"].startswith(LOGIN)


def test_every_address_of_the_room_says_whom_it_is_for(db: None) -> None:
    from samsyn.parties import account_urls, urls

    for pattern in (*account_urls.urlpatterns, *urls.urlpatterns):
        assert hasattr(pattern.callback, "access"), pattern
    assert get_resolver() and reverse("account_login") == LOGIN
