"""A copy of everything but the keys, made while serving, and brought back into an empty place.

The database is copied first, then the objects: whatever the copied rows name is on disk by then. The copy is
checked before it gets its name, so a folder with that name is a whole backup.
"""

import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django_tasks_db.models import DBTaskResult

from samsyn.core import clock, journal, objects, sealing
from samsyn.core.actors import SYSTEM
from samsyn.core.canonical import Digest
from samsyn.parties.models import Organisation
from samsyn.parties.services import record_restore

MANIFEST, DATABASE = "manifest.json", "database"
Say = Callable[[str], object]


class BackupFailed(Exception):
    """Why no backup was made or restored, in a sentence."""


def backup(target: Path, *, say: Say = print) -> None:
    """Write a backup to a folder that does not exist yet."""
    if target.exists():
        raise BackupFailed(f"{target} is there already. Name a new folder.")
    unfinished = target.with_name(f".{target.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    try:
        unfinished.mkdir(parents=True)
        say("Copying the database …")
        _dump(unfinished / DATABASE)
        say("Copying the objects …")
        keys = _copy_objects(unfinished / "objects")
        heads = {
            str(head.chain): [head.sequence, head.hash] for head in journal.Head.objects.order_by("chain")
        }
        manifest = {
            "made": clock.now().isoformat(),
            "database": connection.vendor,
            "database_sha256": _sha256(unfinished / DATABASE),
            "objects": keys,
            "heads_at_least": heads if connection.vendor != "sqlite" else _heads_in(unfinished / DATABASE),
            "keys": "not here: each party keeps its own recovery file; nor are settings and secret.key",
        }
        (unfinished / MANIFEST).write_text(json.dumps(manifest, indent=1))
        unfinished.rename(target)
    except OSError as error:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise BackupFailed(f"The disk said no: {error.strerror or error}. Nothing was kept.") from error


def _dump(file: Path) -> None:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(file)])
        return
    _run(["pg_dump", "-Fc", *_where(), "-f", str(file), str(connection.settings_dict["NAME"])])


def _where() -> list[str]:
    given = connection.settings_dict
    pairs = (("-h", "HOST"), ("-p", "PORT"), ("-U", "USER"))
    return [part for flag, name in pairs if given.get(name) for part in (flag, str(given[name]))]


def _run(program: list[str]) -> None:
    password = str(connection.settings_dict.get("PASSWORD") or "")
    done = subprocess.run(program, capture_output=True, text=True, env=os.environ | {"PGPASSWORD": password})
    if done.returncode:
        raise BackupFailed(f"{program[0]} failed: {done.stderr.strip()}")


def _heads_in(file: Path) -> dict[str, list[Any]]:
    """The chain heads as the copied database has them, after SQLite has checked it."""
    import sqlite3

    copy = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
    try:
        if copy.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise BackupFailed("The copied database is damaged. Run `samsyn verify`.")
        rows = copy.execute("SELECT chain, sequence, hash FROM core_head ORDER BY chain")
        return {chain: [sequence, head] for chain, sequence, head in rows}
    finally:
        copy.close()


def _copy_objects(folder: Path) -> list[str]:
    source = Path(settings.SAMSYN_HOME) / "objects"
    keys = sorted(objects.keys())
    for key in keys:
        place = folder / key[:2] / key
        place.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(source / key[:2] / key, place)  # immutable, so a link is as good as a copy
        except OSError:
            shutil.copy2(source / key[:2] / key, place)
    return keys


def _sha256(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def restore(source: Path, *, say: Say = print) -> list[str]:
    """Bring a backup back into an empty place. Returns the objects that the backup should hold but does not.

    Refused when something is here already, and when a byte of the backup has changed.
    """
    manifest = _checked_manifest(source)
    if manifest["database"] != connection.vendor:
        raise BackupFailed(f"This backup is of {manifest['database']}; here is {connection.vendor}.")
    _refuse_if_used()
    say("Loading the database …")
    _load(source / DATABASE)
    say("Copying the objects …")
    lost = []
    for key in manifest["objects"]:
        stored, place = (
            source / "objects" / key[:2] / key,
            Path(settings.SAMSYN_HOME) / "objects" / key[:2] / key,
        )
        if not stored.exists() or _sha256(stored) != key:
            lost.append(key)
            continue
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        shutil.copy2(stored, place)
    _tidy()
    _check_heads(manifest["heads_at_least"])
    record_restore(
        made=datetime.fromisoformat(manifest["made"]).date(),
        database=Digest(manifest["database_sha256"]),
        lost=len(lost),
        without_key=sum(_lacks_key(one) for one in Organisation.objects.visible_to(SYSTEM)),
        by=SYSTEM,
    )
    return lost


def _lacks_key(party: Organisation) -> bool:
    try:
        sealing.keys_of(party.pk)
    except sealing.KeyMissing:
        return True
    return False


def _checked_manifest(source: Path) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = json.loads((source / MANIFEST).read_text())
    except (OSError, ValueError) as error:
        raise BackupFailed(f"{source} holds no backup.") from error
    if _sha256(source / DATABASE) != manifest["database_sha256"]:
        raise BackupFailed("The database in the backup is not the one that was saved.")
    return manifest


def _refuse_if_used() -> None:
    tables = connection.introspection.table_names()
    used = "core_entry" in tables and journal.Entry.objects.exists()
    if used or objects.keys():
        raise BackupFailed("There is data here already. Restore into an empty SAMSYN_HOME and database.")


def _load(file: Path) -> None:
    if connection.vendor == "sqlite":
        place = Path(str(connection.settings_dict["NAME"]))
        connection.close()
        for name in (place, *(place.with_name(place.name + end) for end in ("-wal", "-shm"))):
            name.unlink(missing_ok=True)
        shutil.copy2(file, place)
        return
    database = str(connection.settings_dict["NAME"])
    connection.close()
    _run(["pg_restore", "--clean", "--if-exists", "--no-owner", *_where(), "-d", database, str(file)])


def _tidy() -> None:
    """Sessions end, and what ran when the copy was made is begun again."""
    Session.objects.all().delete()
    DBTaskResult.objects.filter(status="RUNNING").update(status="READY", started_at=None)


def _check_heads(heads: dict[str, list[Any]]) -> None:
    for head in journal.Head.objects.all():
        wanted = heads.get(str(head.chain)) or heads.get(head.chain.hex)
        if wanted and head.sequence < wanted[0]:
            raise BackupFailed(
                f"The journal {head.chain} ends at {head.sequence}; it should reach {wanted[0]}."
            )
        if broken := journal.first_broken_link(head.chain):
            raise BackupFailed(f"The journal {head.chain} is broken at entry {broken}.")
