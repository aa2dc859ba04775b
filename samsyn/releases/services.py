"""Freezing and withdrawing: the same act for a shared draft, an adopted picture and a published promise."""

import secrets
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from samsyn.core import canonical, clock, journal, objects
from samsyn.core.actors import Actor
from samsyn.core.canonical import Digest, Plain
from samsyn.core.commands import command
from samsyn.core.errors import Refused
from samsyn.parties import queries as parties
from samsyn.parties.models import Organisation, Partnership
from samsyn.releases import queries
from samsyn.releases.models import Audience, Ground, Language, Printout, Release

_listeners: list[Callable[[Release], None]] = []


def when_frozen(listener: Callable[[Release], None]) -> None:
    """Have something done about every release, once it is kept."""
    _listeners.append(listener)


def _tell(release: Release) -> None:
    for listener in _listeners:
        listener(release)


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
    journal.note(release=release.pk, audience=audience, hash=Digest(release.hash), row=release.frozen_digest)
    transaction.on_commit(lambda: _tell(release))
    return release


@command("releases.withdraw")
def withdraw(release: Release, *, by: Actor) -> None:
    """Take it off every page at once. Refused for others than the sender, and twice."""
    if release.withdrawn_at:
        raise Refused(_("This is withdrawn already."))
    release.withdrawn_at = clock.now()
    release.save()
    journal.note(hash=Digest(release.hash))


def take_off(release: Release) -> None:
    """Withdraw as part of a room's own act, whose rule says who may: not its sender alone."""
    if release.withdrawn_at is None:
        release.withdrawn_at = clock.now()
        release.save()


@command("releases.erase_content")
def erase_content(release: Release, *, ground: Ground, by: Actor) -> None:
    """Empty what nobody is shown any more, and its documents. The journal keeps that it was, and its hash.

    Refused while it is in use: what stands on a page is withdrawn or replaced first.
    """
    if not release.withdrawn_at:
        raise Refused(_("This is still shown. Withdraw it, or publish it again without the text, first."))
    if release.audience == Audience.PARTY:
        raise Refused(
            _("This was handed over and is its receiver's too: both parties decide on it, outside Samsyn.")
        )
    keys = [one.key for one in release.printouts.all()]
    for one in release.printouts.all():
        one.delete()
    release.erase("content")
    journal.note(release=release.pk, ground=ground, hash=release.digest)
    for key in keys:
        transaction.on_commit(partial(objects.remove, key))


@command("releases.record_printout")
def record_printout(release: Release, *, language: Language, content: bytes, by: Actor) -> Printout:
    """Keep the document made of a release. A worker that comes second finds that of the first."""
    if made := release.printouts.filter(language=language).first():
        return made
    made = Printout(
        partnership=release.partnership, release=release, language=language, key=objects.put(content)
    )
    made.save()
    journal.note(release=release.pk, language=language, document=Digest(made.key))
    return made


@command("releases.record_opening")
def record_opening(release: Release, *, by: Actor) -> None:
    """Note that somebody opened what was handed to them. Its sender sees it in the joint journal."""
    journal.note(release=release.pk, hash=Digest(release.hash))


def opened(releases: Iterable[Release], *, by: Actor) -> None:
    """Have every sensitive reading in the journal, once a day for each person."""
    for release in queries.not_noted_today(releases, by):
        record_opening(release, by=by)


@command("releases.record_export")
def record_export(
    partnership: Partnership, *, releases: int, manifest: Digest, by: Actor, whole: bool = False
) -> None:
    """Note that all that was released was written to files, and which; or the whole partnership."""
    journal.note(releases=releases, manifest=manifest, whole=whole)
