"""The outlines of the partnership's areas: read where files from outside are read, then kept for maps."""

from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from django.utils.translation import gettext as _
from uuid_utils.compat import uuid7

from samsyn.core import clock, door, journal, objects
from samsyn.core.actors import Actor
from samsyn.core.canonical import Digest
from samsyn.core.commands import command
from samsyn.core.errors import Invalid
from samsyn.evidence import quarantine, queries, sentences
from samsyn.evidence.models import Outlines
from samsyn.evidence.outlines import unpacked
from samsyn.evidence.readers.table import Refusal
from samsyn.evidence.sandbox import Limits, read_outlines_in_sandbox
from samsyn.parties.models import Partnership

MOST_BYTES: Final = 20 * 1024 * 1024
LIMITS: Final = Limits(seconds=20, answer_mib=8)


@dataclass(frozen=True)
class OutlinesRead:
    """The areas of a file that are the partnership's, simplified."""

    content: bytes = field(repr=False)
    areas: int


def read_outlines(
    partnership: Partnership, content: bytes, *, name: str, owner: UUID, by: Actor
) -> OutlinesRead:
    """Quarantine, then the child process that reads files from outside. A second or so; holds no lock.

    Refused, with nothing kept: a file without areas or without their codes, areas of somebody else, points
    and lines, coordinates outside Sweden, and what is too large.
    """
    if len(content) > MOST_BYTES:
        raise Invalid(
            _("The file is larger than 20 megabytes. Cut out the areas of your municipality first."),
            field="file",
        )
    file = uuid7()
    try:
        quarantine.put(content, upload=file, owner=owner)
        with quarantine.opened(upload=file, owner=owner) as path:
            read = read_outlines_in_sandbox(
                path,
                name=name,
                areas=queries.areas_of(by, partnership),
                municipality=partnership.municipality_code,
                limits=LIMITS,
            )
    except Refusal as why:
        found = {"code": why.code, "where": why.where, "params": dict(why.params)}
        raise Invalid(sentences.outlines_refusal(found), field="file") from None
    finally:
        quarantine.remove(file)
    return OutlinesRead(read, len(unpacked(read)))


@command("evidence.keep_outlines")
def keep_outlines(
    partnership: Partnership, *, read: OutlinesRead, source: str, licence: str, by: Actor
) -> Outlines:
    """Draw maps on these outlines from now on. Figures that are made stay as they are.

    Refused when source or licence names a person.
    """
    for name, text in (("source", source), ("licence", licence)):
        door.refuse_persons(text, field=name)
    kept = Outlines(partnership=partnership, areas=read.areas, source=source, licence=licence)
    kept.key, kept.kept_on = objects.put(read.content), clock.today()
    kept.save()
    journal.note(outlines=kept.pk, content=Digest(kept.key), areas=kept.areas)
    return kept
