"""A file with measures that somebody brought back: their party's own until its rows are taken in."""

import json
from typing import Any

from django.db import models

from samsyn.core.sealing import SealedTextField
from samsyn.parties.models import PrivateRow


class MeasureFile(PrivateRow):
    """Read in the sandbox, looked at, taken in or thrown away: an hour at most. No row is a measure yet."""

    class State(models.TextChoices):
        WAITING = "waiting"
        READ = "read"
        REFUSED = "refused"

    name = SealedTextField()
    state = models.CharField(max_length=20, choices=State.choices, default=State.WAITING)
    received_at = models.DateTimeField()
    outcome = SealedTextField()  # JSON: the sheets as text, or why the file cannot be used

    @property
    def content(self) -> dict[str, Any]:
        """`sheets`, or `refusal`; empty while it waits."""
        return json.loads(str(self.outcome)) if self.outcome else {}
