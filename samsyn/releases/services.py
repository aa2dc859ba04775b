"""Freezing and withdrawing: the same act for a shared draft, an adopted picture and a published promise."""

import secrets
from collections.abc import Mapping
from uuid import UUID

from django.utils.translation import gettext as _

from samsyn.core import canonical, clock, journal
from samsyn.core.actors import Actor
from samsyn.core.canonical import Digest, Plain
from samsyn.core.commands import command
from samsyn.core.errors import Refused
from samsyn.parties import queries as parties
from samsyn.parties.models import Organisation, Partnership
from samsyn.releases.models import Audience, Release


@command("releases.freeze")
def freeze(
    partnership: Partnership,
    *,
    kind: str,
    content: Mapping[str, Plain],
    proof: Mapping[str, Plain],
    audience: Audience,
    by: Actor,
    receiver: Organisation | None = None,
    object_id: UUID | None = None,
    replaces: Release | None = None,
) -> Release:
    """Copy what an audience gets to see, for good. What it replaces is withdrawn in the same step.

    Refused without the owner's secrecy decision, and to a receiver outside the partnership.
    """
    if not proof.get("secrecy"):
        raise Refused(_("Decide on secrecy, with its section of law, before you release this."))
    if receiver and (receiver.pk == by.party_id or receiver not in parties.parties_of(partnership)):
        raise Refused(_("Choose another party of this partnership as receiver."))
    # The salt keeps the hash in the journal from confirming a guess at a short text.
    text = canonical.text({"content": content, "proof": proof, "salt": secrets.token_hex(16)})
    release = Release(
        partnership=partnership,
        kind=kind,
        object_id=object_id,
        audience=audience,
        sender_id=by.own_party,
        receiver=receiver,
        content=text,
        hash=canonical.sha256(text),
        released_at=clock.now(),
    )
    if replaces and replaces.withdrawn_at is None:
        replaces.withdrawn_at = release.released_at
        replaces.save()
    release.save()
    journal.note(release=release.pk, audience=audience, hash=Digest(release.hash))
    return release


@command("releases.withdraw")
def withdraw(release: Release, *, by: Actor) -> None:
    """Take it off every page at once. Refused for others than the sender, and twice."""
    if release.withdrawn_at:
        raise Refused(_("This is withdrawn already."))
    release.withdrawn_at = clock.now()
    release.save()
    journal.note(hash=Digest(release.hash))
