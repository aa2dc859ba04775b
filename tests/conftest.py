"""What the tests that span rooms stand on."""

import pytest

from samsyn.parties.tests.build import Town
from tests.whole import Whole, whole_town


@pytest.fixture
def whole(town: Town) -> Whole:
    return whole_town(town)
