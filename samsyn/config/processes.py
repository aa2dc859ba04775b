"""What the operating system is asked to do about our processes."""

import signal
import sys

PR_SET_PDEATHSIG = 1


def die_with_parent(by: signal.Signals = signal.SIGTERM) -> None:
    """A process killed with -9 must not leave its children serving old code on its port."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL("libc.so.6").prctl(PR_SET_PDEATHSIG, by)
