"""Bring a backup back. Drafts stay closed until each party has brought its recovery file."""

import sys
from pathlib import Path

from samsyn.config import backups
from samsyn.config.cli import Failure, parser


def main(arguments: list[str]) -> int:
    options = parser("restore")
    options.add_argument("folder", type=Path, help="a folder that `samsyn backup` made")
    options.add_argument(
        "--despite-losses", action="store_true", help="restore also when objects are missing or changed"
    )
    options.epilog = "Exit code 1 when nothing was restored, and when objects are missing in what was."
    asked = options.parse_args(arguments)
    try:
        lost = backups.restore(asked.folder.resolve(), despite_losses=asked.despite_losses)
    except backups.BackupFailed as error:
        raise Failure(str(error)) from error
    for key in lost:
        print(f"Not in the backup: object {key}", file=sys.stderr)
    print("Restored. Drafts of the parties stay closed until each has brought its recovery file.")
    print("Everybody signs in again, and what waited to be done or mailed is not: see the page of each.")
    return 1 if lost else 0
