"""What the journal says when a backup was brought back, or a partnership taken in from elsewhere."""

from collections.abc import Callable
from datetime import date

from samsyn.core import journal, sealing
from samsyn.core.actors import Actor
from samsyn.core.canonical import Digest
from samsyn.core.commands import command
from samsyn.parties.models import Membership, Partnership


@command("parties.record_restore")
def record_restore(*, made: date, database: Digest, lost: int, without_key: int, by: Actor) -> None:
    """Write that everything from here on stands on a backup: of which day, and what it lacked.

    `lost` counts objects that the backup should hold and does not, `without_key` parties whose drafts stay
    closed until they bring their recovery file.
    """
    journal.note(made=made, database=database, lost=lost, without_key=without_key)


@command("parties.take_in_partnership")
def take_in_partnership(
    load: Callable[[], Partnership], *, manifest: Digest, lost: int, by: Actor
) -> Partnership:
    """Fill an empty place with a partnership from another one, and write that it came from there.

    `load` brings its rows, as they were, under this lock. Its own journal goes on where it ended; that it
    moved stands in the platform's. `lost` is as of a backup.
    """
    partnership = load()
    members = Membership.objects.filter(partnership=partnership).values_list("organisation_id", flat=True)
    without_key = sum(not sealing.has_keys(one) for one in members)
    journal.note(partnership=partnership.pk, manifest=manifest, lost=lost, without_key=without_key)
    return partnership
