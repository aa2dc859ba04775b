"""A plan that was made elsewhere: guessed, decided by a person, all or nothing, and never twice."""

import io
from datetime import date
from typing import Any

import pytest
import xlsxwriter
from django.test import Client
from django.urls import reverse

from samsyn.agreements.models import Priority
from samsyn.core.errors import Invalid, Missing, Refused
from samsyn.parties.tests.build import Town, user_of
from samsyn.pictures.models import Point
from samsyn.plans import arriving, services
from samsyn.plans.arriving import Arrival, day_of
from samsyn.plans.models import Measure, MeasureFile, RememberedColumn
from samsyn.plans.services.arriving import arrival_of
from samsyn.plans.tests.test_bringing import as_file, brought, point, town

__all__ = ["point", "town"]  # fixtures
HEADS = ["Insats", "Beskrivning", "Ansvarig", "Start", "Klart", "Uppföljning", "Budget kr", "Anteckning"]
LAMPS = ["Fler lampor", "I parken.", "Gatukontoret", "2027-01-01", "2027", "dec 2027", "120 000", "internt"]
WALKS = ["Vandringar", "", "Granviks kommun", "Q2 2027", "Q3 2027", "2027-10", "", ""]


def plan(*rows: list[str]) -> bytes:
    return as_file([["Handlingsplan 2027"], [], HEADS, *(rows or (LAMPS, WALKS))])


def said(town: Town, file: MeasureFile, point: Point, **given: Any) -> MeasureFile:
    table = arriving.table_of(file.content)
    assert table
    common = {
        "columns": arriving.guessed(table.heads, {}),
        "points": [point],
        "priorities": list(Priority.objects.filter(partnership=town.partnership, key="P1")),
        "owner": town.municipality,
        "owner_title": "samordnare",
        "kind": Measure.Kind.SITUATIONAL,
        "days": {},
    }
    return services.say_columns(file, **{**common, **given}, by=town.coordinator)


def looked_at(town: Town, file: MeasureFile) -> Arrival:
    return arrival_of(MeasureFile.objects.get(pk=file.pk), town.partnership, by=town.coordinator)


def take_in(town: Town, file: MeasureFile, *, without_unfit: bool = False, **chosen: str) -> int:
    return services.take_in_plan(
        town.partnership,
        file=file,
        seen=looked_at(town, file).seen,
        without_unfit=without_unfit,
        priority_of=chosen,
        by=town.coordinator,
    )


def test_any_heads_are_guessed_and_each_row_becomes_a_proposed_measure(town: Town, point: Point) -> None:
    file = brought(town, plan())
    table = arriving.table_of(file.content)
    assert table and list(table.heads) == HEADS
    names = [arriving.guessed(table.heads, {}).get(index, "") for index in range(len(HEADS))]
    assert names == ["title", "text", "owner", "starts", "ends", "follow_up", "cost_sek", ""]
    said(town, file, point)
    assert not Measure.objects.exists()

    assert take_in(town, file) == 2

    lamps, walks = Measure.objects.get(title="Fler lampor"), Measure.objects.get(title="Vandringar")
    assert (lamps.state, lamps.cost_sek, lamps.text) == ("proposed", 120_000, "I parken.")
    assert (lamps.owner, lamps.owner_title) == (town.municipality, "Gatukontoret")
    assert (lamps.starts, lamps.ends, lamps.follow_up) == (
        date(2027, 1, 1),
        date(2027, 12, 31),
        date(2027, 12, 31),
    )
    assert (walks.text, walks.owner_title) == ("Vandringar", "samordnare")
    assert (walks.starts, walks.ends) == (date(2027, 4, 1), date(2027, 9, 30))
    assert lamps.points.get().point == point and lamps.priorities.get().priority.key == "P1"
    assert not MeasureFile.objects.exists()


def test_the_same_plan_brought_again_makes_nothing_twice(town: Town, point: Point) -> None:
    file = said(town, brought(town, plan()), point)
    take_in(town, file)

    again = said(town, brought(town, plan(LAMPS, LAMPS, WALKS)), point)

    found = looked_at(town, again)
    assert found.coming == [] and len(found.here) == 3
    with pytest.raises(Refused, match="Nothing in the file"):
        take_in(town, again)
    with pytest.raises(Missing):  # the first file is gone with its confirmation
        services.take_in_plan(
            town.partnership, file=file, seen=found.seen, without_unfit=False, by=town.coordinator
        )
    assert Measure.objects.count() == 2


def test_each_cell_that_cannot_be_taken_in_is_pointed_out_and_nothing_is_half_stored(
    town: Town, point: Point
) -> None:
    bad = ["", "Ring Anna på 070-174 06 05", "Gatukontoret", "i våras", "2027", "2027", "många", ""]
    backwards = ["Bänkar", "", "", "2027", "2026", "2027", "", ""]
    file = said(town, brought(town, plan(LAMPS, bad, backwards)), point)

    found = looked_at(town, file)
    assert [(one.number, one.head) for one in found.unfit] == [
        (5, "Insats"),
        (5, "Beskrivning"),
        (5, "Start"),
        (5, "Budget kr"),
        (6, "Klart"),
    ]
    assert "points out a person" in found.unfit[1].reason
    with pytest.raises(Refused, match="2 rows have cells"):
        take_in(town, file)
    assert not Measure.objects.exists() and not RememberedColumn.objects.exists()

    assert take_in(town, file, without_unfit=True) == 1
    assert Measure.objects.get().title == "Fler lampor"


def test_what_was_said_of_a_head_is_remembered_for_the_partnership(town: Town, point: Point) -> None:
    first = brought(town, plan(LAMPS))
    said(town, first, point, columns={0: "title", 1: "", 7: "goal"})
    with pytest.raises(Refused, match="1 row has"):  # no days in the columns that were chosen
        take_in(town, first)
    days = {"starts": date(2027, 1, 1), "ends": date(2027, 6, 1), "follow_up": date(2027, 6, 1)}
    said(town, first, point, columns={0: "title", 1: "", 7: "goal"}, days=days)
    take_in(town, first)
    assert Measure.objects.get().goal == "internt"

    client = Client()
    client.force_login(user_of(town.coordinator))
    second = brought(town, plan(WALKS))
    page = client.get(reverse("plans:columns", args=[town.partnership.slug, second.pk])).text

    chosen = page.split('name="column-7"')[1].split("</select>")[0]
    assert '<option value="goal" selected' in chosen
    assert '<option value="" selected' in page.split('name="column-1"')[1].split("</select>")[0]


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"columns": {0: "text"}}, "name of the measure"),
        ({"columns": {0: "title", 1: "title"}}, "cannot both be"),
        ({"points": []}, "Choose the finding"),
        ({"priorities": []}, "Choose the priority"),
        ({"owner_title": "Ring 070-174 06 05"}, "points out a person"),
    ],
)
def test_the_columns_are_refused_with_a_reason(
    town: Town, point: Point, given: dict[str, Any], reason: str
) -> None:
    file = brought(town, plan())

    with pytest.raises(Invalid, match=reason):
        said(town, file, point, **given)

    assert not MeasureFile.objects.get(pk=file.pk).said


def test_a_priority_that_the_agreement_does_not_have_is_asked_for(town: Town, point: Point) -> None:
    own = Priority.objects.get(partnership=town.partnership, key="P1")
    heads = ["Insats", "Prioritering", "Start", "Klart", "Uppföljning"]
    days = ["2027", "2027", "2027"]
    rows = [["A", own.title, *days], ["B", "Unga", *days], ["C", " UNGA ", *days], ["D", "", *days]]
    file = said(town, brought(town, as_file([heads, *rows, ["E", "Trafik", *days]])), point)
    client = Client()
    client.force_login(user_of(town.coordinator))
    path = reverse("plans:arrived", args=[town.partnership.slug, file.pk])

    found = looked_at(town, file)
    assert found.unknown == ["Unga", "Trafik"]
    page = client.get(path).text
    assert "Vilken prioritering är ”Unga”?" in page and "”UNGA”: välj nedan" in page
    refused = client.post(path, {"seen": found.seen, "priority-0": str(own.pk)})
    assert refused.status_code == 422 and "Säg vilken prioritering det är." in refused.text
    for chosen in ({}, {"Unga": str(own.pk), "Trafik": str(point.pk)}):
        with pytest.raises(Invalid, match="Say which priority"):
            take_in(town, file, **chosen)
    assert not Measure.objects.exists()

    sent = {"seen": found.seen, "priority-0": str(own.pk), "priority-1": "common"}
    assert client.post(path, sent).status_code == 302
    assert Measure.objects.filter(priorities__priority=own).count() == 5


def test_another_row_can_be_the_one_with_the_heads(town: Town, point: Point) -> None:
    misleading = ["Åtgärd", "Ansvarig", "Start", "Klart", "Uppföljning", "Metod"]
    rows = [["Kolumn 1", "Kolumn 2"], ["Fler lampor", "Gatukontoret"], [], misleading]
    file = brought(town, as_file([*rows, ["sist", "Parkenheten", "", "", "", ""]]))
    client = Client()
    client.force_login(user_of(town.coordinator))
    path = reverse("plans:columns", args=[town.partnership.slug, file.pk])

    page = client.get(path).text
    assert "Är det fel rubriker?" in page and "Rad 1: Kolumn 1, Kolumn 2" in page and "column-5" in page
    page = client.get(path, {"heads": "0-1"}).text
    assert "Till exempel: Fler lampor" in page and "column-5" not in page
    given: dict[str, Any] = {"column-0": "title", "column-1": "owner", "heads": "0-1", "kind": "social"}
    given |= dict.fromkeys(("starts", "ends", "follow_up"), "2027-06-01")
    given |= {"points": [str(point.pk)], "owner": str(town.municipality.pk)}
    given["priorities"] = [str(Priority.objects.filter(key="P1").get().pk)]
    assert client.post(path, given).status_code == 302

    assert [one.title for one in looked_at(town, file).coming] == ["Fler lampor", "Åtgärd", "sist"]
    assert 'value="0-1"' in client.get(path).text  # also when one goes back


def test_a_head_that_points_out_a_person_is_not_remembered(town: Town) -> None:
    with pytest.raises(Invalid, match="points out a person"):
        services.remember_column(town.partnership, head="ring 070-174 06 05", field="", by=town.coordinator)


def test_nobody_but_the_party_sees_the_file(town: Town, point: Point) -> None:
    file = brought(town, plan())
    with pytest.raises(Missing):
        services.say_columns(
            file,
            columns={0: "title"},
            points=[point],
            priorities=[],
            owner=None,
            owner_title="",
            kind=Measure.Kind.SOCIAL,
            days={},
            by=town.officer,
        )


def test_a_workbook_goes_from_upload_to_measures_in_the_pages(town: Town, point: Point) -> None:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        book.add_worksheet("Omslag").write(0, 0, "Handlingsplan")
        sheet = book.add_worksheet("Plan")
        sheet.write_row(3, 0, ["Insats", "Ansvarig", "Från", "Klart", "Följs upp"])
        sheet.write_row(4, 0, ["Fler lampor", "Polisen i Norr"])
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for column, when in ((2, date(2027, 1, 2)), (3, date(2027, 6, 1)), (4, date(2027, 7, 1))):
            sheet.write_datetime(4, column, when, day)
    file = brought(town, content.getvalue(), name="plan.xlsx")
    client, slug = Client(), town.partnership.slug
    client.force_login(user_of(town.coordinator))
    path = reverse("plans:columns", args=[slug, file.pk])
    assert path in client.get(reverse("plans:brought", args=[slug, file.pk])).text
    names = ["title", "owner", "starts", "ends", "follow_up"]
    given: dict[str, Any] = {f"column-{index}": name for index, name in enumerate(names)}
    given |= {"kind": "social", "points": [str(point.pk)], "owner": str(town.municipality.pk)}
    given["priorities"] = [str(Priority.objects.filter(key="P1").get().pk)]

    refused = client.post(path, {**given, "points": []})
    assert refused.status_code == 422
    answer = client.post(path, given)
    assert answer.status_code == 302
    page = client.get(answer["Location"]).text
    assert "Fler lampor" in page and "2 januari 2027" in page
    stale = client.post(answer["Location"], {"seen": "gammalt"})
    assert stale.status_code == 422
    assert client.post(answer["Location"], {"seen": looked_at(town, file).seen}).status_code == 302

    assert Measure.objects.get().owner_title == "Polisen i Norr"


def test_a_file_without_heads_says_what_to_do(town: Town) -> None:
    file = brought(town, b"bara en cell\n")
    client = Client()
    client.force_login(user_of(town.coordinator))

    answer = client.get(reverse("plans:columns", args=[town.partnership.slug, file.pk]))

    assert answer.status_code == 409 and "rubriker" in answer.text
    assert arriving.table_of({}) is None


@pytest.mark.parametrize(
    ("cell", "first", "last"),
    [
        ("2027-02-03", date(2027, 2, 3), date(2027, 2, 3)),
        ("2027-02-03 00:00:00", date(2027, 2, 3), date(2027, 2, 3)),
        ("3/2 2027", date(2027, 2, 3), date(2027, 2, 3)),
        ("2028-02", date(2028, 2, 1), date(2028, 2, 29)),
        ("februari 2027", date(2027, 2, 1), date(2027, 2, 28)),
        ("2027", date(2027, 1, 1), date(2027, 12, 31)),
        ("kvartal 4 2027", date(2027, 10, 1), date(2027, 12, 31)),
        ("2027Q1", date(2027, 1, 1), date(2027, 3, 31)),
        ("2027-13", None, None),
        ("2027-02-30", None, None),
        ("löpande", None, None),
        ("", None, None),
    ],
)
def test_a_day_as_plans_write_it(cell: str, first: date | None, last: date | None) -> None:
    assert day_of(cell, is_last=False) == first
    assert day_of(cell, is_last=True) == last
