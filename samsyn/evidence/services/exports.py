"""Evidence that leaves as a file: who took what, in the party's own journal."""

from django.db import models

from samsyn.core import journal
from samsyn.core.actors import Actor
from samsyn.core.commands import command
from samsyn.evidence.models import Dataset, Figure


class Form(models.TextChoices):
    CSV = "csv"
    PARQUET = "parquet"
    JSON = "json"
    SVG = "svg"
    XLSX = "xlsx"
    INDICATOR = "indicator"  # a number copied to a joint measure


@command("evidence.record_export")
def record_export(taken: Dataset | Figure, *, form: Form, by: Actor) -> None:
    """Note that a person takes the numbers along. Each time: a copy outside is out of everybody's hands."""
    journal.note(form=form)
