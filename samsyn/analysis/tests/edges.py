"""What comes out when a method is asked at the edge: nothing, one, gaps, ties, unknown and huge."""

from collections.abc import Callable
from typing import Any

from samsyn.analysis import METHODS, Unusable, Verdict

EDGES = ("zero", "one", "empty", "missing", "ties", "huge")
Expected = str | Verdict | Callable[[Any], bool]
Row = tuple[str, str, tuple[Any, ...], dict[str, Any], Expected]


def answer(row: Row) -> Any:
    """The result, or the code of the refusal."""
    name, _, given, named, _ = row
    try:
        return METHODS[name].load()(*given, **named)
    except Unusable as refused:
        return refused.code


def sound(row: Row) -> None:
    """Ask, and look at what came."""
    found, expected = answer(row), row[-1]
    if isinstance(expected, Verdict):
        assert getattr(found, "verdict", found) is expected
    elif isinstance(expected, str):
        assert found == expected
    else:
        assert not isinstance(found, str), f"refused: {found}"
        assert expected(found)
