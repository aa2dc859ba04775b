"""A layer of a file with areas, as a person chooses by. Light: what shows it needs no geographic library."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Layer:
    """A column without samples holds nothing, or nothing to show."""

    name: str
    areas: int
    others: int  # points and lines
    own: int  # areas whose code is one of those that were asked for
    columns: tuple[tuple[str, tuple[str, ...]], ...]
    is_swapped: bool  # northing or latitude stands first
    refusal: str = ""  # code, where it cannot be read

    @property
    def plain(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__dataclass_fields__}

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> "Layer":
        columns = tuple((header, tuple(samples)) for header, samples in plain["columns"])
        return cls(**{**plain, "columns": columns})
