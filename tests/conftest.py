"""What the tests that span rooms stand on."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from samsyn.parties.tests.build import Town
from tests.processes import Place, own_place
from tests.whole import Whole, whole_town


@pytest.fixture
def whole(town: Town) -> Whole:
    return whole_town(town)


@pytest.fixture
def new_place(tmp_path: Path) -> Iterator[Callable[[str], Place]]:
    """Makes empty places for real processes: each a home and a database of its own."""
    with ExitStack() as places:
        yield lambda name: places.enter_context(own_place(tmp_path / name))
