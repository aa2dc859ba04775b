"""What the journal says when a backup was brought back."""

from datetime import date

from samsyn.core import journal
from samsyn.core.actors import Actor
from samsyn.core.canonical import Digest
from samsyn.core.commands import command


@command("parties.record_restore")
def record_restore(*, made: date, database: Digest, lost: int, without_key: int, by: Actor) -> None:
    """Write that everything from here on stands on a backup: of which day, and what it lacked.

    `lost` counts objects that the backup should hold and does not, `without_key` parties whose drafts stay
    closed until they bring their recovery file.
    """
    journal.note(made=made, database=database, lost=lost, without_key=without_key)
