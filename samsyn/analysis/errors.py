"""What a method says when the numbers it was given cannot be used."""

from __future__ import annotations

from collections.abc import Mapping


class Unusable(ValueError):
    """The input breaks a rule of the method; the code and the facts let a page say so in its own language."""

    def __init__(self, code: str, message: str, facts: Mapping[str, object] | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.facts = dict(facts or {})

    def __reduce__(self) -> tuple[object, ...]:
        return (type(self), (self.code, str(self), self.facts))  # survives the trip from a worker process
