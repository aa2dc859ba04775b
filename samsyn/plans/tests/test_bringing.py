"""A file that was taken along comes back: nothing guessed, nothing lost, nothing run, nothing decided."""

import csv
import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from samsyn.core import clock, downloads
from samsyn.core.errors import Invalid, Missing, NotAllowed, Refused
from samsyn.evidence.readers.cells import read_cells
from samsyn.evidence.readers.table import Refusal
from samsyn.parties.models import Organisation
from samsyn.parties.tests.build import Town, user_of
from samsyn.pictures.models import Point
from samsyn.pictures.tests import build as drafts
from samsyn.plans import services, tasks
from samsyn.plans.bringing import Preview, read_back
from samsyn.plans.models import Measure, MeasureFile
from samsyn.plans.tests import build
from tests import standing

# What a spreadsheet would run, or change, if the files let it. Situation U11 of the demands.
HOSTILE = [
    '=HYPERLINK("http://x";"a")',
    "-5 % brott",
    "+46 är ett riktnummer",
    "@samordnare",
    "\t=1",
    "'citat",
    "'=1+1",
    "-3",
    "rad ett\nrad två",
]
Rows = list[list[str]]


@pytest.fixture
def town(db: None, home: Path) -> Town:
    return standing.once(drafts.agreed_town, home)


@pytest.fixture
def point(town: Town) -> Point:
    return Point.objects.get()


@contextmanager
def no_sandbox() -> Iterator[None]:
    def read(path: Path, *, name: str, limits: Any) -> Any:
        return read_cells(path.read_bytes(), name=name)

    with patch("samsyn.evidence.services.cells.read_cells_in_sandbox", read):
        yield


def taken_along(client: Client, town: Town, form: str = "csv") -> bytes:
    client.force_login(user_of(town.coordinator))
    answer = client.get(reverse(f"plans:{form}", args=[town.partnership.slug]))
    assert answer.status_code == 200
    return bytes(answer.content)


def rows_of(content: bytes) -> Rows:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def as_file(rows: Rows) -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def brought(town: Town, content: bytes, *, name: str = "measures.csv", is_real: bool = False) -> MeasureFile:
    party = Organisation.objects.get(pk=town.municipality.pk)
    made = services.receive_measure_file(party, name=name, content=content, by=town.coordinator)
    if is_real:
        tasks.read_measure_file.enqueue(str(made.pk), *tasks.ids_of(town.coordinator, town.partnership))
    else:
        with no_sandbox():
            tasks.read_measure_file.enqueue(str(made.pk), *tasks.ids_of(town.coordinator, town.partnership))
    return MeasureFile.objects.get(pk=made.pk)


def preview(town: Town, file: MeasureFile) -> Preview:
    return read_back(file.content, Measure.objects.filter(partnership=town.partnership))


def take_in(town: Town, file: MeasureFile, *taken: str) -> int:
    return services.take_in_file(
        town.partnership, file=file, taken=list(taken), seen=preview(town, file).seen, by=town.coordinator
    )


def changed(rows: Rows, title: str, **cells: str) -> Rows:
    """The rows with cells of one of them written anew, by the Swedish heads."""
    heads, at = rows[0], rows[0].index("Åtgärd")
    for row in rows[1:]:
        if row[at] == title:
            for head, text in cells.items():
                row[heads.index(head.replace("_", " "))] = text
    return rows


@pytest.mark.parametrize("form", ["csv", "xlsx", "ods"])
def test_what_was_taken_along_comes_back_as_it_was_with_all_rows(
    town: Town, point: Point, client: Client, form: str
) -> None:
    for title in [*HOSTILE, *(f"Ersboda {number}" for number in range(143 - len(HOSTILE)))]:
        build.measure(town, point, title=title)

    content = taken_along(client, town, form)
    file = brought(town, content, name=f"measures.{form}", is_real=form == "csv")

    found = preview(town, file)
    assert (found.same, found.changed, found.conflicts, found.unread) == (143, [], [], [])
    if form == "csv":
        titles = [row[rows_of(content)[0].index("Åtgärd")] for row in rows_of(content)[1:]]
        assert not any(title.startswith(("=", "@", "\t", "+46", "-5")) for title in titles)
        assert "-3" in titles and "'citat" in titles and "''=1+1" in titles
    with pytest.raises(Refused, match="Nothing in the file would change"):
        take_in(town, file)


def test_a_file_changes_what_people_write_and_nothing_else(town: Town, point: Point, client: Client) -> None:
    build.measure(town, point, title="Lampor")
    build.measure(town, point, title="Bänkar")
    rows = rows_of(taken_along(client, town))
    assert rows[0][:3] == ["id", "version", "Åtgärd"]
    day = (clock.today() + timedelta(days=100)).isoformat()
    cells = {
        "Åtgärd": '=HYPERLINK("http://x";"a")',
        "Till": day,
        "Kostnad i kronor": "1 200 000",
        "Läge": "Klar",
    }
    rows = changed(rows, "Lampor", **{**cells, "Orsak som den ändrar": "Det är mörkt."})
    file = brought(town, as_file([*rows[:2], rows[2]]))

    found = preview(town, file)
    (one,) = found.changed
    assert {change.name for change in one.changes} == {"title", "ends", "cost_sek", "cause"}
    assert "Läge" in found.read_past and found.same == 1
    assert take_in(town, file) == 1

    measure = Measure.objects.get(cost_sek=1_200_000)
    assert (measure.title, measure.cause, measure.state) == (cells["Åtgärd"], "Det är mörkt.", "proposed")
    assert measure.ends.isoformat() == day
    assert not MeasureFile.objects.exists()
    again = rows_of(taken_along(client, town))
    assert any(row[2] == f"'{cells['Åtgärd']}" for row in again)


def test_a_row_that_is_missing_stays_and_an_english_file_is_read_too(
    town: Town, point: Point, client: Client
) -> None:
    build.measure(town, point, title="Lampor")
    build.measure(town, point, title="Bänkar")
    client.cookies["language"] = "en"
    rows = rows_of(taken_along(client, town))
    assert rows[0][2] == "Measure"
    keep = [rows[0], next(row for row in rows if row[2] == "Bänkar")]
    keep[1][rows[0].index("Method")] = "Trygghetsvandring"

    assert take_in(town, brought(town, as_file(keep))) == 1

    assert set(Measure.objects.values_list("title", "method")) == {
        ("Lampor", ""),
        ("Bänkar", "Trygghetsvandring"),
    }


def test_a_row_that_somebody_saved_since_is_shown_with_both_texts_and_left(
    town: Town, point: Point, client: Client
) -> None:
    one = build.measure(town, point, title="Lampor")
    rows = changed(rows_of(taken_along(client, town)), "Lampor", **{"Det som görs": "Filens text."})
    names = ("title", "kind", "owner_title", "starts", "ends", "follow_up")
    given = {name: getattr(one, name) for name in names}
    services.rewrite_measure(one, **given, text="Kollegans text.", seen=one.version, by=town.officer)
    file = brought(town, as_file(rows))

    found = preview(town, file)
    assert [(change.now, change.then) for row in found.conflicts for change in row.changes] == [
        ("Kollegans text.", "Filens text.")
    ]
    assert found.changed == []
    with pytest.raises(Refused, match="Nothing in the file would change"):
        take_in(town, file)
    page = client.get(reverse("plans:brought", args=[town.partnership.slug, file.pk])).text
    assert "Kollegans text." in page and "Filens text." in page

    path = reverse("plans:brought", args=[town.partnership.slug, file.pk])
    old = client.post(path, {"seen": "gammalt", "taken": [str(one.pk)]})
    assert old.status_code == 422 and f'value="{found.seen}"' in old.text
    assert Measure.objects.get().text == "Kollegans text."
    assert client.post(path, {"seen": found.seen, "taken": [str(one.pk)]}).status_code == 302
    assert Measure.objects.get().text == "Filens text."


@pytest.mark.parametrize(
    ("head", "cell", "reason"),
    [
        ("id", "", "no id"),
        ("id", "0190b5a0-0000-7000-8000-000000000000", "No measure here"),
        ("version", "", "version is gone"),
        ("Åtgärd", " ", "is empty"),
        ("Åtgärd", "å" * 151, "too long"),
        ("Det som görs", "Ring 070-174 06 05", "points out a person"),
        ("Från", "i våras", "is no day"),
        ("Till", "2001-01-01", "not before the first"),
        ("Följs upp senast", "2001-01-01", "day of follow-up"),
        ("Kostnad i kronor", "många", "no whole number"),
        ("Kostnad i kronor", "3000000000", "too large"),
    ],
)
def test_a_row_that_cannot_be_read_says_why_and_the_others_are_taken(
    town: Town, point: Point, client: Client, head: str, cell: str, reason: str
) -> None:
    build.measure(town, point, title="Lampor")
    build.measure(town, point, title="Bänkar")
    rows = rows_of(taken_along(client, town))
    changed(rows, "Bänkar", Metod="Vandring")
    changed(rows, "Lampor", **{head: cell})
    file = brought(town, as_file(rows))

    (unread,) = preview(town, file).unread

    assert reason in unread.reason
    assert take_in(town, file) == 1
    assert set(Measure.objects.values_list("title", "method")) == {("Lampor", ""), ("Bänkar", "Vandring")}


def test_the_same_row_twice_what_is_over_and_evidence_of_nothing(
    town: Town, point: Point, client: Client
) -> None:
    one, over = build.measure(town, point, title="Lampor"), build.measure(town, point, title="Bänkar")
    described: dict[str, Any] = dict.fromkeys(
        ("cause", "goal", "horizon", "rhythm", "elected_contact", "funding", "legal_note"), ""
    )
    described |= {
        "method": "Belysning",
        "evidence": "some",
        "cost_sek": None,
        "partners": [],
        "blocked_by": [],
    }
    services.describe_measure(one, **described, seen=one.version, by=town.coordinator)
    services.report_status(over, state=Measure.State.DONE, text="Klart.", by=town.coordinator)
    rows = rows_of(taken_along(client, town))
    changed(rows, "Bänkar", Metod="Ny")
    changed(rows, "Lampor", Metod="")
    lamps = next(row for row in rows if row[2] == "Lampor")

    found = preview(town, brought(town, as_file([*rows, lamps])))

    reasons = sorted(one.reason for one in found.unread)
    assert [reason.split()[0] for reason in reasons] == ["Name", "That", "This"]
    assert found.changed == []


def test_a_file_of_something_else_says_what_to_do(town: Town, point: Point, client: Client) -> None:
    client.force_login(user_of(town.coordinator))
    file = brought(town, b"Kommun;Antal\nGranvik;3\n")

    page = client.get(reverse("plans:brought", args=[town.partnership.slug, file.pk])).text

    assert "id" in preview(town, file).problem and "version" in page


def test_a_formula_in_a_workbook_and_an_empty_file_are_refused(town: Town, client: Client) -> None:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        book.add_worksheet().write_formula(0, 0, "=1+1")
    file = brought(town, content.getvalue(), name="x.xlsx")
    client.force_login(user_of(town.coordinator))

    assert file.state == MeasureFile.State.REFUSED
    assert "formel" in client.get(reverse("plans:brought", args=[town.partnership.slug, file.pk])).text
    with pytest.raises(Invalid, match="empty"):
        services.receive_measure_file(town.municipality, name="x.csv", content=b"", by=town.coordinator)
    for data, name in ((b" \n", "x.csv"), (b"{}", "x.json"), (b";;\n;;\n", "x.csv")):
        with pytest.raises(Refusal):
            read_cells(data, name=name)


def test_a_file_is_its_partys_own_and_forgotten_within_the_hour(town: Town, point: Point) -> None:
    file = brought(town, b"id;version\n")
    with pytest.raises(Missing):
        services.discard_measure_file(file, by=town.officer)
    with pytest.raises(NotAllowed):
        services.receive_measure_file(town.municipality, name="x", content=b"x", by=town.chair)
    assert not MeasureFile.objects.visible_to(town.officer).exists()
    with clock.at(clock.now() + timedelta(hours=2)):
        brought(town, b"id;version\n")
    assert not MeasureFile.objects.filter(pk=file.pk).exists()


def test_from_the_upload_to_the_changed_measure(town: Town, point: Point, client: Client) -> None:
    build.measure(town, point, title="Lampor")
    rows = changed(rows_of(taken_along(client, town)), "Lampor", Metod="Vandring")
    upload = SimpleUploadedFile("measures.csv", as_file(rows), content_type="text/csv")
    slug = town.partnership.slug

    with no_sandbox():
        answer = client.post(reverse("plans:bring", args=[slug]), {"file": upload})
    page = client.get(answer["Location"]).text
    assert "Vandring" in page
    seen = page.split('name="seen" value="')[1].split('"')[0]
    assert client.post(answer["Location"], {"seen": seen})["Location"] == reverse("plans:index", args=[slug])

    assert Measure.objects.get().method == "Vandring"


@pytest.mark.parametrize("cell", [*HOSTILE, "vanlig text", "", "''citat", "'''=1"])
def test_each_cell_of_our_own_csv_can_be_read_back(cell: str) -> None:
    answer = downloads.csv_file("x.csv", ["a"], [[cell]])

    written = rows_of(bytes(answer.content))[1]

    assert downloads.as_written(written[0] if written else "") == cell


def test_an_opendocument_sheet_holds_text_and_numbers_and_no_formula() -> None:
    cells: list[Any] = [*HOSTILE, "  två  mellanrum ", "a\x07b", Decimal("-3"), 7]

    answer = downloads.ods_file("x.ods", {"Blad & <ett>": [["rubrik"] * len(cells), cells]})

    (sheet,) = read_cells(bytes(answer.content), name="x.ods")
    assert sheet.name == "Blad & <ett>"
    assert sheet.rows[1] == [
        *(text.lstrip("\t") for text in HOSTILE),
        "  två  mellanrum ",
        "a\ufffdb",
        "-3",
        "7",
    ]
    with zipfile.ZipFile(io.BytesIO(bytes(answer.content))) as file:
        content = file.read("content.xml").decode()
        assert file.namelist()[0] == "mimetype" and "formula" not in content
        assert content.count('value-type="float"') == 2
