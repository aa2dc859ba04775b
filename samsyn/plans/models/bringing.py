"""A file with measures that somebody brought back: their party's own until its rows are taken in."""

import json
from typing import Any

from django.db import models

from samsyn.core.sealing import SealedTextField
from samsyn.parties.models import JointRow, PrivateRow


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

    answers = SealedTextField(null=True)  # JSON: what a person said of the columns of a plan made elsewhere

    @property
    def said(self) -> dict[str, Any]:
        """The columns and what holds for all rows; empty before somebody has said it."""
        return json.loads(str(self.answers)) if self.answers else {}

    @property
    def content(self) -> dict[str, Any]:
        """`sheets`, or `refusal`; empty while it waits."""
        return json.loads(str(self.outcome)) if self.outcome else {}


class RememberedColumn(JointRow):
    """That somebody said what a column of a plan made elsewhere is: asked no second time."""

    head = models.CharField(max_length=150)  # in small letters
    field = models.CharField(max_length=20, blank=True)  # empty: read past

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partnership", "head"], name="a_head_once_per_partnership")
        ]
