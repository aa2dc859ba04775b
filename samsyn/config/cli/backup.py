"""Make a backup. The keys are not in it: that is what keeps a party's drafts its own."""

import sys
from pathlib import Path

from samsyn.config import backups
from samsyn.config.cli import Failure, parser


def main(arguments: list[str]) -> int:
    options = parser("backup")
    options.add_argument("folder", type=Path, help="a folder that does not exist yet")
    options.epilog = "Exit code 1 when none was made, or when the store has lost objects that belong in it."
    asked = options.parse_args(arguments)
    try:
        lost = backups.backup(asked.folder.resolve())
    except backups.BackupFailed as error:
        raise Failure(str(error)) from error
    for key in lost:
        print(f"Lost from the store, so not in the backup: object {key}", file=sys.stderr)
    print(f"Backup is in {asked.folder}. The keys of the parties are not in it, nor is secret.key.")
    return 1 if lost else 0
