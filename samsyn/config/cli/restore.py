"""Bring a backup back. Drafts stay closed until each party has brought its recovery file."""

from pathlib import Path

from samsyn.config import backups
from samsyn.config.cli import Failure, parser


def main(arguments: list[str]) -> int:
    options = parser("restore")
    options.add_argument("folder", type=Path, help="a folder that `samsyn backup` made")
    asked = options.parse_args(arguments)
    try:
        lost = backups.restore(asked.folder.resolve())
    except backups.BackupFailed as error:
        raise Failure(str(error)) from error
    for key in lost:
        print(f"Not in the backup: object {key}")
    print("Restored. Drafts of the parties stay closed until each has brought its recovery file.")
    return 1 if lost else 0
