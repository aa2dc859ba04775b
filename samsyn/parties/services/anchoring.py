"""What the journal says when its last links were told to the outside."""

from samsyn.core import journal
from samsyn.core.actors import Actor
from samsyn.core.canonical import Digest
from samsyn.core.commands import command


@command("parties.record_anchor")
def record_anchor(*, mails: int, heads: Digest, by: Actor) -> None:
    """Write that the heads were mailed: to how many receivers, and the hash of all that was said."""
    journal.note(mails=mails, heads=heads)
