"""A service that is followed: fetched, changed, failed, and right again the next time."""

import socket
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from samsyn.core import clock
from samsyn.evidence import queries, services, tasks
from samsyn.evidence.models import Dataset, OpenSource, Upload
from samsyn.evidence.tests import build
from samsyn.evidence.tests.connectors import server
from samsyn.evidence.tests.connectors.server import State
from samsyn.parties.models import Organisation
from samsyn.parties.tests.build import Town, user_of


@pytest.fixture
def state(settings: Any, town: Town) -> Iterator[State]:
    held = State(calls=1_000)
    with server.running(held) as address:
        settings.KOLADA_URL, settings.SCB_URL = f"{address}/kolada", f"{address}/v2"
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
    assert data.rows == 3 * len(server.MONTHS) and "noise" in str(data.quality)
    expected = {
        str(server.cell_of((region, "TotSA", "TotSa", "000007SF", month)))
        for region in ("00", "99", town.partnership.municipality_code)
        for month in server.MONTHS
    }
    assert {row[7] for row in queries.rows_of(data)} == expected
