"""What has to be in order before anything is served: tables, files, and settings that are safe."""

import hashlib
import os
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from samsyn.core import guard, stores

DIFFERENT_CHARACTERS = 12  # of a key: fewer is a pattern that somebody typed
SAFE_SQLITE = (3, 51, 3)  # earlier ones can corrupt a database when the WAL is reset


def prepare(say: object = print) -> None:
    """Migrate and collect the static files. A second start finds it all done."""
    migrate()
    if str(settings.CACHES["default"]["BACKEND"]).endswith("DatabaseCache"):
        call_command("createcachetable", verbosity=0)
    _collect_static()


def migrate() -> None:
    """Make the tables, or change them to what they are in this version, when anything is to be done."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False)


def _collect_static() -> None:
    """Collected anew only when a file changed: hashing and compressing takes seconds."""
    files = sorted(path for path in settings.ROOT.glob("*/static/**/*") if path.is_file())
    state = hashlib.sha256(
        "".join(f"{path.relative_to(settings.ROOT)}{path.stat().st_mtime_ns}" for path in files).encode()
    ).hexdigest()
    stamp = Path(settings.STATIC_ROOT) / ".stamp"
    if stamp.exists() and stamp.read_text() == state:
        return
    # Our own htmx is vendored: compressing those of django-htmx would take longer than all the rest.
    call_command("collectstatic", verbosity=0, interactive=False, clear=True, ignore_patterns=["django_htmx"])
    stamp.write_text(state)


def faults() -> list[str]:
    """What must be mended before this may serve, in sentences. Stricter in production."""
    found = []
    if connection.vendor == "sqlite":
        import sqlite3

        if sqlite3.sqlite_version_info < SAFE_SQLITE:
            wanted = ".".join(map(str, SAFE_SQLITE))
            found.append(f"SQLite {sqlite3.sqlite_version} can lose data; {wanted} or later is needed.")
    if lost := guard.missing():
        found.append(
            f"The journal is unguarded ({', '.join(sorted(lost))}). Run `samsyn verify`, then migrate."
        )
    try:
        stores.store().reach()
    except stores.Unreachable as error:
        told = str(error.__cause__).partition("\n")[0]
        found.append(f"SAMSYN_OBJECTS={settings.SAMSYN_OBJECTS} does not answer: {told}")
    if settings.IN_PRODUCTION:
        found += _unsafe_in_production()
    return found


def _unsafe_in_production() -> list[str]:
    found = []
    key = os.environ.get("SAMSYN_SECRET_KEY", "")
    if len(key) < 50 or len(set(key)) < DIFFERENT_CHARACTERS or key.startswith("django-insecure"):
        found.append("Set SAMSYN_SECRET_KEY to at least 50 random characters.")
    origin = urlsplit(settings.ORIGIN)
    if origin.scheme != "https" or origin.hostname in (None, "localhost", "127.0.0.1"):
        found.append("Set SAMSYN_ORIGIN to the public https address.")
    if "SAMSYN_TRUSTED_PROXIES" not in os.environ or settings.TRUSTED_PROXIES < 0:
        found.append("Set SAMSYN_TRUSTED_PROXIES to the number of proxies in front (0 if none).")
    if not os.environ.get("SAMSYN_MAIL_URL"):
        found.append("Set SAMSYN_MAIL_URL; invitations cannot be sent without it.")
    keys = Path(settings.SAMSYN_HOME) / "keys"
    if keys.stat().st_mode & 0o077:
        found.append(f"Others on this machine can read {keys}. Run `chmod 700` on it.")
    from samsyn.parties.models import Partnership

    if Partnership.objects.filter(is_exercise=True).exists():
        found.append("The exercise municipality is loaded, with passwords that everybody knows.")
    return found
