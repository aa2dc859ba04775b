"""Whether everything stored is still what was stored: chains, objects, releases, datasets, figures."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from uuid import UUID

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
        faults = [Fault(f"{one.kind} {one.id}", one.what) for one in found.findings]
        yield "datasets and figures", found.checked, faults


def names_of_chains() -> dict[UUID, str]:
    """Whose each journal is."""
    names = dict(Organisation.objects.visible_to(SYSTEM).values_list("pk", "name"))
    names |= dict(Partnership.objects.visible_to(SYSTEM).values_list("pk", "name"))
    return names | {journal.SYSTEM_CHAIN: "the platform"}


def _journal() -> tuple[str, int, list[Fault]]:
    names = names_of_chains()
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
    named, _ = objects.named()
    faults += [
        Fault(f"object {key[:12]}…", "it is gone, and a row names it") for key in sorted(named - {*keys})
    ]
    return "objects", len(keys), faults


def _releases() -> tuple[str, int, list[Fault]]:
    releases = Release.objects.visible_to(SYSTEM)
    noted, withdrawn = _frozen_in_the_journal(), _withdrawn_in_the_journal()
    erased = _erased_in_the_journal()
    faults = []
    for release in releases.iterator():
        name, key = f"release {release.pk} ({release.kind})", str(release.pk)
        if key in erased:  # by law: that it was, and when, stands in the journal
            if release.content:
                faults.append(Fault(name, "it should be erased, and is not"))
            continue
        if not release.is_whole:
            faults.append(Fault(name, "its content has changed"))
        if key not in noted:
            faults.append(Fault(name, "the journal does not know it"))
        elif noted[key] != release.frozen_digest:
            faults.append(Fault(name, "it is not as the journal says that it was frozen"))
        if (release.withdrawn_at is not None) != (key in withdrawn):
            faults.append(Fault(name, "the journal says otherwise of whether it is withdrawn"))
    known = {str(pk) for pk in releases.values_list("pk", flat=True)}
    faults += [Fault(f"release {key}", "it is gone") for key in noted if key not in known]
    return "releases", len(known), faults + list(_printout_faults())


def _printout_faults() -> Iterator[Fault]:
    entries = journal.Entry.objects.filter(command="releases.record_printout")
    erased = _erased_in_the_journal()
    noted = {
        (one.chain, *(one.facts[name] for name in ("release", "language", "document")))
        for one in entries
        if one.facts and one.facts["release"] not in erased
    }
    here = set()
    for one in Printout.objects.visible_to(SYSTEM):
        here.add((one.partnership_id, str(one.release_id), one.language, one.key))
        if not objects.is_whole(one.key):
            yield Fault(
                f"document of release {one.release_id} ({one.language})", "its bytes are gone or changed"
            )
    for _, release, language, _ in sorted(here ^ noted):
        yield Fault(f"document of release {release} ({language})", "it is not the one that the journal knows")


def _frozen_in_the_journal() -> dict[str, str]:
    """As what each release was frozen: one that is rewritten with a new hash is found."""
    entries = journal.Entry.objects.filter(command="releases.freeze").values_list("facts", flat=True)
    return {facts["release"]: facts["row"] for facts in entries}


def _erased_in_the_journal() -> set[str]:
    entries = journal.Entry.objects.filter(command="releases.erase_content").values_list("facts", flat=True)
    return {facts["release"] for facts in entries}


def _withdrawn_in_the_journal() -> set[str]:
    """Withdrawn by its sender, or by what came in its place."""
    entries = journal.Entry.objects.filter(command__startswith="releases.").values_list("changes", flat=True)
    return {
        key
        for changes in entries
        for kind, key, *fields in changes
        if kind == Release._meta.label_lower and "withdrawn_at" in fields
    }
