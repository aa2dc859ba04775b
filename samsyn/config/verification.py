"""Whether everything stored is still what was stored: chains, objects, releases, datasets, figures."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec

from samsyn.core import guard, journal, objects
from samsyn.core.actors import SYSTEM
from samsyn.parties.models import Organisation, Partnership
from samsyn.releases.models import Printout, Release


@dataclass(frozen=True)
class Fault:
    """One thing that is not as it was stored, in words that name it."""

    where: str
    what: str


def check_all() -> Iterator[tuple[str, int, list[Fault]]]:
    """Room by room: what was checked, how many, and what is wrong."""
    yield _journal()
    yield _objects()
    yield _releases()
    if find_spec("samsyn.evidence.verification"):
        found = import_module("samsyn.evidence.verification").verify()
        yield "datasets and figures", len(found), [Fault(f"{one.kind} {one.id}", one.what) for one in found]


def _journal() -> tuple[str, int, list[Fault]]:
    names = dict(Organisation.objects.visible_to(SYSTEM).values_list("pk", "name"))
    names |= dict(Partnership.objects.visible_to(SYSTEM).values_list("pk", "name"))
    heads = list(journal.Head.objects.order_by("kind", "chain"))
    faults = [
        Fault(f"journal of {names.get(head.chain, head.kind)}", f"broken at entry {broken}")
        for head in heads
        if (broken := journal.first_broken_link(head.chain))
    ]
    faults += [Fault("journal", f"its guard {name} is gone") for name in sorted(guard.missing())]
    return "journal entries", sum(head.sequence for head in heads), faults


def _objects() -> tuple[str, int, list[Fault]]:
    keys = sorted(objects.keys())
    faults = [
        Fault(f"object {key[:12]}…", "its bytes have changed") for key in keys if not objects.is_whole(key)
    ]
    return "objects", len(keys), faults


def _releases() -> tuple[str, int, list[Fault]]:
    releases = Release.objects.visible_to(SYSTEM)
    noted = _hashes_in_the_journal()
    faults = []
    for release in releases.iterator():
        if not release.is_whole or noted.get(str(release.pk), release.hash) != release.hash:
            faults.append(Fault(f"release {release.pk} ({release.kind})", "its content has changed"))
    known = {str(pk) for pk in releases.values_list("pk", flat=True)}
    faults += [Fault(f"release {key}", "it is gone") for key in noted if key not in known]
    faults += [
        Fault(f"document of release {one.release_id} ({one.language})", "its bytes are gone or changed")
        for one in Printout.objects.visible_to(SYSTEM)
        if not objects.is_whole(one.key)
    ]
    return "releases", len(known), faults


def _hashes_in_the_journal() -> dict[str, str]:
    """What the journal says that each release was frozen as: a rewritten release with a new hash is found."""
    entries = journal.Entry.objects.filter(command="releases.freeze").values_list("facts", flat=True)
    return {facts["release"]: facts["hash"] for facts in entries}
