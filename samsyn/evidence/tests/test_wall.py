"""What one party knows is for that party, in pages, in search, and on the disk."""

from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from samsyn.core.errors import Missing, NotAllowed
from samsyn.core.thread import Place, thread
from samsyn.evidence import services
from samsyn.evidence.models import Dataset, Figure
from samsyn.evidence.tests import build
from samsyn.parties.tests.build import SECRET, Town, user_of

TITLE = f"{SECRET} i december"


@pytest.fixture
def data(town: Town) -> Dataset:
    return build.dataset(town, title=TITLE)


def test_the_other_party_and_the_administrator_find_nothing(
    town: Town, data: Dataset, client: Client
) -> None:
    figure = build.figure(town, data)
    pages = [("dataset", data.pk), ("dataset_csv", data.pk), ("dataset_parquet", data.pk)]
    pages += [("figure", figure.pk), *((f"figure_{form}", figure.pk) for form in services.KINDS)]

    for actor in (town.officer, town.chief, town.administrator, town.auditor, town.owner, town.outsider):
        client.force_login(user_of(actor))
        for name, pk in pages:
            answer = client.get(reverse(f"evidence:{name}", args=[town.partnership.slug, pk]))
            assert answer.status_code == 404
        index = client.get(reverse("evidence:index", args=[town.partnership.slug]))
        assert SECRET not in index.text and "Totalt antal brott" not in index.text


def test_only_its_own_party_finds_it_by_searching(town: Town, data: Dataset) -> None:
    place = Place(town.partnership.pk, town.partnership.slug)

    assert [node.title for node in thread.search(SECRET, town.coordinator, place)] == [TITLE]
    assert [node.title for node in thread.search(SECRET, town.chair, place)] == [TITLE]
    for actor in (town.officer, town.administrator, town.auditor, town.outsider):
        assert thread.search(SECRET, actor, place) == []


def test_another_partys_data_cannot_be_used_in_a_figure(town: Town, data: Dataset) -> None:
    build.population(town)

    with pytest.raises(Missing):
        build.figure(town, data, by=town.officer)


def test_an_approver_sees_but_does_not_take_in_or_make(town: Town, data: Dataset) -> None:
    build.population(town)

    with pytest.raises(NotAllowed):
        build.upload(town, by=town.chair)
    with pytest.raises(NotAllowed):
        build.figure(town, data, by=town.chair)
    with pytest.raises(NotAllowed):
        services.enter_population(
            town.partnership,
            area_code="2480",
            area_name="Umeå",
            day=data.received_on,
            number=1,
            source="SCB",
            by=town.chair,
        )


def test_nothing_readable_is_in_the_database_or_on_the_disk(town: Town, data: Dataset, home: Path) -> None:
    build.figure(town, data)
    build.upload(town, build.BRA.replace("931", "932"), name=f"{SECRET}.txt")
    assert Figure.objects.count() == 1

    for path in home.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert SECRET.encode() not in content and "Våldsbrott".encode("cp1252") not in content
            assert b"Totalt antal brott" not in content
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            stored = str([[bytes(c) if isinstance(c, memoryview) else c for c in row] for row in cursor])
            assert SECRET not in stored and "Totalt antal brott" not in stored
