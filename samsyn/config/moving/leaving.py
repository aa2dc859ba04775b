"""Writing all that belongs to a partnership: one moment of the database, and the objects that it names."""

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import Error as DatabaseFault
from django.db import connection, transaction
from django.db.models import Model

from samsyn.config.backups.making import Say, reason
from samsyn.config.backups.manifest import own_version, place_of
from samsyn.config.moving.belonging import Belonging, fields_of, following
from samsyn.config.moving.folder import Manifest, MovingFailed, counted, file_of, line_of, migrations_here
from samsyn.core import clock, journal, objects
from samsyn.core.canonical import Digest
from samsyn.core.errors import Missing
from samsyn.core.stores import Unreachable
from samsyn.parties.models import Organisation, Partnership


def leave(partnership: Partnership, target: Path, *, say: Say = print) -> tuple[Manifest, Digest]:
    """Write a partnership to a folder that does not exist yet, while serving. Nothing here is taken away.

    Tells what it wrote, with the hash of the manifest.
    """
    if target.exists():
        raise MovingFailed(f"{target} is there already. Name a new folder.")
    unfinished = target.with_name(f".{target.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)  # what a killed one left
    try:
        unfinished.mkdir(mode=0o700, parents=True)
        with moment():
            manifest = _write(partnership, unfinished, say)
        sealed = manifest.write(unfinished)
        os.sync()  # before it gets its name, all of it is on disk
        unfinished.rename(target)
    except (OSError, DatabaseFault, Unreachable) as error:
        raise MovingFailed(f"{reason(error)}. Nothing was kept.") from error
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return manifest, sealed


@contextmanager
def moment() -> Iterator[None]:
    """What others write meanwhile is not seen, and nobody waits."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")  # Django's own begin would take the one writer's turn
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def _write(partnership: Partnership, folder: Path, say: Say) -> Manifest:
    whose = Belonging.of(partnership, "default")
    tables = following()
    file_of(folder, "").parent.mkdir()
    written = counted(tables, "Writing tables", say)
    rows = {table._meta.label: _write_rows(table, whose, folder) for table in written}
    named, is_complete = objects.named(among=whose.among)
    lost = _copy(named, folder, say)
    heads = journal.Head.objects.filter(chain__in=whose.own | {whose.partnership}).order_by("chain")
    return Manifest(
        partnership=partnership.name,
        slug=partnership.slug,
        made=clock.now().isoformat(),
        samsyn=own_version(),
        migrations=migrations_here(),
        heads={str(head.chain): (head.sequence, head.hash) for head in heads},
        begin_anew=sorted(map(str, whose.anew)),
        rows=rows,
        objects=sorted(named - lost),
        lost=sorted(lost),
        unopened=not is_complete,
    )


def _write_rows(model: type[Model], whose: Belonging, folder: Path) -> tuple[int, str]:
    count, hashed = 0, hashlib.sha256()
    rows = whose.among(model._base_manager.order_by("pk")).values(*fields_of(model))
    with file_of(folder, model._meta.label).open("wb") as file:
        for row in rows.iterator():
            if model is Organisation and row["id"] in whose.anew:
                row["recovery_file_at"] = None  # that key stays: it gets another one
            line = line_of(row)
            hashed.update(line)
            file.write(line)
            count += 1
    return count, hashed.hexdigest()


def _copy(named: set[str], folder: Path, say: Say) -> set[str]:
    """Copies, where a backup has links: this folder leaves. Gives those that are gone or damaged."""
    lost = set[str]()
    for key in counted(sorted(named), "Copying objects", say):
        try:
            content = objects.get(key)
        except Missing:
            lost.add(key)
            continue
        if hashlib.sha256(content).hexdigest() != key:
            lost.add(key)
            continue
        place = place_of(folder, key)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    return lost
