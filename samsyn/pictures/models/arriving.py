"""A picture that was written elsewhere: its party's own until it is taken into a draft or shared."""

import json
from typing import Any

from django.db import models

from samsyn.core.sealing import SealedTextField
from samsyn.parties.models import PrivateRow


class PictureFile(PrivateRow):
    """Read in the sandbox, looked at, taken in, shared or thrown away: an hour at most."""

    class State(models.TextChoices):
        WAITING = "waiting"
        READ = "read"
        REFUSED = "refused"

    name = SealedTextField()
    state = models.CharField(max_length=20, choices=State.choices, default=State.WAITING)
    received_at = models.DateTimeField()
    outcome = SealedTextField()  # JSON: what was read, or why the file cannot be used

    @property
    def content(self) -> dict[str, Any]:
        """`blocks`, `form` or `refusal`; empty while it waits."""
        return json.loads(str(self.outcome)) if self.outcome else {}
