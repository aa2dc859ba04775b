"""The journal: who did what, for which day, known since when. Hash-chained, append-only, free of free text.

There is one chain per partnership, one per party for what it does in private, and one for the system.
A private act in the partnership's chain would tell the other party how often a draft is edited.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Self
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db import models
from uuid_utils.compat import uuid7

from samsyn.core import act, canonical, clock
from samsyn.core.actors import WORKING, Actor
from samsyn.core.canonical import Digest
from samsyn.core.errors import Missing

SYSTEM_CHAIN = UUID(int=0)
Fact = (
    bool | int | UUID | date | Digest | models.TextChoices
)  # a plain str is free text, and has no place here


class Head(models.Model):
    """The last link of a chain. Locked first by every command, so check-then-act needs no other lock."""

    class Kind(models.TextChoices):
        SYSTEM = "system"
        PARTY = "party"
        PARTNERSHIP = "partnership"

    chain = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    sequence = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="")
    recorded_at = models.DateTimeField(null=True)


class EntryQuerySet(models.QuerySet["Entry"]):
    def visible_to(self, actor: Actor) -> Self:
        """The partnership's chain is for its parties, a party's chain for those who work there."""
        return self.filter(
            chain__in={*actor.partnership_ids, actor.party_id} if actor.roles & WORKING else ()
        )


class Entry(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7)
    chain = models.UUIDField()
    sequence = models.PositiveBigIntegerField()
    act = models.UUIDField()  # the same for all entries of one outermost command
    actor_kind = models.CharField(max_length=20)
    user_id = models.UUIDField(null=True)
    party_id = models.UUIDField(null=True)
    command = models.CharField(max_length=80)
    object_kind = models.CharField(max_length=80, blank=True)
    object_id = models.UUIDField(null=True)
    changes = models.JSONField()  # [[kind, id, field, field, …], …]
    facts = models.JSONField()
    day = models.DateField()
    recorded_at = models.DateTimeField()
    retracts = models.UUIDField(null=True)
    hash = models.CharField(max_length=64)

    objects = EntryQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain", "sequence"], name="one_entry_per_link")]

    def computed_hash(self, previous: str) -> Digest:
        content: dict[str, Any] = {f.attname: getattr(self, f.attname) for f in self._meta.concrete_fields}
        content["recorded_at"] = self.recorded_at.isoformat(timespec="microseconds")
        return canonical.digest(content | {"hash": previous})


def open_chain(chain: UUID, *, kind: Head.Kind) -> None:
    """Begin the chain of a new party or partnership. Only inside the command that founds it."""
    running = act.current()
    if running is None:
        raise RuntimeError("A chain is begun inside the command that founds its owner.")
    running.heads[chain] = Head.objects.create(chain=chain, kind=kind)
    running.opened.add(chain)


def lock(chains: set[UUID]) -> dict[UUID, Head]:
    """Lock the heads in one fixed order, so that two acts over the same chains cannot wait for each other.

    Rows of two partnerships never meet in one act, also not for someone who works in both.
    """
    heads = {
        head.chain: head for head in Head.objects.select_for_update().filter(pk__in=chains).order_by("pk")
    }
    partnerships = [head for head in heads.values() if head.kind == Head.Kind.PARTNERSHIP]
    if len(heads) < len(chains) or len(partnerships) > 1:
        raise Missing
    return heads


def note(*, day: date | None = None, retracts: UUID | None = None, **facts: Fact) -> None:
    """Add small facts to the entry of the running command."""
    check(**facts)
    running = act.current()
    if running is None:
        raise RuntimeError("A fact was noted outside a command.")
    running.frame.facts.update(facts)
    running.frame.day = day or running.frame.day
    running.frame.retracts = retracts


def check(**facts: Fact) -> None:
    """Types, not taste: an annotation stops the type checker, this stops the rest."""
    for name, value in facts.items():
        if not isinstance(value, Fact):
            kind = type(value).__name__
            raise TypeError(f"{name} is {kind}: the journal takes codes, ids, dates and hashes only.")


def last_writer(row: UUID) -> str:
    """Who last did something to a row, by name; empty for the system itself and for an erased account."""
    last = Entry.objects.filter(object_id=row).order_by("-recorded_at", "-sequence").first()
    users: Any = get_user_model()
    found = users.objects.filter(pk=last.user_id).first() if last and last.user_id else None
    return str(found.name) if found else ""


def append(running: act.Act, frame: act.Frame) -> None:
    """Write a finished command's entry. Its moment never goes back: "known at" is a prefix of the chain."""
    head, actor = running.heads[frame.chain], running.actor
    now = clock.now()
    entry = Entry(
        chain=frame.chain,
        sequence=head.sequence + 1,
        act=running.id,
        actor_kind=actor.kind.value,
        user_id=actor.user_id,
        party_id=actor.party_id,
        command=frame.command,
        object_kind=frame.object_kind,
        object_id=frame.object_id,
        changes=frame.changes,
        facts={name: canonical.text(value).strip('"') for name, value in frame.facts.items()},
        day=frame.day,
        recorded_at=max(now, head.recorded_at) if head.recorded_at else now,
        retracts=frame.retracts,
    )
    entry.hash = entry.computed_hash(head.hash)
    entry.save(force_insert=True)
    head.sequence, head.hash, head.recorded_at = entry.sequence, entry.hash, entry.recorded_at
    head.save(update_fields=["sequence", "hash", "recorded_at"])


def first_broken_link(chain: UUID) -> int | None:
    """Number of the first entry that does not follow from the one before, or that is gone from the end."""
    previous, expected = "", 1
    for entry in Entry.objects.filter(chain=chain).order_by("sequence").iterator():
        if entry.sequence != expected or entry.hash != entry.computed_hash(previous):
            return expected
        previous, expected = entry.hash, expected + 1
    head = Head.objects.get(pk=chain)
    return None if (head.sequence, head.hash) == (expected - 1, previous) else expected


@dataclass(frozen=True)
class Standing:
    """What held on a day, by which rule, and the entries that show it."""

    state: str
    rule: str
    evidence: tuple[Entry, ...]


def known(entries: Iterable[Entry], as_known_at: datetime) -> Sequence[Entry]:
    """The entries that somebody could have read at that moment, without those retracted by then."""
    read = [entry for entry in entries if entry.recorded_at <= as_known_at]
    retracted = {entry.retracts for entry in read if entry.retracts}
    return [entry for entry in read if entry.id not in retracted]
