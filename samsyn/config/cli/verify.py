"""Check everything stored. Exit code 1, and a sentence each, when something has changed."""

import sys

from samsyn.config.cli import parser
from samsyn.config.verification import check_all


def main(arguments: list[str]) -> int:
    parser("verify").parse_args(arguments)
    wrong = 0
    for what, count, faults in check_all():
        print(f"{what}: {count} checked, {len(faults)} wrong")
        for fault in faults:
            wrong += 1
            print(f"  {fault.where}: {fault.what}", file=sys.stderr)
    print("Everything is as it was stored." if not wrong else f"{wrong} faults.")
    return 1 if wrong else 0
