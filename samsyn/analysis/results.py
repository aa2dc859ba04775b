"""Results as plain data: what is hashed, stored and sent when a figure is made."""

from __future__ import annotations

import dataclasses
import enum
import math
from typing import Any


def as_plain(result: Any) -> Any:
    """A result as dictionaries, lists, numbers and strings that JSON can hold; what is not a number becomes
    ``None``.

    Infinite limits become the strings ``"inf"`` and ``"-inf"``: "no upper limit" is not "missing".

    >>> from samsyn.analysis.verdicts import Verdict
    >>> as_plain({"verdict": Verdict.TOO_FEW, "high": math.inf, "low": math.nan})
    {'verdict': 'too_few', 'high': 'inf', 'low': None}
    """
    if dataclasses.is_dataclass(result) and not isinstance(result, type):
        return {field.name: as_plain(getattr(result, field.name)) for field in dataclasses.fields(result)}
    if isinstance(result, enum.Enum):
        return result.value
    if isinstance(result, dict):
        return {str(key): as_plain(value) for key, value in result.items()}
    if isinstance(result, (list, tuple)):
        return [as_plain(value) for value in result]
    if hasattr(result, "tolist"):  # NumPy arrays and scalars, without importing NumPy
        return as_plain(result.tolist())
    if isinstance(result, float) and not math.isfinite(result):
        return None if math.isnan(result) else ("inf" if result > 0 else "-inf")
    return result
