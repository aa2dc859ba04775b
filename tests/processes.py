"""The real command in real processes, on a home and a database file of its own."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent


def environment(home: Path, **more: str) -> dict[str, str]:
    """As of somebody who has just cloned the project, whatever the tests themselves run on."""
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    own = {
        "SAMSYN_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "samsyn.config.settings",
        "SAMSYN_ENV": "development",
    }
    return kept | own | more


def command(*words: str) -> list[str]:
    return [sys.executable, "-m", "samsyn.config.cli", *words]


def samsyn(home: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        command(*words), cwd=ROOT, env=environment(home), capture_output=True, text=True, check=False
    )
