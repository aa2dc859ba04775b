"""``python -m samsyn.analysis``."""

import sys

from samsyn.analysis.command_line import main

if __name__ == "__main__":
    sys.exit(main())
