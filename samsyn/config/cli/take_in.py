"""Take in a partnership that was exported whole. Each party brings its key, each person a new password."""

import sys
from pathlib import Path

from samsyn.config import moving
from samsyn.config.cli import Failure, parser


def main(arguments: list[str]) -> int:
    options = parser("import")
    options.add_argument("folder", type=Path, help="a folder that `samsyn export --whole` wrote")
    options.epilog = (
        "Exit code 1 when nothing was taken in, and when objects were lost before it was written."
    )
    asked = options.parse_args(arguments)
    try:
        manifest = moving.arrive(asked.folder.resolve())
    except moving.MovingFailed as error:
        raise Failure(str(error)) from error
    for key in manifest.lost:
        print(f"Not in the folder: object {key}", file=sys.stderr)
    print(f"{manifest.partnership} is here, at /{manifest.slug}/.")
    print("Drafts of the parties stay closed until each has brought its recovery file.")
    print("Everybody makes a new password, with “Forgot your password?” where one signs in.")
    return 1 if manifest.lost else 0
