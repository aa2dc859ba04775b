"""Check everything stored. Exit code 1, and a sentence each, when something has changed."""

import sys
from pathlib import Path

from samsyn.config.anchors import check_against
from samsyn.config.cli import Failure, parser
from samsyn.config.verification import Fault, check_all


def main(arguments: list[str]) -> int:
    options = parser("verify")
    options.add_argument(
        "--against", type=Path, metavar="FILE", help="a saved anchor mail, or the manifest of a backup"
    )
    asked = options.parse_args(arguments)
    checks = list(check_all())
    if asked.against:
        checks.append(("links told outside", *_against(asked.against)))
    wrong = 0
    for what, count, faults in checks:
        print(f"{what}: {count} checked, {len(faults)} wrong")
        for fault in faults:
            wrong += 1
            print(f"  {fault.where}: {fault.what}", file=sys.stderr)
    print("Everything is as it was stored." if not wrong else f"{wrong} faults.")
    return 1 if wrong else 0


def _against(file: Path) -> tuple[int, list[Fault]]:
    try:
        count, faults = check_against(file.read_bytes())
    except OSError as error:
        raise Failure(f"{file} cannot be read: {error.strerror}.") from error
    if not count:
        raise Failure(f"{file} holds no links of a journal.")
    return count, faults
