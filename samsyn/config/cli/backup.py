"""Make a backup. The keys are not in it: that is what keeps a party's drafts its own."""

from pathlib import Path

from samsyn.config import backups
from samsyn.config.cli import Failure, parser


def main(arguments: list[str]) -> int:
    options = parser("backup")
    options.add_argument("folder", type=Path, help="a folder that does not exist yet")
    asked = options.parse_args(arguments)
    try:
        backups.backup(asked.folder.resolve())
    except backups.BackupFailed as error:
        raise Failure(str(error)) from error
    print(f"Backup is in {asked.folder}. The keys of the parties are not in it, nor is secret.key.")
    return 0
