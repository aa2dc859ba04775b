"""What only a fresh copy meets: nothing compiled, nothing collected."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import samsyn

SAYS = """
from samsyn.config.cli import _set_up
_set_up()
from django.utils.translation import gettext, override
with override("sv"):
    print(gettext("Cannot say"))
"""


def test_a_command_in_a_fresh_copy_speaks_swedish_at_once(tmp_path: Path) -> None:
    fresh = tmp_path / "samsyn"
    shutil.copytree(
        Path(samsyn.__file__).parent, fresh, ignore=shutil.ignore_patterns("*.mo", "__pycache__", "tests")
    )
    surroundings = {
        **{name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"},
        "PYTHONPATH": str(tmp_path),
        "SAMSYN_HOME": str(tmp_path / "home"),
    }

    said = subprocess.run(
        [sys.executable, "-c", SAYS],
        cwd=tmp_path,
        env=surroundings,
        capture_output=True,
        text=True,
        check=True,
    )

    assert said.stdout.strip() == "Går inte att säga"
