"""Requests that no page of ours would send: forged, foreign, oversized, and addresses that lead elsewhere."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory

from samsyn.core import limits, objects
from samsyn.core.errors import Missing
from samsyn.core.middleware import BodyLimit
from samsyn.evidence.models import Upload
from samsyn.parties.tests.build import Town, user_of
from tests.addresses import Address, addresses
from tests.test_role_walk import state
from tests.whole import Whole

HEADERS = {
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
ELSEWHERE = ["//evil.example", "///evil.example", "/\\evil.example", "https://evil.example", "javascript:f()"]
ORACLES = {
    "title__startswith": "a",
    "owner__email__contains": "x",
    "order_by": "password",
    "partnership": "1",
}
HOSTILE = "\"'><script>f()</script>"


def openable() -> list[Address]:
    """Ours, and those of the sign-in that stand alone."""
    return [one for one in addresses() if one.is_ours or not set("<(") & set(one.pattern)]


def test_every_answer_has_its_headers_and_stays_out_of_caches(whole: Whole, client: Client) -> None:
    """Pages, files, redirects and refusals; nothing of a signed-in page is kept, no public page sets a cookie."""
    wrong: list[tuple[str, str]] = []
    for signed_in in (False, True):
        if signed_in:
            client.force_login(user_of(whole.town.coordinator))
        for page in openable():
            answer = client.get(page.path(whole))
            policy = answer.headers.get("Content-Security-Policy", "")
            wrong += [
                (page.name, name) for name, value in HEADERS.items() if answer.headers.get(name) != value
            ]
            if (
                "script-src 'self';" not in policy
                or "frame-ancestors 'none'" not in policy
                or "unsafe" in policy
            ):
                wrong.append((page.name, "policy"))
            if (
                signed_in
                and page.name != "account_logout"
                and "no-store" not in answer.headers["Cache-Control"]
            ):
                wrong.append((page.name, "kept"))
            if not signed_in and page.name.startswith("publishing") and answer.cookies:
                wrong.append((page.name, "cookie"))
            if page.name == "account_logout":
                assert client.get("/arbete/").status_code in (200, 302)

    assert wrong == []


def test_a_fragment_is_not_taken_for_the_page(town: Town, client: Client) -> None:
    client.force_login(user_of(town.coordinator))

    answer = client.get("/arbete/granvik/", headers={"HX-Request": "true"})

    assert "HX-Request" in answer.headers["Vary"]


def test_a_form_without_its_token_changes_nothing(whole: Whole) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(user_of(whole.town.coordinator))
    before = state()

    taken = {
        page.name
        for page in openable()
        for headers in ({}, {"HX-Request": "true"}, {"Origin": "https://evil.example"})
        if client.post(page.path(whole), headers=headers).status_code not in (403, 404)
    }

    # Citizens have no session that another site could act with; what they send is counted (tests/test_limits.py).
    assert {name.split(":")[-1] for name in taken} <= {"dialogue", "receipt", "login_cancelled"}
    assert state() == before


@pytest.mark.parametrize("host", ["evil.example", "testserver@evil.example", "testserver.evil.example"])
def test_a_foreign_host_gets_no_page(town: Town, client: Client, host: str) -> None:
    client.force_login(user_of(town.coordinator))
    for path in ("/", "/granvik/", "/arbete/granvik/", "/konto/", "/konto/losenord/glomt/", "/ingen-sida/"):
        answer = client.get(path, headers={"Host": host})
        assert answer.status_code == 400 and host not in answer.text, path


def test_a_forwarded_host_is_not_believed(town: Town, client: Client) -> None:
    answer = client.get("/granvik/", headers={"X-Forwarded-Host": "evil.example"})

    assert answer.status_code == 200 and "evil.example" not in answer.text


@pytest.mark.parametrize("address", ELSEWHERE)
def test_no_address_leads_to_another_site(town: Town, client: Client, address: str) -> None:
    user = user_of(town.coordinator)
    switched = client.post("/sprak/", {"language": "en", "next": address})
    by_htmx = client.post("/sprak/", {"language": "en", "next": address}, headers={"HX-Request": "true"})
    signed_in = client.post(
        f"/konto/logga-in/?next={address}", {"login": user.email, "password": "fel", "next": address}
    )
    client.force_login(user)
    there_already = client.get("/konto/logga-in/", {"next": address})

    assert switched["Location"] == by_htmx["HX-Redirect"] == "/"
    assert "Location" not in signed_in and f'action="{address}' not in signed_in.text
    assert there_already["Location"].startswith("/arbete/")


@pytest.mark.parametrize(
    "path", ["/%2e%2e/%2e%2e/etc/passwd", "/static/../samsyn/config/settings.py", "/.env"]
)
def test_no_path_leads_out_of_the_site(db: None, client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("key", ["../../keys", "a" * 63, "A" * 64, "a" * 63 + "/", "", "a" * 65])
def test_what_is_no_hash_names_no_object(key: str) -> None:
    for act in (objects.get, objects.remove, objects.is_whole):
        with pytest.raises(Missing):
            act(key)


def test_a_files_name_leads_nowhere_and_is_shown_as_text(town: Town, client: Client, home: Any) -> None:
    client.force_login(user_of(town.coordinator))
    sent = SimpleUploadedFile("x.csv", b"Kommun;Antal\nGranvik;7\n")
    sent.name = "..%2F..%2F<svg onload=f()>.csv"

    page = client.post("/arbete/granvik/underlag/ny-fil/", {"file": sent, "source_name": "x"}, follow=True)

    assert Upload.objects.get().name.endswith("<svg onload=f()>.csv")
    assert "<svg onload" not in page.text and "&lt;svg onload" in page.text
    assert {path.suffix for path in (home / "quarantine").iterdir()} <= {".file", ".table", ".page"}


@pytest.mark.parametrize("length", ["2500001", "99999999999", "-1", "many"])
def test_what_is_too_large_is_refused_unread(
    town: Town, client: Client, rf: RequestFactory, length: str
) -> None:
    """Nobody who is not signed in sends files, wherever they go."""
    for path in ("/konto/logga-in/", "/granvik/", "/arbete/granvik/underlag/ny-fil/"):
        answer = client.post(path, {"text": "kort"}, CONTENT_LENGTH=length)
        assert answer.status_code == 413 and answer.text.count("<h1>") == 1, path


def test_only_the_pages_that_take_files_take_large_ones(
    town: Town, rf: RequestFactory, settings: Any
) -> None:
    request = rf.post("/", CONTENT_LENGTH=str(settings.UPLOAD_MAX_BYTES))
    request.user = user_of(town.coordinator)

    def answer(view: Any) -> Any:
        return BodyLimit(lambda request: None).process_view(request, view, (), {})  # type: ignore[arg-type, return-value]

    assert answer(limits.limited(limits.UPLOAD)(lambda request: None)) is None  # type: ignore[arg-type, return-value]
    assert answer(lambda request: None).status_code == 413


def test_no_query_breaks_a_page_or_is_a_question_to_the_database(whole: Whole, client: Client) -> None:
    """Hostile words in every parameter that a page reads, and parameters that no page has."""
    client.force_login(user_of(whole.town.coordinator))
    names = (
        "q",
        "page",
        "lage",
        "iakttagelse",
        "prioritering",
        "dag",
        "atgard",
        "visa",
        "omrade",
        "mote",
        "for",
    )
    attacks = [f"{HOSTILE}'); DROP TABLE core_entry; --", "%\x00\u202e", "1" * 300]
    wrong = []
    for page in addresses():
        if not page.is_ours or not page.path(whole).startswith(("/arbete/granvik/", "/granvik/")):
            continue
        if page.limit in (limits.DOWNLOAD, limits.PUBLIC_DOCUMENT):
            continue
        for attack in attacks:
            answer = client.get(page.path(whole), dict.fromkeys((*names, "datasets"), attack))
            if answer.status_code >= 500 or HOSTILE in answer.text:
                wrong.append((page.name, attack))

    assert wrong == []
    for path in ("atgarder/", "loften/", "dialog/", "lagesbild/", "radet/", "utkast/", "sok/?q=belysning"):
        plain = client.get(f"/arbete/granvik/{path}")
        asked = client.get(f"/arbete/granvik/{path}", ORACLES | ({"q": "belysning"} if "?" in path else {}))
        assert _main(plain) == _main(asked), path


def _main(answer: Any) -> str:
    return str(answer.text.split("<main")[1].split("csrfmiddlewaretoken")[0])
