"""Files by their content: written once, never changed, readable by whoever holds the key.

A few functions over a store. A private object is sealed with its party's key and stored under the hash of
the sealed bytes, so that the store can be checked without any key.
"""

import hashlib
from collections.abc import Callable, Iterable
from itertools import chain
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet

from samsyn.core import sealing
from samsyn.core.canonical import Digest
from samsyn.core.errors import Missing
from samsyn.core.stores import Directory, store

# From rows to keys, empty where a row has none; None stands for a list that does not open.
Rows = QuerySet[Any]
Namer = Callable[[Rows], Iterable[str | None]]
_namers: list[tuple[type[Model], Namer]] = []


def put(content: bytes, *, owner: UUID | None = None) -> Digest:
    """Store bytes and return their key. Safe before it returns."""
    if owner is not None:
        content = sealing.seal_bytes(content, owner=owner, place="object")
    key = Digest(hashlib.sha256(content).hexdigest())
    store().write(key, content)
    return key


def get(key: str, *, owner: UUID | None = None) -> bytes:
    """The bytes behind a key, opened with the owner's key when they are sealed."""
    content = store().read(_checked(key))
    if content is None:
        raise Missing
    return sealing.unseal_bytes(content, owner=owner, place="object") if owner is not None else content


def remove(key: str) -> None:
    """Destroy an object whose time is over. Whoever asks knows that nothing else needs it."""
    store().remove(_checked(key))


def is_whole(key: str) -> bool:
    """Whether the stored bytes still have the hash that names them. Needs no key."""
    content = store().read(_checked(key))
    return content is not None and hashlib.sha256(content).hexdigest() == key


def keys() -> set[str]:
    """All keys in the store."""
    return store().keys()


def keys_in(folder: Path) -> set[str]:
    """All keys in a folder that is laid out as a store."""
    return Directory(folder).keys()


def copy_out(key: str, place: Path) -> bool:
    """Copy the stored bytes, sealed ones still sealed, to a new file; whether they were there."""
    return store().copy_out(_checked(key), place)


def take_in(key: str, file: Path) -> None:
    """Store what `copy_out` wrote, as it was stored. Refused when the file is another than the key says."""
    content = file.read_bytes()
    if hashlib.sha256(content).hexdigest() != _checked(key):
        raise ValueError(f"{file} is not what {key} names")
    store().write(key, content)


def _checked(key: str) -> str:
    if len(key) != 64 or not set(key) <= set("0123456789abcdef"):
        raise Missing
    return key


def named_by(model: type[Model], *columns: str, opened: Namer | None = None) -> None:
    """Have a room say which objects its rows name: those are what a backup must hold.

    `opened` reads the names from rows where they stand in no column of their own.
    """
    _namers.append((model, opened or (lambda rows: chain.from_iterable(rows.values_list(*columns)))))


def named(database: str = "default", *, among: Callable[[Rows], Rows] | None = None) -> tuple[set[str], bool]:
    """The keys that rows of this database name, and whether that is all: some lists are sealed."""
    found = set[str | None]()
    for model, namer in _namers:
        rows = model._base_manager.using(database).all()
        found |= set(namer(among(rows) if among else rows))
    return {key for key in found if key}, None not in found
