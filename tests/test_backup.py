"""Backup, restore and verification, with the real command and real processes on a database file."""

import json
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connection

from samsyn.config.verification import check_all
from samsyn.core import guard, objects
from samsyn.core.journal import Entry
from samsyn.parties.tests.build import SECRET, Town
from samsyn.pictures.tests import build
from tests.processes import Place


@pytest.mark.slow
def test_what_was_backed_up_comes_back_but_the_keys(
    tmp_path: Path, new_place: Callable[[str], Place]
) -> None:
    first, second, copy = new_place("one"), new_place("two"), tmp_path / "copy"
    begun = first.samsyn("new", "2480", "--police", "Polisen", "--administrator", "it@exempel.example")
    assert begun.returncode == 0, begun.stderr

    assert first.samsyn("backup", str(copy)).returncode == 0
    assert first.samsyn("backup", str(copy)).returncode == 1  # never over another backup
    restored = second.samsyn("restore", str(copy))

    assert restored.returncode == 0, restored.stderr
    assert second.samsyn("verify").returncode == 0
    [(facts,)] = second.rows("SELECT facts FROM core_entry WHERE command = 'parties.record_restore'")
    database = json.loads((copy / "manifest.json").read_text())["database_sha256"]
    said = json.loads(facts) if isinstance(facts, str) else facts  # as each database gives it
    assert said == said | {"database": database, "lost": "0", "without_key": "2"}
    assert not list((second.home / "keys").iterdir())
    assert second.samsyn("restore", str(copy)).returncode == 1  # not over something that is there


@pytest.mark.slow
def test_a_changed_byte_in_a_backup_stops_the_restore(
    tmp_path: Path, new_place: Callable[[str], Place]
) -> None:
    first, copy = new_place("one"), tmp_path / "copy"
    first.samsyn("new", "2480", "--police", "Polisen", "--administrator", "it@exempel.example")
    first.samsyn("backup", str(copy))
    content = bytearray((copy / "database").read_bytes())
    content[5000] ^= 1
    (copy / "database").write_bytes(content)

    answer = new_place("two").samsyn("restore", str(copy))

    assert answer.returncode == 1
    assert "not the one that was saved" in answer.stderr


def faults() -> list[str]:
    return [f"{fault.where}: {fault.what}" for _, _, found in check_all() for fault in found]


def test_verification_names_what_changed(town: Town) -> None:
    build.shared(town)
    key = objects.put(b"a file", owner=town.municipality.pk)
    assert faults() == []

    path = objects._path(key)
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    assert any("object" in fault for fault in faults())
    path.unlink()

    with connection.cursor() as cursor:
        cursor.execute("UPDATE releases_release SET content = replace(content, %s, 'x')", [SECRET])
    assert any("release" in fault for fault in faults())

    with guard.lifted():
        Entry.objects.filter(chain=town.partnership.pk, sequence=2).update(command="x")
    assert any("broken at entry 2" in fault for fault in faults())


@pytest.mark.slow
def test_a_backup_made_while_people_write_comes_back_whole(
    tmp_path: Path, new_place: Callable[[str], Place]
) -> None:
    """Somebody loads the whole exercise while the copy is made: some of it is there, all of it holds."""
    first, second, copy = new_place("one"), new_place("two"), tmp_path / "copy"
    with ThreadPoolExecutor(1) as pool:
        writing = pool.submit(first.samsyn, "demo")
        while _entries(first) < 100:
            assert not writing.done(), writing.result().stderr
            time.sleep(0.05)
        assert first.samsyn("backup", str(copy)).returncode == 0
        was_writing = not writing.done()
        assert writing.result().returncode == 0, writing.result().stderr

    assert second.samsyn("restore", str(copy)).returncode == 0
    checked = second.samsyn("verify")

    assert was_writing
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert 100 <= _entries(second) < _entries(first)


def _entries(place: Place) -> int:
    return sum(number for (number,) in place.rows("SELECT count(*) FROM core_entry"))
