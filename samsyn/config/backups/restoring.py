"""Bringing a backup back: everything checked first, then all of it or nothing."""

import shutil
from datetime import datetime
from pathlib import Path

from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import Error as DatabaseFault
from django.db import connection

from samsyn.config.backups.making import Say, reason
from samsyn.config.backups.manifest import DATABASE, BackupFailed, Manifest, place_of, sha256
from samsyn.config.backups.snapshot import run, where
from samsyn.core import jobs, journal, objects, schedule, sealing
from samsyn.core.actors import SYSTEM
from samsyn.core.canonical import Digest
from samsyn.core.stores import Unreachable
from samsyn.parties.models import Organisation
from samsyn.parties.services import record_restore


def restore(source: Path, *, despite_losses: bool = False, say: Say = print) -> list[str]:
    """Bring a backup back into an empty place. Returns the objects that its rows name and it does not hold.

    Refused when something is here already, when the backup is of a newer version, and when a byte of it has
    changed: objects that are lost or damaged are left out only when one says so.
    """
    manifest = Manifest.read(source)
    manifest.refuse_if_newer()
    if manifest.database != connection.vendor:
        raise BackupFailed(f"This backup is of {manifest.database}; here is {connection.vendor}.")
    _refuse_if_used()
    say("Checking the backup …")
    whole = _checked(source, manifest, despite_losses=despite_losses)
    lost = sorted({*manifest.objects, *manifest.lost} - whole)
    try:
        say("Copying the objects …")
        for key in sorted(whole):
            objects.take_in(key, place_of(source, key))
        say("Loading the database …")
        _load(source / DATABASE)
        _check_heads(manifest)
        call_command("migrate", verbosity=0, interactive=False)  # from an older version
        _quieten()
        record_restore(
            made=datetime.fromisoformat(manifest.made).date(),
            database=Digest(manifest.database_sha256),
            lost=len(lost),
            without_key=sum(not sealing.has_keys(one.pk) for one in Organisation.objects.visible_to(SYSTEM)),
            by=SYSTEM,
        )
    except (OSError, DatabaseFault, Unreachable) as error:
        _empty()
        raise BackupFailed(f"{reason(error)}. Nothing was kept.") from error
    except BaseException:
        _empty()
        raise
    return lost


def _refuse_if_used() -> None:
    tables = connection.introspection.table_names()
    used = "core_entry" in tables and journal.Entry.objects.exists()
    if used or objects.keys():
        raise BackupFailed("There is data here already. Restore into an empty SAMSYN_HOME and database.")


def _checked(source: Path, manifest: Manifest, *, despite_losses: bool) -> set[str]:
    """The objects of the backup that are as they were saved."""
    try:
        if sha256(source / DATABASE) != manifest.database_sha256:
            raise BackupFailed(
                "The database in the backup is not the one that was saved. Take another backup."
            )
    except OSError as error:
        raise BackupFailed(f"The database in the backup cannot be read: {error.strerror}.") from error
    whole = {key for key in manifest.objects if _is_whole(place_of(source, key), key)}
    if (bad := set(manifest.objects) - whole) and not despite_losses:
        raise BackupFailed(
            f"{len(bad)} of {len(manifest.objects)} objects in the backup are missing or changed. Take "
            "another backup, or restore what there is with --despite-losses."
        )
    return whole


def _is_whole(file: Path, key: str) -> bool:
    try:
        return sha256(file) == key
    except OSError:
        return False


def _load(file: Path) -> None:
    name = str(connection.settings_dict["NAME"])
    connection.close()
    if connection.vendor == "sqlite":
        _remove_sqlite()
        shutil.copy2(file, name)
        return
    whole_or_not = ["--single-transaction", "--exit-on-error"]
    for_whoever_runs_it = ["--no-owner", "--no-acl", "--clean", "--if-exists"]
    run(["pg_restore", *whole_or_not, *for_whoever_runs_it, *where(), "-d", name, str(file)])


def _remove_sqlite() -> None:
    place = Path(str(connection.settings_dict["NAME"]))
    for end in ("", "-wal", "-shm"):
        place.with_name(place.name + end).unlink(missing_ok=True)


def _empty() -> None:
    """As it was found. Only after `_refuse_if_used` said that nothing was here."""
    store = objects.keys()
    for key in store:
        objects.remove(key)
    if connection.vendor == "sqlite":
        connection.close()
        _remove_sqlite()
        return
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"DROP TABLE IF EXISTS {connection.ops.quote_name(table)} CASCADE")


def _quieten() -> None:
    """A restored copy does nothing towards people by itself: it may stand beside the one it is a copy of."""
    Session.objects.all().delete()
    jobs.break_off()
    schedule.rest_today()


def _check_heads(manifest: Manifest) -> None:
    for head in journal.Head.objects.all():
        wanted = manifest.heads_at_least.get(str(head.chain))
        if wanted and (head.sequence, head.hash) != tuple(wanted):
            raise BackupFailed(
                f"The journal {head.chain} is not the one that the manifest tells: it ends at "
                f"{head.sequence}, and should at {wanted[0]}."
            )
        if broken := journal.first_broken_link(head.chain):
            raise BackupFailed(f"The journal {head.chain} is broken at entry {broken}.")
