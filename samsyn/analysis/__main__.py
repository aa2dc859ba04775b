"""``python -m samsyn.analysis``."""

import signal
import sys

from samsyn.analysis.command_line import main

if __name__ == "__main__":
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # `list | head` ends quietly
    sys.exit(main())
