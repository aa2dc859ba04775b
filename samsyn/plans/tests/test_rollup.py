"""How many measures stand where, with the base said; what is chosen in the address; what leaves as a file."""

import csv
import io
import json
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from samsyn.core import clock
from samsyn.core.actors import Actor
from samsyn.parties.tests.build import Town, user_of
from samsyn.pictures.models import Point
from samsyn.pictures.tests import build as drafts
from samsyn.plans import queries, rollup, services
from samsyn.plans.models import Measure
from samsyn.plans.rollup import Rollup
from samsyn.plans.tests import build
from tests import standing

State = Measure.State


@pytest.fixture
def town(db: None, home: Path) -> Town:
    return standing.once(drafts.agreed_town, home)


@pytest.fixture
def point(town: Town) -> Point:
    return Point.objects.get()


def counted(town: Town, *, by: Actor | None = None, days: int = 0) -> Rollup:
    today = clock.today() + timedelta(days=days)
    found = queries.followed_measures(by or town.coordinator, town.partnership)
    return rollup.rollup([rollup.standing_of(one, today) for one in found], today)


def numbers(rows: list[rollup.Row]) -> dict[str, tuple[int, int]]:
    return {row.label: (row.own, row.others) for row in rows}


def report(town: Town, measure: Measure, state: Measure.State) -> None:
    services.report_status(measure, state=state, text="Så är det.", by=town.coordinator)


def test_the_base_is_said_and_what_is_left_out(town: Town, point: Point) -> None:
    report(town, build.measure(town, point, title="Ett"), State.DONE)
    report(town, build.measure(town, point, title="Två"), State.ONGOING)
    report(town, build.measure(town, point, title="Tre"), State.CANCELLED)
    build.measure(town, point, title="Fotpatrull", owner=town.police)

    found = counted(town)

    assert (found.total, found.cancelled, found.own, found.others) == (4, 1, 2, 1)
    activity, outcome = numbers(found.activity), numbers(found.outcome)
    assert activity["Measures"] == outcome["Measures"] == (2, 1)
    assert (activity["Done"], activity["Under way"], activity["Proposed"]) == ((1, 0), (1, 0), (0, 1))
    states = [activity[str(state.label)] for state in State if state != State.CANCELLED]
    assert tuple(map(sum, zip(*states, strict=True))) == (2, 1)
    assert "Cancelled" not in activity


def test_what_nobody_has_reported_in_a_quarter_is_unknown_and_done_is_not(town: Town, point: Point) -> None:
    report(town, build.measure(town, point, title="Ett"), State.ONGOING)
    report(town, build.measure(town, point, title="Två"), State.DONE)
    build.measure(town, point, title="Tre")

    def unknown(days: int) -> tuple[int, int]:
        return next(
            (row.own, row.others) for row in counted(town, days=days).activity if "Unknown" in row.label
        )

    assert unknown(0) == (0, 0)
    assert unknown(91) == (0, 0)
    assert unknown(92) == (2, 0)


def test_outcomes_are_counted_of_those_that_have_an_indicator(town: Town, point: Point) -> None:
    reached, unsure, ended = (build.measure(town, point, title=name) for name in ("Ett", "Två", "Tre"))
    first = build.indicator(town, reached)
    build.value(town, first, 15, low=Decimal(13), high=Decimal(17))
    build.value(town, build.indicator(town, unsure), 15)
    services.end_indicator(build.indicator(town, ended), reason="Mäts inte.", by=town.coordinator)

    found = numbers(counted(town).outcome)

    assert found["No indicator of outcome: unknown"] == (1, 0)
    assert found["Have an indicator of outcome"] == (2, 0)
    assert found["The target is reached"] == (1, 0) and found["Cannot say"] == (1, 0)
    build.value(town, build.indicator(town, reached, definition="Ett till"), 15)  # cannot say
    assert numbers(counted(town).outcome)["The target is reached"] == (0, 0)


def test_what_is_chosen_stands_in_the_address_and_what_means_nothing_chooses_nothing(
    town: Town, point: Point, client: Client
) -> None:
    report(town, build.measure(town, point, title="Lampor"), State.DONE)
    build.measure(town, point, title="Fotpatrull", owner=town.police)
    client.force_login(user_of(town.officer))
    address = reverse("plans:index", args=[town.partnership.slug])

    def shown(query: str) -> set[str]:
        page = client.get(f"{address}?{query}").text
        return {title for title in ("Lampor", "Fotpatrull") if f">{title}</a>" in page}

    assert shown("") == shown("lage=finns-inte&vem=x&prioritering=%00") == {"Lampor", "Fotpatrull"}
    assert shown("lage=done") == shown(f"vem={town.municipality.pk}") == {"Lampor"}
    assert shown("mina=1") == {"Fotpatrull"}
    assert shown("mina=1&lage=done") == set()
    assert shown(f"prioritering={point.priority_id}") == {"Lampor", "Fotpatrull"}
    page = client.get(f"{address}?lage=done&mina=").text
    assert "lista.xlsx?lage=done" in page and "1 åtgärd visas" in page


def test_files_hold_exactly_what_is_chosen_with_stable_ids_and_no_formula(
    town: Town, point: Point, client: Client
) -> None:
    hostile = build.measure(town, point, title="=1+1")
    build.measure(town, point, title="Fotpatrull", owner=town.police)
    indicator = build.indicator(town, hostile, definition="+SUMMA(A1)")
    build.value(town, indicator, "15.5", low=Decimal(13), high=Decimal(17))
    client.force_login(user_of(town.coordinator))
    slug = town.partnership.slug

    def fetched(form: str) -> Any:
        return client.get(reverse(f"plans:{form}", args=[slug]) + "?mina=1").content

    content = fetched("csv")
    assert content.startswith(b"\xef\xbb\xbf")
    heads, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";")
    assert heads[:4] == ["id", "version", "Åtgärd", "Läge"]
    assert [[row[0], row[2]] for row in rows] == [[str(hostile.pk), "'=1+1"]]
    assert rows[0][heads.index("Utfall")] == "Målvärdet är nått"

    book = load_workbook(io.BytesIO(fetched("xlsx")))
    first, second = book.worksheets
    assert [cell.value for cell in first["A"]] == ["id", str(hostile.pk)]
    assert (first["C2"].value, first["C2"].data_type) == ("=1+1", "s")
    assert second["A2"].value == str(indicator.pk) and second["B2"].value == str(hostile.pk)
    values = [cell.value for cell in second[2]]
    assert "+SUMMA(A1)" in values and 15.5 in values and 18 in values

    (measure,) = json.loads(fetched("json"))["measures"]
    assert measure["id"] == str(hostile.pk) and measure["outcome"] == "reached"
    (found,) = measure["indicators"]
    assert (found["id"], found["target"]) == (str(indicator.pk), "18")
    assert found["values"][0]["value"] == "15.5" and found["values"][0]["low"] == "13"


def test_the_page_asks_no_more_when_there_is_more(
    town: Town, point: Point, client: Client, django_assert_max_num_queries: Any
) -> None:
    client.force_login(user_of(town.coordinator))
    address = reverse("plans:index", args=[town.partnership.slug])

    def more(number: int) -> None:
        measure = build.measure(town, point, title=f"Åtgärd {number}")
        report(town, measure, State.ONGOING)
        wrong = build.value(town, build.indicator(town, measure), 20)
        build.value(town, wrong.indicator, 21, corrects=wrong)

    more(0)
    with django_assert_max_num_queries(15) as few:
        client.get(address)
    for number in range(1, 4):
        more(number)
    with django_assert_max_num_queries(len(few)):
        client.get(address)


def test_an_owner_takes_along_its_own_measures_and_an_outsider_none(
    town: Town, point: Point, client: Client
) -> None:
    build.measure(town, point, title="Lampor")
    build.measure(town, point, title="Fotpatrull", owner=town.police)
    address = reverse("plans:csv", args=[town.partnership.slug])

    client.force_login(user_of(town.owner))
    mine = client.get(address).text
    client.force_login(user_of(town.outsider))

    assert "Lampor" in mine and "Fotpatrull" not in mine
    assert client.get(address).status_code == 404
