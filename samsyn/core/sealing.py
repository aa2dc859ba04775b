"""Private text, sealed with the key of the party that wrote it.

The keys are files outside database and backup, so a database administrator, a dump and the log hold nothing
readable. The seal is bound to column and row: ciphertext moved elsewhere does not open.
"""

import os
import secrets
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from samsyn.core.errors import DomainError
from samsyn.core.rows import Row

NONCE = 12


class KeyMissing(DomainError):
    """The party's key is not on this machine: after a restore without its recovery file."""

    def __init__(self) -> None:
        super().__init__(_("The key of this party is not here. Ask the party for its recovery file."))


def _folder(owner: UUID) -> Path:
    return Path(settings.SAMSYN_HOME) / "keys" / str(owner)


def make_key(owner: UUID) -> None:
    """A new key, on disk before any row needs it. Older keys still open what they sealed."""
    folder = _folder(owner)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _write(folder, f"{len(list(folder.iterdir())):05d}", AESGCM.generate_key(256))


def has_keys(owner: UUID) -> bool:
    """Whether the party's keys are on this machine."""
    return _folder(owner).exists()


def keys_of(owner: UUID) -> dict[str, bytes]:
    """All keys of a party by number, for its recovery file."""
    folder = _folder(owner)
    if not folder.exists():
        raise KeyMissing
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def put_key(owner: UUID, number: str, key: bytes) -> bool:
    """Bring back a key that is gone. False when one of this number is here: it is never overwritten."""
    folder = _folder(owner)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if (folder / number).exists():
        return False
    _write(folder, number, key)
    return True


def _write(folder: Path, number: str, key: bytes) -> None:
    path = folder / number
    with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        file.write(key)
        file.flush()
        os.fsync(file.fileno())
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@lru_cache(maxsize=256)
def _cipher(path: Path) -> AESGCM:
    return AESGCM(path.read_bytes())


class Sealed(bytes):
    """Key number, nonce and ciphertext. Never shows what is in it."""

    def __repr__(self) -> str:
        return "<sealed>"


def seal_bytes(content: bytes, *, owner: UUID, place: str) -> bytes:
    newest = max(_folder(owner).iterdir())
    nonce = secrets.token_bytes(NONCE)
    return newest.name.encode() + nonce + _cipher(newest).encrypt(nonce, content, place.encode())


def unseal_bytes(sealed: bytes, *, owner: UUID, place: str) -> bytes:
    key, nonce, ciphertext = sealed[:5].decode(), sealed[5 : 5 + NONCE], sealed[5 + NONCE :]
    path = _folder(owner) / key
    if not path.exists():
        raise KeyMissing
    return _cipher(path).decrypt(nonce, ciphertext, place.encode())


def seal(text: str, *, owner: UUID, place: str) -> Sealed:
    return Sealed(seal_bytes(text.encode(), owner=owner, place=place))


def unseal(sealed: Sealed, *, owner: UUID, place: str) -> str:
    return unseal_bytes(sealed, owner=owner, place=place).decode()


class _Unsealing:
    """Reads as text, is kept sealed: also in the instance, so that a traceback or a pickle holds no text."""

    def __init__(self, field: "SealedTextField") -> None:
        self.field = field

    def __get__(self, row: Row | None, owner: type[Row] | None = None) -> Any:
        if row is None:
            return self
        if self.field.attname not in row.__dict__:
            row.refresh_from_db(fields=[self.field.attname])  # deferred
        value = row.__dict__[self.field.attname]
        return (
            unseal(value, owner=row.chain_id, place=self.field.place(row))
            if isinstance(value, Sealed)
            else value
        )

    def __set__(self, row: Row, value: Any) -> None:
        row.__dict__[self.field.attname] = value


class SealedTextField(models.BinaryField):  # type: ignore[type-arg]  # not subscriptable at run time
    """Cannot be searched, ordered or unique in the database: that is the point."""

    descriptor_class = _Unsealing

    def place(self, row: Row) -> str:
        return f"{row._meta.label_lower}.{self.attname}:{row.pk}"

    def from_db_value(self, value: bytes | None, *_: object) -> Sealed | None:
        return None if value is None else Sealed(value)

    def pre_save(self, model_instance: models.Model, add: bool) -> Sealed:
        row = model_instance
        if not isinstance(row, Row):
            raise TypeError("Sealed text stands in rows only.")
        value = row.__dict__[self.attname]
        if not isinstance(value, Sealed):
            value = row.__dict__[self.attname] = seal(value, owner=row.chain_id, place=self.place(row))
        return value

    def get_prep_value(self, value: Any) -> Any:
        if value is not None and not isinstance(value, Sealed):
            raise TypeError("Readable text of a sealed field on its way to the database.")
        return super().get_prep_value(value)
