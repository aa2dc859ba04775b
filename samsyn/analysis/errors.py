"""What a method says when the numbers it was given cannot be used."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

Choice = TypeVar("Choice", bound=StrEnum)


class Unusable(ValueError):
    """The input breaks a rule of the method; the code and the facts let a page say so in its own language."""

    def __init__(self, code: str, message: str, facts: Mapping[str, object] | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.facts = dict(facts or {})

    def __reduce__(self) -> tuple[object, ...]:
        return (type(self), (self.code, str(self), self.facts))  # survives the trip from a worker process


def checked_level(level: float) -> float:
    """The share of intervals that hold the truth, between 0 and 1; ``Unusable`` for 95 and the like."""
    if not 0.0 < level < 1.0:
        raise Unusable(
            "level_outside_0_1", f"The level must lie between 0 and 1, not {level}.", {"level": level}
        )
    return level


def checked_alpha(alpha: float) -> float:
    """The chance of a false alarm, between 0 and 1; ``Unusable`` for 5 and the like."""
    if not 0.0 < alpha < 1.0:
        raise Unusable(
            "alpha_outside_0_1", f"The chance must lie between 0 and 1, not {alpha}.", {"alpha": alpha}
        )
    return alpha


def chosen(choices: type[Choice], value: str) -> Choice:
    """One of the choices, also when it comes as text from a stored figure; ``Unusable`` for another word."""
    try:
        return choices(value)
    except ValueError:
        offered = ", ".join(choices)
        raise Unusable(
            "no_such_choice", f"Choose one of {offered}, not {value}.", {"value": value, "choices": offered}
        ) from None
