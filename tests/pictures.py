"""The pictures of the docs, taken from the exercise municipality by a browser: `make pictures`."""

import os
import re
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser import CHROMIUM, FLAGS
from tests.processes import ROOT, Place, command, environment

PLACE = ROOT / "docs" / "pictures"
MAX_BYTES, ALL_BYTES = 200_000, 2_500_000
SLUG = "alvhamra"
GREETING = re.compile(r"^ +samordnare +(\S+) +(\S+)$", re.MULTILINE)  # what `samsyn serve` prints


@dataclass(frozen=True)
class Picture:
    """One page as somebody sees it. `path` may go on through links: `lagesbild/ > Lägesbild 2026`.

    With `brings` a file is sent in there first, and its page is shown once it has been read. With `part` that
    part of the page stands at the top.
    """

    name: str
    path: str
    width: int = 1280
    height: int = 900
    scheme: str = "light"
    language: str = "sv"
    signed_in: bool = True
    brings: str = ""
    part: str = ""

    @property
    def file(self) -> str:
        return f"{self.name}-{self.width}-{self.scheme}-{self.language}.png"


FILE = """Kommun;Månad;Anmälda cykelstölder;Folkmängd
Älvhamra;2026-07;41;75 400
Älvhamra;2026-08;38;75 400
Älvhamra;2026-09;29;75 400
Älvhamra;2026-10;..;75 400
"""
MERGE = f"/arbete/{SLUG}/lagesbild/ > lagesbild/[0-9a-f-]+/$ > vag-samman/"
FIGURE = f"/arbete/{SLUG}/underlag/ > underlag/diagram/[0-9a-f-]{{36}}/$"
MAPPED = f"/arbete/{SLUG}/underlag/ > Fler i och omkring"
MAP = "svg[data-width=wide] > g[transform]"
PICTURES = (
    Picture("start", f"/arbete/{SLUG}/"),
    Picture("start", f"/arbete/{SLUG}/", language="en", scheme="dark"),
    Picture("thread", f"/arbete/{SLUG}/traden/"),
    Picture("thread", f"/arbete/{SLUG}/traden/", width=390, scheme="dark"),
    Picture("thread", f"/arbete/{SLUG}/traden/", language="en"),
    Picture("merge", MERGE),
    Picture("merge", MERGE, language="en", scheme="dark"),
    Picture("figure", FIGURE),
    Picture("figure", FIGURE, width=390, language="en", scheme="dark"),
    Picture("hot-spots", MAPPED, height=820, part=MAP),
    Picture("newer-numbers", f"/arbete/{SLUG}/underlag/nya-siffror/", part="main section:has(table)"),
    Picture("evidence", f"/arbete/{SLUG}/underlag/"),
    Picture("import", f"/arbete/{SLUG}/underlag/ny-fil/", brings="anmalda-cykelstolder.csv"),
    Picture("promises", f"/{SLUG}/loften/", width=390, signed_in=False),
    Picture("promises", f"/{SLUG}/loften/", width=390, scheme="dark", signed_in=False),
    Picture("promises", f"/en/{SLUG}/promises/", width=390, language="en", signed_in=False),
)


def take(browser: Browser, origin: str, one: Picture, session: list[dict[str, object]]) -> bytes:
    context = browser.new_context(
        viewport={"width": one.width, "height": one.height},
        color_scheme=one.scheme,  # type: ignore[arg-type]
        locale="sv-SE",
        reduced_motion="reduce",
    )
    if one.signed_in:
        context.add_cookies(session)  # type: ignore[arg-type]
        context.add_cookies([{"name": "language", "value": one.language, "url": origin}])
    page = context.new_page()
    first, *links = one.path.split(" > ")
    page.goto(origin + first)
    for link in links:
        page.goto(origin + _address(page, link))
    if one.brings:
        _send_in(page, one.brings)
    if one.part:
        page.locator(one.part).first.evaluate("part => part.scrollIntoView()")
    page.evaluate("document.fonts.ready")
    shot = page.screenshot()
    context.close()
    return shot


def _send_in(page: Page, name: str) -> None:
    page.set_input_files(
        'input[type="file"]', {"name": name, "mimeType": "text/csv", "buffer": FILE.encode()}
    )
    page.locator("main form button").first.click()
    page.locator('form[action$="/spara/"]').wait_for(timeout=60_000)  # the page asks by itself


def _address(page: Page, pattern: str) -> str:
    """The first link whose address or text the pattern fits, or that word after the page's own address."""
    own = re.sub(r"^https?://[^/]+", "", page.url)
    for link in page.locator("main a").all():
        address = link.get_attribute("href") or ""
        if re.search(pattern, address) or re.match(pattern, link.inner_text()):
            return address
    return own + pattern


def sign_in(browser: Browser, origin: str, email: str, password: str) -> list[dict[str, object]]:
    page = browser.new_page()
    page.goto(f"{origin}/konto/logga-in/?next=/arbete/")
    page.fill('[name="login"]', email)
    page.fill('[name="password"]', password)
    page.locator("main form button").first.click()
    page.wait_for_url(f"{origin}/arbete/**")
    return [dict(one) for one in page.context.cookies() if one["name"] != "language"]


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def wait_for(address: str, *, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(address, timeout=5)  # our own server
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.5)
        else:
            return
    raise SystemExit("The server did not answer.")


def main() -> None:
    if not CHROMIUM:
        raise SystemExit("No Chromium. Install the package chromium, or point SAMSYN_CHROMIUM at one.")
    port = free_port()
    with tempfile.TemporaryDirectory() as home:
        loaded = Place(Path(home)).samsyn("demo")
        if loaded.returncode:
            raise SystemExit(loaded.stderr)
        said = Path(home) / "said.txt"
        with said.open("w") as out:
            server = subprocess.Popen(
                command("serve", "--port", str(port)),
                cwd=ROOT,
                env=environment(Path(home), PORT=str(port)),
                stdout=out,
                stderr=subprocess.STDOUT,
            )
        try:
            wait_for(f"http://127.0.0.1:{port}/health")
            greeting = GREETING.search(said.read_text())
            assert greeting, said.read_text()
            _take_all(f"http://127.0.0.1:{port}", *greeting.groups())
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(timeout=30)


def _take_all(origin: str, email: str, password: str) -> None:
    for old in PLACE.glob("*.png"):
        old.unlink()
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        session = sign_in(browser, origin, email, password)
        for one in PICTURES:
            shot = take(browser, origin, one, session)
            if len(shot) > MAX_BYTES:
                raise SystemExit(f"{one.file} is {len(shot)} bytes; {MAX_BYTES} is the most.")
            (PLACE / one.file).write_bytes(shot)
            print(f"{one.file} {len(shot) // 1000} kB")
        browser.close()


if __name__ == "__main__":
    os.environ.pop("DATABASE_URL", None)
    main()
