"""A service that is followed: fetched, changed, failed, and right again the next time."""

import json
import socket
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from samsyn.core import clock
from samsyn.evidence import queries, services, tasks
from samsyn.evidence.connectors import asking, pxweb
from samsyn.evidence.connectors.session import Fault, FetchFailed, Session
from samsyn.evidence.models import Dataset, OpenSource, Upload
from samsyn.evidence.tests import build
from samsyn.evidence.tests.connectors import server
from samsyn.evidence.tests.connectors.server import State
from samsyn.parties import queries as parties
from samsyn.parties.models import Organisation
from samsyn.parties.tests.build import Town, user_of


@pytest.fixture
def state(settings: Any, town: Town) -> Iterator[State]:
    held = State(calls=1_000)
    with server.running(held) as address:
        settings.KOLADA_URL, settings.SCB_URL = f"{address}/kolada", f"{address}/v2"
        settings.FOHM_URL = f"{address}/fohm"
        yield held


def follow(town: Town, *kpis: str) -> OpenSource:
    party = Organisation.objects.get(pk=town.coordinator.own_party)
    return services.follow_source(
        party,
        partnership=town.partnership,
        service="kolada",
        every="month",
        kpis=kpis or ("N07403",),
        by=town.coordinator,
    )


def follow_population(town: Town) -> OpenSource:
    party = Organisation.objects.get(pk=town.coordinator.own_party)
    return services.follow_source(
        party, partnership=town.partnership, service="scb", every="week", by=town.coordinator
    )


def fetched(source: OpenSource) -> OpenSource:
    with build.no_sandbox():  # the picture drafted from open data is read in the real one
        tasks.fetch_source.enqueue(str(source.pk))
    return OpenSource.objects.get(pk=source.pk)


def test_the_first_fetch_is_a_dataset_with_its_source_and_terms(town: Town, state: State) -> None:
    source = fetched(follow(town))

    data = source.dataset
    assert source.state == "fetched" and data is not None and source.next_on is not None
    assert (str(data.source_name), data.source_code, data.rows) == ("Kolada", "kolada", 9)
    assert source.next_on == clock.today() + timedelta(days=30)
    assert not Upload.objects.exists()


def test_the_next_fetch_says_what_changed_and_replaces_the_first(town: Town, state: State) -> None:
    first = fetched(follow(town))
    area = town.partnership.municipality_code
    state.changed["N07403", area, 2022] = 99.5
    state.years = [2022, 2023, 2024]

    second = fetched(first)

    changes = second.unpacked("changes")
    assert (changes["added"], changes["changed"], changes["removed"]) == (3, 1, 3)
    changed = next(row for row in changes["rows"] if row[0] == "changed")
    assert changed[2] == area and changed[-1] == "99.5"
    assert second.dataset is not None and second.dataset.supersedes_id == first.dataset_id


def test_a_fetch_with_nothing_new_stores_nothing(town: Town, state: State) -> None:
    first = fetched(follow(town))

    again = fetched(first)

    assert again.state == "unchanged" and again.dataset_id == first.dataset_id
    assert Dataset.objects.count() == 1 and not Upload.objects.exists()


@pytest.mark.parametrize(("fault", "meant"), [("404", "refused"), ("page", "changed"), ("429:900", "busy")])
def test_a_fault_keeps_what_was_stored_and_the_next_run_is_right(
    town: Town, state: State, fault: str, meant: str
) -> None:
    first = fetched(follow(town))
    state.faults, state.years = ["", fault], [2024]

    failed = fetched(first)

    assert (failed.state, failed.fault, failed.dataset_id) == ("failed", meant, first.dataset_id)
    assert failed.next_on == clock.today() + timedelta(days=1) and Dataset.objects.count() == 1
    right = fetched(failed)
    assert (right.state, right.fault) == ("fetched", "") and Dataset.objects.count() == 2


def test_offline_is_said_on_the_page_and_the_stored_numbers_stay(
    town: Town, state: State, settings: Any, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = fetched(follow(town))
    monkeypatch.setattr("samsyn.evidence.connectors.session.TRIES", 1)
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        settings.KOLADA_URL = f"http://127.0.0.1:{nobody.getsockname()[1]}"
        fetched(source)
    client.force_login(user_of(town.coordinator))
    client.cookies["language"] = "en"

    page = client.get(reverse("evidence:sources", args=[town.partnership.slug])).text

    assert "cannot be reached" in page and "is kept and can be used" in page and "N07403" in page


def test_the_schedule_fetches_what_is_due_only(town: Town, state: State) -> None:
    source = follow(town)

    tasks.fetch_due.enqueue()
    asked = len(state.asked)
    tasks.fetch_due.enqueue()

    assert OpenSource.objects.get(pk=source.pk).state == "fetched"
    assert asked and len(state.asked) == asked


def test_a_source_that_nobody_fetches_any_more_says_so(town: Town, state: State, client: Client) -> None:
    """Whoever began it has no role here any more, so the schedule leaves it alone."""
    follow(town)
    client.force_login(user_of(town.coordinator))
    client.cookies["language"] = "en"
    address = reverse("evidence:sources", args=[town.partnership.slug])
    assert "Overdue" not in client.get(address).text

    with clock.at(clock.now() + timedelta(days=2)):
        assert "Overdue" in client.get(address).text


def test_an_editor_follows_fetches_and_stops_in_the_browser(town: Town, state: State, client: Client) -> None:
    client.force_login(user_of(town.coordinator))
    page = reverse("evidence:sources", args=[town.partnership.slug])

    wrong = client.post(page, {"service": "kolada", "every": "week", "more": "7403"})
    client.post(page, {"service": "kolada", "every": "week", "kpis": ["N07403"], "more": "n02904"})
    source = OpenSource.objects.get()
    client.post(reverse("evidence:fetch_now", args=[town.partnership.slug, source.pk]))
    assert wrong.status_code == 422 and source.unpacked("wanted") == ["N02904", "N07403"]
    assert OpenSource.objects.get().state == "unchanged"

    client.post(reverse("evidence:stop_source", args=[town.partnership.slug, source.pk]))

    assert not OpenSource.objects.exists() and Dataset.objects.count() == 1


def test_the_other_party_neither_sees_nor_fetches_it(town: Town, state: State, client: Client) -> None:
    source = follow(town)
    client.force_login(user_of(town.officer))

    assert not queries.open_sources_of(town.officer)
    answer = client.post(reverse("evidence:fetch_now", args=[town.partnership.slug, source.pk]))
    assert answer.status_code == 404 and not state.asked


def test_an_own_calculation_never_names_kolada(town: Town, state: State) -> None:
    data = fetched(follow(town)).dataset

    assert data is not None and "kolada" not in data.cited_as.casefold()
    assert build.dataset(town).cited_as == build.SOURCE


def test_the_population_of_scb_comes_as_it_is_with_its_noise_told(town: Town, state: State) -> None:
    source = fetched(follow_population(town))

    data = source.dataset
    assert (source.state, source.fault) == ("fetched", "") and data is not None
    areas = ("00", "99", town.partnership.municipality_code)
    assert data.rows == 3 * (len(server.MONTHS) + 2) and "noise" in str(data.quality)
    months = {
        str(server.cell_of((area, "TotSA", "TotSa", "000007SF", month)))
        for area in areas
        for month in server.MONTHS
    }
    years = {str(server.cell_of((area, "BE0101N1", year))) for area in areas for year in ("2023", "2024")}
    expected = months | years
    assert {row[7] for row in queries.rows_of(data)} == expected


def test_rates_are_measured_against_the_population_that_came(town: Town, state: State) -> None:
    """The last day of each year and the newest month; a number that somebody typed stays as it is."""
    code = town.partnership.municipality_code
    build.population(town, code=code, name="Granvik", number=5_000, day=date(2023, 12, 31))

    fetched(follow_population(town))

    found = {one.day: one for one in queries.population_of(town.officer, town.partnership)}
    assert set(found) == {date(2023, 12, 31), date(2024, 12, 31), date(2026, 3, 31)}
    assert found[date(2023, 12, 31)].number == 5_000
    assert found[date(2024, 12, 31)].number == server.cell_of((code, "BE0101N1", "2024"))
    assert "SCB" in found[date(2024, 12, 31)].source


def test_numbers_that_scb_corrects_are_corrected_in_the_population(
    town: Town, state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = fetched(follow_population(town))
    monkeypatch.setattr(server, "cell_of", lambda codes: 7)

    fetched(source)

    assert {one.number for one in queries.population_of(town.officer, town.partnership)} == {7}


def test_the_survey_comes_where_it_reaches_by_sex_with_its_interval(town: Town, state: State) -> None:
    """The table knows the county and the country; the municipality did not order more answers."""
    source = services.follow_source(
        town.municipality, partnership=town.partnership, service="fohm", every="month", by=town.coordinator
    )

    data = fetched(source).dataset

    assert data is not None and data.is_own is False and data.source_code == "pxweb"
    rows = queries.rows_of(data)
    assert {row[1] for row in rows} == {"00", "99"} and {row[6] for row in rows} == {"percent"}
    assert len(rows) == 4 * 2 * 3 * 3 * 2
    shown = next(row for row in rows if "Avstått" in row[3] and "Kvinnor" in row[3] and "nedre" in row[3])
    assert (shown[4][:10], shown[5][:10]) == ("2020-01-01", "2023-12-31")


def test_similar_municipalities_come_along_after_kolada_s_newest_group(town: Town, state: State) -> None:
    state.groups = [
        group("Liknande kommuner socioekonomi, Umeå, 2026", "1917"),
        group("Liknande kommuner, övergripande, Umeå, 2023", "0180"),
        group("Liknande kommuner, övergripande, Umeå, 2025", "2580", "0680", "2480", "G7"),
        group("Liknande kommuner grundskola, Umeå, 2026", "1280"),
    ]

    fetched_for = asking.fetch("kolada", municipality="2480", name="Umeå", kpis=["N07403"])

    assert fetched_for.about == "Liknande kommuner, övergripande, Umeå, 2025"
    codes = {row["municipality"] for row in json.loads(fetched_for.content)["values"]}
    assert codes == {"2480", "0024", "0000", "0680", "2580"}


def test_a_group_that_is_built_in_a_new_way_fails_the_fetch(town: Town, state: State) -> None:
    state.groups = [{"title": "Liknande kommuner, övergripande, Umeå, 2025"}]

    with pytest.raises(FetchFailed) as caught:
        asking.fetch("kolada", municipality="2480", name="Umeå", kpis=["N07403"])

    assert caught.value.fault is Fault.CHANGED


def test_an_id_that_means_something_else_now_is_left_out(town: Town, state: State) -> None:
    state.titles |= {"N07403": "Andel lediga båtplatser, andel (%)", "N07544": ""}

    found = asking.fetch("kolada", municipality="2480", name="Umeå", kpis=["N07403", "N07544", "N02905"])

    assert set(found.answers["titles"]) == {"N02905"}  # type: ignore[call-overload]
    assert {row["kpi"] for row in json.loads(found.content)["values"]} == {"N02905"}
    with pytest.raises(FetchFailed):
        asking.fetch("kolada", municipality="2480", name="Umeå", kpis=["N07403", "N07544"])


def test_a_survey_without_any_of_the_areas_is_a_changed_table(state: State) -> None:
    with pytest.raises(FetchFailed) as caught:
        pxweb.table_v1(
            Session(f"{state.base}/fohm", calls=1_000),
            "x/litaYreg.px",
            choice={},
            where_known={"Region": ["1"]},
        )

    assert (caught.value.fault, caught.value.detail) == (Fault.CHANGED, "Region")


def test_what_the_command_line_began_is_fetched_by_the_party_s_connector(town: Town, state: State) -> None:
    """Nobody works there yet. Whoever fetches it in the browser takes over."""
    by = parties.connector(town.municipality, partnership=town.partnership)
    source = services.follow_source(
        town.municipality,
        partnership=town.partnership,
        service="kolada",
        every="month",
        kpis=["N07403"],
        by=by,
    )

    data = fetched(source).dataset

    assert source.asked_by is None and data is not None and data.party_id == town.municipality.pk


def group(title: str, *codes: str) -> dict[str, Any]:
    return {
        "id": "G1",
        "title": title,
        "members": [{"member_id": code, "member_title": ""} for code in codes],
    }
