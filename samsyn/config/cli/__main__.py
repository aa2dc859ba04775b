import sys

from samsyn.config.cli import main

sys.exit(main())
