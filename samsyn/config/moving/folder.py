"""The folder that a partnership moves in: a manifest with its seal, a file of rows per table, the objects.

A line of a file is a row as JSON, so that it means the same on both databases, and can be read in ten years
without either. Sealed text is base64 of what is stored.
"""

import hashlib
import json
from base64 import b64decode, b64encode
from collections.abc import Collection, Iterator
from dataclasses import asdict, dataclass, fields
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Self, TypeVar
from uuid import UUID

from django.apps import apps
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.db.migrations.loader import MigrationLoader
from django.db.models import Field, Model

from samsyn.config.backups.making import Say
from samsyn.config.backups.manifest import own_version
from samsyn.config.moving import belonging
from samsyn.core.canonical import Digest
from samsyn.core.sealing import Sealed, SealedTextField
from samsyn.parties.models import User

MANIFEST, SEAL, ROWS = "manifest.json", "manifest.sha256", "rows"
FORM = 1
STEP = 500
Item = TypeVar("Item")


class MovingFailed(Exception):
    """Why nothing was written or taken in, in a sentence."""


@dataclass(frozen=True)
class Manifest:
    """What is in the folder, with the hash of each file."""

    partnership: str
    slug: str
    made: str
    samsyn: str
    migrations: list[str]
    heads: dict[str, tuple[int, str]]  # of the journals that follow, as a backup's manifest tells them
    begin_anew: list[str]  # organisations that work elsewhere too: nothing private of theirs is here
    rows: dict[str, tuple[int, str]]  # by table: how many, and the hash of their file
    objects: list[str]
    lost: list[str]  # named by a row, and gone or damaged already then
    unopened: bool  # a list of objects did not open, so some may be missing
    form: int = FORM
    keys: str = "not here: each party brings its own recovery file; nobody's way to sign in is here either"

    def write(self, folder: Path) -> Digest:
        content = json.dumps(asdict(self), indent=1, ensure_ascii=False).encode()
        (folder / MANIFEST).write_bytes(content)
        (folder / SEAL).write_text(_seal(content))
        return Digest(hashlib.sha256(content).hexdigest())

    @classmethod
    def read(cls, folder: Path) -> tuple[Self, Digest]:
        try:
            content = (folder / MANIFEST).read_bytes()
            given = json.loads(content)
            form, known = given["form"], {one.name for one in fields(cls)}
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise MovingFailed(f"{folder} holds no partnership: its manifest cannot be read.") from error
        if form != FORM:
            raise MovingFailed(
                f"{folder} was written in form {form} by Samsyn {given.get('samsyn', 'of another version')}, "
                f"and here is {own_version()}. Take it in with that version, then upgrade."
            )
        if not (folder / SEAL).is_file() or (folder / SEAL).read_bytes() != _seal(content).encode():
            raise MovingFailed(f"The manifest is not the one that {SEAL} seals. Export again.")
        if set(given) != known:
            raise MovingFailed(f"{folder} holds no partnership: its manifest says too little or too much.")
        return cls(**given), Digest(hashlib.sha256(content).hexdigest())

    def refuse_if_other_tables(self) -> None:
        """Rows are taken in as they are, so the tables must be those that they were written from."""
        tables = {one._meta.label for one in belonging.following()}
        if self.migrations != migrations_here() or set(self.rows) != tables:
            raise MovingFailed(
                f"This folder was written by Samsyn {self.samsyn}, whose tables are not those of "
                f"{own_version()} here. Take it in with that version, then upgrade."
            )


def _seal(content: bytes) -> str:
    """As `sha256sum --check` reads it."""
    return f"{hashlib.sha256(content).hexdigest()}  {MANIFEST}\n"


def migrations_here() -> list[str]:
    """Of our own rooms, as app.name."""
    ours = {one.label for one in apps.get_app_configs() if one.name.startswith("samsyn.")}
    return sorted(f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations if app in ours)


def counted(items: Collection[Item], what: str, say: Say) -> Iterator[Item]:
    """Go through something long, and say how far one has come."""
    for number, item in enumerate(items):
        if number % STEP == 0:
            say(f"{what}, {number} of {len(items)} …")
        yield item


def file_of(folder: Path, table: str) -> Path:
    return folder / ROWS / f"{table}.jsonl"


def line_of(row: dict[str, Any]) -> bytes:
    return json.dumps(row, default=_plain, sort_keys=True, ensure_ascii=False).encode() + b"\n"


def row_of(model: type[Model], line: bytes) -> Model:
    """The row that a line tells, with a new lock where an old key must not fit."""
    try:
        told = json.loads(line)
        if set(told) != set(belonging.fields_of(model)):
            raise ValueError("other columns")
        kept = [one for one in model._meta.concrete_fields if one.attname in told]
        row: Any = model(**{one.attname: _value(one, told[one.attname]) for one in kept})
    except (ValueError, TypeError, AttributeError, ValidationError) as error:
        raise MovingFailed(f"A row of {model._meta.label} cannot be read.") from error
    if isinstance(row, User):
        row.password = make_password(None)  # fits no password
    if "token_hash" in belonging.FIELDS_LEFT_OUT.get(model._meta.label, {}):
        row.token_hash = row.hash_of(row.token)
    return row  # type: ignore[no-any-return]


def _plain(value: object) -> str:
    match value:
        case bytes():
            return b64encode(value).decode()
        case date():  # also a moment
            return value.isoformat()
        case UUID() | Decimal():
            return str(value)
    raise TypeError(f"{type(value).__name__} has no form in a folder")


def _value(field: "Field[Any, Any]", told: Any) -> Any:
    if isinstance(field, SealedTextField):
        return None if told is None else Sealed(b64decode(told))
    return field.to_python(told)
