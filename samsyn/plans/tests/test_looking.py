"""The same measures as a list, a board and a timeline, with the same choice in the address."""

from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from samsyn.parties.tests.build import Town, user_of
from samsyn.pictures.models import Point
from samsyn.pictures.tests import build as drafts
from samsyn.plans import services
from samsyn.plans.models import Measure
from samsyn.plans.tests import build
from tests import standing


@pytest.fixture
def town(db: None, home: Path) -> Town:
    return standing.once(drafts.agreed_town, home)


@pytest.fixture
def measures(town: Town) -> list[Measure]:
    point = Point.objects.get()
    made = [build.measure(town, point, title=title) for title in ("Lampor", "Bänkar")]
    made.append(build.measure(town, point, title="Fotpatrull", owner=town.police))
    services.report_status(made[0], state=Measure.State.ONGOING, text="Igång.", by=town.coordinator)
    return made


def shown(client: Client, town: Town, **asked: str) -> str:
    answer = client.get(reverse("plans:index", args=[town.partnership.slug]), asked)
    assert answer.status_code == 200
    return answer.text


@pytest.mark.parametrize("view", ["", "tavla", "tidslinje"])
def test_each_way_to_look_shows_the_chosen_measures_and_no_other(
    town: Town, client: Client, measures: list[Measure], view: str
) -> None:
    client.force_login(user_of(town.coordinator))

    everything, mine = shown(client, town, visa=view), shown(client, town, visa=view, mina="1")

    assert all(one.title in everything for one in measures)
    assert "Lampor" in mine and "Fotpatrull" not in mine
    assert f"lista.csv?mina=1{f'&amp;visa={view}' if view else ''}" in mine
    assert ('<div class="board">' in everything) == (view == "tavla")
    assert ("<svg xmlns" in everything) == (view == "tidslinje")


def test_the_ways_to_look_keep_the_choice_and_an_unknown_one_is_the_list(
    town: Town, client: Client, measures: list[Measure]
) -> None:
    client.force_login(user_of(town.coordinator))

    page = shown(client, town, lage="ongoing", visa="tavla")

    assert "?lage=ongoing&amp;visa=tidslinje" in page and '?lage=ongoing"' in page
    assert "?lage=ongoing&amp;mina=1&amp;visa=tavla" in page
    assert '<table class="ds-table"><caption class="muted' in shown(client, town, visa="cirkel")


def test_a_timeline_of_no_measure_says_so(town: Town, client: Client, measures: list[Measure]) -> None:
    client.force_login(user_of(town.coordinator))

    assert "Ingen åtgärd är sådan" in shown(client, town, lage="done", visa="tidslinje")


@pytest.mark.parametrize("view", ["", "tidslinje"])
def test_a_long_list_is_read_page_by_page_and_a_page_that_is_not_there_is_the_last(
    town: Town,
    client: Client,
    measures: list[Measure],
    view: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("samsyn.plans.views.measures.PAGE", 2)
    client.force_login(user_of(town.coordinator))

    pages = [shown(client, town, visa=view, sida=page) for page in ("1", "2", "99")]

    on_page = [{one.title for one in measures if f">{one.title}</a>" in page} for page in pages]
    assert on_page[0] | on_page[1] == {one.title for one in measures}
    assert not on_page[0] & on_page[1]
    assert on_page[2] == on_page[1]
    assert "sida=2" in pages[0]
