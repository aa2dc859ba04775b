"""The exercise municipality and the real Umeå agreement, to look at and to practise on."""

import time

from django.conf import settings

from samsyn.config.cli import Failure, parser
from samsyn.config.preparing import prepare


def main(arguments: list[str]) -> int:
    options = parser("demo")
    options.parse_args(arguments)
    refuse_in_production()
    prepare()
    if not load_if_empty():
        raise Failure("something is here already. Set SAMSYN_HOME to an empty folder.")
    return 0


def refuse_in_production() -> None:
    if settings.IN_PRODUCTION:
        raise Failure("the exercise is not loaded in production: everybody knows its passwords.")


def load_if_empty() -> bool:
    """Whether the exercise was loaded. The tables are there."""
    from samsyn.parties.models import Partnership

    if Partnership.objects.exists():
        return False
    from samsyn.demo.loading import load

    began = time.monotonic()
    load(say=lambda text: print(f"  {text}", flush=True))
    print(f"The exercise is loaded ({time.monotonic() - began:.0f} s).", flush=True)
    return True
