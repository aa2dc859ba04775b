"""What a backup says of itself: which version made it, what is in it, how far the journals reach."""

import hashlib
import json
from dataclasses import asdict, dataclass, field, fields
from importlib.metadata import version
from pathlib import Path
from typing import Self

from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

MANIFEST, DATABASE, OBJECTS = "manifest.json", "database", "objects"
FORM = 2  # 1 told neither version nor migrations


class BackupFailed(Exception):
    """Why no backup was made or restored, in a sentence."""


@dataclass(frozen=True)
class Manifest:
    made: str
    samsyn: str
    migrations: list[str]
    database: str
    database_sha256: str
    objects: list[str]
    heads_at_least: dict[str, tuple[int, str]]
    lost: list[str] = field(default_factory=list)  # named by a row, and gone or damaged already then
    form: int = FORM
    keys: str = "not here: each party keeps its own recovery file; nor are settings and secret.key"

    def write(self, folder: Path) -> None:
        (folder / MANIFEST).write_text(json.dumps(asdict(self), indent=1))

    @classmethod
    def read(cls, folder: Path) -> Self:
        try:
            given = json.loads((folder / MANIFEST).read_text())
            if given.get("form", 1) > FORM:
                raise BackupFailed(_newer(given.get("samsyn", "a newer version")))
            known = {one.name for one in fields(cls)}
            return cls(**{name: value for name, value in given.items() if name in known})
        except (OSError, ValueError, TypeError, AttributeError) as error:
            raise BackupFailed(f"{folder} holds no whole backup: its manifest cannot be read.") from error

    def refuse_if_newer(self) -> None:
        """Its tables may hold what this version knows nothing of."""
        here = set(MigrationLoader(None).disk_migrations)
        unknown = [one for one in self.migrations if tuple(one.split(".", 1)) not in here]
        if unknown or _numbers(self.samsyn) > _numbers(own_version()):
            raise BackupFailed(_newer(self.samsyn))


def own_version() -> str:
    return version("samsyn")


def applied_migrations(alias: str) -> list[str]:
    """Of a database, as app.name."""
    applied = MigrationRecorder(connections[alias]).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in applied)


def sha256(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def place_of(folder: Path, key: str) -> Path:
    """Where an object lies in a backup: as in the store."""
    return folder / OBJECTS / key[:2] / key


def _newer(which: str) -> str:
    return (
        f"This backup was made by Samsyn {which}, and here is {own_version()}. "
        "Install that version or a later one, and restore again."
    )


def _numbers(of: str) -> list[int]:
    return [int(part) for part in of.split(".") if part.isdigit()]
