"""The web process stays small: what is heavy is loaded in the worker and in its sandbox only."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from samsyn.evidence.tests import build as figures
from tests.addresses import Address, addresses
from tests.processes import ROOT, same_database
from tests.whole import whole_town


def _is_plain(page: Address) -> bool:
    """A page of the sign-in that stands alone and does not end the walk."""
    return not set("<(") & set(page.pattern) and page.name != "account_logout"


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_after_every_page_and_every_form_no_heavy_library_is_loaded(home: Path, tmp_path: Path) -> None:
    """About 70 MiB for each process and a second of start depend on it."""
    whole = whole_town()
    sent = tmp_path / "bra.txt"
    sent.write_text(figures.BRA)
    asked = {
        "user": str(whole.town.coordinator.user_id),
        "paths": [(one.name, one.path(whole)) for one in addresses() if one.is_ours or _is_plain(one)],
        "upload": "/arbete/granvik/underlag/ny-fil/",
        "file": str(sent),
    }

    done = subprocess.run(
        [sys.executable, "-m", "tests.web_process"],
        cwd=ROOT,
        env=same_database(home),
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr[-3000:]
    answer = json.loads(done.stdout)
    assert answer["loaded"] == {}
    opened = [name for name, status in answer["statuses"].items() if status in (200, 202, 302)]
    assert len(opened) > 80 and answer["statuses"]["a file"] == 302
    assert [name for name, status in answer["statuses"].items() if status >= 500] == []
