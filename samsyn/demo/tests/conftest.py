"""The exercise, laid out for the tests that read it."""

from pathlib import Path
from typing import Any

import pytest
from pytest_django import DjangoDbBlocker

from samsyn.demo.tests import build
from tests import standing


@pytest.fixture(scope="module")
def exercise(django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: Any) -> Any:
    """Loaded once for all tests that only read it, and taken back after them."""
    from django.conf import settings
    from django.db import transaction

    before, folder = settings.SAMSYN_HOME, tmp_path_factory.mktemp("exercise")
    for name in ("objects", "quarantine", "keys", "locks", "cache", "mail"):
        (folder / name).mkdir()
    with django_db_blocker.unblock():
        settings.SAMSYN_HOME = folder
        attempt: Any = transaction.atomic()
        attempt._from_testcase = True  # a command insists on the outermost transaction, except of a test
        with attempt:
            standing.once(build.exercise, folder)
            yield folder
            transaction.set_rollback(True)
        settings.SAMSYN_HOME = before


@pytest.fixture(autouse=True)
def its_home(request: pytest.FixtureRequest, settings: Any, home: Path) -> None:
    if "exercise" in request.fixturenames:
        settings.SAMSYN_HOME = request.getfixturevalue("exercise")
