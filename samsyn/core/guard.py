"""Triggers that keep the journal append-only, against our own mistakes and a careless hand in the shell.

Not in a migration: SQLite rebuilds a table when a later migration alters it, and silently drops its triggers.
They are fitted after every `migrate` and looked for at start.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

TABLE = "core_entry"
NAMES = {
    "sqlite": ("core_entry_no_update", "core_entry_no_delete", "core_entry_no_replace"),
    "postgresql": ("core_entry_no_change", "core_entry_no_truncate"),
}
REFUSE_SQLITE = "BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END"
SQL = {
    "sqlite": (
        f"CREATE TRIGGER IF NOT EXISTS core_entry_no_update BEFORE UPDATE ON {TABLE} {REFUSE_SQLITE}",
        f"CREATE TRIGGER IF NOT EXISTS core_entry_no_delete BEFORE DELETE ON {TABLE} {REFUSE_SQLITE}",
        # INSERT OR REPLACE removes the old row without firing a delete trigger.
        f"CREATE TRIGGER IF NOT EXISTS core_entry_no_replace BEFORE INSERT ON {TABLE} WHEN EXISTS ("  # noqa: S608
        f"SELECT 1 FROM {TABLE} WHERE id = NEW.id OR (chain = NEW.chain AND sequence = NEW.sequence))"
        f" {REFUSE_SQLITE}",  # constants only
    ),
    "postgresql": (
        "CREATE OR REPLACE FUNCTION core_entry_refuse() RETURNS trigger LANGUAGE plpgsql AS"
        " $$BEGIN RAISE EXCEPTION 'the journal is append-only'; END$$",
        f"CREATE OR REPLACE TRIGGER core_entry_no_change BEFORE UPDATE OR DELETE ON {TABLE}"
        " FOR EACH ROW EXECUTE FUNCTION core_entry_refuse()",
        f"CREATE OR REPLACE TRIGGER core_entry_no_truncate BEFORE TRUNCATE ON {TABLE}"
        " FOR EACH STATEMENT EXECUTE FUNCTION core_entry_refuse()",
    ),
}
PRESENT = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    # 'O' = fires for ordinary sessions: a disabled trigger counts as missing.
    "postgresql": "SELECT tgname FROM pg_trigger WHERE tgenabled IN ('O', 'A')",
}


def fit() -> None:
    with connection.cursor() as cursor:
        for statement in SQL[connection.vendor]:
            cursor.execute(statement)


def missing() -> set[str]:
    """Names of the triggers that are gone. The server does not start while there are any."""
    with connection.cursor() as cursor:
        cursor.execute(PRESENT[connection.vendor])
        return set(NAMES[connection.vendor]) - {name for (name,) in cursor.fetchall()}


@contextmanager
def lifted() -> Iterator[None]:
    """Take the guard off while tests empty the database between cases. Nothing in the product calls this."""
    with connection.cursor() as cursor:
        for name in NAMES[connection.vendor]:
            on_table = f" ON {TABLE}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on_table}")
    try:
        yield
    finally:
        fit()
