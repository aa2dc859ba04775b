"""Taking a partnership in: all of it checked first, then all of it or nothing, and only where nothing is."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from uuid import UUID

from django.db import Error as DatabaseFault
from django.db import connection
from django.db.models import Model

from samsyn.config.backups.making import Say, reason
from samsyn.config.backups.manifest import place_of, sha256
from samsyn.config.moving.belonging import following
from samsyn.config.moving.folder import Manifest, MovingFailed, counted, file_of, row_of
from samsyn.config.preparing import migrate
from samsyn.core import journal, objects, schedule, sealing
from samsyn.core.actors import SYSTEM
from samsyn.core.stores import Unreachable
from samsyn.parties.models import Partnership
from samsyn.parties.services import take_in_partnership

AT_ONCE = 500


def arrive(source: Path, *, say: Say = print) -> Manifest:
    """Take in the partnership of a folder that `leave` wrote.

    Refused where anything is already, when a byte of the folder has changed or a file is missing, and when
    the tables here are not those that its rows were written from.
    """
    try:
        return _arrive(source, say)
    except (OSError, DatabaseFault, Unreachable) as error:
        raise MovingFailed(f"{reason(error)}. Nothing was kept.") from error


def _arrive(source: Path, say: Say) -> Manifest:
    manifest, sealed = Manifest.read(source)
    manifest.refuse_if_other_tables()
    _refuse_if_used(manifest)
    _refuse_if_changed(source, manifest, say)
    before = objects.keys()
    try:
        say("Making the tables …")
        migrate()
        for key in counted(manifest.objects, "Copying objects", say):
            objects.take_in(key, place_of(source, key))
        for party in map(UUID, manifest.begin_anew):
            if not sealing.has_keys(party):
                sealing.make_key(party)
        take_in_partnership(
            lambda: _load(source, manifest, say), manifest=sealed, lost=len(manifest.lost), by=SYSTEM
        )
    except BaseException:
        for key in objects.keys() - before:
            objects.remove(key)
        raise
    return manifest


def _refuse_if_used(manifest: Manifest) -> None:
    """Objects of this very folder are what a killed one left."""
    tables = connection.introspection.table_names()
    used = "core_entry" in tables and journal.Entry.objects.exists()
    if used or not objects.keys() <= {*manifest.objects}:
        raise MovingFailed("There is data here already. Take it in with an empty SAMSYN_HOME and database.")


def _refuse_if_changed(source: Path, manifest: Manifest, say: Say) -> None:
    try:
        wanted = {file_of(source, table): hashed for table, (_, hashed) in manifest.rows.items()}
        wanted |= {place_of(source, key): key for key in manifest.objects}
        for file, hashed in counted(wanted.items(), "Checking files", say):
            if sha256(file) != hashed:
                raise MovingFailed(
                    f"{file.relative_to(source)} has changed since it was written. Export again."
                )
    except OSError as error:
        raise MovingFailed(f"{error.filename} cannot be read: {error.strerror}. Export again.") from error


def _load(source: Path, manifest: Manifest, say: Say) -> Partnership:
    """Inside the command that notes it, so that its entry and the rows are there together or not at all."""
    _refuse_if_used(manifest)  # again: now nobody else writes
    tables = {one._meta.label: one for one in following()}
    for label, (count, _) in counted(manifest.rows.items(), "Filling tables", say):
        added = 0
        for some in _rows(tables[label], file_of(source, label)):
            added += len(tables[label]._base_manager.bulk_create(some))
        if added != count:
            raise MovingFailed(f"The manifest tells of {count} rows of {label}, and there are {added}.")
    for party in manifest.begin_anew:
        journal.open_chain(UUID(party), kind=journal.Head.Kind.PARTY)
    connection.check_constraints()
    _check_journals(manifest)
    schedule.rest_today()  # the place that it came from may be at work still
    return Partnership.objects.visible_to(SYSTEM).get()


def _rows(model: type[Model], file: Path) -> Iterator[list[Model]]:
    with file.open("rb") as lines:
        while some := [row_of(model, line) for line in islice(lines, AT_ONCE)]:
            yield some


def _check_journals(manifest: Manifest) -> None:
    begun = {UUID(chain) for chain in manifest.begin_anew} | {journal.SYSTEM_CHAIN}
    told = {UUID(chain): tuple(end) for chain, end in manifest.heads.items()}
    heads = journal.Head.objects.exclude(chain__in=begun)
    if {head.chain: (head.sequence, head.hash) for head in heads} != told:
        raise MovingFailed("The journals do not end as the manifest tells. Export again.")
    for chain in told:
        if broken := journal.first_broken_link(chain):
            raise MovingFailed(f"The journal {chain} is broken at entry {broken}. Verify where it came from.")
