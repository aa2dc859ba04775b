"""A first draft from open numbers that are stored, checked against the numbers of the local server."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from samsyn.core.errors import Refused
from samsyn.evidence import services as evidence
from samsyn.evidence import tasks
from samsyn.evidence.models import OpenSource
from samsyn.evidence.tests.connectors import server
from samsyn.evidence.tests.connectors.server import State
from samsyn.parties.tests.build import Town, user_of
from samsyn.pictures import open_data, services
from samsyn.pictures.models import DraftFinding


@pytest.fixture
def state(settings: Any) -> Iterator[State]:
    held = State(calls=1_000)
    with server.running(held) as address:
        settings.KOLADA_URL = f"{address}/kolada"
        yield held


def follow(town: Town) -> OpenSource:
    return evidence.follow_source(
        town.municipality,
        partnership=town.partnership,
        service="kolada",
        every="month",
        kpis=["N07403", "N02905"],
        by=town.coordinator,
    )


def test_stored_indicators_become_findings_beside_region_and_country(
    town: Town, state: State, client: Client
) -> None:
    code = town.partnership.municipality_code
    state.changed = {
        ("N07403", code, 2021): 9.5,
        ("N07403", code, 2022): 14.5,
        ("N07403", code, 2023): 12.25,
        ("N07403", "0000", 2023): 11.5,
        **{("N02905", code, year): None for year in state.years},
    }
    source = follow(town)
    tasks.fetch_source.enqueue(str(source.pk))
    client.force_login(user_of(town.coordinator))
    client.cookies["language"] = "en"

    assert (
        "Draft from open data"
        in client.get(reverse("pictures:start_draft", args=[town.partnership.slug])).text
    )
    client.post(reverse("pictures:start_from_open_data", args=[town.partnership.slug, source.pk]))

    finding, left_out = DraftFinding.objects.order_by("id")
    assert "våldsbrott" in finding.title and "12.25 in 2023" in finding.title
    assert (
        "The country: 11.5." in finding.text and "Similar municipalities: none are fetched." in finding.text
    )
    assert "In 2021 it was 9.5; from then on between 9.5 and 14.5." in finding.text
    assert "To keep in mind: The sum of seven groups" in finding.text
    assert "lagförda" in left_out.text and "Drug offences" in left_out.text and "STRADA" in left_out.text
    assert "Reported violent crime" not in left_out.text


def test_before_anything_is_fetched_it_is_refused(town: Town, state: State) -> None:
    with pytest.raises(Refused):
        services.draft_first_picture(follow(town), period="2026", by=town.coordinator)


def test_more_numbers_than_a_draft_reads_are_refused_and_never_half_read(
    town: Town, state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("samsyn.evidence.long_table.PAGE_ROWS", 10)
    source = follow(town)
    tasks.fetch_source.enqueue(str(source.pk))
    source.refresh_from_db()

    with pytest.raises(Refused, match="Follow fewer indicators"), translation.override("en"):
        services.draft_first_picture(source, period="2026", by=town.coordinator)


def test_the_other_party_cannot_draft_from_it(town: Town, state: State, client: Client) -> None:
    source = follow(town)
    client.force_login(user_of(town.officer))

    answer = client.post(reverse("pictures:start_from_open_data", args=[town.partnership.slug, source.pk]))

    assert answer.status_code == 404


OWN, TITLE = "2480", "Anmälda våldsbrott, antal/100 000 inv"


def row(level: str, code: str, year: int, value: str, measure: str = TITLE) -> list[str]:
    days = [f"{year}-01-01", f"{year}-12-31"]
    return [level, code, "", measure, *days, "per 100 000 inhabitants", value, "ok", value]


def told(*rows: list[str]) -> str:
    own = row("municipality", OWN, 2023, "950")
    with translation.override("en"):
        (said,) = open_data.statements([own, *rows], municipality=OWN, titles={"N07403": TITLE})
    return said.text


def test_similar_municipalities_are_a_middle_and_a_range_never_a_rank() -> None:
    """The median of 640, 700, 1200 and 1300 by hand: 950, as here. A year without a number does not count."""
    similar = {"0680": "640", "1980": "700", "2580": "1200", "0380": "1300"}
    rows = [row("municipality", code, 2023, value) for code, value in similar.items()]

    said = told(*rows, row("municipality", "0580", 2022, "1"), row("region", "24", 2023, "1010"))

    assert "The region: 1,010." in said and "The country: no number for that year." in said
    assert "Of 4 similar municipalities the middle one has 950, the lowest 640 and the highest 1,300" in said
    assert "2 of them lie lower than here and 2 higher." in said


def test_of_two_similar_municipalities_there_is_no_middle_one() -> None:
    said = told(row("municipality", "0680", 2023, "1"), row("municipality", "1980", 2023, "2"))

    assert "too few have a number for that year to compare with" in said and "middle one" not in said


def test_women_and_men_are_one_sentence_and_not_two_findings() -> None:
    sexes = [row("municipality", OWN, 2023, value, f"{TITLE}, {sex}") for sex, value in SEXES.items()]

    assert "Women: 400. Men: 1,500." in told(*sexes)


SEXES = {"kvinnor": "400", "män": "1500"}


def test_a_survey_is_told_by_sex_with_its_interval_where_it_reaches() -> None:
    question = "Andelar, Avstått från att gå ut ensam"
    kinds = {"Andel": {"Kvinnor": "38", "Män": "9.5"}, "Konfidensintervall nedre gräns": {"Kvinnor": "35"}}
    kinds["Konfidensintervall övre gräns"] = {"Kvinnor": "41"}
    rows = [
        ["county", "24", "", f"{question}, {kind}, {sex}", *days, "percent", value, "ok", value]
        for days in (["2020-01-01", "2023-12-31"], ["2021-01-01", "2024-12-31"])
        for kind, by_sex in kinds.items()
        for sex, value in by_sex.items()
    ]

    with translation.override("en"):
        (said,) = open_data.survey_statements(rows, municipality=OWN)

    assert said.title.startswith(question) and "The municipality: no number." in said.text
    assert "The county 2021–2024: women 38 % (35–41), men 9.5 %." in said.text
    assert "Always show women and men apart." in said.text and "The country: no number." in said.text


def test_a_survey_that_reached_nobody_here_says_nothing() -> None:
    far = [
        "county",
        "01",
        "",
        "Tillit, Andel, Kvinnor",
        "2021-01-01",
        "2024-12-31",
        "percent",
        "1",
        "ok",
        "1",
    ]

    assert not open_data.survey_statements([far], municipality=OWN)


def test_gaps_name_what_is_not_fetched_what_has_ended_and_what_is_open_nowhere() -> None:
    with translation.override("en"):
        lines = "\n".join(
            open_data.gaps(wanted=["N07403", "N07544"], titles={"N07403": TITLE}, surveyed=True)
        )
        without = "\n".join(open_data.gaps(wanted=[], titles={}, surveyed=False))

    assert "N07544: Kolada has ended it" in lines and "Vandalism: not fetched. Kolada." in lines
    assert "Rape is not fetched" in lines and "STRADA" in lines and "trust in others" not in lines
    assert "trust in others: not fetched" in without and "Reported violent crime: not fetched" in without
