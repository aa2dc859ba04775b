"""The main job on real input, as those who do it: coordinator, kommunpolis, chair, board secretary, citizen."""

import re
from pathlib import Path

import pytest
from django.core import mail

from samsyn.demo.sign_ins import PASSWORD
from samsyn.demo.tests.build import exercise
from samsyn.evidence.tests import build
from samsyn.evidence.tests.test_pages import REAL
from samsyn.graphics.tests.reading import words_of
from samsyn.parties import setup
from tests import journey, standing, walked
from tests.browser import OpenPage, browser, open_page

__all__ = ["browser", "open_page"]

pytestmark = [pytest.mark.browser, pytest.mark.slow]
FINDING = "Den anmälda brottsligheten är låg"
PRIORITY = "Trygga och säkra offentliga miljöer"
ANSWER = "Gångvägen är mörk hela vägen."
UMEA = {
    "coordinator": "samordnare@umea.example",
    "officer": "kommunpolis@umea.example",
    "chair": "ordforande@umea.example",
    "chief": "chef@umea.example",
    "secretary": "sekreterare@umea.example",
}


def bra_file(folder: Path) -> Path:
    """Brå's own file when it is here; else one made alike."""
    file = folder / "databasfil.txt"
    file.write_bytes(REAL.read_bytes() if REAL.exists() else build.BRA.encode("cp1252"))
    return file


def test_from_a_real_file_to_what_a_citizen_reads(
    live_server: object, open_page: OpenPage, home: Path, tmp_path: Path
) -> None:
    """Then every page that somebody met, in both languages, on wide and narrow, light and dark."""
    standing.once(exercise, home)
    shown = f"{931 / journey.POPULATION * 100_000:.0f}"
    with journey.desks(open_page, str(live_server), "umea", [*UMEA, "citizen"]) as at:
        for name, email in UMEA.items():
            at[name].sign_in(email, PASSWORD)
        journey.upload(at["coordinator"], bra_file(tmp_path))
        journey.rate(at["coordinator"], code="2480", name="Umeå", population=journey.POPULATION)
        at["coordinator"].sees(f"{shown} anmälda per 100\N{NO-BREAK SPACE}000")
        journey.draft(
            at["coordinator"], title=FINDING, text="Färre än i landet.", priority=PRIORITY, cites=True
        )
        journey.draft(
            at["officer"], title=FINDING, text="Mörkertalet är stort.", priority=PRIORITY, cites=False
        )
        journey.merge(at["coordinator"], at["officer"], joined=FINDING)
        journey.clear(at["coordinator"], at["officer"])
        journey.decide(at["coordinator"], at["secretary"], at["chair"])
        journey.ask(at["coordinator"], at["citizen"], answer=ANSWER)
        journey.promise(at["coordinator"], at["chair"], at["chief"], finding=FINDING, priority=PRIORITY)
        journey.status(at["coordinator"], at["citizen"], answer_link_to)
        journey.read(at["citizen"], rate=shown, finding=FINDING, answer=ANSWER)
        words = words_of(journey.document_of(at["citizen"]))
        faults = walked.faults_on(list(at.values()), open_page)

    assert faults == {}, "\n".join(f"{page}: {found}" for page, found in faults.items())
    assert shown in words
    assert f"§ {journey.SECTION}" in words
    assert "Anmälningarna säger inget om mörkertalet." in words


GIVEN = {
    "name": "Ada Administratör",
    "email": "ada@skelleftea.example",
    "password": journey.PASSWORD,
    "municipality": "Skellefteå",
    "police_name": "Lokalpolisområde Skellefteå",
    "municipality_email": "samordnare@skelleftea.example",
    "municipality_title": "coordinator",
    "police_email": "chef@polisen.example",
    "police_title": "area_chief",
}


def test_the_same_from_an_empty_database_with_nothing_but_the_browser(
    transactional_db: None, live_server: object, open_page: OpenPage, tmp_path: Path
) -> None:
    file = tmp_path / "databasfil.txt"
    file.write_bytes(build.BRA.replace("Umeå", "Skellefteå").replace("931", "412").encode("cp1252"))
    names = ["administrator", "coordinator", "officer", "chair", "chief", "secretary", "citizen"]
    with journey.desks(open_page, str(live_server), "skelleftea", names) as at:
        journey.set_up(at["administrator"], setup.setup_link().split("8000", 1)[1], GIVEN)
        journey.accept(at["coordinator"], mail_to("samordnare@skelleftea.example"), "Sam Ordnare")
        journey.accept(at["chief"], mail_to("chef@polisen.example"), "Cia Chef")
        for name, title in (("chair", "chair"), ("secretary", "board_secretary")):
            journey.invite(at["administrator"], f"{name}@skelleftea.example", title)
            journey.accept(at[name], mail_to(f"{name}@skelleftea.example"), name.title())
        journey.invite(at["chief"], "kommunpolis@polisen.example", "kommunpolis")
        journey.accept(at["officer"], mail_to("kommunpolis@polisen.example"), "Kim Polis")
        journey.found(at["coordinator"], priority=PRIORITY)
        journey.upload(at["coordinator"], file)
        journey.rate(at["coordinator"], code="2482", name="Skellefteå", population=72_024)
        shown = f"{412 / 72_024 * 100_000:.0f}"
        at["coordinator"].sees(f"{shown} anmälda per 100\N{NO-BREAK SPACE}000")
        journey.draft(
            at["coordinator"], title=FINDING, text="Färre än i landet.", priority=PRIORITY, cites=True
        )
        journey.draft(at["officer"], title=FINDING, text="Stort mörkertal.", priority=PRIORITY, cites=False)
        journey.merge(at["coordinator"], at["officer"], joined=FINDING)
        journey.clear(at["coordinator"], at["officer"])
        journey.decide(at["coordinator"], at["secretary"], at["chair"])
        journey.ask(at["coordinator"], at["citizen"], answer=ANSWER)
        journey.promise(at["coordinator"], at["chair"], at["chief"], finding=FINDING, priority=PRIORITY)
        journey.read(at["citizen"], rate=shown, finding=FINDING, answer=ANSWER)


def mail_to(email: str) -> str:
    return str(next(one.body for one in reversed(mail.outbox) if one.to == [email]))


def answer_link_to(email: str) -> str:
    """The address in the mail that asks how a measure stands."""
    found = re.search(r"/svar/\S+", mail_to(email))
    assert found
    return found[0]
