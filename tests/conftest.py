"""What the tests that span rooms stand on."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests import standing
from tests.processes import Place, own_place
from tests.whole import Whole, whole_town


@pytest.fixture
def whole(db: None, home: Path) -> Whole:
    return standing.once(whole_town, home)


@pytest.fixture
def new_place(tmp_path: Path) -> Iterator[Callable[[str], Place]]:
    """Makes empty places for real processes: each a home and a database of its own."""
    with ExitStack() as places:
        yield lambda name: places.enter_context(own_place(tmp_path / name))
