"""Making a backup: one moment of the database, and the objects that its rows name."""

import os
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

from django.db import Error as DatabaseFault
from django.db import connection

from samsyn.config.backups.manifest import (
    DATABASE,
    BackupFailed,
    Manifest,
    applied_migrations,
    own_version,
    place_of,
    sha256,
)
from samsyn.config.backups.snapshot import snapshot
from samsyn.core import clock, journal, objects
from samsyn.core.stores import Unreachable

Say = Callable[[str], object]


def backup(target: Path, *, say: Say = print) -> list[str]:
    """Write a backup to a folder that does not exist yet. Returns the objects that the store has lost."""
    if target.exists():
        raise BackupFailed(f"{target} is there already. Name a new folder.")
    unfinished = target.with_name(f".{target.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)  # what a killed one left
    try:
        unfinished.mkdir(mode=0o700, parents=True)
        manifest = _write(unfinished, say)
        os.sync()  # before it gets its name, all of it is on disk
        unfinished.rename(target)
    except (OSError, DatabaseFault, Unreachable) as error:
        raise BackupFailed(f"{reason(error)}. Nothing was kept.") from error
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return manifest.lost


def reason(error: Exception) -> str:
    """What disk, store or database said, in its own words."""
    if isinstance(error, OSError):
        return f"The disk said no: {error.strerror or error}"
    if isinstance(error, Unreachable):
        return f"The store of objects said no: {error.__cause__}"
    return f"The database said no: {str(error).strip()}"


def _write(folder: Path, say: Say) -> Manifest:
    # Before and after the moment: an object that the law removes while we copy is in the first round, one
    # that came just before the moment in the second.
    say("Copying the objects …")
    _copy(objects.keys(), folder)
    say("Copying the database …")
    with snapshot(folder / DATABASE) as moment:
        named, is_complete = objects.named(moment)
        _copy(named, folder)
        here = objects.keys_in(folder / "objects")
        for key in () if is_complete else here - named:
            named.add(key)  # a list that only its party can open may name it
        damaged = {key for key in named & here if sha256(place_of(folder, key)) != key}
        for key in (here - named) | damaged:
            place_of(folder, key).unlink()
        heads = journal.Head.objects.using(moment).order_by("chain")
        manifest = Manifest(
            made=clock.now().isoformat(),
            samsyn=own_version(),
            migrations=applied_migrations(moment),
            database=connection.vendor,
            database_sha256=sha256(folder / DATABASE),
            objects=sorted((named & here) - damaged),
            heads_at_least={str(head.chain): (head.sequence, head.hash) for head in heads},
            lost=sorted((named - here) | damaged),
        )
    manifest.write(folder)
    return manifest


def _copy(keys: Iterable[str], folder: Path) -> None:
    for key in sorted(keys):
        place = place_of(folder, key)
        if not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            objects.copy_out(key, place)  # if it is gone and a row names it, the manifest says so
