"""Where a file from outside stays until somebody keeps it: an hour, sealed, outside objects and backups."""

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from uuid import UUID

from django.conf import settings

from samsyn.core import sealing

HOUR_S: Final = 60 * 60
FILE, TABLE, PAGE = "file", "table", "page"  # as it came; all its rows; those that pages can show


def _place(upload: UUID, part: str) -> Path:
    return Path(settings.SAMSYN_HOME) / "quarantine" / f"{upload.hex}.{part}"


def put(content: bytes, *, upload: UUID, owner: UUID, part: str = FILE) -> None:
    """Keep the file, or the table read from it, sealed with the party's key."""
    path = _place(upload, part)
    path.touch(mode=0o600)
    path.write_bytes(sealing.seal_bytes(content, owner=owner, place=f"quarantine:{upload}.{part}"))


def get(*, upload: UUID, owner: UUID, part: str = FILE) -> bytes:
    """What waits there. FileNotFoundError when its hour is over."""
    sealed = _place(upload, part).read_bytes()
    return sealing.unseal_bytes(sealed, owner=owner, place=f"quarantine:{upload}.{part}")


def holds(upload: UUID, part: str = FILE) -> bool:
    return _place(upload, part).exists()


@contextmanager
def opened(*, upload: UUID, owner: UUID) -> Iterator[Path]:
    """The readable file in a folder of its own, for as long as the sandbox reads it."""
    content = get(upload=upload, owner=owner)
    with tempfile.TemporaryDirectory(dir=Path(settings.SAMSYN_HOME) / "quarantine") as folder:
        path = Path(folder) / "file"
        path.write_bytes(content)
        yield path


def remove(upload: UUID) -> None:
    for part in (FILE, TABLE, PAGE):
        _place(upload, part).unlink(missing_ok=True)


def sweep() -> int:
    """Destroy what has waited for an hour, also what a killed process left. Returns how many files."""
    folder, gone = Path(settings.SAMSYN_HOME) / "quarantine", 0
    for path in sorted(folder.rglob("*"), reverse=True):
        try:
            if time.time() - path.stat().st_mtime < HOUR_S:
                continue
            if path.is_dir():
                path.rmdir()
            else:
                path.unlink()
                gone += 1
        except OSError:  # another worker was quicker, or the folder is in use again
            continue
    return gone
