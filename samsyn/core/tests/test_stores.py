"""Both stores keep the same promises; the bucket is moto's, which speaks S3 over HTTP and knows nothing of us."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from samsyn.core import objects, stores
from samsyn.core.errors import Missing
from samsyn.core.tests import bucket

HELLO = b"a table" * 1000
NEVER = "0" * 64


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with bucket.serving() as address:
        yield address


@pytest.fixture(params=["directory", "bucket"])
def kind(request: pytest.FixtureRequest, settings: Any, monkeypatch: Any) -> Iterator[str]:
    """An empty store of each kind."""
    if request.param == "bucket":
        _in_bucket(settings, monkeypatch, request.getfixturevalue("server"))
    yield request.param
    for key in stores.store().keys():  # noqa: SIM118
        objects.remove(key)
    stores._bucket.cache_clear()


def _in_bucket(
    settings: Any, monkeypatch: Any, address: str, name: str = "samsyn", *, made: bool = True
) -> None:
    for variable, value in bucket.environment(address, f"{name}/umea").items():
        monkeypatch.setenv(variable, value)
    settings.SAMSYN_OBJECTS = f"s3://{name}/umea"
    stores._bucket.cache_clear()
    if made:
        bucket.make(address, name)


def test_what_is_put_is_there_once_and_whole(kind: str) -> None:
    key = objects.put(HELLO)
    assert objects.put(HELLO) == key and objects.keys() == {key}
    assert objects.get(key) == HELLO and objects.is_whole(key)


def test_what_is_removed_is_gone_and_may_be_removed_again(kind: str) -> None:
    key = objects.put(HELLO)
    objects.remove(key)
    objects.remove(key)
    assert objects.keys() == set() and not objects.is_whole(key)
    with pytest.raises(Missing):
        objects.get(key)


def test_what_was_never_there_is_missing(kind: str) -> None:
    with pytest.raises(Missing):
        objects.get(NEVER)
    with pytest.raises(Missing):
        objects.get("../../etc/passwd")


def test_other_bytes_under_a_key_are_found(kind: str) -> None:
    key = objects.put(HELLO)
    objects.remove(key)
    stores.store().write(key, HELLO + b".")
    assert not objects.is_whole(key)


def test_copied_out_and_taken_in(kind: str, tmp_path: Path) -> None:
    key, file = objects.put(HELLO), tmp_path / "copy"
    assert objects.copy_out(key, file) and file.read_bytes() == HELLO
    assert not objects.copy_out(NEVER, tmp_path / "none") and not (tmp_path / "none").exists()
    objects.remove(key)
    objects.take_in(key, file)
    assert objects.get(key) == HELLO
    with pytest.raises(ValueError, match="not what"):
        objects.take_in(NEVER, file)


def test_a_thousand_and_one_keys_are_all_told(settings: Any, monkeypatch: Any, server: str) -> None:
    """S3 tells a thousand at a time."""
    from moto.s3.models import s3_backends

    _in_bucket(settings, monkeypatch, server, "many")
    numbers = [f"{number:064x}" for number in range(1001)]
    for key in numbers:
        s3_backends["123456789012"]["aws"].put_object("many", f"umea/{key[:2]}/{key}", b"")
    assert objects.keys() == {*numbers}


def test_a_bucket_that_does_not_answer_is_a_sentence(settings: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(stores, "TRIES", {"max_retries": 0})
    _in_bucket(settings, monkeypatch, "http://127.0.0.1:9", made=False)
    with pytest.raises(stores.Unreachable, match="does not answer") as told:
        objects.put(HELLO)
    assert told.value.status == 503


def test_a_bucket_that_is_not_there_is_a_sentence(settings: Any, monkeypatch: Any, server: str) -> None:
    _in_bucket(settings, monkeypatch, server, "another", made=False)
    with pytest.raises(stores.Unreachable):
        objects.put(HELLO)
    with pytest.raises(stores.Unreachable):
        stores.store().reach()
