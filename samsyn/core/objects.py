"""Files by their content: written once, never changed, readable by whoever holds the key.

A few functions over a directory. A private object is sealed with its party's key and stored under the hash of
the sealed bytes, so that the store can be checked without any key.
"""

import hashlib
import os
import secrets
from collections.abc import Callable, Iterable
from pathlib import Path
from uuid import UUID

from django.conf import settings

from samsyn.core import sealing
from samsyn.core.canonical import Digest
from samsyn.core.errors import Missing

# From a database's alias to keys, empty where a row has none; None stands for a list that does not open.
Namer = Callable[[str], Iterable[str | None]]
_namers: list[Namer] = []


def _root() -> Path:
    return Path(settings.SAMSYN_HOME) / "objects"


def _path(key: str) -> Path:
    if len(key) != 64 or not set(key) <= set("0123456789abcdef"):
        raise Missing
    return _root() / key[:2] / key


def put(content: bytes, *, owner: UUID | None = None) -> Digest:
    """Store bytes and return their key. On disk, folder entry included, before it returns."""
    if owner is not None:
        content = sealing.seal_bytes(content, owner=owner, place="object")
    key = Digest(hashlib.sha256(content).hexdigest())
    path = _path(key)
    if path.exists():
        return key
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    temporary = path.with_name(f".{key}.{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.rename(path)
    finally:
        temporary.unlink(missing_ok=True)
    descriptor = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    return key


def get(key: str, *, owner: UUID | None = None) -> bytes:
    """The bytes behind a key, opened with the owner's key when they are sealed."""
    path = _path(key)
    if not path.exists():
        raise Missing
    content = path.read_bytes()
    return sealing.unseal_bytes(content, owner=owner, place="object") if owner is not None else content


def remove(key: str) -> None:
    """Destroy an object whose time is over. Whoever asks knows that nothing else needs it."""
    _path(key).unlink(missing_ok=True)


def is_whole(key: str) -> bool:
    """Whether the stored bytes still have the hash that names them. Needs no key."""
    path = _path(key)
    return path.exists() and hashlib.sha256(path.read_bytes()).hexdigest() == key


def keys() -> set[str]:
    """All keys in the store."""
    return keys_in(_root())


def keys_in(folder: Path) -> set[str]:
    """All keys in a folder that is laid out as the store."""
    return {path.name for path in folder.glob("*/*") if not path.name.startswith(".")}


def named_by(namer: Namer) -> None:
    """Have a room say which objects its rows name: those are what a backup must hold."""
    _namers.append(namer)


def named(database: str = "default") -> tuple[set[str], bool]:
    """The keys that rows of this database name, and whether that is all: some lists are sealed."""
    found = {key for namer in _namers for key in namer(database)}
    return {key for key in found if key}, None not in found
