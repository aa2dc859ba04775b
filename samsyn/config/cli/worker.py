"""A worker in the foreground. Start as many as are wanted, on any machine that shares database and home."""

from samsyn.config.cli import Failure, parser
from samsyn.config.preparing import faults
from samsyn.core import jobs


def main(arguments: list[str]) -> int:
    options = parser("worker")
    options.add_argument("--once", action="store_true", help="do what waits, then stop")
    asked = options.parse_args(arguments)
    if found := faults():
        raise Failure("not started.\n  - " + "\n  - ".join(found))
    jobs.work(until_empty=asked.once)
    return 0
