"""What the operating system and the interpreter are asked to do about our processes."""

import gc
import signal
import sys

PR_SET_PDEATHSIG = 1


OBJECTS_BETWEEN_COLLECTIONS = 50_000  # a large page makes some tens of thousands


def collect_seldom() -> None:
    """Once all is loaded: it stays for good, so no page and no test need wait while it is looked through."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS, 20, 50)


def die_with_parent(by: signal.Signals = signal.SIGTERM) -> None:
    """A process killed with -9 must not leave its children serving old code on its port."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL("libc.so.6").prctl(PR_SET_PDEATHSIG, by)
