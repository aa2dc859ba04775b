"""Chromium for the tests that need a real page: accessibility, journeys, forms that the keyboard fills in.

Import `browser` and `open_page` into a test module and mark it `browser`.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, ConsoleMessage, Page, Response, sync_playwright

from samsyn.core.actors import Actor
from samsyn.parties.tests.build import user_of

AXE = (Path(__file__).parent / "vendor" / "axe-4.14.1.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
CHROMIUM = os.environ.get("SAMSYN_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
OpenPage = Callable[..., AbstractContextManager[Page]]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for the module. Skipped only where there is none at all."""
    if not CHROMIUM:
        pytest.skip("No Chromium. Install the package chromium, or point SAMSYN_CHROMIUM at one.")
    # Playwright keeps an event loop in this thread; Django would take it for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as play:
        started = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


def signed_in(actor: Actor) -> dict[str, str]:
    """Cookies of somebody who is signed in, for `open_page`."""
    client = Client()
    client.force_login(user_of(actor))
    return {name: morsel.value for name, morsel in client.cookies.items()}


@pytest.fixture
def open_page(browser: Browser) -> OpenPage:
    """Opens a page: `with open_page(address, width=390, scheme="dark", cookies=…) as page`."""

    @contextmanager
    def opened(
        address: str,
        *,
        width: int = 1280,
        scheme: Any = "light",
        script: bool = True,
        cookies: dict[str, str] | None = None,
    ) -> Iterator[Page]:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
            locale="sv-SE",
            java_script_enabled=script,
            reduced_motion="reduce",
        )
        for name, value in (cookies or {}).items():
            context.add_cookies([{"name": name, "value": value, "url": address}])
        page = context.new_page()
        faults: list[str] = []
        page.on("console", lambda said: faults.append(said.text) if _is_fault(said) else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("response", lambda answer: faults.append(answer.url) if _is_lost(answer) else None)
        page.goto(address)
        page.faults = faults  # type: ignore[attr-defined]
        yield page
        context.close()

    return opened


def _is_fault(said: ConsoleMessage) -> bool:
    """Refused by the policy, or broken. The status of the page itself is what the test is about."""
    return said.type == "error" and "Failed to load resource" not in said.text


def _is_lost(answer: Response) -> bool:
    return answer.status >= 400 and answer.request.resource_type != "document"


def faults_of(page: Page) -> list[str]:
    """What axe finds, what does not fit the screen, and what the console complained about. Empty is the aim."""
    page.evaluate(AXE)  # works under a strict policy, which add_script_tag does not
    result = page.evaluate("rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", RULES)
    found = [
        f"{violation['id']}: {node['html'][:160]}"
        for violation in result["violations"]
        for node in violation["nodes"]
    ]
    return found + unscripted_faults_of(page)


def unscripted_faults_of(page: Page) -> list[str]:
    """The same without axe, which cannot run where scripts are off."""
    too_wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    console: list[str] = page.faults  # type: ignore[attr-defined]
    return console + ([f"{too_wide} px too wide"] if too_wide > 0 else [])
