"""What every test stands on: its own keys, locks and objects."""

from pathlib import Path
from typing import Any

import pytest

from samsyn.parties.tests import build


@pytest.fixture(autouse=True)
def home(settings: Any, tmp_path: Path) -> Path:
    for folder in ("objects", "quarantine", "keys", "locks", "cache", "mail"):
        (tmp_path / folder).mkdir()
    settings.SAMSYN_HOME = tmp_path
    return tmp_path


@pytest.fixture
def town(db: None) -> build.Town:
    return build.town()
