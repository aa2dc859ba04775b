"""How a kernel is compiled: cached on disk below ``SAMSYN_HOME``, so that only a worker's first start
pays for it."""

from __future__ import annotations

import functools
import hashlib
import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


def _as_they_are() -> str:
    """Names the cache after all kernels: Numba looks only at a kernel's own file, not at those it calls."""
    files = sorted(Path(__file__).parent.glob("*.py"))
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:12]


if "SAMSYN_HOME" in os.environ:  # before numba is imported: it reads the folder once
    _cache = Path(os.environ["SAMSYN_HOME"]) / "cache" / "numba" / _as_they_are()
    os.environ.setdefault("NUMBA_CACHE_DIR", str(_cache))

import numba  # noqa: E402

# two Python threads inside one parallel region end the process with Numba's default threading layer
_ONE_AT_A_TIME = threading.Lock()


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """Compile for one core; callable from other kernels."""
    kernel: Callable[P, R] = numba.njit(cache=True, nogil=True)(function)
    return kernel


def compiled_parallel(function: Callable[P, R]) -> Callable[P, R]:
    """Compile for all cores (``numba.prange`` loops); calls from several threads wait for each other."""
    kernel: Callable[P, R] = numba.njit(cache=True, nogil=True, parallel=True)(function)

    @functools.wraps(function)
    def one_at_a_time(*args: P.args, **kwargs: P.kwargs) -> R:
        with _ONE_AT_A_TIME:
            return kernel(*args, **kwargs)

    return one_at_a_time
