"""The exercise municipality and the real Umeå agreement, to look at and to practise on."""

import time

from django.conf import settings

from samsyn.config.cli import Failure, parser
from samsyn.config.preparing import prepare


def main(arguments: list[str]) -> int:
    options = parser("demo")
    options.add_argument("--if-empty", action="store_true", help="do nothing when something is here already")
    asked = options.parse_args(arguments)
    if settings.IN_PRODUCTION:
        raise Failure("the exercise is not loaded in production: everybody knows its passwords.")
    prepare()
    from samsyn.parties.models import Partnership

    if Partnership.objects.exists():
        if asked.if_empty:
            return 0
        raise Failure("something is here already. Set SAMSYN_HOME to an empty folder.")
    from samsyn.demo.loading import load

    began = time.monotonic()
    load(say=lambda text: print(f"  {text}", flush=True))
    print(f"The exercise is loaded ({time.monotonic() - began:.0f} s).", flush=True)
    return 0
