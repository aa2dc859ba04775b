"""What each field said when a file was made, in a few signs: so it can be told who has changed what since."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

CHECKSUM: Final = "checksum"  # the column's head, the same in every language
SCHEME: Final = "1"  # of the fields and their order: signs of another one are not read
SIGNS: Final = 8
Value = str | date | int | None


def flat(text: str) -> str:
    """Without what a program may lose when it saves a sheet: tabs, and how a line ends."""
    return text.replace("\t", "").replace("\r\n", "\n")


def shown(value: Value) -> str:
    return "" if value is None else value.isoformat() if isinstance(value, date) else str(value)


def sign(text: str) -> str:
    return hashlib.sha256(flat(text).encode()).hexdigest()[:SIGNS]


def checksum(values: Sequence[Value]) -> str:
    """One cell for all fields, in their order."""
    return " ".join([SCHEME, *(sign(shown(value)) for value in values)])


def signs_in(cell: str, names: Sequence[str]) -> Mapping[str, str]:
    """The sign of each field; nothing where somebody has changed the cell or an older file has none."""
    scheme, *signs = cell.split() or [""]
    return dict(zip(names, signs, strict=True)) if scheme == SCHEME and len(signs) == len(names) else {}
