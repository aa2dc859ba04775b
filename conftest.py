"""What every test stands on: its own keys, locks and objects."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from samsyn.config.processes import collect_seldom
from samsyn.parties.tests import build
from tests import standing


def pytest_configure(config: pytest.Config) -> None:
    """What one test worker has made or compiled is there for the others: a folder for this run."""
    if "SAMSYN_TESTS_SHARED" not in os.environ:
        folder = tempfile.mkdtemp(prefix="samsyn-tests-")
        os.environ["SAMSYN_TESTS_SHARED"] = folder
        os.environ.setdefault("NUMBA_CACHE_DIR", str(Path(folder) / "numba"))
        config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))


def pytest_collection_finish() -> None:
    collect_seldom()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes minutes in processes of its own begins first: no worker is left alone with it at the end.

    Tests on the shared database keep their order: those that empty it come last.
    """

    def may_wait(item: pytest.Item) -> bool:
        shares = {"db", "transactional_db"} & set(getattr(item, "fixturenames", ()))
        marked = any(item.get_closest_marker(mark) for mark in ("slow", "both"))
        return bool(shares or item.get_closest_marker("django_db")) or not marked

    items.sort(key=may_wait)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say it plainly when a test that should run here did not."""
    for report in _wrongly_skipped(terminalreporter):
        terminalreporter.write_line(f"SKIPPED THOUGH IT SHOULD RUN HERE: {report.nodeid}", red=True)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """In CI everything is there, so a skip is a failure; only a test made for the other database may rest."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is not None and _wrongly_skipped(reporter) and session.exitstatus == 0:
        session.exitstatus = 1


def _wrongly_skipped(reporter: Any) -> list[Any]:
    if not os.environ.get("SAMSYN_NO_SKIPS"):
        return []
    skipped = reporter.stats.get("skipped", [])
    return [report for report in skipped if "one run of them is enough" not in str(report.longrepr)]


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
def town(db: None, home: Path) -> build.Town:
    return standing.once(build.town, home)
