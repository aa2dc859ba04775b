"""A changed byte is found and named, wherever it is."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection

from samsyn.evidence.models import Dataset, Figure
from samsyn.evidence.tests import build
from samsyn.evidence.verification import Verified, verify
from samsyn.parties.tests.build import Town


def spoil(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def write(table: str, column: str, value: str | int | bytes) -> None:
    """Past everything, as somebody with the database in hand would."""
    with connection.cursor() as cursor:
        cursor.execute(f'UPDATE "{table}" SET "{column}" = %s', [value])


def test_what_is_whole_verifies(town: Town) -> None:
    build.figure(town)
    heard: list[tuple[int, int]] = []

    assert verify(lambda done, of: heard.append((done, of))) == Verified(2, [])
    assert heard == [(1, 2), (2, 2)]


@pytest.mark.parametrize("key", ["table_key", "page_key", "raw_key"])
def test_a_changed_byte_of_a_dataset_is_named(town: Town, home: Path, key: str) -> None:
    data = build.dataset(town)
    name = getattr(data, key)

    spoil(home / "objects" / name[:2] / name)

    found = verify().findings
    assert [(one.kind, one.id) for one in found] == [("dataset", data.pk)]
    assert "stored bytes" in found[0].what


@pytest.mark.parametrize(
    ("table", "column", "value", "what"),
    [
        ("evidence_dataset", "content_hash", "0" * 64, "journal"),
        ("evidence_dataset", "rows", 999, "journal"),
        ("evidence_dataset", "licence", b"00000" + b"x" * 60, "sealed text has changed"),
        ("evidence_figure", "result_hash", "0" * 64, "journal"),
        ("evidence_figure", "result", b"00000" + b"x" * 60, "sealed text has changed"),
        ("evidence_figureinput", "content_hash", "0" * 64, "other numbers"),
    ],
)
def test_a_changed_row_is_named(
    town: Town, table: str, column: str, value: str | int | bytes, what: str
) -> None:
    build.figure(town)

    write(table, column, value)

    assert any(what in one.what for one in verify().findings)


def test_a_missing_key_is_said_and_stops_nothing(town: Town, home: Path) -> None:
    build.figure(town)

    shutil.rmtree(home / "keys" / str(town.municipality.pk))

    found = verify().findings
    assert found and all("key" in one.what for one in found)


def test_a_row_taken_away_is_missed(town: Town) -> None:
    build.figure(town)
    delete: Callable[[str], None] = lambda table: connection.cursor().execute(f"DELETE FROM {table}")  # noqa: E731

    delete("evidence_figureinput")
    delete("evidence_figure")

    assert "it is gone" in [one.what for one in verify().findings]
    assert Dataset.objects.exists() and not Figure.objects.exists()
