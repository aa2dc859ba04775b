import pytest

from samsyn.core.actors import SYSTEM, VISITOR


def test_who_is_nobody_has_no_party_and_no_account() -> None:
    for actor in (SYSTEM, VISITOR):
        with pytest.raises(TypeError, match="acts for no party"):
            assert actor.own_party
        with pytest.raises(TypeError, match="is nobody"):
            assert actor.own_user
