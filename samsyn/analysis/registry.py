"""The list of methods a figure can be made with: name, version, parameters, source. Cheap to import, loads
no numerics.

A method's version rises when its numbers change; a figure names the version it was made with.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

PACKAGE = "samsyn.analysis"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One argument of a method, with its unit; ``required`` when it has no default."""

    name: str
    meaning: str
    unit: str = ""
    required: bool = False


@dataclass(frozen=True, slots=True)
class Method:
    """One way to make numbers into a statement, with the source that says how."""

    name: str
    version: int
    question: str  # what it answers, for a person who chooses a method
    path: str  # "rates:rate" below samsyn.analysis
    source: str
    parameters: tuple[Parameter, ...]
    tolerance: float = 1e-9  # relative difference within which a recomputed result counts as the same
    seeded: bool = False  # takes a seed; the same seed gives the same result on any number of workers
    heavy: bool = False  # may take more than a second: takes an executor or is worth a worker of its own

    @property
    def page(self) -> str:
        """The reference page, below ``docs/reference/methods``."""
        return f"{self.path.partition(':')[0].split('.')[0]}.md"

    def load(self) -> Callable[..., Any]:
        """The function itself; importing it loads NumPy and SciPy, so only workers and notebooks call
        this."""
        module, _, function = self.path.partition(":")
        loaded: Callable[..., Any] = getattr(importlib.import_module(f"{PACKAGE}.{module}"), function)
        return loaded


class Registry(Mapping[str, Method]):
    """Methods by name, in the order of the catalogue; a name stands once."""

    def __init__(self, methods: Iterable[Method]) -> None:
        self._methods: dict[str, Method] = {}
        for method in methods:
            if method.name in self._methods:
                raise ValueError(f"two methods are named {method.name}")
            self._methods[method.name] = method

    def __getitem__(self, name: str) -> Method:
        return self._methods[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._methods)

    def __len__(self) -> int:
        return len(self._methods)
