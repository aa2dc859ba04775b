"""The thread as people walk it in their browsers: from a file to a promise that a citizen reads.

`Desk` is one person's browser. The steps fill in what a page asks for, by the names of the fields, and press
the button that the page shows.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

from playwright.sync_api import Page, expect

from samsyn.core import clock
from tests.browser import OpenPage

TODAY = date.today().isoformat()  # noqa: DTZ011
SECTION = "117"
PASSWORD = "fyra-ord-som-ingen-gissar"
POPULATION = 122_892  # Umeå, 31 December 2016: Statistics Sweden, table BE0101N1
FACTS = {
    "title": "Anmälda brott december 2016",
    "source_name": "Brå, anmälda brott",
    "licence": "Fri återanvändning med källa",
    "collected_by": "Brottsförebyggande rådet",
    "origin": "published",
}
MEASURE = {
    "title": "Lampor längs gångvägen",
    "text": "Kommunen sätter upp lampor längs hela gångvägen.",
    "owner_title": "chef för gator och parker",
    "starts": "2026-12-01",
    "ends": "2027-06-30",
    "follow_up": "2027-06-30",
}
PROMISE = {
    "text": "Gångvägen ska vara upplyst hela vägen",
    "how_often": "38 lampor, alla tända varje kväll",
    "how_seen": "Vi räknar lamporna den första i varje månad.",
    "starts": "2026-12-01",
    "ends": "2027-06-30",
    "contact": "Kontaktcenter, 090-16 10 00",
}


@dataclass
class Desk:
    """One person's browser, signed in or not."""

    page: Page
    server: str
    slug: str
    visited: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("framenavigated", lambda frame: self.visited.append(self.path))

    def go(self, path: str) -> Page:
        address = path if path.startswith("/") else f"/arbete/{self.slug}/{path}"
        self.page.goto(f"{self.server}{address}")
        return self.page

    @property
    def path(self) -> str:
        return self.page.url.removeprefix(self.server)

    def fill(self, **fields: str) -> None:
        """Fill in by the names of the fields; choices by their value or, with `*`, by a part of their text."""
        for name, value in fields.items():
            box = self.page.locator(f'[name="{name}"]:visible, input[type=radio][name="{name}"]').first
            kind = box.evaluate("one => one.type || one.tagName")
            if kind == "radio":
                self.page.locator(f'[name="{name}"][value="{value}"]').check()
            elif kind == "checkbox" and value.startswith("*"):
                self.page.get_by_role("checkbox", name=re.compile(re.escape(value[1:]))).first.check()
            elif kind == "checkbox":
                box.check()
            elif kind.startswith("select"):
                if value.startswith("*"):
                    fits = box.locator('option:not([value=""])').filter(has_text=value[1:])
                    value = fits.first.get_attribute("value") or ""
                box.select_option(value)
            else:
                box.fill(value)

    def press(self, button: str) -> None:
        self.page.get_by_role("button", name=button, exact=True).first.click()
        self.page.wait_for_load_state("networkidle")

    def sees(self, *texts: str) -> None:
        for text in texts:
            expect(self.page.locator("main, body").first).to_contain_text(text)

    def sign_in(self, email: str, password: str) -> None:
        self.go("/konto/logga-in/?next=/arbete/")
        self.fill(login=email, password=password)
        self.press("Logga in")


@contextmanager
def desks(open_page: OpenPage, server: str, slug: str, names: list[str]) -> Iterator[dict[str, Desk]]:
    """A browser for each person, and a phone for the citizen."""
    with ExitStack() as stack:
        opened: dict[str, Any] = {}
        for name in names:
            width = 390 if name == "citizen" else 1280
            page = stack.enter_context(open_page(f"{server}/health", width=width))
            page.set_default_timeout(15_000)
            opened[name] = Desk(page, server, slug)
        yield opened


@contextmanager
def days_later(days: int) -> Iterator[None]:
    """`clock.at` for the threads of the server too, which do not see what one thread sets for itself.

    Sessions keep Django's own time: whoever is signed in stays so.
    """
    moment = clock.now() + timedelta(days=days)
    with patch.object(clock, "_fixed", ContextVar("fixed", default=moment)):
        yield


def upload(desk: Desk, file: Path, *, title: str = "", replaces: str = "") -> None:
    """The file is read in the sandbox and kept as a dataset, that may take the place of an older one."""
    desk.go("underlag/ny-fil/")
    desk.page.locator('input[type="file"]').set_input_files(file)
    desk.press("Läs filen")
    expect(desk.page.get_by_role("heading", name="Det här uppfattades")).to_be_visible(timeout=60_000)
    desk.sees("preliminär")
    desk.fill(**FACTS | ({"title": title} if title else {}))
    if replaces:
        desk.fill(supersedes=f"*{replaces}")
    desk.press("Behåll uppgifterna")


def rate(desk: Desk, *, code: str, name: str, population: int) -> None:
    """The rate per 100 000 with its interval, against a population with its source."""
    desk.go("underlag/folkmangd/")
    desk.fill(area=code, day="2016-12-31", number=str(population), source="SCB, folkmängd")
    desk.press("Lägg in")
    figure(desk, question="rate", measure="Totalt antal brott", code=code, name=name)


def figure(desk: Desk, *, question: str, measure: str, code: str, name: str) -> None:
    """About December 2016, of the only dataset."""
    desk.go("underlag/diagram/nytt/")
    desk.fill(datasets="*")
    desk.press("Fortsätt")
    desk.fill(
        question=question,
        measure=f"{measure}\x1fcount",
        area=f"municipality\x1f{code}\x1f{name}",
        period="2016-12-01\x1f2016-12-31",
    )
    desk.press("Gör diagrammet")
    desk.sees("Så räknades det")


def draft(desk: Desk, *, title: str, text: str, priority: str, cites: bool) -> None:
    """A finding of one's own, its figure, its secrecy, and the copy that is shared."""
    desk.go("utkast/nytt/")
    desk.fill(title="Vår bild", period="2026")
    desk.press("Börja")
    desk.page.get_by_role("link", name="Skriv en iakttagelse").click()
    desk.fill(title=title, text=text, extent="Hela kommunen", certainty="fairly", secrecy="none")
    desk.fill(priority_key=f"*{priority}")
    desk.press("Spara iakttagelsen")
    if cites:
        desk.page.get_by_role("link", name=title).click()
        desk.page.locator('select[name="figure"]').select_option(index=1)
        desk.press("Hänvisa till siffran")
        desk.page.get_by_role("link", name="Tillbaka till ert utkast").click()
    desk.press("Vår ledning har läst det")
    desk.page.get_by_role("link", name="Dela en kopia").click()
    desk.page.locator('select[name="receiver"]').select_option(index=1)
    desk.fill(purpose="handed_over", ground="lag (2023:196) 4 §", understood="on")
    desk.press("Dela kopian")


def merge(coordinator: Desk, officer: Desk, *, joined: str) -> None:
    """Both drafts become one finding; the police keep their difference."""
    coordinator.go("lagesbild/ny/")
    coordinator.fill(period="2026", scope="Hela kommunen")
    coordinator.press("Börja")
    coordinator.press("Ta med som egen iakttagelse")
    coordinator.page.locator("select[name=point]").first.select_option(index=0)
    coordinator.press("Slå ihop")
    coordinator.press("Godkänn")
    officer.go("lagesbild/")
    officer.page.get_by_role("link", name=re.compile("2026")).first.click()
    officer.page.get_by_role("link", name="Sammanfoga utkasten").click()
    officer.sees(joined)
    officer.page.get_by_text("Vi ser det annorlunda").last.click()
    officer.fill(note="Anmälningarna säger inget om mörkertalet.")
    officer.press("Behåll skillnaden")


def clear(*desks: Desk) -> None:
    """Each party decides on secrecy for the findings that are from it."""
    for desk in desks:
        desk.go("lagesbild/")
        desk.page.get_by_role("link", name=re.compile("2026")).first.click()
        desk.page.get_by_role("link", name="Sekretess före publicering").click()
        desk.fill(section="none")
        desk.press("Besluta")
        desk.sees("får publiceras")


def decide(coordinator: Desk, secretary: Desk, chair: Desk) -> None:
    """The council stands behind the picture; the board decides; the picture is frozen."""
    coordinator.go("radet/mote/")
    coordinator.fill(body="*ådet", day=TODAY, place="Stadshuset")
    coordinator.press("Kalla till mötet")
    for body, kind, section in (("*ådet", "endorse", ""), ("*styrelsen", "decide", SECTION)):
        secretary.go("radet/beslut/")
        secretary.fill(body=body, kind=kind, day=TODAY, section=section, text="Enligt förslaget.")
        secretary.press("Anteckna beslutet")
    chair.go("lagesbild/")
    chair.page.get_by_role("link", name=re.compile("2026")).first.click()
    for button in ("Rådet ställer sig bakom", "Anta lägesbilden"):
        chair.page.locator('select[name="decision"]').select_option(index=1)
        chair.press(button)
    chair.sees("Antagen", "Hämta som PDF")


def ask(coordinator: Desk, citizen: Desk, *, answer: str) -> str:
    """A citizen answers on a phone; the answer is moderated and sorted. Gives the receipt's code."""
    coordinator.go("dialog/ny/")
    coordinator.fill(
        question="Var känner du dig otrygg?", about="picture", area="*", opens=TODAY, closes="2099-12-31"
    )
    coordinator.press("Spara frågan")
    coordinator.press("Publicera frågan")
    citizen.go(f"/{citizen.slug}/")
    citizen.page.get_by_role("link", name="Säg vad du tycker").click()
    citizen.sees("allmän handling")
    citizen.fill(text=answer)
    citizen.press("Skicka svaret")
    code = str(citizen.page.locator("main").inner_text())
    coordinator.page.reload()
    coordinator.press("Godkänn")
    coordinator.fill(title="Belysning")
    coordinator.press("Lägg till temat")
    coordinator.fill(is_quoted="on")
    coordinator.press("Sortera under temat")
    return code


def promise(coordinator: Desk, chair: Desk, chief: Desk, *, finding: str, priority: str) -> None:
    """A measure that answers the finding, and a promise that both parties approve before it is seen."""
    coordinator.go("atgarder/ny/")
    coordinator.fill(**MEASURE, kind="situational", owner="*kommun", points=f"*{finding}")
    coordinator.fill(priorities=f"*{priority}")
    coordinator.press("Föreslå den")
    coordinator.sees(MEASURE["title"], finding)
    coordinator.go("loften/nytt/")
    coordinator.fill(**PROMISE, area="*", measures=f"*{MEASURE['title']}", themes="*Belysning")
    coordinator.press("Spara utkastet")
    where = coordinator.path
    for one in (chair, chief):
        one.go(where)
        one.press("Godkänn")
    coordinator.go(where)
    coordinator.press("Publicera löftet")


def status(coordinator: Desk, phone: Desk, link_to: Callable[[str], str]) -> None:
    """Asked by mail, answered on a phone by somebody without an account; a second question still waits."""
    coordinator.go("atgarder/")
    coordinator.page.get_by_role("link", name=MEASURE["title"]).first.click()
    coordinator.page.wait_for_load_state("networkidle")
    measure, asked = coordinator.path, ("gatuchef@umea.example", "driftchef@umea.example")
    for email in asked:
        coordinator.go(f"{measure}fraga/")
        coordinator.fill(email=email)
        coordinator.press("Skicka frågan")
    coordinator.page.get_by_role("link", name="Dra tillbaka").first.click()
    coordinator.page.wait_for_load_state("networkidle")
    phone.go(link_to(asked[0]))
    phone.fill(state="cancelled")
    phone.press("Skicka svaret")
    phone.sees("Skriv varför")
    phone.fill(state="ongoing", text="Halva vägen har ljus.")
    phone.press("Skicka svaret")
    phone.sees("Tack, svaret är sparat", "Halva vägen har ljus.")
    phone.go(link_to(asked[1]))
    coordinator.go(measure)
    coordinator.sees("Halva vägen har ljus.", "Pågår")


def read(citizen: Desk, *, rate: str, finding: str, answer: str) -> None:
    """What everybody can read: the picture with its figure and disagreement, the promise, the document."""
    citizen.go(f"/{citizen.slug}/lagesbild/")
    citizen.sees(finding, rate, "ser det annorlunda", "Källa: Brå")
    citizen.page.get_by_role("link", name="Hämta som PDF").wait_for()
    citizen.go(f"/{citizen.slug}/loften/")
    citizen.sees(PROMISE["text"], PROMISE["how_often"], answer)
    for page in ("", "agreement/", "picture/", "promises/"):
        citizen.go(f"/en/{citizen.slug}/{page}")
    citizen.sees("We promise", PROMISE["text"])


def document_of(citizen: Desk) -> bytes:
    """The public PDF of the adopted picture."""
    citizen.go(f"/{citizen.slug}/lagesbild/")
    address = citizen.page.get_by_role("link", name="Hämta som PDF").get_attribute("href")
    return bytes(citizen.page.context.request.get(f"{citizen.server}{address}").body())


def set_up(desk: Desk, link: str, given: dict[str, str]) -> None:
    """An empty installation, from the link that stands in the terminal."""
    desk.go(link)
    desk.fill(**given)
    desk.press("Kom i gång med Samsyn")
    desk.sees(given["police_name"])


def invite(desk: Desk, email: str, title: str) -> None:
    desk.go("manniskor/")
    desk.page.get_by_role("link", name="Bjud in en person").click()
    desk.fill(email=email, title=title)
    desk.press("Skicka inbjudan")


def accept(desk: Desk, mail: str, name: str) -> None:
    """Open the link in the mail and press the button; following the link alone takes nothing."""
    found = re.search(r"https?://[^/\s]+(/konto/inbjudan/\S+)", mail)
    assert found
    desk.go(found[1])
    desk.fill(name=name, password=PASSWORD)
    desk.press("Tacka ja till inbjudan")


def found(coordinator: Desk, *, priority: str) -> None:
    """The bodies that decide and an agreement written in the browser, for those who have no file."""
    for name, kind in (("Trygghetsrådet", "council"), ("Kommunstyrelsen", "ks")):
        coordinator.go("radet/organ/")
        coordinator.fill(name=name, kind=kind)
        coordinator.press("Lägg till")
    coordinator.go("overenskommelse/skriv/")
    coordinator.fill(title="Överenskommelse om samverkan", short_title="Överenskommelse 2026–2028")
    coordinator.fill(valid_from="2026-01-01", valid_to="2028-12-31", prolongation="none")
    coordinator.press("Börja")
    coordinator.page.get_by_text("Lägg till ett mål").click()
    coordinator.fill(text="Minska brottsligheten")
    coordinator.press("Lägg till målet")
    coordinator.page.get_by_text("Lägg till en prioritering").click()
    coordinator.fill(title=priority)
    coordinator.press("Lägg till prioriteringen")
    coordinator.press("Publicera överenskommelsen")
