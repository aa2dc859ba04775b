"""Sign-in by the organisation's own service: invited people only, matched by the address it has verified."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any
from urllib.request import HTTPRedirectHandler, build_opener

import pytest
from django.test import Client

from samsyn.parties import services
from samsyn.parties.models import Invitation, Title, User
from samsyn.parties.tests import build
from samsyn.parties.tests.provider import CLIENT_ID, SECRET, Provider, serving


@pytest.fixture
def provider(settings: Any) -> Iterator[Provider]:
    with serving(Provider()) as running:
        app = {
            "provider_id": "oidc",
            "name": "Granviks inloggning",
            "client_id": CLIENT_ID,
            "secret": SECRET,
            "settings": {"server_url": running.origin},
        }
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
        yield running


class Staying(HTTPRedirectHandler):
    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


def to_provider(client: Client, query: str = "") -> str:
    """Press the button, read the page in between, and let the provider send one back. The path with the code."""
    page = client.post(f"/konto/tjanst/oidc/logga-in/{query}").content.decode()
    (address,) = re.findall(r'http-equiv="refresh" content="0;url=([^"]+)"', page)
    try:
        build_opener(Staying).open(unescape(address))
    except OSError as answer:  # urllib tells of a redirect that it does not follow as an error
        back = str(answer.headers["Location"])  # type: ignore[attr-defined]
        answer.close()  # type: ignore[attr-defined]
        return back.removeprefix("http://testserver")
    raise AssertionError("The provider sent nobody back.")


def says(provider: Provider, email: str, *, verified: bool = True, name: str = "Åsa Lind") -> None:
    provider.claims = {"sub": email, "email": email, "email_verified": verified, "name": name}


def test_an_invited_person_with_an_account_gets_in(
    client: Client, town: build.Town, provider: Provider
) -> None:
    user = build.user_of(town.coordinator)
    says(provider, user.email.upper())

    answer = client.get(to_provider(client))

    assert answer["Location"] == "/arbete/" and client.session["_auth_user_id"] == str(user.pk)
    assert {"/token", "/userinfo"} <= set(provider.hits)


def test_the_same_person_is_known_again_when_the_address_changes(
    client: Client, town: build.Town, provider: Provider
) -> None:
    user = build.user_of(town.coordinator)
    says(provider, user.email)
    client.get(to_provider(client))
    provider.claims["email"] = "nytt.namn@granvik.example"
    later = Client()

    later.get(to_provider(later))

    assert later.session["_auth_user_id"] == str(user.pk)


@pytest.mark.parametrize("verified", [True, False])
def test_strangers_do_not_get_in(
    client: Client, town: build.Town, provider: Provider, verified: bool
) -> None:
    before = User.objects.count()
    says(provider, "okand@granvik.example", verified=verified)

    answer = client.get(to_provider(client))

    assert "_auth_user_id" not in client.session and User.objects.count() == before
    assert "<form" not in answer.content.decode().split("<main")[1].split("</main>")[0]


def test_an_address_that_is_not_verified_opens_nobodys_account(
    client: Client, town: build.Town, provider: Provider
) -> None:
    says(provider, build.user_of(town.chair).email, verified=False)

    client.get(to_provider(client))

    assert "_auth_user_id" not in client.session


def test_an_invited_person_accepts_with_their_own_service(
    client: Client, town: build.Town, provider: Provider
) -> None:
    services.invite(
        town.municipality,
        email="ny@granvik.example",
        title=Title.ANALYST,
        partnership=town.partnership,
        by=town.chair,
    )
    path = f"/konto/inbjudan/{Invitation.objects.get().token}/"
    says(provider, "ny@granvik.example", name="Nils Ny")

    assert "Granviks inloggning" in client.get(path).content.decode()
    back = client.get(to_provider(client, f"?next={path}"))
    assert back["Location"] == path and Invitation.objects.get().is_waiting
    shown = client.get(path).content.decode()
    accepted = client.post(path)

    assert 'name="password"' not in shown and accepted.status_code == 302
    user = User.objects.get(email="ny@granvik.example")
    assert user.name == "Nils Ny" and not user.has_usable_password() and user.appointments.count() == 1


def test_an_answer_works_once_and_only_where_it_was_asked_for(
    client: Client, town: build.Town, provider: Provider
) -> None:
    says(provider, build.user_of(town.coordinator).email)
    back = to_provider(client)

    stolen = Client()
    stolen.get(back)
    client.get(back)
    client.post("/konto/logga-ut/")
    client.get(back)

    assert "_auth_user_id" not in stolen.session and "_auth_user_id" not in client.session


def test_a_closed_account_stays_closed(client: Client, town: build.Town, provider: Provider) -> None:
    user = build.user_of(town.coordinator)
    User.objects.filter(pk=user.pk).update(is_active=False)
    says(provider, user.email)

    client.get(to_provider(client))

    assert "_auth_user_id" not in client.session


def test_the_provider_answers_for_the_second_factor(
    client: Client, town: build.Town, provider: Provider, settings: Any
) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    says(provider, build.user_of(town.coordinator).email)
    client.get(to_provider(client))

    assert client.get("/arbete/granvik/manniskor/").status_code == 200


def test_without_a_provider_there_is_no_such_address(client: Client, db: None) -> None:
    assert client.post("/konto/tjanst/oidc/logga-in/").status_code == 404
