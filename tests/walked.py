"""The pages that people met in a journey, looked at again for what is wrong with them."""

import os
import re
from collections.abc import Iterable
from pathlib import Path

from tests.browser import OpenPage, faults_of, unscripted_faults_of
from tests.journey import Desk

SHOTS = os.environ.get("SAMSYN_SCREENSHOTS")  # a folder, when one wants to look at the pages
WAYS = [  # language, width, colours, script
    ("sv", 1280, "light", True),
    ("sv", 390, "light", False),
    ("en", 390, "dark", True),
    ("en", 1280, "dark", False),
]
FEWER_WAYS = [WAYS[0], WAYS[2], ("sv", 390, "dark", False)]


def pages_of(desk: Desk) -> dict[str, str]:
    """One address of each page that this person met: addresses that differ by a row only are one page."""
    met: dict[str, str] = {}
    for path in desk.visited:
        kind = re.sub(r"[0-9a-f]{8,}(-[0-9a-f]{4,}){0,4}|\?.*$|#.*$", "*", path)
        if path.startswith("/") and path != "/health":
            met.setdefault(kind, path.split("#")[0])
    return met


def faults_on(
    desks: Iterable[Desk],
    open_page: OpenPage,
    *,
    ways: list[tuple[str, int, str, bool]] = WAYS,
    about: str = "",
) -> dict[str, list[str]]:
    """Every page that these people met, in both languages, on wide and narrow, light and dark, with and
    without script; without it once for all of them. Gives what is wrong, page by page. `about` keeps to the
    addresses in which it is found."""
    found: dict[str, list[str]] = {}
    for language, width, scheme, script in ways:
        looked_at: set[str] = set()
        for desk in desks:
            cookies = desk.page.context.cookies()
            session = {one["name"]: one["value"] for one in cookies if one["name"] == "sessionid"}
            with open_page(
                f"{desk.server}/health",
                width=width,
                scheme=scheme,
                script=script,
                cookies=session | {"language": language},
            ) as page:
                for kind, path in pages_of(desk).items():
                    if not re.search(about, path):
                        continue
                    if kind in looked_at and (language, width) != WAYS[0][:2]:
                        continue
                    looked_at.add(kind)
                    page.goto(f"{desk.server}{path}")
                    if faults := (faults_of(page) if script else unscripted_faults_of(page)):
                        found[f"{path} {language} {width} {scheme} {script}"] = faults
                        page.faults.clear()  # type: ignore[attr-defined]
                    if SHOTS:
                        name = f"{language}-{width}-{scheme}-{path.strip('/').replace('/', '_')[:80]}.png"
                        page.screenshot(path=Path(SHOTS) / name, full_page=True)
    return found
