"""The outlines of the partnership's areas: read where files from outside are read, then kept for maps."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from cryptography.exceptions import InvalidTag
from django.utils.translation import gettext as _
from uuid_utils.compat import uuid7

from samsyn.core import clock, door, journal, objects
from samsyn.core.actors import Actor
from samsyn.core.canonical import Digest
from samsyn.core.commands import command
from samsyn.core.errors import Invalid, Refused
from samsyn.evidence import quarantine, queries, sentences
from samsyn.evidence.models import Outlines
from samsyn.evidence.outlines import unpacked
from samsyn.evidence.readers.layer import Layer
from samsyn.evidence.readers.table import Refusal
from samsyn.evidence.sandbox import Limits, read_layers_in_sandbox, read_outlines_in_sandbox
from samsyn.parties.models import Partnership

MOST_BYTES: Final = 20 * 1024 * 1024
LIMITS: Final = Limits(seconds=20, answer_mib=8)
ASKED: Final = frozenset({"which_layer", "turned_round"})


@dataclass(frozen=True)
class OutlinesRead:
    """The areas of a file that are the partnership's, simplified."""

    content: bytes = field(repr=False)
    areas: int


@dataclass(frozen=True)
class Terms:
    """Who drew the areas, and what one may do with them."""

    source: str
    licence: str
    is_open: bool = False  # everybody may fetch what published maps show of them

    def check(self) -> None:
        for name in ("source", "licence"):
            door.refuse_persons(getattr(self, name), field=name)


@dataclass(frozen=True)
class WaitingOutlines:
    """A file in quarantine about which somebody must say something before its areas can be read."""

    file: UUID
    name: str
    terms: Terms
    layers: tuple[Layer, ...]

    @property
    def is_swapped(self) -> bool:
        return any(one.is_swapped for one in self.layers)

    @property
    def packed(self) -> bytes:
        plain = {"name": self.name, "terms": vars(self.terms), "layers": [one.plain for one in self.layers]}
        return json.dumps(plain).encode()

    @classmethod
    def of(cls, file: UUID, packed: bytes) -> "WaitingOutlines":
        plain = json.loads(packed)
        return cls(file, plain["name"], Terms(**plain["terms"]), tuple(map(Layer.of, plain["layers"])))


def read_outlines(
    partnership: Partnership, content: bytes, *, name: str, terms: Terms, owner: UUID, by: Actor
) -> OutlinesRead | WaitingOutlines:
    """Quarantine, then the child process that reads files from outside. A second or so; holds no lock.

    A file with several layers, or whose coordinates stand the other way round, waits there for an hour until
    somebody has said which are meant. Refused, with nothing kept: a file without areas or without their
    codes, areas of somebody else, points and lines, coordinates outside Sweden, what is too large, and a
    source or licence that names a person.
    """
    terms.check()
    if len(content) > MOST_BYTES:
        raise Invalid(
            _("The file is larger than 20 megabytes. Cut out the areas of your municipality first."),
            field="file",
        )
    file, waits = uuid7(), False
    try:
        quarantine.put(content, upload=file, owner=owner)
        try:
            read: OutlinesRead = _read(partnership, file, owner, by, _outlines(name))
            return read
        except Refusal as why:
            if why.code not in ASKED:
                raise
        layers = _read(partnership, file, owner, by, _layers(name))
        if not any(one.areas for one in layers):
            raise Refusal("not_areas")
        waiting = WaitingOutlines(file, name, terms, layers)
        quarantine.put(waiting.packed, upload=file, owner=owner, part=quarantine.PAGE)
        waits = True
        return waiting
    except Refusal as why:
        raise _as_invalid(why, "file") from None
    finally:
        if not waits:
            quarantine.remove(file)


def waiting_outlines(file: UUID, *, owner: UUID) -> WaitingOutlines | None:
    """What waits under this key, if it is the party's; else nothing, as when its hour is over."""
    try:
        return WaitingOutlines.of(file, quarantine.get(upload=file, owner=owner, part=quarantine.PAGE))
    except (FileNotFoundError, InvalidTag):
        return None


def read_layers(
    partnership: Partnership, waiting: WaitingOutlines, *, layers: Sequence[str], owner: UUID, by: Actor
) -> OutlinesRead:
    """The areas of the chosen layers, turned round where that was shown. Refused as `read_outlines` does."""
    try:
        reader = _outlines(waiting.name, layers=layers, may_turn=True)
        read: OutlinesRead = _read(partnership, waiting.file, owner, by, reader)
    except FileNotFoundError:
        raise Refused(_("The file waited for more than an hour and is gone. Upload it again.")) from None
    except Refusal as why:
        raise _as_invalid(why, "layers") from None
    return read


def forget_outlines(waiting: WaitingOutlines) -> None:
    """Nothing of it is needed any more."""
    quarantine.remove(waiting.file)


Reader = Callable[..., Any]


def _read(partnership: Partnership, file: UUID, owner: UUID, by: Actor, reader: Reader) -> Any:
    with quarantine.opened(upload=file, owner=owner) as path:
        return reader(
            path, areas=queries.areas_of(by, partnership), municipality=partnership.municipality_code
        )


def _outlines(name: str, *, layers: Sequence[str] = (), may_turn: bool = False) -> Reader:
    def read(path: Path, **whose: Any) -> OutlinesRead:
        content = read_outlines_in_sandbox(
            path, name=name, layers=layers, may_turn=may_turn, limits=LIMITS, **whose
        )
        return OutlinesRead(content, len(unpacked(content)))

    return read


def _layers(name: str) -> Reader:
    return lambda path, **whose: read_layers_in_sandbox(path, name=name, limits=LIMITS, **whose)


def _as_invalid(why: Refusal, name: str) -> Invalid:
    found = {"code": why.code, "where": why.where, "params": dict(why.params)}
    return Invalid(sentences.outlines_refusal(found), field=name)


@command("evidence.keep_outlines")
def keep_outlines(partnership: Partnership, *, read: OutlinesRead, terms: Terms, by: Actor) -> Outlines:
    """Draw maps on these outlines from now on. Figures that are made stay as they are.

    Those used until now are out of use and stay, to be used again. Refused when source or licence names a
    person.
    """
    terms.check()
    _put_out_of_use(partnership)
    kept = Outlines(
        partnership=partnership,
        areas=read.areas,
        source=terms.source,
        licence=terms.licence,
        is_open=terms.is_open,
    )
    kept.key, kept.kept_on = objects.put(read.content), clock.today()
    kept.save()
    journal.note(outlines=kept.pk, content=Digest(kept.key), areas=kept.areas, is_open=kept.is_open)
    return kept


def _put_out_of_use(partnership: Partnership) -> None:
    for one in Outlines.objects.filter(partnership=partnership, is_used=True):
        one.is_used = False
        one.save()


@command("evidence.drop_outlines")
def drop_outlines(outlines: Outlines, *, by: Actor) -> None:
    """New figures come without a map. Figures that are made, and all that is released, stay as they are.

    Refused when they are out of use already, as when a colleague has brought others meanwhile.
    """
    if not outlines.is_used:
        raise Refused(_("These outlines are out of use already."))
    outlines.is_used = False
    outlines.save()
    journal.note(outlines=outlines.pk)


@command("evidence.use_outlines")
def use_outlines(outlines: Outlines, *, by: Actor) -> None:
    """Draw maps on earlier outlines again, in place of those used until now. Refused when they are in use."""
    if outlines.is_used:
        raise Refused(_("These outlines are in use already."))
    _put_out_of_use(outlines.partnership)
    outlines.is_used = True
    outlines.save()
    journal.note(outlines=outlines.pk)


@command("evidence.open_outlines")
def open_outlines(outlines: Outlines, *, is_open: bool, by: Actor) -> None:
    """Say whether everybody may fetch the areas of published maps. Withdrawn, they are gone at once.

    Refused for outlines that were kept before it was noted which rings are holes: such areas cannot be
    written as GeoJSON.
    """
    if is_open and not all(one.parts for one in queries.outlined(outlines)):
        raise Refused(_("These outlines were kept by an earlier version. Bring the file again to open them."))
    outlines.is_open = is_open
    outlines.save()
    journal.note(outlines=outlines.pk, is_open=is_open)
