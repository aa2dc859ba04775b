"""A zip file from outside, looked at before anything in it is unpacked."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from samsyn.evidence.readers.table import Refusal

MOST_UNPACKED: Final = 512 * 1024 * 1024
SMALL: Final = 16 * 1024 * 1024  # below this no ratio matters
RATIO: Final = 150  # real workbooks shrink ten to fifty times
MOST_FILES: Final = 2_000


@contextmanager
def opened(data: bytes) -> Iterator[zipfile.ZipFile]:
    """The archive, when it would unpack to a bearable size; its faults as Refusals."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            files = archive.infolist()
            whole = sum(file.file_size for file in files)
            if (
                len(files) > MOST_FILES
                or whole > MOST_UNPACKED
                or (whole > SMALL and whole > RATIO * len(data))
            ):
                raise Refusal("too_large", bytes=whole)
            if any(file.flag_bits & 1 for file in files):
                raise Refusal("encrypted")
            yield archive
    # NotImplementedError is zipfile's own answer to a way of packing that it does not know.
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, KeyError) as error:
        raise Refusal("broken_archive", fault=type(error).__name__) from None


def names_of(data: bytes) -> list[str]:
    with opened(data) as archive:
        return archive.namelist()
