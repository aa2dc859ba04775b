"""The real command in real processes, on a home and a database of its own."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import psycopg
from django.db import connection

ROOT = Path(__file__).parent.parent


def environment(home: Path, **more: str) -> dict[str, str]:
    """As of somebody who has just cloned the project, whatever the tests themselves run on."""
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    own = {
        "SAMSYN_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "samsyn.config.settings",
        "SAMSYN_ENV": "development",
    }
    return kept | own | more


def same_database(home: Path) -> dict[str, str]:
    """The environment of processes that meet what the running test has committed, with its keys and objects.

    SQLite is copied, as its file of tests lies elsewhere; PostgreSQL is the test's own database.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(home / "samsyn.sqlite3")])
        return environment(home)
    given = connection.settings_dict
    login = f"{given['USER']}:{given['PASSWORD']}" if given["PASSWORD"] else f"{given['USER']}"
    where = f"postgresql://{login}@{given['HOST']}:{given['PORT'] or 5432}/{given['NAME']}"
    return environment(home, DATABASE_URL=where)


def command(*words: str) -> list[str]:
    return [sys.executable, "-m", "samsyn.config.cli", *words]


@dataclass(frozen=True)
class Place:
    """Where one installation lives: its home, and the address of its database, a file there if empty."""

    home: Path
    database: str = ""
    settings: dict[str, str] = field(default_factory=dict)

    def environment(self, **more: str) -> dict[str, str]:
        """As of somebody who has just cloned the project, and set what this place sets."""
        where = {"DATABASE_URL": self.database} if self.database else {}
        return environment(self.home, **where, **self.settings, **more)

    def samsyn(self, *words: str, **more: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            command(*words),
            cwd=ROOT,
            env=self.environment(**more),
            capture_output=True,
            text=True,
            check=False,
        )

    def python(self, code: str) -> "subprocess.CompletedProcess[str]":
        """Some lines of Python there: to break something that the command then meets."""
        return subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env=self.environment(),
            capture_output=True,
            text=True,
            check=False,
        )

    def rows(self, question: str) -> list[tuple[Any, ...]]:
        """What the database answers; nothing while it is not begun."""
        if self.database:
            with suppress(psycopg.errors.UndefinedTable), psycopg.connect(self.database) as server:
                return server.execute(question).fetchall()
            return []
        import sqlite3  # when it is asked for: the settings put another one in its place

        with suppress(sqlite3.OperationalError):
            file = sqlite3.connect(f"file:{self.home}/samsyn.sqlite3?mode=ro", uri=True)
            try:
                return file.execute(question).fetchall()
            finally:
                file.close()
        return []


@contextmanager
def own_place(home: Path) -> Iterator[Place]:
    """On the kind of database that the tests run on; a server's is dropped again."""
    if connection.vendor == "sqlite":
        yield Place(home)
        return
    name = f"samsyn_test_{uuid4().hex[:12]}"
    with psycopg.connect(_address("postgres"), autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
    try:
        yield Place(home, _address(name))
    finally:
        with psycopg.connect(_address("postgres"), autocommit=True) as server:
            server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _address(database: str) -> str:
    given = {name: quote(str(value or ""), safe="") for name, value in connection.settings_dict.items()}
    secret = f":{given['PASSWORD']}" if given["PASSWORD"] else ""
    return f"postgresql://{given['USER']}{secret}@{given['HOST']}:{given['PORT'] or 5432}/{database}"
