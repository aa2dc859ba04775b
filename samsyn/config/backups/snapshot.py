"""One moment of the database: dumped to a file, and readable as it was then while others go on writing."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from django.db import connection, connections, transaction

from samsyn.config.backups.manifest import BackupFailed

COPY = "backup_copy"  # the alias under which a copied SQLite database is read


@contextmanager
def snapshot(file: Path) -> Iterator[str]:
    """Dump to the file. Gives the alias under which the rows of that very moment are read."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(file)])
        with _copied(file) as alias:
            yield alias
        return
    with transaction.atomic(), connection.cursor() as cursor:
        # Others' later commits are not seen here, nor in a dump of the exported snapshot.
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        (moment,) = cursor.fetchone()
        name = str(connection.settings_dict["NAME"])
        run(["pg_dump", "-Fc", f"--snapshot={moment}", *where(), "-f", str(file), name])
        yield "default"


@contextmanager
def _copied(file: Path) -> Iterator[str]:
    """The copied file as a database of its own, once SQLite has checked it. Nothing is written beside it."""
    own = {"NAME": f"file:{quote(str(file))}?mode=ro&immutable=1", "OPTIONS": {}}
    connections.databases[COPY] = connection.settings_dict | own
    try:
        with connections[COPY].cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            if cursor.fetchone() != ("ok",):
                raise BackupFailed("The copied database is damaged. Run `samsyn verify`.")
        yield COPY
    finally:
        connections[COPY].close()
        del connections[COPY], connections.databases[COPY]


def where() -> list[str]:
    """How PostgreSQL's own programs reach our database."""
    given = connection.settings_dict
    pairs = (("-h", "HOST"), ("-p", "PORT"), ("-U", "USER"))
    return [part for flag, name in pairs if given.get(name) for part in (flag, str(given[name]))]


def run(program: list[str]) -> None:
    """One of PostgreSQL's programs. Its password is not seen in the list of processes."""
    password = str(connection.settings_dict.get("PASSWORD") or "")
    try:
        done = subprocess.run(
            program, capture_output=True, text=True, env=os.environ | {"PGPASSWORD": password}
        )
    except FileNotFoundError:
        raise BackupFailed(f"{program[0]} is not here. Install the client programs of PostgreSQL.") from None
    if done.returncode:
        raise BackupFailed(f"{program[0]} failed: {done.stderr.strip()}")
