"""What every test stands on: its own keys, locks and objects."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from samsyn.core import translations
from samsyn.parties.tests import build


def pytest_configure() -> None:
    translations.compile_all()


@pytest.fixture(autouse=True)
def home(settings: Any, tmp_path: Path) -> Path:
    for folder in ("objects", "quarantine", "keys", "locks", "cache", "mail"):
        (tmp_path / folder).mkdir()
    settings.SAMSYN_HOME = tmp_path
    return tmp_path


@pytest.fixture(autouse=True)
def source_language() -> Iterator[None]:
    """Commands answer tests in the language of the source; pages choose their own."""
    with translation.override("en"):
        yield


@pytest.fixture
def town(db: None) -> build.Town:
    return build.town()
