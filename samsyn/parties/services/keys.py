"""The key of a party's private text: fetched by the party, brought back by the party."""

import re
from base64 import b64decode, b64encode

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samsyn.core import canonical, clock, journal, sealing
from samsyn.core.actors import Actor
from samsyn.core.canonical import Digest
from samsyn.core.commands import command
from samsyn.core.errors import Invalid, Refused
from samsyn.parties.models import Organisation

KEY_LINE = re.compile(r"^key (?P<number>\d{5}) (?P<key>[A-Za-z0-9+/]{43}=)$", re.MULTILINE)
PARTY_LINE = re.compile(r"^party (?P<party>[0-9a-f-]{36})$", re.MULTILINE)


@command("parties.export_key")
def export_key(organisation: Organisation, *, by: Actor) -> str:
    """The recovery file: the one copy of the party's keys outside this machine.

    Given once, so that the party knows how many copies there are. A new key gives a new file.
    """
    if organisation.recovery_file_at:
        raise Refused(
            _("The recovery file has been fetched already. If it is lost, make a new key and fetch its file.")
        )
    organisation.recovery_file_at = clock.now()
    organisation.save()
    keys = sealing.keys_of(organisation.pk)
    journal.note(keys=_fingerprint(keys))
    return _file(organisation, keys)


@command("parties.rotate_key")
def rotate_key(organisation: Organisation, *, by: Actor) -> None:
    """Seal what is written from now on with a new key. The earlier ones still open what they sealed."""
    sealing.keys_of(organisation.pk)  # without the earlier keys here, the next file would lack them
    sealing.make_key(organisation.pk)
    organisation.recovery_file_at = None
    organisation.save()


@command("parties.restore_key")
def restore_key(organisation: Organisation, *, content: str, by: Actor) -> int:
    """Bring back the keys of a recovery file after a restore. Returns how many were missing here.

    Refused: another party's file, a damaged one, and one that this party never fetched.
    """
    party = PARTY_LINE.search(content)
    keys = {found["number"]: b64decode(found["key"]) for found in KEY_LINE.finditer(content)}
    if not party or not keys:
        raise Invalid(_("This is not a recovery file from Samsyn."), field="file")
    if party["party"] != str(organisation.pk):
        raise Invalid(_("This recovery file belongs to another party."), field="file")
    fetched = journal.Entry.objects.filter(chain=organisation.pk, command="parties.export_key")
    if str(_fingerprint(keys)) not in {entry.facts["keys"] for entry in fetched}:
        raise Invalid(_("The recovery file is damaged, or was not fetched from here."), field="file")
    brought = sum(sealing.put_key(organisation.pk, number, key) for number, key in keys.items())
    journal.note(keys=_fingerprint(keys), brought=brought)
    return brought


def _fingerprint(keys: dict[str, bytes]) -> Digest:
    """Of random keys of 256 bits: says nothing about them."""
    return canonical.digest({number: b64encode(key).decode() for number, key in keys.items()})


def _file(organisation: Organisation, keys: dict[str, bytes]) -> str:
    said = gettext(
        "Recovery file for %(party)s, fetched %(day)s.\n\n"
        "This file opens the private drafts and files of the party. Without it, a restored backup has\n"
        "everything but those. Keep it where the party keeps its most secret documents, never with the\n"
        "backup, and never with the host of the platform. After a restore: sign in, open “Our key”,\n"
        "and choose this file."
    ) % {"party": organisation.name, "day": clock.today().isoformat()}
    lines = [f"key {number} {b64encode(key).decode()}" for number, key in sorted(keys.items())]
    return "\n".join([said, "", f"party {organisation.pk}", *lines, ""])
