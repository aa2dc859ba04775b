"""Taking a partnership in: all of it checked first, then all of it or nothing, and only where nothing is."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from uuid import UUID

from django.core.management import call_command
from django.db import Error as DatabaseFault
from django.db import connection
from django.db.models import Model

from samsyn.config.backups.making import Say, reason
from samsyn.config.backups.manifest import place_of, sha256
from samsyn.config.moving.belonging import following
from samsyn.config.moving.folder import Manifest, MovingFailed, file_of, row_of
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
    manifest, sealed = Manifest.read(source)
    manifest.refuse_if_other_tables()
    _refuse_if_used(manifest)
    say("Checking the folder …")
    _refuse_if_changed(source, manifest)
    before = objects.keys()
    try:
        call_command("migrate", verbosity=0, interactive=False)
        say(f"Copying {len(manifest.objects)} objects …")
        for key in manifest.objects:
            objects.take_in(key, place_of(source, key))
        for party in map(UUID, manifest.begin_anew):
            if not sealing.has_keys(party):
                sealing.make_key(party)
        say(f"Taking in {sum(count for count, _ in manifest.rows.values())} rows …")
        take_in_partnership(
            lambda: _load(source, manifest), manifest=sealed, lost=len(manifest.lost), by=SYSTEM
        )
    except BaseException as error:
        for key in objects.keys() - before:
            objects.remove(key)
        if isinstance(error, OSError | DatabaseFault | Unreachable):
            raise MovingFailed(f"{reason(error)}. Nothing was kept.") from error
        raise
    return manifest


def _refuse_if_used(manifest: Manifest) -> None:
    """Objects of this very folder are what a killed one left."""
    tables = connection.introspection.table_names()
    used = "core_entry" in tables and journal.Entry.objects.exists()
    if used or not objects.keys() <= {*manifest.objects}:
        raise MovingFailed("There is data here already. Take it in with an empty SAMSYN_HOME and database.")


def _refuse_if_changed(source: Path, manifest: Manifest) -> None:
    try:
        wanted = {file_of(source, table): hashed for table, (_, hashed) in manifest.rows.items()}
        wanted |= {place_of(source, key): key for key in manifest.objects}
        for file, hashed in wanted.items():
            if sha256(file) != hashed:
                raise MovingFailed(
                    f"{file.relative_to(source)} has changed since it was written. Export again."
                )
    except OSError as error:
        raise MovingFailed(f"{error.filename} cannot be read: {error.strerror}. Export again.") from error


def _load(source: Path, manifest: Manifest) -> Partnership:
    """Inside the command that notes it, so that its entry and the rows are there together or not at all."""
    _refuse_if_used(manifest)  # again: now nobody else writes
    tables = {one._meta.label: one for one in following()}
    if set(tables) != set(manifest.rows):
        raise MovingFailed("The folder does not hold the tables that are here. Export again.")
    for label, (count, _) in manifest.rows.items():
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
