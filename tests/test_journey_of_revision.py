"""A corrected file comes: what an adopted finding rests on is held against it, and the next picture begins."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from samsyn.agreements.tests import build as agreements
from samsyn.core import clock
from samsyn.council.models import Decision
from samsyn.evidence.asking import Question
from samsyn.evidence.models import Dataset, Figure
from samsyn.evidence.readers.units import COUNT
from samsyn.evidence.tests import build as evidence
from samsyn.parties.tests import build as parties
from samsyn.parties.tests.build import Town
from samsyn.pictures import services
from samsyn.pictures.models import DraftFinding, Picture, PrivateDraft
from samsyn.pictures.tests import build
from tests import journey, standing, walked
from tests.browser import OpenPage, browser, open_page
from tests.journey import Desk

__all__ = ["browser", "open_page"]

pytestmark = [pytest.mark.browser, pytest.mark.slow]
THIS_YEAR = str(clock.today().year)
FINDING, OTHER = "Den anmälda brottsligheten är låg", "Bedrägerierna har ökat"
FIRST = {"Totalt antal brott": 931, "Våldsbrott": 75, "Narkotikabrott": 140, "Stöldbrott": 300}
FINAL = FIRST | {"Totalt antal brott": 1131, "Våldsbrott": 30}
FRAUDS, DRUGS = (100, 200), "Narkotikabrott"  # two Decembers
HOW = {
    "Totalt antal brott": "starkare",
    "Våldsbrott": "svagare",
    "Stöldbrott": "håller",
    "Narkotikabrott": "går inte längre att säga",
    "Bedrägerier": "har vänt",
}


def file(folder: Path, name: str, counts: dict[str, int], frauds: tuple[int, int]) -> Path:
    """As Brå's database file."""
    lines = [f"Umeå kommun;{crime};2016 prel.;Dec;{count};1;" for crime, count in counts.items()]
    lines += [f"Umeå kommun;Bedrägerier;{2015 + place} prel.;Dec;{frauds[place]};1;" for place in (0, 1)]
    made = folder / name
    made.write_bytes("\n".join(["Region;Brott;År;Period;Antal;/100 000 inv", *lines, ""]).encode("cp1252"))
    return made


def rate_of(count: int) -> str:
    return f"{count / journey.POPULATION * 100_000:.0f} anmälda per 100\N{NO-BREAK SPACE}000"


def agreed() -> Town:
    town = parties.town()
    agreements.agreement(town)
    evidence.population(town)
    return town


def test_a_corrected_file_marks_what_was_adopted_and_begins_the_next_picture(
    live_server: object, open_page: OpenPage, home: Path, tmp_path: Path
) -> None:
    town = standing.once(agreed, home)
    with journey.desks(open_page, str(live_server), "granvik", ["coordinator", "officer"]) as at:
        for name, actor in (("coordinator", town.coordinator), ("officer", town.officer)):
            at[name].sign_in(parties.user_of(actor).email, parties.PASSWORD)
        desk = at["coordinator"]
        journey.upload(desk, file(tmp_path, "preliminar.txt", FIRST, FRAUDS), title="Preliminära siffror")
        journey.figure(desk, question="rate", measure="Totalt antal brott", code="2480", name="Umeå")
        desk.sees(rate_of(931))
        cited(town, desk)
        picture = adopted(town)
        looks_at_point(desk, picture)
        expect(desk.page.get_by_text("efter nyare siffror")).to_have_count(0)

        desk.visited.clear()  # what comes now is looked at again in the end
        without = {crime: count for crime, count in FINAL.items() if crime != DRUGS}
        final = file(tmp_path, "slutlig.txt", without, (100, 50))
        journey.upload(desk, final, title="Slutliga siffror", replaces="Preliminära siffror")
        desk.sees("Diagram som bygger på de äldre siffrorna görs om och jämförs.", "Preliminära siffror")
        marked(desk)
        looks_at_point(desk, picture)
        desk.sees("starkare", rate_of(1131))
        looks_at_point(at["officer"], picture)
        expect(at["officer"].page.locator("main")).not_to_contain_text("starkare")

        begun(desk)
        compared(town, desk, picture)
        about = r"/nya-siffror/|/utkast/[^/]+/$|/utkast/iakttagelse/|/lagesbild/.+/jamfor/"
        faults = walked.faults_on([desk], open_page, ways=walked.FEWER_WAYS, about=about)

    assert faults == {}, "\n".join(f"{page}: {found}" for page, found in faults.items())


def cited(town: Town, desk: Desk) -> None:
    """One finding in the browser on the figure made there; another, and more figures, by the same commands."""
    desk.go("utkast/nytt/")
    desk.fill(title="Vår bild", period=THIS_YEAR)
    desk.press("Börja")
    desk.page.get_by_role("link", name="Skriv en iakttagelse").click()
    desk.fill(title=FINDING, text="Färre än i landet.", certainty="fairly", secrecy="none")
    desk.press("Spara iakttagelsen")
    desk.page.get_by_role("link", name=FINDING).click()
    desk.page.locator('select[name="figure"]').select_option(index=1)
    desk.press("Hänvisa till siffran")
    desk.sees(rate_of(931))
    data, draft = Dataset.objects.get(), PrivateDraft.objects.get()
    measures = evidence.queries.choices_in([data])["measures"]
    crimes = {crime: place for place, (crime, unit) in enumerate(measures) if unit == COUNT}
    for crime in ("Våldsbrott", "Stöldbrott", DRUGS):
        evidence.figure(town, data, measure=crimes[crime])
    change = evidence.figure(town, data, question=Question.CHANGE, measure=crimes["Bedrägerier"])
    assert isinstance(change, Figure)
    finding = build.finding(town, draft, title=OTHER)
    services.cite_figure(finding, figure=change, note="", by=town.coordinator)


def share(town: Town, draft: PrivateDraft, picture: Picture) -> None:
    release = build.hand_over(town, draft)
    for index in range(draft.findings.count()):
        build.agree(town, services.place_finding(picture, release=release, index=index, by=town.coordinator))


def adopted(town: Town) -> Picture:
    made = build.picture(town, period=THIS_YEAR)
    share(town, PrivateDraft.objects.get(), made)
    services.endorse_picture(made, decision=build.decision(town, Decision.Kind.ENDORSE), by=town.chair)
    return build.adopted(town, Picture.objects.get(pk=made.pk))


def looks_at_point(desk: Desk, picture: Picture) -> None:
    desk.go(f"lagesbild/{picture.pk}/")
    desk.page.get_by_role("link", name=FINDING).first.click()
    desk.page.wait_for_load_state("networkidle")
    desk.sees(FINDING)


def marked(desk: Desk) -> None:
    """Each figure with what it said, what it says now, and whether that stands."""
    desk.go("underlag/")
    desk.page.get_by_role("link", name="Vad de nyare siffrorna säger").first.click()
    rows = desk.page.locator("tbody tr")
    expect(rows).to_have_count(len(HOW))
    for crime, how in HOW.items():
        expect(rows.filter(has_text=crime).locator("td").nth(1)).to_contain_text(how)
    total = rows.filter(has_text="Totalt antal brott")
    expect(total.locator("th")).to_contain_text(rate_of(931))
    expect(total.locator("td").first).to_contain_text(rate_of(1131))


def begun(desk: Desk) -> None:
    """The button carries the findings on, in words, and leaves the reading to a person."""
    desk.go("underlag/nya-siffror/")
    desk.press("Skriv utkast till nästa lägesbild")
    desk.sees("Läs varje iakttagelse igen", "2 iakttagelser saknar beslut om sekretess")
    desk.sees(f"för {int(THIS_YEAR) + 1}", f"Följer med från lägesbilden {THIS_YEAR}.")
    desk.sees("Nyare siffror: starkare. Det stod:", rate_of(931), rate_of(1131), "Nyare siffror: har vänt.")
    for title in (FINDING, OTHER):
        desk.page.get_by_role("link", name=title).click()
        desk.sees("Färre än i landet." if title == FINDING else "har ökat")
        desk.fill(text=f"{title}, läst igen.", secrecy="none")
        desk.press("Spara")
    desk.sees("Varje iakttagelse har sitt beslut om sekretess.", f"{FINDING}, läst igen.", rate_of(1131))


def compared(town: Town, desk: Desk, picture: Picture) -> None:
    """The next picture, begun with it, says what became of the figure."""
    draft = DraftFinding.objects.order_by("id").last().draft  # type: ignore[union-attr]
    desk.go("lagesbild/ny/")
    desk.fill(period=draft.period, scope="Hela kommunen")
    desk.press("Börja")
    following = Picture.objects.latest("number")
    share(town, draft, following)
    desk.go(f"lagesbild/{following.pk}/jamfor/{picture.pk}/")
    desk.sees(rate_of(931), rate_of(1131), "starkare", "har vänt", f"{FINDING}, läst igen.")
