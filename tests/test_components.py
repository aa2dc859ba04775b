"""Every component on one page, as a browser and axe see it."""

import pytest
from django.db import connection
from django.test import Client
from playwright.sync_api import expect

from samsyn.parties.tests import build
from tests.browser import OpenPage, browser, faults_of, open_page

__all__ = ["browser", "open_page"]

pytestmark = [pytest.mark.browser, pytest.mark.urls("tests.components_page")]
WAYS = [(width, scheme) for width in (1280, 390, 320) for scheme in ("light", "dark")]


@pytest.fixture
def session(town: build.Town, live_server: object) -> dict[str, str]:
    with (
        connection.cursor() as cursor
    ):  # past the commands: nothing in the product turns a partnership into one
        cursor.execute("UPDATE parties_partnership SET is_exercise = %s", [True])
    client = Client()
    client.force_login(build.user_of(town.coordinator))
    return {"sessionid": client.cookies["sessionid"].value}


def test_the_page_of_components_has_no_fault(
    live_server: object, open_page: OpenPage, session: dict[str, str]
) -> None:
    found = {}
    for width, scheme in WAYS:
        with open_page(
            f"{live_server}/arbete/granvik/komponenter/", width=width, scheme=scheme, cookies=session
        ) as page:
            found[width, scheme] = faults_of(page)

    assert not {way: faults for way, faults in found.items() if faults}


def test_a_refused_form_says_what_is_wrong_and_takes_the_focus_with_and_without_htmx(
    live_server: object, open_page: OpenPage, session: dict[str, str]
) -> None:
    address = f"{live_server}/arbete/granvik/komponenter/"
    for script in (True, False):
        with open_page(address, cookies=session, script=script) as page:
            page.get_by_label("Rubrik").fill("Det som skrevs")
            page.evaluate("document.querySelectorAll('form').forEach(form => form.noValidate = true)")
            page.get_by_role("button", name="Spara", exact=True).click()
            expect(page.locator("#errors")).to_be_visible()
            expect(page.get_by_label("Rubrik")).to_have_value("Det som skrevs")
            expect(page.get_by_label("Antal")).to_have_attribute("aria-invalid", "true")
            expect(page.locator("#errors")).to_be_focused()


def test_a_no_and_a_failure_are_said_beside_the_form_not_in_its_place(
    live_server: object, open_page: OpenPage, session: dict[str, str]
) -> None:
    with open_page(f"{live_server}/arbete/granvik/komponenter/", cookies=session) as page:
        page.get_by_role("button", name="Nekas").click()
        expect(page.locator("#messages")).to_contain_text("redan antagen")
        expect(page.locator("#messages [data-color=danger]")).to_be_focused()

        page.get_by_role("button", name="Går sönder").click()
        expect(page.locator("#messages")).to_contain_text("Servern svarade inte")
        expect(page.get_by_role("button", name="Nekas")).to_be_visible()


def test_the_menu_and_the_question_open_and_close_without_script(
    live_server: object, open_page: OpenPage, session: dict[str, str]
) -> None:
    address = f"{live_server}/arbete/granvik/komponenter/"
    with open_page(address, width=390, cookies=session, script=False) as page:
        page.get_by_role("button", name="Meny").click()
        expect(page.get_by_role("link", name="Röda tråden")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.get_by_role("link", name="Röda tråden")).to_be_hidden()

        page.get_by_role("button", name="Dra tillbaka").click()
        expect(page.get_by_role("dialog")).to_contain_text("Ska löftet dras tillbaka?")
        page.get_by_role("button", name="Avbryt").click()
        expect(page.get_by_role("dialog")).to_be_hidden()

    with open_page(address, width=390, cookies=session) as page:
        page.get_by_role("button", name="Meny").click()
        assert faults_of(page) == []


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/en/",
        "/tillganglighet/",
        "/en/accessibility/",
        "/personuppgifter/",
        "/kontakt/",
        "/finns/inte/",
        "/en/nothing/here/",
        "/konto/logga-in/",
        "/arbete/granvik/trasig/",
    ],
)
def test_public_pages_and_errors_have_no_fault(
    live_server: object, open_page: OpenPage, address: str
) -> None:
    for width, scheme in ((1280, "light"), (390, "dark")):
        with open_page(f"{live_server}{address}", width=width, scheme=scheme) as page:
            assert faults_of(page) == []
