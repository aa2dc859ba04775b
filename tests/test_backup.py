"""Backup and restore, with the real command and real processes on either kind of database."""

import json
import shutil
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from samsyn.core import objects
from samsyn.core.tests import bucket
from tests.processes import Place, own_place
from tests.whole import Whole

New = Callable[[str], Place]
DISK_IS_FULL = """
import errno, os, shutil, sys
left = {left}
copy2, fsync = shutil.copy2, os.fsync
def full():
    global left
    left -= 1
    if left < 0:
        raise OSError(errno.ENOSPC, "No space left on device")
def copy(source, target, **more):
    open(target, "wb").close()  # as a full disk does: a name, and nothing in it
    full()
    return copy2(source, target, **more)
def sync(descriptor):
    full()
    fsync(descriptor)
shutil.copy2, os.fsync = copy, sync
from django import setup
setup()  # which makes secret.key with a link
os.link = lambda *_: (_ for _ in ()).throw(OSError(errno.EXDEV, "Another disk"))
from samsyn.config.cli import main
sys.exit(main({words!r}))
"""


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """One installation with a partnership, a mail that waits, and two objects that a row names."""
    with own_place(tmp_path_factory.mktemp("first") / "home") as place:
        begun = place.samsyn(
            "new", "2480", "--police", "Polisen", "--administrator", "it@exempel.example", "--no-picture"
        )
        assert begun.returncode == 0, begun.stderr
        made = place.python(SIGNED)
        assert made.returncode == 0, made.stderr
        yield place


SIGNED = """
import os
from django import setup
setup()
from samsyn.core import objects
from samsyn.core.tests import bucket
from samsyn.core.actors import SYSTEM
from samsyn.parties.models import Partnership
from samsyn.releases import services
from samsyn.releases.models import Audience, Language, Release
from samsyn.parties import queries, services as parties
from samsyn.parties.models import Organisation, Title
ours = Organisation.objects.visible_to(SYSTEM).get(code="2480")
made = parties.appoint(ours, email="s@exempel.example", name="S", title=Title.COORDINATOR, by=SYSTEM)
by = queries.member(made.user, party=ours)
release = services.freeze(Partnership.objects.visible_to(SYSTEM).get(), kind="tests.text", content={"a": "b"},
    proof={"secrecy": "none"}, audience=Audience.PUBLIC, by=by)
for language in Language:
    services.record_printout(release, language=language, content=b"%PDF " + language.encode(), by=SYSTEM)
objects.put(b"an orphan: its act was never committed")
"""


@pytest.fixture(scope="module")
def copy(first: Place, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("backups") / "copy"
    made = first.samsyn("backup", str(folder))
    assert made.returncode == 0, made.stderr
    return folder


@pytest.fixture
def mine(copy: Path, tmp_path: Path) -> Path:
    """A copy of the backup, to spoil."""
    return Path(shutil.copytree(copy, tmp_path / "mine"))


def manifest_of(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "manifest.json").read_text())
    return found


def is_empty(place: Place) -> bool:
    return not place.rows("SELECT id FROM core_entry") and not list(place.home.glob("objects/*/*"))


pytestmark = [pytest.mark.slow, pytest.mark.both]


def test_what_was_backed_up_comes_back_but_the_keys(first: Place, copy: Path, new_place: New) -> None:
    second = new_place("two")
    assert first.samsyn("backup", str(copy)).returncode == 1  # never over another backup

    restored = second.samsyn("restore", str(copy))

    assert restored.returncode == 0, restored.stderr
    checked = second.samsyn("verify")
    assert checked.returncode == 0, checked.stderr
    [(facts,)] = second.rows("SELECT facts FROM core_entry WHERE command = 'parties.record_restore'")
    said = json.loads(facts) if isinstance(facts, str) else facts  # as each database gives it
    assert said == said | {"database": manifest_of(copy)["database_sha256"], "lost": "0", "without_key": "2"}
    assert not list((second.home / "keys").iterdir())
    again = second.samsyn("restore", str(copy))
    assert again.returncode == 1  # not over something that is there
    assert "There is data here already" in again.stderr


def test_a_backup_says_what_made_it_and_holds_what_its_rows_name(first: Place, copy: Path) -> None:
    manifest = manifest_of(copy)
    named = {key for (key,) in first.rows("SELECT key FROM releases_printout")}

    assert manifest["samsyn"] == "2026.1"
    assert "core.0001_initial" in manifest["migrations"]
    assert set(manifest["objects"]) == objects.keys_in(copy / "objects") == named
    assert len(list(first.home.glob("objects/*/*"))) == 3  # the orphan stayed behind
    assert not list(copy.parent.glob(".*"))


def test_what_waited_to_be_mailed_is_not_mailed_by_the_copy(first: Place, copy: Path, new_place: New) -> None:
    second = new_place("two")
    assert first.rows("SELECT status FROM django_tasks_database_dbtaskresult") == [("READY",)]
    second.samsyn("restore", str(copy))

    assert second.samsyn("worker", "--once").returncode == 0

    assert second.rows("SELECT status FROM django_tasks_database_dbtaskresult") == [("FAILED",)]
    assert not list((second.home / "mail").iterdir())


def test_from_a_directory_into_a_bucket_and_on_to_another(copy: Path, new_place: New, tmp_path: Path) -> None:
    with bucket.serving() as address:
        bucket.make(address, "samsyn")
        one = replace(new_place("one"), settings=bucket.environment(address, "samsyn/one"))
        two = replace(new_place("two"), settings=bucket.environment(address, "samsyn/two"))
        assert one.samsyn("restore", str(copy)).returncode == 0
        assert not list(one.home.glob("objects/*/*"))

        again = one.samsyn("backup", str(tmp_path / "again"))
        assert again.returncode == 0, again.stderr
        assert two.samsyn("restore", str(tmp_path / "again")).returncode == 0
        assert manifest_of(tmp_path / "again")["objects"] == manifest_of(copy)["objects"]
        checked = two.samsyn("verify")
        assert checked.returncode == 0, checked.stderr
        assert "There is data here already" in two.samsyn("restore", str(copy)).stderr

    unreached = two.samsyn("backup", str(tmp_path / "none"))
    assert unreached.returncode == 1 and "The store of objects said no" in unreached.stderr
    assert not (tmp_path / "none").exists()


def damaged_database(folder: Path) -> None:
    content = bytearray((folder / "database").read_bytes())
    content[5000] ^= 1
    (folder / "database").write_bytes(content)


def no_database(folder: Path) -> None:
    (folder / "database").unlink()


def half_a_manifest(folder: Path) -> None:
    text = (folder / "manifest.json").read_text()
    (folder / "manifest.json").write_text(text[: len(text) // 2])


def changed_object(folder: Path) -> None:
    next(folder.glob("objects/*/*")).write_bytes(b"x")


def missing_object(folder: Path) -> None:
    next(folder.glob("objects/*/*")).unlink()


def told(folder: Path, **otherwise: Any) -> None:
    manifest = manifest_of(folder) | otherwise
    (folder / "manifest.json").write_text(json.dumps(manifest))


def newer_version(folder: Path) -> None:
    told(folder, samsyn="2099.1")


def newer_migration(folder: Path) -> None:
    told(folder, migrations=[*manifest_of(folder)["migrations"], "core.9999_later"])


def other_journal(folder: Path) -> None:
    heads = manifest_of(folder)["heads_at_least"]
    told(folder, heads_at_least={chain: [number, "0" * 64] for chain, (number, _) in heads.items()})


SPOILT = [
    (damaged_database, "is not the one that was saved"),
    (no_database, "cannot be read"),
    (half_a_manifest, "holds no whole backup"),
    (changed_object, "1 of 2 objects in the backup are missing or changed"),
    (missing_object, "1 of 2 objects in the backup are missing or changed"),
    (newer_version, "This backup was made by Samsyn 2099.1"),
    (newer_migration, "Install that version or a later one"),
    (other_journal, "is not the one that the manifest tells"),
]
ONE_AFTER_THE_OTHER = """
import contextlib, io, json
from samsyn.config.cli import main
for folder in {folders!r}:
    with contextlib.redirect_stderr(io.StringIO()) as said, contextlib.redirect_stdout(io.StringIO()):
        code = main(["restore", folder])
    print(json.dumps([code, said.getvalue()]))
"""


def test_a_backup_that_is_not_whole_or_is_newer_is_refused_and_nothing_is_left(
    copy: Path, new_place: New, tmp_path: Path
) -> None:
    """Into one place, so that what one of them leaves would stop the next."""
    second, folders = new_place("two"), [tmp_path / spoil.__name__ for spoil, _ in SPOILT]
    for folder, (spoil, _) in zip(folders, SPOILT, strict=True):
        spoil(Path(shutil.copytree(copy, folder)))

    done = second.python(ONE_AFTER_THE_OTHER.format(folders=[str(folder) for folder in folders]))

    assert done.returncode == 0, done.stderr
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    for (code, said), (_, why) in zip(answers, SPOILT, strict=True):
        assert code == 1 and why in said
        assert "Traceback" not in said
    assert is_empty(second)


def test_what_there_is_comes_back_when_one_says_so(mine: Path, new_place: New) -> None:
    second = new_place("two")
    missing_object(mine)

    answer = second.samsyn("restore", str(mine), "--despite-losses")

    assert answer.returncode == 1
    assert "Not in the backup: object" in answer.stderr
    assert "Restored." in answer.stdout
    checked = second.samsyn("verify")
    assert checked.returncode == 1
    assert "it is gone, and a row names it" in checked.stderr


@pytest.mark.parametrize("files", [0, 1])
def test_a_backup_onto_a_full_disk_leaves_nothing(first: Place, tmp_path: Path, files: int) -> None:
    words = ["backup", str(tmp_path / "disk" / "copy")]

    answer = first.python(DISK_IS_FULL.format(left=files, words=words))

    assert answer.returncode == 1, answer.stderr
    assert "The disk said no: No space left on device. Nothing was kept." in answer.stderr
    assert not list((tmp_path / "disk").iterdir())


@pytest.mark.parametrize("files", [0, 3])
def test_a_restore_onto_a_full_disk_leaves_nothing_and_works_when_there_is_room(
    copy: Path, new_place: New, files: int
) -> None:
    second = new_place("two")

    answer = second.python(DISK_IS_FULL.format(left=files, words=["restore", str(copy)]))

    assert answer.returncode == 1, answer.stderr
    assert "The disk said no: No space left on device. Nothing was kept." in answer.stderr
    assert is_empty(second)
    assert second.samsyn("restore", str(copy)).returncode == 0


def test_a_dump_that_fails_leaves_nothing(first: Place, tmp_path: Path) -> None:
    """Whatever the database's own copying says: a full disk, a program that is not there."""
    words = ["backup", str(tmp_path / "disk" / "copy")]
    broken = "import samsyn.config.backups.snapshot as one; from django.db import OperationalError\n"
    broken += "def no(*_, **__): raise OperationalError('database or disk is full')\n"
    broken += "import contextlib; from samsyn.config.backups import making\n"
    broken += "making.snapshot = contextlib.contextmanager(no)\n"
    code = f"from django import setup; setup()\n{broken}\nfrom samsyn.config.cli import main\n"

    answer = first.python(f"{code}import sys; sys.exit(main({words!r}))")

    assert answer.returncode == 1
    assert "The database said no: database or disk is full. Nothing was kept." in answer.stderr
    assert not list((tmp_path / "disk").iterdir())


def test_a_backup_made_while_people_write_comes_back_whole(tmp_path: Path, new_place: New) -> None:
    """Somebody loads the whole exercise while the copy is made: some of it is there, all of it holds."""
    first, second, copy = new_place("one"), new_place("two"), tmp_path / "copy"
    with ThreadPoolExecutor(1) as pool:
        writing = pool.submit(first.samsyn, "demo")
        while entries(first) < 100:
            assert not writing.done(), writing.result().stderr
            time.sleep(0.05)
        made = first.samsyn("backup", str(copy))
        assert made.returncode == 0, made.stderr
        was_writing = not writing.done()
        assert writing.result().returncode == 0, writing.result().stderr

    restored = second.samsyn("restore", str(copy))
    assert restored.returncode == 0, restored.stderr
    checked = second.samsyn("verify")

    assert was_writing
    # Figures cannot be opened, let alone made again, before the party brings its key.
    wrong = [line for line in checked.stderr.splitlines() if "the key of its party is not here" not in line]
    assert wrong == []
    assert 100 <= entries(second) < entries(first)


def entries(place: Place) -> int:
    return sum(number for (number,) in place.rows("SELECT count(*) FROM core_entry"))


def test_the_rooms_name_every_object_that_they_store(whole: Whole) -> None:
    """A row of everything: what is in the store and named by no row would be in no backup."""
    assert objects.named() == (objects.keys(), True)
