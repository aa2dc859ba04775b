"""Where objects lie: a directory, or a bucket that speaks S3. Neither knows what it holds."""

import logging
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from samsyn.core.errors import DomainError

if TYPE_CHECKING:
    from obstore.store import RetryConfig, S3Config

logger = logging.getLogger(__name__)
WAIT = timedelta(seconds=10)
TRIES: "RetryConfig" = {"max_retries": 3, "retry_timeout": WAIT * 2}


class Unreachable(DomainError):
    """The bucket does not answer, or says no. Nothing was written."""

    status = 503

    def __init__(self) -> None:
        super().__init__(
            _("The store of files does not answer. Nothing was saved. Try again in a few minutes.")
        )


class Store(Protocol):
    """Bytes under a key. Whoever asks has made sure that a key only ever means the same bytes."""

    def write(self, key: str, content: bytes) -> None:
        """Keep bytes; they are safe when this returns. A key that is there already is left as it is."""

    def read(self, key: str) -> bytes | None:
        """The bytes, or None."""

    def remove(self, key: str) -> None:
        """Forget a key, also one that is not there."""

    def keys(self) -> set[str]:
        """All that is there."""

    def copy_out(self, key: str, place: Path) -> bool:
        """Write the bytes to a new file; whether they were there."""

    def reach(self) -> None:
        """Nothing, if it is there to be asked."""


class Directory:
    """A folder per first two letters. On disk, folder entry included, before `write` returns."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def place(self, key: str) -> Path:
        return self.root / key[:2] / key

    def write(self, key: str, content: bytes) -> None:
        path = self.place(key)
        if path.exists():
            return
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

    def read(self, key: str) -> bytes | None:
        try:
            return self.place(key).read_bytes()
        except FileNotFoundError:
            return None

    def remove(self, key: str) -> None:
        self.place(key).unlink(missing_ok=True)

    def keys(self) -> set[str]:
        return {path.name for path in self.root.glob("*/*") if not path.name.startswith(".")}

    def copy_out(self, key: str, place: Path) -> bool:
        try:
            os.link(self.place(key), place)  # immutable, so a link is as good as a copy
        except FileNotFoundError:
            return False
        except OSError:  # on another disk
            shutil.copy2(self.place(key), place)
        return True

    def reach(self) -> None:
        self.root.mkdir(mode=0o700, parents=True, exist_ok=True)


class Bucket:
    """A bucket behind any address that speaks S3. Address and credentials as S3's own tools read them."""

    def __init__(self, address: str) -> None:
        from obstore.store import S3Store

        # One by one: credentials of a machine in a cloud are found by the library itself.
        named = ("AWS_ENDPOINT_URL", "AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")
        given = {name.lower(): os.environ[name] for name in named if os.environ.get(name)}
        in_the_clear = given.get("aws_endpoint_url", "").startswith("http://")
        self.bucket = S3Store.from_url(
            address,
            config=cast("S3Config", {"aws_region": "us-east-1"} | given),
            client_options={"connect_timeout": WAIT, "timeout": WAIT * 6, "allow_http": in_the_clear},
            retry_config=TRIES,
        )

    def write(self, key: str, content: bytes) -> None:
        import obstore

        with _answering():
            if key not in self:
                obstore.put(self.bucket, _within(key), content, use_multipart=len(content) > 2**26)

    def __contains__(self, key: str) -> bool:
        import obstore

        try:
            obstore.head(self.bucket, _within(key))
        except FileNotFoundError:
            return False
        return True

    def read(self, key: str) -> bytes | None:
        import obstore

        with _answering():
            try:
                return bytes(obstore.get(self.bucket, _within(key)).bytes())
            except FileNotFoundError:
                return None

    def remove(self, key: str) -> None:
        import obstore

        with _answering():
            obstore.delete(self.bucket, _within(key))

    def keys(self) -> set[str]:
        import obstore

        with _answering():
            return {str(one["path"]).rpartition("/")[2] for page in obstore.list(self.bucket) for one in page}

    def copy_out(self, key: str, place: Path) -> bool:
        content = self.read(key)
        if content is not None:
            place.write_bytes(content)
        return content is not None

    def reach(self) -> None:
        import obstore

        with _answering():
            next(iter(obstore.list(self.bucket)), None)


def _within(key: str) -> str:
    return f"{key[:2]}/{key}"


@contextmanager
def _answering() -> Iterator[None]:
    from obstore.exceptions import BaseError

    try:
        yield
    except (BaseError, FileNotFoundError) as error:  # the latter: no such bucket
        logger.error("The bucket of objects said no: %s", str(error).partition("\n")[0])
        raise Unreachable from error


def store() -> Store:
    """The store of this installation."""
    if settings.SAMSYN_OBJECTS:
        return _bucket(settings.SAMSYN_OBJECTS)
    return Directory(Path(settings.SAMSYN_HOME) / "objects")


@cache
def _bucket(address: str) -> Bucket:
    return Bucket(address)
