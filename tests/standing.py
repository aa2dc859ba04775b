"""What many tests begin with is made once by the real commands, then laid out anew for each of them.

A town takes a hundred commands, a town with a row of everything some seconds and the exercise half a minute;
their rows and files take milliseconds. The first test worker that asks makes it, and the others find it in the
folder that all workers of a run share.
"""

import fcntl
import os
import pickle
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction

from samsyn.core import clock

Made = TypeVar("Made")
Rows = dict[Any, tuple[Any, ...]]  # by primary key


@dataclass(frozen=True)
class Standing:
    """What a build added to an empty database and an empty home, and what it answered."""

    added: dict[str, list[tuple[Any, ...]]]  # by table
    changed: dict[str, list[tuple[Any, ...]]]
    files: dict[str, bytes]
    answer: bytes


_made: dict[tuple[str, date], Standing] = {}


def once(build: Callable[[], Made], home: Path) -> Made:
    """What `build` makes. Only for builds that start from nothing, and the same day."""
    key = (build.__qualname__, clock.today())
    if key not in _made:
        with _shared(f"{build.__module__}.{build.__qualname__}-{clock.today()}-{connection.vendor}") as file:
            if not file.stat().st_size:
                before = _tables()
                answer = build()
                _made[key] = _taken(before, home, answer)
                file.write_bytes(pickle.dumps(_made[key]))
                return answer
            _made[key] = pickle.loads(file.read_bytes())  # our own, of this run
    _lay(_made[key], home)
    made: Made = pickle.loads(_made[key].answer)
    return made


@contextmanager
def _shared(name: str) -> Iterator[Path]:
    """A file that one worker at a time may look at. Empty until somebody has made what it is for."""
    path = Path(os.environ["SAMSYN_TESTS_SHARED"]) / name
    with path.open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield path


def _tables() -> dict[str, Rows]:
    found: dict[str, Rows] = {}
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            names = [field.column for field in model._meta.concrete_fields]
            key = names.index(model._meta.pk.column)
            columns = ", ".join(f'"{name}"' for name in names)
            cursor.execute(f'SELECT {columns} FROM "{model._meta.db_table}"')
            found[model._meta.db_table] = {row[key]: row for row in cursor.fetchall()}
    return found


def _taken(before: dict[str, Rows], home: Path, answer: object) -> Standing:
    added, changed = {}, {}
    for table, rows in _tables().items():
        old = before[table]
        added[table] = [row for key, row in rows.items() if key not in old]
        changed[table] = [row for key, row in rows.items() if key in old and old[key] != row]
    files = {
        str(path.relative_to(home)): path.read_bytes() for path in sorted(home.rglob("*")) if path.is_file()
    }
    return Standing(added, changed, files, pickle.dumps(answer))


def _lay(standing: Standing, home: Path) -> None:
    models = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}
    filled = [models[table] for table, rows in standing.added.items() if rows]
    with transaction.atomic(), connection.cursor() as cursor:
        for model in models.values():
            table, names = model._meta.db_table, [field.column for field in model._meta.concrete_fields]
            if rows := standing.added[table]:
                columns = ", ".join(f'"{name}"' for name in names)
                places = ", ".join(["%s"] * len(names))
                cursor.executemany(f'INSERT INTO "{table}" ({columns}) VALUES ({places})', rows)
            for row in standing.changed[table]:
                key = row[names.index(model._meta.pk.column)]
                settings = ", ".join(f'"{name}" = %s' for name in names)
                cursor.execute(
                    f'UPDATE "{table}" SET {settings} WHERE "{model._meta.pk.column}" = %s', [*row, key]
                )
        for statement in connection.ops.sequence_reset_sql(no_style(), filled):
            cursor.execute(statement)
    for name, content in standing.files.items():
        path = home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
