"""A first draft from open numbers that are stored, checked against the numbers of the local server."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from samsyn.core.errors import Refused
from samsyn.evidence import services as evidence
from samsyn.evidence import tasks
from samsyn.evidence.models import OpenSource
from samsyn.evidence.tests.connectors import server
from samsyn.evidence.tests.connectors.server import State
from samsyn.parties.tests.build import Town, user_of
from samsyn.pictures import services
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
    assert "N07403" in finding.title and "12.25 in 2023" in finding.title
    assert "The country: 11.5." in finding.text
    assert "In 2021 it was 9.5; from then on between 9.5 and 14.5." in finding.text
    assert "N02905" in left_out.text and "Drug offences" in left_out.text and "STRADA" in left_out.text
    assert "Reported violent crime" not in left_out.text


def test_before_anything_is_fetched_it_is_refused(town: Town, state: State) -> None:
    with pytest.raises(Refused):
        services.draft_first_picture(follow(town), period="2026", by=town.coordinator)


def test_the_other_party_cannot_draft_from_it(town: Town, state: State, client: Client) -> None:
    source = follow(town)
    client.force_login(user_of(town.officer))

    answer = client.post(reverse("pictures:start_from_open_data", args=[town.partnership.slug, source.pk]))

    assert answer.status_code == 404
