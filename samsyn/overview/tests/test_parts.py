"""Who sees only a part of the thread is never told that the rest is missing."""

import pytest
from django.test import Client
from django.urls import reverse

from samsyn.agreements.tests import build as agreements
from samsyn.overview import queries
from samsyn.parties.tests.build import Town, user_of


@pytest.mark.parametrize(("who", "sees_all"), [("coordinator", True), ("chair", True), ("owner", False)])
def test_a_gap_is_named_only_to_those_who_see_every_part(town: Town, who: str, sees_all: bool) -> None:
    agreements.agreement(town)

    whole = queries.whole_thread(town.actors()[who], town.partnership)

    assert whole.is_all is sees_all
    assert bool(whole.gaps) is sees_all


@pytest.mark.parametrize("who", ["owner", "auditor", "administrator"])
def test_the_start_page_counts_nothing_that_its_reader_does_not_see(
    town: Town, client: Client, who: str
) -> None:
    agreements.agreement(town)
    client.force_login(user_of(town.actors()[who]))

    page = client.get(reverse("overview:start", args=[town.partnership.slug])).content.decode()

    assert "Hål i tråden" not in page
    assert "0 iakttagelser" not in page
    assert ("Se hela tråden" in page) is (who != "administrator")
    assert ("Se människorna" in page) is (who == "administrator")


def test_who_reads_releases_is_led_to_them_and_told_nothing_is_missing(town: Town, client: Client) -> None:
    agreements.agreement(town)
    client.force_login(user_of(town.auditor))

    for page in ("start", "thread", "handover"):
        shown = client.get(reverse(f"overview:{page}", args=[town.partnership.slug])).text
        assert f'href="/{town.partnership.slug}/"' in shown
        assert reverse("plans:index", args=[town.partnership.slug]) not in shown
    assert "Ingen åtgärd är öppen" not in shown and "Ingen har sett tillbaka" not in shown
