"""What a person meets when the answer is no: a page, a fragment or JSON, always a full sentence."""

from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from samsyn.config.urls import urlpatterns as real
from samsyn.core import errors
from samsyn.core.web import public
from samsyn.parties.tests import build

ERRORS = {
    403: errors.NotAllowed(),
    404: errors.Missing(),
    409: errors.Refused("The picture is adopted already."),
    422: errors.Invalid("The day is in the past.", field="day"),
    429: errors.TooMany(),
}
WRITTEN = "Gångvägen vid skolan känns otrygg på kvällen."


@public
def refuses(request: HttpRequest, status: int, **_path: Any) -> HttpResponse:
    if status == 500:
        raise ZeroDivisionError
    if status == 410:
        raise errors.Outdated("Det som kollegan skrev.")
    raise ERRORS[status]


urlpatterns = [
    path("arbete/<slug:partnership>/prov/<int:status>/", refuses),
    path("granvik/prov/<int:status>/", refuses),
    path("en/granvik/prov/<int:status>/", refuses),
    *real,
]
handler400 = "samsyn.core.views.unreadable"
handler403 = "samsyn.core.views.forbidden"
handler404 = "samsyn.core.views.missing"
handler500 = "samsyn.core.views.broken"

pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db]


@pytest.mark.parametrize("status", ERRORS)
@pytest.mark.parametrize("address", ["/arbete/granvik/prov/", "/granvik/prov/", "/en/granvik/prov/"])
def test_every_error_is_a_page_with_one_heading(client: Client, status: int, address: str) -> None:
    answer = client.post(f"{address}{status}/", {"text": WRITTEN})

    page = answer.content.decode()
    assert answer.status_code == status
    assert page.count("<h1>") == 1 and "</html>" in page
    assert f'lang="{"en" if address.startswith("/en/") else "sv"}"' in page


def test_what_was_written_is_shown_again(client: Client) -> None:
    answer = client.post("/arbete/granvik/prov/409/", {"text": WRITTEN, "csrfmiddlewaretoken": "a" * 64})

    assert WRITTEN in answer.content.decode() and "aaaa" not in answer.content.decode()


def test_another_site_cannot_put_words_on_our_pages(client: Client) -> None:
    answer = client.post(
        "/arbete/granvik/prov/409/", {"text": WRITTEN}, headers={"origin": "https://evil.example"}
    )

    assert WRITTEN not in answer.content.decode()


def test_an_outdated_save_shows_both_texts(client: Client) -> None:
    answer = client.post("/arbete/granvik/prov/410/", {"text": WRITTEN})

    assert answer.status_code == 409
    assert WRITTEN in answer.content.decode() and "Det som kollegan skrev." in answer.content.decode()


def test_htmx_gets_a_fragment_beside_the_page_not_in_the_place_of_the_form(client: Client) -> None:
    answer = client.post("/arbete/granvik/prov/409/", headers={"hx-request": "true"})

    assert (
        "<html" not in answer.content.decode()
        and "The picture is adopted already." in answer.content.decode()
    )
    assert answer.headers["HX-Retarget"] == "#messages"


def test_a_program_gets_json(client: Client) -> None:
    answer = client.get("/granvik/prov/422/", headers={"accept": "application/json"})

    assert answer.json()["error"] == "The day is in the past."


def test_too_many_tries_say_when_to_come_back(client: Client) -> None:
    assert int(client.get("/granvik/prov/429/").headers["Retry-After"]) > 0


def test_a_hidden_page_and_one_that_never_was_answer_byte_for_byte_alike(
    client: Client, town: build.Town
) -> None:
    client.force_login(build.user_of(town.coordinator))

    hidden = client.get("/arbete/granvik/prov/404/")
    never = client.get("/arbete/granvik/finns-inte/")
    elsewhere = client.get("/arbete/tallnas/prov/404/")

    assert hidden.status_code == never.status_code == elsewhere.status_code == 404
    assert hidden.content == never.content == elsewhere.content


def test_the_public_no_sets_no_cookie(client: Client) -> None:
    for status in ERRORS:
        assert not client.get(f"/granvik/prov/{status}/").cookies


def test_a_failure_names_its_number_and_keeps_it_out_of_the_page_what_failed(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    client.raise_request_exception = False

    answer = client.get("/arbete/granvik/prov/500/")

    page = answer.content.decode()
    number = page.split("<strong>")[1].split("<")[0]
    assert answer.status_code == 500 and "ZeroDivisionError" not in page
    assert any(number in record.getMessage() for record in caplog.records)


def test_a_form_without_its_proof_is_refused_and_keeps_the_text() -> None:
    answer = Client(enforce_csrf_checks=True).post("/sprak/", {"language": "en", "text": WRITTEN})

    assert answer.status_code == 403 and WRITTEN in answer.content.decode()


def test_an_address_that_only_takes_forms_says_so(client: Client) -> None:
    answer = client.get("/sprak/")

    assert answer.status_code == 405 and "<h1>" in answer.content.decode()
    assert answer.headers["Allow"] == "POST"


def test_a_redirect_reaches_htmx_as_an_address(client: Client) -> None:
    answer = client.post("/sprak/", {"language": "en", "next": "/arbete/"}, headers={"hx-request": "true"})

    assert answer.status_code == 200 and answer.headers["HX-Redirect"] == "/arbete/"


def test_the_language_is_remembered_and_leads_back_but_never_away(client: Client) -> None:
    answer = client.post("/sprak/", {"language": "en", "next": "https://evil.example/"})

    assert answer.headers["Location"] == "/" and answer.cookies["language"].value == "en"
    assert 'lang="en"' in client.get("/arbete/granvik/prov/409/").content.decode()
    assert "language" not in client.post("/sprak/", {"language": "fi", "next": "/"}).cookies
